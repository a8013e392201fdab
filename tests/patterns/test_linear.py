"""The checker against tables of patterns, and against what a matcher that counts its steps really does."""

import random
import re
import sys

import pytest

from tests.patterns.linear import reasons
from tests.patterns.stepping import steps
from tests.patterns.tree import members, read

GOOD = [
    # pattern, searched
    (r"\w+", True),
    (r"\d++(?:[.,]\d++)*+", True),
    (r"[^\W_]++(?:-[^\W_]++)*+", True),
    (r"(?<!\s)\s++$", True),
    (r"\b\w++\s", True),
    (r"«[^«»]*+»", True),
    (r"[12](?<![^\W_].)\d*+x", True),
    (r"(?i)стат\w{0,64}+\s++x", True),
    (r"(?m)^\s*+x", False),
    (r"(?m)^[ \t]*+x", True),
    (r"\A\s*+x", True),
    (r"a*b", False),
    (r"[^x]*?x", False),
    (r"(?:ab)*c", False),
    (r"(?:\w++\s++)*+x", False),
    (r"(?:a++|b)*+", True),
    (r"(?>a*)a", False),
    (r"x(?=[^x]*+y)", True),
    (r"(?:[а-я]{1,40}+\s++){0,3}+силу", True),
    (r"(?<=[.;])[ ]*+x", True),
    (r"a{0,20}a{0,20}x", False),
    (r"(?P<a>\d{1,4})-(?P=a)", True),
    (r"a(?:ba*+)?+c", True),
    (r"(?<!\s)\s*+\([^()]*+\)", True),
]
BAD = [
    (r"\s+$", True),
    (r"\s++$", True),
    (r"«[^»]*+»", True),
    (r"обмен[а-я]*+\s", True),
    (r"(?m)^\s*+x", True),
    (r"(?=.*+x)y", True),
    (r"a(?=a*+)", True),
    (r"\w++(?=\s)", True),
    (r"(?<!\s)\s*+\w*+x", True),
    (r"(?i)K[k]*+x", True),
    (r"\d(?:\d++;)*+", True),
    (r"\s*+\([^()]*+\)", True),
    (r"(?<!\s)\s*+\([^)]*+\)", True),
    (r".*x.*y", False),
    (r".*?x", False),
    (r"\s*[\s,]*\s*x", False),
    (r"\w*\d", False),
    (r"a*(?:b?a|c)", False),
    (r"(?:\w+\s?)*$", False),
    (r"(?:a|b|ab)*c", False),
    (r"(?:a{1,64}){1,64}", False),
    (r"(?:a?){0,64}", False),
    (r"a{0,60}a{0,60}a{0,60}a{0,9}x", False),
    (r"(?:a++b|a)*+", False),
    (r"(?:(?:a++b)*+a)*+", False),
    (r"(?:a(?=[ab]*+c)|b)*+", False),
    (r"a*(?=.*+x)b", False),
    (r"(\w++) \1", False),
    (r"(?:(a)|b)*+", False),
]


@pytest.mark.parametrize(("pattern", "searched"), GOOD)
def test_accepted(pattern, searched):
    assert reasons(pattern, searched=searched) == []


@pytest.mark.parametrize(("pattern", "searched"), BAD)
def test_refused(pattern, searched):
    assert reasons(pattern, searched=searched)


LETTERS = "ab "


def _pattern(rng, depth):
    kind = rng.random()
    if depth == 0 or kind < 0.3:
        return rng.choice(["a", "b", " ", "[ab]", "[a ]", "[^a]", "[^ab]", r"\s", "."])
    if kind < 0.55:
        body = _pattern(rng, depth - 1)
        many = rng.choice(["*", "+", "?", "{0,3}", "{2}"]) + rng.choice(["", "?", "+", "+", "+"])
        return f"(?:{body}){many}"
    if kind < 0.8:
        return "".join(_pattern(rng, depth - 1) for _ in range(rng.choice([2, 2, 3])))
    if kind < 0.9:
        return "(?:" + "|".join(_pattern(rng, depth - 1) for _ in range(2)) + ")"
    if kind < 0.95:
        return f"(?>{_pattern(rng, depth - 1)})"
    return rng.choice(["(?={})", "(?!{})", "(?<={})", "(?<!{})"]).format(_pattern(rng, depth - 2 if depth > 1 else 0))


def _cases(count, seed):
    rng = random.Random(seed)
    while count:
        pattern = rng.choice(["", "", r"\b", r"(?<![ab])", "(?<!a)", "^"]) + _pattern(rng, 4)
        try:
            re.compile(pattern)
        except re.error:  # a look-behind that is not of one width
            continue
        count -= 1
        yield pattern


def _texts(n):
    units = ["a", "b", " ", "ab", "ba", "a ", " a", "aab", "abb", "ab ", "aa b", "abab b"]
    for unit in units:
        run = (unit * n)[:n]
        yield from (run, run + "c", run + "bc", "a" + run + "\n", run[: n // 2] + " " + "b" * (n // 2) + "c")


@pytest.mark.parametrize("searched", [True, False])
def test_what_is_accepted_grows_no_faster_than_its_text(searched):
    """A table of seeds: some hundred small patterns; of those accepted the steps grow at most as the text does."""
    sys.setrecursionlimit(20_000)
    accepted = 0
    for pattern in _cases(400, seed=5 + searched):
        if reasons(pattern, searched=searched):
            continue
        accepted += 1
        tree = read(pattern)
        for small, large in zip(_texts(12), _texts(48), strict=True):
            few, many = (steps(tree, text, searched=searched)[0] for text in (small, large))
            assert many <= 5.5 * few + 200, (pattern, small)
    assert accepted > 100


def test_the_matcher_that_counts_agrees_with_re():
    for pattern in _cases(300, seed=3):
        tree = read(pattern)
        for text in _texts(12):
            assert steps(tree, text, searched=False)[1] == ((m := re.match(pattern, text)) and m.end()), (pattern, text)


def test_sets_of_characters_are_those_of_re():
    for pattern in (r"\w", r"\s", r"\d", r"[^\W_]", r"(?i)[а-яk]", "(?i)ſ", r"(?i)[^s]", "(?a:\\w)", "."):
        one = re.compile(pattern)
        mask = read(pattern).mask
        assert [c for c in range(0x3000) if one.match(chr(c))] == members(mask & ((1 << 0x3000) - 1)), pattern
