"""Clauses: order, lead-ins, context; and the word streams made of them."""

from dataclasses import replace

from hypothesis import given, settings

from analyzers.terms import terms
from corpus.clauses import streams
from corpus.clauses.clause import Clause, clauses
from corpus.clauses.tree import GAP
from corpus.eid import article
from corpus.metadata.documents import documents_of
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision, SourceFile
from tests import strategies


def unit(eid: str, kind: Kind, text: str, *children: Provision, heading: str | None = None) -> Provision:
    return Provision(eid, kind, text, heading=heading, children=children)


FORMS = unit(
    "art_2",
    Kind.ARTICLE,
    "Стороны сотрудничают в следующих формах:",
    unit("art_2__point_a", Kind.POINT, "обмен опытом;"),
    unit("art_2__point_b", Kind.POINT, "обучение:", unit("art_2__point_b__al_2", Kind.ALINEA, "в школах,")),
    unit("art_2__al_2", Kind.ALINEA, "Обмен не требует согласия."),
    unit("art_2__al_3", Kind.ALINEA, "Запрос содержит:"),
    unit("art_2__al_4", Kind.ALINEA, "дату;"),
    unit("art_2__al_5", Kind.ALINEA, "подпись."),
    unit("art_2__al_6", Kind.ALINEA, "Срок – месяц."),
    heading="Формы",
)
EMPTY = unit("sec_1", Kind.SECTION, "", unit("art_3", Kind.ARTICLE, "Прочее."))
TITLED = replace(EMPTY, eid="sec_2", heading="Раздел второй", children=(unit("art_4", Kind.ARTICLE, "Иное."),))


def found() -> dict[str, Clause]:
    instrument = Instrument(InstrumentType.AGREEMENT, "Соглашение", provisions=(FORMS, EMPTY, TITLED))
    return {c.eid: c for c in clauses(Document("d", "s", 0, instrument))}


def test_lead_ins() -> None:
    own = "Стороны сотрудничают в следующих формах:"
    assert {eid: c.lead_in for eid, c in found().items()} == {
        "art_2": "",
        "art_2__point_a": own,
        "art_2__point_b": own,
        "art_2__point_b__al_2": "обучение:",
        "art_2__al_2": own,
        "art_2__al_3": "",
        "art_2__al_4": "Запрос содержит:",
        "art_2__al_5": "Запрос содержит:",
        "art_2__al_6": "",
        "art_3": "",
        "sec_2": "",
        "art_4": "",
    }


def test_context_and_path() -> None:
    by_eid = found()
    own = "Стороны сотрудничают в следующих формах:"
    assert by_eid["art_2"].context == ()
    assert by_eid["art_2__point_a"].context == ("Формы", own)
    assert by_eid["art_2__point_b__al_2"].context == ("Формы", own, "обучение:")
    assert by_eid["art_2__al_4"].context == ("Формы", "Запрос содержит:")
    assert by_eid["art_2__al_6"].context == ("Формы",)
    assert by_eid["art_4"].context == ("Раздел второй",)
    assert by_eid["art_2__point_b__al_2"].path == ("art_2", "art_2__point_b")


def test_order_and_what_is_no_clause() -> None:
    assert [c.order for c in found().values()] == list(range(12))
    assert "sec_1" not in found()


def test_streams() -> None:
    clause = Clause(
        "d", "art_1", Kind.ARTICLE, 0, "Срок ответа", "Ответ по п. 2 дают. Отказ мотивируют.", "", ("Раздел",), ()
    )
    body = streams.body(clause)
    assert [(w.position, w.sentence, w.form) for w in body] == [
        (0, 0, "срок"),
        (1, 0, "ответа"),
        (2 + GAP, 1, "ответ"),
        (3 + GAP, 1, "по"),
        (4 + GAP, 1, "п"),
        (5 + GAP, 1, "2"),
        (6 + GAP, 1, "дают"),
        (7 + GAP, 2, "отказ"),
        (8 + GAP, 2, "мотивируют"),
    ]
    assert [(w.position, w.form) for w in streams.context(clause)] == [(0, "раздел")]


@settings(max_examples=20, deadline=None)
@given(file=strategies.files(spans=False))
def test_streams_hold_every_word_and_are_read_as_written(file: SourceFile) -> None:
    for document in documents_of(file):
        for clause in clauses(document):
            body = streams.body(clause)
            assert streams.read(streams.written(body)) == body
            assert [w.form for w in body] == [t.form for text in (clause.heading, clause.text) for t in terms(text)]


def test_units_of_distance() -> None:
    assert article("art_1__para_2") == article("art_1") == "art_1"
    assert article("sec_1") == article("sec_1__chp_2") == "sec_1"
    assert article("preamble__al_2") == "preamble"
    assert article("att_1__art_2__al_2") == "att_1__art_2"
