"""Words a person takes from an act to cite them elsewhere: where they stand, and how a text quotes them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import escape

from corpus.citations.permalinks import permalink
from corpus.citations.writing import CitationForm, cite, cite_range
from corpus.model import Document, Provision
from search_api.answers.reading import label, provision_or_404
from search_api.exports.authorities import Authority, footnote

_OPENERS, _EITHER, _MARKS = "«„‟‹", '"“', '«»„“”‟‹›"'


@dataclass(frozen=True, slots=True)
class Written:
    """One thing put on the clipboard: plain, and as HTML for an editor of rich text."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What can be done with words that were taken: quoted, referred to, put into a footnote."""

    place: str
    quote: Written
    link: Written
    footnote: Written


def in_marks(words: str) -> str:
    """Put words into quotation marks, those inside into „“.

    >>> in_marks('термин "карта" означает'), in_marks("«Сторона» и «Стороны»")
    ('«термин „карта“ означает»', '«„Сторона“ и „Стороны“»')
    """
    return f"«{''.join(_inner(words))}»"


def _inner(words: str) -> Iterator[str]:
    depth = 0
    for at, char in enumerate(words):
        if char not in _MARKS:
            yield char
            continue
        before = words[at - 1] if at else " "
        opens = char in _OPENERS or (char in _EITHER and (not depth or before.isspace() or before in "(["))
        depth = depth + 1 if opens else max(depth - 1, 0)
        yield "„" if opens else "“"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that holds words; `own` is its own text without what it holds."""

    eid: str
    own: bool = False


def stands_at(document: Document, eids: Sequence[str], words: str) -> tuple[Unit, ...]:
    """Return the units that hold words taken from `eids`, a unit that is held whole in the place of its parts.

    What cannot be found word by word stands at all that was named; raise NotFoundError for a unit that is none.
    """
    named = [provision_or_404(document, eid) for eid in eids]
    parts = {p.eid: p for one in named for p in one.walk()}
    held = frozenset(_holding(list(parts.values()), words) or eids)
    return tuple(unit for provision in document.instrument.provisions for unit in _gathered(provision, held))


def _holding(parts: Sequence[Provision], words: str) -> list[str]:
    """Return the parts whose printed lines the words lie in, with the numbers of the units or without."""
    wanted = "".join(words.split())
    for numbered in (True, False):
        lines = ["".join(f"{label(p) if numbered else ''}{p.heading or ''}{p.text}".split()) for p in parts]
        ends = list(accumulate(map(len, lines)))
        start = "".join(lines).find(wanted) if wanted else -1
        if start >= 0:
            first, last = bisect_right(ends, start), bisect_left(ends, start + len(wanted))
            return [p.eid for p, line in zip(parts[first : last + 1], lines[first : last + 1], strict=True) if line]
    return []


def _gathered(provision: Provision, held: frozenset[str]) -> Iterator[Unit]:
    printed = [p.eid for p in provision.walk() if p.text or p.heading]
    if not held.isdisjoint(printed) and held.issuperset(printed):
        yield Unit(provision.eid)
        return
    if provision.eid in held:
        yield Unit(provision.eid, bool(provision.text and provision.children))
    for child in provision.children:
        yield from _gathered(child, held)


def _cited(document: Document, units: Sequence[Unit], form: CitationForm) -> str:
    if not any(unit.own for unit in units):
        return cite_range(document, [unit.eid for unit in units], form)
    *before, last = units
    places = [cite(document, unit.eid, CitationForm.PLACE, own=unit.own) for unit in before]
    return ", ".join([*places, cite(document, last.eid, form, own=last.own)])


def taken(document: Document, eids: Sequence[str], words: str, form: CitationForm, origin: str) -> Taken:
    """Write words taken from a document for the clipboard; `origin` begins the addresses («https://…»)."""
    units = stands_at(document, eids, words)
    cited, place = (_cited(document, units, each) for each in (form, CitationForm.PLACE))
    address = origin + permalink(document, units[0].eid)
    href = escape(address)
    lines = [" ".join(line.split()) for line in words.split("\n") if line.strip()]
    marked = in_marks("\n".join(lines))
    note = footnote(Authority(document, place))
    quoted = "</p><p>".join(str(escape(line)) for line in marked.split("\n"))
    return Taken(
        place,
        Written(f"{marked} ({cited})", f'<p>{quoted} (<a href="{href}">{escape(cited)}</a>)</p>'),
        Written(f"{cited}, {address}", f'<a href="{href}">{escape(cited)}</a>'),
        Written(note, f'<p><a href="{href}">{escape(note)}</a></p>'),
    )
