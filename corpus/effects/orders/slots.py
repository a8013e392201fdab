"""The slots of one clause of an amending order, filled from the words of its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analyzers.lemmas import cases
from analyzers.letters import folded
from corpus.citations.parsed import Named, Pointing, Reach
from corpus.citations.read import grammar as g
from corpus.citations.read.groups import PlaceGroup
from corpus.effects.operations import RefusedError, Side, Spot, Units
from corpus.effects.orders.roles import VERBS, Role, number_of_sentence
from corpus.effects.orders.scanning import OrderToken
from corpus.model import Kind

_FIRST_WORD = re.compile(r"[а-яё]+")
_LABEL = re.compile(r"[а-яёa-z]\d{0,2}(?:[.-]\d{1,2})?", re.IGNORECASE)
"""The number of a point, not words: «подпунктами «а1» и «а2»»."""
_NOUNS = frozenset({Role.WORDS, Role.WITH_WORDS, Role.SENTENCE, Role.WITH_SENTENCE, Role.UNIT, Role.WITH_UNIT})
QUIET = frozenset({Role.CHANGE, Role.ACCEPT, Role.DECLARE, Role.COUNT})
"""Verbs that say what is done only with another word: «изменить, изложив», «признать утратившим силу»."""


def composed(units: Units, base: Units) -> Units:
    """Set a place into the place a lead-in names: «пункт 1» under «В статье 3:» is of статья 3.

    >>> from corpus.citations.parsed import CitedUnit
    >>> article, point = CitedUnit(Kind.ARTICLE, "3"), CitedUnit(Kind.POINT, "1")
    >>> composed((point,), (article,)) == (article, point), composed((article,), (article, point)) == (article,)
    (True, True)
    """
    top = g.RANK.get(units[0].kind, 0)
    return (*(u for u in base if g.RANK.get(u.kind, 0) > top), *units)


@dataclass(slots=True)
class Slots:
    """What one clause holds so far."""

    verb: Role | None = None
    scope: list[Spot] = field(default_factory=list)
    objects: list[Spot] = field(default_factory=list)
    fresh: list[Spot] = field(default_factory=list)
    near: tuple[Side, Spot] | None = None
    instead: list[Spot] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    side: Side | None = None
    quotes: list[str] = field(default_factory=list)
    nth: int | None = None
    flags: set[Role] = field(default_factory=set)
    whole: bool = False

    def empty(self) -> bool:
        """Say whether nothing but fillers was read."""
        return not (self._places() or self.old or self.new or self.quotes or self.flags)

    def words_alone(self) -> bool:
        """Say whether only quoted runs were read."""
        return bool(self.quotes or self.old or self.new) and not self._places()

    def _places(self) -> bool:
        """Say whether a verb, a place or words beside which others go were read."""
        held = (self.verb, self.scope, self.objects, self.fresh, self.near, self.instead, self.anchors, self.whole)
        return any(held)

    def add(self, more: "Slots") -> None:
        """Take in what the next part of the clause holds."""
        self.verb = more.verb or self.verb
        for name in ("scope", "objects", "fresh", "instead", "old", "new", "anchors", "quotes"):
            getattr(self, name).extend(getattr(more, name))
        self.near, self.side, self.nth = more.near or self.near, more.side or self.side, more.nth or self.nth
        self.flags |= more.flags
        self.whole = self.whole or more.whole


_BESIDE = {"после": Side.AFTER, "за": Side.AFTER, "перед": Side.BEFORE, "между": Side.BETWEEN}
_INSIDE = frozenset({"в", "во", "из"})


class Filling:
    """Reads parts, and what a part takes from those before it: the place of the lead-in, the role of a list."""

    def __init__(self, base: Units, about: Named | None) -> None:
        self.base, self.about = base, about
        self.noun: Role | None = None
        self.preposition = ""
        self.previous: tuple[Role | None, str] = (None, "")
        self.held: Spot | None = None
        """The place named last."""

    def read(self, part: Sequence[OrderToken]) -> Slots:
        """Fill the slots of one part; raise RefusedError at a word without a role."""
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
            elif token.role is Role.NTH_SENTENCE:
                self._nth_sentence(token, slots)
            else:
                self._word(token, slots)
        if slots.verb is Role.INCLUDE and Role.CHANGES in slots.flags:
            slots.verb = Role.CHANGE  # «внести изменение, заменив …»
        return slots

    def _word(self, token: OrderToken, slots: Slots) -> None:
        role, low = token.role, folded(token.text)
        self._refuse(token)
        if role in VERBS:
            self._verb(role, slots)
        elif role is Role.PREPOSITION:
            self.preposition, self.noun = low, None
        elif role in _NOUNS:
            self.noun = role
            slots.flags.add(role)
            if role is Role.WITH_WORDS and self.preposition not in {"перед", "между", "за"}:
                self.preposition = ""
        elif role is Role.TEXT and not self.preposition:
            self.noun = Role.WORDS  # «текст «А» заменить», or «текст пункта 2 изложить»
        elif role in (Role.TEXT, Role.EVERYWHERE):
            if self.preposition in {"по", "в", "во", "на"} or role is Role.EVERYWHERE:
                slots.flags.add(Role.EVERYWHERE)
        elif role not in (Role.AND, Role.FILLER, Role.STOP, Role.ORDINAL):
            slots.flags.add(role)
            self.preposition = "" if role in (Role.EDITION, Role.CONTENT) else self.preposition

    def _refuse(self, token: OrderToken) -> None:
        """Raise RefusedError for what no formula holds."""
        if token.role is Role.BROKEN:
            raise RefusedError("кавычки не закрыты")
        if token.role is Role.UNKNOWN or (
            token.role is Role.ORDINAL and self.noun not in (Role.SENTENCE, Role.WITH_SENTENCE)
        ):
            raise RefusedError(f"не прочитано слово «{token.text}»")
        if token.role is Role.STOP and token.text not in ",:.;()":
            raise RefusedError(f"не прочитан знак «{token.text}»")

    def _verb(self, role: Role, slots: Slots) -> None:
        quiet = role in QUIET or (role is Role.INCLUDE and Role.CHANGES in slots.flags)
        if slots.verb is not None and slots.verb not in QUIET and not quiet:
            raise RefusedError("два действия в одной части")
        slots.verb = slots.verb if slots.verb is not None and quiet else role
        self.noun, self.preposition = None, ""

    def _quote(self, token: OrderToken, slots: Slots, *, listed: bool) -> None:
        noun, preposition = self.previous if listed else (self.noun, self.preposition)
        if noun is Role.WITH_UNIT and _LABEL.fullmatch(token.text):
            self.previous = (noun, preposition)  # «дополнить подпунктами «а1» и «а2» следующего содержания»
            return
        if preposition in _BESIDE:
            slots.anchors.append(token.text)
            slots.side = _BESIDE[preposition]
        elif preposition == "вместо":
            slots.old.append(token.text)
        elif (
            noun is Role.WITH_WORDS or (preposition in {"на", "как"} and noun is not Role.UNIT) or _read_as(slots, noun)
        ):
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
        (slots.scope if self.preposition in {*_INSIDE, "по"} else slots.objects).extend(targets)

    def _nth_sentence(self, token: OrderToken, slots: Slots) -> None:
        """Give a sentence told by its number its place: named in this part, else before it, else by the lead-in."""
        place = _sentence(token.text)
        flags = Role.WITH_SENTENCE if "предложением" in token.text.lower() else Role.SENTENCE
        if flags is Role.WITH_SENTENCE and self.preposition not in _BESIDE:
            slots.nth, self.noun = place, flags
            slots.flags.add(flags)
            return
        held = (slots.scope or slots.objects)[-1:] or [self.held or Spot(self.base)]
        if not held[0].units:
            raise RefusedError(f"не сказано, где это: «{token.text}»")
        target = replace(held[0], sentence=place)
        if self.preposition in _BESIDE:
            slots.near = (_BESIDE[self.preposition], target)
        elif self.preposition in _INSIDE:
            slots.scope = [target]
        else:
            named = [o for o in slots.objects if o != held[0] or o.sentence is not None]
            slots.scope, slots.objects = [], [*named, target]
        self.noun, self.preposition = None, ""

    def _place(self, token: OrderToken, slots: Slots) -> None:
        assert token.group is not None
        first, last = instrumental(token.text)
        sentence = _sentence(token.text)
        _refuse_vague(token.text, token.group)
        places = [place.units for place in token.group.places]
        if last and not first:  # «дополнить пункт 2 статьи 3 подпунктом 4»: one place to the reader of citations
            slots.fresh.extend(Spot(units) for units in places)
            places = list(dict.fromkeys(units[:-1] for units in places))
        base = self._inside(places[0], slots) or self.base
        targets = [_target(units, base, sentence, heading=Role.HEADING in slots.flags) for units in places]
        self.held = targets[-1]
        if not self.preposition and _stands_in(token.text):
            self.preposition = "в"
        self._put(slots, targets, [Spot(units) for units in places] if first or self.preposition == "как" else [])
        self.noun, self.preposition = None, ""

    def _inside(self, units: Units, slots: Slots) -> Units:
        """Return the place named just before one that is inside it: «в статье 2 в подпункте «в»»."""
        held = slots.scope[-1].units if slots.scope else ()
        if self.preposition not in _INSIDE or not held or g.RANK.get(units[0].kind, 0) >= g.RANK.get(held[-1].kind, 0):
            return ()
        return slots.scope.pop().units

    def _put(self, slots: Slots, targets: list[Spot], fresh: list[Spot]) -> None:
        """Give places the role their preposition or case tells."""
        if Role.HEADING in slots.flags:
            self._heading(slots, targets)
        elif self.preposition in _BESIDE:
            between = self.preposition == "между" and len(targets) == 2
            slots.near = (Side.AFTER if between else _BESIDE[self.preposition], targets[0])
        elif self.preposition == "вместо":
            slots.instead.extend(targets)
        elif self.preposition in {*_INSIDE, "по", "к", "ко"}:
            slots.scope.extend(targets)
        elif fresh:
            slots.fresh.extend(fresh)
        else:
            slots.objects.extend(targets)


def instrumental(text: str) -> tuple[bool, bool]:
    """Say whether the first and the last unit of a place stand in the instrumental: «пунктом 3», «статьёй 5».

    >>> instrumental("подпунктом «г»"), instrumental("пункт 2 статьи 3 подпунктом 4")
    ((True, True), (False, True))
    """
    words = [w for w in _FIRST_WORD.findall(text.lower()) if re.match(_UNIT_WORD, w)]
    made = ["ablt" in cases(folded(w)) and folded(w) not in {"статью", "часть"} for w in words]
    return (made[0], made[-1]) if made else (False, False)


def _stands_in(text: str) -> bool:
    """Say whether a place is told by its case as one where something is: «в названии и пункте 1 слова …»."""
    word = _FIRST_WORD.match(text.lower())
    return word is not None and cases(folded(word[0])) == ("loct",)


def _read_as(slots: Slots, noun: Role | None) -> bool:
    """Say whether words are those to be read: «вместо слов «А» читать слова «Б»»."""
    return slots.verb is Role.READ and noun is Role.WORDS and bool(slots.old)


_UNIT_WORD = r"(?:под)?пункт|стат|част|абзац|глав|(?:под)?раздел|приложени|примечани|букв|литер"


def _sentence(text: str) -> int | None:
    place = number_of_sentence(text)
    if place == 0:
        raise RefusedError(f"не сказано, какое предложение: «{text}»")
    return place


def _refuse_vague(text: str, group: PlaceGroup) -> None:
    """Raise RefusedError for places that point elsewhere («той же статьи») or go on unread («и далее»)."""
    if group.unread:
        raise RefusedError(f"не сказано, докуда: «{text}»")
    if any(u.pointing is not Pointing.NONE for place in group.places for u in place.units):
        raise RefusedError(f"не сказано, где это: «{text}»")


def and_heading(targets: Sequence[Spot]) -> list[Spot]:
    """Return the heading of the article that holds these places, and the places themselves; else raise RefusedError."""
    outer = {spot.units[:1] for spot in targets}
    if len(outer) != 1 or any(len(spot.units) < 2 for spot in targets):
        raise RefusedError("не сказано, чьё наименование")
    return [Spot(outer.pop(), heading=True), *(replace(spot, heading=False) for spot in targets)]


def _target(units: Units, base: Units, sentence: int | None, *, heading: bool) -> Spot:
    units = composed(units, base)
    last = units[-1]
    own = last.kind is Kind.ALINEA and last.num == "1"
    return Spot(units, own, heading, sentence)
