"""The JSON answers as OpenAPI describes them, filled by `search_api.answers.shapes` as those of the command line."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.citations.layered.relations import Relation
from corpus.effects.standing import state_json
from corpus.library import Put, Summary
from corpus.plain import Record
from search_api.answers.shapes import summary_shape
from search_api.answers.standing import LineAnswer, ShortState, Standing

Offsets = tuple[int, int]


class Answer(BaseModel):
    """A JSON object of an answer."""

    model_config = ConfigDict(frozen=True)


class DiagnosticAnswer(Answer):
    """A doubt about a document; `span` in the decoded source."""

    rule: str
    message: str
    span: Offsets | None = None


class DoubtAnswer(DiagnosticAnswer):
    """A doubt about an uploaded file and where it stands: `document` and `eid` are "" where it has no such place."""

    document: str = ""
    eid: str = ""


class EvidenceAnswer(Answer):
    """Where a field was read, in the decoded source, and how sure (0 to 1)."""

    field: str
    span: Offsets
    confidence: float


class CorrectionAnswer(Answer):
    """What a person put in place of a field as read; `time` is ISO 8601 in UTC."""

    field: str
    value: str | int | tuple[str, ...] | None
    read: str | int | tuple[str, ...] | None
    author: str
    time: str
    note: str


class RelationAnswer(Answer):
    """What an act does to another one; `span` and `cue` in the text of provision `eid`, "" is the title."""

    relation: Relation
    eid: str
    text: str
    span: Offsets
    cue: Offsets
    confidence: float
    title: str
    date: str | None
    number: str | None


class SummaryAnswer(Answer):
    """A document in a list; `instrument` is its 0-based place in the file."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "example": {
                "id": "agreement-1907-05-14-o-priznanii-kart-0a1b2c",
                "source": "образцы/карты.txt",
                "instrument": 0,
                "type": "agreement",
                "title": "Соглашение о признании карт Лукоморья",
                "short_name": "Лукоморье — Буян, 1907",
                "date": "1907-05-14",
                "place": "Лукоморье",
                "number": None,
                "parties": ["Лукоморье", "Буян"],
                "issuer": None,
                "languages": ["русский"],
                "status": None,
                "provisions": 42,
                "diagnostics": 0,
            }
        },
    )
    id: str
    source: str
    instrument: int
    type: str
    title: str
    short_name: str
    date: str | None
    place: str | None
    number: str | None
    parties: tuple[str, ...]
    issuer: str | None
    languages: tuple[str, ...]
    status: str | None
    provisions: int
    diagnostics: int
    state: ShortState | None = None


class ProvisionAnswer(Answer):
    """A provision in a flat list; `source_spans` in the decoded source, `page` (from 1) where the file has pages."""

    eid: str
    kind: str
    num: str | None
    heading: str | None
    text: str
    lang: str
    source_spans: tuple[Offsets, ...]
    page: int | None = None
    state: ShortState | None = None


class DocumentAnswer(Answer):
    """A whole document, provisions in document order."""

    id: str
    source: str
    instrument: int
    type: str
    title: str
    short_name: str
    date: str | None
    place: str | None
    number: str | None
    parties: tuple[str, ...]
    issuer: str | None
    languages: tuple[str, ...]
    copies: int | None
    prevailing_language: str | None
    in_force_from: str | None
    duration: str | None
    notice_period: str | None
    status: str | None
    signatories: tuple[str, ...]
    notes: tuple[str, ...]
    evidence: tuple[EvidenceAnswer, ...]
    corrected: tuple[CorrectionAnswer, ...]
    relations: tuple[RelationAnswer, ...]
    provisions: tuple[ProvisionAnswer, ...]
    diagnostics: tuple[DiagnosticAnswer, ...]
    state: ShortState | None = None
    lines: tuple[LineAnswer, ...] = ()
    ended_from: str | None = Field(None, description="Прекращено с этого дня, если это сказал человек")


class CitationForms(Answer):
    """The forms a provision is cited in: with the instrument in full, in short, and the place alone."""

    full: str
    short: str
    place: str


class PlacedProvision(ProvisionAnswer):
    """A provision with all that is needed to read it alone.

    `source_text` is its form in the source, `text_with_parts` the text with all inside, `children` the eIds of the
    units right inside.
    """

    document: str
    citation: CitationForms
    lead_in: str
    breadcrumb: tuple[str, ...]
    source_text: str
    taken_back: tuple[str, ...] = Field(
        (), description="О словах, оставленных как в источнике: что исправлялось, кто решил и когда"
    )
    text_with_parts: str
    children: tuple[str, ...]
    permalink: str


class RefusedFile(Answer):
    """Why a file was not stored."""

    code: str
    detail: str


class UploadedFile(Answer):
    """What became of one uploaded file."""

    file: str
    outcome: Put | Literal["failed"] = Field(description="failed: файл не сохранён, причина в problem")
    documents: tuple[SummaryAnswer, ...] = ()
    stored_as: str | None = None
    repairs: int = Field(default=0, description="Исправлено мест: слов, стоящих в источнике иначе")
    diagnostics: tuple[DoubtAnswer, ...] = ()
    problem: RefusedFile | None = None


def summaries(listed: Sequence[Summary], standing: Standing) -> list[Record]:
    """Shape a list of documents with their states."""
    states = standing.of_each([s.id for s in listed])
    return [{**summary_shape(s), "state": state_json(state)} for s, state in zip(listed, states, strict=True)]
