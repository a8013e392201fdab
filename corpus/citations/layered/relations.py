"""What an act does to the acts it names: amends, ratifies, approves, supersedes, implements them.

Only operative words count («Ратифицировать …», «утрачивает силу …») and titles («О ратификации …»): a mention, an
editor's note («Пункт утратил силу – Закон …»), an act approved by another one («утверждённого постановлением …») is
none, and what is done inside a name («Протокол о внесении изменений в Соглашение …») is done by the act of that name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.citations.layered.layer import ReferenceRow, of_title, stored
from corpus.citations.parsed import Citation, Named, Reach
from corpus.codec import from_json, to_json
from corpus.lexicon.acts import TREATIES
from corpus.model import Instrument, InstrumentType, Kind, Provision
from corpus.plain import JsonObject

LAYER = "relations"
TITLE = ""
"""The "eId" of a relation that the title tells."""


class Relation(StrEnum):
    """A typed relation between instruments."""

    AMENDS = "amends"
    RATIFIES = "ratifies"
    APPROVES = "approves"
    SUPERSEDES = "supersedes"
    IMPLEMENTS = "implements"


@dataclass(frozen=True, slots=True)
class Told:
    """A relation, the words that tell it (in the provision's text or, with eId "", in the title), and how sure."""

    relation: Relation
    eid: str
    span: Span
    cue: Span
    confidence: float
    text: str
    citation: Citation


_CHANGE = r"(?:изменени[еяй]|дополнени[еяй]|поправ[а-я]++)"
_ORDERS = (
    (Relation.RATIFIES, 0.98, r"ратифицировать|присоединиться\s++к|ратифицирует"),
    (Relation.APPROVES, 0.9, r"одобрить|утвердить|подписать|принять"),
    (
        Relation.SUPERSEDES,
        0.95,
        (
            r"прекраща[ею]тс?я?\s++(?:сво[ей]\s++)?действие|прекратить\s++действие|утрачива[ею]т\s++силу|"
            r"призна(?:ть|ется|ются)\s++утратившими?\s++силу|отменить|отменя[ею]тся|денонсировать|взамен|"
            r"не\s++будут\s++регулироваться"
        ),
    ),
    (
        Relation.AMENDS,
        0.95,
        (
            rf"(?:внести|вносятся|вносится)(?:\s++следующ[а-я]++)?(?:\s++{_CHANGE})?(?:\s++и(?:\s++\(или\))?\s++{_CHANGE})?\s++в|"
            r"дополнить|изменить"
        ),
    ),
    (
        Relation.IMPLEMENTS,
        0.9,
        r"во\s++исполнение|(?:в\s++целях|для)\s++(?:обеспечения\s++)?(?:реализации|выполнения|исполнения)",
    ),
)
_GROUNDS = (
    Relation.IMPLEMENTS,
    0.8,
    r"руководствуясь|основываясь\s++на|(?<!действующего )(?<!действующей )на\s++основании",
)
_ACCORDING = (Relation.IMPLEMENTS, 0.7, r"в\s++соответствии\s++со?")
_TITLES = (
    (Relation.RATIFIES, 0.98, r"о\s++ратификации|о\s++присоединении(?:\s++[^\s.;]{1,60}+){0,8}?\s++к"),
    (Relation.APPROVES, 0.9, r"об\s++одобрении|об\s++утверждении|о\s++подписании|о\s++принятии|о\s++заключении"),
    (
        Relation.SUPERSEDES,
        0.95,
        r"о\s++признании\s++утратившими?\s++силу|о\s++прекращении\s++действия|о\s++денонсации|об\s++отмене",
    ),
    (
        Relation.AMENDS,
        0.95,
        rf"о\s++внесении\s++{_CHANGE}(?:\s++и(?:\s++\(или\))?\s++{_CHANGE})?\s++в|об\s++изменении|о\s++дополнении",
    ),
    (Relation.IMPLEMENTS, 0.9, r"о\s++(?:мерах\s++по\s++|порядке\s++)?(?:реализации|исполнени[ию]|выполнени[ию])"),
)
_SUCH = (
    r"(?:\s*+:|\s++(?:прилагаем|представленн|проект|нов|редакц|указанн|положени|требовани|норм|отдельн|некотор)[а-я]*+)"
    r"{0,8}+"
)
_BETWEEN = rf"{_SUCH}(?:\s++от\s++имени(?:\s++[^\s.;:]{{1,64}}+){{1,12}}?{_SUCH})?\s*+(?:[«\"(]\s*+)?$"
_LISTED = re.compile(r"[\s,;]*+(?:и|а\s++также|или)?[\s]*+")
_AFTER = re.compile(
    r"[^.;:()]{0,60}?(?:прекраща[ею]т\s++(?:сво[ей]\s++)?действие|утрачива[ею]т\s++силу|призна(?:ть|ется|ются)\s++утратив)"
)
_REACH = 200
_OPENING_MARKS = re.compile(r"[ \n—–в-]*+", re.IGNORECASE)
"""What may stand between a lead-in and the name it speaks of: the dash of a list, «в»."""
_Cues = tuple[tuple[Relation, float, re.Pattern[str]], ...]


def _compiled(cues: tuple[tuple[Relation, float, str], ...]) -> _Cues:
    return tuple((kind, sure, re.compile(rf"(?<![а-я])(?P<cue>{words}){_BETWEEN}")) for kind, sure, words in cues)


_IN_TITLE = _compiled(_TITLES)
_IN_TEXT = _compiled(_ORDERS)
_IN_AGREEMENT_OPENING = _compiled((*_ORDERS, _GROUNDS))
_IN_OPENING = _compiled((*_ORDERS, _GROUNDS, _ACCORDING))
# A court goes by laws and does not implement them.
_OPENINGS = {**dict.fromkeys(TREATIES, _IN_AGREEMENT_OPENING), InstrumentType.RULING: (), InstrumentType.ACT: _IN_TEXT}
_OPENING = 12
"""Paragraphs at the beginning in which an act says what it is made on the ground of."""


def layer(instrument: Instrument) -> list[JsonObject]:
    """Read the relations of an instrument wherever they are told; JSON values for `Instrument.layers`."""
    return [to_json(told) for told in (*_of_title(instrument), *_of_text(instrument))]


def distinct(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return each relation to an act once, where the act is named most fully."""
    found: list[Told] = []
    for one in told:
        same = next((i for i, other in enumerate(found) if _same(one, other)), None)
        if same is None:
            found.append(one)
        elif _known(one) > _known(found[same]):
            found[same] = one
    return tuple(found)


def _same(one: Told, other: Told) -> bool:
    """Say whether two relations are one told twice: the title names the act in short, the text with its date."""
    a, b = one.citation.named, other.citation.named
    if one.relation is not other.relation or a is None or b is None or a.lemma != b.lemma:
        return False
    if any(x and y and x != y for x, y in ((a.date, b.date), (a.number, b.number))):
        return False
    titles = [re.sub(r"\W++", " ", folded(n.title)).strip() for n in (a, b)]
    return titles[0].startswith(titles[1]) or titles[1].startswith(titles[0])


def _known(told: Told) -> int:
    named = told.citation.named
    return bool(named and named.date) + bool(named and named.number)


def kept(instrument: Instrument) -> tuple[Told, ...]:
    """Return the relations of the layer, read now when the instrument has none."""
    values = instrument.layers.get(LAYER)
    return tuple(from_json(Told, value) for value in (layer(instrument) if values is None else values))


def _of_title(instrument: Instrument) -> Iterator[Told]:
    title = instrument.title
    found = [c for c in of_title(title) if _names(c.named)]
    if found and found[0].span.start == 0:
        found.pop(0)  # the act's own name; what stands inside it is what it is about
    rows = [ReferenceRow(TITLE, title[slice(*c.span)], c) for c in found]
    yield from _read(title, "", rows, _IN_TITLE)


def _of_text(instrument: Instrument) -> Iterator[Told]:
    by_eid: dict[str, list[ReferenceRow]] = {}
    for row in stored(instrument):
        if _names(row.citation.named):
            by_eid.setdefault(row.eid, []).append(row)
    opening = _OPENINGS.get(instrument.type, _IN_OPENING)
    for place, root in enumerate(instrument.provisions):
        opens = place == 0 and root.kind in (Kind.PREAMBLE, Kind.BODY)
        for number, (provision, lead) in enumerate(_with_leads(root, "")):
            if provision.eid in by_eid:
                cues = opening if opens and number < _OPENING else _IN_TEXT
                yield from _read(provision.text, lead, by_eid[provision.eid], cues)


def _names(named: Named | None) -> bool:
    return named is not None and named.reach is not Reach.THIS


def _with_leads(provision: Provision, lead: str) -> Iterator[tuple[Provision, str]]:
    """Yield provisions with the words that open the list they stand in: «Признать утратившими силу:»."""
    yield provision, lead
    opens = provision.text if provision.text.rstrip().endswith(":") else ""
    for child in provision.children:
        yield from _with_leads(child, opens)


def _read(text: str, lead: str, rows: list[ReferenceRow], cues: _Cues) -> Iterator[Told]:
    """Read the relations of one text; names inside other names are left to those."""
    before: Told | None = None
    end = 0
    opening = _OPENING_MARKS.match(text)
    for row in sorted(rows, key=lambda r: (r.citation.span.start, -r.citation.span.end)):
        span = row.citation.span
        if span.end <= end:
            continue
        listed = before is not None and bool(_LISTED.fullmatch(text[before.span.end : span.start]))
        end = span.end
        found = (
            (before.relation, before.cue, before.confidence)
            if listed and before
            else _cue(text, lead if opening and span.start <= opening.end() else "", span, cues)
        )
        before = None
        if found and (not row.citation.places or found[0] is Relation.AMENDS):
            before = Told(found[0], row.eid, span, found[1], found[2], row.text, row.citation)
            yield before


def _cue(text: str, lead: str, span: Span, cues: _Cues) -> tuple[Relation, Span, float] | None:
    """Find the words right before a name (or in the `lead`, then the whole text is the evidence) or after it."""
    begin = max(0, span.start - _REACH)
    told = folded(text[begin : span.start])
    found = [(m, kind, sure) for kind, sure, pattern in cues if (m := pattern.search(told))]
    if found:
        match, kind, sure = max(found, key=lambda f: f[0].start("cue"))
        return kind, Span(*match.span("cue")).shifted(begin), sure
    if lead:
        whole = folded(lead[-_REACH:]) + " "
        for kind, sure, pattern in cues:
            if pattern.search(whole.rstrip(": ") + " "):
                return kind, span, sure
    after = _AFTER.match(folded(text[span.end : span.end + _REACH]))
    # An editor's note stands in brackets and names the act that did it: «(Пункт утратил силу – Закон …)».
    return (Relation.SUPERSEDES, Span(0, after.end()).shifted(span.end), 0.9) if after else None


def relation(text: str, start: int, end: int) -> Relation | None:
    """Read the relation from the words around a name at `start`..`end` of an order.

    >>> text = "Ратифицировать Соглашение о почте."
    >>> str(relation(text, 15, 33)), relation("Стороны соблюдают Соглашение о почте.", 18, 36)
    ('ratifies', None)
    """
    found = _cue(text, "", Span(start, end), _IN_OPENING)
    return found[0] if found else None
