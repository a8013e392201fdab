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


def force(act: Instrument) -> Force:
    """Read the day an act comes into force: as a person corrected it, as a note prints it, as its words give it."""
    told = [(p, s) for p, s in _sentences_of_force(act) if of_itself(_before(s), _after(s))]
    eid, text = (told[0][0].eid, told[0][1]) if told else ("", "")
    if corrected := known(act.in_force_from):
        return Force(corrected, eid, text)
    if not told:
        return Force(None, reason="день вступления в силу в тексте не назван")
    for provision, sentence in told:
        if found := first_day(_after(sentence), known(act.date)):
            return Force(found[0], provision.eid, sentence)
    return Force(None, eid, text, "день вступления в силу зависит от того, чего в тексте нет")


def parts(act: Instrument) -> tuple[PartForce, ...]:
    """Read the parts of an act that come into force on a day of their own.

    «Статья 5 вступает в силу с …», «…, за исключением пункта 2 статьи 1, который вступает в силу …».
    """
    told = list(_sentences_of_force(act))
    if not told:
        return ()
    rows: dict[str, list[tuple[Span, tuple[CitedPlace, ...]]]] = {}
    for row in citations(act):
        cited = row.citation
        if cited.places and (cited.named is None or cited.named.reach is Reach.THIS):
            rows.setdefault(row.eid, []).append((cited.span, cited.places))
    return tuple(
        part for provision, sentence in told for part in _parts(provision, sentence, rows.get(provision.eid, ()), act)
    )


def _parts(
    provision: Provision, sentence: str, rows: Sequence[tuple[Span, tuple[CitedPlace, ...]]], act: Instrument
) -> Iterator[PartForce]:
    """Yield the places a sentence names before its verb as its subject, or excepts."""
    shown = low(sentence)
    begin = provision.text.find(sentence)
    if OF_PART.match(shown):
        verb = ENTERS.search(shown)
        within, rest = Span(0, verb.start() if verb else 0), _after(sentence)
    elif (excepted := EXCEPT.search(shown)) and (verb := LATER.search(shown, excepted.end())):
        within, rest = Span(excepted.end(), verb.start()), shown[verb.end() :]
    else:
        return
    places = tuple(place for span, own in rows if within.start <= span.start - begin < within.end for place in own)
    if places:
        found = first_day(rest, known(act.date))
        yield PartForce(places, Force(found[0] if found else None, provision.eid, sentence))


def _sentences_of_force(act: Instrument) -> Iterator[tuple[Provision, str]]:
    for provision in unquoted(act.provisions):
        if provision.kind is Kind.PREAMBLE or not ENTERS.search(low(provision.text)):
            continue
        for span in sentences(provision.text):
            sentence = provision.text[slice(*span)]
            if ENTERS.search(low(sentence)):
                yield provision, sentence


def _before(sentence: str) -> str:
    shown = low(sentence)
    verb = ENTERS.search(shown)
    return shown[: verb.start()] if verb else shown


def _after(sentence: str) -> str:
    shown = low(sentence)
    verb = ENTERS.search(shown)
    return shown[verb.end() :] if verb else ""
