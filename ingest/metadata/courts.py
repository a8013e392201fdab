"""Whether a court made an act: courts and governments both print «ПОСТАНОВЛЕНИЕ» and «РЕШЕНИЕ» over what they say."""

import re

from corpus.lexicon.acts import WORDS
from corpus.model import InstrumentType as T
from ingest.acts.parts.segments import Segment
from ingest.acts.title_lines import in_name_of, title_word

_COURT = re.compile(
    r"\bсуд(?:а|у|ом|е)?(?!\w)|\bсудебн\w{2,3}\s(?:коллеги|состав|палат|присутств)|\bтрибунал|\b(?:КС|ВС|ВАС)\s(?:РФ|РСФСР|СССР)\b|"
    r"\b(?:мирово|следственно|судь[яи])\w*\sсудь[яи]\b|\bсудь[яи]\b|\bФАС\s[^.;]{3,40}?\s(?:округа|окр\.)",
    re.IGNORECASE,
)
"""The name of a court: «Верховный Суд», «судебная коллегия», «ФАС Уральского округа»; «ФАС России» is none."""
_HEARD = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\bсудебн\w{2,3}\s++заседани|\bв\s++составе\s(?:\w{1,20}\s){0,3}?(?:председательствующ|судь|судей)",
        r"\b(?:установил|постановил|определил|решил|приговорил)[аи]?\s?:",
        r"\b(?:кассационн|апелляционн|надзорн|частн)\w{2,3}\s++(?:жалоб|представлени)|\bподсудим|\bответчик|\bистц[аеу]\b",
        r"\bпо\s++делу\s++(?:№|N\b|о\s++проверке\s++конституционности)|\b(?:по|дело\s++по)\s++иску\b",
    )
)
"""How a judgment tells who sat, what they found and what was heard."""
_JUDGE = re.compile(r"(?:председательствующ|мировой\s++судья|судь[яи]\b|[а-яё]{3,20}\sсуд\s)", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:постановляет|решает|следователь|дознаватель|прокурор\s\w|пристав)", re.IGNORECASE)
"""«Правительство … постановляет», «Следователь …, рассмотрев материалы»: a court says «постановил»."""
OPENING = 12
"""Paragraphs of a text in which a court tells who sat and what was heard."""
NEAR = 700
"""Characters of each of them."""
ENOUGH = 2
"""Signs that make an act a court's which no court is named over."""


def judged(type_: T, segment: Segment, issuer: str | None) -> T:
    """Return the type of an act whose word courts and governments share, by who says it; of any other as it is."""
    word = next((found[0] for p in segment.front if (found := title_word(p.text))), None)
    if word is None or not {T.DECREE, T.RULING} <= set(WORDS.get(word, WORDS["закон"]).types):
        return type_
    if any(in_name_of(p) for p in (*segment.front, *segment.body[:OPENING])):
        return T.RULING
    if issuer:
        return T.RULING if _COURT.search(issuer) else T.DECREE
    return T.RULING if _heard(segment) >= ENOUGH else type_


def _heard(segment: Segment) -> int:
    """Count the signs that an act was heard and signed by judges; another's word at its head takes them away."""
    opening = " \n".join(p.text[:NEAR] for p in segment.body[:OPENING])
    signs = sum(bool(form.search(opening)) for form in _HEARD) + any(_JUDGE.match(p.text) for p in segment.back)
    return signs - 2 * bool(_OTHERS.search(opening[:NEAR]))
