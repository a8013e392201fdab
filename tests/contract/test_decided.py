"""What people decided is told, undone and done again on every engine."""

from dataclasses import replace

import pytest

from corpus.comparison.decided import (
    DecisionKind,
    again,
    chosen,
    decided,
    exported_whole,
    redo,
    stale_among,
    undo,
    undo_fact,
)
from corpus.comparison.decisions import (
    cell_decision,
    decisions,
    doubt_decision,
    equivalent_decision,
    exported,
    keep,
)
from corpus.comparison.grid import CellStatus, Verdict
from corpus.comparison.kept.library_cells import cells_in
from corpus.errors import NotFoundError
from corpus.metadata.correcting import correct
from tests.contract.test_decisions import ONE, TWO, file_of

KINDS = [kind for kind in DecisionKind if kind is not DecisionKind.REPAIR]
"""Repairs are in test_repairs.py: the text follows them."""


@pytest.fixture
def library(library):
    library.put(file_of("маяки.txt", ONE))
    library.put(file_of("гавани.txt", TWO))
    return library


@pytest.fixture
def documents(library):
    return [next(library.get(s.id) for s in library.documents() if s.source == n) for n in ("маяки.txt", "гавани.txt")]


@pytest.fixture
def made(library, documents):
    """Decisions of each kind in their order, by two people."""
    one, two = documents
    cell = keep(library, cell_decision(one, "expenses", Verdict.REJECT, "Серова"))
    pair = keep(library, equivalent_decision((one, "art_1"), (two, "art_2"), Verdict.ADD, "Дуров", "те же фонари"))
    correct(library, two.id, "date", ["2002-03-04"], "Серова")
    doubt = keep(library, doubt_decision(one, "5e6a", Verdict.REJECT, "Дуров", ("Слово прочтено неуверенно", "art_1")))
    return {
        DecisionKind.CELL: cell.key,
        DecisionKind.EQUIVALENT: pair.key,
        DecisionKind.METADATA: f"metadata:{two.id}:date",
        DecisionKind.DOUBT: doubt.key,
    }


def test_decisions_of_every_kind_are_told_the_latest_first(library, made, documents):
    found = decided(library)
    assert [one.key for one in found] == list(reversed(made.values()))
    assert [one.kind for one in found] == list(reversed(made))
    assert [one.documents for one in found][2] == (documents[0].id, documents[1].id)
    assert {one.kind for one in chosen(found, author="Серова")} == {DecisionKind.CELL, DecisionKind.METADATA}
    assert [one.key for one in chosen(found, kind="equivalent")] == [made[DecisionKind.EQUIVALENT]]
    assert not chosen(found, author="Никто")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_undone_is_told_with_who_undid_it_and_comes_back_as_it_was(library, made, documents, kind):
    one, two = documents
    before = {d["key"]: d for d in library.decisions()}

    def in_force():
        return (
            cells_in(library).status(one.id, "expenses") is CellStatus.ABSENT,
            bool([d for d in decisions(library, documents).values() if d.other]),
            library.get(two.id).instrument.date == "2002-03-04",
            bool([d for d in decisions(library, documents).values() if d.doubt]),
        )

    assert in_force() == (True, True, True, True)
    undo(library, made[kind], "Лунин")
    assert in_force() == tuple(k is not kind for k in KINDS)
    (gone,) = chosen(decided(library), undone=True)
    assert (gone.key, gone.withdrawn_by, gone.author) == (made[kind], "Лунин", "Лунин")
    assert decided(library)[0] == gone  # it is the latest that was done
    assert made[kind] not in [d["key"] for d in exported(library)["decisions"]]
    with pytest.raises(NotFoundError, match="уже отменили"):
        undo(library, made[kind], "Лунин")
    assert [d["key"] for d in exported_whole(library)["withdrawn"]] == [made[kind]]
    redo(library, made[kind], "Вяземский")
    assert in_force() == (True, True, True, True)
    after = {d["key"]: dict(d) for d in library.decisions()}
    assert after[made[kind]].pop("renewed_by") == decided(library)[0].author == "Вяземский"
    assert after[made[kind]].pop("renewed_at") == decided(library)[0].time > gone.time
    assert after == before
    with pytest.raises(NotFoundError, match="уже отменили или вернули"):
        redo(library, made[kind], "Вяземский")
    assert not library.check()


def test_a_decision_taken_anew_outlives_the_one_undone(library, made, documents):
    key = made[DecisionKind.CELL]
    undo(library, key, "Лунин")
    keep(library, cell_decision(documents[0], "expenses", Verdict.CONFIRM, "Дуров"))
    (now,) = chosen(decided(library), kind="cell")
    assert (now.made.verdict, now.made.author, now.withdrawn_by) == (Verdict.CONFIRM, "Дуров", "")
    redo(library, key, "Лунин")
    assert chosen(decided(library), kind="cell") == [now]


def test_a_fact_put_back_on_its_own_page_is_among_what_was_undone(library, made, documents):
    undo_fact(library, documents[1].id, "date", "Лунин")
    assert [one.made.value for one in chosen(decided(library), undone=True)] == [("2002-03-04",)]
    assert library.get(documents[1].id).instrument.date == "2001-02-03"


def test_a_decision_whose_text_changed_is_told_and_made_again_of_the_words_as_they_are(library, made, documents):
    one, _ = documents
    assert not stale_among(library, decided(library))
    articles = [*ONE.provisions]
    articles[0] = replace(articles[0], text="Маячные фонари зажигаются затемно.")
    library.put(file_of("маяки.txt", replace(ONE, provisions=tuple(articles))))
    assert library.get(one.id).find("art_1").text == "Маячные фонари зажигаются затемно."
    changed = {d.key for d in stale_among(library, decided(library))}
    assert changed == {made[DecisionKind.CELL], made[DecisionKind.EQUIVALENT]}
    for key in sorted(changed):
        again(library, key, "Лунин")
    assert not stale_among(library, decided(library))
    pair = next(d for d in decided(library) if d.kind is DecisionKind.EQUIVALENT)
    assert (pair.made.verdict, pair.made.note, pair.author) == (Verdict.ADD, "те же фонари", "Лунин")
    assert cells_in(library).status(one.id, "expenses") is CellStatus.ABSENT
    library.delete(one.id)
    with pytest.raises(NotFoundError):
        again(library, made[DecisionKind.EQUIVALENT], "Лунин")
    assert not stale_among(library, decided(library))
