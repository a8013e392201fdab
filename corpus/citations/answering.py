"""Answer a text: every citation in it with what it means in a library, its canonical form and its quotation."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.citations.parsed import Citation, CitedPlace, Named
from corpus.citations.permalinks import permalink
from corpus.citations.quotations import Quotation, QuotationVerdict, beside, check, quotations, whole_text
from corpus.citations.read.reading import Memory, quiet, read
from corpus.citations.resolve.locating import outside
from corpus.citations.resolve.references import resolver
from corpus.citations.resolve.resolving import Resolution, ResolutionStatus, Resolver, Target
from corpus.citations.writing import CitationForm, cite, cite_range
from corpus.clauses import tree
from corpus.clauses.tree import FieldName
from corpus.errors import QueryError, TooSlowError
from corpus.lexicon.acts import type_of
from corpus.library import Library
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision
from corpus.pages import page_of, pages_of

LONGEST = 64_000
"""Characters of a text that are read at once."""
MOST_CITATIONS = 2_000
"""Citations of one text that are resolved at once: dense legal prose has one in 60 characters."""
_MOST_QUOTED = 8_000_000
"""Characters of the library's text that one answer shows."""
_MOST_CANDIDATES = 20
_WORDS = re.compile(r"[а-яё]{4,}+")
_READ_AT_ONCE = 40
"""Documents whose provisions are read before it is seen whether the candidates are enough."""
_TELLING = 4
"""Longest words of a quotation a document must have to be the quoted one."""


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
class CitationAnswer:
    """A citation of the text; `targets` are the candidates when it is ambiguous."""

    span: Span
    text: str
    canonical: str
    status: ResolutionStatus
    targets: tuple[Target, ...] = ()
    nearest: Quoted | None = None
    provisions: tuple[Quoted, ...] = ()
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class CitationRead:
    """A citation as it was read, with the quotation beside it; `quiet` ones are told only when they are resolved."""

    citation: Citation
    quote: Span | None = None
    quiet: bool = False


def read_text(text: str) -> tuple[CitationRead, ...]:
    """Read the citations and quotations of a text, without any library; raise QueryError when it is too long."""
    if len(text) > LONGEST:
        raise QueryError(f"Текст длиннее {LONGEST} знаков. Разделите его на части.")
    citations = read(text, Memory())
    quotes = quotations(text, [c.span for c in citations])
    beside_it = beside(text, [c.span for c in citations if c.places], quotes)
    return tuple(CitationRead(c, beside_it.get(c.span), quiet(c, text)) for c in citations)


def answer(
    text: str, library: Library, found: Sequence[CitationRead] | None = None, until: float | None = None
) -> tuple[CitationAnswer, ...]:
    """Resolve the citations of a text, read here unless they are given as `found`.

    Raise QueryError when the text is too long or cites too much, TooSlowError at `until` of the monotonic clock.
    """
    found = read_text(text) if found is None else found
    if len(found) > MOST_CITATIONS:
        raise QueryError(f"В тексте больше {MOST_CITATIONS} ссылок. Разделите его на части.")
    return _Answering(text, library, until).answers(found)


class _Answering:
    """One text against one library."""

    def __init__(self, text: str, library: Library, until: float | None = None) -> None:
        self.text, self.library, self.until = text, library, until
        self._shown = 0
        self.resolver: Resolver = resolver(library)
        self._documents: dict[str, Document] = {}
        self._pages: dict[str, tuple[int, ...]] = {}
        self.context: list[str] = []
        self._chosen: dict[tuple[tuple[str, ...], tuple[CitedPlace, ...]], Resolution] = {}

    def answers(self, found: Sequence[CitationRead]) -> tuple[CitationAnswer, ...]:
        out = []
        for one in found:
            self.pause()
            resolution = self._resolve(one.citation, one.quote)
            if resolution.status is not ResolutionStatus.RESOLVED and one.quiet:
                continue
            out.append(self._answer(one.citation, resolution, one.quote))
        return tuple(out)

    def pause(self) -> None:
        """Raise TooSlowError once the time is over."""
        if self.until is not None and time.monotonic() > self.until:
            raise TooSlowError("Ссылки этого текста не удалось разобрать за отведённое время. Разделите его на части.")

    def _checked(self, quote: Span, held: Sequence[tuple[str, Provision]]) -> Quotation:
        return check(self.text, quote, held, self.pause)

    def _resolve(self, citation: Citation, quote: Span | None) -> Resolution:
        named = citation.named
        if named is not None and not (named.bare and named.title == named.lemma):
            resolution = self.resolver.resolve(citation)
            met = [resolution.target, *resolution.candidates, resolution.nearest]
            self.context = list(dict.fromkeys(t.document for t in met if t)) or [""]
            return self._by_quote(resolution, quote)
        documents = [d for d in self.context if d]
        if not self.context:
            documents = [e.id for e in (self.resolver.documents(named) if named else self.resolver.catalogue.entries)]
        if not documents:
            return self._by_words(citation.places, quote)
        documents = self._having(documents, citation.places, quote)
        return self._by_quote(self._choose(tuple(documents), citation.places), quote)

    def _having(self, documents: Sequence[str], places: Sequence[CitedPlace], quote: Span | None) -> list[str]:
        """Leave the documents that have the article cited and the words quoted, as the index knows."""
        if len(documents) <= _READ_AT_ONCE:
            return list(documents)
        units = [u for p in places for u in p.units]
        article = next((u.num for u in units if u.kind is Kind.ARTICLE and u.num), None)
        with_article = self._counted(tree.Field(FieldName.ARTICLE, (article,))) if article else None
        words = sorted(set(_WORDS.findall(self.text[slice(*quote)].lower())) if quote else (), key=len)[-_TELLING:]
        with_words = self._counted(tree.And(tuple(tree.Form(folded(w)) for w in words))) if len(words) > 1 else None
        having = [d for d in documents if with_article is None or d in with_article]
        return [d for d in having if d in with_words] or having if with_words else having

    def _counted(self, node: tree.Node) -> frozenset[str]:
        most = len(self.resolver.catalogue.entries)
        return frozenset(self.library.counts(node, [FieldName.DOCUMENT], most)[FieldName.DOCUMENT])

    def _choose(self, documents: tuple[str, ...], places: tuple[CitedPlace, ...]) -> Resolution:
        """Resolve places against documents once for a text that repeats them."""
        key = (documents, places)
        if key not in self._chosen:
            self._chosen[key] = self._among(documents, places)
        return self._chosen[key]

    def _among(self, documents: tuple[str, ...], places: tuple[CitedPlace, ...]) -> Resolution:
        """Resolve places against as many documents as it takes to know that they are told apart or are too many."""
        if not documents:
            return Resolution(ResolutionStatus.NOT_FOUND)
        if len(documents) == 1:
            return self.resolver.place(documents[0], places)
        first = self.resolver.choose(documents[:_READ_AT_ONCE], places)
        found = [t for t in (first.target, *first.candidates) if t]
        for start in range(_READ_AT_ONCE, len(documents), _READ_AT_ONCE):
            if len(found) > _MOST_CANDIDATES:
                break
            more = self.resolver.choose(documents[start : start + _READ_AT_ONCE], places)
            found += [t for t in (more.target, *more.candidates) if t]
        if len(documents) <= _READ_AT_ONCE or not found:
            return first
        return Resolution(ResolutionStatus.RESOLVED, found[0]) if len(found) == 1 else _ambiguous(found)

    def _by_words(self, places: Sequence[CitedPlace], quote: Span | None) -> Resolution:
        """Resolve a place of an unknown act by the quotation beside it, where one act alone has the words."""
        if quote is not None:
            ids = self._having([e.id for e in self.resolver.catalogue.entries], places, quote)
            found = self._by_quote(self._choose(tuple(ids), tuple(places)), quote)
            if found.target and self._checked(quote, self._held(found.target)).verdict is QuotationVerdict.EXACT:
                return found
        return Resolution(ResolutionStatus.NOT_FOUND)

    def _by_quote(self, resolution: Resolution, quote: Span | None) -> Resolution:
        """Let the quotation tell candidates apart: only those that have its words remain."""
        if quote is None or resolution.status is not ResolutionStatus.AMBIGUOUS:
            return resolution
        exact = [
            t for t in resolution.candidates if self._checked(quote, self._held(t)).verdict is QuotationVerdict.EXACT
        ]
        if len(exact) == 1:
            return Resolution(ResolutionStatus.RESOLVED, exact[0])
        return replace(resolution, candidates=tuple(exact) or resolution.candidates)

    def _answer(self, citation: Citation, resolution: Resolution, quote: Span | None) -> CitationAnswer:
        targets = (resolution.target,) if resolution.target else resolution.candidates[:_MOST_CANDIDATES]
        held = [pair for t in targets for pair in self._held(t)]
        nearest = resolution.nearest
        return CitationAnswer(
            citation.span,
            self.text[slice(*citation.span)],
            self._canonical(citation, resolution),
            ResolutionStatus.NOT_FOUND if resolution.status is ResolutionStatus.EXTERNAL else resolution.status,
            tuple(t for t in targets if t),
            self._quoted(nearest.document, nearest.eids[0]) if nearest and nearest.eids else None,
            tuple(self._quoted(d, p.eid) for d, p in held),
            self._checked(quote, held) if quote is not None and held else None,
        )  # fmt: skip

    def _canonical(self, citation: Citation, resolution: Resolution) -> str:
        if resolution.target is not None:
            return self.canonical(resolution.target)
        if resolution.nearest is not None and resolution.status is ResolutionStatus.NOT_FOUND:
            return written(citation.places, None, self._document(resolution.nearest.document))
        if citation.named is not None and not citation.named.bare:
            return written(citation.places, citation.named)
        return written(citation.places, None)

    def canonical(self, target: Target) -> str:
        """Write a target in the short form, or in full when the short one means several documents."""
        document = self._document(target.document)
        named = next((c.named for c in read(cite(document)) if c.named), None)
        alone = named is not None and [e.id for e in self.resolver.documents(named)] == [target.document]
        return cite_range(document, target.eids, CitationForm.SHORT if alone else CitationForm.FULL)

    def _document(self, id_: str) -> Document:
        if id_ not in self._documents:
            self._documents[id_] = self.library.get(id_)
        return self._documents[id_]

    def _held(self, target: Target) -> list[tuple[str, Provision]]:
        document = self._document(target.document)
        if not target.eids:
            return []
        wanted = set(target.eids)
        return [(document.id, p) for p in document.instrument.walk() if p.eid in wanted]

    def _quoted(self, document: str, eid: str) -> Quoted:
        whole = self._document(document)
        provision = whole.find(eid)
        words = whole_text(provision) if provision else ""
        self._shown += len(words)
        if self._shown > _MOST_QUOTED:
            raise QueryError("Положения, на которые ссылается текст, слишком велики. Разделите его на части.")
        if document not in self._pages:
            self._pages[document] = pages_of(self.library, whole)
        page = page_of(self._pages[document], provision) if provision else None
        return Quoted(document, eid, cite(whole, eid), words, permalink(whole, eid), page)


def _ambiguous(candidates: Sequence[Target]) -> Resolution:
    return Resolution(ResolutionStatus.AMBIGUOUS, candidates=tuple(candidates))


def written(places: Sequence[CitedPlace], named: Named | None, document: Document | None = None) -> str:
    """Write a citation that was read but not found, as its numbers and names stand."""
    eids = [e for e in (outside(p) for p in places if not p.inner) if e]
    if document is not None:
        return cite_range(document, eids)
    kind = type_of(named.lemma) if named else InstrumentType.ACT
    act = Instrument(kind, named.title, named.date, number=named.number) if named else Instrument(kind, "")
    return cite_range(act, eids, CitationForm.FULL if named else CitationForm.PLACE)


def shape(answers: Sequence[CitationAnswer]) -> Iterator[dict[str, object]]:
    """Shape answers as the public contract has them."""
    for a in answers:
        yield {
            "span": [a.span.start, a.span.end],
            "text": a.text,
            "canonical": a.canonical,
            "status": str(a.status),
            "targets": [{"document": t.document, "eids": list(t.eids)} for t in a.targets],
            "nearest": _quoted_shape(a.nearest) if a.nearest else None,
            "provisions": [_quoted_shape(q) for q in a.provisions],
            "quotation": _quotation_shape(a.quotation) if a.quotation else None,
        }


def _quoted_shape(quoted: Quoted) -> dict[str, object]:
    q = quoted
    return {
        "document": q.document,
        "eid": q.eid,
        "citation": q.citation,
        "text": q.text,
        "permalink": q.permalink,
        "page": q.page,
    }


def _quotation_shape(quotation: Quotation) -> dict[str, object]:
    q = quotation
    return {
        "span": [q.span.start, q.span.end],
        "text": q.text,
        "status": str(q.verdict),
        "document": q.document,
        "eid": q.eid,
        "diff": [{"quoted": c.quoted, "printed": c.printed} for c in q.changes],
    }
