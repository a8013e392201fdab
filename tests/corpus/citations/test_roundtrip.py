"""resolve(write(provision)) = provision."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import eid as eids
from corpus.citations.read.reading import read
from corpus.citations.resolve.catalogue import Catalogue, Entry
from corpus.citations.resolve.locating import EidIndex
from corpus.citations.resolve.resolving import Resolver
from corpus.citations.writing import CitationForm, cite, cite_range
from corpus.model import Document, Instrument, InstrumentType, Kind
from ingest.pipeline import parse_file
from tests.corpus.citations.samples import LAW, ORDER, POST, PROTOCOL, documents, file, tree
from tests.shared import need

TEXTS = ("seeds", "texts/treaties")
LAWS = ("102107048.html", "13.txt", "приказ.txt", "постановление.txt", "указ.txt")


def resolver(docs):
    held = {d.id: d for d in docs}
    return Resolver(Catalogue(map(Entry.of_document, docs)), lambda i: EidIndex.of(held[i].instrument))


def lost(docs, forms=(CitationForm.SHORT, CitationForm.FULL)):
    """Return what does not come back: a resolved other, or an ambiguity without the provision."""
    resolving, out = resolver(docs), []
    for document in docs:
        for provision in document.instrument.walk():
            wanted = (document.id, (provision.eid,))
            for form in forms:
                text = cite(document, provision.eid, form)
                found = [c for c in read(text) if c.places]
                if len(found) != 1:
                    out.append((provision.eid, text, "not read"))
                    continue
                resolution = resolving.resolve(found[0])
                targets = [resolution.target] if resolution.target else list(resolution.candidates)
                if wanted not in [(t.document, t.eids) for t in targets]:
                    out.append((provision.eid, text, resolution.status))
    return out


def lost_ranges(docs):
    """Return what does not come back of neighbours of one kind cited together: the first two, and all."""
    resolving, out = resolver(docs), []
    for document in docs:
        for family in (document.instrument.provisions, *(p.children for p in document.instrument.walk())):
            for kind in {p.kind for p in family}:
                own = [p.eid for p in family if p.kind is kind]
                for run in {tuple(own[:2]), tuple(own)} if len(own) > 1 else ():
                    text = cite_range(document, run)
                    found = [c for c in read(text) if c.places]
                    resolution = resolving.resolve(found[0]) if len(found) == 1 else None
                    targets = [resolution.target or (), *resolution.candidates] if resolution else []
                    if (document.id, run) not in [(t.document, t.eids) for t in targets if t]:
                        out.append((run, text))
    return out


def shared(*names):
    paths = [p for name in map(need, names) for p in ([name] if name.is_file() else name.glob("*"))]
    return [
        Document(f"{i.type}-{n}-{path.stem[:8]}", path.name, n, i)
        for path in sorted(paths)
        for n, i in enumerate(parse_file(path).instruments)
    ]


def test_samples():
    assert lost(documents(file("a", POST), file("b", PROTOCOL), file("c", ORDER), file("d", LAW))) == []


@pytest.mark.parametrize("folder", TEXTS)
def test_real_texts(folder):
    docs = shared(folder)
    assert lost(docs) == []
    assert lost_ranges(docs) == []


@pytest.mark.soak
@pytest.mark.skipif(not os.environ.get("SVOD_SOAK"), reason="make soak")
def test_codes_and_laws():
    assert lost(shared(*(f"texts/laws/{name}" for name in LAWS)), (CitationForm.SHORT,)) == []


BELOW = {
    None: [Kind.PREAMBLE, Kind.ARTICLE, Kind.PARAGRAPH, Kind.SECTION, Kind.ATTACHMENT, Kind.CONCLUSIONS],
    Kind.PREAMBLE: [Kind.ALINEA],
    Kind.CONCLUSIONS: [Kind.ALINEA],
    Kind.SECTION: [Kind.PARAGRAPH, Kind.CHAPTER],
    Kind.CHAPTER: [Kind.PARAGRAPH],
    Kind.ARTICLE: [Kind.PARAGRAPH, Kind.POINT, Kind.ALINEA, Kind.NOTE],
    Kind.PARAGRAPH: [Kind.POINT, Kind.SUBPARAGRAPH, Kind.ALINEA],
    Kind.SUBPARAGRAPH: [Kind.POINT, Kind.ALINEA],
    Kind.POINT: [Kind.ALINEA],
    Kind.ATTACHMENT: [Kind.PARAGRAPH, Kind.ARTICLE, Kind.ALINEA],
}
LETTERS = "abvgdezhiklmnoprst"


@st.composite
def acts(draw):
    units: dict[str, str] = {}

    def grow(parent, kind, depth):
        for below in draw(st.lists(st.sampled_from(BELOW[kind]), max_size=3, unique=True)) if kind in BELOW else ():
            if below in (Kind.PREAMBLE, Kind.CONCLUSIONS):
                names = [eids.step(below)]
            elif below is Kind.ALINEA:
                names = [eids.step(below, str(n)) for n in range(2, 2 + draw(st.integers(1, 3)))]
            elif below is Kind.SUBPARAGRAPH:
                top = eids.parse(parent)[-1].num
                names = [eids.step(below, f"{top}-{n}") for n in range(1, 1 + draw(st.integers(1, 3)))]
            elif below is Kind.POINT and draw(st.booleans()):
                names = [eids.step(below, c) for c in LETTERS[: draw(st.integers(1, 5))]]
            else:
                names = [eids.step(below, str(n)) for n in range(1, 1 + draw(st.integers(1, 3)))]
                if draw(st.booleans()):
                    names.append(eids.step(below, f"{len(names)}-1") if below is Kind.ARTICLE else f"{names[-1]}_2")
            for name in names:
                eid = eids.child(parent, name)
                units[eid] = "Текст."
                if depth:
                    grow(eid, below, depth - 1)

    grow("", None, 2)
    type_ = draw(st.sampled_from([InstrumentType.AGREEMENT, InstrumentType.LAW, InstrumentType.ORDER]))
    title = {"agreement": "Соглашение о кладах", "law": "О кладах", "order": "О кладах"}[type_]
    number = draw(st.sampled_from([None, "17", "5-ФЗ"])) if type_ != "agreement" else None
    return Instrument(type_, title, "2001-02-03", number=number, provisions=tree(units))


@settings(max_examples=60, deadline=None)
@given(acts())
def test_generated_acts(act):
    assert lost([Document("d", "f", 0, act)]) == []
