"""Who bears the expenses, and how disputes are settled: by a closed list of answers each."""

import re
from collections.abc import Sequence

from analyzers.spans import Span
from corpus.values.value import Passage, Value

_EXPENSES = re.compile(r"расход|затрат|издержк|финансир|бесплатн|безвозмездн")
_BEAR = r"(?:нес(?:ет|ут)|оплачива[а-я]{1,5}|возмеща[а-я]{1,5}|покрыва[а-я]{1,5}|финансиру[а-я]{1,4})"
_GAP = r"(?:[а-я]{1,30}\s++){0,4}?"
_BEARERS = {
    "поровну": r"поровну|в\s++равных\s++долях|в\s++равной\s++(?:мере|степени|доле)",
    "бесплатно": r"бесплатно|безвозмездно|не\s++взима[а-я]{1,6}|без\s++взимания",
    "запрашивающая": (
        rf"{_BEAR}\s++{_GAP}запрашивающ|запрашивающ[а-я]{{2}}\s++сторон[а-я]{{1,3}}\s++{_GAP}{_BEAR}"
        r"|за\s++счет\s++запрашивающ"
    ),
    "направляющая": (
        rf"(?:{_BEAR}|за\s++счет)\s++{_GAP}(?:направляющ|командирующ)"
        rf"|(?:направляющ|командирующ)[а-я]{{2}}\s++сторон[а-я]{{1,3}}\s++{_GAP}{_BEAR}"
    ),
    "каждая своё": (
        rf"(?:самостоятельно|сам[аи]?)\s++{_GAP}{_BEAR}|{_BEAR}\s++{_GAP}(?:самостоятельно|сво[иея]|собственн)"
        rf"|кажд[а-я]{{2,3}}\s++(?:из\s++)?сторон[а-я]?\s++{_GAP}{_BEAR}"
        r"|на\s++сво[ейю]{1,2}\s++территори|из\s++собственных\s++средств|за\s++свой\s++счет"
    ),
    "запрашиваемая": rf"{_BEAR}\s++{_GAP}запрашиваем|запрашиваем[а-я]{{2}}\s++сторон[а-я]{{1,3}}\s++{_GAP}{_BEAR}",
    "по договорённости": (
        r"по\s++(?:взаимной\s++)?договоренности|в\s++каждом\s++(?:отдельном|конкретном)\s++случае|согласовыва"
    ),
}
_EITHER = r"\s++и(?:\s*+\(\s*+или\s*+\)|\s*+/\s*+или)?+\s++"
_WAYS = {
    "арбитраж": r"арбитраж|третейск",
    "суд": r"международн[а-я]{2,3}\s++суд|экономическ[а-я]{2,3}\s++суд|в\s++суд",
    "комиссия": r"комисси[а-я]{1,3}(?![а-я])",
    "консультации и переговоры": (
        rf"консультаци[а-я]{{1,3}}{_EITHER}переговор|переговор[а-я]{{1,3}}{_EITHER}консультац"
    ),
    "переговоры": "переговор",
    "консультации": "консультац",
}
_BEARER = {name: re.compile(rf"(?<![а-я])(?:{pattern})") for name, pattern in _BEARERS.items()}
_WAY = {name: re.compile(rf"(?<![а-я])(?:{pattern})") for name, pattern in _WAYS.items()}


def bearer(sources: Sequence[Passage]) -> Value | None:
    """Read who bears the expenses."""
    for passage in sources:
        if not _EXPENSES.search(passage.text):
            continue
        for name, pattern in _BEARER.items():
            if match := pattern.search(passage.text):
                return passage.value("кто несёт расходы", name, Span(*match.span()))
    return None


def settlement(sources: Sequence[Passage]) -> Value | None:
    """Read how disputes are settled: the last resort that is named."""
    for name, pattern in _WAY.items():
        for passage in sources:
            if match := pattern.search(passage.text):
                return passage.value("разрешение споров", name, Span(*match.span()))
    return None
