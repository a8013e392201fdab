"""Cases, numbers and parts of speech of words, and which cases prepositions govern."""

from functools import lru_cache

from analyzers.lemmas import readings

_CASES = {
    "в": "accs loct",
    "во": "accs loct",
    "на": "accs loct",
    "о": "loct accs",
    "об": "loct accs",
    "обо": "loct accs",
    "к": "datv",
    "ко": "datv",
    "с": "ablt gent accs",
    "со": "ablt gent accs",
    "у": "gent",
    "из": "gent",
    "изо": "gent",
    "от": "gent",
    "ото": "gent",
    "до": "gent",
    "для": "gent",
    "без": "gent",
    "по": "datv accs loct",
    "за": "accs ablt",
    "под": "accs ablt",
    "над": "ablt",
    "перед": "ablt",
    "при": "loct",
    "между": "ablt gent",
    "через": "accs",
    "про": "accs",
    "против": "gent",
    "после": "gent",
    "кроме": "gent",
    "согласно": "datv",
    "вместо": "gent",
}
GOVERNS = {word: frozenset(cases.split()) for word, cases in _CASES.items()}
_ALIKE = {"loc2": "loct", "loc1": "loct", "gen1": "gent", "gen2": "gent", "acc2": "accs", "voct": "nomn"}


@lru_cache(maxsize=100_000)
def forms(word: str) -> frozenset[tuple[str, str]]:
    """Return the (case, number) pairs a folded word may stand in; empty for words without case."""
    return frozenset((_ALIKE.get(r.case, r.case), r.number) for r in readings(word) if r.case)


@lru_cache(maxsize=100_000)
def cases(word: str) -> frozenset[str]:
    """Return the cases a folded word may stand in."""
    return frozenset(case for case, _ in forms(word))


@lru_cache(maxsize=100_000)
def parts(word: str) -> frozenset[str]:
    """Return the parts of speech a folded word may be."""
    return frozenset(r.pos for r in readings(word))
