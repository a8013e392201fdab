"""Every engine keeps what is replaced, puts beside what is to stand beside, and overwrites nothing in silence."""

from dataclasses import replace

import pytest

from corpus.copying import copy
from corpus.errors import NotFoundError, OtherBytesError
from corpus.library import KEPT, Library, Origin, Other, Put, Version
from tests.contract.conftest import Engine
from tests.contract.test_storing import agreement, hits, ids

ANNA = Origin("Анна", "2026-01-02T03:04:05Z", "общий")
BORIS = Origin("Борис", "2026-02-03T04:05:06Z", "общий")
OLD = agreement("папка/Договор.txt", "Стороны обмениваются опытом.")
NEW = agreement("папка/Договор.txt", "Стороны несут расходы.")


def test_other_bytes_of_a_name_are_refused(library: Library) -> None:
    library.put(OLD, Other.REFUSE, ANNA)
    with pytest.raises(OtherBytesError, match=rf"«{OLD.name}».*загрузил Анна, 2026-01-02.*--new-version.*--beside"):
        library.put(NEW, Other.REFUSE, BORIS)
    assert library.source(ids(OLD)[0]) == OLD
    assert library.put(OLD, Other.REFUSE, BORIS).put is Put.UNCHANGED
    assert [f.origin for f in library.files()] == [ANNA]
    answers = list(library.put_many([NEW, agreement("другой.txt", "Суд решает.")], Other.REFUSE, BORIS))
    assert [type(a).__name__ for a in answers] == ["OtherBytesError", "PutOutcome"]


def test_a_new_version_keeps_the_old_one(library: Library) -> None:
    library.put(OLD, origin=ANNA)
    (id_,) = ids(OLD)
    assert library.versions(id_) == [Version(1, OLD.sha256, ANNA, (id_,), current=True)]
    assert library.put(NEW, Other.VERSION, BORIS).put is Put.REPLACED
    first = Version(1, OLD.sha256, ANNA, (id_,))
    assert library.versions(id_) == [first, Version(2, NEW.sha256, BORIS, ids(NEW), current=True)]
    assert (library.version(id_, 1), library.version(id_, 2)) == (OLD, NEW)
    assert hits(library, "опыт") == set()
    for number in (0, 3, -1):
        with pytest.raises(NotFoundError, match="версии от 1 до 2"):
            library.version(id_, number)


def test_an_old_version_put_again_is_a_new_one(library: Library) -> None:
    library.put(OLD, origin=ANNA)
    library.put(NEW, origin=BORIS)
    (id_,) = ids(NEW)
    library.put(library.version(id_, 1), Other.VERSION, BORIS)
    assert [v.sha256 for v in library.versions(id_)] == [OLD.sha256, NEW.sha256, OLD.sha256]
    assert library.source(id_) == OLD
    assert hits(library, "опыт") == {(id_, "art_1")}
    assert list(library.check()) == []


def test_a_better_parse_is_no_version(library: Library) -> None:
    library.put(OLD, origin=ANNA)
    (act,) = OLD.instruments
    library.put(replace(OLD, instruments=(replace(act, place="Лукоград"),)), Other.REFUSE, ANNA)
    (only,) = library.versions(ids(OLD)[0])
    assert only.current


def test_two_files_of_one_name_stand_beside(engine: Engine) -> None:
    library = engine.fresh()
    library.put(OLD, origin=ANNA)
    outcome = library.put(NEW, Other.BESIDE, BORIS)
    beside = replace(NEW, beside=True)
    assert (outcome.put, outcome.documents) == (Put.STORED, ids(beside))
    assert set(ids(beside)).isdisjoint(ids(OLD))
    assert [s.source for s in library.documents()] == [OLD.name, OLD.name]
    assert library.source(ids(beside)[0]) == beside
    assert library.get(ids(beside)[0]).source == OLD.name
    assert library.put(NEW, Other.REFUSE, BORIS).put is Put.UNCHANGED
    assert library.put(OLD, Other.REFUSE, BORIS).put is Put.UNCHANGED
    assert {(f.name, f.sha256) for f in library.files()} == {(OLD.name, OLD.sha256), (NEW.name, NEW.sha256)}
    assert list(library.check()) == []
    again = engine.again(library)
    assert again.reindex() == 2
    again.delete(ids(OLD)[0])
    assert [s.id for s in again.documents()] == list(ids(beside))
    assert list(again.check()) == []


def test_deleting_and_restoring_keeps_origin_and_versions(library: Library) -> None:
    library.put(OLD, origin=ANNA)
    library.put(NEW, origin=BORIS)
    (id_,) = ids(NEW)
    before = list(library.versions(id_))
    library.delete(id_)
    with pytest.raises(NotFoundError):
        library.versions(id_)
    library.restore(id_)
    assert list(library.versions(id_)) == before
    assert KEPT > 0


def test_versions_go_with_what_is_forgotten(library: Library) -> None:
    library.put(OLD, origin=ANNA)
    library.put(NEW, origin=BORIS)
    (id_,) = ids(NEW)
    library.delete(id_)
    library.forget(id_)
    library.put(agreement("другой.txt", "Суд решает."))
    library.put(OLD, origin=BORIS)
    assert [v.origin for v in library.versions(ids(OLD)[0])] == [BORIS]


def test_versions_are_copied(engine: Engine) -> None:
    library, target = engine.fresh(), engine.fresh()
    library.put(OLD, origin=ANNA)
    library.put(NEW, origin=BORIS)
    beside = replace(agreement(OLD.name, "Суд решает."), beside=True)
    library.put(beside, origin=ANNA)
    copy(library, target)
    for id_ in (*ids(NEW), *ids(beside)):
        assert target.versions(id_) == library.versions(id_)
    copy(library, target)
    assert target.version(ids(NEW)[0], 1) == OLD


def test_a_copy_broken_off_goes_on(engine: Engine) -> None:
    library, target = engine.fresh(), engine.fresh()
    library.put(OLD, origin=ANNA)
    library.put(NEW, origin=BORIS)
    target.put(OLD, origin=ANNA)
    copy(library, target)
    assert target.versions(ids(NEW)[0]) == library.versions(ids(NEW)[0])
