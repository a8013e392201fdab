"""How likely Russian words follow one another, by part of speech, case, number and gender.

The table of 225 classes was counted by bench/syntax.py and holds no words but prepositions, conjunctions and particles.
"""

from functools import cache, lru_cache
from importlib import resources
from math import log

from analyzers.lemmas import parses

OWN = frozenset(
    """
    в во на о об обо к ко с со у из от до для без по за под над перед при между через про против после кроме
    согласно вместо путем ввиду вследствие а но что чтобы если как когда где также тоже либо не ни бы ли же лишь
    только да таки
    """.split()  # noqa: SIM905  a list to be read
)
"""Words that are classes of their own."""
AND = frozenset(("и", "или", "либо"))
"""Words that join likes: their class carries what stands before them."""
UNKNOWN, MIXED = "U", "X"
EXPRESSIONS: dict[str, dict[str, float]] = {
    "следующим": {"по": 3.0},
    "нижеследующем": {"о": 3.0},
    "с": {"вместе": 3.0, "согласно": 2.0},
    "ходе": {"в": 2.0},
    "виду": {"в": 3.0},
    "время": {"во": 3.0},
    "границу": {"за": 3.0},
    "границей": {"за": 3.0},
    "числе": {"том": 3.0},
    "бы": {"как": 1.0, "какого": 1.0},
}
"""Nats a word gains after another in fixed expressions."""
LEAST = 0.02
"""A reading's share of its word is at least this."""
_SAME = {"loc1": "loct", "loc2": "loct", "gen1": "gent", "gen2": "gent", "acc1": "accs", "acc2": "accs", "voct": "nomn"}
_CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))
_NAMES = frozenset(("Name", "Surn", "Patr"))
_PERSONAL = frozenset(("1per", "2per", "impr"))
_PLAIN = {
    "ADJS": "S",
    "PRTS": "S",
    "COMP": "D",
    "ADVB": "D",
    "PRED": "E",
    "INFN": "I",
    "GRND": "G",
    "PREP": "R",
    "CONJ": "J",
    "PRCL": "L",
}


def tag_of(grammemes: frozenset[str]) -> str:  # noqa: PLR0911  one return a part of speech
    """Return the class of a reading, by its OpenCorpora grammemes.

    >>> tag_of(frozenset("NOUN inan femn sing gent".split())), tag_of(frozenset("ADJF anim masc sing accs".split()))
    ('Ngentsf', 'Aaccssma')
    """
    case = next((c for g in sorted(grammemes) if (c := _SAME.get(g, g)) in _CASES), "")
    number = "p" if "plur" in grammemes else "s"
    if "ADJF" in grammemes or "PRTF" in grammemes:
        if "Fixd" in grammemes:
            return "Z"  # «его», «их»
        return ("T" if "PRTF" in grammemes else "A") + case + number + _gender(grammemes, case, number)
    if "NOUN" in grammemes:
        if grammemes & _NAMES:
            return "H" + case
        return "B" if "Abbr" in grammemes else "N" + case + number + _gender(grammemes, case, number)
    if grammemes & _PERSONAL:
        return "Y" + case  # «ты пишешь»: seldom in law
    if "NPRO" in grammemes:
        return ("Q" if "Af-p" in grammemes else "P") + case
    if "NUMR" in grammemes:
        return "M" + case
    if "VERB" in grammemes:
        return "V" + number
    return next((_PLAIN[g] for g in grammemes if g in _PLAIN), MIXED)


def _gender(grammemes: frozenset[str], case: str, number: str) -> str:
    gender = "" if number == "p" else next((g[0] for g in ("masc", "femn", "neut") if g in grammemes), "")
    lives = case == "accs" and gender in ("", "m")
    return gender + ("" if not lives else "a" if "anim" in grammemes else "i" if "inan" in grammemes else "")


def carried(tag: str) -> str:
    """Return what «и» remembers of the class before it.

    >>> carried("Tloctp"), carried("Hgent"), carried("в")
    ('Aloct', 'Ngent', '')
    """
    if tag[:1] in "ATNHPQM" and tag[1:5] in _CASES:
        return ("A" if tag[0] in "AT" else "N") + tag[1:5]
    return tag if tag in ("Vs", "Vp", "S", "I", "D") else ""


@lru_cache(maxsize=200_000)
def tags(word: str) -> tuple[tuple[str, float], ...]:
    """Return the classes of a folded word with their shares, which sum up to 1; of «и» the class is the word itself.

    >>> tags("с"), tags("сторон")
    ((('с', 1.0),), (('Ngentp', 1.0),))
    """
    if word in AND or word in OWN:
        return ((word, 1.0),)
    shares: dict[str, float] = {}
    for grammemes, score in parses(word):
        tag = tag_of(grammemes)
        shares[tag] = shares.get(tag, 0.0) + max(score, 1e-4)
    total = sum(shares.values())
    if not total:
        return ((UNKNOWN, 1.0),)
    kept = {tag: share / total for tag, share in shares.items() if share / total >= LEAST}
    return tuple(kept.items())


def followed(before: str, tag: str) -> str:
    """Return the class a word takes after another: «и» remembers.

    >>> followed("Ngentp", "и"), followed("Ngentp", "Vs")
    ('иNgent', 'Vs')
    """
    return tag + carried(before) if tag in AND else tag


def boundary(character: str) -> str:
    """Return the class of a mark or a line's end ("") beside words."""
    if not character or character in "\n.!?…":
        return "."
    if character.isdigit() or character in "№%":
        return "#"
    return "," if character in ",;:" else "(" if character in "([«" else ")" if character in ")]»" else "-"


class Table:
    """Nats gained (negative) or lost when one class follows another, against chance."""

    def __init__(self, text: str) -> None:
        head, *rows = text.strip().splitlines()
        self.names = tuple(head.split())
        self._rows = {
            name: {n: int(x) / -10 for n, x in zip(self.names, row.split(), strict=True)}
            for name, row in zip(self.names, rows, strict=True)
        }

    def cost(self, before: str, after: str) -> float:
        """Return the cost of a class after another; what law never held costs 4, after it anything may come."""
        row = self._rows.get(before)
        return row.get(after, 4.0) if row else 0.0


@cache
def table() -> Table:
    """Load the table (150 kB, 10 ms)."""
    return Table(resources.files("analyzers.repair").joinpath("syntax.txt").read_text("utf-8"))


@lru_cache(maxsize=100_000)
def arcs(before: str, word: str) -> tuple[tuple[float, str], ...]:
    """Return (cost in nats, class) of every reading of a folded word after a class."""
    costs = table()
    out = []
    for tag, share in tags(word):
        taken = followed(before, tag)
        out.append((costs.cost(before, taken) - log(share), taken))
    return tuple(out)


@lru_cache(maxsize=50_000)
def step_cost(before: str, after: str) -> float:
    """Return the cost of one class after another."""
    return table().cost(before, after)
