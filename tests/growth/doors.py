"""Every public function that takes text from outside, as a table of doors: how a text is made what it takes, and the call."""

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analyzers.entities import entities
from analyzers.lemmas import cases, lemmas, normal
from analyzers.repair import Repaired, repair
from analyzers.sentences import sentences
from analyzers.spans import Span
from analyzers.terms import forms, terms
from corpus import corrected_fields, eid, fields, paging, streams
from corpus.akn.reading import from_akn
from corpus.akn.writing import to_akn
from corpus.citations import layer as references_layer
from corpus.citations import relations
from corpus.citations.answering import answer
from corpus.citations.declension import Case, decline, nominative
from corpus.citations.permalinks import follow
from corpus.citations.quotations import beside, contains, quotations
from corpus.citations.reading import read
from corpus.citations.references import outgoing, resolver
from corpus.citations.states import find_states, normalised, state
from corpus.citations.writing import Form, cite, name
from corpus.clauses import clauses
from corpus.codec import dumps, loads
from corpus.comparison import export, topics
from corpus.comparison.align import align
from corpus.comparison.differences import differences, likeness
from corpus.comparison.durations import durations
from corpus.comparison.equivalents import equivalents
from corpus.comparison.grounds import grounds, mandatory
from corpus.comparison.table import compare
from corpus.comparison.units import units_of
from corpus.comparison.values import READERS, folded, passages
from corpus.comparison.values import read as read_values
from corpus.documents import documents_of
from corpus.local.library import LocalLibrary
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.query import cursors
from corpus.query import places as query_places
from corpus.query.answers import SearchOptions
from corpus.query.filters import filters_of
from corpus.query.language import parse as parse_query
from corpus.query.mending import Mender
from corpus.query.planning import plan
from corpus.query.search import explain, search
from corpus.query.tokens import tokenize
from ingest import doubts, instruments, markers, numbering, quotes, stamps
from ingest import entities as entity_layer
from ingest import lines as printed_lines
from ingest import structure as tree
from ingest import titles as paragraph_titles
from ingest import variants as weak
from ingest.metadata import dates, formula, parties, read_metadata, signatures
from ingest.metadata import titles as metadata_titles
from ingest.paragraphs import Paragraph, read_paragraphs
from ingest.pipeline import parse_bytes, parse_source
from ingest.readers import kinds
from ingest.readers.encoding import decode
from ingest.readers.parse import parse as read_format
from ingest.readers.plain import read_plain
from ingest.readers.wire import source_of
from ingest.source import SourceText
from ingest.traced import Traced
from search_api import cursors as page_cursors
from search_api import exports
from search_api.guard import host_name
from search_api.intake import source_name
from search_api.routes.page_search import suggestions
from search_api.shapes import document_shape
from search_api.views import runs
from tests.corpus.citations.samples import LAW, ORDER, POST, file
from tests.growth.measure import Door
from tests.ingest.readers.writers import Para, docx, html, odt, rtf

QUERY = 1000
"""Characters of the longest query."""
_ONLY = SearchOptions()


@cache
def library() -> LocalLibrary:
    """Open a small library of its own, for as long as the process lives."""
    folder = Path(tempfile.mkdtemp(prefix="svod-growth-"))
    made = LocalLibrary(folder / "library")
    made.put(file("order.txt", ORDER, POST))
    made.put(file("law.txt", LAW))
    return made


# --- A text as what the doors take ------------------------------------------------------------------------------------


def plain(text: str) -> SourceText:
    return SourceText(text, "text", "utf-8")


def marked(text: str) -> SourceText:
    return SourceText(text, "markdown", "utf-8")


def as_lines(text: str) -> tuple[SourceText, Repaired]:
    return plain(text), Repaired(text)


def as_paragraphs(text: str) -> list[printed_lines.Line]:
    return printed_lines.read_lines(*as_lines(text))[0]


def paragraphs(text: str) -> list[Paragraph]:
    return read_paragraphs(as_paragraphs(text))


def segments(text: str) -> tuple[list[instruments.Segment], Repaired]:
    return instruments.split(paragraphs(text)), Repaired(text)


def provisions(text: str) -> tuple[Provision, ...]:
    """Make an article of each line, or one of the whole text."""
    return tuple(
        Provision(f"art_{i}", Kind.ARTICLE, line, str(i)) for i, line in enumerate(text.split("\n"), 1) if line.strip()
    ) or (Provision("art_1", Kind.ARTICLE, text or "мир", "1"),)


def act(text: str) -> Instrument:
    made = Instrument(InstrumentType.AGREEMENT, "Соглашение о мире", "2008-10-23", provisions=provisions(text))
    return Instrument(
        made.type, made.title, made.date, provisions=made.provisions, layers={"references": [], "topics": []}
    )


def read_act(text: str) -> Instrument:
    bare = act(text)
    return Instrument(
        bare.type,
        bare.title,
        bare.date,
        provisions=bare.provisions,
        layers={"references": references_layer.layer(bare), "topics": []},
    )


def document(text: str) -> Document:
    return Document("agreement-2008-10-23-mir-0", "мир.txt", 0, act(text))


def documents(text: str) -> tuple[Document, Document]:
    """Make two documents of nearly the same text."""
    return document(text), Document("agreement-2009-01-01-mir-0", "иное.txt", 0, act(text[len(text) // 50 :]))


def source_file(text: str) -> SourceFile:
    return SourceFile("мир.txt", "0" * 64, "text", "utf-8", text, instruments=(act(text),))


def halves(text: str) -> tuple[str, str]:
    """Make two texts, one beginning where the other is well under way."""
    return text, text[len(text) // 3 :] + text[: len(text) // 5]


def written(text: str) -> list[Para]:
    """Make the paragraphs a writer of formats takes."""
    return [Para(line) for line in text.split("\n\n")]


def xml_safe(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def bytes_of(text: str) -> bytes:
    return text.encode("utf-8")


def raw_html(text: str) -> bytes:
    return ("<html><body>" + text).encode("utf-8")


def raw_rtf(text: str) -> bytes:
    return ("{\\rtf1\\ansi\\ansicpg1251 " + text + "}").encode("cp1251", "replace")


def raw_akn(text: str) -> bytes:
    """Write an export, and put a text into it where the reader looks."""
    safe = xml_safe(text).replace("&", "&amp;").replace("<", "&lt;")
    return to_akn(document("МИР")).replace("МИР".encode(), safe.encode("utf-8"))


def only(text: str) -> Paragraph:
    """Make one paragraph of a text."""
    flat = " ".join(text.split("\n"))
    return Paragraph(Traced.copy(flat, 0, len(flat)))


# --- Calls of several steps -------------------------------------------------------------------------------------------


def structure(given: tuple[list[instruments.Segment], Repaired]) -> object:
    return [tree.provisions(segment, given[1]) for segment in given[0]]


def metadata(given: tuple[list[instruments.Segment], Repaired]) -> object:
    bare = Instrument(InstrumentType.AGREEMENT, "")
    return [read_metadata(bare, segment, given[1]) for segment in given[0]]


def full(data: bytes) -> SourceFile:
    return parse_bytes(data, "файл")


def converted(kind: str) -> object:
    def call(data: bytes) -> object:
        return source_of(read_format(kind, data, "файл")[0]["source"])

    return call


def paragraph_questions(paragraph: Paragraph) -> object:
    """Ask all that is asked of one paragraph."""
    asked = (
        paragraph_titles.opens_title,
        paragraph_titles.about,
        paragraph_titles.attachment,
        paragraph_titles.is_approval,
        paragraph_titles.is_issuer,
        paragraph_titles.is_note,
        paragraph_titles.is_editorial,
        paragraph_titles.is_date_line,
        paragraph_titles.is_preamble_heading,
        paragraph_titles.is_signature,
    )
    return [ask(paragraph) for ask in asked], paragraph.display, paragraph.ended


def marker_questions(text: str) -> object:
    return markers.division(text), markers.numbered(text), paragraph_titles.title_word(text)


def quoted_words(text: str) -> object:
    found = [c.span for c in read(text) if c.places]
    return beside(text, found, quotations(text, found))


def formulas(text: str) -> object:
    return (
        formula.copies(text),
        formula.languages(text),
        formula.prevailing([text]),
        formula.place(text),
        formula.force([text], None),
        formula.noted_force(text),
    )


def values(act_: Instrument) -> object:
    """Read every topic's values out of every unit."""
    units = units_of(act_)
    sources = [p for unit in units for p in passages(unit, unit.own, lambda eid_: _text_of(units, eid_))]
    return [read_values(topic, sources) for topic in READERS]


def _text_of(units: Iterable, eid_: str) -> str:
    return next(unit.text for unit in units if unit.eid == eid_)


def mended_words(text: str) -> object:
    mender = Mender(library())
    return mender.layout(text), [mender.spelling(form) for form in forms(text)]


def parsed_query(text: str) -> object:
    tokens, _ = tokenize(text)
    return parse_query(tokens) if tokens else None


def stored(given: SourceFile) -> object:
    """Put a file into a library, find it, and take it out."""
    library().put(given)
    held = library().get(documents_of(given)[0].id)
    found = list(library().clauses([(held.id, "art_1")]))
    return found, library().delete(given.name), list(clauses(held))


def compared(form: str) -> object:
    def call(given: tuple[Document, Document]) -> bytes:
        return export.exported(compare(given), form)

    return call


def corrected(text: str) -> object:
    """Read a text as a value of each field a person may correct."""
    out = []
    for field in corrected_fields.FIELDS:
        try:
            out.append(corrected_fields.validated(field, [text]))
        except Exception as error:
            if not type(error).__module__.startswith("corpus"):
                raise
    return out


def page_cursor(text: str) -> object:
    return page_cursors.read_cursor({"q": 1}, text)


DOORS: dict[str, Door] = {
    # Words
    "repair": Door(repair),
    "lemmas": Door(lemmas),
    "cases": Door(lambda text: (cases(text), normal(text, "nomn"))),
    "terms": Door(terms),
    "forms": Door(forms),
    "sentences": Door(sentences),
    "entities": Door(lambda text: entities(text[: entity_layer.LONGEST])),
    "streams": Door(streams.read),
    # Files
    "kind of a file": Door(lambda data: (kinds.kind_of(data), kinds.foreign(data)), bytes_of),
    "kind of a page": Door(kinds.kind_of, raw_html),
    "decoding": Door(lambda data: read_plain(decode(data, "файл")), lambda text: text.encode("cp1251", "replace")),
    "parse text": Door(full, bytes_of),
    "parse markdown": Door(lambda source: parse_source(source, "файл.md", "0" * 64), marked),
    "parse a page": Door(
        lambda data: parse_source(converted("html")(data), "файл", "0" * 64), lambda text: html(written(text), "utf-8")
    ),
    "read html": Door(converted("html"), lambda text: html(written(text), "utf-8")),
    "read raw html": Door(converted("html"), raw_html),
    "read mhtml": Door(
        converted("mhtml"),
        lambda text: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + bytes_of(text),
    ),
    "read rtf": Door(converted("rtf"), lambda text: rtf(written(text))),
    "read raw rtf": Door(converted("rtf"), raw_rtf),
    "read docx": Door(converted("package"), lambda text: docx(written(xml_safe(text)))),
    "read odt": Door(converted("package"), lambda text: odt(written(xml_safe(text)))),
    # From lines to an act
    "lines": Door(lambda given: printed_lines.read_lines(*given), as_lines),
    "paragraphs": Door(read_paragraphs, as_paragraphs),
    "paragraphs of markdown": Door(lambda given: read_paragraphs(given, marked=True), as_paragraphs),
    "paragraphs of blocks": Door(lambda given: read_paragraphs(given, blocks=True), as_paragraphs),
    "stamps": Door(lambda given: stamps.stamped([line.text for line in given]), as_paragraphs),
    "acts of a file": Door(instruments.split, paragraphs),
    "quoted paragraphs": Door(lambda given: quotes.quoted(tuple(given)), paragraphs),
    "numbering": Door(lambda given: numbering.accepted_divisions(tuple(given), set()), paragraphs),
    "markers": Door(marker_questions),
    "questions of a paragraph": Door(paragraph_questions, only),
    "structure": Door(structure, segments),
    "metadata": Door(metadata, segments),
    "weak variants": Door(lambda made: list(weak.variants(Traced.copy(made.text, 0, len(made.text)), made)), repair),
    "doubts of a file": Door(doubts.file_doubts),
    # Metadata
    "dates": Door(dates.dates),
    "formulas": Door(formulas),
    "parties": Door(parties.parties),
    "signing": Door(lambda given: (parties.signing(tuple(given)), signatures.signatories(tuple(given))), paragraphs),
    "issuer": Door(lambda given: parties.issuer(tuple(given), ()), paragraphs),
    "title": Door(lambda given: metadata_titles.title_paragraphs(tuple(given), InstrumentType.ACT), paragraphs),
    "title's case": Door(lambda text: metadata_titles.sentence_case(text, [text])),
    "corrected fields": Door(corrected),
    # Citations
    "citations": Door(read),
    "answering citations": Door(lambda text: answer(text, library()), most=64_000),
    "quotations": Door(quoted_words),
    "quoted in a text": Door(lambda given: contains(*given), halves),
    "references layer": Door(references_layer.layer, act),
    "relations layer": Door(relations.layer, read_act),
    "references": Door(
        lambda made: list(outgoing(made, resolver(library()))),
        lambda text: Document("agreement-2008-10-23-mir-0", "мир.txt", 0, read_act(text)),
    ),
    "relation": Door(lambda text: relations.relation(text, len(text) - 1, len(text))),
    "writing citations": Door(
        lambda made: [cite(made, "art_1", form) for form in Form] + [name(made, form) for form in Form],
        lambda text: Document(
            "a-1", "a", 0, Instrument(InstrumentType.AGREEMENT, text, "2008-10-23", provisions=provisions("мир"))
        ),
    ),
    "declension": Door(lambda text: (decline(text, Case.GENITIVE), nominative(text))),
    "states": Door(find_states),
    "name of a state": Door(lambda text: (state(text), normalised(text))),
    "permalinks": Door(lambda text: follow(library(), documents_of(source_file("мир"))[0].id, text)),
    "identifiers": Door(lambda text: (eid.transliterate(text), eid.roman(text), eid.parent(text))),
    "entities layer": Door(entity_layer.layer, act),
    # Queries
    "tokens of a query": Door(tokenize, most=QUERY),
    "parse of a query": Door(parsed_query, most=QUERY),
    "place in a query": Door(lambda text: query_places.place_of(library(), text), most=QUERY),
    "plan": Door(lambda text: plan(library(), text, _ONLY), most=QUERY),
    "search": Door(lambda text: search(library(), text), most=QUERY),
    "explain": Door(lambda text: explain(library(), text, library().documents()[0].id, "art_1"), most=QUERY),
    "filters": Door(
        lambda text: filters_of(library(), {n: [text] for n in ("party", "body", "place", "topic")}), most=QUERY
    ),
    "mending": Door(mended_words, most=QUERY),
    "suggestions": Door(lambda text: suggestions(library(), text), most=400),
    "cursors": Door(lambda text: cursors.read(text, "x")),
    "page cursors": Door(page_cursor),
    # Comparison
    "differences": Door(lambda given: (differences(*given), likeness(*given)), halves),
    "units": Door(units_of, act),
    "topics layer": Door(topics.layer, act),
    "values": Door(values, act),
    "durations": Door(lambda text: durations(folded(text))),
    "grounds": Door(lambda text: (grounds(folded(text)), mandatory(folded(text)))),
    "alignment": Door(lambda given: align(*given), documents),
    "equivalents": Door(lambda given: equivalents(*given), documents),
    "comparison as json": Door(compared("json"), documents),
    "comparison as a page": Door(compared("html"), documents),
    "comparison as a sheet": Door(compared("xlsx"), documents),
    "comparison as a document": Door(compared("docx"), documents),
    # Keeping and writing
    "a file kept": Door(stored, source_file),
    "clauses": Door(lambda made: [fields.clause_values(c, {}) for c in clauses(made)], document),
    "codec": Door(lambda made: loads(SourceFile, dumps(made)), source_file),
    "write akn": Door(to_akn, document),
    "read akn": Door(from_akn, raw_akn),
    "write text": Door(exports.as_text, document),
    "write markdown": Door(exports.as_markdown, document),
    "write json": Door(exports.as_json, document),
    "write a document": Door(exports.as_word, document),
    "shape of a document": Door(document_shape, document),
    "pages": Door(paging.fixed_pages, source_file),
    # Requests
    "highlighted runs": Door(lambda text: runs(text, [Span(i, i + 3) for i in range(0, len(text), 20)])),
    "name of a host": Door(host_name),
    "name of a file": Door(source_name),
}
