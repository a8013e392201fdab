"""Run cases: parse the amending act, apply it, compare; a tally by wording."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.effects.editions import Amending, editions
from corpus.effects.instructions import stored
from corpus.model import Instrument
from tests.corpus.effects.generator.acts import amending, parsed
from tests.corpus.effects.generator.making import Case, Maker, nodes
from tests.corpus.effects.generator.wordings import Wording


@dataclass(slots=True)
class Tally:
    """How many cases came out exact, were refused with a reason, went wrong, or changed nothing without a word."""

    exact: int = 0
    refused: int = 0
    wrong: int = 0
    silent: int = 0
    by_wording: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """Return the number of cases."""
        return self.exact + self.refused + self.wrong + self.silent

    def note(self, case: Case, outcome: str, why: str) -> None:
        """Count a case."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        self.by_wording[case.wording, outcome] += 1
        if outcome != "exact" and len(self.shown) < 400:
            self.shown.append(f"{outcome} {case.wording}: {case.instruction!r} {why}")


def run(acts: Iterable[Instrument], wordings: Iterable[Wording], rounds: int, seed: int) -> Tally:
    """Make and run `rounds` cases of each wording over each act."""
    tally = Tally()
    rng = random.Random(seed)
    wordings = list(wordings)
    for act in acts:
        maker = Maker(act, rng)
        for wording in wordings:
            for _ in range(rounds):
                case = maker.case(wording)
                if case is not None:
                    tally.note(case, *outcome(act, case))
    return tally


def outcome(act: Instrument, case: Case) -> tuple[str, str]:
    """Say what became of a case: exact, refused (told with a reason), silent (nothing done, nothing told) or wrong."""
    instrument = parsed(amending(act, [case.instruction]), "amending.txt")
    row = Amending("p", "2007-07-07", "2007-07-07", stored(instrument))
    last = editions(act, [row], None)[-1]
    have, told = nodes(last.provisions), [u.reason for u in last.unapplied]
    if case.wanted is None:
        same = have == nodes(act.provisions)
        return ("exact" if same and told else "silent" if same else "wrong"), "; ".join(told)
    if have == case.wanted:
        return "exact", ""
    if have == nodes(act.provisions):
        return ("refused" if told else "silent"), "; ".join(told)
    off = [(a, b) for a, b in zip(have, case.wanted, strict=False) if a != b][:1]
    return "wrong", str(off or (len(have), len(case.wanted)))
