"""The marks publishers print: «(с изменениями от …)», «Исключен Протоколом от …», «(в ред. …)»."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.effects.force.entry import low
from corpus.lexicon.dates import DATE, iso
from corpus.model import Instrument, Kind, Provision

LAYER = "marks"
"""Publishers' notes inside a text as the reader of structure found them: eId of the provision before, text."""
_GONE = (
    r"(?:исключен[аоы]?|утрати(?:л[аои]?|вш(?:ий|ая|ее|ие))\s++силу|отменен[аоы]?|"
    r"признан[аоы]?\s++утратившими?\s++силу)"
)
_REMOVED = re.compile(
    r"^\W*+(?:(?:стать|част|(?:под)?пункт|абзац|глав|(?:под)?раздел|приложени|примечани|позици|строк|сноск|наименовани|"
    r"заголов|преамбул|предложени|параграф|граф)[а-я]{0,5}+\s++(?:(?:[а-я]{4,16}|\d[\d.]{0,6}(?:-[а-я]{1,2})?)\s++){0,2})?"
    rf"{_GONE}(?=\W*+$|\s?[.;,()\[–—-]|\s++(?:со?|на|в|по|согласно|[а-я]{{4,16}}(?:ом|ем|ой|ией))(?![а-я]))"
)
"""A unit, or nothing, is gone by itself: «Приговор отменён» and «Признать утратившими силу:» are no marks."""
_BY_DASH = re.compile(rf"{_GONE}(?:\s++со?\s[^.;\n]{{4,40}}+)?+\s?\.?\s?[–—-]\s?(?=[а-я])")
"""«Абзацы восьмой – десятый утратили силу. – Постановление …»: who removed them stands behind a dash."""
_AMENDED = re.compile(
    r"в\s++ред(?:\.|акции)|^\W*+дополнени[ея]\s|с\s++изм(?:\.|енени)|(?:изложен|дополнен|изменен)[аоы]?(?![а-я])|в\s++новой\s++редакции"
)
_ANY_DATE = re.compile(DATE)
_LABEL = re.compile(r"^\W*+сноска\W++")
_UNIT = re.compile(
    r"\W*+(?:дополнени[ея]\s++)?(?P<unit>стат|част|пункт|подпункт|абзац|глав|раздел|наименовани|заголов|названи)[а-я]{0,5}+"
    r"(?:\s++(?P<num>\d[\d.-]{0,8}+(?<=\d)))?"
)
"""The unit a note is about, and its number: «(Статья в редакции …)», «Сноска. Статья 4 …», «(Дополнение частью …)»."""
_KINDS = {
    "ста": (Kind.ARTICLE,),
    "час": (Kind.PARAGRAPH, Kind.PART),
    "пун": (Kind.POINT, Kind.PARAGRAPH),
    "под": (Kind.SUBPARAGRAPH, Kind.POINT),
    "абз": (Kind.ALINEA,),
    "гла": (Kind.CHAPTER,),
    "раз": (Kind.SECTION,),
    "наи": (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION),
    "заг": (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION),
    "наз": (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION),
}
_SENTENCE = 160
"""Letters before a bracket in which an act is looked for that it is said of."""
_ENDINGS = '.;:)"»\n'
_STOPS = re.compile(r"[.;\n]")
_LINE_ENDS = re.compile(r"[\s.;,)\"»]*+(?:\n|$|\()")
_ACT_BEFORE = re.compile(
    r"(?i:закон|кодекс|указ|постановлени|приказ|соглашени|договор|конвенци|протокол|положени|правил|решени)"
    r"[а-яё]{0,3}(?![а-яё])|(?<![А-ЯЁа-яё])[А-ЯЁ]{2,6}(?![а-яё])"
)
"""An act named in the sentence before a bracket: its words in an edition are that act's."""
_BRACKETED = re.compile(r"\(([^()]{5,200})\)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A published mark in a provision, or with eId "" of the act: what was done to it and since when, if told."""

    eid: str
    status: str
    since: str | None
    text: str


def dates_in(text: str) -> list[str]:
    """Return the days a folded text names, in order."""
    return [day for m in _ANY_DATE.finditer(text) if (day := iso(m))]


def _last_day(text: str) -> str | None:
    """Return the last day a folded text names: that of the act that removed the unit last."""
    return next(reversed(dates_in(text)), None)


def marks(act: Instrument) -> tuple[Mark, ...]:
    """Read the marks publishers print: «(с изменениями от …)», «Исключен Протоколом от …», «(в ред. …)»."""
    rows = [(str(row["eid"]), str(row["text"])) for row in act.layers.get(LAYER, ()) if row["eid"]]
    placed = {text for _, text in rows}
    found = [m for note in (*act.notes, act.title) if note not in placed for m in _note("", note)]
    for provision in act.walk():
        shown = low(provision.text)
        if match := _REMOVED.search(shown):
            if len(shown) - match.end() < 200:
                found.append(Mark(provision.eid, "repealed", _last_day(shown), provision.text))
        else:
            found += [m for inner in _own_brackets(provision.text) for m in _note(provision.eid, inner)]
    if rows:
        above = dict(_above(act.provisions, ()))
        for eid, text in rows:
            found += _under(above[eid], text) if eid in above else []
    return tuple(found)


def _own_brackets(text: str) -> Iterator[str]:
    """Yield what stands in brackets at the end of a paragraph, and is said of no act named before them."""
    for match in _BRACKETED.finditer(text, max(0, len(text) - 300)):
        before = text[max(0, match.start() - _SENTENCE) : match.start()].rstrip()
        sentence = _STOPS.split(before)[-1]
        if _LINE_ENDS.match(text, match.end()) and (before[-1:] in _ENDINGS or not _ACT_BEFORE.search(sentence)):
            yield match[1]


def _above(roots: Iterable[Provision], path: tuple[Provision, ...]) -> Iterator[tuple[str, tuple[Provision, ...]]]:
    """Yield the eId of each provision with it and all that holds it, the outermost first."""
    for provision in roots:
        yield provision.eid, (*path, provision)
        yield from _above(provision.children, (*path, provision))


def _under(path: tuple[Provision, ...], text: str) -> Iterator[Mark]:
    """Yield what a note says of the unit it names that is printed above it, else of what is printed right above.

    A unit told to be removed that is not there was printed after what stands above, and its holder was changed.
    """
    shown = _LABEL.sub("", low(text))
    unit = _UNIT.match(shown)
    kinds = _KINDS[unit["unit"][:3]] if unit else ()
    named = next((p for p in reversed(path) if p.kind in kinds and _has(p, unit)), None)
    if unit and unit["num"]:
        shown = shown[: unit.start("num")] + shown[unit.end("num") :].lstrip()
    if _REMOVED.search(shown):
        gone = named is not None and not (named.text or named.children)
        chosen = named if named is not None and gone else path[max(len(path) - 2, 0)]
        yield Mark(chosen.eid, "repealed" if gone else "amended", _last_day(shown), text)
    elif _AMENDED.search(shown):
        yield from _note((named or path[-1]).eid, shown, text)


def _has(provision: Provision, unit: re.Match[str] | None) -> bool:
    """Say whether a provision bears the number a note names, or it names none."""
    return unit is None or unit["num"] is None or unit["num"] == provision.num


def is_mark(text: str) -> bool:
    """Say whether a text tells that the unit it stands for was removed.

    >>> is_mark("утратил силу. - Указ от 21.05.2012"), is_mark("исключить пункт 2")
    (True, False)
    """
    return _REMOVED.search(low(text)) is not None


def says_by_whom(text: str) -> bool:
    """Say whether a text is a publisher's mark that tells the units removed and by what.

    >>> says_by_whom("абзацы пятый и шестой утратили силу. - Закон от 21.05.2012"), says_by_whom("пункт 2 утратил силу")
    (True, False)
    """
    return _BY_DASH.search(low(text)) is not None


def _note(eid: str, note: str, told: str = "") -> Iterator[Mark]:
    """Yield what a note says was changed, by days; `told` is how it is printed, when it was prepared for reading."""
    shown, note = low(note), told or note
    match = _AMENDED.search(shown)
    if match is None or (
        not eid and not re.match(r"\W*+(?:с\s++изм|в\s++ред|сноска)", shown) and "(с изм" not in shown
    ):
        return
    days = dates_in(shown[match.start() :])
    if not days:
        yield Mark(eid, "amended", None, note)
    for day in days:
        yield Mark(eid, "amended", day, note)
