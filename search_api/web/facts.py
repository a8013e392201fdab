"""A document's metadata as its page shows it: values, the words they were read from, what a person corrected."""

from dataclasses import dataclass

from corpus.citations.layered.relations import distinct, kept
from corpus.citations.resolve.catalogue import Entry
from corpus.citations.resolve.resolving import Resolver
from corpus.effects.standing import StateOnDay
from corpus.metadata.correctable import FIELDS as CORRECTABLE
from corpus.metadata.correctable import written
from corpus.metadata.short_names import short_name
from corpus.model import Correction, Document, Instrument, SourceFile
from search_api.answers.standing import Standing
from search_api.web.pages import day
from search_api.web.strings import FIELDS, RELATIONS, TYPES


@dataclass(frozen=True, slots=True)
class Fact:
    """A field: its values as shown, the words of the source, the person's correction and what was read then."""

    field: str
    name: str
    shown: tuple[str, ...]
    evidence: str
    mark: Correction | None
    read: tuple[str, ...]

    @property
    def correctable(self) -> bool:
        """Say whether a person may correct it."""
        return self.field in CORRECTABLE

    @property
    def several(self) -> bool:
        """Say whether it holds several values."""
        return self.correctable and CORRECTABLE[self.field].several


def facts(act: Instrument, file: SourceFile) -> list[Fact]:
    """Return the metadata in the order of the page, fields without a value too."""
    words = evidence(act, file)
    marks = {c.field: c for c in act.corrected}
    out = []
    for field, name in FIELDS.items():
        mark = marks.get(field)
        values = tuple(shown(field, v) for v in _values(act, field) if v)
        read = tuple(shown(field, v) for v in mark.read) if mark else ()
        out.append(Fact(field, name, values, words.get(field, ""), mark, read))
    return out


def _values(act: Instrument, field: str) -> tuple[str, ...]:
    """Return the values of a field as texts; the short name is made where no person gave one."""
    return (short_name(act),) if field == "short_name" else written(getattr(act, field))


@dataclass(frozen=True, slots=True)
class Related:
    """An act this one amends, ratifies…: what is done to it, its name, its address ("" outside the library)."""

    relation: str
    name: str
    href: str
    place: str
    """Address of the provision that says so; "" for the title."""
    state: StateOnDay | None = None


def related(document: Document, resolver: Resolver, standing: Standing) -> list[Related]:
    """Return the acts a document does something to, as the library stands now."""
    here = Entry.of_document(document)
    out = []
    for told in distinct(kept(document.instrument)):
        target = resolver.resolve(told.citation, here, told.eid or None).target
        if target is not None and target.document == document.id:
            continue
        href = f"/d/{target.document}" if target else ""
        state = standing.of_all(target.document, target.eids) if target else None
        out.append(Related(RELATIONS[told.relation], told.text, href, f"#{told.eid}" if told.eid else "", state))
    return out


def evidence(act: Instrument, file: SourceFile) -> dict[str, str]:
    """Return the words of the source each field was read from."""
    out: dict[str, str] = {}
    for e in act.evidence:
        words = " ".join(file.text[e.span.start : e.span.end].split())
        out[e.field] = f"{out[e.field]} … {words}" if e.field in out else words
    return {field: words if len(words) <= 400 else f"{words[:400]}…" for field, words in out.items()}


def shown(field: str, value: str) -> str:
    """Write a value for a person.

    >>> shown("type", "treaty"), shown("date", "2019-10-14"), shown("status", "draft")
    ('Договор', '14.10.2019', 'проект')
    """
    if field == "type":
        return TYPES[value]
    if field in {"date", "in_force_from", "ended_from"} and value[:4].isdigit():
        return day(value)
    return "проект" if (field, value) == ("status", "draft") else value
