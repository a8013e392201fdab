"""The list of what a text cites in the forms a person chooses: by name, ГОСТ records and footnotes, CSL, BibTeX, RIS.

Records follow ГОСТ Р 7.0.100—2018, footnotes ГОСТ Р 7.0.5—2008 with the abbreviations of ГОСТ Р 7.0.12—2011.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.citations.citechecking import CitedAct
from corpus.citations.writing import CitationForm, cite_range, name
from corpus.errors import InputError
from corpus.lexicon.acts import TREATIES, TYPES, WORDS
from corpus.lexicon.dates import in_words
from corpus.lexicon.declension import genitive, head
from corpus.model import Document, Instrument, InstrumentType
from search_api.answers.standing import Standing

_MONTHS: Final[Mapping[str, str]] = {
    "января": "янв.",
    "февраля": "февр.",
    "апреля": "апр.",
    "августа": "авг.",
    "сентября": "сент.",
    "октября": "окт.",
    "ноября": "нояб.",
    "декабря": "дек.",
}
_FEDERAL: Final = (("-ФКЗ", "Федеральный конституционный закон"), ("-ФЗ", "Федеральный закон"))
_RIS_TYPES: Final = {InstrumentType.LAW: "STAT", InstrumentType.RULING: "CASE"}
_CSL_TYPES: Final = {InstrumentType.LAW: "legislation", InstrumentType.RULING: "legal_case"}
_TEX = re.compile(r"[#$%&_{}]")


@dataclass(frozen=True, slots=True)
class Authority:
    """An act that a text cites, and its places as they are written."""

    document: Document
    places: str
    warning: str = ""
    """Its state where it may not be relied on: «прекращено с 01.03.2012»."""

    @property
    def told(self) -> str:
        """Return the places and the warning in a note."""
        return ". ".join(filter(None, (self.places, self.warning and self.warning.capitalize())))

    @property
    def act(self) -> Instrument:
        """Return the act itself."""
        return self.document.instrument

    @property
    def genre(self) -> str:
        """Return what the act is where its title does not say so: «Федеральный закон», «Приказ», else ""."""
        found = head(self.act.title)
        if found is not None and found[1] in WORDS:
            return ""
        known = (genre for end, genre in _FEDERAL if (self.act.number or "").endswith(end))
        return next(known, TYPES[InstrumentType(self.act.type)].name)

    @property
    def made_by(self) -> tuple[str, ...]:
        """Return the bodies that made it."""
        return self.act.parties or tuple(filter(None, [self.act.issuer]))

    @property
    def day(self) -> tuple[int, ...]:
        """Return year, month and day as far as they are known."""
        return tuple(map(int, (self.act.date or "").split("-"))) if self.act.date else ()


def authorities_of(
    cited: Sequence[CitedAct], documents: Callable[[str], Document], standing: Standing
) -> list[Authority]:
    """Return what a text cites, in its order, with what is to be told of its state on a day."""
    out = []
    for one in cited:
        document = documents(one.document)
        state = standing.of_all(one.document, one.eids)
        places = cite_range(document, one.eids, CitationForm.PLACE) if one.eids else ""
        out.append(Authority(document, places, state.warning if state else ""))
    return out


def short(one: Authority) -> str:
    """Name an act by its date."""
    return _with_places(one, name(one.document))


def full(one: Authority) -> str:
    """Name an act in full."""
    return _with_places(one, name(one.document, CitationForm.FULL))


def _with_places(one: Authority, called: str) -> str:
    return f"{called}{f': {one.places}' if one.places else ''}{f' [{one.warning}]' if one.warning else ''}"


def record(one: Authority) -> str:
    """Write a bibliographic record after ГОСТ Р 7.0.100—2018."""
    act, number = one.act, f"№ {one.act.number}" if one.act.number else ""
    kind = " ".join(filter(None, [_issued(one), number])) if one.genre else number
    when = f"{in_words(act.date).removesuffix('г.')}года" if act.date else ""
    when = f"{act.place}, {when}" if act.place and when else f"от {when}" if when else act.place or ""
    made = " : ".join(filter(None, [act.title, kind, f"[{when}]" if when else ""]))
    by = f" / {act.issuer}" if act.issuer and not one.genre else ""
    return f"{made}{by}. – Текст : электронный."


def footnote(one: Authority) -> str:
    """Write a footnote after ГОСТ Р 7.0.5—2008, the places last."""
    act = one.act
    if one.genre:
        number = f"№ {act.number}" if act.number else ""
        dated = f"от {in_words(act.date)}" if act.date else ""
        kind = _issued(one).replace("Федеральный", "федер.").replace("конституционный", "конституц.")
        made = f"{act.title} : {' '.join(filter(None, [kind, dated, number]))}"
    else:
        made = name(one.document, CitationForm.FULL)
    if act.date:
        words = in_words(act.date)
        made = made.replace(words, " ".join(_MONTHS.get(word, word) for word in words.split()))
    places = f" {one.places[0].upper()}{one.places[1:]}." if one.places else ""
    return f"{made.removesuffix('.')}.{places}"


def _issued(one: Authority) -> str:
    """Say what an act is and who issued it, small letters first but for a federal law in a record."""
    kind = one.genre if one.genre.startswith("Федеральный") else one.genre.lower()
    return " ".join(filter(None, [kind, genitive(one.act.issuer) if one.act.issuer else ""]))


def csl(one: Authority) -> dict[str, object]:
    """Return a CSL-JSON item."""
    act = one.act
    kind = InstrumentType(act.type)
    item: dict[str, object] = {
        "id": one.document.id,
        "type": "treaty" if kind in TREATIES else _CSL_TYPES.get(kind, "regulation"),
        "title": act.title,
        "issued": {"date-parts": [list(one.day)]} if one.day else None,
        "number": act.number,
        "author": [{"literal": body} for body in act.parties],
        "authority": act.issuer,
        "event-place": act.place,
        "genre": one.genre,
        "language": "ru-RU",
        "note": one.told,
    }
    return {key: value for key, value in item.items() if value}


def bibtex(one: Authority) -> str:
    """Write a BibTeX entry; what TeX would read as a command is escaped."""
    act = one.act
    fields = {
        "title": f"{{{_tex(act.title)}}}",
        "author": " and ".join(f"{{{_tex(body)}}}" for body in one.made_by),
        **dict(zip(("year", "month", "day"), map(str, one.day), strict=False)),
        "address": _tex(act.place or ""),
        "number": _tex(act.number or ""),
        "howpublished": one.genre,
        "note": _tex(one.told),
        "language": "russian",
    }
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items() if value)
    return f"@misc{{{one.document.id},\n{lines}\n}}"


def _tex(text: str) -> str:
    return _TEX.sub(r"\\\g<0>", text.replace("\\", ""))


def ris(one: Authority) -> str:
    """Write a RIS record."""
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in _ris(one))


def _ris(one: Authority) -> Iterator[tuple[str, str]]:
    act = one.act
    yield "TY", _RIS_TYPES.get(InstrumentType(act.type), "LEGAL")
    yield "TI", act.title
    yield from (("AU", body) for body in one.made_by)
    if act.date:
        yield "PY", act.date[:4]
        yield "DA", f"{act.date.replace('-', '/')}/"
    told = (("CY", act.place), ("M1", act.number), ("M3", one.genre), ("LA", "ru"), ("N1", one.told))
    yield from ((tag, value) for tag, value in told if value)
    yield "ID", one.document.id
    yield "ER", ""


_LINES: Final[Mapping[str, Callable[[Authority], str]]] = {
    "short": short,
    "full": full,
    "gost": record,
    "footnote": footnote,
    "bibtex": bibtex,
    "ris": ris,
}
FORMS: Final[Mapping[str, str]] = {
    "short": "Кратко",
    "full": "Полностью",
    "gost": "ГОСТ Р 7.0.100",
    "footnote": "Сноски, ГОСТ Р 7.0.5",
    "csl": "CSL-JSON",
    "bibtex": "BibTeX",
    "ris": "RIS",
}
"""The forms and what a person calls them."""


def listed(authorities: Sequence[Authority], form: str) -> str:
    """Write a list in a form; lists for people are numbered. Raise InputError for an unknown form."""
    if form == "csl":
        return json.dumps([csl(one) for one in authorities], ensure_ascii=False, indent=1) + "\n"
    if form not in FORMS:
        raise InputError(f"Вида списка «{form}» нет. Есть: {', '.join(FORMS)}.")
    lines = [_LINES[form](one) for one in authorities]
    if form in {"bibtex", "ris"}:
        return "".join(f"{line}\n\n" for line in lines)
    return "".join(f"{n}. {line}\n" for n, line in enumerate(lines, 1))
