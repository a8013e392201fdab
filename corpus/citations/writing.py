"""Write citations: «подп. «а» п. 1 ст. 5 Соглашения от 23.10.2008».

The reading grammar (`corpus.citations.read.grammar`) reads everything written here back to the same provision.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from corpus import eid as eids
from corpus.lexicon.acts import ISSUED, TYPES, WORDS
from corpus.lexicon.dates import DATE, in_digits, in_words
from corpus.lexicon.declension import genitive, head
from corpus.lexicon.units_of_acts import NAMES
from corpus.library import Summary
from corpus.model import Document, Instrument, InstrumentType, Kind

Citable = Document | Summary | Instrument
"""What a citation can be written for; a Document (or Instrument) lends the numbers as they are printed."""


class CitationForm(StrEnum):
    """How much of the instrument a citation names."""

    FULL = "full"
    SHORT = "short"
    PLACE = "place"


_LETTERS = {latin: letter for letter, latin in reversed(eids.CYRILLIC.items()) if latin}


def cite(document: Citable, eid: str = "", form: CitationForm | str = CitationForm.SHORT, *, own: bool = False) -> str:
    """Write the citation of a provision ("" = the whole instrument); `own` is its own text without what it holds.

    >>> cite(Instrument(InstrumentType.AGREEMENT, "Соглашение о почте", "2008-10-23"), "art_5__para_1__point_a")
    'подп. «а» п. 1 ст. 5 Соглашения от 23.10.2008'
    """
    where = place(document, eid) if eid else ""
    if own and eid and eids.parse(eid)[-1].kind not in (Kind.ALINEA, Kind.BODY):
        where = f"абз. 1 {_genitives(where)}"
    if form == CitationForm.PLACE:
        return where
    what = name(document, form)
    return f"{where} {_genitive_name(what)}" if where else what


def cite_range(
    document: Citable,
    provisions: Sequence[str],
    form: CitationForm | str = CitationForm.SHORT,
    *,
    own: bool = False,
) -> str:
    """Write the citation of several provisions; neighbours of one kind are joined: «пп. 1, 2 ст. 6», «ст. 161–163»."""
    if len(provisions) < 2:
        return cite(document, provisions[0] if provisions else "", form, own=own)
    parents = {eids.parent(e) for e in provisions}
    kinds = {eids.parse(e)[-1].kind for e in provisions}
    if len(parents) == 1 and len(kinds) == 1 and (word := NAMES[next(iter(kinds))].several):
        numbers = ", ".join(_runs(document, provisions))
        first = _unit(document, eids.parse(provisions[0])[-1], provisions[0])
        above = place(document, provisions[0]).removeprefix(first)
        in_laws = NAMES[next(iter(kinds))].in_laws
        word = in_laws if in_laws and first.startswith(in_laws) else "§§" if first.startswith("§") else word
        where = f"{'пп.' if first.startswith('п.') else word} {numbers}{above}"
    else:
        where = ", ".join(place(document, e) for e in provisions)
    if form == CitationForm.PLACE:
        return where
    return f"{where} {_genitive_name(name(document, form))}"


_SHORTEST_RUN = 3
_IN_A_RUN = re.compile(r"\d++(?:\.\d++)*+|«[а-я]»")


def _runs(document: Citable, provisions: Sequence[str]) -> Iterator[str]:
    """Write the numbers of units of one row, three neighbours or more as a range."""
    row = _row(document, provisions)
    at = 0
    while at < len(provisions):
        end = at + 1
        while end < len(provisions) and row.get(provisions[end]) == row[provisions[end - 1]] + 1:
            end += 1
        run = [_number(document, e).removeprefix("§").strip() for e in provisions[at:end]]
        if len(run) >= _SHORTEST_RUN and all(map(_IN_A_RUN.fullmatch, run)):
            yield f"{run[0]}–{run[-1]}"
        else:
            yield from run
        at = end


def _row(document: Citable, provisions: Sequence[str]) -> Mapping[str, int]:
    """Return the order of units that stand in one unit: the act's own, else that of their whole numbers."""
    parent, kind = eids.parent(provisions[0]), eids.parse(provisions[0])[-1].kind
    known = {} if isinstance(document, Summary) else _printed_numbers(document)
    row = [e for e in known if eids.parent(e) == parent and eids.parse(e)[-1].kind == kind]
    if set(provisions) <= set(row):
        return {e: i for i, e in enumerate(row)}
    numbers = [eids.parse(e)[-1].num or "" for e in provisions]
    return {
        e: int(n) if n.isdigit() else 10_000 + 2 * i for i, (e, n) in enumerate(zip(provisions, numbers, strict=True))
    }


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
        if below and (genitive_ := NAMES[step.kind].genitive):
            unit = unit.replace(NAMES[step.kind].written, genitive_, 1)
        words.append(f"к {_dative(unit)}" if below and below.kind is Kind.NOTE else unit)
    return " ".join(reversed(words))


def _repeats(below: eids.Step, above: eids.Step) -> bool:
    """Say whether a subparagraph's number holds the number of the paragraph above it («3.1» in «3»)."""
    single = above.kind is Kind.PARAGRAPH and above.again == 1
    return single and below.kind is Kind.SUBPARAGRAPH and (below.num or "").startswith(f"{above.num}-")


def _unit(document: Citable, step: eids.Step, eid: str) -> str:
    word = _word(document, step, eid)
    if step.kind in (Kind.PREAMBLE, Kind.CONCLUSIONS):
        return f"{word} ({step.num}-я)" if step.num else word
    number = _number(document, eid)
    if number.startswith("§"):
        word, number = "§", number[1:].strip()
    return " ".join(filter(None, [word, number, f"({step.again}-я с этим номером)" if step.again > 1 else ""]))


def _word(document: Citable, step: eids.Step, eid: str) -> str:
    """Return what a unit is called: «п. 2 ч. 2 ст. 2» of a law, «подп. 2 п. 2 ст. 2» of an agreement."""
    above = eids.parent(eid)
    held = [s.kind for s in eids.parse(above)] if above else []
    parts = NAMES[Kind.PARAGRAPH].in_laws if held and _has_parts(document) else None
    if parts and step.kind is Kind.POINT and held[-2:] == [Kind.ARTICLE, Kind.PARAGRAPH]:
        return NAMES[Kind.PARAGRAPH].written
    if parts and (step.kind is Kind.SUBPARAGRAPH or (step.kind is Kind.PARAGRAPH and held[-1] is Kind.ARTICLE)):
        return parts
    if above and step.kind is Kind.SUBPARAGRAPH and not _repeats(step, eids.parse(above)[-1]):
        return NAMES[Kind.POINT].written
    return NAMES[step.kind].written


def _genitives(where: str) -> str:
    """Put the first unit of a place into the genitive where it is a word: «абз. 1 преамбулы»."""
    declined = ((n.written, n.genitive) for n in NAMES.values() if n.genitive)
    return next((where.replace(word, form, 1) for word, form in declined if where.startswith(word)), where)


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
    if printed and printed.startswith("§"):
        number = f"§{printed.lstrip('§ ')}"
    elif printed and eids.transliterate(printed) == step.num:
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
    title = _after_type(act, own) if own and not short else ""
    rest = title.strip() if _TO_ANOTHER.match(title) else ""
    words = [kind, "" if rest else title.strip()]
    if act.date:
        words.append(f"от {in_digits(act.date) if short else in_words(act.date)}")
    if act.number:
        words.append(f"№ {act.number}")
    if not own and not short and act.title:
        words.append(f"«{act.title}»")
    return " ".join(filter(None, [*words, rest]))


_DATED = re.compile(
    rf"\s(?:от|совершенн[а-я]{{2,3}}|подписанн[а-я]{{2,3}})\s(?:[^,;\d]{{0,60}}\s)?{DATE}", re.IGNORECASE
)
"""Dates in a title: its own would stand twice, that of the act it is to would be taken for its own."""
_TO_ANOTHER = re.compile(r"\sк\s(?=[А-ЯЁ])|\sо\s(?:внесении|продлении|прекращении|применении)\s")


def _after_type(act: Summary | Instrument, own: str) -> str:
    """Return what a title says behind its type word, without dates and its own number where they are written apart."""
    title = act.title.removeprefix(own)
    title = _DATED.sub("", title) if act.date else title
    return title.replace(f" № {act.number}", "") if act.number else title


def _own_type(title: str) -> str | None:
    """Return the leading words of a title up to its type word («Дополнительный протокол»), if it begins with one."""
    found = head(title)
    if found is None or found[1] not in WORDS:
        return None
    return " ".join(title.split()[: found[0] + 1])


def _genitive_name(name_: str) -> str:
    """Put a written name into the genitive, its type word in the usual case of letters."""
    return genitive(name_)
