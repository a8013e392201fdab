"""Metadata of one act, read off its front matter, its text and its back matter."""

import re
from dataclasses import replace
from itertools import takewhile

from analyzers.repair import Repaired
from analyzers.spans import Span
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.dates import dates
from corpus.model import Diagnostic, Evidence, Instrument, Kind, Provision
from corpus.model import InstrumentType as T
from corpus.values import force_days
from corpus.values.copies import copies
from corpus.values.languages import of_text, prevailing
from ingest.acts.parts.segments import Segment
from ingest.acts.parts.signing import Signed, is_place, signing_line
from ingest.acts.title_lines import (
    about,
    approval_lines,
    is_approval,
    is_date_line,
    is_issuer,
    is_note,
    is_signed,
    title_word,
)
from ingest.layout.paragraphs import Paragraph
from ingest.layout.traced import Traced, join
from ingest.metadata import courts, parties, places, signatures, titles
from ingest.metadata.heading import under_title

_DRAFT = re.compile(r"(?:^|\s)(?:П\s?роект|ПРОЕКТ)(?:$|\s(?=[А-ЯЁ]|\())")
_NUMBER = re.compile(r"(?:№|N)\s*+(?P<number>[\w/.-]{1,64}(?<=\w)(?:\sЗР[А-ЯЁ]\b)?)")
_ISSUED = re.compile(r"\sот\s++[«\"]?\d{1,2}[\s.»\"][^,;]{4,25}?(?:№|N)\s*+\S++$")
_ADOPTED = frozenset({*TREATIES, T.ACT})
_OPENED = re.compile(
    r"[(]?(?:принят|открыт|одобрен|провозглашен|подписан)[аоы]?\s++(?:для\s++подписания|и\s|резолюци|Генеральн|Конференц|Ассамбле|в\s++г|в\s++[А-ЯЁ]|\d)",
    re.IGNORECASE,
)
"""How conventions and declarations tell the day they were adopted: under their title."""
_REGISTERED = re.compile(r"регистрац|зарегистр|принят|одобрен|утвержд", re.IGNORECASE)
_CITY = re.compile(
    r"^(?:[Гг]\.|[Гг]ород|гор\.)\s*+(?P<named>[А-ЯЁ][\w -]{1,64}?)(?=$|[,;]|\s++\d|\s{2})"
    r"|^(?P<bare>[А-ЯЁ][а-яё]++(?:[- ][А-ЯЁ][а-яё]++)?)(?:,\s*+Кремль)?(?=$|,?\s++(?:от\s)?[«\"]?\d)"
    r"|[(,]\s*+(?:г\.\s*+)?(?P<inner>[А-ЯЁ][а-яё]++(?:-[А-ЯЁа-яё]++)*+)(?=,\s*+\d)"
)


_DIFFERS = {
    "date": "Над текстом напечатана дата {known}, в заключительной формуле — {told}: взята первая.",
    "in_force_from": "В примечании днём вступления в силу назван {known}, по тексту выходит {told}: взят первый.",
}
"""What is told where two places of an act disagree."""


_PARTIES_DIFFER = "В названии стороны — {above}; в преамбуле — {told}: взяты названные в преамбуле."


class _Reading:
    """Collects fields and the places they were read at."""

    def __init__(self, repaired: Repaired) -> None:
        self.fields: dict[str, object] = {}
        self.evidence: list[Evidence] = []
        self.repaired = repaired
        self.doubts: list[Diagnostic] = []

    def put(self, field: str, value: object, content: Traced, span: Span | None = None, sure: float = 1.0) -> None:
        """Note a value unless the field has one."""
        if value and not self.fields.get(field):
            self.fields[field] = value
            self.mark(field, content if span is None else content.cut(*span), sure)

    def mark(self, field: str, content: Traced, sure: float = 1.0) -> None:
        """Note that a run of text serves a field."""
        self.evidence += [Evidence(field, piece.source, sure) for piece in content.trace(self.repaired)]

    def differs(self, field: str, value: str, provision: Provision) -> None:
        """Doubt a value that a provision tells otherwise than what was read before."""
        known = self.fields.get(field)
        if known and known != value:
            self.doubt(field, _DIFFERS[field].format(known=known, told=value), provision)

    def doubt(self, field: str, message: str, provision: Provision) -> None:
        """Tell a doubt that a provision raises."""
        span = provision.source_spans[0] if provision.source_spans else None
        self.doubts.append(Diagnostic(field, message, span))

    def put_at(self, field: str, value: object, provision: Provision, span: Span, sure: float = 1.0) -> None:
        """Note a value read in a provision's text."""
        if value and not self.fields.get(field):
            self.fields[field] = value
            inside = [p.source for p in provision.trace if p.text.start < span.end and p.text.end > span.start]
            self.evidence += [Evidence(field, source, sure) for source in inside]


def read_metadata(instrument: Instrument, segment: Segment, repaired: Repaired) -> Instrument:
    """Fill an instrument's metadata from its segment; `instrument` has its provisions."""
    reading = _Reading(repaired)
    type_ = _type(segment)
    texts = [p for p in instrument.walk() if p.lang == "ru"]
    _title(reading, segment, type_, texts)
    if type_ in TREATIES:
        around = "\n".join([*(p.text for p in segment.front), *(p.text for p in texts)])
        _heading(reading, segment, around)
        _formula(reading, texts, around)
        _parties(reading, segment, texts)
    else:
        name, paragraph = parties.issuer(segment.front, tuple(p.text for p in texts))
        if paragraph and type_ is not T.LAW:
            reading.put("issuer", name, paragraph.content, None, 0.9)
        type_ = courts.judged(type_, segment, name if paragraph else None)
    _front(reading, segment, type_)
    _back(reading, segment, type_)
    _dated_title(reading, segment, type_)
    _force(reading, segment, [p for p in force_days.unquoted(instrument.provisions) if p.lang == "ru"])
    notes = _notes(reading, segment)
    told = {
        "notes": notes,
        "evidence": tuple(reading.evidence),
        "diagnostics": (*instrument.diagnostics, *reading.doubts),
    }
    return replace(instrument, type=type_, **told, **reading.fields)  # type: ignore[arg-type]


PREAMBLE_PARAGRAPHS = 5
"""Paragraphs of a preamble in which its parties may be named."""


def _parties(reading: _Reading, segment: Segment, texts: list[Provision]) -> None:
    """Read the parties off the preamble's paragraph that names those of the title, else its first one that names any.

    Where the preamble names none, or all together («Государства-участники …»), they are those who signed, or the
    title's.
    """
    above = parties.titled(str(reading.fields.get("title")))
    opening = next((p for p in texts if p.kind in (Kind.PREAMBLE, Kind.BODY)), None)
    held = [*opening.walk()][:PREAMBLE_PARAGRAPHS] if opening else []
    named = [(found, p) for p in held if (found := parties.parties(p.text)) and not parties.many(found[0])]
    alike = [(found, p) for found, p in named if parties.alike(found, above)]
    if not named:
        signing = parties.signing(segment.back)
        reading.put("parties", signing, join([p.content for p in segment.back]), None, 0.8)
        reading.put("parties", above, join([p.content for p in segment.front]), None, 0.7)
    for found, p in (alike or named)[:1]:
        reading.put_at("parties", found, p, Span(0, len(p.text)), 0.9)
        if above and not alike:
            reading.doubt("parties", _PARTIES_DIFFER.format(above=", ".join(above), told=", ".join(found)), p)
    for p in held[:1]:
        reading.put_at("parties", parties.parties(p.text), p, Span(0, len(p.text)), 0.5)


def _type(segment: Segment) -> T:
    """Take the type from the title; an act of ratification without one is a law when a president signed it."""
    if segment.type is not T.ACT:
        return segment.type
    subject = next((p.text for p in segment.front if about(p)), "")
    signed = " ".join(p.text for p in segment.back).lower()
    if "президент" in signed and re.match(
        r"о\s++(?:ратификации|присоединении|денонсации|внесении)", subject, re.IGNORECASE
    ):
        return T.LAW
    return T.ACT


def _title(reading: _Reading, segment: Segment, type_: T, texts: list[Provision]) -> None:
    run, raw = titles.title_paragraphs(segment.front, type_)
    title = titles.sentence_case(raw, (p.text for p in texts))
    reading.put("title", title, join([p.content for p in run]))


def _dated_title(reading: _Reading, segment: Segment, type_: T) -> None:
    """Read the day off «Соглашение … о лодках от 3 мая 2001 года» where nothing else tells it, and no other act's."""
    title = str(reading.fields.get("title") or "")
    if type_ not in TREATIES or reading.fields.get("date") or _OF_OTHER.search(title):
        return
    found = dates(title)
    if len(found) == 1 and title[: found[0].span.start].endswith(" от ") and not title[found[0].span.end :].strip(". "):
        for p in segment.front:
            if own := [d for d in dates(p.text) if d.iso == found[0].iso]:
                reading.put("date", own[0].iso, p.content, own[0].span, 0.7)


def _heading(reading: _Reading, segment: Segment, around: str) -> None:
    """Read day and place off what is printed over the text: where the formula says otherwise, they are the act's."""
    approving = approval_lines(segment.front)
    for told in under_title(tuple(p for i, p in enumerate(segment.front) if i not in approving), around):
        if told.day:
            reading.put("date", told.day.iso, told.content, told.day.span)
        if told.place:
            reading.put("place", told.place[0], told.content, told.place[1])


def _formula(reading: _Reading, texts: list[Provision], around: str) -> None:
    """Read the concluding formula: place, date, copies, languages, the prevailing text."""
    ends = [p for root in texts if root.kind is Kind.CONCLUSIONS for p in root.walk()]
    done = False
    for p in ends:
        done = done or _DONE.search(p.text) is not None
        _done_at(reading, p, around, done=done)
        if n := copies(p.text):
            reading.put_at("copies", n[0], p, n[1])
        if spoken := of_text(p.text):
            reading.put_at("languages", spoken.names, p, spoken.span)
    _formula_in_text(reading, [p for p in texts[-12:] if p not in ends])
    others = [*ends, *(p for p in texts[-12:] if p not in ends)]
    chosen = next(((told, p) for p in others if (told := prevailing(p.text))), None)
    if chosen:
        reading.put_at("prevailing_language", chosen[0][0], chosen[1], chosen[0][1])
    if not reading.fields.get("languages"):
        for p in texts[-12:]:
            if "текст" in p.text and (spoken := of_text(p.text)) and len(spoken.names) > 1:
                reading.put_at("languages", spoken.names, p, spoken.span, 0.8)


def _done_at(reading: _Reading, p: Provision, around: str, *, done: bool) -> None:
    """Read day and place off a paragraph of a formula, `done` telling that its verb is in it or above."""
    found, start, alone = dates(p.text), _DONE.search(p.text), signing_line(p.text)
    if found and (done or alone):
        reading.differs("date", found[0].iso, p)
        reading.put_at("date", found[0].iso, p, found[0].span)
    if start and found and not alone:
        alone = signing_line(" " * start.start() + p.text[start.start() : found[0].span.end])
    at = start.start() if start else 0
    if alone and alone.place and not alone.place.declined:
        reading.put_at("place", alone.place.name, p, alone.place.span)
    elif done and (where := places.place(p.text[at : at + FORMULA], around)):
        reading.put_at("place", where[0], p, where[1].shifted(at))


FORMULA = 200
"""Characters of a formula from its verb on in which its place stands."""
_DONE = re.compile(
    r"\b(?:соверш[её]н|учин[её]н|составлен|подписан|подписали|скрепили|заключ[её]н|оформлен|выполнен|исполнен|изготовлен|"
    r"сделан|принят|дано\b)\w*+",
    re.IGNORECASE,
)
"""What was done where and when, in a concluding formula."""
_OF_OTHER = re.compile(
    r"(?<!\A)\b(?:к|в|из|по|о\s\w{1,64})\s(?:\w{1,64}\s){0,3}(?:соглашени|договор|протокол|конвенци|меморандум|устав)",
    re.IGNORECASE,
)
"""A title that names another act: its day is that act's."""
_DRAWN_UP = re.compile(
    r"настоящ\w{1,64}+\s++[\w\s]{0,60}?(?:составлен|подписан|соверш[её]н|заключ[её]н|изготовлен|выполнен|оформлен)\w{0,64}+\s++(?:в|на|\d|[«\"])",
    re.IGNORECASE,
)


def _formula_in_text(reading: _Reading, last: list[Provision]) -> None:
    """Read copies and languages off a numbered point that does the work of a concluding formula."""
    for p in last:
        match = _DRAWN_UP.search(p.text)
        if match is None:
            continue
        told = p.text[match.start() :]
        if n := copies(told):
            reading.put_at("copies", n[0], p, n[1].shifted(match.start()), 0.9)
        if spoken := of_text(told):
            reading.put_at("languages", spoken.names, p, spoken.span.shifted(match.start()), 0.9)


def _front(reading: _Reading, segment: Segment, type_: T) -> None:
    """Read date, number, place and status off what is printed above the text."""
    approving = approval_lines(segment.front)
    for i, p in enumerate(segment.front):
        if _DRAFT.search(p.text) and (is_approval(p) or len(p.text) < 20):
            reading.put("status", "draft", p.content, None, 0.95)
        if type_ in _ADOPTED and _OPENED.match(p.text) and (adopted := dates(p.text)):
            reading.put("date", adopted[0].iso, p.content, adopted[0].span, 0.8)
        if is_note(p) or i in approving or _REGISTERED.match(p.text):
            continue
        if (
            is_date_line(p)
            or (_is_type_line(p) and not re.search(r"\sк\s", p.text))
            or (_ISSUED.search(p.text) and not about(p))
        ):
            _date_number_place(reading, p)
        elif len(p.text) < 60 and (found := _CITY.search(p.text)) and not is_issuer(p):
            name = found["named"] or found["bare"] or found["inner"]
            if name and not title_word(p.text) and is_place(name):
                reading.put("place", name, p.content, Span(*found.span()), 0.9)
    for p in segment.front:
        reading.mark(_leftover(p, type_), p.content, 0.5)


def _is_type_line(p: Paragraph) -> bool:
    found = title_word(p.text)
    return (
        found is not None
        and found[0] != "нота"  # «Нота № 7» over the title of what it brought
        and bool(re.search(r"\bот\s++[«\"]?\d|,\s*+г\.|№|\sN\s", p.text[:160]))
        and not re.match(r"\s*+(?:о|об|между)\s", p.text[found[2] :])
    )


def _date_number_place(reading: _Reading, p: Paragraph) -> None:
    found = dates(p.text)
    if found:
        reading.put("date", found[0].iso, p.content, found[0].span)
    after = p.text[found[0].span.end :] if found else p.text
    shift = found[0].span.end if found else 0
    if (number := _NUMBER.search(after)) and number.start() < 12:
        reading.put("number", number["number"], p.content, Span(*number.span()).shifted(shift))
    city = re.search(
        r"(?:^|[\s,(])(?:[Гг]\.|[Гг]ород|гор\.)\s*+(?P<city>[А-ЯЁ][а-яё]++(?:[- ][А-ЯЁ][а-яё]++)*+)", p.text
    )
    if city:
        reading.put("place", city["city"], p.content, Span(*city.span("city")))
    elif inner := _CITY.search(p.text):
        name = inner["bare"] or inner["inner"]
        dated = bool(found) and p.text.startswith(f"{name}, ") and found[0].span.start == len(f"{name}, ")
        if name and not title_word(name) and (dated or is_place(name)):
            reading.put("place", name, p.content, Span(*inner.span()), 0.8)


def _leftover(p: Paragraph, type_: T) -> str:
    """Name what a paragraph of the front matter is evidence of, when no field was read off it."""
    if is_note(p):
        return "notes"
    if is_approval(p):
        return "status"
    if is_issuer(p) and type_ not in TREATIES:
        return "issuer"
    return "date" if is_date_line(p) else "title"


def _back(reading: _Reading, segment: Segment, type_: T) -> None:
    found = signatures.signatories(segment.back)
    if found:
        reading.fields["signatories"] = tuple(name for name, _ in found)
    over = [*takewhile(lambda p: not is_signed(p), segment.back)]
    over = over if len(over) < len(segment.back) else []  # notes that are exchanged each have a day, and no signatures
    for p in segment.back:
        reading.mark("notes" if is_note(p) else "signatories", p.content, 0.7)
        if type_ in TREATIES and p in over and (told := signing_line(p.text)):
            _signed(reading, p, told)
        elif (type_ not in TREATIES or p in over) and is_date_line(p) and not is_note(p):
            _date_number_place(reading, p)
        elif type_ not in TREATIES and (city := re.match(r"(?P<city>[А-ЯЁ][а-яё]++), Кремль", p.text)):
            reading.put("place", city["city"], p.content, Span(*city.span("city")))
            _date_number_place(reading, p)


def _signed(reading: _Reading, p: Paragraph, told: Signed) -> None:
    if told.day:
        reading.put("date", told.day.iso, p.content, told.day.span)
    if told.place:
        reading.put("place", told.place.name, p.content, told.place.span)


def _force(reading: _Reading, segment: Segment, texts: list[Provision]) -> None:
    for p in (*segment.front, *segment.back, *segment.notes):
        if is_note(p) or "в силу" in p.text:
            noted = force_days.noted(p.text)
            if noted:
                reading.put("in_force_from", noted[0], p.content, noted[1])
    signed = reading.fields.get("date")
    for provision in texts:
        if told := force_days.day(provision.text, str(signed) if signed else None):
            reading.differs("in_force_from", told[0], provision)
            reading.put_at("in_force_from", told[0], provision, told[1], 0.9)


def _notes(reading: _Reading, segment: Segment) -> tuple[str, ...]:
    for p in segment.notes:
        reading.mark("notes", p.content)
    return tuple(
        p.text
        for group in (segment.front, segment.notes, segment.back)
        for p in group
        if is_note(p) or group is segment.notes
    )
