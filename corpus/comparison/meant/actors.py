"""Who acts in a clause and on whom: a clause whose parties change places settles something else in the same words."""

from dataclasses import dataclass
from functools import lru_cache

from analyzers.lemmas import parses
from analyzers.terms import Term, terms

_ASKING = ("запрашивающая", "запрашиваемая")
_TOLD = ("уведомля", "извеща", "информиру", "ставит", "предупрежда")
_BODIES = frozenset(
    (
        *("суд", "арбитраж", "прокуратура", "орган", "министерство", "ведомство", "комитет", "комиссия", "служба"),
        *("правительство", "государство", "посольство", "консульство", "депозитарий", "банк", "компания"),
        *("предприятие", "авиапредприятие", "организация", "учреждение"),
    )
)
_LIKELY = 0.1
"""Parses of less are no reading: «суд» of «суда» ships."""


@dataclass(frozen=True, slots=True)
class Actors:
    """The parties of a request, acting or acted on; who else acts alone; and all persons and bodies named."""

    asking: tuple[tuple[str, bool], ...]
    alone: str | None
    named: frozenset[str]

    def meet(self, other: "Actors") -> bool:
        """Say whether one clause names who acts and the other whom it acts on: «одна извещает», «другая извещается»."""
        mine, others = dict(self.asking), dict(other.asking)
        return (
            len(mine) == len(others) == 1
            and mine.keys() != others.keys()
            and next(iter(mine.values())) != next(iter(others.values()))
        )

    def change_places(self, other: "Actors") -> bool:
        """Say whether who acts in one clause is acted on in the other.

        >>> one, two = actors("Работник уведомляет работодателя."), actors("Работодатель уведомляет работника.")
        >>> one.change_places(two), one.change_places(actors("Работодатель уведомляется работником."))
        (True, False)
        """
        mine, others = dict(self.asking), dict(other.asking)
        if any(mine[role] != others[role] for role in mine.keys() & others.keys()):
            return True
        both = self.named & other.named
        return self.alone != other.alone and self.alone in both and other.alone in both


@lru_cache(maxsize=8192)
def actors(text: str) -> Actors:
    """Read who acts, where the forms of words tell.

    >>> actors("Запрашиваемая Сторона уведомляет запрашивающую Сторону.").asking
    (('запрашиваемая', True), ('запрашивающая', False))
    >>> actors("Работнику работодателем предоставляется жилье.").alone
    'работодатель'
    """
    said = terms(text)
    persons = [(n, lemma) for n, t in enumerate(said) if (lemma := _person(t.form))]
    return Actors(tuple(_asking(said).items()), _alone(said, persons), frozenset(lemma for _, lemma in persons))


def _asking(said: tuple[Term, ...]) -> dict[str, bool]:
    """Say of the requesting and the requested party whether it acts or is acted on, where the forms tell."""
    passive = any(t.form.startswith(_TOLD) and t.form.endswith(("ется", "ются", "ится", "ятся")) for t in said)
    named = [(r, t.form) for t in said for r in _ASKING if t.form.startswith(r[:-2])]
    if all(form.endswith(("ий", "ый")) for _, form in named) and len(named) == len(_ASKING):
        # «Орган» is the same in the nominative and the accusative: the first one acts.
        return {role: n == int(passive) for n, (role, _) in enumerate(named)}
    out: dict[str, bool] = {}
    for role, form in named:
        if form.endswith(("ая", "ую")):
            out.setdefault(role, form.endswith("ая") and not passive)
    return out


def _alone(said: tuple[Term, ...], persons: list[tuple[int, str]]) -> str | None:
    """Return the only person or body that acts: in the nominative, of a passive verb in the instrumental."""
    verbs = [n for n, t in enumerate(said) if _is(t.form, "VERB", "PRTS")]
    if not verbs:
        return None
    passive = any(_passive(said[n].form) for n in verbs)
    wanted, first = ("ablt" if passive else "nomn"), verbs[0]
    acting = {
        lemma
        for n, lemma in persons
        if wanted in (cases := _cases(said[n].form)) and (len(cases) == 1 or (n < first and not passive))
    }
    return acting.pop() if len(acting) == 1 else None


@lru_cache(maxsize=20_000)
def _person(form: str) -> str:
    """Return the lemma of a person or a body, "" of anything else."""
    for term in terms(form):
        if any("NOUN" in tags and "anim" in tags and score >= _LIKELY for tags, score in parses(form)):
            return term.lemmas[0]
        return next((lemma for lemma in term.lemmas if lemma in _BODIES), "")
    return ""


@lru_cache(maxsize=20_000)
def _cases(form: str) -> frozenset[str]:
    cases = ("nomn", "gent", "datv", "accs", "ablt", "loct")
    return frozenset(
        case for tags, score in parses(form) if "NOUN" in tags and score >= _LIKELY for case in cases if case in tags
    )


@lru_cache(maxsize=20_000)
def _is(form: str, *kinds: str) -> bool:
    found = parses(form)
    return bool(found) and any(kind in found[0][0] for kind in kinds)


def _passive(form: str) -> bool:
    return form.endswith(("ся", "сь")) or _is(form, "PRTS")
