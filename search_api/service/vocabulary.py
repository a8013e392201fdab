"""The corpus's own words, which repair weighs beside the dictionary: they grow as texts are added."""

from collections.abc import Mapping

from corpus.errors import LibraryUnavailableError, SvodError
from corpus.library import Library

WORDS = 20_000
"""Commonest forms asked of the library."""
LEAST = 3
"""Clauses that must hold a word before it is believed: a printer's slip is seldom made three times alike."""
SHORTEST = 5


def own_words(library: Library) -> Mapping[str, int]:
    """Return forms the library's texts use and the dictionary does not know, with the clauses that hold each.

    A library that cannot be asked gives none: repair then goes by dictionary and frequencies alone. Raise
    LibraryUnavailableError at once, for what is parsed could not be stored either.
    """
    from analyzers.lemmas import is_known

    try:
        found = library.terms("", WORDS)
    except LibraryUnavailableError:
        raise
    except SvodError:
        return {}
    return {w: n for w, n in found if n >= LEAST and len(w) >= SHORTEST and w.isalpha() and not is_known(w)}
