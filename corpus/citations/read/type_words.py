"""The type words of instruments, and what may stand before one: adjectives, pointing words."""

import re

from analyzers.letters import folded
from corpus.citations.parsed import Reach
from corpus.citations.read.numbers import Text
from corpus.lexicon.acts import WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.declension import singular

# Singular forms; a plural («протоколами») names no single act.
FORMS = {form: word.word for word in WORDS.values() if word.cited for form in singular(word.word)}
SHORTENED = {
    "согл.": "Соглашение",
    "дог.": "Договор",
    "конв.": "Конвенция",
    "фз": "Федеральный закон",
    "ппвс": "Постановление Пленума Верховного Суда",
}
"""What a shortened type word stands for."""
FORMS |= {short: next(w for w in word.lower().split() if w in WORDS) for short, word in SHORTENED.items()}
TYPE = re.compile(any_of(FORMS) + r"(?![а-яё]|-(?!\d))")
PROPER = frozenset(word.word for word in WORDS.values() if word.proper)
"""Words that name an act without a date or number when capitalised: «Конвенция о правах ребенка»."""
LAWS = frozenset({"закон", "кодекс"})
"""Words whose acts are known by their subject in small letters too: «закон о почте»."""

_ADJECTIVE = re.compile(
    r"(?:^|(?<=[\s(«\"]))(?P<all>(?:(?>[а-яё][а-яё-]{0,64}"
    r"(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ую|юю|ей|ое|ее)\s++)){1,4})$"
)
POINTING = re.compile(
    r"(?:(?P<this>настоящ(?:ий|ая|ее|его|ей|ему|им|ем|ую|их|ими|ие)|(?<![а-яё])с(?:ей|его|ему|им))"
    r"|(?P<same>(?:выше)?(?:указанн|названн|упомянут|означенн|данн)"
    r"(?:ый|ая|ое|ого|ой|ому|ым|ом|ую|ых|ые)(?:\s++(?:выше|ранее|здесь))?|эт(?:от|а|о|ого|ой|ому|им|ом|у)(?:\s++же)?|то(?:го|й|му|т)\s++же))\s++$"
)
_SKIPPED = re.compile(
    r"(?:прилагаем|нов|настоящ|указанн|данн|соответствующ|международн|таков?|друг|ин|отдельн|люб|кажд|сво)\w*+$"
)


_NAMING = ("федеральн", "конституционн", "уголовн", "межправительственн", "межведомственн", "межгосударственн")
_BILATERAL = re.compile(r"[а-яё]{3,24}(?:ско|цко)-[а-яё]{3,24}(?:ск|цк)(?:ое|ого|ому|им|ом|ий|ая|ой|ую)\s")
"""«российско-казахстанского Соглашения»."""


def lemma_of(word: str) -> str | None:
    """Return the type word a form belongs to.

    >>> lemma_of("Соглашением"), lemma_of("протоколами")
    ('соглашение', None)
    """
    return FORMS.get(folded(word))


def before(src: Text, at: int) -> tuple[int, Reach]:
    """Return where the name begins with its adjectives, and whether a pointing word stands before it."""
    window = src.low[max(0, at - 90) : at]
    base = at - len(window)
    adjectives = _ADJECTIVE.search(window)
    start = at - _own_adjectives(src, base + adjectives.start("all"), at) if adjectives else at
    pointing = POINTING.search(src.low[base:start])
    if pointing:
        begin = base + pointing.start()
        if begin == 0 or not src.low[begin - 1].isalpha():
            return begin, Reach.THIS if pointing["this"] else Reach.SAME
    return start, Reach.NAMED


def _own_adjectives(src: Text, start: int, at: int) -> int:
    """Return how many characters of the adjectives before a type word are of the act's name."""
    words = re.findall(r"(?<!\S)\S++\s++", src.text[start:at])
    kept: list[str] = []
    for word in reversed(words):
        if _is_apart(src, word, at):
            break
        kept.insert(0, word)
    while kept and not (kept[0][0].isupper() or kept[0].startswith(_NAMING) or _BILATERAL.match(kept[0])):
        kept.pop(0)
    return sum(map(len, kept))


def _is_apart(src: Text, word: str, at: int) -> bool:
    """Say whether a word before a type word is none of its name: of a title above it, pointing, a type word itself."""
    low = word.strip().lower()
    above = len(low) > 1 and word.strip().isupper() and not src.text[at : at + 2].isupper()
    named_so = low.startswith("международн") and word[0].isupper() and src.text[at].islower()
    skipped = _SKIPPED.match(low) is not None and not named_so
    return word.count("\n") > 1 or above or skipped or lemma_of(low) is not None
