"""Every public function that takes text from outside, as a table of doors: how a text is made what it takes, and the call."""

import tempfile
from functools import cache
from pathlib import Path

from analyzers.entities import entities
from analyzers.lemmas import cases, lemmas, normal
from analyzers.letters import folded, roman
from analyzers.repair import Repaired, repair
from analyzers.sentences import sentences
from analyzers.spans import Span
from analyzers.terms import forms, terms
from corpus import eid, pages
from corpus.akn.importing import from_akn
from corpus.akn.writing import to_akn
from corpus.citations.answering import answer
from corpus.citations.layered import layer as references_layer
from corpus.citations.layered import relations
from corpus.citations.permalinks import follow
from corpus.citations.quoted.marks import ascribed, quotations
from corpus.citations.quoted.verdict import verify
from corpus.citations.quoted.words import printed
from corpus.citations.read.reading import read
from corpus.citations.resolve.references import outgoing, resolver
from corpus.citations.writing import CitationForm, cite, name
from corpus.clauses import fields, streams
from corpus.clauses.clause import clauses
from corpus.clauses.units import units_of
from corpus.codec import dumps, loads
from corpus.comparison import grades
from corpus.comparison.align import align
from corpus.comparison.differences import differences, likeness
from corpus.comparison.equivalents import equivalents
from corpus.comparison.table import compare
from corpus.effects import instructions
from corpus.effects.force import ends
from corpus.effects.force.lasting import term
from corpus.effects.force.published import marks
from corpus.lexicon import dates
from corpus.lexicon.countries import find_states, normalised, state
from corpus.lexicon.declension import Case, decline, nominative
from corpus.lexicon.durations import durations
from corpus.local.library import LocalLibrary
from corpus.metadata import correctable
from corpus.metadata.documents import documents_of
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.search import cursors
from corpus.search.answers import SearchOptions
from corpus.search.language import cited_places
from corpus.search.language.filters import filters_of
from corpus.search.language.mending import Mender
from corpus.search.language.syntax import parse as parse_query
from corpus.search.language.tokens import tokenize
from corpus.search.ranking.planning import plan
from corpus.search.search import explain, search
from corpus.topics import topics
from corpus.values import copies, force_days, languages
from corpus.values.grounds import grounds, mandatory
from corpus.values.value import passages
from corpus.values.values import READERS
from corpus.values.values import read as read_values
from ingest.acts import doubts, instruments, markers, numbering, quotes
from ingest.acts import structure as tree
from ingest.acts import title_lines as paragraph_titles
from ingest.acts.parts.closing import concludes
from ingest.acts.parts.signing import signing_line
from ingest.formats.foreign import foreign
from ingest.formats.plain.plain import read_plain
from ingest.formats.registry import format_of, named
from ingest.fragments import fragment
from ingest.layers import entities as entity_layer
from ingest.layout import lines as printed_lines
from ingest.layout import series, stamps
from ingest.layout import variants as weak
from ingest.layout.paragraphs import Paragraph, read_paragraphs
from ingest.layout.traced import Traced
from ingest.metadata import parties, places, read_metadata, signatures
from ingest.metadata import titles as metadata_titles
from ingest.pipeline import parse_bytes, parse_source
from search_api.answers.shapes import document_shape
from search_api.exports import rendering, tables
from search_api.http.edge.guard import host_name
from search_api.service.intake import source_name
from search_api.web.finding.suggesting import suggestions
from search_api.web.views import runs
from tests.corpus.citations.samples import LAW, ORDER, POST, file
from tests.growth import given
from tests.growth.measure import Door
from tests.ingest.readers.writers import docx, html, odt, rtf

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


# --- Calls of several steps -------------------------------------------------------------------------------------------


def structure(made: tuple[list[instruments.Segment], Repaired]) -> object:
    return [tree.provisions(segment, made[1]) for segment in made[0]]


def metadata(made: tuple[list[instruments.Segment], Repaired]) -> object:
    bare = Instrument(InstrumentType.AGREEMENT, "")
    return [read_metadata(bare, segment, made[1]) for segment in made[0]]


def full(data: bytes) -> SourceFile:
    return parse_bytes(data, "файл")


def converted(kind: str) -> object:
    def call(data: bytes) -> object:
        return named(kind).reader(data, "файл")

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


def series_questions(text: str) -> object:
    lines = [line for line in text.split("\n") if line]
    return series.counted(lines), series.counted(lines, lines=True), series.heads_units(lines)


def quoted_words(text: str) -> object:
    found = [c.span for c in read(text) if c.places]
    return ascribed(text, found, [True] * len(found), quotations(text, found))


def formulas(text: str) -> object:
    return (
        copies.copies(text),
        list(languages.languages(text)),
        languages.prevailing(text),
        places.place(text, text),
        signing_line(text),
        concludes(text),
        force_days.day(text, None),
        force_days.noted(text),
    )


def values(made: Instrument) -> object:
    """Read every topic's values out of every unit."""
    units = {unit.eid: unit for unit in units_of(made)}
    sources = [p for unit in units.values() for p in passages(unit, unit.own, lambda eid_: units[eid_].text)]
    return [read_values(topic, sources) for topic in READERS]


def mended_words(text: str) -> object:
    mender = Mender(library())
    return mender.layout(text), [mender.spelling(form) for form in forms(text)]


def parsed_query(text: str) -> object:
    tokens, _ = tokenize(text)
    return parse_query(tokens) if tokens else None


def stored(made: SourceFile) -> object:
    """Put a file into a library, find it, and take it out."""
    library().put(made)
    held = library().get(documents_of(made)[0].id)
    found = list(library().clauses([(held.id, "art_1")]))
    return found, library().delete(made.name), list(clauses(held))


def compared(form: str) -> object:
    def call(made: tuple[Document, Document]) -> bytes:
        return tables.exported(compare(made), form)

    return call


def corrected(text: str) -> object:
    """Read a text as a value of each field a person may correct."""
    out = []
    for field in correctable.FIELDS:
        try:
            out.append(correctable.validated(field, [text]))
        except Exception as error:
            if not type(error).__module__.startswith("corpus"):
                raise
    return out


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
    "kind of a file": Door(lambda data: (format_of(data), foreign(data)), given.bytes_of),
    "kind of a page": Door(format_of, given.raw_html),
    "decoding": Door(lambda data: read_plain(data, "файл"), lambda text: text.encode("cp1251", "replace")),
    "parse text": Door(full, given.bytes_of),
    "parse markdown": Door(lambda source: parse_source(source, "файл.md", "0" * 64), given.marked),
    "parse a page": Door(
        lambda data: parse_source(converted("html")(data), "файл", "0" * 64),
        lambda text: html(given.written(text), "utf-8"),
    ),
    "read html": Door(converted("html"), lambda text: html(given.written(text), "utf-8")),
    "read raw html": Door(converted("html"), given.raw_html),
    "read mhtml": Door(
        converted("mhtml"),
        lambda text: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + given.bytes_of(text),
    ),
    "read rtf": Door(converted("rtf"), lambda text: rtf(given.written(text))),
    "read raw rtf": Door(converted("rtf"), given.raw_rtf),
    "read docx": Door(converted("docx"), lambda text: docx(given.written(given.xml_safe(text)))),
    "read odt": Door(converted("odt"), lambda text: odt(given.written(given.xml_safe(text)))),
    # From lines to an act
    "labels that count": Door(series_questions),
    "lines": Door(lambda made: printed_lines.read_lines(*made), given.as_lines),
    "paragraphs": Door(read_paragraphs, given.as_paragraphs),
    "paragraphs of markdown": Door(lambda made: read_paragraphs(made, marked=True), given.as_paragraphs),
    "paragraphs of blocks": Door(lambda made: read_paragraphs(made, blocks=True), given.as_paragraphs),
    "stamps": Door(lambda made: stamps.stamped([line.text for line in made]), given.as_paragraphs),
    "acts of a file": Door(instruments.split, given.paragraphs),
    "quoted paragraphs": Door(lambda made: quotes.quoted(tuple(made)), given.paragraphs),
    "numbering": Door(lambda made: numbering.accepted_divisions(tuple(made), set()), given.paragraphs),
    "markers": Door(marker_questions),
    "questions of a paragraph": Door(paragraph_questions, given.only),
    "structure": Door(structure, given.segments),
    "metadata": Door(metadata, given.segments),
    "weak variants": Door(lambda made: list(weak.variants(Traced.copy(made.text, 0, len(made.text)), made)), repair),
    "doubts of a file": Door(doubts.file_doubts),
    # Metadata
    "dates": Door(dates.dates),
    "formulas": Door(formulas),
    "parties": Door(parties.parties),
    "signing": Door(lambda made: (parties.signing(tuple(made)), signatures.signatories(tuple(made))), given.paragraphs),
    "issuer": Door(lambda made: parties.issuer(tuple(made), ()), given.paragraphs),
    "title": Door(lambda made: metadata_titles.title_paragraphs(tuple(made), InstrumentType.ACT), given.paragraphs),
    "title's case": Door(lambda text: metadata_titles.sentence_case(text, [text])),
    "corrected fields": Door(corrected),
    # Citations
    "citations": Door(read),
    "answering citations": Door(lambda text: answer(text, library()), most=64_000),
    "quotations": Door(quoted_words),
    "quoted in a text": Door(
        lambda made: verify(made[1], [printed(Provision("art_1", Kind.ARTICLE, made[0]))]), given.halves
    ),
    "references layer": Door(references_layer.layer, given.act),
    "relations layer": Door(relations.layer, given.read_act),
    "term of an act": Door(lambda made: term(made, made.date), given.act),
    "ends of other acts": Door(ends.layer, given.read_act),
    "orders of an act": Door(lambda made: instructions.layer(made, fragment), given.amending_act),
    "marks of an act": Door(marks, given.act),
    "references": Door(
        lambda made: list(outgoing(made, resolver(library()))),
        lambda text: Document("agreement-2008-10-23-mir-0", "мир.txt", 0, given.read_act(text)),
    ),
    "relation": Door(lambda text: relations.relation(text, len(text) - 1, len(text))),
    "writing citations": Door(
        lambda made: [cite(made, "art_1", form) for form in CitationForm] + [name(made, form) for form in CitationForm],
        lambda text: Document(
            "a-1", "a", 0, Instrument(InstrumentType.AGREEMENT, text, "2008-10-23", provisions=given.provisions("мир"))
        ),
    ),
    "declension": Door(lambda text: (decline(text, Case.GENITIVE), nominative(text))),
    "states": Door(find_states),
    "name of a state": Door(lambda text: (state(text), normalised(text))),
    "permalinks": Door(lambda text: follow(library(), documents_of(given.source_file("мир"))[0].id, text)),
    "identifiers": Door(lambda text: (eid.transliterate(text), roman(text), eid.parent(text))),
    "entities layer": Door(entity_layer.layer, given.act),
    # Queries
    "tokens of a query": Door(tokenize, most=QUERY),
    "parse of a query": Door(parsed_query, most=QUERY),
    "place in a query": Door(lambda text: cited_places.place_of(library(), text), most=QUERY),
    "plan": Door(lambda text: plan(library(), text, _ONLY), most=QUERY),
    "search": Door(lambda text: search(library(), text), most=QUERY),
    "explain": Door(lambda text: explain(library(), text, library().documents()[0].id, "art_1"), most=QUERY),
    "filters": Door(
        lambda text: filters_of(library(), {n: [text] for n in ("party", "body", "place", "topic")}), most=QUERY
    ),
    "mending": Door(mended_words, most=QUERY),
    "suggestions": Door(lambda text: suggestions(library(), text), most=400),
    "cursors": Door(lambda text: cursors.read(text, "x")),
    # Comparison
    "differences": Door(lambda made: (differences(*made), likeness(*made)), given.halves),
    "units": Door(units_of, given.act),
    "topics layer": Door(topics.layer, given.act),
    "values": Door(values, given.act),
    "durations": Door(lambda text: durations(folded(text))),
    "grounds": Door(lambda text: (grounds(folded(text)), mandatory(folded(text)))),
    "differences in meaning": Door(lambda made: grades.grade(*made), given.halves),
    "alignment": Door(lambda made: align(*made), given.documents, pairs=True),
    "equivalents": Door(lambda made: equivalents(*made), given.documents, pairs=True),
    "comparison as json": Door(compared("json"), given.documents, pairs=True),
    "comparison as a page": Door(compared("html"), given.documents, pairs=True),
    "comparison as a sheet": Door(compared("xlsx"), given.documents, pairs=True),
    "comparison as a document": Door(compared("docx"), given.documents, pairs=True),
    # Keeping and writing
    "a file kept": Door(stored, given.source_file),
    "clauses": Door(lambda made: [fields.clause_values(c) for c in clauses(made)], given.document),
    "codec": Door(lambda made: loads(SourceFile, dumps(made)), given.source_file),
    "write akn": Door(to_akn, given.document),
    "read akn": Door(from_akn, given.raw_akn),
    "write text": Door(rendering.as_text, given.stated),
    "write markdown": Door(rendering.as_markdown, given.stated),
    "write json": Door(rendering.as_json, given.stated),
    "write a document": Door(rendering.as_word, given.stated),
    "shape of a document": Door(document_shape, given.document),
    "pages": Door(pages.fixed_pages, given.source_file),
    # Requests
    "highlighted runs": Door(lambda text: runs(text, [Span(i, i + 3) for i in range(0, len(text), 20)])),
    "name of a host": Door(host_name),
    "name of a file": Door(source_name),
}
