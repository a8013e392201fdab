"""New units in an act's text: where they stand, which eIds they get, and units stated anew."""

from dataclasses import replace

from analyzers.sentences import sentences
from analyzers.spans import Span
from corpus import eid as eids
from corpus.citations.parsed import CitedUnit
from corpus.effects.operations import Fresh, Operation, RefusedError, Side, Spot
from corpus.effects.words import branches as t
from corpus.effects.words.branches import Tree
from corpus.lexicon.acts import TREATIES
from corpus.model import InstrumentType, Kind, Provision

_DIVISIONS = frozenset({Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION, Kind.PART, Kind.ATTACHMENT})

Moves = tuple[tuple[str, str], ...]


def sentence_span(text: str, place: int) -> Span:
    """Return where the n-th sentence of a text stands; raise RefusedError when there is none."""
    found = sentences(text)
    at = place - 1 if place > 0 else len(found) + place
    if not 0 <= at < len(found):
        raise RefusedError(f"предложения {place} там нет")
    return found[at]


def lines(text: str) -> list[str]:
    """Return the paragraphs of a quoted text."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def words_alone(provision: Provision, fresh: Fresh) -> str:
    """Return new words for a unit's own paragraph; raise RefusedError when they are more than one paragraph."""
    if fresh.units:
        if len(fresh.units) == 1 and t.number(fresh.units[0]) == t.number(provision) and not fresh.units[0].children:
            return fresh.units[0].text
        raise RefusedError("новая редакция абзаца содержит другие единицы")
    shown = lines(fresh.text)
    if len(shown) != 1:
        raise RefusedError("новая редакция абзаца — не один абзац")
    return shown[0]


def restated(provision: Provision, fresh: Fresh, units: list[Provision]) -> Provision:
    """State a unit anew with all inside it; its number must be the same."""
    if provision.kind is Kind.ALINEA:
        return replace(t.with_text(provision, words_alone(provision, fresh)), children=())
    if not units:
        first, *rest = lines(fresh.text)
        made = replace(t.with_text(provision, first), children=())
        return replace(made, children=tuple(_alinea(provision.eid, i, line) for i, line in enumerate(rest, 2)))
    if provision.kind is Kind.ARTICLE and units[0].kind is not Kind.ARTICLE:
        children = tuple(t.rebased(u, eids.child(provision.eid, u.eid)) for u in units)
        return replace(t.with_text(provision, ""), children=children)
    if len(units) != 1:
        raise RefusedError("в новой редакции несколько единиц вместо одной")
    unit = units[0]
    if t.number(unit) != t.number(provision):
        raise RefusedError(f"в новой редакции другой номер: {unit.num}")
    made = t.rebased(unit, provision.eid)
    heading = made.heading if provision.kind in _DIVISIONS else provision.heading
    return replace(made, kind=provision.kind, num=provision.num, heading=heading)


def _alinea(holder: str, place: int, text: str) -> Provision:
    return Provision(eids.child(holder, eids.step(Kind.ALINEA, str(place))), Kind.ALINEA, text)


def inserted(
    provisions: Tree, target: Spot, operation: Operation, type_: InstrumentType
) -> tuple[Tree, tuple[str, ...], Moves]:
    """Insert new units into a unit (or the act); return the text, the new eIds and which old ones moved."""
    holder = t.locate(provisions, target) if target.units else None
    operation = _parts_as_paragraphs(provisions, holder, operation)
    numbers, near = operation.numbers, operation.near
    units = [u for f in operation.fresh for u in f.units]
    if not units or any(u.kind is Kind.ALINEA for u in (*numbers[:1], *(near.units[-1:] if near else ()))):
        if not numbers or numbers[0].kind is Kind.ALINEA:
            return _alineas(provisions, holder, operation)
        units = _labelled(provisions, holder, operation)
    if numbers and [u.num for u in numbers] != [t.number(u) for u in units]:
        raise RefusedError("номера новых единиц не те, что названы")
    touched: list[str] = []
    for unit in units:
        provisions, eid = _placed(provisions, holder, unit, operation, type_)
        touched += [p.eid for p in t.found(provisions, eid).walk()]
    return provisions, tuple(touched), ()


def _parts_as_paragraphs(provisions: Tree, holder: str | None, operation: Operation) -> Operation:
    """Read «часть вторая» of an article whose parts are not numbered as its second paragraph."""
    inside = holder is not None and t.found(provisions, holder).kind is Kind.ARTICLE
    parts = bool(operation.numbers) and all(u.kind is Kind.PART for u in operation.numbers)
    bare = not any(f.units for f in operation.fresh) and not any(p.num for p in t.siblings(provisions, holder))
    if not (inside and parts and bare):
        return operation
    return replace(operation, numbers=tuple(replace(u, kind=Kind.ALINEA) for u in operation.numbers))


def _labelled(provisions: Tree, holder: str | None, operation: Operation) -> list[Provision]:
    """Make a numbered unit of words whose number only the instruction names."""
    number = operation.numbers[0]
    if len(operation.numbers) != 1 or len(operation.fresh) != 1:
        raise RefusedError("новые единицы в кавычках без номеров")
    beside = [p.kind for p in t.siblings(provisions, holder) if p.num]
    kind = beside[-1] if beside else number.kind
    if number.kind in _DIVISIONS and not (number.kind is Kind.PART and beside):  # «часть четвёртая» after «3.»
        kind = number.kind
    eid = eids.step(kind, number.num)
    first, *rest = lines(operation.fresh[0].text)
    children = tuple(_alinea(eid, i, line) for i, line in enumerate(rest, 2))
    return [Provision(eid, kind, first, t.printed(number.num or ""), children=children)]


def _placed(
    provisions: Tree, holder: str | None, unit: Provision, operation: Operation, type_: InstrumentType
) -> tuple[Tree, str]:
    """Insert a numbered unit after the one before it in order; raise RefusedError when its number is taken."""
    num = t.number(unit)
    unit, holder = _dotted(provisions, holder, unit, type_)
    through = unit.kind in _DIVISIONS and holder is None
    eid = eids.child("" if through else holder or "", unit.eid)
    if t.has(provisions, eid):
        raise RefusedError(f"номер уже занят: {unit.num}")
    made = t.rebased(unit, eid)
    row = [p for p in (t.walk(provisions) if through else t.siblings(provisions, holder)) if p.kind is unit.kind]
    if operation.near is not None:
        beside, side = t.locate(provisions, operation.near), operation.side
    elif not row and through and unit.kind is Kind.ARTICLE:
        raise RefusedError("статей в акте нет: не ясно, куда дополнить")
    elif not row:
        return _first(provisions, holder, made), eid
    else:
        before = [p for p in row if t.order(t.number(p)) < t.order(num)]
        beside, side = (before[-1].eid, Side.AFTER) if before else (row[0].eid, Side.BEFORE)
    return t.edited(provisions, beside, lambda p: (made, p) if side is Side.BEFORE else (p, made)), eid


def _dotted(
    provisions: Tree, holder: str | None, unit: Provision, type_: InstrumentType
) -> tuple[Provision, str | None]:
    """Place «1.1.»: in laws and orders it stands beside «1.», in agreements it is inside."""
    num = t.number(unit)
    if unit.kind is not Kind.SUBPARAGRAPH or num is None:
        return unit, holder
    whole = num.split("-", maxsplit=1)[0]
    points = any(p.kind is Kind.POINT and t.number(p) == whole for p in t.siblings(provisions, holder))
    if points or type_ not in TREATIES:  # «2.1)» after «2)»
        kind = Kind.POINT if points else Kind.PARAGRAPH
        return replace(t.rebased(unit, eids.step(kind, num)), kind=kind), holder
    above = eids.child(holder or "", eids.step(Kind.PARAGRAPH, whole))
    return unit, above if t.has(provisions, above) else holder


def _first(provisions: Tree, holder: str | None, made: Provision) -> Tree:
    """Insert the first unit of its kind: at the end, before the concluding formula and the attachments."""
    row = t.siblings(provisions, holder)
    end = next((i for i, p in enumerate(row) if p.kind in (Kind.CONCLUSIONS, Kind.ATTACHMENT)), len(row))
    return t.with_children(provisions, holder, (*row[:end], made, *row[end:]))


def _alineas(provisions: Tree, holder: str | None, operation: Operation) -> tuple[Tree, tuple[str, ...], Moves]:
    """Insert unnumbered paragraphs: at the end, or beside the one named; those after it move on."""
    if holder is None:
        raise RefusedError("не сказано, куда дополнить абзац")
    shown = [line for f in operation.fresh for line in lines(f.text)]
    if operation.numbers and len(operation.numbers) != len(shown):
        raise RefusedError("абзацев не столько, сколько названо")
    if operation.near is None and not operation.numbers:
        holder = _last_paragraph(provisions, holder)
    row = t.siblings(provisions, holder)
    own = [p for p in row if p.kind is Kind.ALINEA]
    place = _alinea_place(operation, len(own))
    fresh = [_alinea(holder, place + i, line) for i, line in enumerate(shown)]
    moves = tuple((p.eid, _alinea(holder, n + len(fresh), "").eid) for n, p in enumerate(own, 2) if n >= place)
    named = dict(moves)
    kept = tuple(replace(p, eid=named.get(p.eid, p.eid)) for p in row)
    at = next((i for i, p in enumerate(row) if p.eid in named), len(row))
    return t.with_children(provisions, holder, (*kept[:at], *fresh, *kept[at:])), tuple(p.eid for p in fresh), moves


def _last_paragraph(provisions: Tree, holder: str) -> str:
    """Return what an unnumbered paragraph at the end of a unit belongs to: the last numbered paragraph."""
    last = t.siblings(provisions, holder)[-1:]
    numbered = last and last[0].kind in (Kind.PARAGRAPH, Kind.SUBPARAGRAPH)
    return _last_paragraph(provisions, last[0].eid) if numbered else holder


def _alinea_place(operation: Operation, there: int) -> int:
    """Return the place new paragraphs take among `there` unnumbered ones (the unit's own text is the first)."""
    near, numbers = operation.near, operation.numbers
    if near is not None:
        place = _beside(near, operation.side)
        if numbers and numbers[0].num != str(place):
            raise RefusedError("место и номер нового абзаца не сходятся")
    else:
        place = int(numbers[0].num or 0) if numbers else there + 2
        if place <= there + 1:
            raise RefusedError(f"абзац {place} уже есть")
    if not 1 < place <= there + 2:
        raise RefusedError(f"абзаца {place - 1} нет")
    return place


def _beside(near: Spot, side: Side) -> int:
    place = int(near.units[-1].num or 0) if near.units[-1].kind is Kind.ALINEA else 1
    return place + 1 if side is Side.AFTER else place


def closed_up(provisions: Tree, holder: str, gone: str) -> tuple[Tree, list[tuple[str, str]]]:
    """Count the paragraphs after an excluded one anew."""
    place = int(t.number(Provision(gone, Kind.ALINEA, "")) or 0)
    moves: list[tuple[str, str]] = []
    row = []
    for p in t.siblings(provisions, holder):
        num = t.number(p) or ""
        if p.kind is Kind.ALINEA and num.isdigit() and int(num) > place:
            aim = _alinea(holder, int(num) - 1, "").eid
            moves.append((p.eid, aim))
            row.append(replace(p, eid=aim))
        else:
            row.append(p)
    return t.with_children(provisions, holder, tuple(row)), moves


def renumbered_eid(eid: str, unit: CitedUnit) -> str:
    """Return the eId of a provision under another number."""
    step = eids.parse(eid)[-1]
    above = eids.parent(eid)
    return eids.child(above or "", eids.step(step.kind, unit.num))
