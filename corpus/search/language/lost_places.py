"""A citation that leads nowhere: what the act has instead, or which acts of the library are near."""

from collections.abc import Sequence

from corpus import eid as eids
from corpus.citations.answering import CitationAnswer
from corpus.citations.parsed import Named
from corpus.citations.resolve.catalogue import Entry, same_type, stems
from corpus.citations.resolve.references import resolver
from corpus.citations.writing import CitationForm, cite
from corpus.lexicon.acts import TYPES
from corpus.lexicon.declension import Case, decline
from corpus.lexicon.numerals import plural_form
from corpus.library import Library, each
from corpus.model import Document, Kind
from corpus.search.answers import NearPlace, Notice

NO_PROVISION, NO_DOCUMENT = "no-such-provision", "no-such-document"
NEAREST = 3
"""Acts that are told as near."""

_COUNTED = {
    Kind.ARTICLE: ("статья", "статьи", "статей"),
    Kind.PARAGRAPH: ("пункт", "пункта", "пунктов"),
    Kind.SUBPARAGRAPH: ("пункт", "пункта", "пунктов"),
    Kind.POINT: ("подпункт", "подпункта", "подпунктов"),
    Kind.CHAPTER: ("глава", "главы", "глав"),
    Kind.SECTION: ("раздел", "раздела", "разделов"),
    Kind.ATTACHMENT: ("приложение", "приложения", "приложений"),
}


def lost_place(library: Library, named: Named, found: CitationAnswer) -> Notice | None:
    """Tell what a citation of an act misses; None where several acts may be meant."""
    meant = resolver(library).documents(named)
    if not meant:
        return _no_document(library, named, found)
    if len(meant) > 1 or not found.missing:
        return None
    act = library.get(meant[0].id)
    near = NearPlace(act.id, found.nearest.eid, found.nearest.citation) if found.nearest else None
    missing = ", ".join(found.missing)
    message = f"{_held(act, found)}, {missing} нет." if near else f"{cite(act)}: {missing} нет."
    return Notice(NO_PROVISION, message, (near or NearPlace(act.id, None, cite(act)),))


def _held(act: Document, found: CitationAnswer) -> str:
    """Say how many units the act has where the missing one should stand: «В Соглашении 15 статей»."""
    assert found.nearest is not None
    eid = found.nearest.eid
    above = eids.parent(eid)
    kind = eids.parse(eid)[-1].kind
    siblings = [p for p in act.instrument.walk() if p.kind is kind and eids.parent(p.eid) == above]
    holder = f"В {decline(TYPES[act.instrument.type].name, Case.PREPOSITIONAL)}"
    if above and kind is not Kind.ARTICLE:
        holder = f"В {cite(act, above, CitationForm.SHORT)}"
    return f"{holder} {counted(len(siblings), _COUNTED.get(kind, ('положение', 'положения', 'положений')))}"


def _no_document(library: Library, named: Named, found: CitationAnswer) -> Notice:
    acts = each(library, [e.id for e in _alike(named, resolver(library).catalogue.entries)[:NEAREST]])
    message = f"«{found.text}»: такого документа в библиотеке нет."
    return Notice(NO_DOCUMENT, message, tuple(NearPlace(a.id, None, cite(a, form=CitationForm.FULL)) for a in acts))


def _alike(named: Named, entries: Sequence[Entry]) -> list[Entry]:
    """Return the acts of the type that share words of the title, the day or the year, the likest first."""
    wanted, year = stems(named.title, named.lemma), named.year or (named.date or "")[:4]

    def likeness(entry: Entry) -> int:
        return len(wanted & entry.subject) + (bool(year) and (entry.date or "").startswith(year))

    told = sorted(((-likeness(e), e.id, e) for e in entries if same_type(named, e)), key=lambda t: t[:2])
    return [e for score, _, e in told if score]


def counted(n: int, forms: tuple[str, str, str]) -> str:
    """Write a number with its noun.

    >>> counted(21, ("статья", "статьи", "статей")), counted(12, ("пункт", "пункта", "пунктов"))
    ('21 статья', '12 пунктов')
    """
    return f"{n} {forms[plural_form(n)]}"
