"""What checking a text tells a person: a sentence for each citation and quotation, the text with better quotations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analyzers.spans import Span
from corpus.citations.answering import CitationAnswer
from corpus.citations.citechecking import Checked, CitedAct
from corpus.citations.quoted.quotation import Quotation
from corpus.citations.quoted.verdict import QuotationVerdict
from corpus.citations.resolve.resolving import ResolutionStatus, Target
from corpus.citations.writing import CitationForm, cite, cite_range, name
from corpus.effects.standing import NAMES, Validity, bracketed, worst
from corpus.model import Document, Kind
from search_api.answers.standing import Standing

Documents = Callable[[str], Document]
_WHY = {
    "ё": "е вместо ё",
    "регистр": "заглавные и строчные буквы",
    "кавычки": "знаки кавычек",
    "тире": "вид тире",
    "знаки препинания": "знаки препинания",
    "пропуск": "пропуск слов отмечен",
    "вставка": "вставка отмечена",
    "пометка": "пометка о выделении",
}


class Mark(StrEnum):
    """How a place of the text is shown."""

    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is told of a place: `head` for a chip, `text` the whole, `targets` the provisions it means."""

    span: Span
    mark: Mark
    head: str
    text: str
    targets: tuple[Target, ...] = ()
    better: str = ""
    quotation: bool = False


def remarks(checked: Checked, documents: Documents, standing: Standing) -> list[Remark]:
    """Return the remarks on citations and quotations in order of text, with a warning of what may not be relied on."""
    unsure = [citation_remark(c, documents) for c in checked.citations if c.status is ResolutionStatus.AMBIGUOUS]
    found = [citation_remark(c, documents) for c in checked.citations if c.status is not ResolutionStatus.AMBIGUOUS]
    found += [quotation_remark(q, documents) for q in checked.quotations]
    return sorted((*unsure, *(_warned(r, standing) for r in found)), key=lambda r: (r.span.start, r.span.end))


def _warned(remark: Remark, standing: Standing) -> Remark:
    """Add the state of what a place means where it is not simply in force."""
    state = worst(standing.of_all(t.document, t.eids) for t in remark.targets)
    if state is None or not state.warning:
        return remark
    if state.status is Validity.UNKNOWN:  # neither for nor against: what the act itself does not say
        return replace(remark, text=f"{remark.text} {state.told.capitalize()}.")
    mark = Mark.BAD if state.tone == "dead" else Mark.DOUBT if remark.mark is Mark.GOOD else remark.mark
    head = f"{remark.head}, {NAMES[state.status]}"
    return replace(remark, mark=mark, head=head, text=f"{remark.text} Внимание: {state.told}.")


def citation_remark(citation: CitationAnswer, documents: Documents) -> Remark:
    """Tell what became of a citation."""
    unread = f" Не понято: «{'», «'.join(u.text for u in citation.unread)}»." if citation.unread else ""
    if citation.status is ResolutionStatus.RESOLVED:
        return Remark(citation.span, Mark.GOOD, "найдено", f"Найдено: {citation.canonical}.", citation.targets)
    if citation.status is ResolutionStatus.AMBIGUOUS:
        able = [t for t in citation.targets if t.eids]
        told = "; ".join(_written(t, documents) for t in (able or citation.targets)[:5])
        where = f" Подходят: {told}." if told else ""
        text = f"Неоднозначно: из текста не видно, какой это акт.{where}{unread}"
        return Remark(citation.span, Mark.DOUBT, "несколько", text, citation.targets)
    if citation.missing and citation.nearest is not None:
        document = documents(citation.nearest.document)
        text = (
            f"Нет: {', '.join(citation.missing)}.{_articles(document)} Ближайшее: {citation.nearest.citation}.{unread}"
        )
        return Remark(citation.span, Mark.BAD, "нет такого места", text, citation.targets)
    if citation.targets:
        text = f"Найдено не всё: {citation.canonical}.{unread}"
        return Remark(citation.span, Mark.DOUBT, "понято не всё", text, citation.targets)
    return Remark(citation.span, Mark.BAD, "нет такого документа", f"Такого документа в библиотеке нет.{unread}")


def _written(target: Target, documents: Documents) -> str:
    document = documents(target.document)
    return cite_range(document, target.eids, own=target.own) if target.eids else name(document)


def _articles(document: Document) -> str:
    count = sum(p.kind is Kind.ARTICLE for p in document.instrument.walk())
    if not count:
        return ""
    word = "статей" if count % 10 in (0, *range(5, 10)) or count % 100 in range(11, 15) else "статьи"
    word = "статья" if count % 10 == 1 and count % 100 != 11 else word
    return f" В документе {count} {word}."


def quotation_remark(quotation: Quotation, documents: Documents) -> Remark:
    """Tell what became of a quotation."""
    q = quotation
    target = (Target(q.document, (q.eid,)),) if q.document and q.eid else ()
    where = cite(documents(q.document), q.eid) if q.document and q.eid else ""
    if q.verdict is QuotationVerdict.EXACT:
        return Remark(q.span, Mark.GOOD, "цитата точна", f"Цитата точна: {where}.", target, quotation=True)
    if q.verdict is QuotationVerdict.NORMALISED:
        why = ", ".join(_WHY.get(w, w) for w in q.why)
        text = f"Слова те же, отличается только: {why} ({where})."
        return Remark(q.span, Mark.GOOD, "слова те же", text, target, quotation=True)
    if q.verdict is QuotationVerdict.DIFFERS:
        text = f"Цитата расходится ({where}): {'; '.join(_differences(q))}."
        return Remark(q.span, Mark.BAD, "цитата расходится", text, target, q.printed, quotation=True)
    if q.found is None:
        text = "Таких слов там нет." if q.citation is not None else "Таких слов в библиотеке нет."
        return Remark(q.span, Mark.BAD, "таких слов нет", text, quotation=True)
    document, eid = q.found
    text = f"Таких слов там нет; они стоят здесь: {cite(documents(document), eid)}."
    return Remark(q.span, Mark.BAD, "слова из другого места", text, (Target(document, (eid,)),), quotation=True)


def _differences(quotation: Quotation) -> list[str]:
    told = []
    for change in quotation.changes:
        if not change.kind:
            continue
        if not change.quoted:
            told.append(f"в тексте есть «{change.printed}», у вас пропущено")
        elif not change.printed:
            told.append(f"у вас лишнее «{change.quoted}»")
        else:
            told.append(f"в тексте «{change.printed}», у вас «{change.quoted}»")
    return told or ["порядок слов другой"]


def corrected(text: str, remarks_: Sequence[Remark]) -> str:
    """Return a text with the exact words in the place of quotations that differ."""
    out, at = [], 0
    for remark in remarks_:
        if remark.better and remark.span.start >= at:
            out += [text[at : remark.span.start], remark.better]
            at = remark.span.end
    return "".join([*out, text[at:]])


def authority_lines(authorities: Sequence[CitedAct], documents: Documents, standing: Standing) -> list[str]:
    """Write the list of what a text cites: each act in full, its places, how often."""
    out = []
    for n, act in enumerate(authorities, 1):
        document = documents(act.document)
        places = cite_range(document, act.eids, CitationForm.PLACE) if act.eids else ""
        whole = name(document, CitationForm.FULL)
        state = bracketed(standing.of_all(act.document, act.eids))
        out.append(f"{n}. {whole}{f': {places}' if places else ''}{state} ({len(act.places)})")
    return out
