"""Formulae as acts print them, one by one over an invented act: what each makes of the whole text, or that it is told."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from corpus.effects.editions import Amending, Edition, editions
from corpus.effects.instructions import stored
from corpus.effects.orders.roles import Role
from corpus.effects.orders.scanning import tokens
from corpus.model import Instrument
from tests.corpus.effects.cases import Line, lines
from tests.corpus.effects.generator.acts import amending, parsed, texts

Words = dict[str, tuple[str | None, str]]
"""Heading and text of each provision by eId; the title of the act stands under "title"."""


def formulae() -> Iterator[Line]:
    """Read instructions over invented acts, each with what it makes of the act's text."""
    for line in lines("formulae.cases", "formulae_wider.cases", "further.cases"):
        yield replace(line, text=line.text.replace("⏎", "\n"))


@cache
def base(act: str) -> Instrument:
    """Return an invented act."""
    return parsed(texts()[act])


def printed(case: Line) -> str:
    """Print the amending act of a case."""
    whole = amending(base(case.head), ["?" if case.text.startswith("@") else case.text])
    if not case.text.startswith("@"):
        return whole
    start = whole.index("Статья 1\n") if "Статья 1\n" in whole else whole.index("1. ")
    end = whole.find("\n\nСовершено")
    return whole[:start] + case.text[1:] + (whole[end:] if end > 0 else "\n")


def applied(case: Line) -> Edition:
    """Return the text after the instruction of a case."""
    row = Amending("p", "2007-07-07", "2007-07-07", stored(parsed(printed(case), "amending.txt")))
    return editions(base(case.head), [row], None)[-1]


def words(title: str, roots: tuple) -> Words:  # type: ignore[type-arg]
    """Return all words of an act."""
    own = {p.eid: (p.heading or None, p.text) for root in roots for p in root.walk()}
    return {**own, "title": (None, title)}


def wanted(case: Line) -> Words:
    """Return the words a case asks for."""
    act = base(case.head)
    before = words(act.title, act.provisions)
    moves = [line.split(" -> ") for line in case.answer if " -> " in line]
    gone = [line[2:] for line in case.answer if line.startswith("- ")] + [old for old, _ in moves]
    after = {e: w for e, w in before.items() if not any(_inside(e, g) for g in gone)}
    for old, new in moves:
        after |= {new + e.removeprefix(old): w for e, w in before.items() if _inside(e, old)}
    for line in case.answer:
        if " ^ " in line:
            eid, heading = line.split(" ^ ")
            after[eid] = (heading or None, after.get(eid, (None, ""))[1])
        elif " =>" in line:
            eid, _, change = line.partition(": ")
            old, _, new = change.partition(" =>")
            assert after[eid][1].count(old) == 1, (case.id, old)
            after[eid] = (after[eid][0], after[eid][1].replace(old, new.removeprefix(" ")))
        elif " =" in line:
            eid, _, text = line.partition(" =")
            after[eid] = (after.get(eid, (None, ""))[0], text.strip())
    return after


def _inside(eid: str, holder: str) -> bool:
    return eid == holder or eid.startswith(f"{holder}__")


def outcome(case: Line) -> str:
    """Say what became of a case: exact, refused and told, silent, or wrong."""
    act, last = base(case.head), applied(case)
    have, before = words(last.title, last.provisions), words(act.title, act.provisions)
    if case.answer == ["!"]:
        return "wrong" if have != before else "exact" if last.unapplied else "silent"
    asked = wanted(case)
    if have == asked and not last.unapplied:
        return "exact"
    if any(have.get(e) not in (before.get(e), asked.get(e)) for e in have.keys() | asked.keys()):
        return "wrong"
    return "refused" if last.unapplied else "silent"


@pytest.mark.parametrize("case", list(formulae()), ids=lambda c: c.id)
def test_a_formula_is_applied_whole_or_refused(case: Line) -> None:
    assert outcome(case) == ("refused" if case.known else "exact"), [u.reason for u in applied(case).unapplied]


LEFT_OPEN = [
    'В статье 2 Закона № 5-З "О внесении изменений в Закон "О пасеках" слова "1 июля" заменить словами "1 мая".',
    "В статье 2 Закона № 5-З «О внесении изменений в Закон «О пасеках» слова «1 июля» заменить словами «1 мая».",
    'В статье 2 Закона № 5-З "О внесении изменений в Закон "О пасеках"" слова "1 июля" заменить словами "1 мая".',
    "В статье 2 Закона № 5-З «О внесении изменений в Закон «О пасеках»» слова «1 июля» заменить словами «1 мая».",
]


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_a_title_whose_inner_marks_are_left_open_hides_no_words(text: str) -> None:
    assert [t.text for t in tokens(text) if t.role is Role.QUOTE] == ["1 июля", "1 мая"]
