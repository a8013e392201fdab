"""Every unit of an act, asked of everyone who names, writes or reads one."""

import pytest

from corpus.citations.read.reading import read
from corpus.citations.writing import place
from corpus.eid import PREFIX, article, article_number
from corpus.lexicon.units_of_acts import CITED, NAMES
from corpus.model import Instrument, InstrumentType, Kind
from corpus.search.language.cited_places import read_place
from corpus.search.language.fieldnames import KINDS as ASKED
from search_api.web.strings import KINDS as SHOWN

NUMBERED = [u for u in CITED.values() if u.kind is not Kind.BODY]


def test_every_kind_has_a_name_that_is_shown_and_asked():
    assert set(NAMES) == set(SHOWN) == set(PREFIX) == set(Kind)
    for kind, unit in NAMES.items():
        assert SHOWN[kind] == unit.name
        assert kind in ASKED[unit.asked or unit.name.lower()]


@pytest.mark.parametrize("unit", NUMBERED, ids=lambda u: u.name)
def test_a_unit_is_read_in_every_form(unit):
    for form in {*unit.forms, *unit.abbreviations}:
        [found] = read(f"согласно {form} 5 Соглашения от 5 мая 2001 г.")
        assert found.places[0].units[0].num == "5"
        assert found.places[0].units[0].kind in (unit.kind, Kind.PARAGRAPH if unit.name == "points" else unit.kind)


@pytest.mark.parametrize("unit", NUMBERED, ids=lambda u: u.name)
def test_a_unit_is_asked_for_in_every_form(unit):
    for form in {*unit.forms, *(a for a in unit.abbreviations if " " not in a)}:
        asked = read_place(f"{form} 5")
        assert asked is not None
        assert unit.kind in asked.steps[0].kinds


@pytest.mark.parametrize("kind", [k for k, u in NAMES.items() if u.short and k is not Kind.SUBPARAGRAPH])
def test_a_unit_is_written_as_it_is_read(kind):
    act = Instrument(InstrumentType.AGREEMENT, "Соглашение", "2001-05-05")
    written = place(act, f"{PREFIX[kind]}_5")
    assert written == f"{NAMES[kind].written} 5"
    [found] = read(f"согласно {written} Соглашения от 5 мая 2001 г.")
    assert found.places[0].units[0].kind is kind


def test_numbered_units_are_parts_in_laws_and_points_in_agreements():
    assert place(Instrument(InstrumentType.LAW, "О лодках"), "art_2__para_1") == "ч. 1 ст. 2"
    assert place(Instrument(InstrumentType.AGREEMENT, "О лодках"), "art_2__para_1") == "п. 1 ст. 2"


def test_the_article_that_holds_a_unit():
    cases = [
        ("att_1__art_2__al_3", "att_1__art_2", "2"),
        ("sec_1__chp_2", "sec_1", None),
        ("preamble", "preamble", None),
    ]
    assert [(eid, article(eid), article_number(eid)) for eid, *_ in cases] == cases
