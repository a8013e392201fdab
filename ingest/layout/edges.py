"""Whether a line at the edge of a page may be a title or signatures: what running heads of every format are told by."""

import re

from analyzers.letters import folded
from corpus.lexicon.acts import ACT_LINE, OPENERS
from ingest.acts.markers import division, numbered

UNTITLED = 0.2
"""Of the places where a head stands that begins as an act does, at so many no act can begin."""

SIGNED = re.compile(r"^(?:за\s++[А-ЯЁ]|\(?подпис[ьи]\)?|[А-ЯЁA-Z]\.\s?(?:[А-ЯЁA-Z]\.\s?)?[А-ЯЁ])", re.IGNORECASE)
SIGNERS = 4
"""Lines from «За …» on that are of the one who signed: a long post takes three."""
FORMULA = re.compile(r"(?:Соверш[её]но|Учин[её]но|В\s(?:удостоверение|подтверждение|свидетельство))\s")
_REMARKS = (
    r"\((?:в\s++ред(?:\.|акции)|"
    r"(?:статья|часть|пункт|подпункт|абзац|глава|раздел|наименование|заголовок|название|преамбула|п\.|пп\.|ч\.)"
    r"(?:[^()]|\(\d{1,3}\)){0,60}?(?:введ[её]н|дополнен|исключ[её]н|в\s++ред(?:\.|акции)|утратил)|"
    r"дополнение\s++(?:статьей|статьями|частью|частями|(?:под)?пункт(?:ом|ами)|абзац(?:ем|ами)|главой|главами|раздел(?:ом|ами))"
    r"\s++[-–—]|введен[аоы]?\s++(?:Федеральн|Закон|Указ|Постановлен|Приказ|Протокол|Конституц))"
)
"""How a publisher's remark in brackets begins: «(в ред. Закона …)», «(п. 3 введен Указом …)»."""
REMARK = re.compile(_REMARKS, re.IGNORECASE)
_GOES_ON = re.compile(r"[а-яёa-z,;)]")


def opens(key: str) -> bool:
    """Say whether a line begins as an act does: «соглашение о реках», «федеральный закон о лодках»."""
    words = key.split(" ", 3)[:3]
    named = next((i for i, word in enumerate(words) if word in OPENERS), None)
    return named is not None and all(word.endswith(("ый", "ий", "ое", "ая")) for word in words[:named])


def names_act(text: str) -> bool:
    """Say whether a line begins with the name of an act, printed as one: «Протокол о лодках», no «протокол»."""
    return text[:1].isupper() and opens(folded(text[:90]))


def is_broken(before: str, after: str) -> bool:
    """Say whether two lines are of one sentence, whatever stands between them."""
    open_ = len(before) > 25 and not re.search(r"[.;:!?)»\"]\Z", before) and not SIGNED.match(before)
    return open_ and bool(_GOES_ON.match(after))


def goes_on(before: str, after: str) -> bool:
    """Say whether two lines are of one act, or the second is a title itself: nothing between them is a title."""
    if is_broken(before, after) or before.endswith((",", ":")) or ACT_LINE.fullmatch(before) or division(before):
        return True
    marker = division(after) or numbered(after)
    later = marker is not None and marker.value > (1,)
    return later or opens(folded(after)) or bool(SIGNED.match(after) or FORMULA.match(after))


def remarked(text: str) -> int:
    """Return where a publisher's remark in brackets ends at the head of a text; 0 when none does.

    >>> text = "(в ред. Закона от 03.05.2001 N 7 (ред. 04.05.2002)) Лодки"
    >>> text[: remarked(text)]
    '(в ред. Закона от 03.05.2001 N 7 (ред. 04.05.2002))'
    >>> remarked("(далее - лодки)"), remarked("(в ред. Закона")
    (0, 0)
    """
    depth = 0
    for at, sign in enumerate(text if REMARK.match(text) else ""):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at + 1
    return 0
