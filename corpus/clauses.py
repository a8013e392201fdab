"""A clause is a provision as a search hit: its text with what a reader needs to understand it."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Document, Kind, Provision


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


def clauses(document: Document) -> Iterator[Clause]:
    """Yield the clauses of a document in order: every provision that has a text or a heading of its own."""
    order = 0
    for root in document.instrument.provisions:
        for clause in _below(document.id, root, (), (), ""):
            yield Clause(
                clause.document, clause.eid, clause.kind, order, clause.heading, clause.text, clause.lead_in,
                clause.context, clause.path,
            )  # fmt: skip
            order += 1


def _below(
    document: str, provision: Provision, path: tuple[str, ...], context: tuple[str, ...], lead_in: str
) -> Iterator[Clause]:
    heading, text = provision.heading or "", provision.text
    if heading or text:
        yield Clause(document, provision.eid, provision.kind, 0, heading, text, lead_in, context, path)
    inner = tuple(x for x in (*context, heading, text if text.endswith(":") else "") if x)
    opener = text if text.endswith(":") else ""
    for child in provision.children:
        yield from _below(document, child, (*path, provision.eid), inner, opener)
        if child.kind is Kind.ALINEA:
            opener = child.text if child.text.endswith(":") else opener if not child.text.endswith(".") else ""
