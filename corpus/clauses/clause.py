"""A clause is a provision as a search hit: its text with what a reader needs to understand it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.model import Document, Kind, Provision, Variant


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision with its place: `order` is its position in the document, `path` the eIds of what holds it.

    `lead_in` is the sentence that opens the list the clause belongs to («Стороны осуществляют сотрудничество в
    следующих формах:»), "" elsewhere. `context` are headings and lead-ins of what holds it, outermost first.
    """

    document: str
    eid: str
    kind: Kind
    order: int
    heading: str
    text: str
    lead_in: str
    context: tuple[str, ...]
    path: tuple[str, ...]
    variants: tuple[Variant, ...] = ()
    topics: tuple[str, ...] = ()
    """Ids of what it is about, and of what all that holds it is about."""

    @property
    def said(self) -> str:
        """Return its text, or its heading where it has no other."""
        return self.text or self.heading


def clauses(document: Document) -> Iterator[Clause]:
    """Yield the clauses of a document in order: every provision that has a text or a heading of its own."""
    topics = _topics(document)
    placed = (place for root in document.instrument.provisions for place in _below(root, (), (), ""))
    for order, (provision, path, above, lead_in) in enumerate(placed):
        yield Clause(
            document=document.id,
            eid=provision.eid,
            kind=provision.kind,
            order=order,
            heading=provision.heading or "",
            text=provision.text,
            lead_in=lead_in,
            context=tuple(x for x in (*above, lead_in) if x),
            path=path,
            variants=provision.variants,
            topics=tuple(dict.fromkeys(t for eid in (*path, provision.eid) for t in topics.get(eid, ()))),
        )


def _topics(document: Document) -> Mapping[str, tuple[str, ...]]:
    """Return the topics of the layer "topics" by eId; they hold for all inside that provision."""
    found: dict[str, tuple[str, ...]] = {}
    for item in document.instrument.layers.get("topics", ()):
        found[item["eid"]] = (*found.get(item["eid"], ()), item["topic"])
    return found


_Placed = tuple[Provision, tuple[str, ...], tuple[str, ...], str]


def _below(provision: Provision, path: tuple[str, ...], above: tuple[str, ...], lead_in: str) -> Iterator[_Placed]:
    """Yield the clauses of a unit with the eIds, headings and lead-ins above each, and the lead-in of its own list."""
    if provision.heading or provision.text:
        yield provision, path, above, lead_in
    inner = tuple(x for x in (*above, lead_in, provision.heading) if x)
    opener = provision.text if provision.text.endswith(":") else ""
    for child in provision.children:
        yield from _below(child, (*path, provision.eid), inner, opener)
        if child.kind is Kind.ALINEA and child.text.endswith((":", ".")):
            opener = child.text if child.text.endswith(":") else ""
