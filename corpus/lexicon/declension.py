"""Case forms of names of bodies, states and acts: the head noun and the adjectives before it; the rest stays.

«Министерством внутренних дел Республики Казахстан» is declined in its first word only, because the words after the
head are genitives already. Heads come from a table, so nothing is guessed from a dictionary at reading speed.
"""

import re
import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from analyzers.letters import folded
from corpus.lexicon.acts import WORDS


class Case(StrEnum):
    """The six cases."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


# Endings in the order of Case; the first is cut from the nominative. Longer endings stand first.
_NOUN_ENDINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("n", "ие", ("ие", "ия", "ию", "ие", "ием", "ии")),
    ("f", "ия", ("ия", "ии", "ии", "ию", "ией", "ии")),
    ("n", "о", ("о", "а", "у", "о", "ом", "е")),
    ("n", "е", ("е", "я", "ю", "е", "ем", "е")),
    ("f", "а", ("а", "ы", "е", "у", "ой", "е")),
    ("f", "ь", ("ь", "и", "и", "ь", "ью", "и")),
    ("p", "ы", ("ы", "ов", "ам", "ы", "ами", "ах")),
    ("m", "", ("", "а", "у", "", "ом", "е")),
)
# The same in the plural, by gender and ending of the nominative singular.
_PLURALS: dict[tuple[str, str], tuple[str, ...]] = {
    ("n", "ие"): ("ия", "ий", "иям", "ия", "иями", "иях"),
    ("n", "о"): ("а", "", "ам", "а", "ами", "ах"),
    ("f", "ия"): ("ии", "ий", "иям", "ии", "иями", "иях"),
    ("f", "а"): ("ы", "", "ам", "ы", "ами", "ах"),
    ("f", "ь"): ("и", "ей", "ям", "и", "ями", "ях"),
    ("m", ""): ("ы", "ов", "ам", "ы", "ами", "ах"),
}
_PLURAL_STEMS = {"порядок": "порядк", "список": "списк"}
_PLURAL_IRREGULAR = {
    "перечень": tuple("перечн" + e for e in ("и", "ей", "ям", "и", "ями", "ях")),
    "статья": ("статьи", "статей", "статьям", "статьи", "статьями", "статьях"),
    "абзац": ("абзацы", "абзацев", "абзацам", "абзацы", "абзацами", "абзацах"),
}
_MASCULINE_SOFT = ("ь", "я", "ю", "я", "ем", "е")
_ADJECTIVES: dict[str, tuple[str, ...]] = {
    "m": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "n": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "p": ("ые", "ых", "ым", "ые", "ыми", "ых"),
}
_SOFT: dict[str, tuple[str, ...]] = {
    "m": ("ий", "его", "ему", "ий", "им", "ем"),
    "n": ("ее", "его", "ему", "ее", "им", "ем"),
    "f": ("яя", "ей", "ей", "юю", "ей", "ей"),
    "p": ("ие", "их", "им", "ие", "ими", "их"),
}
_IRREGULAR: dict[str, tuple[str, tuple[str, ...]]] = {
    "правила": ("p", ("правила", "правил", "правилам", "правила", "правилами", "правилах")),
    "основы": ("p", ("основы", "основ", "основам", "основы", "основами", "основах")),
    "силы": ("p", ("силы", "сил", "силам", "силы", "силами", "силах")),
    "перечень": ("m", ("перечень", "перечня", "перечню", "перечень", "перечнем", "перечне")),
    "статья": ("f", ("статья", "статьи", "статье", "статью", "статьей", "статье")),
    "абзац": ("m", ("абзац", "абзаца", "абзацу", "абзац", "абзацем", "абзаце")),
    "список": ("m", ("список", "списка", "списку", "список", "списком", "списке")),
    "порядок": ("m", ("порядок", "порядка", "порядку", "порядок", "порядком", "порядке")),
}
_ANIMATE = {"президент", "прокурор", "министр", "премьер-министр", "король", "губернатор", "аким", "султан"}
_SOFT_MASCULINE = {"председатель", "руководитель", "представитель", "король", "секретарь"}

_BODIES: list[str] = tomllib.loads(files("corpus.lexicon").joinpath("data/bodies.toml").read_text("utf-8"))["bodies"]
_INVARIABLE = {"бюро", "коммюнике"}


@lru_cache(maxsize=4096)
def _paradigm(lemma: str) -> tuple[str, tuple[str, ...]]:
    """Return gender (m, f, n or p) and the six forms of a noun of the tables."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma in _INVARIABLE:
        return "n", (lemma,) * 6
    if lemma in _SOFT_MASCULINE:
        return "m", tuple(lemma[:-1] + e for e in _MASCULINE_SOFT)
    gender, ending, endings = next(row for row in _NOUN_ENDINGS if lemma.endswith(row[1]))
    stem = lemma[: len(lemma) - len(ending)]
    forms = [stem + e for e in endings]
    if gender == "f" and ending == "а" and stem[-1] in "гкхжшщч":
        forms[1] = stem + "и"
    if lemma in _ANIMATE:
        forms[3] = forms[1]
    return gender, tuple(forms)


def singular(lemma: str) -> tuple[str, ...]:
    """Return the forms of a noun of the tables by case, then those only older texts have («конвенциею»).

    >>> singular("договор")[1], singular("правила")[4], singular("конвенция")[-1]
    ('договора', 'правилами', 'конвенциею')
    """
    gender, forms = _paradigm(lemma)
    older = (forms[4].removesuffix("й") + "ю",) if gender == "f" and forms[4].endswith("й") else ()
    return (*forms, *older)


def plural(lemma: str) -> tuple[str, ...]:
    """Return the forms of the plural by case; none for a noun that has no other number.

    >>> plural("протокол")[4], plural("соглашение")[1], plural("список")[0], plural("правила")
    ('протоколами', 'соглашений', 'списки', ())
    """
    if lemma in _PLURAL_IRREGULAR:
        return _PLURAL_IRREGULAR[lemma]
    gender = _paradigm(lemma)[0]
    if gender == "p" or lemma in _INVARIABLE:
        return ()
    ending = next(e for g, e, _ in _NOUN_ENDINGS if g == gender and lemma.endswith(e))
    stem = _PLURAL_STEMS.get(lemma, lemma[: len(lemma) - len(ending)])
    forms = [stem + e for e in _PLURALS[gender, ending]]
    return tuple(re.sub(r"([гкхжшщч])ы$", r"\1и", form) for form in forms)


def _index(words: list[str]) -> dict[str, list[tuple[str, int]]]:
    forms: dict[str, list[tuple[str, int]]] = {}
    for lemma in words:
        for case, form in enumerate(_paradigm(lemma)[1]):
            forms.setdefault(form, []).append((lemma, case))
    return forms


_HEADS = _index([*_BODIES, *WORDS])
_ADJECTIVE = re.compile(
    r"(?P<stem>[а-яё-]{0,64}?[бвгджзйклмнпрстфхцчшщ])(?P<end>ый|ий|ой|ое|ее|ая|яя|ую|юю|ого|его|ому|ему|ым|им|ом|ем|ей|"
    r"ые|ие|ых|их|ыми|ими)",
    re.IGNORECASE,
)
_SOFT_ENDS = {"его", "ему", "ем", "ей", "яя", "юю", "ее"}


def adjective(word: str, gender: str, case: int, *, animate: bool = False) -> str | None:
    """Put an adjective into a gender (m, f, n, p) and case (0 = nominative); None when the word is none."""
    match = _ADJECTIVE.fullmatch(word)
    if not match:
        return None
    stem, end = match["stem"], match["end"].lower()
    velar = stem[-1].lower() in "гкх"
    sibilant = stem[-1].lower() in "жшщч"
    soft = end in _SOFT_ENDS or (end in {"ий", "ие", "их", "им", "ими"} and not velar)
    endings = (_SOFT if soft else _ADJECTIVES)[gender]
    ending = endings[1] if animate and case == 3 else endings[case]
    if (velar or sibilant) and ending.startswith("ы"):
        ending = "и" + ending[1:]
    if sibilant and ending in {"яя", "юю"}:
        ending = {"яя": "ая", "юю": "ую"}[ending]
    return stem + ending


def _like(form: str, pattern: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return form.upper()
    if "-" in pattern and "-" in form:
        return "-".join(_like(a, b) for a, b in zip(form.split("-"), pattern.split("-"), strict=False))
    return form[:1].upper() + form[1:] if pattern[:1].isupper() else form


def head(phrase: str) -> tuple[int, str] | None:
    """Return the place (in words) and the lemma of the head noun; None when no word of the tables leads the phrase."""
    for place, word in enumerate(phrase.split()):
        found = _HEADS.get(folded(word))
        if found:
            return place, found[0][0]
        if not _ADJECTIVE.fullmatch(word.strip('«»"')):
            return None
    return None


def decline(phrase: str, case: Case) -> str:
    """Put a name into a case, whatever case it stands in; a name with an unknown head comes back as it is.

    >>> decline("Генеральной прокуратурой Российской Федерации", Case.NOMINATIVE)
    'Генеральная прокуратура Российской Федерации'
    >>> decline("Дополнительный протокол к Соглашению", Case.GENITIVE), decline("Верховный Суд", Case.INSTRUMENTAL)
    ('Дополнительного протокола к Соглашению', 'Верховным Судом')
    """
    found = head(phrase)
    if found is None:
        return phrase
    place, lemma = found
    number = list(Case).index(case)
    gender, forms = _paradigm(lemma)
    words = re.split(r"(\s++)", phrase.strip())
    for i in range(place):
        form = adjective(words[2 * i], gender, number, animate=lemma in _ANIMATE) or words[2 * i]
        words[2 * i] = form.upper() if words[2 * i].isupper() else form
    words[2 * place] = _like(forms[number], words[2 * place])
    return "".join(words)


def nominative(phrase: str) -> str:
    """Put a name into the nominative.

    >>> nominative("Министерством внутренних дел Республики Казахстан")
    'Министерство внутренних дел Республики Казахстан'
    """
    return decline(phrase, Case.NOMINATIVE)


def genitive(phrase: str) -> str:
    """Put a name into the genitive.

    >>> genitive("Федеральный закон"), genitive("Китайская Народная Республика")
    ('Федерального закона', 'Китайской Народной Республики')
    """
    return decline(phrase, Case.GENITIVE)
