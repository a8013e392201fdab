"""The instructions of an amending act, read off its provisions, as a layer beside its text.

Lead-ins give what the instructions below leave out: the act («Внести в Соглашение … следующие изменения:») and the
place («В статье 3:»). An act of which nothing says that it amends has none.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzers.spans import Span
from corpus.citations.layered.layer import named_by_title, says_amended
from corpus.citations.parsed import Named, Reach
from corpus.citations.read.defined import key
from corpus.citations.read.reading import Memory, read
from corpus.codec import from_json, to_json
from corpus.effects.operations import Fresh, Instruction, Operation, RefusedError, Units
from corpus.effects.orders.formulae import operations, scope_of
from corpus.effects.orders.roles import Role
from corpus.effects.orders.saying import (
    ORDERS,
    about_text,
    leads_in,
    orders_a_list,
    printed_mark,
    restates,
    says,
    span_of,
    under,
)
from corpus.effects.orders.scanning import OrderToken, statements, tokens
from corpus.lexicon.acts import TREATIES, WORDS
from corpus.model import Instrument, InstrumentType, Kind, Provision

LAYER = "effects"

Structure = Callable[[str], tuple[Provision, ...]]
"""Reads the units of a text quoted by an amending act, as the structure reader does those of a file."""

_AMENDS = re.compile(
    r"(?:внес\w{1,8}|внося\w{1,4})\s[^.;:]{0,60}?(?:изменени|дополнени|поправ)|"
    r"(?:изменени|дополнени|поправк)\w{1,3}\s(?:и\s(?:дополнени|изменени)\w{1,3}\s)?в\s",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[«\"„“<]")
_ABOUT_ANOTHER = re.compile(r"(?<![А-Яа-яЁё])(?:[Пп]о|[Нн]а|[Оо]б?|[Кк])\s")
"""Before the first quotation mark of a title it names another act: what is quoted is that one's title."""
_PROPOSES = re.compile(
    r"(?<![а-яё])(?:счита[ею]т|полага[ею]т|предлага[ею]т(?:ся)?|проси[тл]|рекоменду[ею]т(?:ся)?|замечани|предложени[яй]|оговорк)"
)
"""What a party would have changed is not changed: «считает, что необходимо внести следующие изменения:»."""
_TO_IT = re.compile(r"(?<!\w)ко?\s$")
"""«Протокол к Соглашению …»: its orders are on that one."""
_HEADS_CHANGES = re.compile(r"\W*+(?:(?:перечень|текст)\s++)?(?:изменени|дополнени|поправк)", re.IGNORECASE)
_ATTACHED = ("прилага", "приложени")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the lead-ins above say: the act amended, the place in it."""

    named: Named | None = None
    base: Units = ()
    amending: bool = False
    listed: bool = False
    """Below «… следующие изменения:»: every statement is an instruction, and told when it is not read."""
    strange: str = ""
    """The type word by which a lead-in calls an act nobody named."""
    proposed: bool = False
    """Below what somebody would have changed: nothing is ordered."""
    order: tuple[OrderToken, ...] = ()
    """What a lead-in orders done with all its list names: «Признать утратившими силу:»."""


def layer(act: Instrument, structure: Structure) -> list[Mapping[str, object]]:
    """Read the instructions of an act; JSON values for `Instrument.layers["effects"]`."""
    return [to_json(i) for i in instructions(act, structure)]


def stored(act: Instrument) -> tuple[Instruction, ...]:
    """Return the instructions of the layer; none for an act parsed before there was one."""
    return tuple(from_json(Instruction, value) for value in act.layers.get(LAYER, ()))


def instructions(act: Instrument, structure: Structure) -> tuple[Instruction, ...]:
    """Read the instructions of an act in order."""
    memory = Memory()
    named = named_by_title(act, memory)
    for provision in act.walk():
        read(provision.text, memory)
    held = any(p.kind is Kind.ATTACHMENT and _HEADS_CHANGES.match(p.heading or "") for p in act.provisions)
    reader = _Reader(memory, structure, holds_changes=held)
    amending = act.type is not InstrumentType.RULING and _amends_by_title(act.title, named)
    to_it = named is not None and act.type in TREATIES and _TO_IT.search(act.title, 0, named.span.start)
    return reader.read(act.provisions, _Context(named if amending or to_it else None, (), amending))


def _amends_by_title(title: str, named: Named | None) -> bool:
    """Say whether a title tells that its act amends; «Обзор практики по применению Закона «О внесении …»» does not."""
    mark = _MARKS.search(title)
    before = title[: mark.start()] if mark else title
    own = before if _ABOUT_ANOTHER.search(before) else title
    return (named is not None and says_amended(own, named)) or bool(_AMENDS.search(own))


@dataclass(frozen=True, slots=True)
class _Block:
    """A unit's text with the unnumbered paragraphs that follow it, and where each of them begins."""

    text: str
    starts: tuple[int, ...]
    eids: tuple[str, ...]

    def eid(self, at: int) -> str:
        """Return the provision that holds a place of the text."""
        return self.eids[bisect_right(self.starts, at) - 1]


def _block(provisions: Sequence[Provision]) -> _Block:
    starts, at = [], 0
    for provision in provisions:
        starts.append(at)
        at += len(provision.text) + 1
    return _Block("\n".join(p.text for p in provisions), tuple(starts), tuple(p.eid for p in provisions))


class _Reader:
    def __init__(self, memory: Memory, structure: Structure, *, holds_changes: bool) -> None:
        self.memory, self.structure, self._holds_changes = memory, structure, holds_changes
        self._attached: set[tuple[Named, Units]] = set()
        """The acts whose changes are said to be attached, and the place in each."""
        self.found: list[Instruction] = []
        self._waiting: tuple[int, Instruction] | None = None
        """An order over a list, refused unless its list comes, and its place among what is found."""

    def read(self, provisions: Sequence[Provision], context: _Context) -> tuple[Instruction, ...]:
        """Return the instructions of all units."""
        self.units(provisions, context)
        self._wait(None)
        return tuple(self.found)

    def _wait(self, order: Instruction | None) -> None:
        """Wait for the list of an order; the one before it, whose list has not come, is told."""
        if self._waiting:
            self.found.insert(*self._waiting)
        self._waiting = (len(self.found), order) if order else None

    def units(self, provisions: Sequence[Provision], context: _Context) -> None:
        """Read units side by side; unnumbered paragraphs in a row are one block."""
        row: list[Provision] = []
        for provision in provisions:
            if provision.kind is Kind.ALINEA and not provision.children:
                row.append(provision)
                continue
            context = self.block(row, context)
            row = []
            self.unit(provision, context)
        self.block(row, context)

    def unit(self, provision: Provision, context: _Context) -> None:
        """Read a unit: its text with the paragraphs right after it, then what is inside with their lead-in."""
        if provision.kind in (Kind.PREAMBLE, Kind.CONCLUSIONS, Kind.NOTE):
            return
        if provision.kind is Kind.ATTACHMENT:
            context = self._of_attachment(provision, context)
        own = [provision]
        rest = list(provision.children)
        while rest and rest[0].kind is Kind.ALINEA and not rest[0].children:
            own.append(rest.pop(0))
        self.units(rest, self.block(own, context))

    def _of_attachment(self, provision: Provision, context: _Context) -> _Context:
        """Return the context of an attachment: «ИЗМЕНЕНИЯ, которые вносятся в Положение …»."""
        heading = provision.heading or ""
        if not _HEADS_CHANGES.match(heading):
            return context
        attached, base = next(iter(self._attached)) if len(self._attached) == 1 else (None, ())
        told = tokens(heading)
        named = self._named(told, _Context(attached)) or context.named
        if attached is not None and named is not None and attached.lemma == named.lemma:
            named = attached
        untold = len(self._attached) > 1 and named == context.named
        return _Context(None if untold else named, scope_of(told, ()) or base, True)

    def block(self, provisions: Sequence[Provision], context: _Context) -> _Context:
        """Read the statements of a block; return what its last lead-in leaves to those below."""
        block = _block(provisions)
        for statement in statements(tokens(block.text)) if block.text.strip() else ():
            lead = self._lead(statement, context)
            if lead is not None and _PROPOSES.search(block.text[slice(*span_of(statement))].lower()):
                lead = replace(lead, proposed=True)
            if lead is None:
                if not self._attach(statement, context):
                    self._instruction(statement, block, context)
                continue
            if lead.order != context.order and self._orders(statement, lead, lead.named):
                text = block.text[slice(*span_of(statement))]
                eid = block.eid(statement[0].span.start)
                self._wait(Instruction(eid, text, lead.named, (), "под распоряжением нет перечня того, что меняется"))
            context = lead
        return context

    def _attach(self, statement: list[OrderToken], context: _Context) -> bool:
        """Remember the act whose changes are attached: «Утвердить прилагаемые изменения, которые вносятся в …».

        Say whether the statement orders nothing more: an attachment holds the changes.
        """
        roles = {t.role for t in statement}
        if not {Role.CHANGES, Role.ACT} <= roles or not any(t.text.lower().startswith(_ATTACHED) for t in statement):
            return False
        named = self._named(statement, context)
        places = [t for t in statement if t.role is Role.PLACE and not t.text.lower().startswith("приложению")]
        self._attached |= {(replace(named, span=Span(0, 0)), scope_of(places, ()) or ())} if named else set()
        return self._holds_changes and not roles & (ORDERS - {Role.COUNT})

    def _lead(self, statement: list[OrderToken], context: _Context) -> _Context | None:
        """Return the context a lead-in makes; None for a statement that orders something itself."""
        if not leads_in(statement):
            return None
        named = self._named(statement, context)
        if any(t.role in ORDERS for t in statement):
            order = tuple(statement[:-1])
            return replace(context, named=named, order=order) if orders_a_list(order) else None
        opens = {Role.CHANGES, Role.INCLUDE} <= {t.role for t in statement}
        amending = context.amending or opens
        strange = self._strange(statement, context.named)
        if strange or (named is not None and named != context.named):
            context = _Context(named, (), amending, strange=strange)
        if opens:
            context = replace(context, listed=True)
        has_places = any(t.role is Role.PLACE for t in statement)
        base = scope_of(statement, context.base) if has_places else context.base
        return replace(context, amending=amending, base=base if base is not None else context.base)

    def _strange(self, statement: Sequence[OrderToken], held: Named | None) -> str:
        """Return the type word of an act nobody named by which a lead-in says where changes are: «в Законе:»."""
        for before, token in pairwise(statement):
            named = token.named if before.role in (Role.PREPOSITION, Role.PLACE) else None
            if named and named.bare and named.reach is Reach.NAMED and not self._meant(named, held):
                return token.text
        return ""

    def _named(self, statement: Sequence[OrderToken], context: _Context) -> Named | None:
        """Return the act a statement names, a defined name made what it means; else the context's."""
        for token in statement:
            if token.named is None or token.named.reach is Reach.THIS:
                continue
            if meant := self._meant(token.named, context.named):
                return meant
        return context.named

    def _meant(self, named: Named, held: Named | None) -> Named | None:
        """Return what a name means under a lead-in that names an act; None for a type word nobody explained.

        «Положение» below «Внести в Указ … следующие изменения:» is the one the edict put into force.
        """
        if named.approved_by is not None and (named.approved_by.bare or named.approved_by.reach is Reach.SAME):
            named = replace(named, approved_by=self._meant(named.approved_by, held))
        if not named.bare or named.approved_by:
            return named
        for act in (held, held.approved_by if held else None):
            if act is not None and act.lemma == named.lemma:
                return act
        if defined := self.memory.defined.get(key(named.title)):
            return defined
        by = (held.approved_by or held) if held else None
        return replace(named, approved_by=by) if by and WORDS[named.lemma].annexed else None

    def _instruction(self, statement: list[OrderToken], block: _Block, context: _Context) -> None:
        named = self._named(statement, context)
        order = under(context.order, statement)
        if not self._orders(order, context, named) or printed_mark(statement, block.text):
            return
        if order is not statement:
            self._waiting = None
        span = span_of(statement)
        text = block.text[slice(*span)]
        made: tuple[Operation, ...] = ()
        reason = "" if named else "не сказано, какой акт изменяется"
        if context.strange and named == context.named:
            reason = f"не сказано, какой это акт: «{context.strange}»"
        try:
            if named is not None and not reason:
                made = tuple(self._with_units(o) for o in operations(order, context.base, named))
        except RefusedError as error:
            reason = str(error)
        self.found.append(Instruction(block.eid(span.start), text, named, made, reason))

    def _orders(self, statement: Sequence[OrderToken], context: _Context, named: Named | None) -> bool:
        """Say whether a statement is an instruction: whatever a list of changes says, elsewhere an order on a text."""
        if context.proposed or not (context.amending or (named is not None and self._opens(statement, context))):
            return False
        if context.listed:
            return says(statement)
        return any(t.role in ORDERS or t.role is Role.INCLUDE for t in statement) and about_text(statement)

    def _opens(self, statement: Sequence[OrderToken], context: _Context) -> bool:
        """Say whether a statement outside a list of changes is an order on an act's text all the same.

        It names the act and what of it changes; in an act made to another one («Протокол к …») the place is enough.
        """
        roles = {t.role for t in statement}
        if restates(statement):
            return True
        if Role.UNKNOWN in roles:
            return False
        if Role.PLACE in roles and (Role.ACT in roles or context.named is not None):
            return True
        return Role.ACT in roles and bool(roles & {Role.QUOTE, Role.WITH_UNIT, Role.HEADING})

    def _with_units(self, operation: Operation) -> Operation:
        if not operation.fresh:
            return operation
        heading = all(t.heading for t in operation.targets)
        return replace(
            operation,
            fresh=operation.fresh if heading else tuple(Fresh(f.text, self.structure(f.text)) for f in operation.fresh),
        )
