"""Compare a quotation with what is printed: exact, normalised, differs, absent; the same everywhere."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise

from analyzers.lemmas import lemmas, readings
from corpus.citations.quoted.words import Printed, QuotedWord, QuotedWords, quoted_words


class QuotationVerdict(StrEnum):
    """What became of a quotation: word for word; but for letters and signs; other words; no such words."""

    EXACT = "exact"
    NORMALISED = "normalised"
    DIFFERS = "differs"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class WordChange:
    """Put `printed` in the place of `quoted`; kind: word number negation order omission addition form, "" alike."""

    quoted: str
    printed: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation against one text: `eid` is the unit it stands in; `why` what was levelled; `likeness` 0 to 1."""

    verdict: QuotationVerdict
    eid: str | None = None
    why: tuple[str, ...] = ()
    changes: tuple[WordChange, ...] = ()
    likeness: float = 0.0
    printed: str = ""
    """The words of the text in the place of a quotation that differs."""


LIKE = 0.6
"""A quotation at least so like the closest words differs from them; below it is absent."""
MOST_WORDS = 600
"""Words of a quotation that are compared."""
_FORM = 0.8
"""What a word in another form counts."""
_ORDER = 0.75
_FEWEST_REORDERED = 3
_NEGATIONS = frozenset({"не", "ни", "нет", "без", "никакой"})
_CUT_OFF = frozenset({"не", "ни"})
_ABSENT = Compared(QuotationVerdict.ABSENT)
_QUOTES = re.compile("[«»„“”\"‟‘’'‹›]")
_DASHES = re.compile("[-‐‑–—−]")
_BLANKS = re.compile(r"\s++")


def verify(quoted: str, texts: Sequence[Printed], *, negated: bool = False) -> Compared:
    """Compare a quotation with texts; the best of them counts.

    A quotation that begins right behind a «не» says the opposite, unless its writer has the «не» before it (`negated`).

    >>> from corpus.citations.quoted.words import printed
    >>> from corpus.model import Kind, Provision
    >>> text = printed(Provision("art_1", Kind.ARTICLE, "Стороны не несут расходов."))
    >>> [str(verify(q, [text]).verdict) for q in ("не несут расходов", "стороны не несут", "Стороны несут расходы")]
    ['exact', 'normalised', 'differs']
    """
    read = quoted_words(quoted)
    if not read.words or len(read.words) > MOST_WORDS:
        return _ABSENT
    found = [v for t in texts if (v := _standing(read, t, negated=negated))]
    if found:
        return min(found, key=lambda v: (len(v.changes), len(v.why)))
    return max((_closest(read, t) for t in texts), key=lambda v: v.likeness, default=_ABSENT)


def _standing(read: QuotedWords, text: Printed, *, negated: bool) -> Compared | None:
    """Find the words in order, each run between gaps side by side."""
    bounds = [0, *sorted(read.gaps), len(read.words)]
    at, pairs = 0, []
    swallowed: list[WordChange] = []
    for first, last in pairwise(bounds):
        run = [w.folded for w in read.words[first:last]]
        found = text.find(run, at)
        if found is None:
            return None
        cut = not negated if first == 0 else found > at
        if cut and found and text.words[found - 1].folded in _CUT_OFF and text.words[found].before.isspace():
            swallowed.append(WordChange("", text.words[found - 1].form, "negation"))
        pairs += list(zip(range(first, last), range(found, found + len(run)), strict=True))
        at = found + len(run)
    eid = text.owner(pairs[0][1], pairs[-1][1] + 1)
    if swallowed:
        return Compared(QuotationVerdict.DIFFERS, eid, (), tuple(swallowed), 0.99)
    why = tuple(dict.fromkeys([*read.signs, *_levelled(read, text, pairs)]))
    verdict = QuotationVerdict.NORMALISED if why else QuotationVerdict.EXACT
    return Compared(verdict, eid, why, (), 1.0)


def _levelled(read: QuotedWords, text: Printed, pairs: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield what had to be levelled for the words to agree."""
    for i, j in pairs:
        quoted, shown = read.words[i], text.words[j]
        yield from _letters(quoted.form, shown.form)
        if i and i not in read.gaps and not read.signs:
            yield from _signs(quoted.before, shown.before)
    last = pairs[-1][1] + 1
    following = text.words[last].before if last < len(text.words) else text.after
    if not read.signs and not _plain(following).startswith(_plain(read.after)):
        yield "знаки препинания"


def _letters(quoted: str, shown: str) -> Iterator[str]:
    if quoted == shown:
        return
    if quoted.replace("ё", "е").replace("Ё", "Е") != quoted or shown.replace("ё", "е").replace("Ё", "Е") != shown:
        yield "ё"
    if (
        quoted.lower().replace("ё", "е") == shown.lower().replace("ё", "е")
        and quoted[0].islower() != shown[0].islower()
    ) or quoted.lower() == shown.lower():
        yield "регистр"


def _plain(between: str) -> str:
    return _BLANKS.sub(" ", between).strip()


def _signs(quoted: str, shown: str) -> Iterator[str]:
    quoted, shown = _plain(quoted), _plain(shown)
    if quoted == shown:
        return
    if _QUOTES.sub("", quoted) == _QUOTES.sub("", shown):
        yield "кавычки"
    elif _DASHES.sub("-", quoted) == _DASHES.sub("-", shown):
        yield "тире"
    else:
        yield "знаки препинания"


def _closest(read: QuotedWords, text: Printed) -> Compared:
    """Find the run of a text most like the quotation, and where they part; forms of one word are alike."""
    wanted = [w.folded for w in read.words]
    start, end = _window(wanted, text)
    if end <= start:
        return _ABSENT
    keys = [_key(w) for w in wanted]
    wide = [_key(w.folded) for w in text.words[start:end]]
    blocks = [b for b in SequenceMatcher(None, keys, wide, autojunk=False).get_matching_blocks() if b.size]
    if not blocks:
        return _ABSENT
    first = start + max(0, blocks[0].b - blocks[0].a)
    last = min(end, start + blocks[-1].b + len(wanted) - blocks[-1].a)
    shown = text.words[first:last]
    matcher = SequenceMatcher(None, keys, wide[first - start : last - start], autojunk=False)
    likeness = max(_likeness(read, shown, matcher), _reordered(keys, wide))
    if likeness < LIKE:
        return Compared(QuotationVerdict.ABSENT, likeness=likeness)
    held = Counter(text.owners[first + b.b + i] for b in matcher.get_matching_blocks() for i in range(b.size))
    changes = tuple(_changes(read, shown, matcher))
    words = "" if read.gaps else text.shown(*_inside(text, first, last, matcher))
    return Compared(QuotationVerdict.DIFFERS, held.most_common(1)[0][0], (), changes, likeness, words)


def _inside(text: Printed, first: int, last: int, matcher: "SequenceMatcher[str]") -> tuple[int, int]:
    """Return the words of a stretch that stand in the unit of its first and last words alike."""
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    low, high = first + blocks[0].b, first + blocks[-1].b + blocks[-1].size
    while low > first and text.owners[low - 1] == text.owners[low]:
        low -= 1
    while high < last and text.owners[high] == text.owners[high - 1]:
        high += 1
    return low, high


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    return min(lemmas(word))


def _window(wanted: Sequence[str], text: Printed) -> tuple[int, int]:
    """Return the stretch of a text with most of the quotation's words, as wide as the quotation and half as much."""
    stems = Counter(w[:4] for w in set(wanted))
    size = len(wanted) + len(wanted) // 2 + 3
    marks = [stems.get(w.folded[:4], 0) > 0 for w in text.words]
    inside: Counter[str] = Counter()
    best, where, seen = 0, -1, 0
    for i, word in enumerate(text.words):
        if marks[i]:
            inside[word.folded[:4]] += 1
            seen += inside[word.folded[:4]] == 1
        if i >= size and marks[i - size]:
            gone = text.words[i - size].folded[:4]
            inside[gone] -= 1
            seen -= inside[gone] == 0
        if seen > best:
            best, where = seen, i
    if where < 0 or best < 0.4 * len(stems):
        return 0, 0
    return max(0, where + 1 - size - len(wanted) // 2), min(len(text.words), where + 1 + len(wanted))


def _likeness(read: QuotedWords, shown: Sequence[QuotedWord], matcher: "SequenceMatcher[str]") -> float:
    """Return the likeness of two runs of words: forms of one word count nearly whole, what «…» leaves out nothing."""
    shared, skipped = 0.0, 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(read.words[i1:i2], shown[j1:j2], strict=True)
            shared += sum(1.0 if a.folded == b.folded else _FORM for a, b in pairs)
        elif tag == "insert" and i1 in read.gaps:
            skipped += j2 - j1
    return 2 * shared / (len(read.words) + max(len(read.words), len(shown) - skipped))


def _reordered(keys: Sequence[str], wide: Sequence[str]) -> float:
    """Return how many of a quotation's words stand near in whatever order."""
    shared = sum((Counter(keys) & Counter(wide)).values())
    return _ORDER * shared / len(keys) if len(keys) > _FEWEST_REORDERED else 0.0


def _changes(read: QuotedWords, shown: Sequence[QuotedWord], matcher: "SequenceMatcher[str]") -> Iterator[WordChange]:
    """Yield the runs of both texts in order; runs alike have no kind, words left out by «…» are not told."""
    moved = Counter(w.folded for w in read.words) == Counter(w.folded for w in shown)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        quoted, printed = read.words[i1:i2], shown[j1:j2]
        if tag == "equal":
            alike = groupby(zip(quoted, printed, strict=True), lambda pair: pair[0].folded == pair[1].folded)
            for same, pairs in alike:
                a, b = zip(*pairs, strict=True)
                yield _change(a, b, "" if same else "form")
        elif not (tag == "insert" and i1 in read.gaps and printed[-1].folded not in _NEGATIONS):
            yield _change(quoted, printed, "order" if moved else _kind(quoted, printed))


def _change(quoted: Sequence[QuotedWord], shown: Sequence[QuotedWord], kind: str) -> WordChange:
    return WordChange(" ".join(w.form for w in quoted), " ".join(w.form for w in shown), kind)


def _kind(quoted: Sequence[QuotedWord], shown: Sequence[QuotedWord]) -> str:
    a, b = [w.folded for w in quoted], [w.folded for w in shown]
    if _NEGATIONS & (set(a) ^ set(b)):
        return "negation"
    if not a:
        return "omission"
    if not b:
        return "addition"
    if any(map(_counts, a)) or any(map(_counts, b)):
        return "number"
    return "word"


def _counts(word: str) -> bool:
    return word[0].isdigit() or any(r.pos == "NUMR" for r in readings(word))
