"""Formulae as acts print them, one by one over an invented act: what each makes of the whole text, or that it is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from corpus.effects.editions import Amending, Edition, editions
from corpus.effects.instructions import stored
from corpus.model import Instrument
from tests.corpus.effects.generator.acts import amending, parsed, texts

FILE = Path(__file__).with_name("formulae.cases")
Words = dict[str, tuple[str | None, str]]
"""Heading and text of each provision by eId; the title of the act stands under "title"."""


@dataclass(slots=True)
class Formula:
    """An instruction over an act with its answer; `known` says that it is known not to be read yet, and told so."""

    act: str
    text: str
    known: bool
    answer: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return what a report shows."""
        return f"{self.act}: {self.text[:90]}"


def formulae() -> Iterator[Formula]:
    """Read the table of cases."""
    act, last = "", None
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            act = line[3:]
        elif line.startswith("  ") and last:
            last.answer.append(line[2:])
        elif line and not line.startswith("#"):
            if last:
                yield last
            last = Formula(act, line.removeprefix("?").replace("⏎", "\n"), line.startswith("?"))
    if last:
        yield last


@cache
def base(act: str) -> Instrument:
    """Return an invented act."""
    return parsed(texts()[act])


def printed(case: Formula) -> str:
    """Print the amending act of a case."""
    whole = amending(base(case.act), ["?" if case.text.startswith("@") else case.text])
    if not case.text.startswith("@"):
        return whole
    start = whole.index("Статья 1\n") if "Статья 1\n" in whole else whole.index("1. ")
    end = whole.find("\n\nСовершено")
    return whole[:start] + case.text[1:] + (whole[end:] if end > 0 else "\n")


def applied(case: Formula) -> Edition:
    """Return the text after the instruction of a case."""
    row = Amending("p", "2007-07-07", "2007-07-07", stored(parsed(printed(case), "amending.txt")))
    return editions(base(case.act), [row], None)[-1]


def words(title: str, roots: tuple) -> Words:  # type: ignore[type-arg]
    """Return all words of an act."""
    own = {p.eid: (p.heading or None, p.text) for root in roots for p in root.walk()}
    return {**own, "title": (None, title)}


def wanted(case: Formula) -> Words:
    """Return the words a case asks for."""
    act = base(case.act)
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


def outcome(case: Formula) -> str:
    """Say what became of a case: exact, refused and told, silent, or wrong."""
    act, last = base(case.act), applied(case)
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
def test_a_formula_is_applied_whole_or_refused(case: Formula) -> None:
    assert outcome(case) == ("refused" if case.known else "exact"), [u.reason for u in applied(case).unapplied]
