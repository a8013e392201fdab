"""What an act does to other acts as a whole, or to their force: ends, suspends, extends, ratifies them.

Only operative words count («прекращает действие», «признать утратившим силу»); a condition («если», «может») makes
none. Names and lists of acts are those the layer of references holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analyzers.spans import Span
from corpus.citations.layered.layer import ReferenceRow
from corpus.citations.layered.layer import stored as citations
from corpus.citations.parsed import Citation, Reach
from corpus.codec import from_json, to_json
from corpus.effects.days import low
from corpus.lexicon.dates import DATE, iso
from corpus.lexicon.durations import durations
from corpus.model import Instrument, InstrumentType, Kind, Provision

LAYER = "force"


class Effect(StrEnum):
    """What is done to an act's force, or beside it (documentary)."""

    TERMINATION = "termination"
    REPEAL = "repeal"
    REPLACEMENT = "supersession"
    DENUNCIATION = "denunciation"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    EXTENSION = "extension"
    RATIFICATION = "ratification"
    ACCESSION = "accession"
    RESERVATION = "reservation"
    CORRECTION = "correction"


class From(StrEnum):
    """From what day it holds: the acting act's force, its signing, a day named, one that decides elsewhere."""

    FORCE = "force"
    SIGNING = "signing"
    DAY = "day"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class ForceEffect:
    """An effect on a cited act: where it is told, since when, the last day, a term it is extended by."""

    effect: Effect
    eid: str
    text: str
    citation: Citation
    since: From = From.FORCE
    day: str | None = None
    until: str | None = None
    by: str = ""


_ACTION = r"(?:сво[ей]\s++)?(?:действи[ея]|сил[уы])"
_CUES: tuple[tuple[Effect, re.Pattern[str]], ...] = tuple(
    (effect, re.compile(rf"(?<![а-я])(?:{words})(?![а-я])"))
    for effect, words in (
        (
            Effect.REPEAL,
            (
                r"призна(?:ть|ется|ются|ем)\s++утратившими?(?:\s++силу)?|утрачива[ею]т\s++(?:сво[юей]{1,2}\s++)?силу|утрат[ия]т\s++силу|"
                r"счита(?:ть|ется|ются)\s++утратившими?\s++силу|отмен(?:ить|яется|яются)|"
                r"призна(?:ть|ется|ются)\s++недейств[а-я]{4,12}|счита(?:ть|ется|ются)\s++недействующими?"
            ),
        ),
        (
            Effect.TERMINATION,
            (
                rf"прекраща[ею]т\s++{_ACTION}|прекратить(?:\s++{_ACTION})?|прекрат[ия]т\s++{_ACTION}|прекраща[ею]тся|"
                r"счита(?:ть|ется|ются)\s++прекратившими?\s++(?:сво[ей]\s++)?действие|расторгнуть|расторга[ею]тся|"
                r"перестает\s++действовать|перестают\s++действовать|утрачива[ею]т\s++действие|"
                r"счита(?:ть|ется|ются)\s++прекращенн[а-я]{2,3}|больше\s++не\s++действу[ею]т"
            ),
        ),
        (Effect.REPLACEMENT, r"заменя[ею]т(?:\s++собой)?|взамен|заменяется|приходит\s++на\s++смену"),
        (Effect.DENUNCIATION, r"денонсировать|денонсиру[ею]тся|выйти\s++из|прекратить\s++участие\s++в"),
        (Effect.SUSPENSION, r"приостанов(?:ить|лено|ится)|приостанавлива[ею]тся|приостанавлива[ею]т"),
        (Effect.RESUMPTION, r"возобнов(?:ить|ляется|ляются|лено)"),
        (Effect.EXTENSION, r"продл(?:ить|ева[ею]тся|ен[аоы]?)|пролонгир(?:овать|уется|уются)|действует\s++до(?=\s)"),
        (Effect.RATIFICATION, r"ратифицировать|ратифицируется"),
        (Effect.ACCESSION, r"присоединиться\s++к"),
        (Effect.CORRECTION, r"исправить"),
    )
)
_CONDITION = re.compile(
    r"(?<![а-я])(?:если|может|могут|вправе|в\s++случае|при\s++условии|не\s++влечет|до\s++тех\s++пор|пока|любая|каждая)(?![а-я])"
)
_FORCE_WORDS = re.compile(r"(?<![а-я])(?:действ|срок|применени)")
_OF_FORCE = frozenset({Effect.SUSPENSION, Effect.RESUMPTION, Effect.EXTENSION})
"""What only counts where the statement speaks of force: a court suspends proceedings, not decisions."""
_EVENTS = (
    "получени|уведомлени|обмен|ратификаци|опубликовани|истечени|окончани|введени|вступлени|сдачи|депонировани|"
    "завершени|выполнени|подписани|приняти|передачи|регистраци|утверждени"
)
_SINCE = re.compile(
    r"(?<![а-я])(?:с|со|после|начиная\s++с)\s++(?:дня|даты|момента|день)?\s*+"
    rf"(?:(?P<force>(?:его|ее)\s++вступления\s++в\s++силу|вступления\s++в\s++силу\s++(?:настоящ|данн|этого)|вступления\s++(?:настоящ|данн)[а-я]{{2,4}}\s++[а-я]{{5,12}}\s++в\s++силу)|"
    rf"(?P<signing>подписания\s++настоящ)|(?P<dated>{DATE})|(?P<else>(?:{_EVENTS})[а-я]{{0,6}}))"
)
_UNTIL = re.compile(rf"(?<![а-я])(?:до|по)\s++{DATE}")
_LISTED = re.compile(r"[\s,;]*+(?:(?:и|а\s++также)(?=\s))?\s*+")
_NARRATIVE = re.compile(
    r"обрати|прос[ия]т|потребова|требовани|заявл|установил|указа[лв]|рассмотр|согласивш|ссылаясь|полага"
)
_BRACKET = re.compile(r"\([^()]{0,80}+\)")
_FROM_DAY = re.compile(r"(?:с|со|после|начиная)\s[^,:;]{0,90}+")
_A_WORD = re.compile(r"[а-яё]++")
_FEW_WORDS = 2
_REACH = 90


def layer(act: Instrument) -> list[Mapping[str, object]]:
    """Read what an act does to the force of others; JSON values for `Instrument.layers["force"]`."""
    return [to_json(told) for told in effects(act)]


def stored(act: Instrument) -> tuple[ForceEffect, ...]:
    """Return the effects of the layer, read now when the act has none."""
    values = act.layers.get(LAYER)
    return tuple(effects(act)) if values is None else tuple(from_json(ForceEffect, value) for value in values)


def effects(act: Instrument) -> Iterator[ForceEffect]:
    """Read what an act does to the force of the acts it names, in order."""
    by_eid: dict[str, list[ReferenceRow]] = {}
    for row in citations(act):
        if row.citation.named is not None and row.citation.named.reach is not Reach.THIS:
            by_eid.setdefault(row.eid, []).append(row)
    for root in act.provisions:
        if root.kind is not Kind.PREAMBLE:
            for provision, lead in _with_leads(root, ""):
                yield from _of(act.type, provision, lead, by_eid.get(provision.eid, []))


def _with_leads(provision: Provision, lead: str) -> Iterator[tuple[Provision, str]]:
    yield provision, lead
    opens = provision.text if provision.text.rstrip().endswith(":") else ""
    for child in provision.children:
        yield from _with_leads(child, opens)


def _of(
    act_type: InstrumentType, provision: Provision, lead: str, rows: Sequence[ReferenceRow]
) -> Iterator[ForceEffect]:
    shown = low(provision.text)
    outer = _outer(rows)
    if not outer:
        return
    for start, end in _statements(shown, outer):
        inside = [r for r in outer if start <= r.citation.span.start < end]
        bare = _without(shown, start, end, inside)
        if not inside or _CONDITION.search(bare) or (act_type is InstrumentType.RULING and _NARRATIVE.search(bare)):
            continue
        found = _in_statement(shown, Span(start, end), inside)
        if not found and lead and _opens(shown, start, inside[0]):
            found = _by_lead(low(lead), inside)
        for effect, row in found:
            yield _dated(effect, provision, row, shown[start:end], low(lead))


def _outer(rows: Sequence[ReferenceRow]) -> list[ReferenceRow]:
    """Leave out names that stand inside other names."""
    out: list[ReferenceRow] = []
    for row in sorted(rows, key=lambda r: (r.citation.span.start, -r.citation.span.end)):
        if not out or row.citation.span.start >= out[-1].citation.span.end:
            out.append(row)
    return out


def _statements(shown: str, rows: Sequence[ReferenceRow]) -> Iterator[tuple[int, int]]:
    """Part a text at stops that stand in no name and in no brackets."""
    start = 0
    names = iter(sorted(r.citation.span for r in rows))
    name = next(names, None)
    for match in re.finditer(r"[.;](?=\s|$)|\n", shown):
        while name is not None and name.end <= match.start():
            name = next(names, None)
        if name is not None and name.start <= match.start() < name.end:
            continue
        yield start, match.end()
        start = match.end()
    if start < len(shown):
        yield start, len(shown)


def _without(shown: str, start: int, end: int, rows: Sequence[ReferenceRow]) -> str:
    """Return a statement without the names in it: «о мерах в случае аварий» is no condition."""
    out, at = [], start
    for row in rows:
        out.append(shown[at : row.citation.span.start])
        at = row.citation.span.end
    return " ".join([*out, shown[at:end]])


def _in_statement(shown: str, within: Span, rows: Sequence[ReferenceRow]) -> list[tuple[Effect, ReferenceRow]]:
    """Give the verb of a statement the act right after it, else the one right before; lists go on."""
    of_force = bool(_FORCE_WORDS.search(_without(shown, within.start, within.end, rows)))
    for effect, pattern in _CUES:
        if effect in _OF_FORCE and not of_force:
            continue
        for match in pattern.finditer(shown, within.start, within.end):
            named = any(r.citation.span.start <= match.start() < r.citation.span.end for r in rows)
            before = match.start()
            aside = shown.rfind("(", within.start, before) > shown.rfind(")", within.start, before)
            if not (named or aside) and (chosen := _beside(shown, Span(*match.span()), rows)):
                return [(effect, r) for r in chosen]
    return []


def _beside(shown: str, verb: Span, rows: Sequence[ReferenceRow]) -> list[ReferenceRow]:
    """Return the acts a verb is said of: those right after it, else those it follows as their predicate."""
    after = [i for i, r in enumerate(rows) if 0 <= r.citation.span.start - verb.end <= _REACH]
    if after and _near(shown[verb.end : rows[after[0]].citation.span.start]):
        return _list_from(shown, rows, after[0])
    before = [i for i, r in enumerate(rows) if 0 <= verb.start - r.citation.span.end <= _REACH]
    if before and _is_predicate(shown[rows[before[-1]].citation.span.end : verb.start]):
        return _list_to(shown, rows, before[-1])
    return []


def _is_predicate(between: str) -> bool:
    """Say whether no more stands between an act and its verb than a bracket, a day, a word or two.

    >>> _is_predicate(" с 1 мая 2004 года "), _is_predicate(" каждый пасечник, который не платит, ")
    (True, False)
    """
    bare = _BRACKET.sub(" ", between).strip(" ,")
    day = _FROM_DAY.match(bare)
    return len(_A_WORD.findall(bare[day.end() if day else 0 :])) <= _FEW_WORDS


def _near(between: str) -> bool:
    return not re.search(r"[;:()]", between) and len(between) <= _REACH


def _list_from(shown: str, rows: Sequence[ReferenceRow], place: int) -> list[ReferenceRow]:
    out = [rows[place]]
    for row in rows[place + 1 :]:
        if not _LISTED.fullmatch(shown, out[-1].citation.span.end, row.citation.span.start):
            break
        out.append(row)
    return out


def _list_to(shown: str, rows: Sequence[ReferenceRow], place: int) -> list[ReferenceRow]:
    out = [rows[place]]
    for row in reversed(rows[:place]):
        if not _LISTED.fullmatch(shown, row.citation.span.end, out[0].citation.span.start):
            break
        out.insert(0, row)
    return out


def _opens(shown: str, start: int, row: ReferenceRow) -> bool:
    return not shown[start : row.citation.span.start].strip(' \n—–-«"0123456789.)')


def _by_lead(lead: str, rows: Sequence[ReferenceRow]) -> list[tuple[Effect, ReferenceRow]]:
    effect = next((e for e, pattern in _CUES if pattern.search(lead)), None)
    return [] if effect is None or _CONDITION.search(lead) else [(effect, row) for row in rows]


def _dated(effect: Effect, provision: Provision, row: ReferenceRow, statement: str, lead: str) -> ForceEffect:
    """Read since when and until when an effect holds off its statement."""
    told = ForceEffect(effect, provision.eid, provision.text, row.citation)
    bare = statement.replace(row.text.lower().replace("ё", "е"), " ", 1)
    since = _SINCE.search(bare) or _SINCE.search(lead)
    if since is not None:
        if since["signing"]:
            told = replace(told, since=From.SIGNING)
        elif since["dated"]:
            told = replace(told, since=From.DAY, day=iso(since))
        elif since["else"]:
            told = replace(told, since=From.ELSEWHERE)
    if effect in (Effect.SUSPENSION, Effect.EXTENSION):
        until = _UNTIL.search(bare)
        terms = durations(bare)
        told = replace(told, until=iso(until) if until else None, by=terms[0].form if terms and not until else "")
    return told
