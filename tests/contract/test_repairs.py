"""A repair judged wrong is taken back in the text on every engine, and comes back when the decision is undone."""

from dataclasses import replace

import pytest

from corpus.comparison.decided import decided
from corpus.comparison.decisions import exported, forget, imported
from corpus.comparison.grid import Verdict
from corpus.errors import InputError, NotFoundError
from corpus.library import Put
from corpus.metadata.correcting import correct
from corpus.search.search import search
from ingest.pipeline import parse_bytes
from ingest.withholding import judge, reader, redo, settle, undo
from search_api.answers.doubts.doubtful import DoubtKind, doubtful
from search_api.answers.doubts.repairs_told import RepairStanding, repairs_answer, repairs_of, taken_back
from tests.corpus.repairs.damaged import FERRY, TWO

NAME = "паром.txt"


@pytest.fixture(scope="module")
def parsed():
    return parse_bytes(FERRY.encode(), NAME)


@pytest.fixture
def ferry(library, parsed):
    (document,) = library.put(parsed).documents
    return document


def mark(library, document, now):
    """Return the mark of the repair that writes a word."""
    return next(one.mark for one in repairs_answer(library, document).repairs if now in one.now)


def text(library, document, eid):
    return library.get(document).find(eid).text


def found(library, query):
    return [hit.eid for hit in search(library, query).hits]


def test_a_repair_is_taken_back_and_put_in_its_place_again(library, parsed, ferry):
    before = library.get(ferry), library.source(ferry)
    assert found(library, "обеспечивают") == ["art_1__para_1"]
    (made,) = judge(
        library, ferry, [mark(library, ferry, "обеспечивают")], Verdict.REJECT, ("Серова", "так напечатано")
    )
    assert "о б е с п е ч и в а ю т его безопасность" in text(library, ferry, "art_1__para_1")
    assert found(library, "обеспечивают") == []
    assert [p.eid for p in library.get(ferry).instrument.walk()] == [p.eid for p in before[0].instrument.walk()]
    (told,) = taken_back(library, library.get(ferry), library.source(ferry))
    day = ".".join(reversed(made.time[:10].split("-")))
    assert told.told == f"оставлено как в источнике: решение Серова, {day}"
    assert (told.was, told.now) == ("о б е с п е ч и в а ю т", "обеспечивают")
    undo(library, made.key, "Дуров")
    assert (library.get(ferry), library.source(ferry)) == before
    assert found(library, "обеспечивают") == ["art_1__para_1"]
    assert [(one.key, one.withdrawn_by) for one in decided(library)] == [(made.key, "Дуров")]
    redo(library, made.key, "Дуров")
    assert "о б е с п е ч и в а ю т" in text(library, ferry, "art_1__para_1")
    assert library.check() == []


def test_it_lasts_when_the_file_is_read_again(library, parsed, ferry):
    judge(library, ferry, [mark(library, ferry, "Расходы")], Verdict.REJECT, ("Серова", ""))
    heading = library.get(ferry).find("art_2").heading
    assert heading == "Pасходы и сроки"  # the first letter is Latin
    assert library.put(reader(library)(parsed)).put is Put.UNCHANGED
    newer = replace(parsed, parser="svod 9", instruments=(replace(parsed.instruments[0], notes=("прочитано иначе",)),))
    assert library.put(reader(library)(newer)).put is Put.REPLACED
    assert library.get(ferry).find("art_2").heading == heading
    assert library.get(ferry).instrument.notes == ("прочитано иначе",)
    correct(library, ferry, "title", ["Соглашение о пароме"], "Дуров")
    assert library.get(ferry).find("art_2").heading == heading
    assert [d.value for d in library.get(ferry).instrument.corrected] == [("Соглашение о пароме",)]


def test_what_a_file_lost_on_the_way_is_told_and_mended(library, parsed, ferry):
    (made,) = judge(library, ferry, [mark(library, ferry, "Расходы")], Verdict.REJECT, ("Серова", ""))
    library.put(parsed)  # by a program that knows nothing of decisions
    assert [finding.rule for finding in library.check()] == ["repair"]
    assert settle(library) == 1
    assert library.get(ferry).find("art_2").heading == "Pасходы и сроки"
    library.delete(ferry)
    undo(library, made.key, "Серова")
    library.restore(ferry)
    assert settle(library) == 1
    assert library.get(ferry).find("art_2").heading == "Расходы и сроки"
    assert settle(library) == 0


def test_decisions_go_to_another_library(engine, library, parsed, ferry):
    judge(library, ferry, [mark(library, ferry, "Расходы")], Verdict.REJECT, ("Серова", ""))
    judge(library, ferry, [mark(library, ferry, "обеспечивают")], Verdict.CONFIRM, ("Серова", ""))
    told = exported(library)
    other = engine.fresh()
    try:
        other.put(parsed)
        assert imported(other, told, "Дуров") == 2
        settle(other)
        assert other.get(ferry) == library.get(ferry)
        standings = {one.standing for one in repairs_answer(other, ferry).repairs}
        assert standings == set(RepairStanding)
    finally:
        other.close()
        engine.drop(other)


def test_a_later_answer_replaces_an_earlier_one(library, ferry):
    name = mark(library, ferry, "обеспечивают")
    (taken,) = judge(library, ferry, [name], Verdict.REJECT, ("Серова", ""))
    (kept,) = judge(library, ferry, [name], Verdict.CONFIRM, ("Дуров", ""))
    assert taken.key == kept.key
    assert "обеспечивают" in text(library, ferry, "art_1__para_1")
    with pytest.raises(NotFoundError):
        judge(library, ferry, ["0" * 16], Verdict.REJECT, ("Серова", ""))
    with pytest.raises(InputError):
        judge(library, ferry, [name], Verdict.ADD, ("Серова", ""))


def test_acts_of_one_file_are_judged_apart(library):
    one, two = library.put(parse_bytes(TWO.encode(), "два.txt")).documents
    judge(library, two, [mark(library, two, "освещает")], Verdict.REJECT, ("Серова", ""))
    judge(library, one, [mark(library, one, "Протокол")], Verdict.REJECT, ("Серова", ""))
    assert "о с в е щ а е т" in text(library, two, "art_1")
    assert text(library, one, "art_2").startswith("Пpотокол")
    for document in (one, two):
        told = repairs_of(library, library.get(document), library.source(document))
        assert [r.standing for r in told].count(RepairStanding.TAKEN_BACK) == 1


def test_a_decision_whose_place_is_gone_is_doubtful(library, ferry):
    (made,) = judge(library, ferry, [mark(library, ferry, "обеспечивают")], Verdict.REJECT, ("Серова", ""))
    stale = [one for one in doubtful(library) if one.kind is DoubtKind.STALE]
    assert stale == []
    library.put(reader(library)(parse_bytes(FERRY.replace("его безопас-\nность", "порядок").encode(), NAME)))
    assert [(one.kind, one.what) for one in doubtful(library) if one.kind is DoubtKind.STALE] == [
        (DoubtKind.STALE, made.key)
    ]
    forget(library, made.key)
    assert not [one for one in doubtful(library) if one.kind is DoubtKind.STALE]
