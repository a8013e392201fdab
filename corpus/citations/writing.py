"""Write citations: «подп. «а» п. 1 ст. 5 Соглашения от 23.10.2008».

The reading grammar (`corpus.citations.read.grammar`) reads everything written here back to the same provision.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from corpus import eid as eids
from corpus.lexicon.acts import ISSUED, TYPES, WORDS
from corpus.lexicon.dates import in_digits, in_words
from corpus.lexicon.declension import genitive, head
from corpus.library import Summary
from corpus.model import Document, Instrument, InstrumentType, Kind

Citable = Document | Summary | Instrument
"""What a citation can be written for; a Document (or Instrument) lends the numbers as they are printed."""


class CitationForm(StrEnum):
    """How much of the instrument a citation names."""

    FULL = "full"
    SHORT = "short"
    PLACE = "place"


# Abbreviations of the units, the unit in the nominative for those without one.
_WORDS: dict[Kind, str] = {
    Kind.PREAMBLE: "преамбула",
    Kind.SECTION: "разд.",
    Kind.PART: "ч.",
    Kind.CHAPTER: "гл.",
    Kind.ARTICLE: "ст.",
    Kind.PARAGRAPH: "п.",
    Kind.SUBPARAGRAPH: "п.",
    Kind.POINT: "подп.",
    Kind.ALINEA: "абз.",
    Kind.CONCLUSIONS: "заключительная часть",
    Kind.ATTACHMENT: "приложение",
    Kind.NOTE: "прим.",
}
_GENITIVES = {"преамбула": "преамбулы", "заключительная часть": "заключительной части", "приложение": "приложения"}
_LETTERS = {latin: letter for letter, latin in reversed(eids.CYRILLIC.items()) if latin}


def cite(document: Citable, eid: str = "", form: CitationForm | str = CitationForm.SHORT) -> str:
    """Write the citation of a provision ("" = the whole instrument).

    >>> cite(Instrument(InstrumentType.AGREEMENT, "Соглашение о почте", "2008-10-23"), "art_5__para_1__point_a")
    'подп. «а» п. 1 ст. 5 Соглашения от 23.10.2008'
    """
    where = place(document, eid) if eid else ""
    if form == CitationForm.PLACE:
        return where
    what = name(document, form)
    return f"{where} {_genitive_name(what)}" if where else what


def cite_range(document: Citable, provisions: Sequence[str], form: CitationForm | str = CitationForm.SHORT) -> str:
    """Write the citation of several provisions; neighbours of one kind are joined: «пп. 1, 2 ст. 6»."""
    if len(provisions) < 2:
        return cite(document, provisions[0] if provisions else "", form)
    parents = {eids.parent(e) for e in provisions}
    kinds = {eids.parse(e)[-1].kind for e in provisions}
    if len(parents) == 1 and len(kinds) == 1 and (word := _PLURALS.get(next(iter(kinds)))):
        own = ", ".join(_number(document, e) for e in provisions)
        first = _unit(document, eids.parse(provisions[0])[-1], provisions[0])
        above = place(document, provisions[0]).removeprefix(first)
        where = f"{'ч.' if first.startswith('ч.') else word} {own}{above}"
    else:
        where = ", ".join(place(document, e) for e in provisions)
    if form == CitationForm.PLACE:
        return where
    return f"{where} {_genitive_name(name(document, form))}"


_PLURALS = {Kind.ARTICLE: "ст.", Kind.PARAGRAPH: "пп.", Kind.POINT: "подп.", Kind.ALINEA: "абз."}


def place(document: Citable, eid: str) -> str:
    """Write the place of a provision, innermost unit first.

    >>> place(Instrument(InstrumentType.LAW, "О связи"), "art_2__para_1__al_4")
    'абз. 4 ч. 1 ст. 2'
    """
    steps = eids.parse(eid)
    if steps[0].kind is Kind.BODY:
        again = f" (текст {steps[0].num})" if steps[0].num else ""
        return (f"абз. {steps[-1].num}" if len(steps) > 1 else "абз. 1") + again
    words = []
    for i, step in enumerate(steps):
        below = steps[i + 1] if i + 1 < len(steps) else None
        if below and _repeats(below, step):
            continue
        unit = _unit(document, step, "__".join(eid.split("__")[: i + 1]))
        if below and _WORDS[step.kind] in _GENITIVES:
            unit = unit.replace(_WORDS[step.kind], _GENITIVES[_WORDS[step.kind]], 1)
        words.append(f"к {_dative(unit)}" if below and below.kind is Kind.NOTE else unit)
    return " ".join(reversed(words))


def _repeats(below: eids.Step, above: eids.Step) -> bool:
    """Say whether a subparagraph's number holds the number of the paragraph above it («3.1» in «3»)."""
    single = above.kind is Kind.PARAGRAPH and above.again == 1
    return single and below.kind is Kind.SUBPARAGRAPH and (below.num or "").startswith(f"{above.num}-")


def _unit(document: Citable, step: eids.Step, eid: str) -> str:
    word = _WORDS[step.kind]
    above = eids.parent(eid)
    if step.kind is Kind.PARAGRAPH and above and eids.parse(above)[-1].kind is Kind.ARTICLE and _has_parts(document):
        word = "ч."
    if step.kind is Kind.SUBPARAGRAPH and above and not _repeats(step, eids.parse(above)[-1]):
        word = "подп."
    if step.kind in (Kind.PREAMBLE, Kind.CONCLUSIONS):
        return f"{word} ({step.num}-я)" if step.num else word
    number = _number(document, eid)
    return " ".join(filter(None, [word, number, f"({step.again}-я с этим номером)" if step.again > 1 else ""]))


def _dative(unit: str) -> str:
    return unit.replace("приложение", "приложению").replace("приложения", "приложению")


def _has_parts(document: Citable) -> bool:
    """Say whether numbered units of an article are «части» (Russian laws and codes) and not «пункты»."""
    act = _instrument(document)
    kazakh = "Казахстан" in (act.issuer or "") or re.match(
        r"\S{0,64}\s*+(?:закон|кодекс) Республики Казахстан", act.title, re.IGNORECASE
    )
    return act.type == InstrumentType.LAW and not kazakh


_printed: tuple[Citable | None, dict[str, str | None]] = (None, {})


def _printed_numbers(document: Document | Instrument) -> dict[str, str | None]:
    """Return the numbers as printed, by eId; those of the document last asked for are kept (a page asks for each)."""
    global _printed  # noqa: PLW0603  one pair, replaced whole: safe between threads
    known, numbers = _printed
    if known is not document:
        act = document.instrument if isinstance(document, Document) else document
        numbers = {p.eid: p.num for p in act.walk()}
        _printed = (document, numbers)
    return numbers


def _number(document: Citable, eid: str) -> str:
    step = eids.parse(eid)[-1]
    printed = None if isinstance(document, Summary) else _printed_numbers(document).get(eid)
    if printed and eids.transliterate(printed) == step.num:
        number = printed.strip().replace(" ", "")
    elif printed and re.fullmatch(r"[IVXLC]++", printed):
        number = printed
    else:
        number = _untransliterated(step.num or "")
    lettered = step.kind in (Kind.POINT, Kind.PARAGRAPH) and re.fullmatch(
        r"[a-zа-яё]{1,4}(?:[.-]\d++)?", number, re.IGNORECASE
    )
    return f"«{number}»" if lettered else number


def _untransliterated(num: str) -> str:
    """Read a number of an eId back: "3-1" is «3.1», "zh" is «ж»."""
    return ".".join(_LETTERS.get(part, part) for part in num.split("-"))


def _instrument(document: Citable) -> Summary | Instrument:
    return document.instrument if isinstance(document, Document) else document


def name(document: Citable, form: CitationForm | str = CitationForm.SHORT) -> str:
    """Write the name of an instrument in the nominative, with its date and number.

    >>> name(Instrument(InstrumentType.ORDER, "О связи", "2022-03-10", number="136", issuer="Генеральная прокуратура"))
    'приказ Генеральной прокуратуры от 10.03.2022 № 136'
    """
    act = _instrument(document)
    own = _own_type(act.title)
    short = form == CitationForm.SHORT and act.date is not None
    kind = own or TYPES[InstrumentType(act.type)].written
    if act.type in ISSUED and act.issuer and not (own and act.issuer.split()[0][:5].lower() in act.title.lower()):
        kind = f"{kind} {genitive(act.issuer)}"
    words = [kind if short or not own else act.title]
    if act.date:
        words.append(f"от {in_digits(act.date) if short else in_words(act.date)}")
    if act.number:
        words.append(f"№ {act.number}")
    if not own and not short and act.title:
        words.append(f"«{act.title}»")
    return " ".join(words)


def _own_type(title: str) -> str | None:
    """Return the leading words of a title up to its type word («Дополнительный протокол»), if it begins with one."""
    found = head(title)
    if found is None or found[1] not in WORDS:
        return None
    return " ".join(title.split()[: found[0] + 1])


def _genitive_name(name_: str) -> str:
    """Put a written name into the genitive, its type word in the usual case of letters."""
    return genitive(name_)
