"""The grammar of amending formulae: the tokens of a statement into operations.

    statement = [places ":"] clause { ("," | "и" | ":") clause }
    clause    = slots in any order with one verb: «в пункте 1 слова «А» заменить словами «Б»»
    slots     = [preposition] place | [preposition] words «…» | new unit [":"] «…» | heading | «по тексту» | …

A statement is read whole or refused: a word without a role, a clause without what its verb needs.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.citations.parsed import Named
from corpus.effects.operations import FINAL_STOPS, Action, Fresh, Operation, RefusedError, Side, Spot, Units
from corpus.effects.orders.clauses import clauses
from corpus.effects.orders.roles import Role
from corpus.effects.orders.scanning import OrderToken
from corpus.effects.orders.slots import Slots, composed


def operations(tokens: Sequence[OrderToken], base: Units, about: Named | None) -> tuple[Operation, ...]:
    """Read a statement; `base` are the units its lead-in names. Raise RefusedError with the reason."""
    made: list[Operation] = []
    for clause in clauses(tokens, base, about):
        operation = _operation(clause, base)
        if made and (joined := _after_comma(made[-1], operation)):
            made[-1] = joined
        else:
            made.append(operation)
    return tuple(made)


def _after_comma(before: Operation, operation: Operation) -> Operation | None:
    """«Точку заменить запятой и дополнить словами «…»»: the words go after a comma, before the stop that was there."""
    to_comma = before.action is Action.WORDS and before.new == (",",) and before.old in ((".",), (";",))
    at_end = operation.action is Action.WORDS and operation.side is Side.END and not operation.as_sentence
    if not (to_comma and at_end and before.targets == operation.targets):
        return None
    return replace(operation, new=tuple(f", {words.lstrip(', ')}" for words in operation.new))


def scope_of(tokens: Sequence[OrderToken], base: Units) -> Units | None:
    """Return the place a lead-in names («В статье 3:»); None when it names none or several."""
    places = [t for t in tokens if t.role is Role.PLACE]
    if len(places) != 1 or places[0].group is None or len(places[0].group.places) != 1:
        return None
    return composed(places[0].group.places[0].units, base)


def _operation(slots: Slots, base: Units) -> Operation:
    """Turn a clause into an operation; without a place of its own it is in that of the lead-in."""
    if slots.objects and any(s.heading for s in slots.scope):
        slots = replace(slots, scope=[*slots.scope, *slots.objects], objects=[])  # «в названии и статье 1 слова …»
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
    verb = slots.verb
    if not slots.instead and (verb in _REMOVE or Role.VOID in slots.flags):
        return _removal(slots, places)
    if not slots.instead and _changes_words(slots):
        return _replacement(slots, places)
    if verb is Role.COUNT and slots.fresh:
        return _renumbering(slots)
    if (stated := _stated(slots)) is not None:
        return _substitution(stated)
    if verb in (Role.ADD, Role.INCLUDE):
        return _addition(slots, places)
    raise RefusedError("не прочитано, что сделать")


def _stated(slots: Slots) -> Slots | None:
    """Return what a clause states anew: a unit, its heading, one unit in place of another; None where it does not."""
    if slots.instead:
        return _in_place_of(slots)
    if _names(slots):
        return _headed(slots)
    headed = bool(slots.objects) and all(o.heading for o in slots.objects)
    edition = slots.verb in (Role.ACCEPT, Role.CHANGE) and (Role.EDITION in slots.flags or headed)
    return slots if edition or slots.verb in (Role.RESTATE, Role.READ) else None


_REMOVE = frozenset({Role.DELETE, Role.CANCEL, Role.LOSE})


def _names(slots: Slots) -> bool:
    """«Статью 5 озаглавить «…»», «статье 5 дать название «…»», «статью 5 дополнить названием «…»»."""
    verb, flags = slots.verb, slots.flags
    given = (verb is Role.ACCEPT and Role.HEADING in flags) or (verb is Role.ADD and Role.WITH_HEADING in flags)
    return verb is Role.ENTITLE or given


def _in_place_of(slots: Slots) -> Slots:
    """«Вместо пункта 2 включить пункт 2 следующего содержания: «…»»."""
    same = [o.units[-1] for o in (*slots.objects, *slots.fresh) if o.units] in ([], [slots.instead[0].units[-1]])
    if len(slots.instead) != 1 or not same or slots.verb not in (Role.INCLUDE, Role.READ, Role.ACCEPT, Role.RESTATE):
        raise RefusedError("не прочитано, что вместо чего")
    return replace(slots, objects=slots.instead, fresh=[], instead=[])


def _changes_words(slots: Slots) -> bool:
    """Say whether words are put for words; «слова «А» изложить в следующей редакции: «Б»» states no unit."""
    if slots.verb is Role.REPLACE:
        return True
    states = slots.verb is Role.RESTATE and bool(slots.quotes or slots.new)
    return bool(slots.old) and (slots.verb in (Role.READ, Role.COUNT, Role.CHANGE) or states)


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
    if slots.anchors and len(words) == 1:
        words, kept = _beside_anchor(slots, words, [""])
        return Operation(Action.WORDS, places, tuple(words), tuple(kept))
    if slots.new or slots.fresh or slots.anchors or _voids_quoted(slots):
        raise RefusedError("не прочитано, что исключить")
    if words:
        return Operation(Action.WORDS, places, tuple(words), ("",) * len(words))
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or places
    if not targets or not all(t.units for t in targets):
        raise RefusedError("не сказано, что исключить")
    deleted = slots.verb is Role.DELETE
    return Operation(Action.REPEAL, targets, deleted=deleted)


def _voids_quoted(slots: Slots) -> bool:
    """Say whether what loses its force is in quotes, and not said to be words: a title, most likely."""
    voids = Role.VOID in slots.flags or slots.verb is Role.LOSE
    return voids and bool(slots.quotes) and Role.WORDS not in slots.flags


def _beside_anchor(slots: Slots, old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Join words with those they stand beside: «после слова «пчёл» запятую исключить»; raise RefusedError."""
    if len(slots.anchors) != 1 or len(old) != 1 or len(new) != 1 or slots.side not in (Side.AFTER, Side.BEFORE):
        raise RefusedError("не прочитано, какие слова рядом с какими")
    anchor = slots.anchors[0]

    def joined(words: str) -> str:
        if slots.side is Side.BEFORE:
            return f"{words} {anchor}" if words else anchor
        return f"{anchor}{'' if words[:1] in _ATTACHED else ' '}{words}" if words else anchor

    return [joined(old[0])], [joined(new[0])]


_ATTACHED = ",.;:)"


def _within(target: Spot, scope: Sequence[Spot]) -> Spot:
    """Set an object into the scope of its clause: «из статьи 5 исключить пункт 2»."""
    if len(scope) > 1:
        raise RefusedError("не сказано, что где")
    if not scope or not scope[0].units:
        return target
    return replace(target, units=composed(target.units, scope[0].units))


def _replacement(slots: Slots, places: tuple[Spot, ...]) -> Operation:
    old, new = _old_and_new(slots)
    if not old and new and slots.objects:
        same = [f.units[-1] for f in slots.fresh] == [o.units[-1] for o in slots.objects if o.units]
        return _substitution(replace(slots, quotes=new, new=[], fresh=[] if same else slots.fresh))
    if slots.anchors:
        old, new = _beside_anchor(slots, old, new)
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
        return _words_with_words(slots, places)
    if not words:
        raise RefusedError("нового текста в кавычках нет")
    sentence = {Role.WITH_SENTENCE, Role.SENTENCE} if slots.verb is Role.INCLUDE else {Role.WITH_SENTENCE}
    if not slots.flags & sentence and (
        units or slots.flags & {Role.WITH_UNIT, Role.UNIT} or (slots.near and not slots.anchors)
    ):
        return _insertion(slots, words, units, places)
    return _more_words(slots, words, places, as_sentence=bool(slots.flags & sentence))


def _words_with_words(slots: Slots, places: tuple[Spot, ...]) -> Operation:
    """«Слово «расходы» дополнить словами «и убытки»»: the new words go after the old."""
    if len(slots.old) != 1 or len(slots.new) != 1 or slots.anchors or slots.fresh or slots.quotes:
        raise RefusedError("не прочитано, чем дополнить")
    return Operation(Action.WORDS, places, tuple(slots.old), tuple(slots.new), Side.AFTER)


def _more_words(slots: Slots, words: list[str], places: tuple[Spot, ...], *, as_sentence: bool) -> Operation:
    """Read words or a sentence added: at the end, or beside the words named."""
    between = slots.side is Side.BETWEEN
    if len(words) != 1 or len(slots.anchors) > 1 + between or (as_sentence and slots.anchors):
        raise RefusedError("не прочитано, чем дополнить")
    if as_sentence:
        targets = _after_sentence(slots, places)
        return Operation(Action.WORDS, targets, new=tuple(words), side=Side.END, as_sentence=True)
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or places
    if between:
        first, last = slots.anchors
        return Operation(Action.WORDS, targets, (f"{first} {last}",), (f"{first} {words[0]} {last}",))
    if slots.anchors and slots.anchors[0] in FINAL_STOPS:
        if slots.side is not Side.BEFORE:
            raise RefusedError("не прочитано, куда дополнить")
        return Operation(Action.WORDS, targets, new=tuple(words), side=Side.END)
    if slots.anchors:
        return Operation(Action.WORDS, targets, tuple(slots.anchors), tuple(words), slots.side or Side.AFTER)
    return Operation(Action.WORDS, targets, new=tuple(words), side=Side.END)


def _after_sentence(slots: Slots, places: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Return where a sentence is added: at the end, after the one named, before that whose number it takes."""
    if slots.near is not None:
        if slots.near[0] is not Side.AFTER or slots.near[1].sentence is None:
            raise RefusedError("не прочитано, куда дополнить предложение")
        return (slots.near[1],)
    if slots.nth is None:
        return places
    if slots.nth < 2 or len(places) != 1:
        raise RefusedError("не прочитано, куда дополнить предложение")
    return (replace(places[0], sentence=slots.nth - 1),)


def _insertion(slots: Slots, words: list[str], units: list[Spot], places: tuple[Spot, ...]) -> Operation:
    """Read new units: where they go, their numbers, the unit they stand beside."""
    side, near = slots.near or (Side.END, None)
    places = places or _holders(units) or _holders([near] if near else [])
    if slots.anchors or len(places) > 1 or side is Side.BETWEEN:
        raise RefusedError("не прочитано, куда дополнить")
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
