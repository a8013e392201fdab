"""Stems that a family of words shares: регистрация, регистрировать, регистрационный."""

import re
from functools import lru_cache

from analyzers.lemmas import is_known

SHORTEST = 4
"""Letters of a stem that tells a family."""

_ENDINGS = sorted(
    (
        "ировать",
        "изировать",
        "овать",
        "евать",
        "ывать",
        "ивать",
        "ать",
        "ять",
        "ить",
        "еть",
        "нуть",
        "ти",
        "ирование",
        "изирование",
        "ование",
        "евание",
        "ывание",
        "ивание",
        "ание",
        "яние",
        "ение",
        "ация",
        "яция",
        "иция",
        "ция",
        "ия",
        "ие",
        "ье",
        "тие",
        "ость",
        "есть",
        "ество",
        "ство",
        "тельство",
        "ник",
        "щик",
        "чик",
        "атель",
        "итель",
        "тель",
        "ист",
        "изм",
        "ант",
        "ент",
        "ор",
        "ер",
        "ка",
        "ок",
        "а",
        "я",
        "о",
        "е",
        "ь",
        "й",
        "ы",
        "и",
        "ический",
        "еский",
        "ский",
        "ированный",
        "изированный",
        "ованный",
        "енный",
        "анный",
        "янный",
        "нный",
        "ный",
        "ной",
        "ний",
        "тельный",
        "ительный",
        "ательный",
        "ационный",
        "ционный",
        "ивный",
        "овый",
        "евый",
        "ый",
        "ий",
        "ой",
        "альный",
        "арный",
        "ующий",
        "ающий",
        "яющий",
        "ящий",
        "ащий",
        "ющий",
        "вший",
        "авший",
        "ивший",
        "емый",
        "имый",
    ),
    key=len,
    reverse=True,
)
_ENDING = re.compile("(?:" + "|".join(_ENDINGS) + ")$")
_SOFTENED = (("жд", "д"), ("вл", "в"), ("пл", "п"), ("бл", "б"), ("мл", "м"), ("щ", "т"), ("ч", "к"), ("ц", "к"))


@lru_cache(maxsize=100_000)
def stem(lemma: str) -> str:
    """Return what a family shares, "" where too little is left to tell.

    >>> stem("регистрация"), stem("регистрировать"), stem("регистрационный"), stem("суд")
    ('регистр', 'регистр', 'регистр', '')
    """
    bare = re.sub(r"(?:ся|сь)$", "", lemma)
    match = _ENDING.search(bare, SHORTEST)
    root = bare[: match.start()] if match else bare
    for soft, hard in _SOFTENED:
        if root.endswith(soft) and len(root) - len(soft) + len(hard) >= SHORTEST:
            root = root[: -len(soft)] + hard
            break
    return root if len(root) >= SHORTEST and root.isalpha() else ""


_PREFIXES = ("по", "за", "про", "пере", "до", "под", "при", "вы", "от", "на", "из", "ис", "раз", "рас", "с", "у", "о")
_VERB = re.compile("ть(?:ся)?$")


def unprefixed(lemma: str) -> tuple[str, ...]:
    """Return the verbs a verb is made of by a prefix: поспорить of спорить.

    >>> unprefixed("поспорить"), unprefixed("спор")
    (('спорить',), ())
    """
    if not _VERB.search(lemma):
        return ()
    rests = [lemma[len(p) :] for p in _PREFIXES if lemma.startswith(p)]
    return tuple(rest for rest in rests if len(rest) > SHORTEST and is_known(rest))


_IMPERFECTIVE = re.compile("([иы]?в)ать(ся)?$")


def paired(lemma: str) -> tuple[str, ...]:
    """Return the verbs that may be the other aspect of a verb: слить of сливать, записать of записывать.

    >>> paired("сливать"), paired("записывать"), paired("слить"), paired("спор")
    (('слить', 'слать'), ('записыть', 'записать', 'записить'), ('сливать',), ())
    """
    if not _VERB.search(lemma):
        return ()
    back = "ся" if lemma.endswith("ся") else ""
    found = _IMPERFECTIVE.search(lemma)
    if found is None:
        return (lemma.removesuffix("ся")[:-2] + "вать" + back,)
    begun = lemma[: found.start()]
    if found[1] == "в":
        return (begun + "ть" + back,)
    return tuple(dict.fromkeys(begun + end + back for end in (found[1][0] + "ть", "ать", "ить")))
