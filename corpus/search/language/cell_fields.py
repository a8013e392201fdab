"""Fields that ask what documents have on a topic («есть:язык», «нет:язык»): answered from the cells, not the index.

So both engines answer alike, and a lawyer's decision counts from the moment it is taken.
"""

from corpus.clauses.tree import OF_CELLS, And, Field, FieldName, Node, Not, Or
from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.library_cells import LibraryCells, cells_in
from corpus.library import Library

_STATUS = {FieldName.HAS: CellStatus.PRESENT, FieldName.LACKS: CellStatus.ABSENT}

_NOBODY = ("",)
"""No document has this id."""


def resolved(library: Library, node: Node) -> Node:
    """Put the documents they mean in place of fields of cells."""
    return _resolved(cells_in(library), node) if asks(node) else node


def asks(node: Node | None) -> bool:
    """Say whether a node has a field of cells."""
    match node:
        case And(parts) | Or(parts):
            return any(asks(part) for part in parts)
        case Not(part):
            return asks(part)
        case Field(name):
            return name in OF_CELLS
        case _:
            return False


def documents(cells: LibraryCells, field: Field) -> tuple[str, ...]:
    """Return the documents a field of cells means: those that have, or lack, any of its topics."""
    status = _STATUS[field.name]
    return tuple(dict.fromkeys(d for topic in field.values for d in cells.of(topic, status)))


def _resolved(cells: LibraryCells, node: Node) -> Node:
    match node:
        case And(parts):
            return And(tuple(_resolved(cells, part) for part in parts), node.span)
        case Or(parts):
            return Or(tuple(_resolved(cells, part) for part in parts), node.span)
        case Not(part):
            return Not(_resolved(cells, part), node.span)
        case Field(name) if name in OF_CELLS:
            return Field(FieldName.DOCUMENT, documents(cells, node) or _NOBODY, span=node.span)
        case _:
            return node
