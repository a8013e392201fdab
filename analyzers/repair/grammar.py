"""How badly a word fits the words before it: prepositions and their cases, agreement, fixed expressions. In nats."""

from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from analyzers.lemmas import readings

if TYPE_CHECKING:
    from analyzers.repair.lattice import Path

_CASES = {
    "в": "accs loct", "во": "accs loct", "на": "accs loct", "о": "loct accs", "об": "loct accs", "обо": "loct accs",
    "к": "datv", "ко": "datv", "с": "ablt gent accs", "со": "ablt gent accs", "у": "gent", "из": "gent", "изо": "gent",
    "от": "gent", "ото": "gent", "до": "gent", "для": "gent", "без": "gent", "по": "datv accs loct", "за": "accs ablt",
    "под": "accs ablt", "над": "ablt", "перед": "ablt", "при": "loct", "между": "ablt gent", "через": "accs",
    "про": "accs", "против": "gent", "после": "gent", "кроме": "gent", "согласно": "datv", "вместо": "gent",
}  # fmt: skip
GOVERNS = {word: frozenset(cases.split()) for word, cases in _CASES.items()}
_ALIKE = {"loc2": "loct", "loc1": "loct", "gen1": "gent", "gen2": "gent", "acc2": "accs", "voct": "nomn"}
_AFTER_NOUN = frozenset({"gent", "ablt", "nomn", "accs", ""})
_ATTRIBUTE = frozenset({"ADJF", "PRTF"})
_NOT_GOVERNED = frozenset({"CONJ", "VERB", "INFN", "GRND", "PRED", "ADJS", "PRTS"})
_AND = frozenset({"и", "или", "либо"})
EXPRESSIONS = {
    ("по", "следующим"): 4.0,
    ("о", "нижеследующем"): 4.0,
    ("в", "ходе"): 3.0,
    ("за", "границу"): 3.0,
    ("за", "границей"): 3.0,
    ("так", "и"): 3.0,
    ("и", "ли"): -8.0,
    ("или", "ли"): -8.0,
    ("и", "но"): -8.0,
    ("и", "а"): -8.0,
    ("а", "и"): -4.0,
}
"""What fixed expressions of legal Russian gain over one word of the same letters."""


@lru_cache(maxsize=100_000)
def forms(word: str) -> frozenset[tuple[str, str]]:
    """Return the (case, number) pairs a folded word may stand in; empty for words without case."""
    return frozenset((_ALIKE.get(r.case, r.case), r.number) for r in readings(word) if r.case)


@lru_cache(maxsize=100_000)
def cases(word: str) -> frozenset[str]:
    """Return the cases a folded word may stand in."""
    return frozenset(case for case, _ in forms(word))


@lru_cache(maxsize=100_000)
def _agreeing(word: str) -> frozenset[tuple[str, str]]:
    """Return the forms of nouns an attribute goes with; an accusative like its genitive is animate."""
    found = forms(word)
    return frozenset(f for f in found if f[0] != "accs" or ("gent", f[1]) not in found)


def discord(path: "Path", word: str) -> float:
    """Return what it costs to go on from a path with a folded word; 0 when nothing is known against it."""
    before = path.word
    if before in _AND and path.before is not None:
        return _pair(before, word) + _likes(path.before.word, word)
    return _pair(before, word)


@lru_cache(maxsize=200_000)
def _pair(before: str, word: str) -> float:
    governed = GOVERNS.get(before)
    found = cases(word)
    gain = EXPRESSIONS.get((before, word), 0.0)
    if governed is not None:
        if found and word not in GOVERNS:
            return (0.0 if found & governed else 4.0) - gain
        return (12.0 if word in GOVERNS else 5.0 if parts(word) & _NOT_GOVERNED else 1.0) - gain
    if word == "а" and before:
        return 3.0  # a comma is wanted before «а»
    lonely = 5.0 if found == {"loct"} and "loct" not in cases(before) else 0.0
    if found and parts(before) and parts(before) <= _ATTRIBUTE and parts(word) <= {"NOUN"}:
        agrees = forms(word) & _agreeing(before)
        return lonely + (0.0 if agrees else 4.0 if found & _AFTER_NOUN else 6.0)
    if parts(before) == {"NOUN"} == parts(word) and not found & _AFTER_NOUN:
        lonely += 2.0
    return lonely - gain


@lru_cache(maxsize=100_000)
def parts(word: str) -> frozenset[str]:
    """Return the parts of speech a folded word may be."""
    return frozenset(r.pos for r in readings(word))


@lru_cache(maxsize=100_000)
def _likes(first: str, second: str) -> float:
    """Cost of «first и second»: likes stand in one case; the fewer the second has, the more it tells."""
    one, two = cases(first), cases(second)
    if not one or not two:
        return 0.0
    if parts(first) <= _ATTRIBUTE and not parts(second) & _ATTRIBUTE:
        return 2.5
    attributes = parts(first) <= _ATTRIBUTE and parts(second) <= _ATTRIBUTE
    shared = forms(first) & forms(second) if attributes else one & two
    return -1.4 * log(6 / min(len(two), 6)) if shared else 2.5


def at_end(word: str) -> float:
    """Return what it costs for a folded word to stand last before a stop."""
    return 4.0 if word in GOVERNS and word not in {"после", "против", "согласно", "перед"} else 0.0
