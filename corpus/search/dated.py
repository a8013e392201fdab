"""Conditions told of a day: «состояние:прекращено», «действует:01.03.2012», as provisions and documents."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from corpus.clauses.tree import And, Field, FieldName, Node, Not, Or, provision_key
from corpus.effects.days import today
from corpus.effects.lives import Lives, lives
from corpus.effects.standing import LIVING, Validity
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


def _in_states(told: Lives, on: str, wanted: Collection[Validity]) -> Node:
    whole: list[str] = []
    single: list[str] = []
    for document in told.documents:
        own = told.provisions(document, on)
        if own is None:
            whole += [document] if told.short(document, on).status in wanted else []
        else:
            single += [provision_key(document, eid) for eid, status in own.items() if status in wanted]
    asked: list[Node] = [Field(FieldName.DOCUMENT, tuple(whole))] if whole or not single else []
    asked += [Field(FieldName.PROVISION, tuple(single))] if single else []
    return asked[0] if len(asked) == 1 else Or(tuple(asked))


def counted(library: Library, node: Node) -> Mapping[str, int]:
    """Count the clauses that match by their state today."""
    told, on = lives(library), today()
    by_document = library.counts(node, [FieldName.DOCUMENT], max(len(told.documents), 1))[FieldName.DOCUMENT]
    found: dict[str, int] = defaultdict(int)
    keys: dict[str, list[str]] = defaultdict(list)
    for document, count in by_document.items():
        own = told.provisions(document, on) if document in told.documents else {}
        if own is None:
            found[str(told.short(document, on).status)] += count
        for eid, status in (own or {}).items():
            keys[str(status)].append(provision_key(document, eid))
    for name, own_keys in keys.items():
        found[name] += library.recall(And((node, Field(FieldName.PROVISION, tuple(own_keys)))), 1).total
    return {name: count for name, count in found.items() if count}
