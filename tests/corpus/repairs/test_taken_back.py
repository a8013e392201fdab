"""Repairs taken back in the text: only their own places change, all of them give the source, undoing gives all back."""

import re
from dataclasses import replace

import pytest

from analyzers.repair import THETA
from analyzers.spans import Span
from corpus.comparison.grid import Verdict
from corpus.comparison.judging.judged import judgements, repair_decision
from corpus.metadata.documents import documents_of
from corpus.repairs.printed import as_printed, sites, source_words
from corpus.repairs.spots import forms, located, spot_of
from ingest.pipeline import parse_bytes
from ingest.withholding import withholding
from tests.corpus.repairs.damaged import ACTS

WITHOUT_BLANKS = re.compile(r"\s++")


@pytest.fixture(scope="module", params=ACTS, ids=list(ACTS))
def file(request):
    return parse_bytes(ACTS[request.param].encode(), f"{request.param}.txt")


def decisions_on(file, numbers):
    """Decide that repairs of a file are wrong, each in the act whose words it stands in."""
    made = []
    for document, act in zip(documents_of(file), file.instruments, strict=True):
        for number, site in sites(file, act).items():
            if number in numbers:
                spot = spot_of(file, file.edits[number])
                made.append(repair_decision(document.id, spot, Verdict.REJECT, ("Серова", ""), site.eid))
    return made


def taken(file, numbers):
    return withholding(file, decisions_on(file, numbers))


@pytest.fixture(scope="module")
def bare(file):
    """The file with every repair taken back."""
    return taken(file, set(standing(file)))


def words(file):
    return [(p.eid, p.num, p.heading, p.text) for act in file.instruments for p in act.walk()]


def standing(file):
    return [number for act in file.instruments for number in sites(file, act)]


def letters(text):
    return WITHOUT_BLANKS.sub("", text)


def test_there_is_something_to_take_back(file):
    assert len(standing(file)) > 4


def test_taking_back_any_one_repair_changes_its_provision_alone(file):
    for place, act in enumerate(file.instruments):
        before = words(file)
        for number, site in sites(file, act).items():
            acts = list(file.instruments)
            acts[place] = as_printed(file, act, {number})
            changed = [
                now[0]
                for was, now in zip(before, words(replace(file, instruments=tuple(acts))), strict=True)
                if was != now
            ]
            assert changed == [site.eid], file.edits[number]


def test_one_taken_back_stands_as_in_the_source(file):
    for act in file.instruments:
        for number, site in sites(file, act).items():
            was, _ = forms(file, file.edits[number])
            (provision,) = [p for p in as_printed(file, act, {number}).walk() if p.eid == site.eid]
            shown = provision.heading if site.piece is None else provision.text
            first = was.split()[0]
            assert letters(source_words(file, file.edits[number])) in letters(shown)
            assert first in " ".join(shown.split()), (was, shown)


def test_taking_back_all_of_them_gives_the_original_letter_for_letter(file, bare):
    made = bare
    assert [p.eid for a in made.instruments for p in a.walk()] == [eid for eid, *_ in words(file)]
    assert made.edits != file.edits
    left = {(e.start, e.end) for e in made.edits if e.confidence >= THETA}
    for act in made.instruments:
        for provision in act.walk():
            for piece in provision.trace:
                source = file.text[piece.source.start : piece.source.end]
                if (piece.source.start, piece.source.end) not in left and "\n" not in source.strip():
                    assert letters(provision.text[piece.text.start : piece.text.end]) == letters(source)
        assert not sites(made, act)


def test_undoing_gives_the_earlier_state(file, bare):
    assert bare != file
    assert withholding(bare, []) == file
    one = decisions_on(file, {min(standing(file))})
    assert withholding(bare, one) == withholding(file, one)


def test_what_is_read_of_the_words_is_read_anew(bare):
    for act in bare.instruments:
        texts = {p.eid: p.text for p in act.walk()}
        for row in act.layers["entities"]:
            start, end = row["span"]
            assert 0 <= start < end <= len(texts[row["eid"]])
        for provision in act.walk():
            for variant in provision.variants:
                held = provision.heading if variant.in_heading else provision.text
                assert held[variant.span.start : variant.span.end].strip()
            ends = [end for piece in provision.trace for end in piece.text]
            assert ends == sorted(ends)
            assert ends[-1:] <= [len(provision.text)]


def test_a_newer_program_finds_the_places_by_their_words(file):
    """The same words a little further down, in other bytes: the decisions of the document go with them."""
    decisions = decisions_on(file, set(standing(file)))
    at = len(file.text.splitlines()[0])
    moved = replace(
        file,
        sha256="f" * 64,
        text=f"{file.text[:at]} {file.text[at:]}",
        edits=tuple(replace(e, start=e.start + (e.start >= at), end=e.end + (e.end > at)) for e in file.edits),
    )
    assert {located(moved, one.spot) for one in decisions} == {
        Span(one.spot.start + (one.spot.start >= at), one.spot.end + (one.spot.end > at)) for one in decisions
    }
    assert judgements(moved, decisions).keys() == judgements(file, decisions).keys()


def test_a_place_whose_words_are_gone_is_lost(file):
    (decision, *_) = decisions_on(file, set(standing(file)))
    other = replace(file, sha256="f" * 64, text=file.text.replace(decision.spot.was + decision.spot.after, "…"))
    assert located(file, decision.spot) is not None
    assert located(other, decision.spot) is None
