"""What a person corrects wins on every engine: in lists, filters and ids, after a new parse, after a crash."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from analyzers.spans import Span
from corpus.citations.layered.layer import LAYER, layer
from corpus.citations.resolve.references import incoming, outgoing, resolver
from corpus.citations.writing import CitationForm, cite
from corpus.clauses.tree import Everything, Field, FieldName
from corpus.comparison.decisions import exported, imported
from corpus.copying import copy
from corpus.errors import InputError, NotFoundError
from corpus.library import Library, Put
from corpus.metadata.correcting import correct, mend, withdraw
from corpus.metadata.corrections import LEFT_BEHIND, OTHERWISE, all_stored, key
from corpus.metadata.documents import documents_of
from corpus.model import Evidence, Instrument, InstrumentType, Kind, Provision, SourceFile
from tests.contract.conftest import Engine


def treaty(title: str = "Соглашение о переправах", **fields: object) -> Instrument:
    """Make an act whose date and parties were misread."""
    given = {
        "date": "2005-05-15",
        "place": "Лукограде",
        "parties": ("Правительство Альбии и Борейской Федерации",),
        "languages": ("русский",),
        "evidence": (Evidence("date", Span(0, 4), 0.9),),
        "provisions": (Provision("art_1", Kind.ARTICLE, "Стороны держат переправы открытыми.", "1"),),
    }
    act = Instrument(InstrumentType.AGREEMENT, title, **{**given, **fields})
    return replace(act, layers={LAYER: layer(act)})


def file_of(*acts: Instrument, name: str = "папка/переправы.txt", text: str = "текст") -> SourceFile:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceFile(name, digest, "text", "utf-8", text, instruments=acts, parser="1")


def stored(library: Library, *acts: Instrument, **more: str) -> tuple[str, ...]:
    return library.put(file_of(*acts, **more)).documents


def rules(library: Library, id_: str) -> list[str]:
    return [d.rule for d in library.get(id_).instrument.diagnostics]


CASES = [
    ("type", ["Договор"], "treaty", "agreement"),
    ("title", ["Соглашение  о паромных переправах"], "Соглашение о паромных переправах", "Соглашение о переправах"),
    ("date", ["5 мая 2005 г."], "2005-05-05", "2005-05-15"),
    ("date", [], None, "2005-05-15"),
    ("place", ["Лукоград"], "Лукоград", "Лукограде"),
    (
        "parties",
        ["Правительство Альбии", "Правительство Борейской Федерации"],
        ("Правительство Альбии", "Правительство Борейской Федерации"),
        ("Правительство Альбии и Борейской Федерации",),
    ),
    ("languages", ["русский; на борейском"], ("русский", "борейский"), ("русский",)),
    ("copies", ["2"], 2, None),
    ("in_force_from", ["2006-01-01"], "2006-01-01", None),
    ("duration", ["пять лет"], "5 лет", None),
    ("status", ["проект"], "draft", None),
]


@pytest.mark.parametrize(("field", "given", "value", "read"), CASES, ids=lambda x: str(x)[:20])
def test_a_correction_wins_and_goes(
    library: Library, field: str, given: list[str], value: object, read: object
) -> None:
    (id_,) = stored(library, treaty())
    before = library.get(id_)
    corrected = correct(library, id_, field, given, "Серова", "по подлиннику")
    act = corrected.instrument
    assert getattr(act, field) == value
    assert getattr(before.instrument, field) == read
    (mark,) = act.corrected
    assert (mark.field, mark.author, mark.note) == (field, "Серова", "по подлиннику")
    assert (act.evidence, act.provisions) == (before.instrument.evidence, before.instrument.provisions)
    assert [d.id for d in library.documents()] == [corrected.id] == [id_]
    assert list(documents_of(library.source(id_))) == [corrected]
    assert list(library.check()) == []
    assert withdraw(library, id_, field) == before
    assert list(library.decisions()) == []
    assert list(library.check()) == []
    with pytest.raises(NotFoundError):
        withdraw(library, id_, field)


def test_lists_and_filters_see_the_persons_value(library: Library) -> None:
    (id_,) = stored(library, treaty())
    correct(library, id_, "date", ["05.05.1999"], "Серова")
    correct(library, id_, "type", ["протокол"], "Серова")
    (summary,) = library.documents()
    assert (summary.date, summary.type) == ("1999-05-05", "protocol")
    found = [
        library.recall(q, 10).total
        for q in (
            Field(FieldName.TYPE, ("protocol",)),
            Field(FieldName.DATE, low="1999-01-01", high="1999-12-31"),
            Field(FieldName.TYPE, ("agreement",)),
            Field(FieldName.DATE, low="2005-01-01", high="2005-12-31"),
        )
    ]
    assert found == [1, 1, 0, 0]
    assert library.counts(Everything(), ["year", "type"], 5) == {"year": {"1999": 1}, "type": {"protocol": 1}}


def test_references_and_citations_go_by_the_persons_value(library: Library) -> None:
    (id_,) = stored(library, treaty())
    body = (Provision("para_1", Kind.PARAGRAPH, "Исполнять статью 1 Соглашения о переправах от 5 мая 2005 года.", "1"),)
    (order,) = stored(library, treaty("О мерах", date=None, provisions=body), name="приказ.txt", text="приказ")

    def led() -> list[str]:
        return [str(r.status) for r in outgoing(library.get(order), resolver(library))]

    assert led() == ["external"]
    correct(library, id_, "date", ["2005-05-05"], "Серова")
    assert led() == ["resolved"]
    assert [(i.document, i.target_eids) for i in incoming(id_, library)] == [(order, ("art_1",))]
    assert cite(library.get(id_), "art_1", CitationForm.SHORT) == "ст. 1 Соглашения от 05.05.2005"
    withdraw(library, id_, "date")
    assert led() == ["external"]


def test_a_second_correction_replaces_the_first(library: Library) -> None:
    (id_,) = stored(library, treaty())
    correct(library, id_, "place", ["Лукоград"], "Серова")
    act = correct(library, id_, "place", ["Буян"], "Орлов").instrument
    assert (act.place, [(c.author, c.read) for c in act.corrected]) == ("Буян", [("Орлов", ("Лукограде",))])
    assert withdraw(library, id_, "place").instrument == treaty()


def test_a_new_parse_is_corrected_alike(library: Library) -> None:
    (id_,) = stored(library, treaty())
    before = correct(library, id_, "place", ["Лукоград"], "Серова")
    assert library.put(file_of(treaty())).put is Put.UNCHANGED
    outcome = library.put(file_of(treaty(number="7"), text="другой текст"))
    assert (outcome.put, outcome.documents) == (Put.REPLACED, (id_,))
    act = library.get(id_).instrument
    assert (act.place, act.number, act.corrected) == ("Лукоград", "7", before.instrument.corrected)
    assert rules(library, id_) == []
    library.put(file_of(treaty(place="Лукоморье")))
    assert (library.get(id_).instrument.place, rules(library, id_)) == ("Лукоград", [OTHERWISE])
    assert library.put(file_of(treaty(place="Лукоморье"))).put is Put.UNCHANGED
    correct(library, id_, "place", ["Лукоград"], "Орлов")
    assert rules(library, id_) == []
    assert withdraw(library, id_, "place").instrument == treaty(place="Лукоморье")


def test_the_same_bytes_parsed_to_another_id_keep_their_corrections(library: Library) -> None:
    (id_,) = stored(library, treaty())
    correct(library, id_, "place", ["Лукоград"], "Серова")
    (new,) = library.put(file_of(treaty(date="2005-05-05"))).documents
    assert new != id_
    assert library.get(new).instrument.place == "Лукоград"
    assert withdraw(library, new, "place").instrument == treaty(date="2005-05-05")
    assert list(library.decisions()) == []


def test_another_act_in_the_same_place_is_left_alone_and_told(library: Library) -> None:
    (id_,) = stored(library, treaty())
    correct(library, id_, "place", ["Лукоград"], "Серова")
    (new,) = library.put(file_of(treaty("Соглашение о почте"), text="совсем другой текст")).documents
    assert (library.get(new).instrument.place, rules(library, new)) == ("Лукограде", [LEFT_BEHIND])
    assert list(library.check()) == []
    library.put(file_of(treaty()))
    assert library.get(id_).instrument.place == "Лукоград"


def test_a_crash_between_the_two_writes_is_found_and_mended(library: Library) -> None:
    (id_,) = stored(library, treaty())
    library.put(file_of(treaty("Соглашение о почте"), name="почта.txt", text="о почте"))
    correct(library, id_, "place", ["Лукоград"], "Серова")
    (decision,) = library.decisions()
    library.decide({**decision, "value": ["Буян"], "time": "2999-01-01"})
    assert [f.rule for f in library.check()] == ["correction"]
    library.reindex()
    assert list(library.check()) == []
    assert library.get(id_).instrument.place == "Буян"
    library.decide({**decision, "value": None, "time": "2999-01-02"})
    assert [f.rule for f in library.check()] == ["correction"]
    assert mend(library) == 1
    assert (mend(library), list(library.check())) == (0, [])
    assert library.get(id_).instrument == treaty()


def test_deleted_neighbours_stay_deleted_and_come_back_corrected(library: Library) -> None:
    first, second = stored(library, treaty(), treaty("Протокол о переправах"))
    correct(library, first, "place", ["Лукоград"], "Серова")
    library.delete(first)
    correct(library, second, "place", ["Буян"], "Серова")
    assert [d.id for d in library.documents()] == [second]
    assert [d.summary.id for d in library.deleted()] == [first]
    with pytest.raises(NotFoundError):
        correct(library, first, "place", ["Кремль"], "Серова")
    library.restore(first)
    assert [library.get(i).instrument.place for i in (first, second)] == ["Лукоград", "Буян"]
    assert list(library.check()) == []


def test_titles_and_types_change_the_references_read(library: Library) -> None:
    body = (Provision("para_1", Kind.PARAGRAPH, "Статью 3 исключить.", "1"),)
    act = treaty("О мерах", provisions=body)
    (id_,) = stored(library, act)
    title = "Протокол о внесении изменений в Соглашение о почте от 3 июня 2001 года"
    act = correct(library, id_, "title", [title], "Серова").instrument
    assert act.layers[LAYER] == layer(act) != layer(replace(act, title="О мерах"))
    assert withdraw(library, id_, "title").instrument == treaty("О мерах", provisions=body)


def test_wrong_values_change_nothing(library: Library) -> None:
    (id_,) = stored(library, treaty())
    for field, given in (("date", ["вчера"]), ("notes", ["x"]), ("copies", ["много"]), ("title", ["", " "])):
        with pytest.raises(InputError):
            correct(library, id_, field, given, "Серова")
    with pytest.raises(NotFoundError):
        correct(library, "нет-такого", "date", ["2001-01-01"], "Серова")
    assert list(library.decisions()) == []
    assert library.get(id_).instrument == treaty()


def test_other_decisions_are_no_corrections(library: Library) -> None:
    library.decide({"key": "metadata:x:date"})
    library.decide({"key": key("x", "color"), "document": "x", "field": "color", "value": ["red"]})
    library.decide({"key": "cell:x:y", "document": "x"})
    assert list(all_stored(library.decisions())) == []
    assert stored(library, treaty())
    assert list(library.check()) == []


def test_people_correct_while_files_are_put(engine: Engine, library: Library) -> None:
    (id_,) = stored(library, treaty())
    fields = {"place": "Буян", "number": "12", "issuer": "Совет", "copies": "3"}

    def person(field: str) -> None:
        handle = engine.again(library)
        try:
            _patiently(lambda: correct(handle, id_, field, [fields[field]], field))
        finally:
            handle.close()

    def machine(_: int) -> None:
        for n in range(4):
            _patiently(lambda n=n: library.put(file_of(treaty(signatories=(str(n),)))))

    with ThreadPoolExecutor(5) as pool:
        done = [*(pool.submit(person, field) for field in fields), pool.submit(machine, 0)]
        for each in done:
            each.result()
    act = library.get(id_).instrument
    assert {f: str(getattr(act, f)) for f in fields} == fields
    assert len(act.corrected) == 4
    assert list(library.check()) == []


def test_exported_decisions_carry_the_corrections(engine: Engine, library: Library) -> None:
    (id_,) = stored(library, treaty())
    correct(library, id_, "place", ["Лукоград"], "Серова")
    told = exported(library)
    other = engine.fresh()
    try:
        stored(other, treaty())
        assert imported(other, told) == 1
        assert other.get(id_) == library.get(id_)
        correct(other, id_, "place", ["Буян"], "Орлов")
        assert imported(other, told) == 0
        assert other.get(id_).instrument.place == "Буян"
        assert list(other.check()) == []
    finally:
        other.close()
        engine.drop(other)


def _patiently(write) -> None:
    from corpus.errors import LibraryBusyError

    for _ in range(60):
        try:
            write()
        except LibraryBusyError:
            continue
        return
    pytest.fail("busy for ever")


def test_a_copy_bears_the_corrections(engine: Engine, library: Library) -> None:
    first, second = stored(library, treaty(), treaty("Протокол о переправах"))
    correct(library, first, "title", ["Соглашение о почте"], "Серова")
    library.delete(second)
    target = engine.fresh()
    try:
        copy(library, target)
        assert target.get(first) == library.get(first)
        assert list(target.check()) == []
    finally:
        target.close()
        engine.drop(target)
