"""By which count an act names paragraphs and sentences: that of the text it found, or that its own orders have made.

«Абзац второй исключить; в абзаце третьем …»: nothing in the words says whether the third is still the third. Orders
of one act come into force together, so the text before it is read first; where the other count would give another
text, nobody can tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from analyzers.sentences import sentences
from corpus import eid as eids
from corpus.effects.operations import Action, Operation, RefusedError, Spot
from corpus.effects.words import branches as t
from corpus.effects.words.branches import Marks, Tree
from corpus.model import Kind


@dataclass(frozen=True, slots=True)
class Counting:
    """The text an act found, and where its orders so far have put the paragraphs of it: eId then, eId now."""

    before: Tree = ()
    moved: dict[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    renewed: frozenset[str] = frozenset()
    """What orders of the act have stated anew: it has one count, its own."""

    def readings(self, tree: Tree, operation: Operation) -> Iterator[Operation]:
        """Yield an operation by the count of the text found, then by that of today where it differs.

        Raise RefusedError where it names what an earlier order of the act has removed.
        """
        targets = tuple(self._then(tree, spot) for spot in operation.targets)
        near = self._then(tree, operation.near) if operation.near else None
        by_then = replace(operation, targets=targets, near=near)
        yield by_then
        if by_then != operation:
            yield operation

    def after(self, operation: Operation, marks: Marks) -> "Counting":
        """Return the counts once an operation is done; numbers given by order are those of today."""
        if operation.action is Action.RENUMBERING:
            held = {eids.parent(old) for old, _ in marks.moved}
            moved = {then: now for then, now in self.moved.items() if eids.parent(now) not in held}
            return replace(self, moved=moved, gone=frozenset(e for e in self.gone if eids.parent(e) not in held))
        first = {now: then for then, now in self.moved.items()}
        moved = self.moved | {first.get(old, old): now for old, now in marks.moved}
        gone = self.gone | {first.get(eid, eid) for eid in marks.gone}
        whole = operation.action in (Action.SUBSTITUTION, Action.INSERTION)
        stated = marks.touched if whole and all(spot.sentence is None for spot in operation.targets) else ()
        return replace(self, moved=moved, gone=gone, renewed=self.renewed | frozenset(stated))

    def _then(self, tree: Tree, spot: Spot) -> Spot:
        """Return a place named by the count of the text found as it is named today."""
        if not spot.units:
            return spot
        *outer, last = spot.units
        if last.kind is Kind.ALINEA and outer and not spot.own:
            holders = t.indexed(tree).find(tuple(outer))
            eid = eids.child(holders[0], eids.step(last.kind, last.num)) if len(holders) == 1 else ""
            if eid in self.gone:
                raise RefusedError(f"{t.said(spot.units)}: исключён этим же актом")
            if eid in self.moved:
                num = eids.parse(self.moved[eid])[-1].num
                spot = replace(spot, units=(*outer, replace(last, num=num)))
        return spot if spot.sentence is None else self._sentence(tree, spot)

    def _sentence(self, tree: Tree, spot: Spot) -> Spot:
        now = t.locate(tree, spot)
        then = next((old for old, new in self.moved.items() if new == now), now)
        if now in self.renewed or not t.has(self.before, then) or (spot.sentence or 0) < 1:
            return spot
        old, new = (_sentences(t.found(*where).text) for where in ((self.before, then), (tree, now)))
        if len(old) < (spot.sentence or 0) or old == new:
            return spot
        meant = old[(spot.sentence or 0) - 1]
        if new.count(meant) == 1:
            return replace(spot, sentence=new.index(meant) + 1)
        if len(old) == len(new):
            return spot
        raise RefusedError(f"{t.said(spot.units)}: предложения изменены этим же актом, не ясно, какое названо")


def _sentences(text: str) -> list[str]:
    return [text[slice(*span)].strip() for span in sentences(text)]
