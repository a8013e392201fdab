"""eIds and document ids: built, taken apart, unique, readable."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.letters import roman
from corpus import eid as eids
from corpus.eid import Step
from corpus.metadata.documents import documents_of
from corpus.metadata.identity import readable_id
from corpus.model import InstrumentType, Kind, SourceFile
from tests import strategies

UNNUMBERED = {Kind.PREAMBLE, Kind.CONCLUSIONS, Kind.BODY}
numbers = st.one_of(
    st.integers(1, 400).map(str),
    st.sampled_from(["3.1", "12¹", "12.1", "а", "б", "щ", "э", "я", "Ж", "5.2.1", "a", "1-1"]),
)
steps = st.sampled_from(Kind).flatmap(
    lambda kind: st.builds(
        Step,
        st.just(kind),
        st.none() if kind in UNNUMBERED else numbers.map(eids.transliterate),
        st.sampled_from([1, 1, 2, 3, 11]),
    )
)


@settings(deadline=None)
@given(st.lists(steps, min_size=1, max_size=6))
def test_build_and_parse(path: list[Step]) -> None:
    eid = ""
    for step in path:
        eid = eids.child(eid, eids.step(*step))
    assert eids.parse(eid) == tuple(path)
    assert re.fullmatch(r"[a-z0-9_-]+", eid)
    assert eids.parent(eid) == ("__".join(eid.split("__")[:-1]) or None)


EXAMPLES = [
    ("art_6__para_1", [("article", "6", 1), ("paragraph", "1", 1)]),
    ("para_3__subpara_3-1", [("paragraph", "3", 1), ("subparagraph", "3-1", 1)]),
    ("art_5__para_1__point_a", [("article", "5", 1), ("paragraph", "1", 1), ("point", "a", 1)]),
    ("art_2__para_1__al_4", [("article", "2", 1), ("paragraph", "1", 1), ("alinea", "4", 1)]),
    ("preamble__al_2", [("preamble", None, 1), ("alinea", "2", 1)]),
    ("conclusions__al_2", [("conclusions", None, 1), ("alinea", "2", 1)]),
    ("att_1__para_2", [("attachment", "1", 1), ("paragraph", "2", 1)]),
    ("sec_1", [("section", "1", 1)]),
    ("chp_1", [("chapter", "1", 1)]),
    ("art_12-1", [("article", "12-1", 1)]),
    ("art_6_2", [("article", "6", 2)]),
    ("note_1", [("note", "1", 1)]),
    ("body", [("body", None, 1)]),
    ("body_2", [("body", None, 2)]),
    ("body__al_2", [("body", None, 1), ("alinea", "2", 1)]),
]


@pytest.mark.parametrize(("eid", "expected"), EXAMPLES)
def test_examples(eid: str, expected: list[tuple[str, str | None, int]]) -> None:
    assert eids.parse(eid) == tuple(Step(Kind(kind), num, again) for kind, num, again in expected)


@pytest.mark.parametrize(
    "eid", ["", "art_", "статья_1", "art_1__", "foo_1", "art 1", "art_1___para_1", "art_1_01", "body_x"]
)
def test_no_eids(eid: str) -> None:
    with pytest.raises(ValueError):
        eids.parse(eid)


LETTERS = dict(
    zip("абвгдежзийклмнопрстуфхцчшщэюя", "a b v g d e zh z i j k l m n o p r s t u f x cz ch sh shh eh yu ya".split())  # noqa: B905, SIM905
)


@pytest.mark.parametrize(("letter", "latin"), LETTERS.items())
def test_letters(letter: str, latin: str) -> None:
    assert eids.transliterate(letter) == eids.transliterate(letter.upper()) == latin


def test_letters_stay_apart() -> None:
    assert len({eids.transliterate(letter) for letter in LETTERS}) == len(LETTERS)


@pytest.mark.parametrize(
    ("num", "expected"),
    [("3.1", "3-1"), ("12¹", "12-1"), ("12.1", "12-1"), ("5.2.1", "5-2-1"), (" 7. ", "7"), ("1–3", "1-3")],
)
def test_printed_numbers(num: str, expected: str) -> None:
    assert eids.transliterate(num) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [("I", 1), ("IV", 4), ("XIV", 14), ("Х", 10), ("ХІХ", 19), ("МСМ", 1900), ("IIII", None), ("", None), ("А", None)],
)
def test_roman(text: str, value: int | None) -> None:
    assert roman(text) == value


@settings(max_examples=20, deadline=None)
@given(file=strategies.files(spans=False))
def test_eids_and_ids_are_unique(file: SourceFile) -> None:
    documents = documents_of(file)
    assert len({d.id for d in documents}) == len(documents)
    for document in documents:
        every = [p.eid for p in document.instrument.walk()]
        assert len(set(every)) == len(every)
        assert re.fullmatch(r"[a-z]+-(\d{4}-\d\d-\d\d|undated)-[a-z0-9-]+-[0-9a-f]{6}", document.id)
        assert document.find(every[-1]).eid == every[-1]


def test_id_depends_on_source_and_place_alone() -> None:
    make = readable_id
    one = make(InstrumentType.TREATY, "2001-02-03", "Договор о реке", "а/б.txt", 0)
    assert one == "treaty-2001-02-03-o-reke-" + one[-6:]
    assert make(InstrumentType.TREATY, "2001-02-03", "Договор о реке", "а/б.txt", 1)[-6:] != one[-6:]
    assert make(InstrumentType.TREATY, None, "", "а/б.txt", 0) == f"treaty-undated-bez-nazvaniya-{one[-6:]}"
