"""Languages told in provisions: of the text, of work, the one whose text prevails."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.lexicon.language_names import ADJECTIVE, NAME, language
from corpus.values.value import Passage, Value

_TONGUE = r"(?:язык[а-я]{0,4}+(?![а-я])|яз\.)"
_ONE = rf"(?>(?:(?<![а-я])на\s++)?+(?:{_TONGUE}\s++)?+{NAME}(?:\s*+\([^)]{{0,60}}+\))?+(?:\s++{_TONGUE})?+)"
_AND = r"(?:\s*+,\s*+(?:и\s++|а\s++также\s++)?+|\s++(?:и|а\s++также)\s++)"
_OR = r"(?:(?:\s*+,)?+\s++(?:либо|или|и\s*+\(\s*+или\s*+\)|и\s*+/\s*+или)\s++)"
_LIST = re.compile(rf"{_ONE}(?:(?>{_OR}|{_AND}){_ONE}){{0,30}}+")
_ITEM = re.compile(rf"(?P<on>(?<![а-я])на\s++)?+(?:{_TONGUE}\s++)?+(?P<name>{NAME})")
_EITHER = re.compile(r"(?<![а-я])(?:либо|или)(?![а-я])")
_SAID = re.compile(_TONGUE)
_TEXTS = re.compile(r"\s++(?:(?:вариант|верси)[а-я]{0,4}\s++)?+тексты(?![а-я])")
_CALLED = re.compile(
    r"язык[а-я]{0,4}\s(?:[а-я]{1,30}\s){0,6}?(?:явля[а-я]{1,6}|счита[а-я]{1,6}|служ[а-я]{1,6})\s{1,9}$"
)
_REACH = 200

_DISPUTE = re.compile(r"расхожден|разноглас|разночтен|различи|сомнен|толкован|(?<![а-я])спор")
_DIVERGENCE = re.compile(
    r"(?<![а-я])(?:в\s++случае|при)\s++(?:[а-я]{1,30}\s++){0,3}?(?:расхожд|разноглас|разночтен|различ|сомнен)|"
    r"для\s++целей\s++толкован"
)
_GIVES = re.compile(
    r"(?:обраща|использ|руководств|преимуществ|предпочт|основ|применя|приоритет|преобладающ|превалир|"
    r"силу\s++имеет|имеет\s++(?:большую\s++)?силу|отда[а-я]{1,4}(?![а-я])|определяющ|решающ|за\s++основу|бер[а-я]тся\s++за|"
    r"принимается\s++за)"
)
_ON = re.compile(rf"(?<![а-я])на\s++(?P<name>{NAME})\s++язык[а-я]{{0,3}}+")
_WHOSE = re.compile(
    rf"(?P<name>{ADJECTIVE})\s++(?:язык[а-я]{{0,4}}+\s++)?+(?:вариант[а-я]{{0,3}}+\s++|верси[а-я]{{1,3}}+\s++)?+"
    r"текст(?!ы|ов|ам|ах)"
)
_TEXT = re.compile(r"текст[а-я]{0,3}\s{1,9}$")
_BEFORE, _AFTER = 120, 60
"""Characters from the words that give the upper hand to the language, and from the language to them."""
_SENTENCE = re.compile(r"(?:[^.;]|[.;](?!\s|$))++")


@dataclass(frozen=True, slots=True)
class Languages:
    """Languages told together, in printed order: all of them, or any one (`any_one`: «либо», «и (или)»)."""

    names: tuple[str, ...]
    span: Span
    any_one: bool = False
    of_text: bool = False
    """Told as what a text is done in: «на русском языке», «русский и казахский тексты»."""

    @property
    def value(self) -> list[str] | dict[str, list[str]]:
        """Return the JSON form."""
        return {"any_of": list(self.names)} if self.any_one else list(self.names)

    @property
    def shown(self) -> str:
        """Return the form a person reads."""
        return (" или " if self.any_one else ", ").join(self.names)


def languages(text: str) -> Iterator[Languages]:
    """Find lists of languages: beside the word «язык», before «тексты», after «языками являются».

    >>> [found.names for found in languages("на языках хинди, русском и английском, каждый на казахском языке")]
    [('хинди', 'русский', 'английский'), ('казахский',)]
    >>> next(languages("на русском либо английском языке")).value
    {'any_of': ['русский', 'английский']}
    """
    low = folded(text)
    for match in _LIST.finditer(low):
        items = list(_ITEM.finditer(low, *match.span()))
        first = next((i for i, item in enumerate(items) if item["on"]), 0)
        begin = items[first].start()
        texts = _TEXTS.match(low, match.end())
        told = low[begin : match.end()]
        if not (_SAID.search(told) or texts or _CALLED.search(low[max(0, begin - _REACH) : begin])):
            continue
        names = tuple(dict.fromkeys(language(item["name"]) for item in items[first:]))
        span = Span(begin, texts.end() if texts else match.end())
        yield Languages(names, span, bool(_EITHER.search(told)), bool(items[first]["on"] or texts))


def of_text(text: str) -> Languages | None:
    """Read in what languages a text is done; the text that prevails when they differ is another matter.

    >>> of_text("Совершено на русском и казахском языках. При разногласиях используется текст на русском языке.").names
    ('русский', 'казахский')
    """
    differ = _DIVERGENCE.search(folded(text))
    found = languages(text[: differ.start()] if differ else text)
    return next((told for told in found if told.of_text), None)


def prevailing(text: str) -> tuple[str, Span] | None:
    """Read the text in which language decides when the texts differ, and where that is told.

    >>> prevailing("В случае разночтений за основу принимается русский текст.")[0]
    'русский'
    """
    low = folded(text)
    for sentence in _SENTENCE.finditer(low):
        dispute = _DISPUTE.search(sentence[0])
        found = _given(sentence[0]) or _only_one(sentence[0]) if dispute else None
        if found:
            return found[0], found[1].shifted(sentence.start())
    return None


def _given(sentence: str) -> tuple[str, Span] | None:
    for match in _ON.finditer(sentence):
        before = sentence[max(0, match.start() - _BEFORE) : match.start()]
        after = sentence[match.end() : match.end() + _AFTER]
        if _GIVES.search(before) or (_TEXT.search(before) and _GIVES.search(after)):
            return language(match["name"]), Span(*match.span("name"))
    whose = _WHOSE.search(sentence) if _GIVES.search(sentence) else None
    return (language(whose["name"]), Span(*whose.span())) if whose else None


def _only_one(sentence: str) -> tuple[str, Span] | None:
    differ = _DIVERGENCE.search(sentence)
    lists = list(languages(sentence[differ.start() :])) if differ else []
    if differ is None or len(lists) != 1 or len(lists[0].names) != 1:
        return None
    return lists[0].names[0], lists[0].span.shifted(differ.start())


_WORKS = re.compile(r"польз[оу]|использу|рабоч|составля|осуществля|направля|ведется|ведутся|подгот")
_DONE = re.compile(r"соверш|экземпляр|составлен|подписан|подлинник")


def working_languages(sources: Sequence[Passage]) -> Value | None:
    """Read in what languages the parties work; a duty only to translate names none."""
    found: list[tuple[Passage, Languages]] = []
    for passage in sources:
        text = passage.text
        if _WORKS.search(text) and not ("перевод" in text and not re.search(r"польз[оу]|рабоч", text)):
            found += [(passage, told) for told in languages(text)]
    if not found:
        return None
    passage, first = found[0]
    names = tuple(dict.fromkeys(name for _, told in found for name in told.names))
    every = Languages(names, first.span, any(told.any_one for _, told in found))
    return passage.value("рабочий язык", every.value, first.span, every.shown)


def text_languages(sources: Sequence[Passage]) -> Value | None:
    """Read in what languages the text is done."""
    for passage in sources:
        if _DONE.search(passage.text) and (told := of_text(passage.text)):
            return passage.value("языки текста", told.value, told.span, told.shown)
    return None


def prevailing_text(sources: Sequence[Passage]) -> Value | None:
    """Read the text of which language decides when the texts differ."""
    for passage in sources:
        if found := prevailing(passage.text):
            return passage.value("преимущественный текст", *found)
    return None
