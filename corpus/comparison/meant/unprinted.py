"""A clause without what only its print has: number, abbreviations, figures of dates, the several names of a state."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from analyzers.letters import folded
from corpus.comparison.meant.readings_in_order import Readings
from corpus.lexicon.countries import find_states
from corpus.lexicon.dates import dates

_NUMBER = re.compile(
    r"\s*+(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]{1,2}(?!\d)|[а-яa-z]\)|[ivx]{1,5}[.)]|§\s?\d{1,3}\.?|[-–—•*]"
    r"|(?:статья|пункт|раздел|глава)\s\d{1,3}(?:\.\d{1,3})?[.:](?=\s))\s*+"
)
_ITEM = re.compile(r"(?<=[:;])\s{1,3}(?:\d{1,2}|[а-яa-z])\)")
"""Numbers of items inside a clause: «…: а) …; б) …»."""

_MOST_NUMBERS = 3
"""«2. а) – …»: so many stand before the words at most."""

_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})[\s\u00a0](?=\d{3}(?!\d))")
_BEFORE_NUMBER = r"\s?+(?=[\d«\"])"
_SHORT = Readings(
    (
        (rf"(?:ст\.\s?+)?ст{{1,2}}\.{_BEFORE_NUMBER}", "статья "),
        (rf"(?:пп?|п\.\s?+п)\.{_BEFORE_NUMBER}", "пункт "),
        (rf"(?:пп|подп|подпп)\.{_BEFORE_NUMBER}", "подпункт "),
        (rf"абз\.{_BEFORE_NUMBER}", "абзац "),
        (rf"ч\.{_BEFORE_NUMBER}", "часть "),
        (rf"гл\.{_BEFORE_NUMBER}", "глава "),
        (rf"разд\.{_BEFORE_NUMBER}", "раздел "),
        (r"(?:№|n|номер)\s?+(?=\d)", ""),
        (r"(?<=\d)\s?+гг?\.", " года"),
        (r"(?<=\d)\s?+г(?![а-я.])", " года"),
        (r"г\.\s?+(?=[а-я])", "город "),
        (r"(?<=\d)\s?+чел\.", " человек"),
        (r"тыс\.", "тысяч"),
        (r"млн\.?(?![а-я])", "миллион"),
        (r"млрд\.?(?![а-я])", "миллиард"),
        (r"руб\.", "рублей"),
        (r"долл?\.", "долларов"),
        (r"и\s+т\.\s?д\.", "и так далее"),
        (r"т\.\s?е\.", "то есть"),
        (r"др\.", "другие"),
        (r"им\.", "имени"),
        (r"обл\.", "область"),
        (r"кв\.\s?м\.?", "квадратный метр"),
    )
)
_PERCENT = re.compile(r"\s?+%|(?<![а-я])процентн[а-я]{2,3}\s++ставк[а-я]{1,3}")
_ENDED = re.compile(r"(?<![\d.,-])(\d{1,4})-(?:го|ти|тью|х|ми|мя|м|й|я|е|ый|ой|ая|ое|ых|му)(?![а-я])")
_AND_OR = re.compile(r"(?<![а-я])и\s?+(?:/\s?+или|\(\s?+или\s?+\))(?![а-я])")
_ALSO_IN_FIGURES = re.compile(r"(\d{1,4})\s?+\([а-я\s]{3,40}\)|(?<=[а-я])\s?+\((\d{1,4})\)")


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![а-яa-z])({'|'.join(sorted(_named(), key=len, reverse=True))})(?:ами|ах|ов|ом|[уаеыюья])?+(?![а-я])"
    )


@cache
def _named() -> dict[str, str]:
    """Return what is short for what: the longest name of each, folded."""
    table = tomllib.loads(files("corpus.lexicon").joinpath("data/short_bodies.toml").read_text("utf-8"))
    known = {
        folded(short): name for name, short in table["bodies"].items() if " " not in short and folded(short) != name
    }
    known |= {folded(short): name for name, short in table["unions"].items()}
    return {re.escape(short.removesuffix("а").removesuffix("ь")): name for short, name in known.items()}


_HYPHEN = re.compile(r"(?<=[а-я]{4})(?:-|\s[-–—]\s)(?=[а-я]{4})")


@lru_cache(maxsize=8192)
def printed(text: str) -> str:
    """Return a clause folded, days in figures, without its number and abbreviations.

    >>> printed("2. Перевозки по ст. 5 – с 03.06.2009.")
    'перевозки по статья 5 – с 20090603.'
    """
    low, at = folded(text), 0
    for _ in range(_MOST_NUMBERS):
        if found := _NUMBER.match(low, at):
            at = found.end()
    low = _ITEM.sub(" ", low[at:])
    for day in reversed(dates(low)):
        low = low[: day.span.start] + day.iso.replace("-", "") + low[day.span.end :]
    low = _HYPHEN.sub(" ", _ENDED.sub(r"\1", low))
    low = _AND_OR.sub("и или", _PERCENT.sub(" процент", _THOUSANDS.sub(r"\1", low)))
    low = _ALSO_IN_FIGURES.sub(lambda match: match[1] or "", low)
    return _SHORT.read(low)


def in_full(text: str) -> str:
    """Return a clause as `printed`, each state and body by one name.

    >>> in_full("МВД России") == in_full("Министерство внутренних дел Российской Федерации")
    True
    """
    for span, state in reversed(find_states(text)):
        text = f"{text[: span.start]}страна{state.code.lower()}{text[span.end :]}"
    low = printed(text)
    return _bodies().sub(lambda match: _named()[re.escape(match[1])], low)
