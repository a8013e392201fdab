import re
from collections.abc import Iterator

from analyzers.repair.edits import Edit
from analyzers.repair.words import Evidence

_LATIN, _CYRILLIC = "AaBCcEeHKkMOoPpTXxyY", "АаВСсЕеНКкМОоРрТХхуУ"
TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TOKEN = re.compile(r"[^\W\d_]+")
_CYR = re.compile("[Ѐ-ӿ]")
_LAT = re.compile("[A-Za-z]")


def lookalikes(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Give a word letters of one alphabet.

    >>> [e.replacement for e in lookalikes("Cтороны cоглаcилиcь, ХIV", Evidence(""))]
    ['Стороны', 'согласились', 'XIV']
    """
    if not _LAT.search(text):
        return
    for match in _TOKEN.finditer(text):
        word = match[0]
        if not _LAT.search(word):
            continue
        cyr, lat = word.translate(TO_CYRILLIC), word.translate(TO_LATIN)
        if (
            cyr != word
            and not _LAT.search(cyr)
            and (_CYR.search(word) or _between_cyrillic(text, match, cyr, evidence))
        ):
            yield Edit(match.start(), match.end(), cyr, "lookalike", 0.95)
        elif _CYR.search(word) and not _CYR.search(lat):
            yield Edit(match.start(), match.end(), lat, "lookalike", 0.9)


def _between_cyrillic(text: str, match: re.Match[str], word: str, evidence: Evidence) -> bool:
    before, after = text[: match.start()].split("\n")[-1].rstrip(), text[match.end() :].split("\n")[0]
    if len(word) == 1:
        initial = word.isupper() and re.match(r"\. ?[А-ЯЁ]", after)
        return bool(
            initial or (evidence.known(word) and re.search(r"[а-яё,]$", before) and re.match(r" [а-яё]{2}", after))
        )
    near = re.search(r"[а-яё][^\w]*$", before) or re.match(r"[^\w]*[а-яё]", after)
    return bool(near) and evidence.known(word)
