"""Which acts a query is after: agreements before rulings and standards, unless its words ask for those.

A ruling that uses the words of a query is no answer where a clause rules the matter. How much each kind of act counts
was found on judged queries in a library full of court decisions (bench/RESULTS.md).
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.clauses.tree import And, Field, FieldName, Node, Not, Or
from corpus.lexicon.acts import ISSUED, TREATIES, TYPES, WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.declension import plural, singular
from corpus.library import Summary
from corpus.model import InstrumentType
from corpus.search.answers import Part
from corpus.search.meaning.concepts import QueryWord
from corpus.search.ranking.scoring import Scored
from corpus.search.ranking.weights import DEFAULT, Weights

_CHOOSING = (FieldName.TYPE, FieldName.DOCUMENT, FieldName.SOURCE, FieldName.TITLE, FieldName.NUMBER)
"""Filters by which a person has chosen the acts."""

_NAMED = 1_000
"""Acts beside the treaties that are asked for by name, so that rulings do not crowd them out of what is recalled."""


# «договор», «контракт» are words of every court decision, and a «протокол» is drawn up of every meeting and offence:
# by its title the one is an agreement between states, the other is one that is ratified or belongs to another.
def _forms(*types: InstrumentType) -> str:
    words = (w.word for w in WORDS.values() if w.treaty and w.type in types)
    return any_of([form for word in words for form in (*singular(word), *plural(word))])


_BETWEEN = _forms(*(TREATIES - {InstrumentType.TREATY, InstrumentType.PROTOCOL}))
_ENACTED = "(?:ратифи|присоеди|подпис|денонс|приня|одобр|реализ|выполн|вступл|утвержд)[а-яё]{1,12}"
_TREATY = re.compile(
    rf"(?<![а-яё])(?:{_BETWEEN}|договор[а-яё]{{0,3}}+\s++между|"
    rf"{_ENACTED}\s++(?:[а-яё]{{1,32}}+\s++){{0,2}}(?:{_forms(InstrumentType.PROTOCOL)}))(?![а-яё])",
    re.IGNORECASE,
)
_POWERS = re.compile(
    r"(?<![а-яё])(?:между|меж(?:государств|правительств)енн[а-яё]{2,3}|государств(?:а|ами?|ах)?|стран(?:ы|ами?|ах)?|"
    r"наци(?:и|й|ями?|ях))(?![а-яё])",
    re.IGNORECASE,
)
_COURT = re.compile("(?<![а-яё])суд(?![а-яё])", re.IGNORECASE)


def _declared(*, annexed: bool) -> re.Pattern[str]:
    words = (w.word for w in WORDS.values() if w.proper and not w.code and (annexed or not w.annexed))
    return re.compile(rf"(?:[а-яё]{{1,32}}+\s++){{0,2}}(?:{any_of(words)})(?![а-яё])", re.IGNORECASE)


_DECLARED, _DECLARED_ALONE = _declared(annexed=False), _declared(annexed=True)


@dataclass(frozen=True, slots=True)
class Prior:
    """How much each document's score counts; those not named count in full, as `wanted` (at most _NAMED of them) do."""

    shares: Mapping[str, float]
    names: Mapping[str, str]
    wanted: Node

    def weighed(self, scored: Sequence[Scored]) -> list[Scored]:
        """Weigh scores by the kind of act."""
        return [self._weighed(s) for s in scored]

    def _weighed(self, s: Scored) -> Scored:
        share = self.shares.get(s.clause.document, 1.0)
        if share == 1 or not s.score:
            return s
        part = Part(f"вид акта: {self.names[s.clause.document]}", s.score * (share - 1))
        return replace(s, score=s.score * share, parts=(*s.parts, part))


def prior(
    listed: Mapping[str, Summary], words: Sequence[QueryWord], node: Node | None, weights: Weights = DEFAULT
) -> Prior | None:
    """Return how kinds of acts count for a query; None where they all count alike.

    They do where the library holds agreements alone or none, and where the query or a filter has chosen the acts.
    """
    asked = _asked(words)
    apart = {id_: kind for id_, kind in _apart(tuple(listed.values())).items() if kind not in asked}
    if not apart or len(apart) == len(listed) or (node and _chosen(node)):
        return None
    full = TREATIES | asked
    beside = [s.id for s in listed.values() if s.id not in apart and InstrumentType(s.type) not in full]
    so_called = [id_ for id_ in apart if InstrumentType(listed[id_].type) in full]
    wanted: Node = Field(FieldName.TYPE, tuple(sorted(map(str, full))))
    if so_called:
        wanted = And((wanted, Not(Field(FieldName.DOCUMENT, tuple(so_called[:_NAMED])))))
    if beside:
        wanted = Or((wanted, Field(FieldName.DOCUMENT, tuple(beside[:_NAMED]))))
    shares = {id_: _share(kind, weights) for id_, kind in apart.items()}
    return Prior(shares, {id_: _named(kind) for id_, kind in apart.items()}, wanted)


def _named(kind: InstrumentType) -> str:
    name = TYPES[kind].name.lower()
    return f"{name}, стороны которого не названы" if kind in TREATIES else name


def _share(kind: InstrumentType, weights: Weights) -> float:
    return weights.ruling if kind is InstrumentType.RULING else weights.other_kind


@lru_cache(maxsize=8)
def _apart(listed: tuple[Summary, ...]) -> Mapping[str, InstrumentType]:
    """Return the kinds of acts that are neither agreements nor made for one.

    Made for one are declarations of states, acts printed in one file with an agreement, and laws, decrees and orders
    that name one in their title («О ратификации Соглашения …»); a ruling never is.
    """
    agreements = _agreements(listed)
    with_one = {s.source for s in listed if s.id in agreements}
    issued = {s.source for s in listed if InstrumentType(s.type) in ISSUED}
    return {
        s.id: kind
        for s in listed
        if s.id not in agreements
        and s.source not in with_one
        and not _made_for_one(kind := _kind(s), s.title, alone=s.source not in issued)
    }


def _agreements(listed: Sequence[Summary]) -> AbstractSet[str]:
    """Return the agreements of states and their bodies.

    Tariffs of a trade and its union, minutes of a meeting and blank forms are called agreements and protocols too: what
    tells is that parties are named, where the library names any. Conventions name none.
    """
    called = [s for s in listed if InstrumentType(s.type) in TREATIES]
    told = [s.id for s in called if s.parties]
    if not told:
        return {s.id for s in called}
    return {*told, *(s.id for s in called if not s.parties and _of_powers(InstrumentType(s.type), s.title))}


def _of_powers(kind: InstrumentType, title: str) -> bool:
    """Say whether the title of an agreement that names no parties is that of one between states.

    >>> _of_powers(InstrumentType.AGREEMENT, "Отраслевое тарифное соглашение по водному транспорту")
    False
    >>> _of_powers(InstrumentType.PROTOCOL, "Протокол к Конвенции о почте")
    True
    """
    if kind is InstrumentType.PROTOCOL and _TREATY.search(title):
        return True
    return kind is InstrumentType.CONVENTION or bool(_POWERS.search(title))


def _kind(s: Summary) -> InstrumentType:
    """Return the kind of an act; what a court decrees is a ruling."""
    return InstrumentType.RULING if s.issuer and _COURT.search(s.issuer) else InstrumentType(s.type)


def _made_for_one(kind: InstrumentType, title: str, *, alone: bool = True) -> bool:
    """Say whether a title is that of an act made for an agreement; `alone`: no act of its file issues it.

    >>> _made_for_one(InstrumentType.LAW, "О ратификации Конвенции о почте")
    True
    >>> _made_for_one(InstrumentType.RULING, "О взыскании по соглашению о займе")
    False
    >>> _made_for_one(InstrumentType.ORDER, "О лицах, составляющих протоколы о нарушениях")
    False
    """
    if kind in TREATIES:
        return False
    if kind is InstrumentType.ACT:
        return bool((_DECLARED_ALONE if alone else _DECLARED).match(title))
    return kind is not InstrumentType.RULING and bool(_TREATY.search(title))


def _chosen(node: Node) -> bool:
    """Say whether a filter names acts that must (or must not) be."""
    match node:
        case And(parts):
            return any(map(_chosen, parts))
        case Not(part):
            return _chosen(part)
        case Or(parts):
            return all(map(_chosen, parts))
        case Field(name):
            return name in _CHOOSING
        case _:
            return False


def _asked(words: Sequence[QueryWord]) -> AbstractSet[InstrumentType]:
    """Return the kinds of acts a query names, or whose own words it uses."""
    lemmas = {lemma for word in words for lemma in word.lemmas}
    named = {kind for word, kind in _NAMING.items() if word in lemmas}
    return named | {kind for kind, own in _OWN_WORDS.items() if not own.isdisjoint(lemmas)}


# «решение», «определение», «порядок» are words of any agreement: «решение споров», «определение понятий».
_NAMING = {
    word.word: word.type
    for word in WORDS.values()
    if word.type not in (*TREATIES, InstrumentType.ACT) and word.word not in ("решение", "определение")
}
_OWN_WORDS = {
    InstrumentType.RULING: frozenset(
        (
            "истец",
            "ответчик",
            "подсудимый",
            "кассационный",
            "апелляционный",
            "надзорный",
            "госпошлина",
            "исковой",
            "пленум",
        )
    ),
    InstrumentType.ACT: frozenset(("гост", "стандарт", "снип", "санпин", "техусловие", "типоразмер")),
}
"""Words that rulings and standards use and agreements hardly do."""
