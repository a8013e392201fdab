"""A query that asks for documents, not for provisions: «действующие соглашения с Казахстаном о миграции»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzers.letters import folded
from corpus.effects.standing import DEAD, LIVING, Validity
from corpus.lexicon.acts import TYPES, WORDS
from corpus.lexicon.countries import state
from corpus.lexicon.dates import period
from corpus.lexicon.declension import plural
from corpus.model import InstrumentType

LONGEST = 300
"""Characters of a query that may ask for documents."""
_LONGEST_NAME = 5
"""Words of a state's name."""

_WORD = re.compile(r"(?<![\w.-])[а-яёa-z0-9][\w.-]*+", re.IGNORECASE)
_LEADS = frozenset(("какие", "каких", "все", "список", "перечень", "покажи", "найди", "найти", "есть", "ли", "наши"))
_RUNNING = tuple(v for v in Validity if v in LIVING)
_ENDED = tuple(v for v in Validity if v in DEAD)
_STATES = {
    "действующие": _RUNNING,
    "действующих": _RUNNING,
    "прекращенные": _ENDED,
    "прекращенных": _ENDED,
    "недействующие": _ENDED,
    "недействующих": _ENDED,
    "приостановленные": (Validity.SUSPENDED,),
    "приостановленных": (Validity.SUSPENDED,),
}
_WITH = frozenset(("с", "со", "между", "и"))
_ABOUT = frozenset(("о", "об", "обо", "про", "по"))
_SINCE, _UNTIL = frozenset(("от", "за", "после", "с")), frozenset(("до", "по"))


@dataclass(frozen=True, slots=True)
class AskedDocuments:
    """What documents are asked for; every condition that is said must hold.

    `types` are codes of types, `parties` names of states, `about` the words of the subject, `low` and `high` years or
    days (ISO 8601), `states` what state they may be in.
    """

    types: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    about: str = ""
    low: str | None = None
    high: str | None = None
    states: tuple[Validity, ...] = ()

    @property
    def conditions(self) -> bool:
        """Say whether anything is asked beside the type."""
        return bool(self.parties or self.about or self.low or self.high or self.states)


def asked_documents(query: str) -> AskedDocuments | None:
    """Read a query that asks for documents and for nothing else; None for any other.

    >>> asked = asked_documents("действующие соглашения с Беларусью о почте")
    >>> asked.types, asked.parties, asked.about
    (('agreement',), ('Республика Беларусь',), 'почте')
    >>> asked_documents("соглашения могут заключаться") is None
    True
    """
    text = query.strip().rstrip(".?! ")
    if len(text) > LONGEST or any(sign in text for sign in ':"«»()*=|&/'):
        return None
    words = [folded(word) for word in _WORD.findall(text)]
    at, asked = _led(words)
    if at == len(words) or words[at] not in _TYPES:
        return None
    asked = replace(asked, types=_TYPES[words[at]])
    rest: int | None = at + 1
    while rest is not None and rest < len(words):
        asked, rest = _condition(asked, words, rest)
    return asked if rest is not None and asked.conditions else None


def told(asked: AskedDocuments) -> str:
    """Write what documents are asked for.

    >>> told(AskedDocuments(("protocol",), ("Грузия",), about="почте", low="2008"))
    'документы вида «Протокол»; сторона: Грузия; в названии: почте; с 2008'
    """
    kinds = " или ".join(f"«{TYPES[InstrumentType(t)].name}»" for t in asked.types)
    parts = [f"документы вида {kinds}" if kinds else "документы"]
    parts += [f"сторона: {name}" for name in asked.parties]
    parts += [f"в названии: {asked.about}"] if asked.about else []
    if asked.low or asked.high:
        days = (f"с {asked.low}" if asked.low else "", f"по {asked.high}" if asked.high else "")
        parts.append(f"за {asked.low}" if asked.low == asked.high else " ".join(day for day in days if day))
    parts += ["по состоянию на сегодня"] if asked.states else []
    return "; ".join(parts)


def _led(words: Sequence[str]) -> tuple[int, AskedDocuments]:
    """Skip «какие», read «действующие»."""
    at, asked = 0, AskedDocuments()
    while at < len(words) and (words[at] in _LEADS or words[at] in _STATES):
        asked = replace(asked, states=_STATES.get(words[at], asked.states))
        at += 1
    return at, asked


def _condition(asked: AskedDocuments, words: Sequence[str], at: int) -> tuple[AskedDocuments, int | None]:
    """Read the condition that begins at a word; no place to go on where it is none."""
    word = words[at]
    named = _party(words, at + 1) if word in _WITH else None
    if named:
        return replace(asked, parties=(*asked.parties, named[0])), named[1]
    if dated := _date(words, at + 1) if word in _SINCE | _UNTIL else None:
        low = dated[0] if word in _SINCE else asked.low
        high = dated[0] if word in _UNTIL or word in ("от", "за") else asked.high
        return replace(asked, low=low, high=high), dated[1]
    if word[0].isdecimal() and (dated := _date(words, at)):
        return replace(asked, low=dated[0], high=dated[0]), dated[1]
    if word in _ABOUT and at + 1 < len(words):
        end = next((i for i in range(at + 1, len(words)) if _begins(words, i)), len(words))
        return replace(asked, about=" ".join(words[at + 1 : end])), end
    return asked, None


def _begins(words: Sequence[str], at: int) -> bool:
    """Say whether another condition begins at a word of the subject."""
    if words[at] in _WITH and _party(words, at + 1):
        return True
    return words[at] in _SINCE | _UNTIL and bool(_date(words, at + 1))


def _party(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """Read the name of a state, the longest there is."""
    for end in range(min(at + _LONGEST_NAME, len(words)), at, -1):
        found = state(" ".join(words[at:end]))
        if found:
            return found.name, end
    return None


def _date(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """Read a year or a day."""
    if at >= len(words):
        return None
    end = at + 2 if at + 1 < len(words) and words[at + 1] in ("г.", "г", "год", "года", "годы") else at + 1
    try:
        day = period(words[at].rstrip("."))
    except ValueError:
        return None
    return (day, end) if day else None


_TYPES = {
    form: tuple(str(t) for t in word.types) for word in WORDS.values() if word.cited for form in plural(word.word)
} | dict.fromkeys(("документы", "документов", "акты", "актов"), ())
