"""What is told of an act under its title: its state, who made it so, what was added to it, what it does to others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus import eid as eids
from corpus.citations.resolve.references import outgoing
from corpus.citations.writing import CitationForm, cite_range, name
from corpus.effects.editions import PENDING, Touch
from corpus.effects.force import ends
from corpus.effects.force.ends import ForceEffect
from corpus.effects.force.verbs import Effect
from corpus.effects.life import ActState, Life
from corpus.effects.lives import Told
from corpus.effects.standing import StateOnDay
from corpus.effects.states import first_day
from corpus.lexicon.dates import in_digits
from corpus.lexicon.declension import Case, decline
from corpus.library import Summary

_DONE = {
    Effect.TERMINATION: "Прекращено",
    Effect.REPEAL: "Признано утратившим силу",
    Effect.REPLACEMENT: "Заменено",
    Effect.DENUNCIATION: "Денонсировано",
    Effect.SUSPENSION: "Приостановлено",
    Effect.RESUMPTION: "Возобновлено",
    Effect.EXTENSION: "Продлено",
    Effect.RATIFICATION: "Ратифицировано",
    Effect.RESERVATION: "Оговорено",
    Effect.CORRECTION: "Исправлено",
}
_DOES = {
    Effect.TERMINATION: "Прекращает",
    Effect.REPEAL: "Признаёт утратившим силу",
    Effect.REPLACEMENT: "Заменяет",
    Effect.DENUNCIATION: "Денонсирует",
    Effect.SUSPENSION: "Приостанавливает",
    Effect.RESUMPTION: "Возобновляет",
    Effect.EXTENSION: "Продлевает",
    Effect.RATIFICATION: "Ратифицирует",
    Effect.CORRECTION: "Исправляет",
}
_AT_ONCE = frozenset({Effect.RATIFICATION, Effect.ACCESSION, Effect.RESERVATION, Effect.CORRECTION})
"""What is done on the day of the act that does it, whenever that act itself comes into force."""
_OUTSIDE = " (в библиотеке нет)"
_MOST = 12
"""Provisions named in a line; of more the rest is counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its beginning, the act it names (the link), its end; `document` and `eid` "" where nothing is to open."""

    head: str
    act: str = ""
    tail: str = ""
    document: str = ""
    eid: str = ""

    @property
    def text(self) -> str:
        """Return the whole line.

        >>> Line("Изменено 07.07.2007 ", "Протоколом", ": ст. 1").text
        'Изменено 07.07.2007 Протоколом: ст. 1'
        """
        return f"{self.head}{self.act}{self.tail}"


def lines(lives: Told, document: str, on: str) -> tuple[Line, ...]:
    """Tell a document's state on a day and what makes it so; raise NotFoundError."""
    telling = _Telling(lives, document, on)
    every = (telling.done(), telling.changes(), telling.to_come(), telling.marks(), telling.added(), telling.does())
    return tuple(dict.fromkeys((telling.state(), *chain.from_iterable(every))))


class _Telling:
    """The lines of one document."""

    def __init__(self, lives: Told, document: str, on: str) -> None:
        self.lives, self.document, self.on = lives, document, on
        self.life: Life = lives.life(document)
        self.told: ActState = lives.state(document, on)

    def state(self) -> Line:
        """Name the state, and what is not known of it."""
        short = StateOnDay(self.told.status, self.on, self.told.since)
        own = [b for b in self.told.basis if b.document == self.document and b.effect == "expiry"]
        decided = "".join(f" ({b.text})" for b in self.told.basis if b.effect == "decision")
        until = f" по {in_digits(self.told.until)}" if self.told.until else ""
        reasons = [reason for reason in dict.fromkeys(self.told.unknown) if not reason.endswith(PENDING)]
        unknown = f" ({'; '.join(reasons)})" if reasons else ""
        eid = own[-1].eid if own else next((b.eid for b in self.told.basis if b.document == self.document), "")
        return Line(f"На {in_digits(self.on)}: {short.told}{until}{unknown}{decided}", document=self.document, eid=eid)

    def done(self) -> Iterator[Line]:
        """Yield what other acts do to the act's force, told by now or not in force yet."""
        for acting in self.life.acting:
            for one, places in acting.told:
                verb = _DONE.get(one.effect)
                if verb is None:
                    continue
                day = acting.signed if one.effect in _AT_ONCE else first_day(one, acting.force, acting.signed)
                tail = self._places(places)
                yield self._by(f"{verb} {_day(day)}", acting.document, one.eid, tail, day)

    def changes(self) -> Iterator[Line]:
        """Yield the acts that change words: those in force by the day, those to come, those whose day is not known."""
        seen: set[tuple[str, str]] = set()
        for edition in self.life.editions:
            for by in dict.fromkeys(b.document for b in edition.by):
                day = edition.since or ""
                if (by, day) in seen:
                    continue
                seen.add((by, day))
                verb = "Изменено" if day <= self.on else "Будет изменено"
                changed = _touched((*edition.touched, *edition.gone), by)
                first = next(b.eid for b in edition.by if b.document == by)
                yield self._by(f"{verb} {_day(day)}", by, first, self._places(changed), day)

    def to_come(self) -> Iterator[Line]:
        """Yield the acts that were not applied, or not whole."""
        last = self.life.editions[-1]
        for left in {u.document: u for u in reversed(last.unapplied)}.values():
            if not left.document:
                yield Line(_capital(left.reason))
                continue
            own = self.lives.summary(left.document)
            pending = left.reason == PENDING
            places = self._places(_touched(self.life.coming, left.document)) if pending else f": {left.reason}"
            head = "Принято изменение: " if pending else "Применено не всё, что предписывает "
            day = ", день его вступления в силу неизвестен" if pending else ""
            yield Line(head, _capital(name(own)), f"{day}{places}", left.document, left.eid)

    def marks(self) -> Iterator[Line]:
        """Yield the changes that marks printed in the text tell of."""
        for basis in self.told.basis:
            if basis.document == self.document and basis.effect == "amended":
                yield Line(f"Изменено {_day(basis.since)}по отметке в тексте", document=self.document, eid=basis.eid)

    def added(self) -> Iterator[Line]:
        """Yield what was made in addition to the act and changes none of its words."""
        for id_ in self.life.supplements:
            document = self.lives.library.get(id_)
            cited = [
                e
                for r in outgoing(document, self.lives.resolver)
                if r.target and r.target.document == self.document
                for e in r.target.eids
            ]
            whole = self._places(cited).removeprefix(": ")
            tail = f" (слов не меняет{f'; ссылается на {whole}' if whole else ''})"
            day = document.instrument.date
            yield self._by(f"Дополнено {_day(day)}", id_, "", tail, day)

    def does(self) -> Iterator[Line]:
        """Yield what the act does to others, those outside the library too."""
        act = self.life.act
        for effect, verb in _DOES.items():
            outside: dict[str, str] = {}
            for one in ends.stored(act):
                if one.effect is not effect or one.citation.places:
                    continue
                if id_ := self.lives.meant(self.document, one):
                    yield Line(f"{verb} ", _accusative(self.lives.summary(id_)), "", id_)
                else:
                    outside.setdefault(_named(one), one.eid)
            if outside:
                eid = next(iter(outside.values()))
                yield Line(f"{verb} {', '.join(outside)}{_OUTSIDE}", document=self.document, eid=eid)

    def _by(self, head: str, document: str, eid: str, tail: str, day: str | None) -> Line:
        """Write a line that ends with the act that did it; its date is left out where it is the line's own."""
        if not document:
            return Line(f"{head}актом, к которому нет доступа{tail}")
        called = name(self.lives.summary(document)).removesuffix(f" от {in_digits(day)}" if day else "\n")
        return Line(head, _capital(decline(called, Case.INSTRUMENTAL)), tail, document, eid)

    def _places(self, places: Iterable[str]) -> str:
        """Name provisions by their articles; "" for the whole act."""
        whole = [p.eid for p in self.life.act.walk()]
        order = {eid: n for n, eid in enumerate(whole)}
        named = sorted(dict.fromkeys(map(eids.article, places)), key=lambda e: order.get(e, len(order)))
        if not named:
            return ""
        rest = f" и ещё {len(named) - _MOST}" if len(named) > _MOST else ""
        return f": {cite_range(self.life.act, named[:_MOST], CitationForm.PLACE)}{rest}"


def _day(day: str | None) -> str:
    return f"{in_digits(day)} " if day else "(день неизвестен) "


def _touched(rows: Iterable[tuple[str, Sequence[Touch]]], document: str) -> list[str]:
    return [eid for eid, touches in rows if any(t.by.document == document for t in touches)]


def _accusative(own: Summary) -> str:
    return _capital(decline(name(own), Case.ACCUSATIVE))


def _capital(called: str) -> str:
    return called[:1].upper() + called[1:]


def _named(told: ForceEffect) -> str:
    """Name an act outside the library as the one that names it does, in short."""
    named = told.citation.named
    assert named is not None
    word = decline(named.lemma, Case.ACCUSATIVE).capitalize()
    dated = f" от {in_digits(named.date)}" if named.date else ""
    return f"{word}{dated}{f' № {named.number}' if named.number else ''}"
