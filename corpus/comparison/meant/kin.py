"""Words of one family: запрос, запросить; отклонить, отклонение. Who does a deed is no word of its family."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_ALIKE: Final = 5
_OF_SHORTER: Final = 0.5
_OF_LONGER: Final = 0.4
"""Words of one family begin alike: so many letters, and so much of the shorter and of the longer one."""

_LONGEST: Final = 64
"""No word of a family has more letters; bounds what is kept of each."""

_SHORTEST: Final = 3
"""A root of fewer letters tells no family."""

_PERSON = re.compile(r"(?:тель|тельница|ник|ница|щик|чик|ант|ент|ист|лицо|датель|ец|арь)$")
_NO_PERSON = re.compile(r"(?:мент|цент|ответчик|месяц|конец|контингент|конец|учебник|источник|договорник|двигатель)$")

_ENDINGS = (
    # Verbs, the longest first; «-авать» and «-ача» are of «-ать»: передать, передавать, передача.
    *(
        "ировать",
        "овывать",
        "изовать",
        "овать",
        "евать",
        "авать",
        "ивать",
        "ывать",
        "нуть",
        "ти",
        "ать",
        "ять",
        "ить",
        "еть",
    ),
    *("ование", "ирование", "авание", "ивание", "ывание", "ание", "яние", "ение", "тие", "ация", "иция", "яция"),
    *("ача", "ка", "ство", "а"),
    # What a deed is like: возможность, возможный, возможно; письменный, письменно.
    *("ственность", "ственный", "ность", "ный", "но", "ие", "ия"),
)
_REPEATED = frozenset(("ивать", "ывать", "ивание", "ывание"))
_ENDING = re.compile(rf"(?:{'|'.join(sorted(_ENDINGS, key=len, reverse=True))})$")
_SOFT = (("жд", "д"), ("вл", "в"), ("пл", "п"), ("бл", "б"), ("мл", "м"), ("фл", "ф"), ("ст", "т"), ("ск", "т"))
_CHANGED = (
    *(("вес", "вод"), ("вед", "вод"), ("нес", "нос"), ("вез", "воз"), ("зв", "зыв"), ("зов", "зыв"), ("сл", "сыл")),
    *(("бр", "бир"), ("бор", "бир"), ("ня", "ним"), ("й", "ход"), ("чес", "чит"), ("учет", "учит")),
)
"""Roots of verbs that change: произвести, производить; внести, внесение; вызвать, вызов; принять, принимать; прийти."""
_ONE = str.maketrans({"щ": "т", "ч": "т", "ц": "т", "к": "т", "г": "ж", "з": "ж", "ш": "с"})
"""Last letters that change in a family: возвратить, возвращать; достигнуть, достижение; снизить, снижать."""


def root(lemma: str) -> str:
    """Return what the words of a family share; a person, and a word too short to tell, are families of their own.

    >>> {root(x) for x in ("возвратить", "возвращать", "возвращение", "возврат")}
    {'возврат'}
    >>> {root(x) for x in ("передать", "передавать", "передаваться", "передача")}
    {'перед'}
    >>> root("достигнуть") == root("достижение"), root("возместить") == root("возмещение"), root("получатель")
    (True, True, 'получатель')
    """
    return roots(lemma)[0]


@lru_cache(maxsize=100_000)
def roots(lemma: str) -> tuple[str, ...]:
    """Return the root, and the one with «о» for «а» where the vowel may have changed: приостанавливать."""
    bare = (
        lemma[:-2] if lemma.endswith(("ться", "тись")) else lemma.removesuffix("ь") if lemma.endswith("чь") else lemma
    )
    if is_person(bare):
        return (bare.removesuffix("ница") + "ник" if bare.endswith("ница") else bare,)
    found = _ENDING.search(bare, _SHORTEST)
    cut = bare[: found.start()] if found else bare
    for soft, hard in _SOFT:
        if cut.endswith(soft):
            cut = cut.removesuffix(soft) + hard
            break
    for short, full in _CHANGED:
        if cut.endswith(short) and len(cut) > len(short):
            cut = cut.removesuffix(short) + full
            break
    cut = cut[:-1] + cut[-1:].translate(_ONE)
    if not found or found[0] not in _REPEATED or (at := cut.rfind("а")) < len(cut) - _SHORTEST:
        return (cut,)
    return cut, cut[:at] + "о" + cut[at + 1 :]


def is_person(lemma: str) -> bool:
    """Say whether a lemma looks like one who does something, and not like the deed.

    >>> [is_person(word) for word in ("поставщик", "поставка", "работодатель", "документ", "участник")]
    [True, False, True, False, True]
    """
    return _PERSON.search(lemma) is not None and _NO_PERSON.search(lemma) is None


class Kin:
    """Families of some lemmas, by roots and by beginnings: the time of a question does not grow with their number."""

    def __init__(self, lemmas: Iterable[str]) -> None:
        self._roots: set[str] = set()
        self._lengths: dict[str, set[int]] = {}
        for lemma in lemmas:
            if len(lemma) <= _LONGEST and not is_person(lemma):
                self._roots.update(roots(lemma))
                for size in range(1, len(lemma) + 1):
                    self._lengths.setdefault(lemma[:size], set()).add(len(lemma))

    def of(self, lemma: str) -> bool:
        """Say whether one of the lemmas is of this one's family.

        >>> [Kin(["передача", "право"]).of(lemma) for lemma in ("передавать", "правонарушение")]
        [True, False]
        >>> Kin(["работник"]).of("работодатель")
        False
        """
        mine = len(lemma)
        if mine > _LONGEST or is_person(lemma):
            return False
        return not self._roots.isdisjoint(roots(lemma)) or any(
            _alike(size, min(mine, other), max(mine, other))
            for size in range(1, mine + 1)
            for other in self._lengths.get(lemma[:size], ())
        )


def _alike(same: int, shorter: int, longer: int) -> bool:
    return same >= min(_ALIKE, shorter) and same > _OF_SHORTER * shorter and same >= _OF_LONGER * longer
