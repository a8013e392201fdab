"""States and editions as the public contract has them, the same for the command line and HTTP; days as people write."""

import re
from collections.abc import Iterable

from pydantic import Field

from corpus.effects.editions import By, Edition, TextChange, differences, on_day
from corpus.effects.life import ActState, Basis
from corpus.effects.lives import Told
from corpus.effects.standing import Validity
from corpus.effects.states import short
from corpus.errors import NotFoundError, QueryError
from corpus.lexicon.dates import DATE, iso
from corpus.lexicon.reckoning import today
from corpus.model import Provision
from search_api.answers.standing import Answered, ShortState

_DAY = re.compile(DATE)


class ByAnswer(Answered):
    """An instruction of another act: the document and the provision that holds it."""

    document: str
    eid: str


class BasisAnswer(Answered):
    """A provision that says so."""

    document: str
    eid: str
    effect: str
    text: str


class EffectAnswer(BasisAnswer):
    """What was done to a provision, and from what day."""

    since: str | None = Field(serialization_alias="from")


class ProvisionStateAnswer(Answered):
    """A provision whose state is not simply that of its act."""

    eid: str
    status: Validity
    effects: tuple[EffectAnswer, ...]


class SupplementAnswer(Answered):
    """An act made in addition that changes no words."""

    document: str


class StateAnswer(Answered):
    """The state of an act on a day with the provisions that say so; `unknown` is what the library does not hold."""

    document: str
    on: str
    status: Validity
    since: str | None
    until: str | None
    basis: tuple[BasisAnswer, ...]
    provisions: tuple[ProvisionStateAnswer, ...]
    supplements: tuple[SupplementAnswer, ...]
    unknown: tuple[str, ...]


class UnappliedAnswer(Answered):
    """An instruction that was not applied, with the reason in Russian."""

    document: str
    eid: str
    text: str
    reason: str


class EditionAnswer(Answered):
    """An edition without its text; `until` is its last day."""

    since: str | None = Field(serialization_alias="from")
    until: str | None
    by: tuple[ByAnswer, ...]
    complete: bool
    unapplied: tuple[UnappliedAnswer, ...]


class ChangeAnswer(Answered):
    """What became of a provision between two days."""

    eid: str
    kind: str = Field(description="changed, inserted, removed, renumbered")
    before: str | None
    after: str | None
    by: ByAnswer | None


class DatedProvision(Answered):
    """A provision as it stood on a day, with the instructions that made its words."""

    eid: str
    kind: str
    num: str | None
    heading: str | None
    text: str
    source_spans: tuple[tuple[int, int], ...]
    state: ShortState
    by: tuple[ByAnswer, ...]


class DatedDocument(Answered):
    """A document as it stood on a day; not `complete` where a change is not applied."""

    id: str
    source: str
    instrument: int
    type: str
    title: str
    date: str | None
    on: str
    complete: bool
    state: ShortState
    provisions: tuple[DatedProvision, ...]


def day_of(written: str) -> str:
    """Read a day as ISO or as Russians print it, "" for today; raise QueryError when there is no such day.

    >>> day_of("1 марта 2012 года"), day_of("01.03.2012"), day_of("2012-03-01")
    ('2012-03-01', '2012-03-01', '2012-03-01')
    """
    if not written.strip():
        return today()
    match = _DAY.fullmatch(written.strip().lower())
    day = iso(match) if match else None
    if day is None:
        raise QueryError(f"Нет такого дня: «{written}». Пишите так: 2012-03-01, 01.03.2012 или 1 марта 2012 года.")
    return day


def two_days(begin: str, end: str) -> tuple[str, str]:
    """Read two days in order; raise QueryError when the first is after the second."""
    first, last = day_of(begin), day_of(end)
    if first > last:
        raise QueryError(f"Первый день ({first}) позже второго ({last}). Поменяйте их местами.")
    return first, last


def state_answer(lives: Told, document: str, on: str) -> StateAnswer:
    """Tell the state of a document on a day (ISO 8601)."""
    told = lives.state(document, on)
    return StateAnswer(
        document=told.document,
        on=told.on,
        status=told.status,
        since=told.since,
        until=told.until,
        basis=tuple(map(_basis, told.basis)),
        provisions=tuple(
            ProvisionStateAnswer(eid=p.eid, status=p.status, effects=tuple(map(_effect, p.effects)))
            for p in told.provisions
        ),
        supplements=tuple(SupplementAnswer(document=s) for s in told.supplements),
        unknown=told.unknown,
    )


def _basis(basis: Basis) -> BasisAnswer:
    return BasisAnswer(document=basis.document, eid=basis.eid, effect=basis.effect, text=basis.text)


def _effect(basis: Basis) -> EffectAnswer:
    return EffectAnswer(document=basis.document, eid=basis.eid, effect=basis.effect, text=basis.text, since=basis.since)


def editions_answer(lives: Told, document: str) -> list[EditionAnswer]:
    """List the editions of a document."""
    return [EditionAnswer.model_validate(e) for e in lives.life(document).editions]


def diff_answer(lives: Told, document: str, first: str, last: str) -> list[ChangeAnswer]:
    """Compare the texts of a document on two days (ISO 8601)."""
    made = lives.life(document).editions
    return [_change(c) for c in differences(on_day(made, first), on_day(made, last))]


def _change(found: TextChange) -> ChangeAnswer:
    by = ByAnswer.model_validate(found.by) if found.by else None
    return ChangeAnswer(eid=found.eid, kind=found.kind, before=found.before, after=found.after, by=by)


def dated_answer(lives: Told, document: str, on: str, eid: str | None = None) -> DatedDocument:
    """Show a document, or one provision with all inside, as it stood on a day; raise NotFoundError."""
    stored, told = lives.library.get(document), lives.state(document, on)
    edition = on_day(lives.life(document).editions, on)
    walked = [p for root in edition.provisions for p in root.walk()]
    if eid is not None:
        walked = [p for p in walked if p.eid == eid or p.eid.startswith(f"{eid}__")]
        if not walked:
            raise NotFoundError(f"В документе {document} на {on} нет положения {eid}.")
    return DatedDocument(
        id=stored.id,
        source=stored.source,
        instrument=stored.place,
        type=str(stored.instrument.type),
        title=edition.title,
        date=stored.instrument.date,
        on=on,
        complete=edition.complete,
        state=ShortState.model_validate(short(told)),
        provisions=tuple(_dated(walked, edition, told)),
    )


def _dated(provisions: Iterable[Provision], edition: Edition, told: ActState) -> Iterable[DatedProvision]:
    touched = dict(edition.touched)
    for p in provisions:
        by = dict.fromkeys(t.by for t in touched.get(p.eid, ()))
        yield DatedProvision(
            eid=p.eid,
            kind=str(p.kind),
            num=p.num,
            heading=p.heading,
            text=p.text,
            source_spans=tuple((s.start, s.end) for s in p.source_spans),
            state=ShortState.model_validate(short(told, p.eid)),
            by=tuple(map(_by, by)),
        )


def _by(by: By) -> ByAnswer:
    return ByAnswer(document=by.document, eid=by.eid)
