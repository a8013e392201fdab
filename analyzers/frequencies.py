"""Word frequencies of general Russian. The one place that imports wordfreq."""

from functools import cache

FLOOR = 1e-9
"""Share of running words given to a word the list does not hold."""


# The long list, not the short one: letter-spaced lines with lost gaps come back with .992 of their words against .987
# (single letters of the reference texts, no grammar). It is loaded when a line needs the lattice, never on import.
@cache
def _shares() -> dict[str, float]:
    import wordfreq

    shares: dict[str, float] = wordfreq.get_frequency_dict("ru", "large")
    return shares


@cache
def common_words() -> frozenset[str]:
    """Return the 60,000 commonest words, lower case (30 ms and 10 MB, where the whole list takes 0.6 s and 140 MB)."""
    import wordfreq

    return frozenset(wordfreq.get_frequency_dict("ru", "small"))


@cache
def most_used(number: int) -> frozenset[str]:
    """Return so many of the commonest words, lower case, out of the short list, as common_words.

    >>> sorted({"который", "договор"} & most_used(400))
    ['который']
    """
    import wordfreq

    return frozenset(wordfreq.top_n_list("ru", number, wordlist="small"))


def share(word: str) -> float:
    """Return the share of running words (0..1) that are this lower-case word; FLOOR when it is not listed.

    >>> share("настоящего") > share("стоящего") > share("нижеследующем") > FLOOR
    True
    """
    return _shares().get(word, FLOOR)
