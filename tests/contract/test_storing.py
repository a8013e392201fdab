"""Every engine stores, replaces, deletes and gives back files alike."""

import hashlib
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from analyzers.spans import Span
from corpus.clauses.clause import clauses
from corpus.clauses.tree import Everything, Field, FieldName
from corpus.errors import ConflictError, InputError, NotFoundError
from corpus.library import KEPT, Library, Put, PutOutcome, StoredFile
from corpus.metadata.documents import documents_of, summary
from corpus.model import Furniture, Instrument, InstrumentType, Kind, Provision, SourceFile
from tests import strategies
from tests.contract.conftest import Engine, sample_files
from tests.strategies import word

EVERYTHING = Everything()


def agreement(name: str, text: str, more: tuple[str, ...] = ()) -> SourceFile:
    """Make a file of one agreement with one article, and one more agreement for each of `more`."""
    instruments = tuple(
        Instrument(
            InstrumentType.AGREEMENT,
            f"Соглашение об обмене опытом {n}",
            provisions=(Provision("art_1", Kind.ARTICLE, own, "1", "Предмет"),),
        )
        for n, own in enumerate((text, *more))
    )
    digest = hashlib.sha256(f"{text}{more}".encode("utf-8", "replace")).hexdigest()
    return SourceFile(name, digest, "text", "utf-8", text, instruments=instruments)


def ids(file: SourceFile) -> tuple[str, ...]:
    return tuple(d.id for d in documents_of(file))


def hits(library: Library, text: str) -> set[tuple[str, str]]:
    return {(r.clause.document, r.clause.eid) for r in library.recall(word(text), 1000).clauses}


def test_empty_library(library: Library) -> None:
    assert list(library.documents()) == []
    assert library.recall(EVERYTHING, 10).total == 0
    assert library.recall(word("запрос"), 10).clauses == ()
    assert library.statistics(["запрос"]).frequency == {"запрос": 0}
    assert library.statistics(["запрос"]).mean_length == 0
    assert list(library.terms("", 10)) == []
    assert library.counts(EVERYTHING, ["type", "kind", "year"], 10) == {"type": {}, "kind": {}, "year": {}}
    assert list(library.decisions()) == []
    assert list(library.check()) == []
    assert library.reindex() == 0
    health = library.health()
    assert (health.ready, health.documents, health.clauses) == (True, 0, 0)


def test_put_and_get(library: Library) -> None:
    file = agreement("папка/а.txt", "Стороны обмениваются опытом.", ("Протокол вступает в силу.",))
    assert library.put(file) == PutOutcome(Put.STORED, ids(file))
    assert [library.get(id_) for id_ in ids(file)] == list(documents_of(file))
    assert [library.source(id_) for id_ in ids(file)] == [file, file]
    assert list(library.documents()) == [summary(d) for d in documents_of(file)]
    assert hits(library, "опыт") == {(ids(file)[0], "art_1")}
    health = library.health()
    assert (health.ready, health.documents, health.clauses) == (True, 2, 2)


def test_same_bytes_again(library: Library) -> None:
    file = agreement("а.txt", "Стороны обмениваются опытом.")
    library.put(file)
    assert library.put(file) == PutOutcome(Put.UNCHANGED, ids(file))
    other = replace(file, name="копия/б.txt")
    assert library.put(other) == PutOutcome(Put.DUPLICATE, ids(file), "а.txt")
    assert len(library.documents()) == 1


def test_same_bytes_parsed_better(library: Library) -> None:
    old = agreement("а.txt", "Стороны обмениваются опытом.")
    library.put(old)
    (act,) = old.instruments
    for better in (
        replace(old, instruments=(replace(act, place="Лукоград"),)),
        replace(old, instruments=(replace(act, layers={"topics": [{"eid": "art_1", "topic": "обмен"}]}),)),
        replace(old, furniture=(Furniture(Span(0, 1), "page-number"),)),
        replace(old, instruments=(act, act)),
    ):
        assert library.put(better) == PutOutcome(Put.REPLACED, ids(better))
        assert library.put(better) == PutOutcome(Put.UNCHANGED, ids(better))
        assert library.source(ids(better)[0]) == better
    assert list(library.check()) == []


def test_the_same_parse_by_another_version_is_the_same(library: Library) -> None:
    old = replace(agreement("а.txt", "Стороны обмениваются опытом."), parser="1")
    new = replace(old, parser="2")
    library.put(old)
    assert library.put(new) == PutOutcome(Put.UNCHANGED, ids(new))
    assert library.source(ids(new)[0]) == new
    assert [f.parser for f in library.files()] == ["2"]
    assert library.put(old) == PutOutcome(Put.UNCHANGED, ids(old))
    assert [f.parser for f in library.files()] == ["1"]
    assert library.put(replace(new, name="б.txt")).put is Put.DUPLICATE
    assert [f.parser for f in library.files()] == ["1"]


def test_files_are_listed(library: Library) -> None:
    assert list(library.files()) == []
    two = replace(agreement("б/б.txt", "Стороны обмениваются опытом.", ("Суд выносит решение.",)), parser="1")
    bare = SourceFile("а.txt", "1", "text", "utf-8", "12")
    list(library.put_many([two, bare]))
    first, second = ids(two)
    held = StoredFile("б/б.txt", two.sha256, "1", (first, second), whole=True)
    assert list(library.files()) == [StoredFile("а.txt", "1", "", (), whole=True), held]
    library.delete(first)
    assert library.files()[1] == replace(held, documents=(second,), whole=False)
    library.delete(second)
    assert [f.name for f in library.files()] == ["а.txt"]
    library.restore(first)
    assert library.files()[1] == replace(held, documents=(first,), whole=False)


def test_same_name_with_other_bytes(library: Library) -> None:
    old = agreement("а.txt", "Стороны обмениваются опытом.", ("Суд выносит решение.",))
    new = agreement("а.txt", "Стороны несут расходы.")
    library.put(old)
    assert library.put(new) == PutOutcome(Put.REPLACED, ids(new))
    assert [d.id for d in library.documents()] == list(ids(new))
    assert hits(library, "опыт") == hits(library, "суд") == set()
    assert hits(library, "расход") == {(ids(new)[0], "art_1")}
    assert library.source(ids(new)[0]) == new
    assert library.statistics(["опыт", "сторона"]).frequency == {"опыт": 0, "сторона": 1}
    assert [form for form, _ in library.terms("опыт", 10)] == []
    with pytest.raises(NotFoundError):
        library.get(ids(old)[1])


def test_back_and_forth(library: Library) -> None:
    versions = [agreement("а.txt", f"Вариант {n} соглашения.") for n in range(3)]
    for n in (0, 1, 2, 1, 0, 2):
        library.put(versions[n])
        assert library.recall(EVERYTHING, 10).total == 1
        assert library.recall(word("вариант"), 10).clauses[0].clause.text == f"Вариант {n} соглашения."
    assert list(library.check()) == []


def test_many_answers_in_order(library: Library) -> None:
    first = agreement("а.txt", "Стороны обмениваются опытом.")
    same = replace(first, name="б.txt")
    newer = agreement("а.txt", "Стороны несут расходы.")
    bad = replace(agreement("в.txt", "Текст \ud800 с половиной знака."), sha256="bad")
    last = agreement("г.txt", "Суд выносит решение.")
    answers = list(library.put_many([first, first, same, bad, newer, last]))
    assert answers[:3] == [
        PutOutcome(Put.STORED, ids(first)),
        PutOutcome(Put.UNCHANGED, ids(first)),
        PutOutcome(Put.DUPLICATE, ids(first), "а.txt"),
    ]
    assert isinstance(answers[3], InputError)
    assert "в.txt" in str(answers[3])
    assert answers[4:] == [PutOutcome(Put.REPLACED, ids(newer)), PutOutcome(Put.STORED, ids(last))]
    assert [d.source for d in library.documents()] == ["а.txt", "г.txt"]
    assert list(library.put_many([])) == []


def test_what_was_answered_stays_when_the_files_break_off(library: Library) -> None:
    files = [agreement(f"{n}.txt", f"Соглашение номер {n}.") for n in range(40)]

    def broken():
        yield from files
        raise RuntimeError

    answered = []
    try:
        for outcome in library.put_many(broken()):
            answered.append(outcome)  # noqa: PERF402  what came before the break counts
    except RuntimeError:
        assert len(answered) <= len(files)
    else:
        pytest.fail("the break was swallowed")
    assert list(library.check()) == []
    before = {d.source for d in library.documents()}
    assert before >= {f.name for f in files[: len(answered)]}
    outcomes = list(library.put_many(files))
    assert {o.put for o in outcomes} <= {Put.STORED, Put.UNCHANGED}
    assert len(library.documents()) == 40


def test_delete(library: Library) -> None:
    file = agreement("а.txt", "Стороны обмениваются опытом.", ("Суд выносит решение.",))
    library.put(file)
    first, second = ids(file)
    library.delete(first)
    assert [d.id for d in library.documents()] == [second]
    assert hits(library, "опыт") == set()
    assert list(library.clauses([(first, "art_1"), (second, "art_1")])) == list(clauses(documents_of(file)[1]))
    assert library.source(second) == file
    with pytest.raises(NotFoundError):
        library.get(first)
    with pytest.raises(NotFoundError):
        library.delete(first)
    assert list(library.check()) == []
    library.delete(second)
    assert list(library.documents()) == []
    with pytest.raises(NotFoundError):
        library.source(second)
    assert library.put(file) == PutOutcome(Put.STORED, (first, second))


def test_put_brings_a_deleted_document_back(library: Library) -> None:
    file = agreement("а.txt", "Стороны обмениваются опытом.", ("Суд выносит решение.",))
    library.put(file)
    library.delete(ids(file)[0])
    assert library.put(file) == PutOutcome(Put.REPLACED, ids(file))
    assert [d.id for d in library.documents()] == list(ids(file))
    assert hits(library, "опыт") == {(ids(file)[0], "art_1")}


def test_a_deleted_document_is_restored_alone(engine: Engine, library: Library) -> None:
    file = agreement("а.txt", "Стороны обмениваются опытом.", ("Суд выносит решение.", "Срок продлевается."))
    library.put(file)
    first, second, third = ids(file)
    for document in (third, first, second):
        library.delete(document)
    assert library.documents() == []
    assert {d.summary.id for d in library.deleted()} == {first, second, third}
    again = engine.again(library)
    try:
        again.restore(first)
        assert [d.id for d in library.documents()] == [first]
        assert library.get(first) == documents_of(file)[0]
        assert library.source(first) == file
        assert {d.summary.id for d in again.deleted()} == {second, third}
        assert hits(library, "опыт") == {(first, "art_1")}
        assert hits(library, "суд") == set()
        again.restore(third)
    finally:
        again.close()
    assert [d.id for d in library.documents()] == [first, third]
    assert list(library.check()) == []
    with pytest.raises(NotFoundError):
        library.restore(first)


def test_what_is_kept_is_no_file_of_the_library(library: Library) -> None:
    file = agreement("а.txt", "Стороны обмениваются опытом.")
    library.put(file)
    library.delete(ids(file)[0])
    moved = replace(file, name="б.txt")
    assert library.put(moved) == PutOutcome(Put.STORED, ids(moved))
    with pytest.raises(ConflictError, match=r"б\.txt"):
        library.restore(ids(file)[0])
    assert list(library.check()) == []
    other = agreement("а.txt", "Суд выносит решение.")
    assert library.put(other) == PutOutcome(Put.STORED, ids(other))
    assert library.deleted() == []
    assert list(library.check()) == []


def test_deleted_documents_are_given_up_in_the_end(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    file, long_ago, bare = (
        agreement("а.txt", "Опыт."),
        agreement("б.txt", "Суд."),
        SourceFile("в", "3", "text", None, "1"),
    )
    for each in (file, long_ago, bare):
        library.put(each)
    library.delete(ids(file)[0])
    library.delete(ids(long_ago)[0])
    library.forget(ids(file)[0])
    assert [d.summary.id for d in library.deleted()] == list(ids(long_ago))
    now = time.time()
    assert 0 <= now - library.deleted()[0].at < 60
    monkeypatch.setattr(time, "time", lambda: now + KEPT + 60)
    assert library.deleted() == []
    for document in (ids(file)[0], ids(long_ago)[0]):
        for ask in (library.restore, library.forget):
            with pytest.raises(NotFoundError, match="вернуть его уже нельзя"):
                ask(document)
    assert library.put(bare).put is Put.UNCHANGED
    assert library.put(long_ago).put is Put.STORED
    assert list(library.check()) == []


@pytest.mark.parametrize("ask", ["get", "source", "delete"])
def test_unknown_document(library: Library, ask: str) -> None:
    with pytest.raises(NotFoundError, match="нет-такого"):
        getattr(library, ask)("нет-такого")


def test_documents_come_by_source_and_place(library: Library) -> None:
    files = [agreement(name, f"Текст {name}.", ("Ещё текст.",)) for name in ("б.txt", "а/я.txt", "а/b.txt", "Б.txt")]
    list(library.put_many(files))
    found = [(d.source, d.place) for d in library.documents()]
    assert found == sorted(found)
    assert len(found) == 8


def test_file_without_instruments_or_words(library: Library) -> None:
    bare = SourceFile("пусто.txt", "1", "text", "utf-8", "12")
    wordless = Instrument(InstrumentType.ACT, "Акт", provisions=(Provision("body", Kind.BODY, "– – –"),))
    assert library.put(bare).documents == ()
    library.put(SourceFile("тире.txt", "2", "text", "utf-8", "– – –", instruments=(wordless, wordless)))
    assert library.recall(EVERYTHING, 10).total == 2
    assert library.recall(Field(FieldName.KIND, ("body",)), 10).total == 2
    assert list(library.check()) == []


def test_words_without_end_are_no_harm(library: Library) -> None:
    long = "а" * 100_000
    library.put(agreement("а.txt", f"Перед {long} после."))
    assert hits(library, "после")
    assert hits(library, long)
    assert list(library.check()) == []


def test_decisions(library: Library) -> None:
    library.decide({"key": "б", "value": "язык", "author": "Иванова"})
    library.decide({"key": "а", "value": 1, "nested": {"x": [1, None]}})
    library.decide({"key": "б", "value": "срок"})
    assert list(library.decisions()) == [
        {"key": "а", "value": 1, "nested": {"x": [1, None]}},
        {"key": "б", "value": "срок"},
    ]
    assert list(library.decisions(["б", "нет"])) == [{"key": "б", "value": "срок"}]
    library.decide({"key": "б", "deleted": True})
    library.decide({"key": "нет", "deleted": True})
    assert [d["key"] for d in library.decisions()] == ["а"]


def test_another_handle_sees_what_is_stored(engine: Engine, library: Library) -> None:
    other = engine.again(library)
    try:
        file = agreement("а.txt", "Стороны обмениваются опытом.")
        library.put(file)
        assert hits(other, "опыт") == {(ids(file)[0], "art_1")}
        library.put(agreement("а.txt", "Суд выносит решение."))
        assert hits(other, "опыт") == set()
        assert hits(other, "суд") == {(ids(file)[0], "art_1")}
        other.delete(ids(file)[0])
        assert library.recall(EVERYTHING, 10).total == 0
        library.decide({"key": "а", "value": 1})
        assert list(other.decisions()) == [{"key": "а", "value": 1}]
    finally:
        other.close()


def test_reindex_changes_no_answer(library: Library) -> None:
    files = sample_files(12)
    list(library.put_many(files))
    library.delete(ids(files[0])[0])
    before = library.recall(EVERYTHING, 10_000)
    seen: list[tuple[int, int]] = []
    assert library.reindex(lambda done, total: seen.append((done, total))) == before.total
    assert library.recall(EVERYTHING, 10_000).clauses == before.clauses
    assert seen
    assert seen[-1][0] == seen[-1][1]
    assert list(library.check()) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(file=strategies.files())
def test_whatever_is_put_comes_back(shared: Library, file: SourceFile) -> None:
    outcome = shared.put(file)
    if outcome.put is not Put.DUPLICATE:
        assert [shared.get(id_) for id_ in outcome.documents] == list(documents_of(file))
        assert shared.source(outcome.documents[0]) == file


@pytest.fixture(scope="module")
def shared(engine: Engine):
    library = engine.fresh()
    yield library
    library.close()


def test_documents_are_read_together(library: Library) -> None:
    long = agreement("длинное.txt", "обмен опытом пчеловодов " * 100_000)
    files = [long, *(agreement(f"{n}.txt", f"Сведения {n}") for n in range(40))]
    list(library.put_many(files))
    stored = [s.id for s in library.documents()]
    gone = stored[-1]
    library.delete(gone)
    read = library.read([*stored, "agreement-1999-01-01-nothing-0"])
    assert read.keys() == set(stored) - {gone}
    assert all(read[id_] == library.get(id_) for id_ in read)
    assert library.read([]) == {}
