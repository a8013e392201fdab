"""A part of a library is to its readers all there is: on every engine nothing tells of another fund."""

from dataclasses import replace

import pytest

from corpus.clauses.tree import Everything, FieldName
from corpus.codec import to_json
from corpus.comparison.decisions import Verdict, cell_decision, equivalent_decision
from corpus.copying import copy
from corpus.errors import ForbiddenError, NotFoundError, OtherBytesError
from corpus.library import Library, Origin, Other, Put
from corpus.rights.admitted import Admitted
from corpus.rights.funds import Fund, Rights, set_fund
from corpus.rights.people import Person, UserRole
from tests.contract.conftest import Engine
from tests.contract.test_storing import agreement, hits, ids

OPEN, SHUT = Origin("Анна", "2026-01-02T03:04:05Z"), Origin("Борис", "2026-01-02T03:04:05Z", "sdelka")
SEEN = agreement("договор.txt", "Стороны обмениваются опытом.")
UNSEEN = replace(agreement("тайна.txt", "Стороны обмениваются опытом поглощения."), fund="sdelka")


@pytest.fixture
def two(library: Library) -> Library:
    library.put(SEEN, origin=OPEN)
    library.put(UNSEEN, origin=SHUT)
    return library


def told(library: Library) -> object:
    """Everything a library without what is unseen would say alike."""
    lemmas = ["опыт", "поглощение"]
    return (
        [s.id for s in library.documents()],
        [f.key for f in library.files()],
        library.deleted(),
        library.statistics(lemmas),
        library.terms("п", 10),
        library.terms("о", 10),
        hits(library, "опыт"),
        hits(library, "поглощение"),
        library.recall(Everything(), 10).total,
        library.counts(Everything(), [FieldName.DOCUMENT, FieldName.SOURCE, "type", "year"], 10),
        library.health().documents,
        library.health().clauses,
    )


def test_a_part_is_as_a_library_without_the_rest(engine: Engine, two: Library) -> None:
    alone = engine.fresh()
    alone.put(SEEN, origin=OPEN)
    part = two.within(frozenset({""}))
    assert told(part) == told(alone)
    assert told(two) != told(alone)
    assert told(two.within(frozenset({"", "sdelka"}))) == told(two)
    assert part.whole is two
    (unseen,) = ids(UNSEEN)
    for ask in (part.get, part.source, part.versions, lambda d: part.version(d, 1)):
        with pytest.raises(NotFoundError):
            ask(unseen)
    assert part.clauses([(unseen, "art_1")]) == []
    two.delete(unseen)
    assert (part.deleted(), len(two.deleted())) == ([], 1)


def test_a_part_follows_what_is_written_and_moved(two: Library) -> None:
    part = two.within(frozenset({""}))
    assert hits(part, "опыт") == {(ids(SEEN)[0], "art_1")}
    two.put(replace(agreement("ещё.txt", "Опыт передаётся."), fund="sdelka"), origin=SHUT)
    assert hits(part, "опыт") == {(ids(SEEN)[0], "art_1")}
    (unseen,) = ids(UNSEEN)
    two.move(unseen, "")
    assert {d for d, _ in hits(part, "опыт")} == {ids(SEEN)[0], unseen}
    assert part.get(unseen).source == UNSEEN.name
    two.move(ids(SEEN)[0], "sdelka")
    assert {d for d, _ in hits(part, "опыт")} == {unseen}
    assert [v.origin.fund for v in two.versions(unseen)] == [""]
    assert list(two.check()) == []


def test_who_may_only_read_a_fund_decides_nothing_there(two: Library) -> None:
    def let_in(writes: set[str]) -> Admitted:
        return Admitted(two, Person("Вера", UserRole.EDITOR), Rights(frozenset({"", "sdelka"}), frozenset(writes)))

    set_fund(two, Fund("sdelka", "Сделка"))
    (seen,), (unseen,) = ids(SEEN), ids(UNSEEN)
    pair = equivalent_decision((two.get(seen), "art_1"), (two.get(unseen), "art_1"), Verdict.CONFIRM, "Вера")
    cell = cell_decision(two.get(unseen), "refusal", Verdict.REJECT, "Вера")
    borne = cell_decision(
        two.get(seen), "refusal", Verdict.CORRECT, "Вера", ["art_1"], anchors=[(two.get(unseen), "art_1")]
    )
    for decision in (pair, cell):
        with pytest.raises(ForbiddenError, match="только для чтения"):
            let_in({""}).decide(to_json(decision))
    let_in({""}).decide(to_json(borne))
    let_in({"", "sdelka"}).decide(to_json(cell))
    with pytest.raises(ForbiddenError):
        let_in({""}).decide({"key": cell.key, "deleted": True})
    assert {str(d["key"]) for d in two.decisions()} == {cell.key, borne.key}


def test_names_and_bytes_of_another_fund_are_unknown(two: Library) -> None:
    again = two.put(replace(UNSEEN, fund=""), Other.REFUSE, OPEN)
    assert (again.put, again.stored_as) == (Put.STORED, None)
    assert set(again.documents).isdisjoint(ids(UNSEEN))
    other = two.put(agreement(UNSEEN.name, "Суд решает."), Other.VERSION, OPEN)
    assert other.put is Put.REPLACED
    assert two.source(ids(UNSEEN)[0]) == UNSEEN
    with pytest.raises(OtherBytesError):
        two.put(replace(agreement(UNSEEN.name, "Суд."), fund="sdelka"), Other.REFUSE, SHUT)


def test_a_name_moved_away_is_free(two: Library) -> None:
    (id_,) = ids(SEEN)
    two.move(id_, "sdelka")
    fresh = two.put(agreement(SEEN.name, "Суд решает."), Other.REFUSE, OPEN)
    assert fresh.put is Put.STORED
    assert id_ not in fresh.documents
    assert two.get(id_).instrument == SEEN.instruments[0]
    two.put(two.version(id_, 1), Other.VERSION, SHUT)
    assert [f.origin.fund for f in two.files() if id_ in f.documents] == ["sdelka"]


def test_registers_and_the_trail(engine: Engine, library: Library) -> None:
    assert (list(library.registered("user")), list(library.trail())) == ([], [])
    library.register("user", "anna", {"role": "editor"})
    library.register("user", "anna", {"role": "admin"})
    library.register("fund", "sdelka", {"readers": ["anna"]})
    library.register("key", "gone", {"user": "anna"})
    library.register("key", "gone", None)
    entry = {"role": "admin", "register": "user", "key": "anna"}
    assert list(engine.again(library).registered("user", "key")) == [entry]
    for number in range(5):
        library.note({"act": "put", "number": str(number)})
    first = library.trail(limit=2)
    assert [n.said["number"] for n in first] == ["4", "3"]
    assert [n.said["number"] for n in engine.again(library).trail(first[-1].place)] == ["2", "1", "0"]


def test_funds_are_copied_with_the_files(engine: Engine, two: Library) -> None:
    two.register("fund", "sdelka", {"readers": []})
    two.register("session", "x", {"user": "anna"})
    two.put(replace(agreement(UNSEEN.name, "Суд решает."), fund="sdelka"), origin=SHUT)
    two.move(ids(SEEN)[0], "sdelka")
    target = engine.fresh()
    copy(two, target)
    assert [f.origin.fund for f in target.files()] == [f.origin.fund for f in two.files()]
    assert list(target.within(frozenset({""})).documents()) == []
    assert [e["register"] for e in target.registered("fund", "session", "user")] == ["fund"]


def test_an_erased_act_is_gone_and_its_neighbour_stays(library: Library) -> None:
    first = agreement("а.txt", "Стороны варят криптонит.")
    library.put(first, origin=OPEN)
    two = replace(agreement("а.txt", "Стороны помнят криптонит.", ("Суд решает спор.",)))
    library.put(two, origin=OPEN)
    gone, stays = ids(two)
    library.decide({"key": f"cell:{gone}:x", "document": gone, "note": "криптонит"})
    library.erase(gone)
    assert hits(library, "криптонит") == set()
    assert hits(library, "спор") == {(stays, "art_1")}
    with pytest.raises(NotFoundError):
        library.get(gone)
    with pytest.raises(NotFoundError):
        library.restore(gone)
    assert "криптонит" not in library.source(stays).text
    assert [v.number for v in library.versions(stays)] == [1]
    assert list(library.decisions()) == []
    library.delete(stays)
    library.erase(stays)
    assert (list(library.documents()), list(library.deleted()), list(library.check())) == ([], [], [])
