"""Kinship the data file need not list: words of the library with the same stem."""

from analyzers.lemmas import lemmas
from corpus.library import Library
from corpus.search.meaning.stems import SHORTEST, stem

LOOKED_AT = 300
"""Forms of the library with the same beginning that are compared."""


def kin(library: Library, lemma: str) -> tuple[str, ...]:
    """Return the lemmas of the library with the stem of this one."""
    root = stem(lemma)
    if not root:
        return ()
    found = dict.fromkeys(
        other
        for form, _ in library.terms(root[:-1] if len(root) > SHORTEST else root, LOOKED_AT)
        for other in lemmas(form)[:1]
    )
    return tuple(other for other in found if other != lemma and stem(other) == root)
