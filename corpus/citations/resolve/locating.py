"""Find a place in an instrument: «п. 2 ст. 8» → `art_8__para_2`.

A place fits a provision when its units are a subsequence of the provision's steps that ends in its last step; the fit
with the fewest steps passed over wins. Where a unit may stand for another kind («часть» for a numbered paragraph or,
without one, for an unnumbered paragraph) a table says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus import eid as eids
from corpus.citations.parsed import LAST, LAST_BUT_ONE, CitedPlace, CitedUnit, Pointing
from corpus.model import Instrument, Kind

# What a cited unit may be in the text: exact kinds, then what it stands for when there is no exact one.
_EXACT: dict[Kind, tuple[Kind, ...]] = {
    Kind.ARTICLE: (Kind.ARTICLE,),
    Kind.PARAGRAPH: (Kind.PARAGRAPH, Kind.SUBPARAGRAPH),
    Kind.POINT: (Kind.POINT, Kind.SUBPARAGRAPH),
    Kind.PART: (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.PART),
    Kind.ALINEA: (Kind.ALINEA,),
    Kind.CHAPTER: (Kind.CHAPTER,),
    Kind.SECTION: (Kind.SECTION,),
    Kind.ATTACHMENT: (Kind.ATTACHMENT,),
    Kind.NOTE: (Kind.NOTE,),
    Kind.PREAMBLE: (Kind.PREAMBLE,),
    Kind.CONCLUSIONS: (Kind.CONCLUSIONS,),
}
_LOOSE: dict[Kind, tuple[Kind, ...]] = {
    Kind.PARAGRAPH: (Kind.POINT,),
    Kind.POINT: (Kind.PARAGRAPH,),
    Kind.PART: (Kind.ALINEA,),
    Kind.SECTION: (Kind.CHAPTER, Kind.PART),
    Kind.CHAPTER: (Kind.SECTION,),
}
# What «настоящий пункт» is at a place: the nearest unit of the first row that holds it, else of the second.
_SELF: dict[Kind, tuple[tuple[Kind, ...], ...]] = {
    Kind.PARAGRAPH: ((Kind.PARAGRAPH, Kind.SUBPARAGRAPH), (Kind.POINT,)),
    Kind.POINT: ((Kind.POINT, Kind.SUBPARAGRAPH), (Kind.PARAGRAPH,)),
    Kind.PART: ((Kind.PARAGRAPH, Kind.PART), (Kind.ALINEA,)),
}


FROM_END = (LAST, LAST_BUT_ONE)


@dataclass(frozen=True)
class EidIndex:
    """The eIds of an instrument, taken apart, in document order."""

    all: tuple[str, ...]

    @classmethod
    def of(cls, instrument: Instrument) -> "EidIndex":
        """Index an instrument."""
        return cls(tuple(p.eid for p in instrument.walk()))

    @cached_property
    def steps(self) -> dict[str, tuple[eids.Step, ...]]:
        """Return the steps of every eId."""
        return {e: eids.parse(e) for e in self.all}

    @cached_property
    def _ending(self) -> dict[tuple[Kind, str | None], list[str]]:
        table: dict[tuple[Kind, str | None], list[str]] = {}
        for eid, steps in self.steps.items():
            table.setdefault((steps[-1].kind, steps[-1].num), []).append(eid)
            if steps[-1].num is not None:
                table.setdefault((steps[-1].kind, None), []).append(eid)
        return table

    def find(self, units: Sequence[CitedUnit], near: str | None = None) -> tuple[str, ...]:
        """Return the provisions a place means; several when they cannot be told apart, none when there is none.

        `near` is the provision the citation stands in: a place without its outer units is looked for around it.
        """
        units = self._from_here(units, near) if near else tuple(units)
        if not units or any(map(_untold, units)):
            return ()
        if units[0].kind in (Kind.SECTION, Kind.CHAPTER) and any(u.kind is Kind.ARTICLE for u in units[1:]):
            return self._in_division(units, near)
        from_end = next((i for i, u in enumerate(units) if u.num in FROM_END), None)
        if from_end is not None:
            return self._from_end(units, from_end, near)
        around = tuple(_upward(near))
        rows = [(base, loose) for bases in (around, ("",)) for loose in (False, True) for base in bases]
        return next((found for base, loose in rows if (found := self._within(units, base, loose=loose))), ())

    def _in_division(self, units: tuple[CitedUnit, ...], near: str | None) -> tuple[str, ...]:
        """Find «ст. 4 раздела II»: articles are numbered through the act, a division tells where they stand."""
        at = next(i for i, u in enumerate(units) if u.kind is Kind.ARTICLE)
        divisions, found = self.find(units[:at], near), self.find(units[at:], near)
        if len(divisions) != 1:
            return ()
        step = self.steps[divisions[0]][-1].kind
        begins = self.all.index(divisions[0])
        ends = next((i for i in range(begins + 1, len(self.all)) if self._same(i, divisions[0], step)), len(self.all))
        return tuple(e for e in found if begins < self.all.index(e) < ends)

    def _same(self, place: int, division: str, kind: Kind) -> bool:
        """Say whether another division of a kind begins at a place."""
        steps = self.steps[self.all[place]]
        return steps[-1].kind is kind and eids.parent(self.all[place]) == eids.parent(division)

    def _from_end(self, units: tuple[CitedUnit, ...], at: int, near: str | None) -> tuple[str, ...]:
        """Find «последний абзац пункта 2»: counted from the end of the unit that holds it, its own text the first."""
        unit = units[at]
        held = self.find(units[:at], near) if at else tuple(e for e in (near,) if e)
        if len(held) != 1:
            return held if at else ()
        row = [e for e in self.all if eids.parent(e) == held[0] and self.steps[e][-1].kind in _EXACT[unit.kind]]
        row = [held[0], *row] if unit.kind is Kind.ALINEA else row
        place = len(row) + int(unit.num or LAST)
        if place < 0:
            return ()
        below = units[at + 1 :]
        return self._within(below, row[place], loose=False) if below else (row[place],)

    def ordered(self, found: Iterable[str]) -> list[str]:
        """Return eIds in the act's order, each once."""
        wanted = set(found)
        return [e for e in self.all if e in wanted]

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """Return the units that stand between two of one row in the act's own order.

        >>> EidIndex(("art_5", "art_6", "art_6__para_1", "art_6-1", "art_7")).between("art_5", "art_7")
        ('art_6', 'art_6-1')
        """
        kind = self.steps[first][-1].kind
        row = [e for e in self.all if eids.parent(e) == eids.parent(first) and self.steps[e][-1].kind == kind]
        if last not in row:
            return ()
        return tuple(row[row.index(first) + 1 : row.index(last)])

    def _within(self, units: tuple[CitedUnit, ...], base: str, *, loose: bool) -> tuple[str, ...]:
        last = units[-1]
        if last.kind in (Kind.ALINEA, Kind.PART) and last.num == "1" and (last.kind is Kind.ALINEA or loose):
            return self._first(units, base, loose=loose)
        if base == "" and len(units) == 1 and last.kind is Kind.ALINEA and "body" in self.steps:
            base = "body"
        best: list[tuple[int, str]] = []
        kinds = _EXACT.get(last.kind, ()) + (_LOOSE.get(last.kind, ()) if loose else ())
        for kind in kinds:
            for eid in self._ending.get((kind, last.num), ()):
                cost = self._cost(units, eid, base, loose=loose)
                if cost is not None:
                    best.append((cost, eid))
        least = min((cost for cost, _ in best), default=0)
        return tuple(eid for cost, eid in best if cost == least)

    def _first(self, units: tuple[CitedUnit, ...], base: str, *, loose: bool) -> tuple[str, ...]:
        """«Абзац первый» of a unit is the unit's own text."""
        if len(units) > 1:
            return self._within(units[:-1], base, loose=loose)
        if base:
            return (base,)
        return ("body",) if "body" in self.steps else ()

    def _cost(self, units: tuple[CitedUnit, ...], eid: str, base: str, *, loose: bool) -> int | None:
        """Count the steps passed over when the units are read off the end of an eId; None when they do not fit."""
        if base and not eid.startswith(base + "__"):
            return None
        steps = self.steps[eid][base.count("__") + 1 if base else 0 :]
        i, passed = len(steps) - 1, 0
        for place, unit in enumerate(reversed(units)):
            skipped = 0
            while i >= 0 and not _fits(unit, steps[i], loose=loose):
                i, skipped = i - 1, skipped + 1
            if i < 0 or (skipped and place == 0):
                return None
            if skipped and place and units[-place].kind is Kind.ALINEA:
                return None
            i, passed = i - 1, passed + skipped
        return passed + i + 1

    def _from_here(self, units: Sequence[CitedUnit], near: str) -> tuple[CitedUnit, ...]:
        """Replace «настоящая статья», «предыдущий пункт» by the units they mean at `near`."""
        top = units[0]
        if top.pointing is Pointing.NONE or (top.num is not None and top.pointing is Pointing.THIS):
            return tuple(units)
        rows = _SELF.get(top.kind, ((top.kind,),))
        held = [e for e in _upward(near) if e in self.steps]
        at = next((e for kinds in rows for e in held if self.steps[e][-1].kind in kinds), None)
        if at is None:
            return ()
        if top.pointing in (Pointing.PREVIOUS, Pointing.NEXT):
            row = [
                e
                for e in self.all
                if eids.parent(e) == eids.parent(at) and self.steps[e][-1].kind == self.steps[at][-1].kind
            ]
            place = row.index(at) + (1 if top.pointing is Pointing.NEXT else -1)
            if not 0 <= place < len(row):
                return ()
            at = row[place]
        return (*(_as_unit(step) for step in self.steps[at]), *units[1:])

    def nearest(self, units: Sequence[CitedUnit], near: str | None = None) -> str | None:
        """Return what exists nearest to a place that does not: the closest number in the unit that holds it."""
        units = self._from_here(units, near) if near else tuple(units)
        for length in range(len(units) - 1, -1, -1):
            held = self.find(units[:length], near)[:1] if length else ("",)
            if held:
                missing = units[length]
                rows = [e for e in self.all if (eids.parent(e) or "") == held[0]]
                rows = [e for e in rows if self.steps[e][-1].kind in _EXACT.get(missing.kind, ())]
                return min(rows, key=lambda e: _distance(self.steps[e][-1].num, missing.num), default=held[0] or None)
        return None


def _untold(unit: CitedUnit) -> bool:
    """Say whether a unit points to what is not known here, or wants a number and has none."""
    return unit.pointing not in (Pointing.NONE, Pointing.THIS) or (unit.num is None and _numbered(unit))


def _numbered(unit: CitedUnit) -> bool:
    return unit.kind not in (Kind.PREAMBLE, Kind.CONCLUSIONS, Kind.ATTACHMENT, Kind.NOTE)


def _as_unit(step: eids.Step) -> CitedUnit:
    return CitedUnit(step.kind, step.num, again=step.again)


def _fits(unit: CitedUnit, step: eids.Step, *, loose: bool) -> bool:
    if step.kind not in _EXACT.get(unit.kind, (unit.kind,)) and not (loose and step.kind in _LOOSE.get(unit.kind, ())):
        return False
    if unit.num is None:
        return step.again == unit.again and (step.num is None or unit.kind in (Kind.ATTACHMENT, Kind.NOTE))
    return unit.num == step.num and unit.again == step.again


def _upward(eid: str | None) -> Iterable[str]:
    while eid:
        yield eid
        eid = eids.parent(eid)


def _distance(num: str | None, wanted: str | None) -> tuple[float, str]:
    def value(text: str | None) -> float:
        head = (text or "").split("-")[0]
        return float(head) if head.isdigit() else float(ord(head[:1] or "a"))

    return abs(value(num) - value(wanted)), num or ""


def outside(place: CitedPlace) -> str | None:
    """Write a place of an act the library does not hold as an eId, by the numbering rules alone.

    >>> outside(CitedPlace((CitedUnit(Kind.ARTICLE, "5"), CitedUnit(Kind.PART, "2"))))
    'art_5__para_2'
    """
    units = [u for u in place.units if not (u.kind is Kind.ALINEA and u.num == "1")]
    if any(u.pointing or u.num in FROM_END for u in units) or not units:
        return None
    if any(u.kind is Kind.ARTICLE for u in units):
        units = units[next(i for i, u in enumerate(units) if u.kind is Kind.ARTICLE) :]
    steps: list[str] = []
    for i, unit in enumerate(units):
        kind = Kind.PARAGRAPH if unit.kind is Kind.PART and i else unit.kind
        num = unit.num
        if kind is Kind.PARAGRAPH and num and "-" in num and i == 0:
            steps.append(eids.step(Kind.PARAGRAPH, num.split("-")[0]))
            kind = Kind.SUBPARAGRAPH
        elif kind is Kind.POINT and num and "-" in num:
            kind = Kind.SUBPARAGRAPH
        elif kind is Kind.PARAGRAPH and num and num[0].isalpha():
            kind = Kind.POINT
        steps.append(eids.step(kind, num, unit.again))
    return "__".join(steps)
