"""The grammar of amending formulae: the tokens of a statement into operations.

    statement = [places ":"] clause { ("," | "и" | ":") clause }
    clause    = slots in any order with one verb: «в пункте 1 слова «А» заменить словами «Б»»
    slots     = [preposition] place | [preposition] words «…» | new unit [":"] «…» | heading | «по тексту» | …

A statement is read whole or refused: a word without a role, a clause without what its verb needs.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.citations.parsed import Named
from corpus.effects.operations import Action, Fresh, Operation, RefusedError, Side, Spot, Units
from corpus.effects.orders.roles import Role
from corpus.effects.orders.scanning import OrderToken
from corpus.effects.orders.slots import Filling, Slots, composed


def operations(tokens: Sequence[OrderToken], base: Units, about: Named | None) -> tuple[Operation, ...]:
    """Read a statement; `base` are the units its lead-in names. Raise RefusedError with the reason."""
    return tuple(_operation(clause, base) for clause in _clauses(tokens, base, about))


def scope_of(tokens: Sequence[OrderToken], base: Units) -> Units | None:
    """Return the place a lead-in names («В статье 3:»); None when it names none or several."""
    places = [t for t in tokens if t.role is Role.PLACE]
    if len(places) != 1 or places[0].group is None or len(places[0].group.places) != 1:
        return None
    return composed(places[0].group.places[0].units, base)


def _clauses(tokens: Sequence[OrderToken], base: Units, about: Named | None) -> list[Slots]:
    """Part a statement into clauses of one verb each; what stands before the first verb goes to it."""
    clauses: list[Slots] = []
    pending, kept = Slots(), Filling(base, about)
    for part in _parts(tokens):
        slots = kept.read(part)
        if slots.empty() or (clauses and pending.empty() and _goes_on(clauses, slots, at_end=part[-1] is tokens[-1])):
            continue
        pending.add(slots)
        if slots.verb is not None and (slots.verb is not Role.CHANGE or _changes_alone(pending)):
            if Role.HEADING in pending.flags:  # «в наименовании слова …» under «В статье 3:»
                pending.flags.discard(Role.HEADING)
                pending.scope = [replace(s, heading=True) for s in pending.scope] or [Spot(base, heading=True)]
            clauses.append(_placed(pending, clauses[-1] if clauses else None))
            pending = Slots()
    if not clauses:
        raise RefusedError("не сказано, что сделать")
    clauses[-1].add(pending)
    return clauses


def _goes_on(clauses: list[Slots], slots: Slots, *, at_end: bool) -> bool:
    """Take a part that has no verb of its own, or only states what was added, into the clauses before it."""
    last = clauses[-1]
    if _states_new(last, slots):
        last.quotes += slots.quotes
    elif slots.verb is not None or not (slots.words_alone() or at_end):
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
    return bool(slots.old and (slots.new or slots.quotes))


def _placed(slots: Slots, before: Slots | None) -> Slots:
    """Give a clause without a place that of the clause before: «пункт 1 …, слова «Б» исключить»."""
    if before is not None and not (slots.scope or slots.objects or slots.whole):
        slots.scope = [*(before.scope or before.objects)]
        slots.whole = before.whole
    elif before is not None and not slots.scope and (held := (before.scope or before.objects)[:1]):
        slots.objects = [replace(o, units=composed(o.units, held[0].units)) for o in slots.objects]
    return slots


def _parts(tokens: Sequence[OrderToken]) -> list[list[OrderToken]]:
    """Part a statement at commas, colons and «и»."""
    parts: list[list[OrderToken]] = [[]]
    for token in tokens:
        if (token.role is Role.STOP and token.text in ",:") or token.role is Role.AND:
            parts.append([token])
        else:
            parts[-1].append(token)
    return [p for p in parts if p]


def _operation(slots: Slots, base: Units) -> Operation:
    """Turn a clause into an operation; without a place of its own it is in that of the lead-in."""
    places = tuple(slots.scope or slots.objects)
    if not places and (slots.whole or base):
        places = (Spot(() if slots.whole else base),)
    made = _by_verb(slots, places)
    everywhere = Role.EVERYWHERE in slots.flags
    if made.action is Action.WORDS and not (made.targets or everywhere):
        raise RefusedError("не сказано, где эти слова")
    inflected = Role.FORM in slots.flags
    return replace(made, targets=made.targets or (Spot(),), everywhere=everywhere, inflected=inflected)


def _by_verb(slots: Slots, places: tuple[Spot, ...]) -> Operation:
    """Read a clause as its verb asks; raise RefusedError where the verb asks for something else."""
    verb, flags = slots.verb, slots.flags
    if verb in _REMOVE or Role.VOID in flags:
        return _removal(slots, places)
    if verb is Role.REPLACE or (slots.old and (verb in (Role.READ, Role.COUNT) or _states_words(slots))):
        return _replacement(slots, places)
    if verb is Role.COUNT and slots.fresh:
        return _renumbering(slots)
    if verb in (Role.RESTATE, Role.READ, Role.ENTITLE) or (verb is Role.ACCEPT and Role.EDITION in flags):
        return _substitution(_headed(slots) if verb is Role.ENTITLE else slots)
    if verb in (Role.ADD, Role.INCLUDE):
        return _addition(slots, places)
    raise RefusedError("не прочитано, что сделать")


_REMOVE = frozenset({Role.DELETE, Role.CANCEL, Role.LOSE})


def _states_words(slots: Slots) -> bool:
    """«Слова «А» изложить в следующей редакции: «Б»»: words are stated anew and no unit."""
    return slots.verb is Role.RESTATE and bool(slots.quotes)


def _renumbering(slots: Slots) -> Operation:
    if len(slots.objects) != len(slots.fresh):
        raise RefusedError("чисел и новых чисел не поровну")
    return Operation(Action.RENUMBERING, tuple(slots.objects), numbers=tuple(t.units[-1] for t in slots.fresh))


def _headed(slots: Slots) -> Slots:
    """«Статью 5 озаглавить «…»»: the heading is meant."""
    if not slots.objects or slots.fresh:
        raise RefusedError("не сказано, что озаглавить")
    words = [*slots.quotes, *slots.new, *slots.old][-1:]
    return replace(slots, objects=[replace(o, heading=True) for o in slots.objects], quotes=words, new=[], old=[])


def _removal(slots: Slots, places: tuple[Spot, ...]) -> Operation:
    words = [*slots.old, *slots.quotes]
    if slots.new or slots.fresh or slots.anchors:
        raise RefusedError("не прочитано, что исключить")
    if words:
        return Operation(Action.WORDS, places, tuple(words), ("",) * len(words))
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or places
    if not targets or not all(t.units for t in targets):
        raise RefusedError("не сказано, что исключить")
    deleted = slots.verb is Role.DELETE
    return Operation(Action.REPEAL, targets, deleted=deleted)


def _within(target: Spot, scope: Sequence[Spot]) -> Spot:
    """Set an object into the scope of its clause: «из статьи 5 исключить пункт 2»."""
    if len(scope) != 1 or not scope[0].units:
        return target
    return replace(target, units=composed(target.units, scope[0].units))


def _replacement(slots: Slots, places: tuple[Spot, ...]) -> Operation:
    old, new = _old_and_new(slots)
    if not old and new and slots.objects:
        return _substitution(replace(slots, quotes=new, new=[]))
    if not old or slots.fresh or len(new) not in (1, len(old)):
        raise RefusedError("не прочитано, какие слова какими заменить")
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or places
    return Operation(Action.WORDS, targets, tuple(old), tuple(new if len(new) > 1 else new * len(old)))


def _old_and_new(slots: Slots) -> tuple[list[str], list[str]]:
    """Give quoted runs without a word before them the role that is left: «вместо слов «А» читать «Б»»."""
    if not slots.quotes:
        return slots.old, slots.new
    if slots.old and slots.new:
        raise RefusedError("не прочитано, какие слова какими заменить")
    if slots.old or not (slots.new or len(slots.quotes) == 2):
        return slots.old, [*slots.new, *slots.quotes]
    return (slots.quotes, slots.new) if slots.new else (slots.quotes[:1], slots.quotes[1:])


def _substitution(slots: Slots) -> Operation:
    words = [*slots.quotes, *slots.new]
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or tuple(slots.scope)
    if slots.old or slots.anchors or slots.fresh:
        raise RefusedError("не прочитано, что изложить")
    if not words:
        raise RefusedError("новой редакции в кавычках нет")
    if not targets:
        raise RefusedError("не сказано, что изложить в новой редакции")
    return Operation(Action.SUBSTITUTION, targets, fresh=tuple(Fresh(w) for w in words))


def _addition(slots: Slots, places: tuple[Spot, ...]) -> Operation:
    words, units = [*slots.new, *slots.quotes], list(slots.fresh)
    if slots.verb is Role.INCLUDE:
        words = [*words, *slots.old] if Role.WORDS in slots.flags else words
        units, places = _included(slots, units, places)
    elif slots.old:
        raise RefusedError("не прочитано, чем дополнить")
    if not words:
        raise RefusedError("нового текста в кавычках нет")
    sentence = {Role.WITH_SENTENCE, Role.SENTENCE} if slots.verb is Role.INCLUDE else {Role.WITH_SENTENCE}
    if not slots.flags & sentence and (
        units or slots.flags & {Role.WITH_UNIT, Role.UNIT} or (slots.near and not slots.anchors)
    ):
        return _insertion(slots, words, units, places)
    return _more_words(slots, words, places, as_sentence=bool(slots.flags & sentence))


def _more_words(slots: Slots, words: list[str], places: tuple[Spot, ...], *, as_sentence: bool) -> Operation:
    """Read words or a sentence added: at the end, or beside the words named."""
    if len(words) != 1 or len(slots.anchors) > 1 or (as_sentence and slots.anchors):
        raise RefusedError("не прочитано, чем дополнить")
    if as_sentence:
        return Operation(Action.WORDS, places, new=tuple(words), side=Side.END, as_sentence=True)
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or places
    if slots.anchors:
        return Operation(Action.WORDS, targets, tuple(slots.anchors), tuple(words), slots.side or Side.AFTER)
    return Operation(Action.WORDS, targets, new=tuple(words), side=Side.END)


def _insertion(slots: Slots, words: list[str], units: list[Spot], places: tuple[Spot, ...]) -> Operation:
    """Read new units: where they go, their numbers, the unit they stand beside."""
    places = places or _holders(units)
    if slots.anchors or len(places) > 1:
        raise RefusedError("не прочитано, куда дополнить")
    side, near = slots.near or (Side.END, None)
    if near and places:
        near = replace(near, units=composed(near.units, places[0].units))
    numbers = tuple(t.units[-1] for t in units)
    return Operation(Action.INSERTION, places, side=side, fresh=tuple(map(Fresh, words)), numbers=numbers, near=near)


def _included(slots: Slots, units: list[Spot], places: tuple[Spot, ...]) -> tuple[list[Spot], tuple[Spot, ...]]:
    """«Включить в статью 3 пункт 4»: what is included is the object, or the end of the place named."""
    if slots.old or slots.anchors or units or Role.SENTENCE in slots.flags:
        return units, places
    if slots.objects:
        holder = tuple(slots.scope)
        return [*slots.objects], holder or _holders(slots.objects)
    if Role.UNIT not in slots.flags and slots.scope and len(slots.scope[0].units) > 1:
        return [*slots.scope], _holders(slots.scope)
    return units, places


def _holders(targets: Sequence[Spot]) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(Spot(t.units[:-1]) for t in targets if len(t.units) > 1))
