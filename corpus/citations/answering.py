"""Answer a text: every citation in it with what it means in a library, its canonical form and its quotation."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.citations.cited_text import CitationRead, QuoteRead, TextRead, read_text
from corpus.citations.context import NOWHERE, Context
from corpus.citations.parsed import Citation, CitedPlace, Named, Reach
from corpus.citations.permalinks import permalink
from corpus.citations.quoted.quotation import Quotation, Quotations
from corpus.citations.read.reading import read
from corpus.citations.read.run_on import run_on
from corpus.citations.resolve.catalogue import Entry
from corpus.citations.resolve.locating import outside
from corpus.citations.resolve.references import resolver
from corpus.citations.resolve.resolving import Resolution, ResolutionStatus, Resolver, Target
from corpus.citations.writing import CitationForm, cite, cite_range, place
from corpus.clauses import tree
from corpus.clauses.tree import FieldName
from corpus.errors import QueryError, TooSlowError
from corpus.lexicon.acts import type_of
from corpus.library import Library, Progress
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision
from corpus.pages import page_of, pages_of

MOST_CITATIONS = 2_000
"""Citations of one text that are resolved at once: dense legal prose has one in 60 characters."""
MOST_QUOTED = 8_000_000
"""Characters of the library's text that one answer shows."""
_MOST_CANDIDATES = 20
_SUBJECT = re.compile(r"\s(?:о|об|обо)\s")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The text of a cited provision with its address and the page of a paged file where it begins."""

    document: str
    eid: str
    citation: str
    text: str
    permalink: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a citation that were seen and not understood."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class CitationAnswer:
    """A citation of the text; `targets` are the candidates when it is ambiguous.

    It is resolved only when nothing of it is `unread` or `missing`; else the targets are what was found.
    """

    span: Span
    text: str
    canonical: str
    status: ResolutionStatus
    targets: tuple[Target, ...] = ()
    nearest: Quoted | None = None
    provisions: tuple[Quoted, ...] = ()
    quotation: Quotation | None = None
    unread: tuple[Unread, ...] = ()
    missing: tuple[str, ...] = ()


def answer(
    text: str, library: Library, found: TextRead | None = None, until: float | None = None
) -> tuple[CitationAnswer, ...]:
    """Resolve the citations of a text, read here unless they are given as `found`.

    Raise QueryError when the text is too long or cites too much, TooSlowError at `until` of the monotonic clock.
    """
    found = read_text(text) if found is None else found
    if len(found.citations) > MOST_CITATIONS:
        raise QueryError(f"В тексте больше {MOST_CITATIONS} ссылок. Разделите его на части.")
    return Answering(text, library, until).answers(found, MOST_QUOTED)[0]


class Answering:
    """One text against one library."""

    def __init__(
        self,
        text: str,
        library: Library,
        until: float | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.text, self.library, self.until, self.progress = text, library, until, progress
        self.resolver: Resolver = resolver(library)
        self._documents: dict[str, Document] = {}
        self._pages: dict[str, tuple[int, ...]] = {}
        self._forms: dict[str, CitationForm] = {}
        self._context = Context()
        self._unnamed: dict[tuple[CitedPlace, ...], Resolution] = {}
        self._quotations = Quotations(library, self.document, self.pause)
        self._shown = self._left = 0

    def pause(self) -> None:
        """Raise TooSlowError once the time is over."""
        if self.until is not None and time.monotonic() > self.until:
            raise TooSlowError("Ссылки этого текста не удалось разобрать за отведённое время. Разделите его на части.")

    def _step(self) -> None:
        """Tell that one more citation or quotation is being looked at."""
        self.pause()
        self._done += 1
        if self.progress is not None:
            self.progress(self._done, self._all)

    def answers(
        self, found: TextRead, most_quoted: int = 0
    ) -> tuple[tuple[CitationAnswer, ...], tuple[Quotation, ...]]:
        """Return the citations and quotations of a text; the numbers of quotations are those of the answers.

        With `most_quoted` the cited provisions are quoted; raise QueryError when they have more characters.
        """
        self._left = most_quoted
        self._done, self._all = 0, len(found.citations) + len(found.quotes)
        inner = {number: quote.span for quote in found.quotes for number in quote.inside}
        resolved: dict[int, tuple[Citation, Resolution]] = {}
        for number, one in enumerate(found.citations):
            self._step()
            if number not in inner:
                citation = self._shortened(one.citation)
                resolved[number] = citation, self._resolve(citation)
        quotations = [q for quote in found.quotes if (q := self._quotation(quote, resolved))]
        quoted = {q.span: q for q in quotations}
        for number, span in inner.items():
            citation = self._shortened(found.citations[number].citation)
            resolved[number] = citation, self._resolve_quoted(citation, quoted.get(span))
        kept = [n for n, (_, r) in sorted(resolved.items()) if self._is_told(found.citations[n], r)]
        order = {number: place for place, number in enumerate(kept)}
        quotations = [replace(q, citation=order.get(-1 if q.citation is None else q.citation)) for q in quotations]
        first = {q.citation: q for q in reversed(quotations)}
        return tuple(self._answer(*resolved[n], first.get(order[n])) for n in kept), tuple(quotations)

    def _quotation(self, quote: QuoteRead, resolved: Mapping[int, tuple[Citation, Resolution]]) -> Quotation | None:
        self._step()
        meant, near = (
            [(n, resolved[n][1]) for n in row if n in resolved]
            for row in (quote.citations, [n for n in quote.near if n not in quote.citations])
        )
        return self._quotations.check(self.text, quote.span, meant, near)

    @staticmethod
    def _is_told(read_: CitationRead, resolution: Resolution) -> bool:
        return resolution.status is ResolutionStatus.RESOLVED or not read_.quiet

    def _resolve_quoted(self, citation: Citation, quotation: Quotation | None) -> Resolution:
        """Resolve a citation inside a quotation as it stands where the words were taken from."""
        context = self._context.kept()
        own = citation.named is None or citation.named.reach is Reach.THIS
        if own and quotation is not None and quotation.document and quotation.eid:
            here = Entry.of_document(self.document(quotation.document))
            return self.resolver.resolve(citation, here, quotation.eid)
        resolution = self._resolve(citation)
        self._context = context
        return resolution

    def _resolve(self, citation: Citation) -> Resolution:
        named, places = citation.named, citation.places
        if named is None:
            documents = self._context.documents
            resolution = self._among(documents, places) if documents else self._nobody_named(places)
        elif named.alone:
            documents = self._context.by_lemma.get(named.lemma) or tuple(e.id for e in self.resolver.documents(named))
            resolution = self._among(documents, places)
        else:
            resolution = self._named(citation)
        self._context.met(named, resolution, self.text)
        if citation.unread and resolution.status is ResolutionStatus.RESOLVED:
            return replace(resolution, status=ResolutionStatus.NOT_FOUND)
        return resolution

    def _named(self, citation: Citation) -> Resolution:
        resolution = self.resolver.resolve(citation)
        meant = resolution.documents
        if not meant and citation.named and citation.named.span.start >= citation.span.end:
            return self._nobody_named(citation.places)
        near = self._context.around(meant[0]) if len(meant) == 1 else None
        return self.resolver.place(meant[0], citation.places, near) if near and citation.places else resolution

    def _shortened(self, citation: Citation) -> Citation:
        """Cut a name that runs on into the sentence: «… о спасании о понятиях», «… о мостах стороны исполняют».

        Only where the whole means no act and what stands before its last subject (the second, or one behind a date),
        or before the subject of the verb behind it, means one.
        """
        named = citation.named
        if named is None or named.bare or named.span.end != citation.span.end or self.resolver.documents(named):
            return citation
        for end, title in self._cuts(named):
            shorter = replace(named, span=Span(named.span.start, end), title=title)
            if len(self.resolver.documents(shorter)) == 1:
                return replace(citation, span=Span(citation.span.start, end), named=shorter)
        return citation

    def _cuts(self, named: Named) -> Iterator[tuple[int, str]]:
        """Yield where a name may end earlier, and its title then."""
        text, span = self.text, named.span
        subjects = [m.start() for m in _SUBJECT.finditer(text, span.start, span.end)]
        inner = [m.start() for m in _SUBJECT.finditer(named.title)]
        dated = bool(named.date or named.year)
        behind = dated and subjects and text[span.start : subjects[-1]].rstrip()[-1] in "0123456789.га"
        if subjects and len(inner) == len(subjects) and (len(subjects) > 1 or behind):
            yield subjects[-1], named.title[: inner[-1]]
        begins = None if dated else run_on(text, span)
        if begins is not None:
            end = span.start + len(text[span.start : begins].rstrip())
            yield end, named.title.rsplit(maxsplit=len(text[begins : span.end].split()))[0]

    def _among(self, documents: Sequence[str], places: Sequence[CitedPlace]) -> Resolution:
        held = [d for d in documents if d != NOWHERE]
        if not held:
            return Resolution(ResolutionStatus.NOT_FOUND, missing=tuple(places) if not documents else ())
        if len(documents) == 1:
            return self.resolver.place(held[0], places, self._context.around(held[0]))
        return self.resolver.choose(held[:_MOST_CANDIDATES], places)

    def _nobody_named(self, places: tuple[CitedPlace, ...]) -> Resolution:
        """Tell which acts have a place of an act that nobody named; it is ambiguous also where only one has."""
        if places not in self._unnamed:
            entries = [e.id for e in self.resolver.catalogue.entries]
            able: list[Target] = []
            for document in self._having(entries, places):
                found = self.resolver.place(document, places)
                able += [found.target] if found.status is ResolutionStatus.RESOLVED and found.target else []
                if len(able) == _MOST_CANDIDATES:
                    break
            none = tuple(Target(d) for d in entries) if len(entries) <= _MOST_CANDIDATES else ()
            missing = () if able else places
            self._unnamed[places] = Resolution(
                ResolutionStatus.AMBIGUOUS, candidates=tuple(able) or none, missing=missing
            )
        return self._unnamed[places]

    def _having(self, documents: Sequence[str], places: Sequence[CitedPlace]) -> list[str]:
        """Leave the documents that have the article cited, as the index knows."""
        article = next((u.num for p in places for u in p.units if u.kind is Kind.ARTICLE and u.num), None)
        if article is None or len(documents) <= _MOST_CANDIDATES:
            return list(documents)
        node = tree.Field(FieldName.ARTICLE, (article,))
        having = self.library.counts(node, [FieldName.DOCUMENT], len(documents))[FieldName.DOCUMENT]
        return [d for d in documents if d in having]

    def _answer(self, citation: Citation, resolution: Resolution, quotation: Quotation | None) -> CitationAnswer:
        text = self.text
        targets = (resolution.target,) if resolution.target else resolution.candidates[:_MOST_CANDIDATES]
        nearest, status = resolution.nearest, resolution.status
        return CitationAnswer(
            citation.span,
            text[slice(*citation.span)],
            self._canonical(citation, resolution),
            ResolutionStatus.NOT_FOUND if status is ResolutionStatus.EXTERNAL else status,
            targets,
            self._quoted(nearest.document, nearest.eids[0]) if nearest and nearest.eids else None,
            tuple(self._quoted(t.document, e) for t in targets for e in t.eids) if self._left else (),
            quotation,
            tuple(Unread(s, text[slice(*s)]) for s in citation.unread),
            tuple(self._written(p, resolution, text[slice(*citation.span)]) for p in resolution.missing),
        )

    def _written(self, place_: CitedPlace, resolution: Resolution, text: str) -> str:
        eid = outside(place_)
        act = self.document(resolution.documents[0]) if resolution.documents else Instrument(InstrumentType.ACT, "")
        return place(act, eid) if eid else text

    def _canonical(self, citation: Citation, resolution: Resolution) -> str:
        target = resolution.target
        if target is not None and resolution.status is ResolutionStatus.RESOLVED:
            return self.canonical(target)
        if resolution.documents and resolution.status is ResolutionStatus.NOT_FOUND:
            return written(citation.places, None, self.document(resolution.documents[0]))
        named = citation.named
        return written(citation.places, named if named and not named.alone else None)

    def canonical(self, target: Target) -> str:
        """Write a target in the short form, or in full when the short one means several documents."""
        document = self.document(target.document)
        if document.id not in self._forms:
            named = next((c.named for c in read(cite(document)) if c.named), None)
            alone = named is not None and [e.id for e in self.resolver.documents(named)] == [document.id]
            self._forms[document.id] = CitationForm.SHORT if alone else CitationForm.FULL
        return cite_range(document, target.eids, self._forms[document.id], own=target.own)

    def document(self, id_: str) -> Document:
        """Return a document, read once."""
        if id_ not in self._documents:
            self._documents[id_] = self.library.get(id_)
        return self._documents[id_]

    def _quoted(self, document: str, eid: str) -> Quoted:
        whole = self.document(document)
        provision = whole.find(eid)
        words = whole_text(provision) if provision else ""
        self._shown += len(words)
        if self._shown > self._left > 0:
            raise QueryError("Положения, на которые ссылается текст, слишком велики. Разделите его на части.")
        if document not in self._pages:
            self._pages[document] = pages_of(self.library, whole)
        page = page_of(self._pages[document], provision) if provision else None
        return Quoted(document, eid, cite(whole, eid), words, permalink(whole, eid), page)


def whole_text(provision: Provision) -> str:
    """Return the words of a provision and all inside it."""
    return "\n".join(" ".join(x for x in (p.heading or "", p.text) if x) for p in provision.walk())


def written(places: Sequence[CitedPlace], named: Named | None, document: Document | None = None) -> str:
    """Write a citation that was read but not found, as its numbers and names stand."""
    eids = [e for e in map(outside, places) if e]
    if document is not None:
        return cite_range(document, eids)
    kind = type_of(named.lemma) if named else InstrumentType.ACT
    act = Instrument(kind, named.title, named.date, number=named.number) if named else Instrument(kind, "")
    return cite_range(act, eids, CitationForm.FULL if named else CitationForm.PLACE)
