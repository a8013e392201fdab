"""When an act comes into force by its own words, and which of its parts come into force on another day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers.sentences import sentences
from analyzers.spans import Span
from corpus.citations.layered.layer import stored as citations
from corpus.citations.parsed import CitedPlace, Reach
from corpus.lexicon.reckoning import known
from corpus.model import Instrument, Kind, Provision
from corpus.values.force_days import ENTERS, EXCEPT, LATER, OF_PART, first_day, of_itself, unquoted


@dataclass(frozen=True, slots=True)
class Force:
    """The day an act comes into force (ISO 8601), the provision that says so; None is not known, for the reason."""

    day: str | None
    eid: str = ""
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartForce:
    """Places of an act that come into force on a day of their own, as its provision `force.eid` says."""

    places: tuple[CitedPlace, ...]
    force: Force


def low(text: str) -> str:
    """Return a text as the patterns here read it."""
    return text.lower().replace("ё", "е")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence by which something comes into force: where it begins in its provision, its verb in it."""

    provision: Provision
    begin: int
    text: str
    verb: Span

    @property
    def before(self) -> str:
        return low(self.text)[: self.verb.start]

    @property
    def after(self) -> str:
        return low(self.text)[self.verb.end :]


def force(act: Instrument) -> Force:
    """Read the day an act comes into force: as a person corrected it, as a note prints it, as its words give it."""
    told = [c for c in _clauses(act) if of_itself(c.before, c.after)]
    eid, text = (told[0].provision.eid, told[0].text) if told else ("", "")
    if corrected := known(act.in_force_from):
        return Force(corrected, eid, text)
    if not told:
        return Force(None, reason="день вступления в силу в тексте не назван")
    for clause in told:
        if found := first_day(clause.after, known(act.date)):
            return Force(found[0], clause.provision.eid, clause.text)
    return Force(None, eid, text, "день вступления в силу зависит от того, чего в тексте нет")


def parts(act: Instrument) -> tuple[PartForce, ...]:
    """Read the parts of an act that come into force on a day of their own.

    «Статья 5 вступает в силу с …», «…, за исключением пункта 2 статьи 1, который вступает в силу …».
    """
    told = list(_clauses(act))
    if not told:
        return ()
    rows: dict[str, list[tuple[Span, tuple[CitedPlace, ...]]]] = {}
    for row in citations(act):
        cited = row.citation
        if cited.places and (cited.named is None or cited.named.reach is Reach.THIS):
            rows.setdefault(row.eid, []).append((cited.span, cited.places))
    found = (_part(clause, rows.get(clause.provision.eid, ()), known(act.date)) for clause in told)
    return tuple(part for part in found if part is not None)


def _part(clause: _Clause, rows: Sequence[tuple[Span, tuple[CitedPlace, ...]]], signed: str | None) -> PartForce | None:
    """Return the places a sentence names before its verb as its subject, or excepts."""
    shown = low(clause.text)
    if OF_PART.match(shown):
        within, rest = Span(0, clause.verb.start), clause.after
    elif (excepted := EXCEPT.search(shown)) and (verb := LATER.search(shown, excepted.end())):
        within, rest = Span(excepted.end(), verb.start()), shown[verb.end() :]
    else:
        return None
    within = within.shifted(clause.begin)
    places = tuple(place for span, own in rows if within.start <= span.start < within.end for place in own)
    found = first_day(rest, signed)
    told = Force(found[0] if found else None, clause.provision.eid, clause.text)
    return PartForce(places, told) if places else None


def _clauses(act: Instrument) -> Iterator[_Clause]:
    for provision in unquoted(act.provisions):
        if provision.kind is Kind.PREAMBLE or not ENTERS.search(low(provision.text)):
            continue
        for span in sentences(provision.text):
            text = provision.text[slice(*span)]
            if verb := ENTERS.search(low(text)):
                yield _Clause(provision, span[0], text, Span(*verb.span()))
