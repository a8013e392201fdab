"""Cells kept beside their documents, on every engine: made in the same put, made anew when what they follow from changes."""

from dataclasses import replace
from itertools import combinations

import pytest

from corpus.comparison.decisions import cell_decision, cell_key, forget, keep
from corpus.comparison.grid import CellStatus, MatrixOrder, Verdict
from corpus.comparison.kept.cells import KeptCell
from corpus.comparison.kept.kept_cells import document_cells, read
from corpus.comparison.kept.library_cells import cells_in
from corpus.comparison.kept.matrix import MatrixQuestion, matrix
from corpus.comparison.kept.others import others
from corpus.comparison.kept.wordings import wordings
from corpus.comparison.table import compare_in
from corpus.errors import NotFoundError, QueryError
from corpus.model import InstrumentType, Kind, Provision
from corpus.search.search import search
from corpus.topics.own_topics import add_topic, remove_topic, topics_in
from tests.contract.test_decisions import BUOYS, LANTERNS, act, file_of
from tests.corpus.comparison.samples import ARCHIVE, POSTAL

ALL = MatrixQuestion()


@pytest.fixture
def ids(library):
    for name, made in (
        ("почта.txt", POSTAL),
        ("архив.txt", ARCHIVE),
        ("маяки.txt", act("Соглашение о маяках", *LANTERNS)),
    ):
        library.put(file_of(name, made))
    return {s.source: s.id for s in library.documents()}


def test_cells_are_kept_in_the_same_put(library, ids):
    table = topics_in(library)
    for id_, text in library.cells().items():
        document = library.get(id_)
        kept, made = read(text, table), document_cells(document, table)
        assert {t: kept.cell(t) for t in kept.statuses} == made
        assert kept.cell("no-such") == KeptCell(CellStatus.ABSENT, 0.95, evidence=("ничего похожего не найдено",))
    assert set(library.cells([ids["почта.txt"], "unknown-1"])) == {ids["почта.txt"]}


def test_the_matrix_equals_every_pairwise_comparison_cell_for_cell(library, ids):
    whole = matrix(library, ALL)
    told = {}
    for pair in combinations(ids.values(), 2):
        for row in compare_in(library, pair).rows:
            for document, cell in row.cells.items():
                if not row.anchors:
                    eids = tuple(p.eid for p in cell.provisions)
                    value = cell.shown[0].value if cell.shown else None
                    told.setdefault((document, row.topic), set()).add((cell.status, eids, cell.confidence, repr(value)))
    assert len(told) > 30
    for (document, topic), found in told.items():
        cell = whole.cells[document][topic]
        assert found == {(cell.status, cell.eids, cell.confidence, repr(cell.value))}


def test_a_decision_counts_at_once(library, ids):
    archive = ids["архив.txt"]
    assert matrix(library, ALL).cells[archive]["refusal"].status is CellStatus.PRESENT
    keep(library, cell_decision(library.get(archive), "refusal", Verdict.REJECT, "Серова"))
    cell = matrix(library, ALL).cells[archive]["refusal"]
    assert (cell.status, cell.decided, cell.brief) == (CellStatus.ABSENT, True, "—")
    assert archive in {d.id for d in search(library, "нет:refusal").documents}
    forget(library, cell_key(archive, "refusal"))
    assert matrix(library, ALL).cells[archive]["refusal"].status is CellStatus.PRESENT


def test_a_topic_added_or_withdrawn_changes_the_cells(library, ids):
    lights = ids["маяки.txt"]
    made = add_topic(
        library, "Маячные огни", ["Фонари маяков зажигаются с заходом солнца и горят до рассвета."], "Серова"
    )
    assert matrix(library, ALL).cells[lights][made.id].eids == ("art_1", "art_2")
    assert read(library.cells()[lights], topics_in(library)) is not None
    remove_topic(library, made.id)
    assert made.id not in matrix(library, ALL).cells[lights]


def test_new_words_bring_new_cells(library, ids):
    library.put(
        file_of("маяки.txt", act("Соглашение о маяках", *BUOYS, "Каждая Сторона самостоятельно несёт расходы."))
    )
    there = {s.source: s.id for s in library.documents()}
    assert set(library.cells()) == set(there.values())
    assert matrix(library, ALL).cells[there["маяки.txt"]]["expenses"].brief == "каждая своё"
    library.delete(there["маяки.txt"])
    assert {d.id for d in matrix(library, ALL).documents} == {ids["почта.txt"], ids["архив.txt"]}
    library.restore(there["маяки.txt"])
    assert matrix(library, ALL).total == 3


def test_cells_of_another_program_are_made_anew_and_kept(library, ids):
    before = library.cells()
    library.keep_cells(dict.fromkeys(before, "older\n{}") | {"unknown-1": ""})
    assert library.cells() != before
    assert cells_in(library).status(ids["архив.txt"], "refusal") is CellStatus.PRESENT
    library.keep_cells({ids["архив.txt"]: ""})
    library.put(file_of("ещё.txt", act("Соглашение о створах", BUOYS[0])))
    assert cells_in(library).status(ids["архив.txt"], "refusal") is CellStatus.PRESENT
    assert {id_: text for id_, text in library.cells().items() if id_ in before} == before


def test_documents_are_asked_for_by_fields_and_in_words(library, ids):
    post, archive, lights = ids["почта.txt"], ids["архив.txt"], ids["маяки.txt"]

    def found(query):
        return {d.id for d in search(library, query).documents}

    assert found("есть:отказ") == {post, archive}
    assert found("нет:отказ") == {lights}
    assert found("нет:prevailing-text есть:refusal") == {post}
    assert found("какие соглашения не содержат оснований отказа") == {lights}
    assert found("где срок исполнения не меньше 30 дней") == {archive}
    assert found("где срок исполнения больше 30 дней") == set()
    answer = search(library, "расходы нет:преимущественный")
    assert answer.documents is None
    assert {h.document for h in answer.hits} <= {post, lights}
    assert [h.document for h in answer.hits][:1] == [post]
    told = search(library, "есть:execution-term")
    assert "30 календарных дней (ст. 3)" in told.documents[0].why
    assert [(h.document, h.eid) for h in told.hits] == [(archive, "art_3")]
    with pytest.raises(QueryError, match="Темы «чепуха» нет"):
        search(library, "есть:чепуха")


def test_the_matrix_is_narrowed_ordered_and_paged(library, ids):
    rare = matrix(library, MatrixQuestion(order=MatrixOrder.RARITY))
    assert [c.present for c in rare.topics] == sorted(c.present for c in rare.topics)
    assert all(c.present + c.absent + c.inconclusive == 3 for c in rare.topics)
    lacking = matrix(library, MatrixQuestion(topics=("Основания отказа",), status=CellStatus.ABSENT))
    assert [d.id for d in lacking.documents] == [ids["маяки.txt"]]
    by_value = matrix(library, MatrixQuestion(topics=("termination",), order=MatrixOrder.VALUE))
    assert [by_value.cells[d.id]["termination"].brief for d in by_value.documents] == ["60 дней", "3 месяца", "—"]
    page = matrix(library, MatrixQuestion(documents=frozenset(ids.values()), start=1, limit=1))
    assert (len(page.documents), page.total) == (1, 3)
    assert page.documents[0].id == ids["почта.txt"]
    with pytest.raises(NotFoundError):
        matrix(library, MatrixQuestion(topics=("чепуха",)))
    with pytest.raises(QueryError, match="назовите"):
        matrix(library, MatrixQuestion(order=MatrixOrder.VALUE))


def test_how_documents_word_a_topic(library, ids):
    talks = (
        "Запрос исполняется в течение 20 дней со дня получения.",
        "Запрос исполняется в течение сорока дней со дня получения.",
        "Сроки исполнения запросов стороны оговаривают в каждом поручении, исходя из сложности дела.",
    )
    for n, text in enumerate(talks):
        library.put(file_of(f"срок{n}.txt", act(f"Соглашение {n}", text)))
    there = {s.source: s.id for s in library.documents()}
    asked = frozenset(there[f"срок{n}.txt"] for n in range(3)) | {ids["маяки.txt"]}
    found = wordings(library, "execution-term", asked)
    usual = found.variants[0]
    assert {h.document for h in usual.holders} == {there["срок0.txt"], there["срок1.txt"]}
    assert [s.values for s in usual.slots] == [(("20 дней", 1), ("40 дней", 1))]
    assert usual.years == ("2001", "2001")
    assert found.total == len(asked)
    assert ids["маяки.txt"] in [d for d, _ in found.lacking]
    told = [h.document for w in found.variants for h in w.holders]
    assert sorted([*told, *(d for d, _ in (*found.lacking, *found.unclear))]) == sorted(asked)
    with pytest.raises(NotFoundError):
        wordings(library, "no-such")


def _agreements(library, at, topic=""):
    return {one.document: one for one in others(library, at, topic).agreements}


def test_a_question_is_answered_by_every_other_agreement_from_its_cell(library, ids):
    post, archive, lights = ids["почта.txt"], ids["архив.txt"], ids["маяки.txt"]
    found = others(library, (post, "art_4__para_1"))
    assert (found.topic, found.present, found.absent, found.inconclusive, found.total) == ("refusal", 1, 1, 0, 2)
    assert [(one.document, one.status) for one in found.agreements] == [(archive, "present"), (lights, "absent")]
    whole = matrix(library, ALL)
    for topic in topics_in(library).by_id:
        for id_, one in _agreements(library, (post, "art_4__para_1"), topic).items():
            cell = whole.cells[id_].get(topic)
            assert one.status == (cell.status if cell else "absent")
            assert not cell or (one.eid in cell.eids if cell.eids else not one.eid)
    near = _agreements(library, (post, "art_4__para_1"))[archive]
    assert near.text == library.clauses([(archive, near.eid)])[0].text
    assert (near.place, near.state.status) == ("п. 1 ст. 4", "unknown")
    page = others(library, (post, "art_4__para_1"), "Основания отказа", 1, 1)
    assert ([one.document for one in page.agreements], page.total) == ([lights], 2)


def test_a_clause_with_the_same_words_is_the_nearest_of_its_cell(library, ids):
    made = add_topic(library, "Маячные огни", list(LANTERNS), "Серова")
    library.put(file_of("створы.txt", act("Соглашение о створах", *reversed(LANTERNS))))
    lights = ids["маяки.txt"]
    (other,) = {s.id for s in library.documents() if s.source == "створы.txt"}
    for eid, near in (("art_1", "art_2"), ("art_2", "art_1")):
        assert _agreements(library, (lights, eid), made.id)[other].eid == near
    remove_topic(library, made.id)


def test_a_question_is_of_agreements_and_of_what_is_there(library, ids):
    post = ids["почта.txt"]
    words = Provision("lang_kk__art_1", Kind.ARTICLE, "Әр Тарап өз шығыстарын дербес көтереді.", "1")
    kazakh = replace(act("Келісім"), provisions=(Provision("lang_kk", Kind.PART, "", children=(words,)),))
    library.put(file_of("келісім.txt", kazakh))
    library.put(file_of("закон.txt", replace(act("О почте", "Почта хранит тайну."), type=InstrumentType.LAW)))
    there = {s.source: s.id for s in library.documents()}
    found = _agreements(library, (post, "art_4__para_1"))
    assert found[there["келісім.txt"]].status == "inconclusive"
    assert there["закон.txt"] not in found
    assert others(library, (there["закон.txt"], "art_1")).agreements == ()
    for at, topic in (((post, "art_99"), ""), (("no-such", "art_1"), ""), ((post, "art_4__para_1"), "чепуха")):
        with pytest.raises(NotFoundError):
            others(library, at, topic)


def test_a_decision_counts_in_a_question_at_once(library, ids):
    post, archive = ids["почта.txt"], ids["архив.txt"]
    keep(library, cell_decision(library.get(archive), "refusal", Verdict.REJECT, "Серова"))
    told = _agreements(library, (post, "art_4__para_1"))[archive]
    assert (told.status, told.decided, told.eid, told.text) == ("absent", True, "", "")
    forget(library, cell_key(archive, "refusal"))
