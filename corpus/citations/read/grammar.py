"""The words of citations: a readable specification of what `places` and `names` accept.

A place is a chain of units, innermost first («подпункт «а» пункта 2 статьи 5») or outermost first («ст. 5, п. 2»):

    group   = chain { ("," | ";" | "и" | "или" | "а также") chain } [instrument]
    chain   = element { element }                      each next one holds the one before, or lies in it
    element = [pointing] UNIT numbers | pointing UNIT | ORDINAL UNIT | "преамбула" | "заключительная часть"
    numbers = number { ("," | "и" | "или" | "–" | "с … по …") number } ["(" group ")"]
    number  = 5 | 3.1 | 12-1 | 12¹ | IX | «а» | а) | пятый | 2-й | № 3

Every pattern runs over the lower-cased text; the case of letters matters for Roman numbers only.
"""

import re

from analyzers.letters import RAISED
from corpus.lexicon.dates import MONTH
from corpus.lexicon.numerals import AGAIN, ORDINAL
from corpus.lexicon.units_of_acts import CITED, UnitWords
from corpus.model import Kind

# A bare «ст 5», «п 2 ст» without the stop, the sign of a paragraph, and «статъя», which is how OCR reads «статья»;
# Latin look-alikes are folded before reading (`reading.folded`).
_BARE = {
    "article": r"ст(?=\s?\d)",
    "paragraph": r"п(?=\s?[1-9]\d{0,2}\s++(?:ст|ч|п)(?![а-яё]))|(?<=\d\s)п(?=\s?[1-9])|§§?",
    "part": r"(?<=\d\s)ч(?=\s?[1-9])",
}
"""Behind an article «п» and «ч» stand without a stop too: «ст 8 п 2»."""
_MISREAD = {"article": ("ь", "[ьъ]")}
_DASH = r"дефис(?:ами|ам|ах|ов|ом|а|у|е|ы)?(?![а-яё])|тире(?![а-яё])"
"""A paragraph of a list that a dash begins."""


def _pattern(unit: UnitWords) -> str:
    """Return what a unit is called: full words before abbreviations, longer before shorter."""
    spelt = unit.spelt.replace(*_MISREAD[unit.name]) if unit.name in _MISREAD else unit.spelt
    return "|".join(filter(None, (spelt if unit.words else "", unit.shortened, _BARE.get(unit.name))))


UNITS = (*((unit.name, unit.kind, _pattern(unit)) for unit in CITED.values()), ("dash", Kind.ALINEA, _DASH))
_BY_NAME = {name: pattern for name, _, pattern in UNITS}
UNIT = "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, _, pattern in UNITS) + ")"
_BARE_UNIT = "(?:" + "|".join(pattern for _, _, pattern in UNITS) + ")"
KINDS = {name: kind for name, kind, _ in UNITS}

# How far out a unit usually stands; only used where grammar leaves the direction open («ст. 5 п. 1»).
RANK = {
    Kind.BODY: 0,
    Kind.ALINEA: 1,
    Kind.POINT: 2,
    Kind.PARAGRAPH: 3,
    Kind.PART: 4,
    Kind.NOTE: 5,
    Kind.ARTICLE: 6,
    Kind.PREAMBLE: 6,
    Kind.CONCLUSIONS: 6,
    Kind.CHAPTER: 7,
    Kind.SECTION: 8,
    Kind.ATTACHMENT: 9,
}

GENITIVE = re.compile(
    r"стат(?:[ьъ]и|ей)$|(?:(?:под)?пункт|параграф)(?:а|ов)$|абзац(?:а|ев)$|част(?:и|ей)$|глав(?:ы)?$|раздел(?:а|ов)$|"
    r"приложени[яй]$|примечани[яй]$|преамбулы$|букв(?:ы)?$|предложени[яй]$|дефис(?:а|ов)$|[.§]$|^(?:ст|п)$"
)

FROM_END = "(?P<from_end>(?:пред)?последн)(?:ий|его|ему|им|ем|яя|ей|юю|ее)(?![а-яё])"
QUOTES = "«»\"“”„‟'‘’‹›"

NUMBER = re.compile(
    rf"(?:(?:№{{1,2}}|n)\s?)?(?P<digits>\d++(?:\.\d++)*+)(?P<sup>[{RAISED}]++)?(?P<prime>\s?прим(?![а-яё.])|\s?(?P<again>{'|'.join(AGAIN)})(?![a-zа-яё]))?"
    r"(?:-(?:й|я|е|го|му|м|ю|ой|ая|ый|ое|ых|ым|ыми)(?![а-яё]))?"
    rf"|[{QUOTES}]\s?(?P<quoted>[а-яёa-z](?:\.\d++)?|\d++(?:\.\d++)*+)\s?[{QUOTES}]"
    r"|(?P<bracketed>[а-яёa-z])(?:\.\d++)?\)"
    r"|\((?P<enclosed>[а-яёa-z]|[ivx]{2,4}|\d{1,3})\)"
    rf"|(?P<ordinal>{ORDINAL})|{FROM_END}"
    r"|(?P<roman>[ivxlcхі]{1,8})(?![\w-])"
    r"|(?P<ocr>[зo]|о)(?=[\s,.;)]|$)"
    rf"|(?P<letter>[а-яёa-z])(?=\s*+[,;)]|\s++(?:и|или|либо)\s|\s++{_BARE_UNIT}|\s++настоящ|\s*+$)"
)
"""One number of any kind. A bare letter counts only before a stop, «и», another unit or the end."""

SEPARATOR = re.compile(
    r"\s*+[,;]\s*+(?:(?:и|или|либо|а\s++также|так\s++и|ни|но\s++и|а|но)\s++)?|\s++(?:и\s*+\(\s*+или\s*+\)|и\s*+/\s*+или|и|или|либо|а\s++также)\s++"
)
RANGE = re.compile(r"\s*+[-–—‑−]\s*+")
UNIT_AGAIN = re.compile(rf"{UNIT}\s*+")
"""«ст. 3 – ст. 5», «со ст. 3 по ст. 5»."""
THROUGH = re.compile(r"\s++по\s++")
INCLUSIVE = re.compile(r"(?:\s*+,)?+\s++включительно(?![а-яё])")
PREPOSITION = re.compile(r"(?:в|во|с|со|к|ко|о|об|по|на|из|от|за|под|для|согласно)\s++")

# A number followed by one of these counts things or dates and numbers no unit: «п. 5 декабря», «ч. 30 мин».
QUANTITY = re.compile(
    rf"\s*+(?:-?(?:х|ти|и)\b\s*+)?(?:{MONTH}|"
    r"год|г\.\s?(?!москв)|гг\.|лет\b|месяц|мес\.|недел|дн(?:ей|я|ю)\b|день|суток|сут\.|час(?:а|ов|ам)?\b|мин(?:ут|\.|\b)|"
    r"сек(?:унд|\.)|руб|коп(?:еек|\.)|тенге|доллар|евро\b|тыс|млн|млрд|миллион|миллиард|процент|%|°|км\b|километр|метр|кг\b|га\b|"
    r"кв\.|куб\.|чел(?:овек|\.)|экз|раз(?:а|\b)|штук|шт\.|мм\b|см\b|м\b|балл|повестк|ребен|дет(?:ей|ям)\b)"
)
DATE_LIKE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d(?!\.?\d)")

# «№ 2, ст. 20»: an article of a gazette; «в 10 ч. 30 мин.»: a time of day; «т. 3, ст. 5».
GAZETTE = re.compile(
    r"(?:[№n]\s?\d++(?:[/-]\d++)*+\.?(?:\s?\([^)]{1,20}\))?|\bст\.\s?[\d-]++|\bт\.\s?\d++)\s*+[,;]\s*+$"
)
CLOCK = re.compile(r"\d\s*+$")

QUOTED_TITLE = (
    r"(?:«[^«»]*+(?:«[^«»]*+»[^«»]*+)*+»|«[^«»\n]{3,300}+«[^«»\n]{3,300}+»|“[^”\n]{3,400}+”|"
    r"\"(?>[^\"\n]|(?<=[\s(])\"(?=[^\W_])){3,400}+\"(?:\"(?!\w))?+"
    r"(?:\s(?:в\sсвязи\sс\s|и\s(?:об?|в|признани[ие]|отдельные)\s)[^\";()№\n]{3,200}+\"(?=[^\W_])[^\"\n]{3,300}+\")?+)"
)
"""A title in marks; inner marks may be left open: «О внесении изменений в Закон «О пасеках»."""

POINTING = (
    r"(?>(?:(?P<this>настоящ(?:ий|ая|ее|его|ей|ему|им|ем|ую|ие|их|ими))|"
    r"(?P<same>(?:выше)?(?:указан|назван|упомянут|данн|означен)\w{0,2}(?:ой|ого|ому|ым|ом|ая|ый|ую|ое|ые|ых|ыми|ые)"
    r"|это(?:й|го|му|м)(?:\s++же)?+|эт(?:им|у|а)|т(?:ой|ого|ому|ом|от|а|у|е)\s++же)|"
    r"(?P<previous>(?:предыдущ|предшествующ)(?:ий|ая|ее|его|ей|ему|им|ем|ую))|"
    r"(?P<next>следующ(?:ей|его|ему|ем|ую)))(?![а-яё]))"
)
PREAMBLE = r"(?P<preamble>преамбул(?:а|ы|е|у|ой|ою))(?![а-яё])"
CONCLUSIONS = r"(?P<conclusions>заключительн(?:ая|ой|ую)\s++част(?:ь|и|ью))(?![а-яё])"
SAME_NUMBER = re.compile(r"\s*+\((?P<again>\d{1,3})-(?:я|й)(?:\s++с\s++этим\s++номером)?\)")

ELEMENT = re.compile(
    rf"(?:{POINTING}\s++)?{UNIT}\s*+(?=\d|(?:№{{1,2}}|n)\s?\d|[{QUOTES}]|\(?[а-яёa-z0-9]{{1,3}}\)|{ORDINAL}|(?:пред)?последн|[ivxlcхі]|"
    r"[а-яёa-z]\b|с\s++\d)"
)
POINTED = re.compile(rf"{POINTING}\s++{UNIT}")
_COUNTED = r"\d{1,4}+-(?:й|я|е|го|му|м|ю|ой|ая|ый|ое|ых|ым)(?![а-яё])"
_LEAD = rf"(?:{ORDINAL}|{FROM_END.replace('?P<from_end>', '?:')}|{_COUNTED})"
LEADING = re.compile(rf"(?P<list>{_LEAD}(?:(?:\s*+,\s*+|\s++и\s++|\s++или\s++){_LEAD}){{0,12}}+)\s++{UNIT}")
LED_BY = re.compile(rf"(?P<ordinal>{ORDINAL})|{FROM_END}|(?P<digits>\d{{1,4}}+)-")
FRAME = re.compile(f"(?:{POINTING}\\s++)?(?:{PREAMBLE}|{CONCLUSIONS})")
UNNUMBERED = re.compile(
    rf"(?:{POINTING}\s++)?(?:(?P<attachment>{_BY_NAME['attachment']})|(?P<note>{_BY_NAME['note']}))(?=\s++к\s)"
)

# «(в части уведомления)» after a number, «(язык)» between a place and its act: what the writer says of a place.
GLOSS = re.compile(r"\s*+\((?!(?:в\s++)?дал[еь]|стат|пункт|част|подпункт|абзац|ст\.|п\.|ч\.)[^()\d«»\"“”]{2,80}\)")
ASIDE = re.compile(
    r"\s{0,4}+\((?:см|ср|в\s++связи|с\s++учетом|во\s++взаимосвязи|в\s++совокупности|абз|пп?\.|подп|пункт|част|ч\.|§|[«\"“])[^()]{2,160}\)\s{1,8}+"
)
"""«ст. 3 (в связи со ст. 4) Соглашения»."""
AND_FOLLOWING = re.compile(
    r"\s++(?:и|или)\s++(?P<unread>(?:след|сл|др)\.|следующ[а-яё]{1,3}|дал(?:ее|ьше)|други[а-яё]{1,2})(?![а-яё])"
)
OF_SEVERAL = re.compile(
    r"\s++(?P<unread>(?:перв|втор)(?:ого|ой)|третье(?:го|й))(?=\s*+[,.;:)]|\s++(?:и|а|но|же|[–—-]|[а-яё]{2,24}(?:ит|ят|ет|ют|ут|ат|ся|ны|на|но))\s|\s*+$)"
)
"""«Ст. 6 первого и ст. 3 второго»: which of the acts told before is meant, nobody reads."""
LETTERED = re.compile(
    rf"\s?[{QUOTES}]\s?(?P<letter>[а-яё])\s?[{QUOTES}]|\s(?P<listed>[а-яё])\)|(?P<glued>[а-яё])(?=[),;]|\s|$)"
)
QUOTED_RUN = re.compile(
    rf"[{QUOTES}]\s?(?P<first>[а-яё])(?:\s?[-–—]\s?(?P<last>[а-яё])|(?P<rest>(?:(?:\s?,\s?|\s{{1,4}}и\s{{1,4}})[а-яё]){{1,20}}+))\s?[{QUOTES}]"
)
"""«а–в», «а, б и г»: several letters in one pair of marks."""
OWN = re.compile(r"\s++(?:его|ее|их)\s++")
"""«пункт 2 его статьи 8»."""

# Where a chain may begin. No look-behind at the head: the engine then skips by first letters; `places` checks the
# character before. Kept to words followed by something like a number, so that running text is passed at speed.
ANCHOR = re.compile(
    r"(?:ст(?:ат[ьъе][а-яё]{0,3}|\s?\.(?:\s?ст\.)?|(?=\s?\d))|(?:(?:под)?(?:пункт|раздел)|параграф)[а-я]{0,3}|п(?:одп)?\s?\.(?:\s?п\.)?|пп\.|под\.|"
    r"п/п|п(?=\s?[1-9]\d{0,2}\s++(?:ст|ч|п)(?![а-яё]))|§§?|дефис[а-я]{0,3}|тире|част[а-я]{1,3}|чч\.|ч\s?\.(?:\s?ч\.)?|абзац[а-я]{0,3}|абз\s?\.|глав[а-я]{0,3}|гл\.|разд\.|"
    r"приложени[а-я]{1,2}|прил\.|примечани[а-я]{1,2}|прим\.|букв[а-я]{0,3}|литер[а-я]{0,3}|лит\.|предложени[а-я]{1,2})"
    rf"\s*+(?:[\d№{QUOTES}(]|n\s?\d|[а-яёa-z]\)|[а-яёa-z](?![а-яёa-z.])|[ivxlcхі]++(?!\w)|"
    rf"{ORDINAL}|(?:пред)?последн|с\s++\d|к\s)"
    r"|преамбул[а-я]|заключительн(?:ая|ой|ую)\s++част"
    r"|т[ауе]\s++же\s++(?:стат[ьъ]|пункт|подпункт|параграф|част|абзац|глав|раздел)"
    r"|(?:настоящ|данн|указан|назван|упомянут|вышеуказан|вышеназван|предыдущ|предшествующ|следующ|эт|то)[а-яё]{1,4}\s++(?:же\s++)?"
    r"(?:стат[ьъ]|пункт|подпункт|параграф|част|абзац|глав|раздел|подраздел|приложен|примечан)"
    rf"|{_LEAD}(?:(?:\s*+,\s*+|\s++и\s++|\s++или\s++){_LEAD}){{0,12}}+\s++(?:стат[ьъ]|пункт|подпункт|параграф|част|абзац|предложен|дефис|тире)"
    r"|\d{1,64}+-(?:й|я|е|го|му|м|ю|ой|ая|ый|ое)\s++(?:стат[ьъ]|пункт|подпункт|параграф|част|абзац|предложен)"
)
