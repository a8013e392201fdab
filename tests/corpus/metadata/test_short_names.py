"""The short names of documents, and a person's own."""

from dataclasses import replace

import pytest

from corpus.lexicon.short_bodies import short_body
from corpus.metadata.documents import documents_of, summary
from corpus.metadata.short_names import short_name, short_names
from corpus.model import Instrument, InstrumentType, SourceFile

A, P, L, O = (InstrumentType(t) for t in ("agreement", "protocol", "law", "order"))  # noqa: E741
CASES = [
    (
        Instrument(
            A,
            "Соглашение о почте",
            "2008-10-23",
            parties=(
                "Министерство внутренних дел Республики Казахстан",
                "Министерство внутренних дел Российской Федерации",
            ),
        ),
        "МВД РК — МВД РФ, 2008",
    ),
    (
        Instrument(
            P, "Протокол о реке", "2012-09-19", parties=("Правительство Республики Казахстан", "Правительство Грузии")
        ),
        "Казахстан — Грузия, протокол 2012",
    ),
    (
        Instrument(A, "Соглашение о судах", parties=("Верховный Суд Грузии", "Верховный Суд Республики Велиния")),
        "Верховный Суд Грузии — Верховный Суд Республики Велиния",
    ),
    (
        Instrument(
            A,
            "Соглашение о водах",
            "2005-07-14",
            number="16-21/55",
            parties=("Федеральное агентство водных ресурсов", "Федеральная налоговая служба"),
        ),
        "Росводресурсы — ФНС, 2005",
    ),
    (
        Instrument(L, "Водный кодекс Российской Федерации", "2006-06-03", number="74-ФЗ"),
        "Водный кодекс Российской Федерации, 2006",
    ),
    (Instrument(L, "О внесении изменений", "2020-04-01", number="98-ФЗ"), "Закон № 98-ФЗ, 2020"),
    (
        Instrument(O, "О связи", "2022-03-10", number="136", issuer="Генеральная прокуратура Российской Федерации"),
        "Приказ Генпрокуратуры РФ № 136, 2022",
    ),
    (
        Instrument(O, "О связи", None, number="7", issuer="Министерство финансов Республики Казахстан"),
        "Приказ Минфина РК № 7",
    ),
    (
        Instrument(
            InstrumentType.CONVENTION,
            "Конвенция о сохранении рыбных запасов внутренних морей и рек и о надзоре за промыслом",
            "1999-01-02",
        ),
        "Конвенция о сохранении рыбных запасов внутренних морей и рек…, 1999",
    ),
    (Instrument(L, "О ратификации Соглашения о почте"), "Закон «О ратификации Соглашения о почте»"),
    (Instrument(InstrumentType.ACT, ""), "Акт"),
    (
        Instrument(
            A, "Соглашение о сотрудничестве между Почтовой службой Озёрного края и Архивом Велинии", "2011-03-03"
        ),
        "Соглашение от 03.03.2011",
    ),
]


@pytest.mark.parametrize(("act", "wanted"), CASES, ids=[w for _, w in CASES])
def test_made(act: Instrument, wanted: str) -> None:
    assert short_name(act) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Министерством юстиции РФ", "Минюст РФ"),
        ("Министерство иностранных дел Грузии", "МИД Грузии"),
        ("Правительство Велинии", "Правительство Велинии"),
        ("Министерство юстицианства Велинии", "Министерство юстицианства Велинии"),
        ("Правительство", "Правительство"),
        ("Союз Советских Социалистических Республик", "Советский Союз"),
    ],
)
def test_bodies(body: str, wanted: str) -> None:
    assert short_body(body) == wanted


def test_a_persons_own_wins() -> None:
    assert short_name(replace(CASES[0][0], short_name="Розыск-2008")) == "Розыск-2008"


def test_names_in_a_list_differ() -> None:
    act = CASES[0][0]
    acts = [
        act,
        replace(act, date="2008-11-01"),
        replace(act, title="Соглашение о связи"),
        act,
        replace(act, date="2010-01-01"),
    ]
    held = documents_of(SourceFile("f.txt", "0" * 64, "text", None, "", instruments=tuple(acts)))
    names = short_names(map(summary, held))
    assert len(set(names.values())) == len(acts)
    assert names[held[4].id] == "МВД РК — МВД РФ, 2010"
    assert names[held[1].id] == "МВД РК — МВД РФ, 01.11.2008"
    assert names[held[2].id] == "МВД РК — МВД РФ, 23.10.2008: Соглашение о связи"
