"""A statement parted into clauses of one verb each, and what a clause takes from those before it."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.citations.parsed import Named
from corpus.effects.operations import RefusedError, Spot, Units
from corpus.effects.orders.roles import Role
from corpus.effects.orders.scanning import OrderToken
from corpus.effects.orders.slots import Filling, Slots, and_heading, composed
from corpus.model import Kind


def clauses(tokens: Sequence[OrderToken], base: Units, about: Named | None) -> list[Slots]:
    """Part a statement; what stands before the first verb goes to its clause. Raise RefusedError without a verb."""
    made: list[Slots] = []
    pending, kept = Slots(), Filling(base, about)
    for part in _parts(tokens):
        slots = kept.read(part)
        if slots.empty() or (made and pending.empty() and _goes_on(made, slots, at_end=part[-1] is tokens[-1])):
            continue
        if made and _goes_on_without_verb(made[-1], pending) and (slots.scope or slots.objects or slots.verb):
            made.append(_placed(replace(pending, verb=made[-1].verb), made[-1]))
            pending = Slots()
        _nest(pending, slots)
        pending.add(slots)
        if pending.verb is not None and (pending.verb is not Role.CHANGE or _changes_alone(pending)):
            made.append(_placed(_headed(pending, base), made[-1] if made else None))
            pending = Slots()
    return _ended(made, pending)


def _headed(slots: Slots, base: Units) -> Slots:
    """«В наименовании слова …» under «В статье 3:»: the heading of what the lead-in names, and places named with it."""
    if Role.HEADING in slots.flags and slots.verb is not Role.ACCEPT:
        slots.flags.discard(Role.HEADING)
        held = [*slots.scope, *slots.objects]
        slots.scope, slots.objects = (and_heading(held), []) if held else ([Spot(base, heading=True)], slots.objects)
    return slots


def _ended(made: list[Slots], left: Slots) -> list[Slots]:
    """Give what is left after the last verb its clause."""
    if not made and Role.EDITION in left.flags and left.objects and (left.quotes or left.new):
        return [replace(left, verb=Role.ACCEPT)]  # «пункт 2 — в следующей редакции: «…»»
    if not made:
        raise RefusedError("не сказано, что сделать")
    if _goes_on_without_verb(made[-1], left):
        return [*made, _placed(replace(left, verb=made[-1].verb), made[-1])]
    made[-1].add(left)
    return made


def _nest(before: Slots, slots: Slots) -> None:
    """Set places into that of the words before: «внести в статью 3 изменение, заменив в пункте 1 …»."""
    if before.verb is Role.CHANGE and len(before.scope) == 1 and slots.scope and not before.scope[0].heading:
        slots.scope = [_set_into(spot, before.scope[0]) for spot in slots.scope]
        before.scope = []


def _goes_on_without_verb(last: Slots, slots: Slots) -> bool:
    """«Пункт 3 считать пунктом 4, пункт 4 — пунктом 5», «… заменить словом «Б», в пункте 2 слово «В» — словом «Г»»."""
    if slots.verb is not None:
        return False
    counts = last.verb is Role.COUNT and slots.objects and slots.fresh
    return bool(counts or (last.verb is Role.REPLACE and slots.old and slots.new and (slots.scope or slots.objects)))


def _goes_on(clauses: list[Slots], slots: Slots, *, at_end: bool) -> bool:
    """Take a part that has no verb of its own, or only states what was added, into the clauses before it."""
    last = clauses[-1]
    if _states_new(last, slots):
        last.quotes += slots.quotes
    elif slots.verb is not None or _goes_on_without_verb(last, slots) or not (slots.words_alone() or at_end):
        return False
    elif last.verb is Role.REPLACE and slots.old and slots.new:
        clauses.append(replace(slots, verb=last.verb, scope=list(last.scope), objects=list(last.objects)))
    else:
        last.add(slots)
    return True


def _states_new(last: Slots, slots: Slots) -> bool:
    """Say whether a part only states what the clause before adds: «дополнить пунктом 4, изложив его …: «4. …»»."""
    adds = last.verb in (Role.ADD, Role.INCLUDE) and not (last.quotes or last.new or last.old)
    return adds and slots.verb is Role.RESTATE and not (slots.scope or slots.objects or slots.fresh)


def _changes_alone(slots: Slots) -> bool:
    """Say whether «изменить» tells what is changed: words into words, an edition into the one quoted."""
    words = bool(slots.new or slots.quotes)
    states = Role.EDITION in slots.flags or all(o.heading for o in slots.objects)
    return words and bool(slots.old or (states and slots.objects))


def _placed(slots: Slots, before: Slots | None) -> Slots:
    """Give a clause without a place that of the clause before: «пункт 1 …, слова «Б» исключить»."""
    if before is None:
        return slots
    _recounted(slots, before)
    held = before.scope or before.objects
    if not (slots.scope or slots.objects or slots.whole):
        slots.scope, slots.whole = [_holding(spot, slots) for spot in held], before.whole
    elif held and slots.scope:
        slots.scope = [_set_into(spot, held[0]) for spot in slots.scope]
    elif held:
        slots.objects = [_set_into(spot, held[0]) for spot in slots.objects]
    return slots


def _recounted(slots: Slots, before: Slots) -> None:
    """«Исключить подпункт «а», подпункты «б» и «в» считать подпунктами «а» и «б»»: its places are read as one list."""
    count, held = len(slots.fresh), before.objects or before.scope
    if slots.verb is Role.COUNT and count and not slots.objects and len(held) > count:
        slots.objects = [_set_into(spot, held[0]) for spot in held[-count:]]
        del held[-count:]


def _set_into(spot: Spot, held: Spot) -> Spot:
    return replace(spot, units=composed(spot.units, held.units)) if spot.units else spot


def _holding(held: Spot, slots: Slots) -> Spot:
    """Return the unit an addition without a place goes to: «в подпункте «в» … и дополнить подпунктом «г»»."""
    if slots.verb not in (Role.ADD, Role.INCLUDE) or not held.units:
        return held
    if slots.fresh:
        return Spot(composed(slots.fresh[0].units, held.units)[: -len(slots.fresh[0].units)])
    if Role.WITH_UNIT in slots.flags and held.units[-1].kind in (Kind.POINT, Kind.ALINEA):
        raise RefusedError("не сказано, куда дополнить")
    return held


_REMOVES = frozenset({Role.DELETE, Role.LOSE, Role.CANCEL})


def _parts(tokens: Sequence[OrderToken]) -> list[list[OrderToken]]:
    """Part a statement at commas, colons and «и», and where what is left of a list gets other numbers."""
    parts: list[list[OrderToken]] = [[]]
    for token in tokens:
        recounts = token.role is Role.COUNT and any(t.role in _REMOVES for t in parts[-1])
        if (token.role is Role.STOP and token.text in ",:") or token.role is Role.AND or recounts:
            parts.append([token])
        else:
            parts[-1].append(token)
    return [p for p in parts if p]
