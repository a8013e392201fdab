"""Comparison over a real library: candidates from the index, decisions that survive and are flagged."""

import hashlib
import json
from dataclasses import replace

import pytest

from corpus.comparison.decisions import (
    cell_decision,
    decisions,
    equivalent_decision,
    equivalent_key,
    exported,
    forget,
    imported,
    keep,
)
from corpus.comparison.elsewhere import elsewhere
from corpus.comparison.equivalents import equivalents_in
from corpus.comparison.grid import CellStatus, Status, Verdict
from corpus.comparison.table import compare_in
from corpus.errors import InputError, NotFoundError
from corpus.local.library import LocalLibrary
from corpus.model import SourceFile
from search_api.answers.compared import comparison_shape, equivalents_shape
from tests.corpus.comparison.samples import ARCHIVE, POSTAL


def source(name, instrument, mark=""):
    text = mark + "\n".join(p.text for p in instrument.walk())
    return SourceFile(
        name, hashlib.sha256(f"{name}{text}".encode()).hexdigest(), "text", "utf-8", text, instruments=(instrument,)
    )


@pytest.fixture
def library(tmp_path):
    library = LocalLibrary(tmp_path / "библиотека")
    for name, instrument in (("почта.txt", POSTAL), ("архив.txt", ARCHIVE), ("почта-копия.txt", POSTAL)):
        library.put(source(name, instrument))
    yield library
    library.close()


@pytest.fixture
def ids(library):
    return {s.source: s.id for s in library.documents()}


def changed(eid, text):
    return replace(POSTAL, provisions=tuple(replace(p, text=text) if p.eid == eid else p for p in POSTAL.provisions))


def test_where_else_a_provision_stands(library, ids):
    (answer,) = elsewhere(library, ids["архив.txt"], "art_5")
    assert answer.status is Status.FOUND
    best = answer.candidates[0]
    assert (best.document in (ids["почта.txt"], ids["почта-копия.txt"]), best.eid) == (True, "art_5")
    assert best.citation == "ст. 5"
    assert len(best.copies) == 1
    assert all(0 <= s.start < s.end <= len(best.text) for s in best.spans)


def test_what_stands_nowhere_else_is_absent(library, ids):
    (answer,) = elsewhere(library, ids["архив.txt"], "art_7")
    assert answer.status is Status.ABSENT


def test_a_whole_document_is_asked_at_once(library, ids):
    answers = {a.eid: a for a in elsewhere(library, ids["почта.txt"])}
    assert all(a.status is Status.FOUND and a.candidates[0].score == 1.0 for a in answers.values())
    for eid in ("art_99", "art_4"):
        with pytest.raises(NotFoundError):
            elsewhere(library, ids["почта.txt"], eid)


def test_shapes_are_json_and_hold_what_the_contract_names(library, ids):
    one, two = ids["почта.txt"], ids["архив.txt"]
    told = json.loads(json.dumps([equivalents_shape(a) for a in equivalents_in(library, one, two)], ensure_ascii=False))
    assert {"document", "eid", "status", "candidates"} <= told[0].keys()
    assert {"document", "source", "instrument", "eid", "spans", "score"} <= told[0]["candidates"][0].keys()
    assert told[0]["candidates"][0]["source"] == "архив.txt"
    table = json.loads(json.dumps(comparison_shape(compare_in(library, [one, two])), ensure_ascii=False))
    assert table["documents"] == [one, two]
    assert {"topic", "label", "differs", "cells"} <= table["rows"][0].keys()
    assert {"status", "provisions", "values"} <= table["rows"][0]["cells"][two].keys()


def test_a_decision_wins_survives_and_is_flagged_when_the_text_changes(library, ids):
    one, two = library.get(ids["почта.txt"]), library.get(ids["архив.txt"])
    keep(library, cell_decision(one, "expenses", Verdict.CORRECT, "Анна", ["art_6"], "см. письмо"))
    keep(library, cell_decision(one, "disputes", Verdict.REJECT, "Анна"))
    keep(library, equivalent_decision((one, "art_5"), (two, "art_6"), Verdict.ADD, "Анна"))
    keep(library, equivalent_decision((two, "art_5"), (one, "art_5"), Verdict.REJECT, "Анна"))

    def state():
        table = compare_in(library, [one.id, two.id])
        cell = next(r for r in table.rows if r.topic == "expenses").cells[one.id]
        (answer,) = equivalents_in(library, one.id, two.id, "art_5")
        return (
            [p.eid for p in cell.provisions],
            cell.decision.stale,
            answer.candidates[0].eid,
            {d.stale for d in answer.decisions},
        )

    assert state() == (["art_6"], False, "art_6", {False})
    library.put(source("почта.txt", POSTAL, mark="\n"))  # other bytes, the same words
    assert state() == (["art_6"], False, "art_6", {False})
    library.put(source("почта.txt", changed("art_6", "Стороны пользуются финским языком.")))
    provisions, stale, _, others = state()
    assert (provisions, stale, others) == (["art_5"], True, {False})
    library.put(source("почта.txt", changed("art_5", "Расходы несет запрашивающая Сторона.")))
    assert state()[3] == {True}
    rows = {r.topic: r for r in compare_in(library, [one.id, two.id]).rows}
    rejected = rows["disputes"].cells[one.id]
    assert (rejected.status, rejected.decision.stale) == (CellStatus.PRESENT, True)


def test_a_decision_counts_from_either_side(library, ids):
    one, two = library.get(ids["почта.txt"]), library.get(ids["архив.txt"])
    assert equivalent_key(one.id, "art_5", two.id, "art_5") == equivalent_key(two.id, "art_5", one.id, "art_5")
    keep(library, equivalent_decision((one, "art_5"), (two, "art_5"), Verdict.REJECT, "Анна"))
    for asked, other in ((one, two), (two, one)):
        (answer,) = equivalents_in(library, asked.id, other.id, "art_5")
        assert "art_5" not in [c.eid for c in answer.candidates]
        assert answer.status is Status.ABSENT
    forget(library, equivalent_key(two.id, "art_5", one.id, "art_5"))
    assert equivalents_in(library, one.id, two.id, "art_5")[0].candidates[0].eid == "art_5"


def test_decisions_travel_between_libraries(library, ids, tmp_path):
    one = library.get(ids["почта.txt"])
    keep(library, cell_decision(one, "expenses", Verdict.REJECT, "Анна", note="нет"))
    value = json.loads(json.dumps(exported(library)))
    other = LocalLibrary(tmp_path / "другая")
    other.put(source("почта.txt", POSTAL))
    assert imported(other, value) == 1
    assert decisions(other, [one]) == decisions(library, [one])
    keep(library, cell_decision(one, "expenses", Verdict.CONFIRM, "Борис"))
    assert imported(library, value) == 0, "an older decision replaces no newer one"
    cell = next(r for r in compare_in(library, [one.id, ids["архив.txt"]]).rows if r.topic == "expenses").cells[one.id]
    assert (cell.status, cell.decision.author) == (CellStatus.PRESENT, "Борис")
    other.close()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"version": 2, "decisions": []},
        {"version": 1, "decisions": [{}]},
        {"version": 1, "decisions": [7]},
    ],
)
def test_what_is_no_export_is_refused_whole(library, value):
    with pytest.raises(InputError):
        imported(library, value)
    assert exported(library)["decisions"] == []


def test_impossible_decisions_are_refused(library, ids):
    one = library.get(ids["почта.txt"])
    with pytest.raises(InputError):
        cell_decision(one, "expenses", Verdict.ADD, "Анна")
    with pytest.raises(InputError):
        cell_decision(one, "expenses", Verdict.CORRECT, "Анна")
    with pytest.raises(NotFoundError):
        cell_decision(one, "expenses", Verdict.CORRECT, "Анна", ["art_77"])
    with pytest.raises(InputError):
        equivalent_decision((one, "art_5"), (one, "art_6"), Verdict.CORRECT, "Анна")
    with pytest.raises(InputError):
        cell_decision(one, "expenses", Verdict.REJECT, "Анна", note="я" * 5000)
