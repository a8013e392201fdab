"""What filters compare."""

import pytest

from corpus.clauses import fields
from corpus.clauses.clause import clauses
from corpus.clauses.tree import Field, FieldName
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision

INSTRUMENT = Instrument(
    InstrumentType.AGREEMENT,
    "Соглашение о судах",
    date="2008-10-23",
    place="г. Орёл",
    number="5-ФЗ",
    parties=("Республика Корея", "Королевство Дания"),
    issuer="Правительство",
    languages=("русский", "датский"),
    provisions=(
        Provision("art_12-1", Kind.ARTICLE, "Текст:", children=(Provision("art_12-1__point_a", Kind.POINT, "п;"),)),
        Provision("preamble", Kind.PREAMBLE, "Стороны,"),
    ),
    layers={
        "topics": [{"eid": "art_12-1", "topic": "costs"}, {"eid": "art_12-1__point_a", "topic": "refusal"}],
        "entities": [{"type": "body", "name": "Верховный Суд"}, {"type": "person", "name": "Иванов И. И."}],
    },
)
DOCUMENT = Document("id", "папка/файл.txt", 0, INSTRUMENT)

DOCUMENT_CASES = [
    (FieldName.DOCUMENT, "id", True),
    (FieldName.SOURCE, "папка/файл.txt", True),
    (FieldName.SOURCE, "Файл.txt", True),
    (FieldName.SOURCE, "папка", False),
    (FieldName.TYPE, "agreement", True),
    (FieldName.TYPE, "treaty", False),
    (FieldName.PARTY, "республика  корея", True),
    (FieldName.PARTY, "Корея", False),
    (FieldName.BODY, "ПРАВИТЕЛЬСТВО", True),
    (FieldName.BODY, "верховный суд", True),
    (FieldName.BODY, "Иванов И. И.", False),
    (FieldName.PLACE, "г. Орел", True),
    (FieldName.NUMBER, "5-фз", True),
    (FieldName.LANGUAGE, "датский", True),
    (FieldName.TITLE, "соглашение о судах", True),
    (FieldName.DATE, "2008", True),
    (FieldName.DATE, "2008-10-23", True),
    (FieldName.DATE, "2008-11", False),
]


@pytest.mark.parametrize(("name", "value", "expected"), DOCUMENT_CASES)
def test_document_fields(name: FieldName, value: str, expected: bool) -> None:
    assert (
        fields.holds(
            Field(name, ("нет", value) if name is not FieldName.DATE else (value,)), fields.document_values(DOCUMENT)
        )
        is expected
    )


CLAUSE_CASES = {
    "art_12-1": {FieldName.ARTICLE: ("12-1",), FieldName.KIND: ("article",), FieldName.TOPIC: ("costs",)},
    "art_12-1__point_a": {
        FieldName.ARTICLE: ("12-1",),
        FieldName.KIND: ("point",),
        FieldName.TOPIC: ("costs", "refusal"),
    },
    "preamble": {FieldName.ARTICLE: (), FieldName.KIND: ("preamble",), FieldName.TOPIC: ()},
}


def test_clause_fields() -> None:
    assert {c.eid: fields.clause_values(c) for c in clauses(DOCUMENT)} == CLAUSE_CASES
    values = CLAUSE_CASES["art_12-1"]
    for written in ("12.1", "12¹", "12-1"):
        assert fields.holds(Field(FieldName.ARTICLE, (written,)), values)
    assert not fields.holds(Field(FieldName.ARTICLE, ("12",)), values)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("2008", "2008", True),
        ("2008-10-23", None, True),
        ("2008-10-24", None, False),
        (None, "2008-10", True),
        (None, "2008-09", False),
        ("2000", "2007", False),
        ("2020", "2000", False),
        (None, None, False),
        ("вчера", "завтра", False),
        ("2008-10-23", "2008-10-23", True),
    ],
)
def test_date_ranges(low: str | None, high: str | None, expected: bool) -> None:
    assert fields.holds(Field(FieldName.DATE, low=low, high=high), fields.document_values(DOCUMENT)) is expected
    undated = fields.document_values(Document("id", "s", 0, Instrument(InstrumentType.ACT, "Акт")))
    assert not fields.holds(Field(FieldName.DATE, low=low, high=high), undated)
