"""References between documents: what a document cites, and what cites it; always as the library stands now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers.spans import Span
from corpus.citations.layered.cited import citing
from corpus.citations.layered.layer import ReferenceRow, held_by, stored
from corpus.citations.layered.relations import Relation, kept
from corpus.citations.resolve.catalogue import Catalogue, Entry
from corpus.citations.resolve.locating import EidIndex
from corpus.citations.resolve.resolving import External, Resolution, ResolutionStatus, Resolver, Target
from corpus.clauses.tree import FieldName
from corpus.errors import absent
from corpus.library import Library, Summary
from corpus.model import Document


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation in `eid` with its place in the provision's text and what it means now."""

    eid: str
    text: str
    span: Span
    status: ResolutionStatus
    target: Target | None = None
    candidates: tuple[Target, ...] = ()
    external: External | None = None
    nearest: Target | None = None
    relation: Relation | None = None
    """What the citing act does to an act it names as a whole."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A citation of a document in another one (or in itself)."""

    document: str
    eid: str
    text: str
    span: Span
    target_eids: tuple[str, ...]
    relation: Relation | None = None
    """What the citing act does to this one."""


def resolver(library: Library, summaries: Sequence[Summary] | None = None) -> Resolver:
    """Build a resolver over all documents of a library; `summaries` are theirs where they were read already."""
    named = library.documents() if summaries is None else summaries
    return Resolver(Catalogue.of(named), lambda document: EidIndex.of(library.get(document).instrument))


def outgoing(document: Document, resolving: Resolver) -> Iterator[Reference]:
    """Yield what a document cites, in order."""
    here = Entry.of_document(document)
    told = {(t.eid, t.span): t.relation for t in kept(document.instrument)}
    for row in stored(document.instrument):
        resolution = resolving.resolve(row.citation, here, row.eid)
        if _worth(row, resolution, here):
            yield Reference(
                row.eid,
                row.text,
                row.citation.span,
                resolution.status,
                resolution.target,
                resolution.candidates,
                resolution.external,
                resolution.nearest,
                told.get((row.eid, row.citation.span)),
            )


def _worth(row: ReferenceRow, resolution: Resolution, here: Entry) -> bool:
    """Leave out names that lead nowhere, the document's own name, and attachments that do not exist."""
    if row.quiet and resolution.status in (
        ResolutionStatus.EXTERNAL,
        ResolutionStatus.NOT_FOUND,
        ResolutionStatus.AMBIGUOUS,
    ):
        return False
    if not row.citation.places:
        return resolution.target is None or resolution.target.document != here.id
    unnumbered = all(p.units[-1].num is None and not p.units[-1].pointing for p in row.citation.places)
    return not (resolution.status is ResolutionStatus.NOT_FOUND and (unnumbered or _points(row)))


def _points(row: ReferenceRow) -> bool:
    return any(u.pointing for p in row.citation.places for u in p.units)


def incoming(
    document: str, library: Library, resolving: Resolver | None = None, eid: str | None = None
) -> list[Incoming]:
    """Return what cites a document, or one provision of it or the units inside it."""
    resolving = resolving or resolver(library)
    own = next((e for e in resolving.catalogue.entries if e.id == document), None)
    if own is None:
        raise absent(document)
    found = []
    for entry in _possible(own, library, resolving.catalogue):
        for reference in outgoing(library.get(entry.id), resolving):
            target = reference.target
            if target is None or target.document != document:
                continue
            if eid is None or any(held_by(e, eid) or held_by(eid, e) for e in target.eids):
                found.append(
                    Incoming(entry.id, reference.eid, reference.text, reference.span, target.eids, reference.relation)
                )
    return found


def _possible(document: Entry, library: Library, catalogue: Catalogue) -> list[Entry]:
    """Return the documents that may cite one, by source and place: itself, its file's others, and what names it."""
    named = library.counts(citing(document), [FieldName.DOCUMENT], len(catalogue.entries))[FieldName.DOCUMENT]
    possible = {document.id, *(e.id for e in catalogue.siblings(document)), *named}
    return [e for e in catalogue.entries if e.id in possible]
