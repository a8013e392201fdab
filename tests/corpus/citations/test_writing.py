"""Citations as they are written."""

import pytest

from corpus.citations.writing import cite, cite_range
from corpus.library import Summary
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision
from tests.corpus.citations.samples import LAW, ORDER, POST

SHORT = [
    (POST, "art_2__para_1__point_a", "подп. «а» п. 1 ст. 2 Соглашения от 05.05.2001"),
    (POST, "art_2__para_1__al_2", "абз. 2 п. 1 ст. 2 Соглашения от 05.05.2001"),
    (POST, "art_1", "ст. 1 Соглашения от 05.05.2001"),
    (POST, "preamble", "преамбула Соглашения от 05.05.2001"),
    (POST, "preamble__al_2", "абз. 2 преамбулы Соглашения от 05.05.2001"),
    (POST, "conclusions__al_2", "абз. 2 заключительной части Соглашения от 05.05.2001"),
    (POST, "", "Соглашение от 05.05.2001"),
    (ORDER, "para_2", "п. 2 приказа Министерства почты Республики Лукоморье от 02.02.2002 № 17"),
    (ORDER, "para_2__subpara_2-1", "п. 2.1 приказа Министерства почты Республики Лукоморье от 02.02.2002 № 17"),
    (LAW, "art_1__para_2", "ч. 2 ст. 1 Закона от 09.09.1999 № 5-ЗЛ"),
    (LAW, "art_1-1", "ст. 1.1 Закона от 09.09.1999 № 5-ЗЛ"),
    (LAW, "att_1__para_1", "п. 1 приложения 1 Закона от 09.09.1999 № 5-ЗЛ"),
    (LAW, "sec_1__chp_1", "гл. 1 разд. I Закона от 09.09.1999 № 5-ЗЛ"),
]
FULL = [
    (
        POST,
        "art_1",
        (
            "ст. 1 Соглашения между Правительством Республики Лукоморье и Правительством Республики Буян о почтовом "
            "обмене от 5 мая 2001 г."
        ),
    ),
    (
        ORDER,
        "para_1",
        (
            "п. 1 приказа Министерства почты Республики Лукоморье от 2 февраля 2002 г. № 17 «О мерах по выполнению "
            "Соглашения о почтовом обмене»"
        ),
    ),
]


@pytest.mark.parametrize(("act", "eid", "wanted"), SHORT)
def test_short(act, eid, wanted):
    assert cite(act, eid) == wanted


@pytest.mark.parametrize(("act", "eid", "wanted"), FULL)
def test_full(act, eid, wanted):
    assert cite(act, eid, "full") == wanted


def test_place_alone():
    assert cite(POST, "art_2__para_1__point_b", "place") == "подп. «б» п. 1 ст. 2"


def test_a_summary_writes_what_the_document_does_where_numbers_are_plain():
    summary = Summary("x", "f", 0, "agreement", POST.title, POST.date, None, None, (), None, (), None, 3, 0)
    document = Document("x", "f", 0, POST)
    for provision in POST.walk():
        assert cite(summary, provision.eid) == cite(document, provision.eid)


def test_numbers_are_written_as_printed():
    roman = Instrument(
        InstrumentType.CONVENTION,
        "Конвенция о русалках",
        "1950-01-01",
        provisions=(
            Provision("art_5", Kind.ARTICLE, "", "V", children=(Provision("art_5__point_b", Kind.POINT, "", "b"),)),
        ),
    )
    assert cite(roman, "art_5__point_b", "place") == "подп. «b» ст. V"


def test_undated_act_is_named_in_full():
    draft = Instrument(InstrumentType.AGREEMENT, "Соглашение о кладах Лукоморья")
    assert cite(draft, "art_2") == "ст. 2 Соглашения о кладах Лукоморья"


def test_repeated_numbers_are_told_apart():
    assert cite(POST, "art_5_2__para_1", "place") == "п. 1 ст. 5 (2-я с этим номером)"


RANGES = [
    (["art_1", "art_3"], "ст. 1, 3"),
    (["art_2__para_1", "art_2__para_2"], "пп. 1, 2 ст. 2"),
    (["art_2__para_1__point_a", "art_2__para_1__point_b"], "подп. «а», «б» п. 1 ст. 2"),
    (["art_1", "art_2__para_1"], "ст. 1, п. 1 ст. 2"),
]


@pytest.mark.parametrize(("eids", "wanted"), RANGES)
def test_several_provisions(eids, wanted):
    assert cite_range(POST, eids, "place") == wanted
    assert cite_range(POST, eids) == f"{wanted} Соглашения от 05.05.2001"
