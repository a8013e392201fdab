"""For how long an agreement is made, and how long before its end notice is given: read where those topics are."""

import re
from collections.abc import Iterable
from dataclasses import replace

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.clauses.units import Unit, Zone, units_of
from corpus.lexicon.acts import TREATIES, WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.declension import singular
from corpus.model import Evidence, Instrument, Piece
from corpus.values.value import Value, passages
from corpus.values.values import read

_FIELDS = {"duration": "duration", "notice_period": "termination"}
"""The topic whose provisions each field is read in."""

_AGREEMENT = any_of(form for word in WORDS.values() if word.treaty for form in singular(word.word))
_PLAIN = {
    "duration": re.compile(
        rf"(?:^|[.;]\s++)(?:срок\s++(?:его|ее)\s++действия|(?:срок\s++действия\s++)?(?:настоящ[а-я]++\s++)?{_AGREEMENT})\s++"
        r"(?:[^\s.;]{1,64}+\s++){0,16}?(?:заключ[а-я]++|действует|действительн[а-я]++|составляет|равен|истекает|устанавливается|[–—-]|сохраняет|остается\s++в\s++силе)\s"
    ),
    "termination": re.compile(
        rf"(?:выйти|выход[а-я]{{0,64}}+)\s++из\s++(?:настоящ[а-я]{{1,64}}+\s++)?{_AGREEMENT}|денонс|расторг|"
        rf"прекра[тщ][а-я]{{1,64}}+\s++(?:свое\s++)?(?:действи[ея]|участи[ея])\s++(?:[а-я]{{1,64}}+\s++)?"
        rf"(?:настоящ|{_AGREEMENT})"
    ),
}
"""Words that say what the clause is of themselves, where no topic was told: memoranda say «выйти из Меморандума»."""

SURE, UNTOLD = 0.9, 0.7
"""How sure a term is when its provision is surely about the topic; share of it where only the words say so."""


def with_terms(act: Instrument) -> Instrument:
    """Fill an agreement's `duration` and `notice_period`; it has its layer of topics."""
    if act.type not in TREATIES:
        return act
    before = tuple(e for e in act.evidence if e.field not in _FIELDS)
    act = replace(act, duration=None, notice_period=None, evidence=before)  # of an earlier reading of its words
    units = {unit.eid: unit for unit in units_of(act) if unit.zone is Zone.BODY}
    values: dict[str, str] = {}
    evidence: list[Evidence] = []
    for field, topic in _FIELDS.items():
        about = {row["eid"]: row["confidence"] for row in act.layers["topics"] if row["topic"] == topic}
        told = (units[eid] for eid in about if eid in units)
        found = _read(topic, told) or _read(topic, (u for u in units.values() if _PLAIN[topic].search(folded(u.text))))
        if found is not None:
            values[field] = found.shown
            sure = round(SURE * about.get(found.eid, UNTOLD), 3)
            evidence += [Evidence(field, span, sure) for span in _places(act, found)]
    return replace(act, evidence=(*act.evidence, *evidence), **values) if values else act  # type: ignore[arg-type]


def _read(topic: str, units: Iterable[Unit]) -> Value | None:
    held = {unit.eid: unit for unit in units}
    sources = [p for unit in held.values() for p in passages(unit, unit.own, lambda eid: held[eid].text)]
    return next(iter(read(topic, sources)), None)


def _places(act: Instrument, value: Value) -> list[Span]:
    """Return where a value stands in the decoded source."""
    provision = next(p for p in act.walk() if p.eid == value.eid)
    at = value.span
    return [_cut(p, at) for p in provision.trace if p.text.start < at.end and at.start < p.text.end]


def _cut(piece: Piece, at: Span) -> Span:
    """Return the part of a piece's source that a run of the text came from; all of it where an edit made it."""
    text, source = piece.text, piece.source
    if text.end - text.start != source.end - source.start:
        return source
    shift = source.start - text.start
    return Span(max(at.start, text.start) + shift, min(at.end, text.end) + shift)
