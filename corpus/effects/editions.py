"""The text of an act on each day: what the acts that amend it make of it, in order of their days of force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.effects.operations import Action, Instruction, RefusedError
from corpus.effects.words.applying import ActText, Applied, apply
from corpus.effects.words.counting import Counting
from corpus.lexicon.reckoning import day_after
from corpus.model import Instrument, Provision

PENDING = "изменение принято, день вступления в силу неизвестен"
UNSEEN = "изменено актом, к которому нет доступа"
"""Said in place of name and words of an act that who asks may not see; such an act has no document."""


@dataclass(frozen=True, slots=True)
class By:
    """An instruction of an amending act: the document and the provision that holds it."""

    document: str
    eid: str


@dataclass(frozen=True, slots=True)
class Unapplied:
    """An instruction that was not applied, with the reason in Russian."""

    document: str
    eid: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Touch:
    """What an instruction did to a provision, and the day it holds from (ISO 8601)."""

    by: By
    action: Action
    since: str
    text: str


Marked = tuple[tuple[str, tuple[Touch, ...]], ...]
"""What was done to provisions, by eId."""


@dataclass(frozen=True, slots=True)
class Amending:
    """An act with its instructions for the amended one; `day` None when its day of force is not known."""

    document: str
    day: str | None
    signed: str | None
    instructions: tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The text from a day (None: from the beginning) to the last day `until` (None: it still stands).

    `touched` holds, by eId as it is now, what was done to each provision so far; `gone` those that were removed;
    `unseen` what acts did that may not be seen, nobody says where.
    """

    since: str | None
    until: str | None
    title: str
    provisions: tuple[Provision, ...]
    by: tuple[By, ...] = ()
    unapplied: tuple[Unapplied, ...] = ()
    touched: Marked = ()
    gone: Marked = ()
    unseen: tuple[Touch, ...] = ()

    @property
    def complete(self) -> bool:
        """Say whether everything that should have changed it did."""
        return not self.unapplied


@dataclass(slots=True)
class _Building:
    """The text as it stands while acts are applied, with what touched it."""

    text: ActText
    touched: dict[str, tuple[Touch, ...]] = field(default_factory=dict)
    gone: dict[str, tuple[Touch, ...]] = field(default_factory=dict)
    unseen: tuple[Touch, ...] = ()
    counting: Counting = field(default_factory=Counting)

    def act(self, amending: Amending) -> tuple[list[By], list[Unapplied]]:
        """Apply the instructions of an act; those refused are tried once more after the others.

        «Дополнить пунктом 2» may stand before «пункт 2 считать пунктом 3».
        """
        if not amending.document:
            self.unseen = (*self.unseen, Touch(By("", ""), Action.WORDS, amending.day or "", UNSEEN))
            return [], [Unapplied("", "", UNSEEN, UNSEEN)]
        self.counting = Counting(self.text.provisions)
        done: list[By] = []
        left: list[tuple[Instruction, str]] = []
        for instruction in amending.instructions:
            reason = self._one(amending, instruction)
            if reason is None:
                done.append(By(amending.document, instruction.eid))
            else:
                left.append((instruction, reason))
        refused = []
        for instruction, reason in left:
            if "уже занят" in reason and self._one(amending, instruction) is None:
                done.append(By(amending.document, instruction.eid))
            else:
                refused.append(Unapplied(amending.document, instruction.eid, instruction.text, reason))
        return done, refused

    def _one(self, amending: Amending, instruction: Instruction) -> str | None:
        """Apply an instruction; return the reason when it cannot be."""
        try:
            self.text, changes, self.counting = apply(self.text, instruction, self.counting)
        except RefusedError as error:
            return str(error)
        by = By(amending.document, instruction.eid)
        for change in changes:
            self._note(change, Touch(by, change.action, amending.day or "", instruction.text))
        return None

    def _note(self, change: Applied, touch: Touch) -> None:
        marks = change.marks
        for eid in marks.gone:
            self.gone[eid] = (*self.touched.pop(eid, ()), touch)
        moved = {new: (*self.touched.pop(old, ()), touch) for old, new in marks.moved}
        self.touched.update(moved)
        for eid in marks.touched:
            self.gone.pop(eid, None)
            self.touched[eid] = (*self.touched.get(eid, ()), touch)

    def edition(self, since: str | None, by: Iterable[By], unapplied: Iterable[Unapplied]) -> Edition:
        """Return the text as it stands now as an edition."""
        return Edition(
            since,
            None,
            self.text.title,
            self.text.provisions,
            tuple(by),
            tuple(unapplied),
            tuple(self.touched.items()),
            tuple(self.gone.items()),
            self.unseen,
        )


def editions(act: Instrument, amending: Sequence[Amending], since: str | None) -> tuple[Edition, ...]:
    """Build the editions of an act in order; `since` is the day of its first one."""
    building = _Building(ActText(act.title, act.provisions, act.type))
    made = [building.edition(since, (), ())]
    left: list[Unapplied] = []
    known = sorted((a for a in amending if a.day), key=_order)
    for day in dict.fromkeys(a.day for a in known):
        by: list[By] = []
        for one in (a for a in known if a.day == day):
            done, refused = building.act(one)
            by += done
            left += refused
        made.append(building.edition(day, by, left))
    made = [replace(e, until=_eve(following.since)) for e, following in pairwise(made)] + made[-1:]
    return tuple(_with_pending(e, amending) for e in made)


def coming(act: Instrument, amending: Sequence[Amending], made: Sequence[Edition]) -> Marked:
    """Return what the acts whose day of force is not known would do to each provision of the last edition."""
    building = _Building(ActText(made[-1].title, made[-1].provisions, act.type))
    for one in (a for a in amending if a.day is None):
        building.act(one)
    return tuple({**building.touched, **building.gone}.items())


def _eve(day: str | None) -> str | None:
    return day_after(day, -1) if day else None


def _order(amending: Amending) -> tuple[str, str, str]:
    return amending.day or "", amending.signed or "", amending.document


def _with_pending(edition: Edition, amending: Sequence[Amending]) -> Edition:
    """Name in an edition the instructions of acts that were made by then and whose day of force is not known."""
    pending = [
        Unapplied(a.document, i.eid, i.text, PENDING if a.document else UNSEEN)
        for a in amending
        if a.day is None and not (edition.until and a.signed and edition.until < a.signed)
        for i in a.instructions
    ]
    return replace(edition, unapplied=(*edition.unapplied, *pending))


def on_day(made: Sequence[Edition], day: str) -> Edition:
    """Return the edition of a day; the first one for the days before."""
    return next((e for e in reversed(made) if e.since and e.since <= day), made[0])


@dataclass(frozen=True, slots=True)
class TextChange:
    """What became of a provision between two editions: kind is changed, inserted, removed or renumbered."""

    eid: str
    kind: str
    before: str | None
    after: str | None
    by: By | None = None


def differences(old: Edition, new: Edition) -> tuple[TextChange, ...]:
    """Compare two editions provision by provision, in the order of the later text, then what was removed."""
    before = {p.eid: _shown(p) for e in (old,) for root in e.provisions for p in root.walk()}
    after = {p.eid: _shown(p) for root in new.provisions for p in root.walk()}
    touched, gone = dict(new.touched), dict(new.gone)
    lost = {text: eid for eid, text in before.items() if eid not in after and text}
    found = [
        _change(eid, before.get(eid), text, _last(touched.get(eid)), moved=text in lost)
        for eid, text in after.items()
        if before.get(eid) != text
    ]
    kept = {c.after for c in found if c.kind == "renumbered"}
    gone_now = [e for e, text in before.items() if e not in after and text not in kept]
    return (*found, *(TextChange(e, "removed", before[e], None, _last(gone.get(e))) for e in gone_now))


def _change(eid: str, before: str | None, after: str, by: By | None, *, moved: bool) -> TextChange:
    if before is not None:
        return TextChange(eid, "changed", before, after, by)
    return TextChange(eid, "renumbered" if moved else "inserted", after if moved else None, after, by)


def _shown(provision: Provision) -> str:
    return "\n".join(x for x in (provision.heading, provision.text) if x)


def _last(touches: tuple[Touch, ...] | None) -> By | None:
    return touches[-1].by if touches else None
