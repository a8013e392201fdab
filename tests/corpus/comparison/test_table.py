from dataclasses import replace

import pytest

from corpus.comparison.decisions import cell_decision, cell_key
from corpus.comparison.grid import CellStatus, Verdict
from corpus.comparison.kept.found import CELL_LIMIT
from corpus.comparison.table import compare
from corpus.errors import NotFoundError, QueryError
from tests.corpus.comparison.samples import ARCHIVE, POSTAL, article, document

ONE, TWO = document(POSTAL), document(ARCHIVE, "b")
TABLE = compare([ONE, TWO])
ROWS = {r.topic: r for r in TABLE.rows}

# topic, provisions of the postal agreement, provisions of the archive agreement
CELLS = [
    ("subject", ["art_1"], ["art_1"]),
    ("directions", ["art_2"], ["art_2"]),
    ("request-basis", ["art_3__para_1"], ["art_3"]),
    ("request-contents", ["art_3__para_2"], []),
    ("request-form", ["art_3__para_3"], []),
    ("execution-term", [], ["art_3"]),
    ("refusal", ["art_4__para_1", "art_4__para_2"], ["art_4__para_1"]),
    ("refusal-notice", ["art_4__para_3"], ["art_4__para_2"]),
    ("expenses", ["art_5"], ["art_5"]),
    ("language", ["art_6"], []),
    ("disputes", ["art_7"], ["art_6"]),
    ("third-party", [], ["art_7"]),
    ("entry-into-force", ["art_8__para_1"], ["art_8"]),
    ("duration", [], ["art_8"]),
    ("termination", ["art_8__para_2"], ["art_8"]),
    ("authentic-texts", ["conclusions"], ["conclusions"]),
    ("prevailing-text", [], ["conclusions__al_2"]),
]
MUST, MAY = "обязательный", "факультативный"
VALUES = [
    ("request-form", 0, "срок подтверждения устного запроса", "2 суток"),
    ("execution-term", 1, "срок исполнения запроса", "30 календарных дней"),
    ("language", 0, "рабочий язык", ["русский"]),
    ("termination", 0, "срок уведомления о прекращении действия", "3 месяцев"),
    ("termination", 1, "срок уведомления о прекращении действия", "60 дней"),
    ("entry-into-force", 0, "вступление в силу", "подписание"),
    ("entry-into-force", 1, "вступление в силу", "последнее уведомление"),
    ("duration", 1, "срок действия", "неопределенный"),
    ("authentic-texts", 0, "языки текста", ["русский", "финский"]),
    ("authentic-texts", 1, "число экземпляров", 2),
    ("prevailing-text", 1, "преимущественный текст", "русский"),
    ("refusal", 1, "основания отказа", {"суверенитет": MUST, "безопасность": MUST, "общественный порядок": MUST}),
]


@pytest.mark.parametrize(("topic", "first", "second"), CELLS)
def test_cells_hold_the_provisions_of_their_topic(topic, first, second):
    for document_, wanted in ((ONE, first), (TWO, second)):
        cell = ROWS[topic].cells[document_.id]
        assert [p.eid for p in cell.provisions if cell.status is CellStatus.PRESENT] == wanted
        assert (cell.status is CellStatus.PRESENT) == bool(wanted)
        assert cell.evidence


@pytest.mark.parametrize(("topic", "column", "name", "value"), VALUES)
def test_values_stand_in_their_row(topic, column, name, value):
    assert ROWS[topic].cells[(ONE, TWO)[column].id].values[name] == value


def test_rows_come_in_the_order_of_the_table_of_topics():
    topics = [r.topic for r in TABLE.rows]
    assert (
        topics.index("subject")
        < topics.index("refusal")
        < topics.index("entry-into-force")
        < topics.index("authentic-texts")
    )


def test_summaries_are_built_from_values_and_presence():
    assert ROWS["termination"].summary == (
        "Срок уведомления о прекращении действия: 3 месяца (Соглашение от 03.03.2011), 60 дней (Соглашение от 01.06.2015)."
    )
    assert ROWS["third-party"].summary == "Есть только в одном документе: Соглашение от 01.06.2015."
    assert "общественный порядок — не названо (Соглашение от 03.03.2011), отказ обязателен" in ROWS["refusal"].summary


def test_the_row_of_grounds_tells_what_each_document_lacks():
    lacking = {
        d: next(e for e in c.evidence if e.startswith("основания отказа: нет"))
        for d, c in ROWS["refusal"].cells.items()
    }
    assert "общественный порядок" in lacking[ONE.id]
    assert "противоречие законодательству" in lacking[TWO.id]


def test_no_cell_cites_what_is_not_in_its_document():
    for row in TABLE.rows:
        for made in (ONE, TWO):
            cell = row.cells[made.id]
            assert len(cell.provisions) <= CELL_LIMIT
            for p in cell.provisions:
                text = made.find(p.eid).text
                assert all(0 <= s.start < s.end <= len(text) for s in p.spans)
                assert text in p.text
            for v in cell.shown:
                assert 0 <= v.span.start < v.span.end <= len(made.find(v.eid).text)


def test_the_same_agreement_twice_differs_nowhere():
    table = compare([ONE, document(POSTAL, "copy")])
    assert not [r.topic for r in table.rows if r.differs]
    assert all(c.status is CellStatus.PRESENT for r in table.rows for c in r.cells.values())


def test_aligned_provisions_without_a_topic_have_a_row():
    odd = "Голубиная почта в горных районах возобновляется каждой весной после схода снега."
    one = replace(POSTAL, provisions=(*POSTAL.provisions[:-1], article(9, text=odd), POSTAL.provisions[-1]))
    two = replace(
        ARCHIVE,
        provisions=(*ARCHIVE.provisions[:-1], article(9, text=odd.replace("весной", "осенью")), ARCHIVE.provisions[-1]),
    )
    rows = [r for r in compare([document(one), document(two, "b")]).rows if r.label.startswith("Без темы")]
    assert [[p.eid for c in r.cells.values() for p in c.provisions] for r in rows] == [["art_9", "art_9"]]
    assert rows[0].differs


def test_only_the_topics_asked_for_are_told():
    assert [r.topic for r in compare([ONE, TWO], only=["expenses", "Разрешение споров"]).rows] == [
        "expenses",
        "disputes",
    ]
    with pytest.raises(NotFoundError, match="Расходы"):
        compare([ONE, TWO], only=["бюджет"])


@pytest.mark.parametrize("documents", [[ONE], [ONE, ONE], [document(POSTAL, f"x{n}") for n in range(31)]])
def test_too_few_too_many_or_the_same_documents_are_refused(documents):
    with pytest.raises(QueryError):
        compare(documents)


def test_the_lawyers_word_wins_in_a_cell():
    decided = [
        cell_decision(ONE, "expenses", Verdict.REJECT, "Анна", note="это о другом"),
        cell_decision(TWO, "language", Verdict.CORRECT, "Анна", ["conclusions__al_2"]),
        cell_decision(TWO, "contacts", Verdict.CORRECT, "Анна", ["art_3"]),
        cell_decision(ONE, "disputes", Verdict.CONFIRM, "Анна"),
    ]
    rows = {r.topic: r for r in compare([ONE, TWO], {d.key: d for d in decided}).rows}
    assert rows["expenses"].cells[ONE.id].status is CellStatus.ABSENT
    assert rows["expenses"].cells[ONE.id].decision.note == "это о другом"
    language = rows["language"].cells[TWO.id]
    assert ([p.eid for p in language.provisions], language.confidence) == (["conclusions__al_2"], 1.0)
    assert [p.eid for p in rows["contacts"].cells[TWO.id].provisions] == ["art_3"]
    assert rows["disputes"].cells[ONE.id].confidence == 1.0


def test_a_stale_decision_is_flagged_and_does_not_win():
    decision = cell_decision(ONE, "expenses", Verdict.CORRECT, "Анна", ["art_6"])
    table = compare([ONE, TWO], {cell_key(ONE.id, "expenses"): replace(decision, stale=True)})
    cell = next(r for r in table.rows if r.topic == "expenses").cells[ONE.id]
    assert [p.eid for p in cell.provisions] == ["art_5"]
    assert cell.decision.stale
