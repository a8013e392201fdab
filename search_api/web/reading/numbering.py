"""Each number of a list of provisions as a link of its own: «пункты 1, 2 и 4 статьи 5»."""

import re
from collections.abc import Iterator, Sequence

from analyzers.spans import Span
from corpus import eid as eids

_NUMBER = re.compile(r"(?<![\w.])(?:\d++(?:[.-]\d++)*+|[а-яё](?![\w]))", re.IGNORECASE)


def numbered(text: str, targets: Sequence[str]) -> list[tuple[Span, str]]:
    """Cut the words of a reference into runs, one a provision; one run for the first where they cannot be told apart.

    >>> [("пункты 1, 2 и 4 статьи 5"[slice(*span)], eid) for span, eid in numbered(
    ...     "пункты 1, 2 и 4 статьи 5", ["art_5__para_1", "art_5__para_2", "art_5__para_4"])]
    [('пункты 1', 'art_5__para_1'), ('2', 'art_5__para_2'), ('4 статьи 5', 'art_5__para_4')]
    """
    found = list(_found(text, targets))
    if len(found) < 2:
        return [(Span(0, len(text)), targets[0])]
    starts = [0, *(start for start, _, _ in found[1:])]
    ends = [end for _, end, _ in found[:-1]] + [len(text)]
    return [(Span(a, b), eid) for a, b, (_, _, eid) in zip(starts, ends, found, strict=True)]


def _found(text: str, targets: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where the number of each provision stands, in order; those between the ends of a range do not stand."""
    at = 0
    for eid in targets:
        number = _printed(eid)
        hit = next((m for m in _NUMBER.finditer(text, at) if m[0].lower().replace("-", ".") == number), None)
        if hit is not None:
            yield hit.start(), hit.end(), eid
            at = hit.end()


def _printed(eid: str) -> str:
    """Return a unit's number as a text prints it."""
    number = (eids.parse(eid)[-1].num or "") if eid else ""
    return ".".join(_LETTERS.get(part, part) for part in number.split("-"))


_LETTERS = {latin: letter for letter, latin in reversed(eids.CYRILLIC.items()) if latin}
