"""Wordings of force: when an act comes into force, how long it lasts, what ends it; all over one library."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest

from corpus.effects.lives import Lives
from corpus.effects.standing import DEAD
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes

FILE = Path(__file__).with_name("force.cases")
HEADS, TAILS = "Ба Ве Ги До Жу Ка Ле Ми Но Ру Ся Тю Фе Хо", "рог нец лим дар вол кам тыч пст"
PASSES = ["".join(pair) for pair in product(HEADS.split(), TAILS.split())]
AT_ONCE = "вступает в силу с даты его подписания"


@dataclass(slots=True)
class Wording:
    """A clause, what kind of act it stands in, days with the states asked for; `known` is known not to be read."""

    kind: str
    text: str
    known: bool
    place: str
    asked: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return what a report shows."""
        return f"{self.kind}: {self.text[:80]}"


def wordings() -> Iterator[Wording]:
    """Read the table of cases, each about a treaty of its own."""
    kind, last, places = "", None, iter(PASSES)
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            kind = line[3:]
        elif line.startswith("  ") and last:
            last.asked.append(line[2:])
        elif line and not line.startswith("#"):
            if last:
                yield last
            last = Wording(kind, line.removeprefix("?"), line.startswith("?"), next(places))
    if last:
        yield last


def printed(case: Wording) -> list[tuple[str, str]]:
    """Print the treaty of a case, and the protocol about it, as (file name, text)."""
    name = f"между Кантоном Липовец и Вересской Республикой о перевале {case.place}"
    force = case.text if case.kind == "force" else AT_ONCE
    force += " и действует до 31 декабря 2009 года" if case.kind == "acting until" else ""
    end = "Совершено в г. Липовце {} в двух экземплярах.\n"
    treaty = (
        f"ДОГОВОР\n{name}\n\nг. Липовец, 3 мая 2004 года\n\nСтороны согласились о нижеследующем:\n\nСтатья 1\n\n"
        "1. Стороны пропускают ульи через перевал.\n\n2. Пропуск ведётся по спискам.\n\n"
        f"Статья 2\n\nНастоящий Договор {force}.\n\n{end.format('3 мая 2004 года')}"
    )
    if case.kind == "force":
        return [(f"{case.place}.txt", treaty)]
    dated = f"{name} от 3 мая 2004 года"
    body = case.text.format(D=f"Договор {dated}", R=f"Договора {dated}", T=f"Договором {dated}")
    protocol = (
        f"ПРОТОКОЛ\nк Договору {dated}\n\nг. Липовец, 7 июля 2007 года\n\nСтороны согласились о нижеследующем:\n\n"
        f"Статья 1\n\n{body}\n\nСтатья 2\n\nНастоящий Протокол {AT_ONCE}.\n\n{end.format('7 июля 2007 года')}"
    )
    return [(f"{case.place}.txt", treaty), (f"{case.place}-p.txt", protocol)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lives, dict[str, str]]:
    """Return the lives of a library of all cases, and the ids of their treaties by place."""
    made = LocalLibrary(tmp_path_factory.mktemp("force") / "library")
    list(made.put_many([parse_bytes(t.encode(), name) for c in wordings() for name, t in printed(c)]))
    ids = {s.source.removesuffix(".txt"): s.id for s in made.documents()}
    return Lives(made), ids


def wrong(case: Wording, lives: Lives, document: str) -> list[str]:
    """Return the days on which a state is not the one asked for."""
    out = []
    for asked in case.asked:
        day, *eid, status = asked.split()
        got = lives.short(document, day, eid[0] if eid else "").status
        if not (got in DEAD if status == "dead" else got == status):
            out.append(f"{asked}: {got}")
    return out


@pytest.mark.parametrize("case", list(wordings()), ids=lambda c: c.id)
def test_a_wording_is_read(case: Wording, told: tuple[Lives, dict[str, str]]) -> None:
    lives, ids = told
    assert bool(found := wrong(case, lives, ids[case.place])) is case.known, found
