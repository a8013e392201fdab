"""The state of an act and of its provisions on a day, with the provisions that say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus import eid as eids
from corpus.effects.editions import Touch, on_day
from corpus.effects.force.ends import ForceEffect, From
from corpus.effects.force.entry import Force
from corpus.effects.force.published import Mark
from corpus.effects.force.verbs import Effect
from corpus.effects.life import Acting, ActState, Basis, ComingChange, Life, ProvisionState
from corpus.effects.standing import DEAD, LIVING, StateOnDay, Validity
from corpus.lexicon.dates import in_digits
from corpus.lexicon.durations import durations
from corpus.lexicon.reckoning import day_after, known, later
from corpus.values.force_days import counted


@dataclass(frozen=True, slots=True)
class _Event:
    """An effect with the days it holds; `day` None is not known."""

    told: ForceEffect
    acting: Acting
    day: str | None
    eids: tuple[str, ...] = ()

    @property
    def basis(self) -> Basis:
        return Basis(self.acting.document, self.told.eid, str(self.told.effect), self.told.text, self.day)


def short(told: ActState, eid: str | None = None) -> StateOnDay:
    """Return the state of an act in short, or of one of its provisions."""
    status, since = _provision_status(told, eid) if eid else (told.status, told.since)
    changed = told.own.get(eid or "") if status is Validity.UNKNOWN else None
    beside = [f"изменено с {in_digits(b.since)}" for b in (changed.effects[-1:] if changed else ()) if b.since]
    beside += [_pending(told, eid or "")] if status not in DEAD else []
    return StateOnDay(status, told.on, since, "; ".join(filter(None, beside)))


def _pending(told: ActState, eid: str) -> str:
    """Return how a coming change of a provision, or of what holds it, is told; "" where none comes."""
    holder: str | None = eid
    while holder and holder not in told.to_come:
        holder = eids.parent(holder)
    if eid and not holder:
        return ""
    return told.to_come[holder or ""].told if (holder or "") in told.to_come else ""


def _provision_status(told: ActState, eid: str) -> tuple[Validity, str | None]:
    """Return the state of a provision and since when: its own, else that of what holds it, else its act's.

    A provision of an amended act that was not touched itself is in force.
    """
    if told.status not in LIVING and told.status is not Validity.UNKNOWN:
        return told.status, told.since
    chosen, holder = told.own.get(eid), eids.parent(eid)
    while chosen is None and holder:
        held = told.own.get(holder)
        chosen, holder = (None if held and held.status is Validity.AMENDED else held), eids.parent(holder)
    if chosen is not None and not (told.status is Validity.UNKNOWN and chosen.status is Validity.AMENDED):
        return chosen.status, None if chosen.status is Validity.NOT_IN_FORCE else chosen.effects[-1].since
    if told.status is Validity.UNKNOWN:
        return told.status, told.since
    return Validity.IN_FORCE, told.since if told.status is Validity.IN_FORCE else None


def alone(own: Sequence[str], on: str, *, draft: bool) -> StateOnDay:
    """Return the state on a day of an act that nothing but its `corpus.effects.force.lasting.own_days` decides."""
    force, until, _ = own
    if draft or not force:
        return StateOnDay(Validity.DRAFT if draft else Validity.UNKNOWN, on)
    if on < force:
        return StateOnDay(Validity.NOT_IN_FORCE, on)
    if until and on > until:
        return StateOnDay(Validity.EXPIRED, on, day_after(until))
    return StateOnDay(Validity.IN_FORCE, on, force)


_ENDS = frozenset({Effect.TERMINATION, Effect.REPEAL, Effect.REPLACEMENT, Effect.DENUNCIATION})


def state(life: Life, on: str) -> ActState:
    """Return the state of an act on a day."""
    events = list(_events(life))
    whole = [e for e in events if not e.eids]
    found = _whole(life, whole, on)
    provisions = tuple(_provisions(life, events, on))
    pending = {p.eid: p for p in reversed(list(_to_come(life, on)))}
    return replace(
        found,
        provisions=provisions,
        pending=tuple(reversed(pending.values())),
        supplements=life.supplements,
        unknown=(*found.unknown, *life.unknown),
    )


UNDATED = "принято изменение, день его вступления в силу неизвестен"


def _to_come(life: Life, on: str) -> Iterator[ComingChange]:
    """Yield the provisions whose words change after a day, the first change of each first."""
    for edition in life.editions:
        if edition.since and edition.since > on:
            for verb, rows in (("изменится", edition.touched), ("утратит силу", edition.gone)):
                for eid, touches in rows:
                    if made := tuple(_touched(t) for t in touches if t.since == edition.since):
                        yield ComingChange(eid, f"{verb} с {in_digits(edition.since)}", made)
    for eid, touches in life.coming:
        yield ComingChange(eid, UNDATED, tuple(map(_touched, touches)))


def _events(life: Life) -> Iterator[_Event]:
    for acting in life.acting:
        for told, places in acting.told:
            yield _Event(told, acting, first_day(told, acting.force, acting.signed), places)


def first_day(told: ForceEffect, force: Force, signed: str | None) -> str | None:
    """Return the day from which an effect holds; None where it is not known."""
    base = {From.SIGNING: signed, From.DAY: told.day if force.day else None, From.FORCE: force.day}.get(told.since)
    return counted(base, told.after) if base and told.after else base


def ends_whole(told: ForceEffect) -> bool:
    """Say whether an effect ends the whole act it names."""
    return told.effect in _ENDS and told.effect is not Effect.DENUNCIATION and not told.citation.places


def _whole(life: Life, events: Sequence[_Event], on: str) -> ActState:
    document, force = life.document, life.force
    made = ActState(document, on, Validity.UNKNOWN)
    own = Basis(document, force.eid, "entryIntoForce", force.text, force.day)
    if life.act.status == "draft":
        return replace(made, status=Validity.DRAFT, basis=(Basis(document, "", "draft", life.act.title),))
    ends = [e for e in events if e.told.effect in _ENDS]
    if ended := _end(life, ends, on):
        status, basis = ended
        return replace(made, status=status, since=basis.since, basis=(basis,))
    doubted = [e for e in ends if _doubted(e, on)]
    if force.day is None:
        return replace(made, basis=(own,) if force.eid else (), unknown=(force.reason,))
    if on < force.day:
        return replace(made, status=Validity.NOT_IN_FORCE, until=day_after(force.day, -1), basis=(own,))
    if doubted:
        why = tuple(f"день прекращения неизвестен: {e.told.text}" for e in doubted)
        return replace(made, basis=tuple(e.basis for e in doubted), unknown=why)
    return _running(life, events, on, replace(made, status=Validity.IN_FORCE, since=force.day, basis=(own,)))


def _end(life: Life, ends: Sequence[_Event], on: str) -> tuple[Validity, Basis] | None:
    """Return what ended the act first by a day: another act, or a person's word.

    An act that names the day of the end in one sentence and the end alone in another ends it on that day.
    """
    told = [e for e in ends if not _only_told(e)]
    dated = {e.acting.document for e in told if e.told.since is From.DAY or e.told.after}
    told = [e for e in told if e.acting.document not in dated or e.told.since is not From.FORCE or e.told.after]
    found = [(_ended(e), e.basis) for e in told if e.day and e.day <= on]
    decided = _decided(life)
    if decided is not None and (decided.since or "") <= on:
        found.append((Validity.TERMINATED, decided))
    return min(found, key=lambda f: f[1].since or "", default=None)


def _decided(life: Life) -> Basis | None:
    """Return what a person says of the end of the act, with the note and the name; None where nobody says so."""
    day = known(life.act.ended_from)
    if day is None:
        return None
    mark = next((c for c in life.act.corrected if c.field == "ended_from"), None)
    told = ", ".join(filter(None, (mark.author, mark.note))) if mark else ""
    return Basis(life.document, "", "decision", f"Прекращено с {in_digits(day)} ({told})", day)


def _only_told(event: _Event) -> bool:
    """A denunciation says that a party leaves; the day the act ends is in no text."""
    return event.told.effect is Effect.DENUNCIATION


def _doubted(event: _Event, on: str) -> bool:
    if _only_told(event):
        return (event.day or event.acting.signed or "") <= on
    return event.day is None and (event.acting.signed or "") <= on


def _ended(event: _Event) -> Validity:
    acting, effect = event.acting, event.told.effect
    if acting.treaty and not acting.ends:
        return Validity.SUPERSEDED
    if effect is Effect.REPLACEMENT:
        return Validity.SUPERSEDED
    return Validity.REPEALED if effect is Effect.REPEAL and not acting.treaty else Validity.TERMINATED


def _running(life: Life, events: Sequence[_Event], on: str, made: ActState) -> ActState:
    """Return the state of an act that came into force and was not ended by another one."""
    until, basis = _until(life, events, on)
    if until is not None and on > until and life.term.open:
        why = (f"продлён ли срок, в библиотеке не сказано: {life.term.text}",)
        return replace(made, status=Validity.UNKNOWN, since=None, basis=basis, unknown=why)
    if until is not None and on > until:
        return replace(made, status=Validity.EXPIRED, since=day_after(until), basis=basis)
    if life.term.open and until is None:
        own = Basis(life.document, life.term.eid, "expiry", life.term.text)
        why = (f"когда кончается срок, не понято: {life.term.text}",)
        return replace(made, status=Validity.UNKNOWN, since=None, basis=(*made.basis, own), unknown=why)
    made = replace(made, until=until, basis=(*made.basis, *basis))
    if stopped := _suspended(events, on):
        return replace(
            made, status=Validity.SUSPENDED, since=stopped.day, until=stopped.told.until, basis=(stopped.basis,)
        )
    if doubted := _perhaps_suspended(events, on):
        why = (f"день приостановления неизвестен: {doubted.told.text}",)
        return replace(made, status=Validity.UNKNOWN, since=None, until=None, basis=(doubted.basis,), unknown=why)
    return _amended(life, on, made)


def _amended(life: Life, on: str, made: ActState) -> ActState:
    """Return the state of a running act whose words were changed by a day, by acts here or as printed marks say."""
    edition = on_day(life.editions, on)
    told = (*edition.touched, *edition.gone, ("", edition.unseen))
    touches = [touch for _, own in told for touch in own if touch.since <= on]
    marks = _marks(life, on)
    if not touches and not marks:
        return made
    changed = tuple(dict.fromkeys(_touched(t) for t in touches))
    since = max([t.since for t in touches] + [m.since or "" for m in marks])
    unknown = tuple(m.text for m in marks if m.status == "amended" and m.since not in life.dates)
    basis = (*changed, *(_printed(life, m) for m in marks))
    return replace(made, status=Validity.AMENDED, since=since or None, basis=basis, unknown=(*made.unknown, *unknown))


def _marks(life: Life, on: str) -> list[Mark]:
    return [m for m in life.marks if m.since is None or m.since <= on]


def _touched(touch: Touch) -> Basis:
    return Basis(touch.by.document, touch.by.eid, str(touch.action), touch.text, touch.since or None)


def _until(life: Life, events: Sequence[_Event], on: str) -> tuple[str | None, tuple[Basis, ...]]:
    """Return the last day of the act's term as extended by then, and what says so."""
    own, until = life.term, life.term.until
    basis = (Basis(life.document, own.eid, "expiry", own.text, until),) if until else ()
    if own.renewed:
        return None, ()
    for event in sorted((e for e in events if e.told.effect is Effect.EXTENSION), key=lambda e: e.day or "~"):
        if event.day is None or event.day > on:
            continue
        basis = (*basis, event.basis)
        terms = durations(event.told.by)
        if event.told.until:
            until = event.told.until
        elif terms and until:
            until = later(until, terms[0])
        elif not terms:
            until = None
    return until, basis


def _suspended(events: Sequence[_Event], on: str) -> _Event | None:
    """Return the suspension that holds on a day."""
    for event in events:
        if event.told.effect is not Effect.SUSPENSION or not event.day or event.day > on:
            continue
        terms = durations(event.told.by)
        last = event.told.until or (day_after(later(event.day, terms[0]), -1) if terms else None)
        if (last is None or on <= last) and not _resumed(events, event.day, on):
            return event
    return None


def _perhaps_suspended(events: Sequence[_Event], on: str) -> _Event | None:
    """Return a suspension agreed on by a day, since when it holds being told nowhere."""
    stops = (e for e in events if e.told.effect is Effect.SUSPENSION and _doubted(e, on))
    return next((e for e in stops if not _resumed(events, e.acting.signed or "", on)), None)


def _resumed(events: Sequence[_Event], since: str, on: str) -> bool:
    return any(e.told.effect is Effect.RESUMPTION and since <= (e.day or "") <= on for e in events)


def _provisions(life: Life, events: Sequence[_Event], on: str) -> Iterator[ProvisionState]:
    """Yield the provisions that have effects of their own on a day."""
    edition = on_day(life.editions, on)
    held: dict[str, tuple[Validity, list[Basis]]] = {}
    for status, row in ((Validity.AMENDED, edition.touched), (Validity.REPEALED, edition.gone)):
        for eid, touches in row:
            if own := [_touched(t) for t in touches if t.since <= on]:
                held[eid] = (status, own)
    held.update(_later_parts(life, on))
    for mark in _marks(life, on):
        if mark.eid:
            held.setdefault(mark.eid, (Validity(mark.status), [_printed(life, mark)]))
    for eid in dict.fromkeys(eid for e in events for eid in e.eids):
        if found := _by_events([e for e in events if eid in e.eids], on):
            held[eid] = held[eid] if held.get(eid, found)[0] is Validity.REPEALED and eid in held else found
    for eid, (status, effects) in held.items():
        yield ProvisionState(eid, status, tuple(effects))


def _later_parts(life: Life, on: str) -> Iterator[tuple[str, tuple[Validity, list[Basis]]]]:
    """Yield the provisions that are not in force yet, or of which nobody knows; a day that is known wins."""
    for found, force in sorted(life.parts, key=lambda part: part[1].day is not None):
        status = Validity.NOT_IN_FORCE if force.day else Validity.UNKNOWN
        for eid in found:
            if force.day is None or on < force.day:
                yield eid, (status, [Basis(life.document, force.eid, "entryIntoForce", force.text, force.day)])


def _by_events(events: Sequence[_Event], on: str) -> tuple[Validity, list[Basis]] | None:
    """Return what effects on a single provision make of it: ended for good, or suspended."""
    if ended := next((e for e in events if e.told.effect in _ENDS and e.day and e.day <= on), None):
        return Validity.REPEALED, [ended.basis]
    if stopped := _suspended(events, on):
        return Validity.SUSPENDED, [stopped.basis]
    doubted = next((e for e in events if e.told.effect in _ENDS and _doubted(e, on)), _perhaps_suspended(events, on))
    return (Validity.UNKNOWN, [doubted.basis]) if doubted else None


def _printed(life: Life, mark: Mark) -> Basis:
    return Basis(life.document, mark.eid, mark.status, mark.text, mark.since)
