"""Conditions told of a day: «состояние:прекращено», «действует:01.03.2012», as provisions and documents."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from corpus.clauses.tree import And, Field, FieldName, Node, Not, Or, Picked
from corpus.effects.lives import Told, lives
from corpus.effects.standing import LIVING, Validity
from corpus.lexicon.reckoning import today
from corpus.library import Library


def day_asked(node: Node | None) -> str:
    """Return the day a query asks about (ISO 8601), today where it names none."""
    return next((f.low for f in _fields(node) if f.name is FieldName.IN_FORCE and f.low), today())


def asks_state(node: Node | None) -> bool:
    """Say whether a query asks for what is in force."""
    wanted = [f for f in _fields(node) if f.name in (FieldName.IN_FORCE, FieldName.STATE)]
    return any(f.name is FieldName.IN_FORCE or str(Validity.IN_FORCE) in f.values for f in wanted)


def unsure(node: Node) -> Node:
    """Return a query with what is not known in the place of what is in force."""
    match node:
        case Field(name=FieldName.STATE | FieldName.IN_FORCE):
            return Field(FieldName.STATE, (str(Validity.UNKNOWN),))
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(unsure, parts)))
        case _:
            return node


def _fields(node: Node | None) -> Iterator[Field]:
    match node:
        case Field():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _fields(part)
        case Not(part):
            yield from _fields(part)


def placed(library: Library, node: Node) -> Node:
    """Put documents and provisions, which an engine knows, in the place of states."""
    match node:
        case Field(name=FieldName.STATE, values=values):
            return _in_states(lives(library), today(), {Validity(v) for v in values})
        case Field(name=FieldName.IN_FORCE, low=day):
            return _in_states(lives(library), day or today(), LIVING)
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(placed(library, part) for part in parts))
        case Not(part):
            return replace(node, part=placed(library, part))
        case _:
            return node


def _in_states(told: Told, on: str, wanted: Collection[Validity]) -> Node:
    whole: list[str] = []
    out: list[tuple[str, str]] = []
    single: list[tuple[str, str]] = []
    told.fetch(told.documents)
    for document in told.documents:
        usual, others = _states(told, document, on)
        if usual in wanted:
            whole.append(document)
            out += [key for key, status in others.items() if status not in wanted]
        else:
            single += [key for key, status in others.items() if status in wanted]
    node: Node = Field(FieldName.DOCUMENT, tuple(whole))
    node = And((node, Not(Picked(tuple(out))))) if out else node
    return Or((node, Picked(tuple(single)))) if single else node


def _states(told: Told, document: str, on: str) -> tuple[Validity, Mapping[tuple[str, str], Validity]]:
    """Return the state most provisions of a document have, and by (document, eId) those in another one."""
    whole = told.short(document, on).status
    usual = Validity.IN_FORCE if whole is Validity.AMENDED else whole
    own = told.provisions(document, on) or {}
    return usual, {(document, eid): status for eid, status in own.items() if status is not usual}


def counted(library: Library, node: Node) -> Mapping[str, int]:
    """Count the clauses that match by their state today."""
    told, on = lives(library), today()
    found: dict[Validity, int] = defaultdict(int)
    keys: dict[tuple[Validity, Validity], list[tuple[str, str]]] = defaultdict(list)
    by_document = library.counts(node, [FieldName.DOCUMENT], max(len(told.documents), 1))[FieldName.DOCUMENT]
    told.fetch(by_document)
    for document, count in by_document.items():
        if document in told.documents:
            usual, others = _states(told, document, on)
            found[usual] += count
            for key, status in others.items():
                keys[usual, status].append(key)
    for (usual, status), own in keys.items():
        count = library.recall(And((node, Picked(tuple(own)))), 1).total
        found[usual] -= count
        found[status] += count
    return {str(status): count for status, count in found.items() if count}
