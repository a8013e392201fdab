"""The grammar of amending formulae: the tokens of a statement into operations.

    statement = [places ":"] clause { ("," | "и" | ":") clause }
    clause    = slots in any order with one verb: «в пункте 1 слова «А» заменить словами «Б»»
    slots     = [preposition] place | [preposition] words «…» | new unit [":"] «…» | heading | «по тексту» | …

A statement is read whole or refused: a word without a role, a clause without what its verb needs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analyzers.lemmas import cases, folded
from corpus.citations.read import grammar as g
from corpus.citations.parsed import Named, Pointing, Reach, CitedUnit
from corpus.effects.operations import Action, Fresh, Operation, RefusedError, Side, Spot, Units
from corpus.effects.tokens import VERBS, Role, OrderToken
from corpus.model import Kind

_SENTENCE = re.compile(
    rf"(?:(?P<before>{g.ORDINAL.replace('?P<tens>', '?:').replace('?P<ordinal>', '?:')}|\d{{1,2}}-?[а-я]{{1,3}})\s+)?"
    rf"предложени[а-я]{{1,2}}(?:\s+(?P<after>{g.ORDINAL.replace('?P<tens>', '?:').replace('?P<ordinal>', '?:')}|\d{{1,2}}))?"
)
_ORDINAL = re.compile(g.ORDINAL)
_FIRST_WORD = re.compile(r"[а-яё]+")
_QUIET = frozenset({Role.CHANGE, Role.ACCEPT, Role.DECLARE, Role.COUNT})
"""Verbs that say what is done only with another word: «изменить, изложив», «признать утратившим силу»."""


@dataclass(slots=True)
class Slots:
    """What one clause holds so far."""

    verb: Role | None = None
    scope: list[Spot] = field(default_factory=list)
    objects: list[Spot] = field(default_factory=list)
    fresh: list[Spot] = field(default_factory=list)
    near: tuple[Side, Spot] | None = None
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    side: Side | None = None
    quotes: list[str] = field(default_factory=list)
    flags: set[Role] = field(default_factory=set)
    whole: bool = False

    def empty(self) -> bool:
        """Say whether nothing but fillers was read."""
        return not (
            self.verb or self.scope or self.objects or self.fresh or self.near or self.old or self.new or self.anchors
            or self.quotes or self.flags or self.whole
        )  # fmt: skip

    def words_alone(self) -> bool:
        """Say whether only quoted runs were read."""
        return bool(self.quotes or self.old or self.new) and not (
            self.verb or self.scope or self.objects or self.fresh or self.near or self.anchors or self.whole
        )

    def add(self, more: "Slots") -> None:
        """Take in what the next part of the clause holds."""
        self.verb = more.verb or self.verb
        for name in ("scope", "objects", "fresh", "old", "new", "anchors", "quotes"):
            getattr(self, name).extend(getattr(more, name))
        self.near, self.side = more.near or self.near, more.side or self.side
        self.flags |= more.flags
        self.whole = self.whole or more.whole


def operations(tokens: Sequence[OrderToken], base: Units, about: Named | None) -> tuple[Operation, ...]:
    """Read a statement; `base` are the units its lead-in names. Raise RefusedError with the reason."""
    return tuple(_operation(clause, base) for clause in _clauses(tokens, base, about))


def scope_of(tokens: Sequence[OrderToken], base: Units) -> Units | None:
    """Return the place a lead-in names («В статье 3:»); None when it names none or several."""
    places = [t for t in tokens if t.role is Role.PLACE]
    if len(places) != 1 or places[0].group is None or len(places[0].group.places) != 1:
        return None
    return composed(places[0].group.places[0].units, base)


def composed(units: Units, base: Units) -> Units:
    """Set a place into the place a lead-in names: «пункт 1» under «В статье 3:» is of статья 3.

    >>> article, point = CitedUnit(Kind.ARTICLE, "3"), CitedUnit(Kind.POINT, "1")
    >>> composed((point,), (article,)) == (article, point), composed((article,), (article, point)) == (article,)
    (True, True)
    """
    top = g.RANK.get(units[0].kind, 0)
    return (*(u for u in base if g.RANK.get(u.kind, 0) > top), *units)


def _clauses(tokens: Sequence[OrderToken], base: Units, about: Named | None) -> list[Slots]:
    """Part a statement into clauses of one verb each; what stands before the first verb goes to it."""
    clauses: list[Slots] = []
    pending, kept = Slots(), _Kept(base, about)
    for part in _parts(tokens):
        slots = kept.read(part)
        if slots.empty():
            continue
        last = clauses[-1] if clauses else None
        if last and _states_new(last, pending, slots):
            last.quotes += slots.quotes
            continue
        if last and pending.empty() and slots.verb is None and (slots.words_alone() or _at_end(part, tokens)):
            if last.verb is Role.REPLACE and slots.old and slots.new:
                clauses.append(replace(slots, verb=last.verb, scope=list(last.scope), objects=list(last.objects)))
            else:
                last.add(slots)
            continue
        pending.add(slots)
        if slots.verb is not None and (slots.verb is not Role.CHANGE or _changes_alone(pending)):
            if Role.HEADING in pending.flags:  # «в наименовании слова …» under «В статье 3:»
                pending.flags.discard(Role.HEADING)
                pending.scope = [replace(s, heading=True) for s in pending.scope] or [Spot(base, heading=True)]
            clauses.append(_placed(pending, last))
            pending = Slots()
    if not pending.empty():
        if not clauses:
            raise RefusedError("не сказано, что сделать")
        clauses[-1].add(pending)
    return clauses


def _states_new(last: Slots, pending: Slots, slots: Slots) -> bool:
    """Say whether a part only states what the clause before adds: «дополнить пунктом 4, изложив его …: «4. …»»."""
    adds = last.verb in (Role.ADD, Role.INCLUDE) and not (last.quotes or last.new or last.old)
    states = slots.verb is Role.RESTATE and not (slots.scope or slots.objects or slots.fresh)
    return adds and states and pending.empty()


def _at_end(part: Sequence[OrderToken], tokens: Sequence[OrderToken]) -> bool:
    """Say whether a part without a verb is the last one: «слова «А» исключить, в пункте 1»."""
    return part[-1] is tokens[-1] and not any(t.role in VERBS for t in part)


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


class _Kept:
    """Reads parts, and what a part takes from those before it: the place of the lead-in, the role of a list."""

    def __init__(self, base: Units, about: Named | None) -> None:
        self.base, self.about = base, about
        self.noun: Role | None = None
        self.preposition = ""
        self.previous: tuple[Role | None, str] = (None, "")

    def read(self, part: Sequence[OrderToken]) -> Slots:
        slots = Slots()
        joined = part[0].text.lower() in {",", "и", "а", "также", "или", "—", "–", "-"}
        if part[0].text != ":":
            self.noun, self.preposition = None, ""
        for i, token in enumerate(part):
            if token.role is Role.QUOTE:
                only = joined and all(t.role in (Role.STOP, Role.AND) for t in part[:i])
                self._quote(token, slots, listed=only)
            elif token.role is Role.PLACE:
                self._place(token, slots)
            elif token.role is Role.ACT:
                self._act(token, slots)
            else:
                self._word(token, slots)
        if slots.verb is Role.INCLUDE and Role.CHANGES in slots.flags:
            slots.verb = Role.CHANGE  # «внести изменение, заменив …»
        return slots

    def _word(self, token: OrderToken, slots: Slots) -> None:
        role, low = token.role, folded(token.text)
        if role in (Role.UNKNOWN, Role.BROKEN):
            what = "кавычки не закрыты" if role is Role.BROKEN else f"не прочитано слово «{token.text}»"
            raise RefusedError(what)
        if role is Role.STOP:
            if token.text not in ",:.;()":
                raise RefusedError(f"не прочитан знак «{token.text}»")
        elif role in VERBS:
            self._verb(role, slots)
        elif role is Role.PREPOSITION:
            self.preposition, self.noun = low, None
        elif role in (Role.WORDS, Role.WITH_WORDS, Role.SENTENCE, Role.WITH_SENTENCE, Role.UNIT, Role.WITH_UNIT):
            self.noun = role
            slots.flags.add(role)
            if role is Role.WITH_WORDS and self.preposition != "перед":
                self.preposition = ""
        elif role is Role.TEXT and not self.preposition:
            self.noun = Role.WORDS  # «текст «А» заменить», or «текст пункта 2 изложить»
        elif role in (Role.TEXT, Role.EVERYWHERE):
            if self.preposition in {"по", "в", "во", "на"} or role is Role.EVERYWHERE:
                slots.flags.add(Role.EVERYWHERE)
        elif role is Role.ORDINAL:
            if self.noun not in (Role.SENTENCE, Role.WITH_SENTENCE):
                raise RefusedError(f"не прочитано слово «{token.text}»")
        elif role not in (Role.AND, Role.FILLER):
            slots.flags.add(role)
            self.preposition = "" if role in (Role.EDITION, Role.CONTENT) else self.preposition

    def _verb(self, role: Role, slots: Slots) -> None:
        quiet = role in _QUIET or (role is Role.INCLUDE and Role.CHANGES in slots.flags)
        if slots.verb is not None and slots.verb not in _QUIET and not quiet:
            raise RefusedError("два действия в одной части")
        slots.verb = slots.verb if slots.verb is not None and quiet else role
        self.noun, self.preposition = None, ""

    def _quote(self, token: OrderToken, slots: Slots, *, listed: bool) -> None:
        noun, preposition = (self.previous if listed else (self.noun, self.preposition))
        if preposition == "после" or preposition == "перед":
            slots.anchors.append(token.text)
            slots.side = Side.AFTER if preposition == "после" else Side.BEFORE
        elif preposition == "вместо":
            slots.old.append(token.text)
        elif noun is Role.WITH_WORDS or (preposition in {"на", "как"} and noun is not Role.UNIT) or _read_as(slots, noun):
            slots.new.append(token.text)
        elif noun is Role.WORDS:
            slots.old.append(token.text)
        else:
            slots.quotes.append(token.text)
        self.previous = (noun, preposition)
        self.noun, self.preposition = None, ""

    def _act(self, token: OrderToken, slots: Slots) -> None:
        named = token.named
        if named is None or named.reach is Reach.THIS:
            raise RefusedError(f"не прочитано «{token.text}»")
        if self.about is not None and named.bare and named.lemma != self.about.lemma:
            raise RefusedError(f"не сказано, какой это акт: «{token.text}»")
        if Role.HEADING in slots.flags:
            self._heading(slots, [Spot(heading=True)])
        if not (slots.scope or slots.objects):
            slots.whole = True
        self.noun, self.preposition = None, ""

    def _heading(self, slots: Slots, targets: list[Spot]) -> None:
        slots.flags.discard(Role.HEADING)
        (slots.scope if self.preposition in {"в", "во", "из", "по"} else slots.objects).extend(targets)

    def _place(self, token: OrderToken, slots: Slots) -> None:
        assert token.group is not None
        first, last = _instrumental(token.text)
        sentence = _sentence(token.text)
        if any(u.pointing is not Pointing.NONE for place in token.group.places for u in place.units):
            raise RefusedError(f"не сказано, где это: «{token.text}»")
        places = [place.units for place in token.group.places]
        if last and not first:  # «дополнить пункт 2 статьи 3 подпунктом 4»: one place to the reader of citations
            slots.fresh.extend(Spot(units) for units in places)
            places = list(dict.fromkeys(units[:-1] for units in places))
        targets = [_target(units, self.base, sentence, heading=Role.HEADING in slots.flags) for units in places]
        if Role.HEADING in slots.flags:
            self._heading(slots, targets)
        elif self.preposition in {"после", "перед"}:
            slots.near = (Side.AFTER if self.preposition == "после" else Side.BEFORE, targets[0])
        elif self.preposition in {"в", "во", "из", "по", "к", "ко"}:
            slots.scope.extend(targets)
        elif first or self.preposition == "как":
            slots.fresh.extend(Spot(units) for units in places)
        else:
            slots.objects.extend(targets)
        self.noun, self.preposition = None, ""


def _instrumental(text: str) -> tuple[bool, bool]:
    """Say whether the first and the last unit of a place stand in the instrumental: «пунктом 3», «статьёй 5».

    >>> _instrumental("подпунктом «г»"), _instrumental("пункт 2 статьи 3 подпунктом 4")
    ((True, True), (False, True))
    """
    words = [w for w in _FIRST_WORD.findall(text.lower()) if re.match(_UNIT_WORD, w)]
    made = ["ablt" in cases(folded(w)) and folded(w) not in {"статью", "часть"} for w in words]
    return (made[0], made[-1]) if made else (False, False)


def _read_as(slots: Slots, noun: Role | None) -> bool:
    """Say whether words are those to be read: «вместо слов «А» читать слова «Б»»."""
    return slots.verb is Role.READ and noun is Role.WORDS and bool(slots.old)


_UNIT_WORD = r"(?:под)?пункт|стат|част|абзац|глав|(?:под)?раздел|приложени|примечани|букв|литер"


def _sentence(text: str) -> int | None:
    match = _SENTENCE.search(text.lower())
    if match is None:
        return None
    word = match["before"] or match["after"] or ""
    if digits := re.match(r"\d+", word):
        return int(digits[0])
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal is None:
        raise RefusedError(f"не сказано, какое предложение: «{text}»")
    return g.ORDINAL_VALUES[ordinal["ordinal"]] + g.TENS.get(ordinal["tens"] or "", 0)


def _target(units: Units, base: Units, sentence: int | None, *, heading: bool) -> Spot:
    units = composed(units, base)
    last = units[-1]
    own = last.kind is Kind.ALINEA and last.num == "1"
    return Spot(units, own, heading, sentence)


def _operation(slots: Slots, base: Units) -> Operation:
    """Turn a clause into an operation by its verb."""
    verb, flags = slots.verb, slots.flags
    places = tuple(slots.scope or slots.objects)
    if not places and (slots.whole or base):
        places = (Spot(() if slots.whole else base),)
    made: Operation | None = None
    if verb in (Role.DELETE, Role.CANCEL, Role.LOSE) or Role.VOID in flags:
        made = _removal(slots, places)
    elif verb is Role.REPLACE or (verb in (Role.READ, Role.COUNT) and slots.old):
        made = _replacement(slots, places)
    elif verb is Role.COUNT and slots.fresh:
        if len(slots.objects) != len(slots.fresh):
            raise RefusedError("чисел и новых чисел не поровну")
        made = Operation(Action.RENUMBERING, tuple(slots.objects), numbers=tuple(t.units[-1] for t in slots.fresh))
    elif verb is Role.ENTITLE:
        made = _substitution(_headed(slots))
    elif verb is Role.RESTATE and slots.old and slots.quotes:
        made = _replacement(slots, places)  # «слова «А» изложить в следующей редакции: «Б»»
    elif verb in (Role.RESTATE, Role.READ) or (verb is Role.ACCEPT and Role.EDITION in flags):
        made = _substitution(slots)
    elif verb in (Role.ADD, Role.INCLUDE):
        made = _addition(slots, places)
    if made is None:
        raise RefusedError("не прочитано, что сделать")
    everywhere = Role.EVERYWHERE in flags
    if made.action is Action.WORDS and not (made.targets or everywhere):
        raise RefusedError("не сказано, где эти слова")
    return replace(made, targets=made.targets or (Spot(),), everywhere=everywhere, inflected=Role.FORM in flags)


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
    old, new, quotes = [*slots.old], [*slots.new], [*slots.quotes]
    if quotes and not old and new:
        old, quotes = quotes, []
    elif quotes and old and not new:
        new, quotes = quotes, []
    elif len(quotes) == 2 and not old and not new:
        old, new, quotes = quotes[:1], quotes[1:], []
    if not old and (new or quotes) and slots.objects:
        return _substitution(replace(slots, quotes=[*new, *quotes], new=[]))
    if quotes or not old or slots.fresh or len(new) not in (1, len(old)):
        raise RefusedError("не прочитано, какие слова какими заменить")
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or places
    return Operation(Action.WORDS, targets, tuple(old), tuple(new if len(new) > 1 else new * len(old)))


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
    flags, words = slots.flags, [*slots.new, *slots.quotes]
    units = list(slots.fresh)
    side, near = Side.END, None
    if slots.near is not None:
        side, near = slots.near
    if slots.verb is Role.INCLUDE:
        words = [*words, *slots.old] if Role.WORDS in flags else words
        units, places = _included(slots, units, places)
    elif slots.old:
        raise RefusedError("не прочитано, чем дополнить")
    if Role.WITH_SENTENCE in flags or (slots.verb is Role.INCLUDE and Role.SENTENCE in flags):
        if len(words) != 1:
            raise RefusedError("нового предложения в кавычках нет")
        return Operation(Action.WORDS, places, new=tuple(words), side=Side.END, as_sentence=True)
    if not words:
        raise RefusedError("нового текста в кавычках нет")
    if units or Role.WITH_UNIT in flags or Role.UNIT in flags or (near and not slots.anchors):
        if slots.anchors:
            raise RefusedError("не прочитано, куда дополнить")
        places = places or _holders(units)
        if len(places) > 1:
            raise RefusedError("не сказано, куда дополнить")
        numbers = tuple(t.units[-1] for t in units)
        near = replace(near, units=composed(near.units, places[0].units)) if near and places else near
        made = Operation(Action.INSERTION, places, fresh=tuple(map(Fresh, words)), numbers=numbers, near=near)
        return replace(made, side=side)
    if len(words) != 1 or len(slots.anchors) > 1:
        raise RefusedError("не прочитано, чем дополнить")
    targets = tuple(_within(o, slots.scope) for o in slots.objects) or places
    if slots.anchors:
        return Operation(Action.WORDS, targets, tuple(slots.anchors), tuple(words), slots.side or Side.AFTER)
    return Operation(Action.WORDS, targets, new=tuple(words), side=Side.END)


def _included(
    slots: Slots, units: list[Spot], places: tuple[Spot, ...]
) -> tuple[list[Spot], tuple[Spot, ...]]:
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
