"""The life of an act in the words of Akoma Ntoso: events, modifications, intervals, and what is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.akn.vocabulary import SOURCE, UNDATED, akn
from corpus.citations.writing import name
from corpus.effects.editions import Touch
from corpus.effects.force.verbs import Effect
from corpus.effects.life import ActState, Life
from corpus.effects.lines import lines
from corpus.effects.lives import Told
from corpus.effects.standing import DEAD, StateOnDay
from corpus.effects.states import first_day, short

Element = etree._Element  # noqa: SLF001  lxml names its element type so
_IN_FORCE = "inForce"
_FORCE = {
    Effect.TERMINATION: "endOfEnactment",
    Effect.REPEAL: "endOfEnactment",
    Effect.REPLACEMENT: "endOfEnactment",
    Effect.EXTENSION: "prorogationOfForce",
}
_EFFICACY = {Effect.SUSPENSION: "endOfEfficacy", Effect.RESUMPTION: "entryIntoEfficacy"}


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened to the act on a day (ISO 8601): its kind in the standard's words, the act that did it."""

    day: str
    kind: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What an export tells of an act's life on a day."""

    life: Life
    told: ActState
    notes: tuple[str, ...]
    names: dict[str, str]
    """Names of the acts that act on it, by document."""

    def of(self, eid: str) -> StateOnDay | None:
        """Return the state of a provision that has one of its own."""
        own = eid in self.told.own or eid in self.told.to_come
        return short(self.told, eid) if own and self.told.status not in DEAD else None

    def status(self, eid: str) -> dict[str, str]:
        """Return the attributes of a provision's element: what is dead is «removed»."""
        state = self.of(eid)
        return {"status": "removed"} if state and state.status in DEAD else {}


def history(lives: Told, document: str, on: str) -> History:
    """Gather the life of a document as it stands on a day; raise NotFoundError."""
    life, told = lives.life(document), lives.state(document, on)
    others = {a.document for a in life.acting} | {b.document for e in life.editions for b in e.by}
    notes = tuple(line.text for line in lines(lives, document, on))
    return History(life, told, notes, {d: name(lives.summary(d)) for d in sorted(others - {""})})


class HistoryWriting:
    """Writes the elements of one history; the acts are referred to by their keys."""

    def __init__(self, told: History) -> None:
        self._told = told
        self._keys = {document: f"act_{n}" for n, document in enumerate(told.names, 1)}
        self._events = list(dict.fromkeys(_events(told.life)))

    def before_references(self, meta: Element) -> None:
        """Write lifecycle, analysis and temporalData, in the order of the standard."""
        lifecycle = etree.SubElement(meta, akn("lifecycle"), source=SOURCE)
        for n, event in enumerate(self._events, 1):
            by = f"#{self._keys[event.by]}" if event.by in self._keys else SOURCE
            etree.SubElement(lifecycle, akn("eventRef"), eId=f"ev_{n}", date=event.day, source=by, type=event.kind)
        mods = list(self._mods())
        if mods:
            passive = etree.SubElement(
                etree.SubElement(meta, akn("analysis"), source=SOURCE), akn("passiveModifications")
            )
            for n, (tag, kind, source, destination, group) in enumerate(mods, 1):
                mod = etree.SubElement(passive, akn(tag), type=kind, eId=f"pmod_{n}")
                etree.SubElement(mod, akn("source"), href=source)
                etree.SubElement(mod, akn("destination"), href=destination)
                if group:
                    etree.SubElement(mod, akn("force"), period=group)
        self._groups(meta)

    def references(self, references: Element) -> None:
        """Write the acts and the concept the other elements refer to."""
        etree.SubElement(
            references, akn("TLCConcept"), eId=_IN_FORCE, href="/ontology/concept/inForce", showAs="действует"
        )
        for document, key in self._keys.items():
            called = self._told.names[document]
            etree.SubElement(references, akn("TLCReference"), eId=key, href=f"/d/{document}", showAs=called, name="act")

    def notes(self, meta: Element) -> None:
        """Write what is told of the act and of its provisions, for readers."""
        own = dict.fromkeys([*self._told.told.own, *(e for e in self._told.told.to_come if e)])
        marks = [f"{eid}: {state.told}" for eid in own if (state := self._told.of(eid))]
        notes = etree.SubElement(meta, akn("notes"), source=SOURCE)
        for n, text in enumerate((*self._told.notes, *marks), 1):
            etree.SubElement(etree.SubElement(notes, akn("note"), eId=f"state_{n}"), akn("p")).text = text

    def _groups(self, meta: Element) -> None:
        """Write an interval for each edition, from its event to that of the next."""
        holder = etree.SubElement(meta, akn("temporalData"), source=SOURCE)
        made = self._told.life.editions
        starts = [self._event(e.since) for e in made]
        for n, start in enumerate(starts):
            group = etree.SubElement(holder, akn("temporalGroup"), eId=f"tg_{n + 1}")
            ends = {"end": starts[n + 1]} if n + 1 < len(starts) else {}
            etree.SubElement(group, akn("timeInterval"), {"start": start, **ends, "refersTo": f"#{_IN_FORCE}"})

    def _event(self, day: str | None) -> str:
        found = next((n for n, e in enumerate(self._events, 1) if e.day == day), 1)
        return f"#ev_{found}"

    def _mods(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield (element, type, source, destination, interval) of what other acts and its own words did to the act."""
        life = self._told.life
        if life.force.day:
            yield "forceMod", "entryIntoForce", f"#{life.force.eid}" if life.force.eid else SOURCE, "#body", ""
        for acting in life.acting:
            for one, places in acting.told:
                tag = "forceMod" if one.effect in _FORCE else "efficacyMod"
                kind = _FORCE.get(one.effect) or _EFFICACY.get(one.effect)
                for place in (places or ("body",)) if kind else ():
                    yield tag, str(kind), f"/d/{acting.document}/{one.eid}", f"#{place}", ""
        seen: set[tuple[str, Touch]] = set()
        for n, edition in enumerate(life.editions, 1):
            for eid, touches in (*edition.touched, *edition.gone):
                for touch in touches:
                    if (eid, touch) not in seen:
                        seen.add((eid, touch))
                        source = f"/d/{touch.by.document}/{touch.by.eid}"
                        yield "textualMod", str(touch.action), source, f"#{eid}", f"#tg_{n}"


def _events(life: Life) -> Iterator[_Event]:
    """Yield what happened to the act in order of days: its making, amendments, its end."""
    made = life.editions[0].since or life.act.date or UNDATED
    yield _Event(made, "generation")
    later = [_Event(e.since, "amendment", b.document) for e in life.editions if e.since for b in e.by]
    for acting in life.acting:
        for one, places in acting.told:
            day = first_day(one, acting.force, acting.signed)
            if day and not places and _FORCE.get(one.effect) == "endOfEnactment":
                later.append(_Event(day, "repeal", acting.document))
    yield from sorted(later, key=lambda e: e.day)
