"""What one instruction of an amending act asks for, before any document is looked up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.citations.parsed import CitedUnit, Named
from corpus.model import Provision

Units = tuple[CitedUnit, ...]
FINAL_STOPS = frozenset({".", ";", ":"})
"""Named alone («перед точкой», «точку заменить»), the one at the end of the text is meant."""


class Action(StrEnum):
    """Effects in the words of Akoma Ntoso's textualMod; WORDS is its replacement inside a provision."""

    SUBSTITUTION = "substitution"
    INSERTION = "insertion"
    REPEAL = "repeal"
    WORDS = "replacement"
    RENUMBERING = "renumbering"


class Side(StrEnum):
    """Where new words stand: in place of the old, beside them, at an end of the text."""

    INSTEAD = "instead"
    AFTER = "after"
    BEFORE = "before"
    END = "end"
    START = "start"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the amended act; without units the whole act. `sentence` counts from 1 in its own text, from -1 back.

    `own` is «абзац первый»: the unit's own text without what is inside it.
    """

    units: Units = ()
    own: bool = False
    heading: bool = False
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """New text between quotation marks: as printed, and as the structure reader takes it apart.

    `label` is the printed number of the first unit («3.», «г)», «Статья 5.»), "" where there is none; `units` are its
    units with eIds from the unit itself on (`art_3-1`, `para_3__point_a`), empty when it is words alone.
    """

    text: str
    units: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One change: what is done, where, the words concerned, the new text, new numbers."""

    action: Action
    targets: tuple[Spot, ...] = ()
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    side: Side = Side.INSTEAD
    everywhere: bool = False
    inflected: bool = False
    as_sentence: bool = False
    fresh: tuple[Fresh, ...] = ()
    numbers: tuple[CitedUnit, ...] = ()
    near: Spot | None = None
    deleted: bool = False
    """A repeal by «исключить»: what follows closes up where it is counted and not numbered (paragraphs)."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """A statement of an amending act: where it stands, the act it is about, what it asks for.

    `eids` are the provisions that hold it, with its new text. `reason` says in Russian why it could not be read;
    it has no operations then. `named` None means the act cannot be told.
    """

    eid: str
    text: str
    named: Named | None
    operations: tuple[Operation, ...] = ()
    reason: str = ""


def inside(instruction: Instruction, part: Units) -> Instruction:
    """Set what an instruction asks for into a part of the act: the attachment that it calls by a name of its own."""

    def held(spot: Spot) -> Spot:
        own = spot.units[:1] and spot.units[0].kind is part[0].kind
        return spot if own else replace(spot, units=(*part, *spot.units))

    made = (
        replace(o, targets=tuple(map(held, o.targets)), near=held(o.near) if o.near else None)
        for o in instruction.operations
    )
    return replace(instruction, operations=tuple(made)) if part else instruction


class RefusedError(Exception):
    """An instruction that cannot be applied, with the reason in Russian."""


def first(units: tuple[Provision, ...]) -> Iterator[str]:
    """Yield the last steps of the units' eIds."""
    for unit in units:
        yield unit.eid.rpartition("__")[2]
