"""What a statement of an amending act says: a lead-in, an order on a text, a publisher's mark."""

from collections.abc import Sequence

from analyzers.spans import Span
from corpus.effects.force.published import is_mark, says_by_whom
from corpus.effects.orders.roles import VERBS, Role
from corpus.effects.orders.scanning import OrderToken
from corpus.effects.orders.slots import instrumental

_FEW = 3
_MARK = 60
"""Letters of a statement in which a printed mark shows («утратил силу. – Указ от …»)."""
_OF_TEXT = frozenset({Role.PLACE, Role.QUOTE, Role.WITH_UNIT, Role.HEADING, Role.BROKEN})
ORDERS = frozenset(
    {
        Role.REPLACE,
        Role.ADD,
        Role.DELETE,
        Role.RESTATE,
        Role.READ,
        Role.LOSE,
        Role.CANCEL,
        Role.VOID,
        Role.COUNT,
        Role.EDITION,
        Role.ENTITLE,
    }
)


def span_of(statement: Sequence[OrderToken]) -> Span:
    """Return where a statement stands in its text."""
    return Span(statement[0].span.start, statement[-1].span.end)


def leads_in(statement: Sequence[OrderToken]) -> bool:
    """Say whether a statement opens what stands below it."""
    last = statement[-1]
    return last.role is Role.STOP and last.text == ":" and not any(t.role is Role.QUOTE for t in statement)


def orders_a_list(order: Sequence[OrderToken]) -> bool:
    """Say whether a lead-in only says what is done, and its list to what: «Статью 2 дополнить:».

    One that names what is done to, or what its new text is, goes without its text: «Пункт 2 исключить:», «пунктом 4:».
    """
    roles = {t.role for t in order}
    if roles & {Role.UNKNOWN, Role.BROKEN, Role.WITH_UNIT, Role.CONTENT}:
        return False
    adds = Role.ADD in roles
    for before, token in zip((None, *order), order, strict=False):
        inside = before is not None and before.role is Role.PREPOSITION
        if token.role is Role.PLACE and (Role.EDITION in roles or instrumental(token.text)[1] or not (inside or adds)):
            return False
    return True


def under(order: Sequence[OrderToken], statement: list[OrderToken]) -> list[OrderToken]:
    """Return a statement with the order of its lead-in before it, when it has none of its own."""
    roles = {t.role for t in statement}
    names = roles & {Role.PLACE, Role.WITH_UNIT} and not roles & (VERBS | {Role.EDITION})
    return [*order, *statement] if names else statement


def printed_mark(statement: Sequence[OrderToken], block: str) -> bool:
    """Say whether a statement is what publishers print in place of a unit removed: «утратил силу. – Указ от …»."""
    text = block[slice(*span_of(statement))]
    placed = any(t.role is Role.PLACE for t in statement)
    return says_by_whom(text) if placed else is_mark(text[:_MARK])


def says(statement: Sequence[OrderToken]) -> bool:
    """Say whether a statement of a list of changes says anything: a verb, words, a place."""
    silent = (Role.STOP, Role.BREAK, Role.AND, Role.FILLER, Role.ACT, Role.UNKNOWN, Role.PREPOSITION)
    return any(t.role not in silent for t in statement)


def about_text(statement: Sequence[OrderToken]) -> bool:
    """Say whether a statement concerns words or units and not an act as a whole (`corpus.effects.force.ends`).

    One without quoted words that is mostly no formula tells how things are done: «Установить, что …».
    """
    quoted = any(t.role in (Role.QUOTE, Role.BROKEN) for t in statement)
    if not quoted and sum(t.role is Role.UNKNOWN for t in statement) > _FEW:
        return False
    return restates(statement) or any(t.role in _OF_TEXT for t in statement)


def restates(statement: Sequence[OrderToken]) -> bool:
    """Say whether a statement restates a whole act: «Изложить Соглашение в новой редакции …»."""
    roles = {t.role for t in statement}
    begins = statement[0].role in (Role.ACT, Role.RESTATE) or {Role.INCLUDE, Role.CHANGES} <= roles
    return {Role.ACT, Role.RESTATE, Role.EDITION} <= roles and begins and not leads_in(statement)
