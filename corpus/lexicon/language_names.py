"""Names of languages: «русский», «хинди», «иврит», in any case; the table `data/languages.toml`."""

import re
import tomllib
from importlib.resources import files

from corpus.lexicon.alternation import any_of

_TABLE: dict[str, dict[str, str]] = tomllib.loads(
    files("corpus.lexicon").joinpath("data/languages.toml").read_text("utf-8")
)
CODES = _TABLE["codes"] | _TABLE["bare"]
"""ISO 639-3 codes by name."""
_DECLINED = ("", "а", "у", "ом", "е")
_BARE = {
    form: name
    for name in _TABLE["bare"]
    for form in ([name] if name[-1] in "аеиоу" else [name + ending for ending in _DECLINED])
}
ADJECTIVE = r"(?>(?<![а-я-])(?:[а-я]{2,24}+-)?+[а-я]{2,24}?[сц]к(?:ий|ого|ому|им|ом|их|ими|ие|ой|ая|ую|ое)(?![а-я-]))"
"""A language's adjective in any case and number, over folded text."""
NAME = rf"(?:{ADJECTIVE}|(?<![а-я-]){any_of(_BARE)}(?![а-я-]))"
"""A language's name in any case, over folded text."""
_ENDING = re.compile(r"(?<=[сц]к)(?:ий|ого|ому|им|ом|их|ими|ие|ой|ая|ую|ое)$")


def language(name: str) -> str:
    """Return the nominative of a folded name.

    >>> language("казахском"), language("немецкими"), language("хинди"), language("иврите")
    ('казахский', 'немецкий', 'хинди', 'иврит')
    """
    return _BARE.get(name) or _ENDING.sub("ий", name)
