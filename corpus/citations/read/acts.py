"""The type words of instruments, and what may stand before one: adjectives, pointing words."""

import re

from corpus.citations.parsed import Reach
from corpus.citations.read.numbers import Text

_N = {"а": "а|у|ом|е|", "я": "я|и|ю|ей|ею", "е": "е|я|ю|ем|и", "ы": "а|ы|е|у|ой"}
# Singular forms; a plural («протоколами») names no single act. The second field: a name without a date or number
# counts when capitalised («Конвенция о правах ребенка»); the others need a date, a number or a quoted title.
_TYPES: tuple[tuple[str, str, bool], ...] = (
    ("соглашение", f"соглашени(?:{_N['е']})", True),
    ("договор", f"договор(?:{_N['а']})", True),
    ("конвенция", f"конвенци(?:{_N['я']})", True),
    ("протокол", f"протокол(?:{_N['а']})", True),
    ("меморандум", f"меморандум(?:{_N['а']})", True),
    ("хартия", f"харти(?:{_N['я']})", True),
    ("декларация", f"деклараци(?:{_N['я']})", True),
    ("пакт", f"пакт(?:{_N['а']})", True),
    ("статут", f"статут(?:{_N['а']})", True),
    ("устав", f"устав(?:{_N['а']})", True),
    ("конституция", f"конституци(?:{_N['я']})", True),
    ("кодекс", f"кодекс(?:{_N['а']})", True),
    ("закон", f"закон(?:{_N['а']})", False),
    ("указ", f"указ(?:{_N['а']})", False),
    ("постановление", f"постановлени(?:{_N['е']})", False),
    ("приказ", f"приказ(?:{_N['а']})", False),
    ("распоряжение", f"распоряжени(?:{_N['е']})", False),
    ("определение", f"определени(?:{_N['е']})", False),
    ("решение", f"решени(?:{_N['е']})", False),
    ("положение", f"положени(?:{_N['е']})", False),
    ("инструкция", f"инструкци(?:{_N['я']})", False),
    ("правила", "правил(?:ами|ам|ах|а|)", False),
    ("регламент", f"регламент(?:{_N['а']})", False),
    ("порядок", "поряд(?:ок|ка|ку|ком|ке)", False),
    ("перечень", "перечн(?:я|ю|ем|е)|перечень", False),
    ("директива", f"директив(?:{_N['ы']})", False),
    ("резолюция", f"резолюци(?:{_N['я']})", False),
    ("указание", f"указани(?:{_N['е']})", False),
    ("программа", "программ(?:а|ы|е|у|ой)", False),
    ("концепция", f"концепци(?:{_N['я']})", False),
    ("список", "спис(?:ок|ка|ку|ком|ке)", False),
    ("методика", "методик(?:а|и|е|у|ой)", False),
    ("документация", f"документаци(?:{_N['я']})", False),
    ("контракт", f"контракт(?:{_N['а']})", False),
    ("стандарт", f"стандарт(?:{_N['а']})", False),
)
TYPE = re.compile("(?:" + "|".join(f"(?:{p})" for _, p, _ in _TYPES) + ")(?![а-яё-])")
LEMMAS = [(lemma, re.compile(pattern)) for lemma, pattern, _ in _TYPES]
PROPER = {lemma for lemma, _, proper in _TYPES if proper}

_ADJECTIVE = re.compile(
    r"(?:^|(?<=[\s(«\"]))(?P<all>(?:[а-яё]+(?:-[а-яё]+)*+"
    r"(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ую|юю|ей|ое|ее)\s++){1,4})$"
)
POINTING = re.compile(
    r"(?:(?P<this>настоящ(?:ий|ая|ее|его|ей|ему|им|ем|ую|их|ими|ие))"
    r"|(?P<same>(?:выше)?(?:указанн|названн|упомянут|означенн|данн)"
    r"(?:ый|ая|ое|ого|ой|ому|ым|ом|ую|ых|ые)|эт(?:от|а|о|ого|ой|ому|им|ом|у)|то(?:го|й|му|т)\s++же))\s++$"
)
_SKIPPED = re.compile(
    r"(?:прилагаем|нов|настоящ|указанн|данн|соответствующ|международн|таков?|друг|ин|отдельн|люб|кажд|сво)\w*+$"
)


def lemma_of(word: str) -> str | None:
    """Return the type word a form belongs to.

    >>> lemma_of("Соглашением"), lemma_of("протоколами")
    ('соглашение', None)
    """
    low = word.lower()
    return next((lemma for lemma, pattern in LEMMAS if pattern.fullmatch(low)), None)


def before(src: Text, at: int) -> tuple[int, Reach]:
    """Return where the name begins with its adjectives, and whether a pointing word stands before it."""
    window = src.low[max(0, at - 90) : at]
    base = at - len(window)
    adjectives = _ADJECTIVE.search(window)
    start = at
    if adjectives:
        words = re.findall(r"\S++\s++", src.text[base + adjectives.start("all") : at])
        kept: list[str] = []
        for word in reversed(words):
            low = word.strip().lower()
            named_so = low.startswith("международн") and word[0].isupper() and src.text[at].islower()
            if (_SKIPPED.match(low) and not named_so) or lemma_of(low):
                break
            kept.insert(0, word)
        while kept and not kept[0][0].isupper() and not kept[0].startswith(("федеральн", "конституционн", "уголовн")):
            kept.pop(0)
        start = at - sum(map(len, kept))
    pointing = POINTING.search(src.low[base:start])
    if pointing:
        begin = base + pointing.start()
        if begin == 0 or not src.low[begin - 1].isalpha():
            return begin, Reach.THIS if pointing["this"] else Reach.SAME
    return start, Reach.NAMED
