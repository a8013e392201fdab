"""What lawyers decide and the topics they add, on every engine: kept, laid over, flagged, exported and imported."""

import hashlib
from dataclasses import replace

import pytest

from corpus.comparison.decisions import (
    anchored,
    cell_decision,
    cell_key,
    equivalent_decision,
    exported,
    forget,
    imported,
    keep,
)
from corpus.comparison.equivalents import equivalents_in
from corpus.comparison.grid import CellStatus, Status, Verdict
from corpus.comparison.rows import UNTOLD
from corpus.comparison.table import compare_in
from corpus.errors import InputError, NotFoundError
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.search.search import search
from corpus.topics.own_topics import add_topic, classifier, own_topics, reclassify, remove_topic, topics_in
from corpus.topics.topics import layer, topics

LANTERNS = (
    "Маячные фонари на пограничных озёрах зажигаются за час до захода солнца и горят до рассвета.",
    "Фонари маяков на пограничных озёрах зажигаются с заходом солнца и гасятся на рассвете.",
)
BUOYS = (
    "Буи красного цвета ставятся по левому борту от входа в гавань.",
    "По левому борту от входа в гавань ставятся буи красного цвета.",
)


def act(title, *texts):
    articles = (Provision(f"art_{n}", Kind.ARTICLE, text, str(n)) for n, text in enumerate(texts, 1))
    made = Instrument(InstrumentType.AGREEMENT, title, "2001-02-03", provisions=tuple(articles))
    return replace(made, layers={"topics": layer(made)})


def file_of(name, made):
    text = "\n".join(p.text for p in made.walk())
    digest = hashlib.sha256(f"{name}{text}".encode()).hexdigest()
    return SourceFile(name, digest, "text", "utf-8", text, instruments=(made,))


ONE = act("Соглашение о маяках", LANTERNS[0], BUOYS[0], "Расходы Стороны несут самостоятельно.")
TWO = act("Соглашение о гаванях", "Каждая Сторона несёт свои расходы.", LANTERNS[1], BUOYS[1])


@pytest.fixture
def library(library):
    library.put(file_of("маяки.txt", ONE))
    library.put(file_of("гавани.txt", TWO))
    return library


@pytest.fixture
def ids(library):
    return [next(s.id for s in library.documents() if s.source == name) for name in ("маяки.txt", "гавани.txt")]


def add(library, *examples):
    examples = examples or ("Фонари маяков зажигаются с заходом солнца и горят до рассвета.",)
    return add_topic(library, "Маячные огни", examples, "Серова")


def row(library, ids, topic):
    return next((r for r in compare_in(library, ids).rows if r.topic == topic), None)


def test_a_topic_of_examples_is_a_row_a_search_field_and_a_facet(library, ids):
    assert not search(library, "тема:маячные").hits
    made = add(library)
    assert reclassify(library) == 2
    assert reclassify(library) == 0
    found = row(library, ids, made.id)
    assert {d: [p.eid for p in c.provisions] for d, c in found.cells.items()} == {ids[0]: ["art_1"], ids[1]: ["art_2"]}
    assert found.label == "Маячные огни"
    assert {(h.document, h.eid) for h in search(library, "тема:маячные").hits} == {(ids[0], "art_1"), (ids[1], "art_2")}
    (answer,) = equivalents_in(library, ids[0], ids[1], "art_1")
    assert made.id in answer.topics
    assert answer.candidates[0].evidence[0] == "тема: Маячные огни"
    assert not library.check()


def test_a_topic_withdrawn_is_gone(library, ids):
    made = add(library)
    reclassify(library)
    remove_topic(library, made.id)
    reclassify(library)
    assert row(library, ids, made.id) is None
    assert topics_in(library) is topics()
    assert not search(library, "тема:маячные").hits
    with pytest.raises(NotFoundError):
        remove_topic(library, made.id)


def test_new_files_are_classified_by_the_librarys_table(library):
    made = add(library)
    third = file_of("третье.txt", act("Соглашение третье", LANTERNS[0]))
    assert [e["topic"] for e in classifier(library)(third).instruments[0].layers["topics"]] == [made.id]


def test_examples_may_be_added_to_a_built_in_topic(library, ids):
    made = add_topic(library, "Расходы", [BUOYS[0]], "Серова")
    assert made.id == "expenses"
    cells = row(library, ids, "expenses").cells
    assert [p.eid for p in cells[ids[0]].provisions] == ["art_2", "art_3"]
    assert add_topic(library, "Расходы", ["Смету расходов готовит комиссия."], "Серова").examples[0] == BUOYS[0]
    assert len(own_topics(library)) == 1


def test_deleted_documents_stay_deleted(library, ids):
    library.delete(ids[0])
    add(library)
    reclassify(library)
    assert [s.id for s in library.documents()] == [ids[1]]


@pytest.mark.parametrize(
    ("label", "examples"),
    [
        ("", ["Фонари горят до рассвета."]),
        ("Т" * 101, ["Фонари горят до рассвета."]),
        ("Тема", []),
        ("Тема", ["Да."]),
        ("Тема", ["слово " * 1000]),
        ("!!!", ["Фонари горят до рассвета."]),
    ],
)
def test_what_is_no_topic_is_refused(library, label, examples):
    with pytest.raises(InputError):
        add_topic(library, label, examples, "Серова")
    assert not own_topics(library)


def test_topics_travel_with_the_decisions(library, engine):
    made = add(library)
    other = engine.fresh()
    assert imported(other, exported(library)) == 1
    assert own_topics(other) == [made]
    other.close()
    engine.drop(other)


# ---- rows that fit no topic


def untold(library, ids):
    return next(r for r in compare_in(library, ids).rows if r.topic.startswith(UNTOLD) and "Буи" in r.label)


def decide(library, found, document, verdict, provisions=()):
    anchors = anchored(library, found.anchors)
    whole = library.get(document)
    return keep(library, cell_decision(whole, found.topic, verdict, "Серова", provisions, anchors=anchors))


def test_a_row_without_a_topic_is_known_by_its_provisions(library, ids):
    found = untold(library, ids)
    assert set(found.anchors) == {f"{ids[0]}:art_2", f"{ids[1]}:art_3"}
    assert found.topic == untold(library, ids).topic
    decide(library, found, ids[1], Verdict.REJECT)
    for order in (ids, ids[::-1]):
        cell = next(r for r in compare_in(library, order).rows if "Буи" in r.label or "борту" in r.label).cells[ids[1]]
        assert (cell.status, cell.decision.verdict, cell.decision.stale) == (CellStatus.ABSENT, Verdict.REJECT, False)


@pytest.mark.parametrize(("place", "stale"), [(1, True), (0, False)])
def test_its_decision_goes_stale_with_its_words_alone(library, ids, place, stale):
    decide(library, untold(library, ids), ids[0], Verdict.CONFIRM)
    provisions = [replace(p, text=p.text + " Иное.") if n == place else p for n, p in enumerate(ONE.provisions)]
    library.put(file_of("маяки.txt", replace(ONE, provisions=tuple(provisions))))
    assert untold(library, ids).cells[ids[0]].decision.stale is stale


def test_its_decision_goes_stale_with_the_other_document(library, ids):
    decide(library, untold(library, ids), ids[0], Verdict.CONFIRM)
    provisions = (*TWO.provisions[:2], replace(TWO.provisions[2], text=BUOYS[1] + " Днём и ночью."))
    library.put(file_of("гавани.txt", replace(TWO, provisions=provisions)))
    assert untold(library, ids).cells[ids[0]].decision.stale


def test_a_provision_moves_to_a_topic(library, ids):
    found = untold(library, ids)
    for document, eid in (a.split(":") for a in found.anchors):
        keep(library, cell_decision(library.get(document), "expenses", Verdict.CORRECT, "Серова", [eid]))
    table = compare_in(library, ids)
    assert not [r for r in table.rows if "Буи" in r.label]
    cells = next(r for r in table.rows if r.topic == "expenses").cells
    assert {d: [p.eid for p in c.provisions] for d, c in cells.items()} == {ids[0]: ["art_2"], ids[1]: ["art_3"]}
    forget(library, cell_key(ids[0], "expenses"))
    forget(library, cell_key(ids[1], "expenses"))
    assert untold(library, ids).topic == found.topic


# ---- cells and pairs


def cell(library, ids, topic="expenses"):
    return row(library, ids, topic).cells[ids[0]]


def test_a_cell_is_confirmed_rejected_corrected_and_withdrawn(library, ids):
    whole = library.get(ids[0])
    assert cell(library, ids).decision is None
    for verdict, provisions, status, eids in (
        (Verdict.CONFIRM, (), CellStatus.PRESENT, ["art_3"]),
        (Verdict.REJECT, (), CellStatus.ABSENT, []),
        (Verdict.CORRECT, ("art_1", "art_3"), CellStatus.PRESENT, ["art_1", "art_3"]),
    ):
        keep(library, cell_decision(whole, "expenses", verdict, "Серова", provisions, "по подлиннику"))
        found = cell(library, ids)
        assert (found.status, [p.eid for p in found.provisions]) == (status, eids)
        assert (found.decision.verdict, found.decision.author, found.decision.note) == (
            verdict,
            "Серова",
            "по подлиннику",
        )
        assert found.decision.time.startswith("20")
    forget(library, cell_key(ids[0], "expenses"))
    assert cell(library, ids).decision is None


@pytest.mark.parametrize(
    ("verdict", "status", "first"),
    [
        (Verdict.CONFIRM, Status.FOUND, "art_1"),
        (Verdict.ADD, Status.FOUND, "art_1"),
        (Verdict.REJECT, None, None),
    ],
)
def test_a_pair_is_decided_from_either_side(library, ids, verdict, status, first):
    one, two = library.get(ids[0]), library.get(ids[1])
    keep(library, equivalent_decision((one, "art_3"), (two, "art_1"), verdict, "Серова"))
    (there,), (back,) = (
        equivalents_in(library, a, b, e) for a, b, e in ((ids[0], ids[1], "art_3"), (ids[1], ids[0], "art_1"))
    )
    assert len(there.decisions) == len(back.decisions) == 1
    if first:
        assert (there.status, there.candidates[0].eid, there.candidates[0].score) == (status, first, 1.0)
        assert back.candidates[0].eid == "art_3"
    else:
        assert "art_1" not in [c.eid for c in there.candidates]
        assert "art_3" not in [c.eid for c in back.candidates]


def test_decisions_survive_the_same_words_and_are_flagged_when_they_change(library, ids):
    keep(library, cell_decision(library.get(ids[0]), "expenses", Verdict.CORRECT, "Серова", ["art_3"]))
    library.put(file_of("маяки.txt", replace(ONE, place="Устье")))
    assert not cell(library, ids).decision.stale
    changed = (*ONE.provisions[:2], replace(ONE.provisions[2], text="Расходы делятся поровну."))
    library.put(file_of("маяки.txt", replace(ONE, provisions=changed)))
    assert cell(library, ids).decision.stale
    library.put(file_of("маяки.txt", ONE))
    assert not cell(library, ids).decision.stale


def test_an_export_is_imported_and_never_replaces_what_is_newer(library, ids, engine):
    old = keep(library, cell_decision(library.get(ids[0]), "expenses", Verdict.REJECT, "Серова"))
    given = exported(library)
    new = keep(library, cell_decision(library.get(ids[0]), "expenses", Verdict.CONFIRM, "Панин"))
    assert imported(library, given) == 0
    assert cell(library, ids).decision.author == "Панин"
    other = engine.fresh()
    assert imported(other, given) == 1
    assert exported(other) == given
    assert old.time < new.time
    with pytest.raises(InputError):
        imported(other, {"version": 1, "decisions": [{"key": "x"}]})
    other.close()
    engine.drop(other)
