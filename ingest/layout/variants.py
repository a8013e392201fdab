"""Words as repairs too weak to change the text would write them: searches find them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from analyzers.repair import Repaired
from analyzers.spans import Span
from corpus.model import Variant
from ingest.layout.traced import Traced

_WORD_END = re.compile(r"(?<![^\W_])[^\W_]*+\Z")
_WORD_REST = re.compile(r"[^\W_]*+")
_REACH = 64


def variants(content: Traced | None, repaired: Repaired, *, in_heading: bool = False) -> Iterator[Variant]:
    """Yield the whole words weak edits would change in a text, and what they would be.

    >>> from analyzers.repair import Edit
    >>> weak = Repaired("о за коне", (Edit(4, 5, "", "demo", 0.55),))
    >>> list(variants(Traced.copy(weak.text, 0, 9), weak))
    [Variant(span=Span(start=2, end=9), text='законе', in_heading=False)]
    """
    if content is None or not repaired.weak or (reach := content.origin()) is None:
        return
    first = bisect_left(repaired.weak, reach.start, key=lambda found: found[0].start)
    for span, replacement in repaired.weak[first:]:
        if span.start >= reach.end:
            return
        place = content.place(span)
        if place is not None:
            left = _WORD_END.search(content.text[max(place.start - _REACH, 0) : place.start])
            right = _WORD_REST.match(content.text[place.end : place.end + _REACH])
            before, after = left[0] if left else "", right[0] if right else ""
            whole = Span(place.start - len(before), place.end + len(after))
            yield Variant(whole, before + replacement + after, in_heading)
