"""What an act does to other acts as a whole, or to their force: ends, suspends, extends, ratifies them.

Only operative words count («прекращает действие», «признать утратившим силу»); a condition («если», «может») makes
none. Names and lists of acts are those the layer of references holds.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analyzers.spans import Span
from corpus.citations.layered.layer import ReferenceRow
from corpus.citations.layered.layer import stored as citations
from corpus.citations.parsed import Citation, Named, Reach
from corpus.codec import from_json, to_json
from corpus.effects.force.entry import low
from corpus.effects.force.periods import UNTIL, period_of, undated
from corpus.effects.force.verbs import CUES, Effect, said, without_names
from corpus.lexicon.dates import DATE, iso
from corpus.lexicon.durations import durations
from corpus.model import Instrument, InstrumentType, Kind, Provision

LAYER = "force"


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
    after: str = ""
    """Words that count the day from `since`: «по истечении 30 дней»."""


_CONDITION = re.compile(
    r"(?<![а-я])(?:если|может|могут|вправе|в\s++случае|при\s++условии|не\s++влечет|до\s++тех\s++пор|пока|любая|каждая|"
    r"намерен[аоы]?|намерева[ею]тся|планиру[ею]т|предлага[ею]т|только|лишь|до\s++того|прежде\s++чем)(?![а-я])"
)
_EVENTS = (
    "получени|уведомлени|обмен|ратификаци|опубликовани|истечени|окончани|введени|вступлени|сдачи|депонировани|"
    "завершени|выполнени|подписани|приняти|передачи|регистраци|утверждени"
)
_SINCE = re.compile(
    r"(?<![а-я])(?:с|со|после|начиная\s++с)\s++(?:дня|даты|момента|день)?\s*+"
    rf"(?:(?P<force>(?:его|ее)\s++вступления\s++в\s++силу|вступлени(?:я|ем)\s++в\s++силу\s++(?:настоящ|данн|этого)|вступлени(?:я|ем)\s++(?:настоящ|данн)[а-я]{{2,4}}\s++[а-я]{{5,12}}\s++в\s++силу)|"
    rf"(?P<signing>подписания\s++настоящ)|(?P<dated>{DATE})|(?P<else>(?:{_EVENTS})[а-я]{{0,6}}))"
)
_ON_DAY = re.compile(rf"(?<![а-я])(?:силу|действие|счита(?:ть|ется))\s++{DATE}")
_DELAYED = re.compile(r"(?<![а-я])(?:истечени[ия]|через|спустя)\s[^,;:.]{1,60}+$")
"""«По истечении 30 дней с даты вступления в силу настоящего Протокола»: not on that day."""
_LOST = frozenset({Effect.REPEAL, Effect.TERMINATION, Effect.DENUNCIATION, Effect.SUSPENSION})
_PARTLY = re.compile(r"(?<![а-я])(?:частично|в\s++части)(?![а-я])")
"""«Прекратить действие Договора в части …»: what of it is over, nobody reads; the act is neither alive nor dead."""
_PAST = re.compile(r"(?<![а-я])(?:(?:утратил|прекратил)[аои]?|(?:подтвержда|констатиру)[ею]т)\s")
_ASKED = re.compile(r"(?<![а-я])(?:прос[ия]т|обратил[аио]?сь|обратился)(?![а-я])|жалоб|ходатайств")
"""What a party asks a court to do is done by nobody yet, whatever the act that tells of it is called."""
_NARRATIVE = re.compile(
    r"обрати|прос[ия]т|потребова|требовани|заявл|установил|указа[лв]|рассмотр|согласивш|ссылаясь|полага"
)


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
        named = row.citation.named
        if named is not None and named.reach is not Reach.THIS and not _decided(named):
            by_eid.setdefault(row.eid, []).append(row)
    for root in act.provisions:
        if root.kind is not Kind.PREAMBLE:
            for provision, lead in _with_leads(root, ""):
                yield from _of(act.type, provision, lead, by_eid.get(provision.eid, []))


def _decided(named: Named) -> bool:
    """Say whether a name is what is done and no act: «принимает решение о прекращении Соглашения»."""
    return named.lemma == "решение" and named.inside is not None and named.number is None


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
    blank, begins = undated(shown, [r.citation.span for r in outer]), [r.citation.span.start for r in outer]
    for start, end in _statements(shown, outer):
        inside = outer[bisect_left(begins, start) : bisect_left(begins, end)]
        bare = without_names(shown, start, end, inside)
        if (
            not inside
            or _CONDITION.search(bare)
            or _ASKED.search(bare)
            or (act_type is InstrumentType.RULING and _NARRATIVE.search(bare))
        ):
            continue
        found = _said(shown, blank, Span(start, end), inside)
        if not found and lead and _opens(shown, start, inside[0]):
            found = _by_lead(low(lead), inside)
        for effect, row in found:
            yield _dated(effect, provision, row, shown[start:end], low(lead))


def _said(shown: str, blank: str, within: Span, rows: Sequence[ReferenceRow]) -> list[tuple[Effect, ReferenceRow]]:
    """Read a statement as it stands, else without its days: «признать с 1 мая утратившим силу»."""
    return said(shown, within, rows) or ([] if blank == shown else said(blank, within, rows))


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


def _opens(shown: str, start: int, row: ReferenceRow) -> bool:
    return not shown[start : row.citation.span.start].strip(' \n—–-«"0123456789.)')


def _by_lead(lead: str, rows: Sequence[ReferenceRow]) -> list[tuple[Effect, ReferenceRow]]:
    effect = next((e for e, pattern in CUES if pattern.search(lead)), None)
    return [] if effect is None or _CONDITION.search(lead) else [(effect, row) for row in rows]


def _dated(effect: Effect, provision: Provision, row: ReferenceRow, statement: str, lead: str) -> ForceEffect:
    """Read since when and until when an effect holds off its statement."""
    told = ForceEffect(effect, provision.eid, provision.text, row.citation)
    bare = statement.replace(row.text.lower().replace("ё", "е"), " ", 1)
    if not row.citation.places and effect in _LOST and _PARTLY.search(bare):
        return replace(told, since=From.ELSEWHERE)
    if effect is Effect.SUSPENSION and (period := period_of(bare)):
        return replace(told, since=From.DAY, day=period[0], until=period[1])
    if effect in (Effect.SUSPENSION, Effect.EXTENSION):
        until = UNTIL.search(bare)
        terms = durations(bare)
        told = replace(told, until=iso(until) if until else None, by=terms[0].form if terms and not until else "")
    since = _SINCE.search(bare) or _SINCE.search(lead)
    if since is not None:
        return _since(told, since)
    if on := _ON_DAY.search(bare):
        return replace(told, since=From.DAY, day=iso(on))
    return replace(told, since=From.ELSEWHERE) if _PAST.search(bare) else told


def _since(told: ForceEffect, since: re.Match[str]) -> ForceEffect:
    """Return an effect with the day a statement counts it from, and the words that count."""
    if since["signing"]:
        told = replace(told, since=From.SIGNING)
    elif since["dated"]:
        told = replace(told, since=From.DAY, day=iso(since))
    elif since["else"]:
        told = replace(told, since=From.ELSEWHERE)
    delayed = _DELAYED.search(since.string, 0, since.start())
    if delayed is None:
        return told
    after = delayed[0].strip()
    return replace(told, after=after) if durations(after) else replace(told, since=From.ELSEWHERE)
