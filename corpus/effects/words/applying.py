"""Apply operations to the text of an act: each gives a new text, or is refused with the reason."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.citations.parsed import CitedUnit
from corpus.effects.operations import Action, Instruction, Operation, RefusedError, Side, Spot
from corpus.effects.words import branches as t
from corpus.effects.words import inserting, phrases
from corpus.effects.words.branches import Marks, Tree
from corpus.effects.words.counting import Counting
from corpus.model import InstrumentType, Kind, Provision


@dataclass(frozen=True, slots=True)
class ActText:
    """The words of an act on a day: its title and its provisions."""

    title: str
    provisions: Tree
    type: InstrumentType = InstrumentType.ACT


@dataclass(frozen=True, slots=True)
class Applied:
    """What an operation did to which provisions."""

    action: Action
    marks: Marks


def apply(text: ActText, instruction: Instruction, counting: Counting) -> tuple[ActText, tuple[Applied, ...], Counting]:
    """Apply an instruction whole; `counting` is what earlier ones of its act left, returned with what it leaves.

    Raise RefusedError when any part of it cannot be.

    Renumbering that frees a number the same instruction takes may be told after: it then goes first.
    """
    if instruction.reason:
        raise RefusedError(f"формула не прочитана: {instruction.reason}")
    try:
        return _all(text, instruction.operations, counting)
    except RefusedError:
        first = sorted(instruction.operations, key=lambda o: o.action is not Action.RENUMBERING)
        if tuple(first) == instruction.operations:
            raise
        return _all(text, tuple(first), counting)


def _all(
    text: ActText, operations: tuple[Operation, ...], counting: Counting
) -> tuple[ActText, tuple[Applied, ...], Counting]:
    changes = []
    for told in operations:
        operation = replace(told, targets=tuple(t.settled(text.provisions, target) for target in told.targets))
        text, marks = _by_any_count(text, operation, counting)
        counting = counting.after(operation, marks)
        changes.append(Applied(operation.action, marks))
    return text, tuple(changes), counting


def _by_any_count(text: ActText, operation: Operation, counting: Counting) -> tuple[ActText, Marks]:
    """Apply an operation by whichever count it can be; raise RefusedError where both can be, and differ."""
    made: list[tuple[ActText, Marks]] = []
    refused: list[RefusedError] = []
    for reading in counting.readings(text.provisions, operation):
        try:
            made.append(_APPLY[reading.action](text, reading))
        except RefusedError as error:
            refused.append(error)
    if not made:
        raise refused[0]
    if any(other.provisions != made[0][0].provisions for other, _ in made):
        raise RefusedError("не ясно, по какому счёту: абзацы или предложения сдвинуты этим же актом")
    return made[0]


def _words(text: ActText, operation: Operation) -> tuple[ActText, Marks]:
    if not operation.old:
        return _ended(text, operation)
    provisions, touched = text.provisions, []
    for old, new in zip(operation.old, operation.new, strict=True):
        for target in operation.targets:
            if target.heading and not target.units:
                text = replace(text, title=_in_text(text.title, old, new, operation))
                continue
            provisions, eids = _replaced(provisions, target, old, new, operation)
            touched += eids
    return replace(text, provisions=provisions), Marks(tuple(dict.fromkeys(touched)))


def _in_text(shown: str, old: str, new: str, operation: Operation) -> str:
    spans = _search(operation)(shown, old)
    if len(spans) != 1 and not (spans and operation.everywhere):
        raise RefusedError(_absent(old, len(spans)))
    return _at_spans(shown, spans, old, new, operation)


def _search(operation: Operation) -> Callable[[str, str], list[Span]]:
    return phrases.phrase_spans if operation.inflected else phrases.find


def _at_spans(shown: str, spans: Sequence[Span], old: str, new: str, operation: Operation) -> str:
    """Put new words where the old ones stand, in their form when that is asked."""
    for span in reversed(spans):
        inflected = operation.inflected and new
        made = phrases.in_form_of(shown[slice(*span)], old, new, shown[: span.start]) if inflected else new
        shown = _changed(shown, span, made, operation.side)
    return shown


def _absent(words: str, times: int) -> str:
    return f"слов «{words}» там нет" if not times else f"слова «{words}» стоят там несколько раз"


def _replaced(provisions: Tree, target: Spot, old: str, new: str, operation: Operation) -> tuple[Tree, list[str]]:
    """Applied words inside a target: once where they stand once, everywhere when that is asked."""
    places = _places(provisions, target, old, operation)
    times = sum(len(spans) for _, _, spans in places)
    if times == 0 or (times > 1 and not operation.everywhere):
        raise RefusedError(f"{t.said(target.units)}: {_absent(old, times)}")
    touched = []
    for eid, heading, spans in places:
        shown = _at_spans(_shown(t.found(provisions, eid), heading=heading), spans, old, new, operation)
        provisions = t.edited(provisions, eid, _put(shown, heading=heading))
        touched.append(eid)
    return provisions, touched


def _put(shown: str, *, heading: bool) -> Callable[[Provision], Tree]:
    return lambda p: (replace(p, heading=shown) if heading else t.with_text(p, shown),)


def _shown(provision: Provision, *, heading: bool) -> str:
    return (provision.heading or "") if heading else provision.text


def _changed(shown: str, span: Span, new: str, side: Side) -> str:
    if side is Side.AFTER:
        return phrases.after(shown, span, new)
    return phrases.before(shown, span, new) if side is Side.BEFORE else phrases.swap(shown, span, new)


def _places(provisions: Tree, target: Spot, old: str, operation: Operation) -> list[tuple[str, bool, list[Span]]]:
    """Find the words a target holds: in the texts; in headings when they are meant, or nowhere else."""
    search, held = _search(operation), _held(provisions, target)
    if target.heading:
        rows = [(p.eid, True, search(p.heading or "", old)) for p in held[:1]]
    elif target.sentence is not None:
        eid, at = held[0].eid, inserting.sentence_span(held[0].text, target.sentence)
        spans = [s.shifted(at.start) for s in search(held[0].text[slice(*at)], old)]
        rows = [(eid, False, spans)]
    else:
        rows = [(p.eid, False, search(p.text, old)) for p in held]
        if operation.everywhere or not any(spans for _, _, spans in rows):
            rows += [(p.eid, True, search(p.heading, old)) for p in held if p.heading]
    return [row for row in rows if row[2]]


def _held(provisions: Tree, target: Spot) -> list[Provision]:
    if not target.units:
        return list(t.walk(provisions))
    provision = t.found(provisions, t.locate(provisions, target))
    whole = not (target.own or target.heading or target.sentence is not None)
    return list(provision.walk()) if whole else [provision]


def _ended(text: ActText, operation: Operation) -> tuple[ActText, Marks]:
    """Add words or a sentence at the end of a unit that is one paragraph."""
    provisions, touched = text.provisions, []
    for target in operation.targets:
        if not target.units:
            raise RefusedError("не сказано, куда дополнить")
        provision = t.found(provisions, t.locate(provisions, target))
        if target.heading:
            added = phrases.at_end(provision.heading or "", operation.new[0])
            provisions = t.edited(provisions, provision.eid, _put(added, heading=True))
        elif target.sentence is not None:
            at = inserting.sentence_span(provision.text, target.sentence)
            add = _next_sentence if operation.as_sentence else phrases.at_end
            made = add(provision.text[slice(*at)], operation.new[0])
            shown = provision.text[: at.start] + made + provision.text[at.end :]
            provisions = t.edited(provisions, provision.eid, _put(shown, heading=False))
        else:
            if provision.children and not target.own:
                raise RefusedError(f"{t.said(target.units)}: не ясно, в какой абзац дополнить")
            add = phrases.sentence_added if operation.as_sentence else phrases.at_end
            made = add(provision.text, operation.new[0])
            provisions = t.edited(provisions, provision.eid, _put(made, heading=False))
        touched.append(provision.eid)
    return replace(text, provisions=provisions), Marks(tuple(touched))


def _next_sentence(sentence: str, new: str) -> str:
    return f"{sentence} {new.strip()}"


def _repeal(text: ActText, operation: Operation) -> tuple[ActText, Marks]:
    provisions = text.provisions
    gone, touched, moved = [], [], []
    # From the last on: an excluded paragraph moves those after it.
    located = [(t.locate(provisions, target), target) for target in operation.targets]
    whole = [(eid, target.sentence) for eid, target in located if not target.own]
    if len(set(whole)) < len(whole):
        raise RefusedError("одно положение названо дважды")
    for eid, target in reversed(located):
        provision = t.found(provisions, eid)
        if target.heading:
            provisions = t.edited(provisions, eid, lambda p: (replace(p, heading=None),))
            touched.append(eid)
        elif target.sentence is not None:
            at = inserting.sentence_span(provision.text, target.sentence)
            provisions = t.edited(provisions, eid, _put(phrases.swap(provision.text, at, ""), heading=False))
            touched.append(eid)
        elif target.own and provision.children:
            raise RefusedError(f"{t.said(target.units)}: абзац первый нельзя исключить без остальных")
        else:
            holder = t.parent(provisions, eid)
            provisions = t.edited(provisions, eid, lambda _: ())
            gone += [p.eid for p in provision.walk()]
            if operation.deleted and provision.kind is Kind.ALINEA and holder is not None:
                provisions, shifts = inserting.closed_up(provisions, holder.eid, eid)
                moved += shifts
    return replace(text, provisions=provisions), Marks(tuple(touched), tuple(gone), tuple(moved))


def _substitution(text: ActText, operation: Operation) -> tuple[ActText, Marks]:
    provisions, touched = text.provisions, []
    fresh = operation.fresh
    units = [u for f in fresh for u in f.units]
    if len(operation.targets) != 1 and len(units) != len(operation.targets):
        raise RefusedError("новых редакций не столько, сколько положений")
    for i, target in enumerate(operation.targets):
        if target.heading and not target.units:
            text = replace(text, title=fresh[0].text.strip())
            continue
        eid = t.locate(provisions, target)
        provision = t.found(provisions, eid)
        if target.heading:
            made = replace(provision, heading=_bare_heading(fresh[0].text))
        elif target.sentence is not None:
            at = inserting.sentence_span(provision.text, target.sentence)
            made = t.with_text(provision, phrases.swap(provision.text, at, fresh[0].text))
        elif target.own and provision.children:
            made = t.with_text(provision, inserting.words_alone(provision, fresh[0]))
        else:
            mine = units if len(operation.targets) == 1 else units[i : i + 1]
            made = inserting.restated(provision, fresh[0], mine)
        provisions = t.edited(provisions, eid, lambda _, made=made: (made,))  # type: ignore[misc]
        touched += [p.eid for p in made.walk()] if not (target.heading or target.sentence) else [eid]
    return replace(text, provisions=provisions), Marks(tuple(touched))


_LABEL = re.compile(r"(?:статья|глава|раздел|приложение|параграф|§)\s++(?:№\s?)?[\w.-]{1,12}+\s*+", re.IGNORECASE)


def _bare_heading(quoted: str) -> str:
    """Return a heading without the number it is quoted with.

    >>> _bare_heading("Статья 3. Перевозка пасек"), _bare_heading("Статья нрава")
    ('Перевозка пасек', 'Статья нрава')
    """
    label = _LABEL.match(quoted.strip())
    numbered = label and any(c.isdigit() or c in "IVX" for c in label[0][6:])
    return quoted.strip()[label.end() :] or quoted.strip() if label and numbered else quoted.strip()


def _insertion(text: ActText, operation: Operation) -> tuple[ActText, Marks]:
    holder = operation.targets[0]
    provisions, touched, moved = inserting.inserted(text.provisions, holder, operation, text.type)
    return replace(text, provisions=provisions), Marks(touched, (), moved)


def _renumbering(text: ActText, operation: Operation) -> tuple[ActText, Marks]:
    provisions = text.provisions
    moves: dict[str, tuple[str, CitedUnit]] = {}
    for target, unit in zip(operation.targets, operation.numbers, strict=True):
        eid = t.locate(provisions, target)
        moves[eid] = (inserting.renumbered_eid(eid, unit), unit)
    taken = {p.eid for p in t.walk(provisions)} - set(moves)
    new = [eid for eid, _ in moves.values()]
    if len(moves) != len(operation.targets) or len(set(new)) != len(new):
        raise RefusedError("один номер назван дважды")
    if clash := next((eid for eid in new if eid in taken), None):
        raise RefusedError(f"номер уже занят: {t.printed(t.number(t.found(provisions, clash)) or '')}")
    pairs: list[tuple[str, str]] = []
    for eid, (aim, unit) in moves.items():
        old = t.found(provisions, eid)
        made = replace(t.rebased(old, f"~{aim}"), num=t.printed(unit.num or "") if old.num else None)
        pairs += [(a.eid, b.eid.lstrip("~")) for a, b in zip(old.walk(), made.walk(), strict=True)]
        provisions = t.edited(provisions, eid, lambda _, made=made: (made,))  # type: ignore[misc]
    provisions = tuple(_plain(p) for p in provisions)
    return replace(text, provisions=provisions), Marks((), (), tuple(pairs))


def _plain(provision: Provision) -> Provision:
    """Take the mark off eIds that were given while others still had them."""
    return replace(provision, eid=provision.eid.lstrip("~"), children=tuple(map(_plain, provision.children)))


_APPLY: dict[Action, Callable[[ActText, Operation], tuple[ActText, Marks]]] = {
    Action.WORDS: _words,
    Action.REPEAL: _repeal,
    Action.SUBSTITUTION: _substitution,
    Action.INSERTION: _insertion,
    Action.RENUMBERING: _renumbering,
}
