"""Split a query into tokens, and mend what a person slipped in: quotes, brackets, operators without operands.

Every mend is told as a Correction; nothing is mended silently.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analyzers.lemmas import folded
from analyzers.spans import Span
from corpus.clauses.tree import Within
from corpus.errors import QueryError
from corpus.search.answers import QueryCorrection, Slip
from corpus.search.language.fieldnames import FIELDS

LONGEST = 1000
"""Characters of a query."""

DEEPEST = 20
"""Brackets within brackets, negations of negations counted."""

MOST_WORDS = 256
"""Words, phrases' words included."""

SHORTEST_PREFIX = 3
"""Letters before «*»."""

FARTHEST = 100
"""Positions of РЯДОМ/n."""


class Type(StrEnum):
    """Terminals of grammar.lark."""

    WORD = "WORD"
    FORM = "FORM"
    PREFIX = "PREFIX"
    PHRASE = "PHRASE"
    FIELD = "FIELD"
    NEAR = "NEAR"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    MINUS = "MINUS"
    PLUS = "PLUS"
    LPAR = "LPAR"
    RPAR = "RPAR"


@dataclass(frozen=True, slots=True)
class Distance:
    """How near: at most `positions` between, in order or in any, within a unit."""

    positions: int
    ordered: bool = False
    within: Within = Within.CLAUSE


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `field` is the name before «:», `exact` marks a phrase of exact forms."""

    type: Type
    text: str
    span: Span
    distance: Distance | None = None
    field: str = ""
    exact: bool = False


_QUOTES = '"«»“”„‟'
_PIECE = re.compile(
    rf"""
    (?P<blank>\s++)
  | (?P<open>\() | (?P<close>\))
  | (?P<near>(?:РЯДОМ|NEAR|ПЕРЕД|PRE)/(?P<n>[0-9]{{1,6}}|[А-Яа-яA-Za-z]{{1,64}}+))(?=[\s()]|$)
  | (?P<exact>=)?(?P<quoted>[{_QUOTES}](?P<inside>[^{_QUOTES}]*+)[{_QUOTES}])(?:~(?P<slop>[0-9]{{1,6}}))?
  | (?P<name>(?<![^\W\d_])[^\W\d_]++(?=:\S)|(?:{"|".join(FIELDS)})(?=:\s)):\s*+(?=[^\s()])(?!//)
    (?:[{_QUOTES}](?P<long>[^{_QUOTES}]*+)[{_QUOTES}]|(?P<value>[^\s(){_QUOTES}]++))
  | (?P<stray>[{_QUOTES}])
  | (?P<chunk>[^\s(){_QUOTES}]++)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WILD = re.compile(r"[*?](?=\w)")
"""A sign for any letters before or inside a word, which no query may have."""
_OPERATORS = {
    "И": Type.AND,
    "AND": Type.AND,
    "&": Type.AND,
    "&&": Type.AND,
    "ИЛИ": Type.OR,
    "OR": Type.OR,
    "|": Type.OR,
    "||": Type.OR,
    "НЕ": Type.NOT,
    "NOT": Type.NOT,
}
_UNITS = {
    "предложение": Within.SENTENCE,
    "предл": Within.SENTENCE,
    "sentence": Within.SENTENCE,
    "пункт": Within.CLAUSE,
    "п": Within.CLAUSE,
    "clause": Within.CLAUSE,
    "статья": Within.ARTICLE,
    "ст": Within.ARTICLE,
    "article": Within.ARTICLE,
}
_NEAR = ("РЯДОМ", "NEAR")
_NEARBY = 10
"""Positions of РЯДОМ without a number."""
_ANYWHERE = 10_000
_SIGNS = {"-": Type.MINUS, "−": Type.MINUS, "–": Type.MINUS, "+": Type.PLUS}
_BINARY = (Type.AND, Type.OR, Type.NEAR)
_UNARY = (Type.NOT, Type.MINUS, Type.PLUS)
_ATOMS = (Type.WORD, Type.FORM, Type.PREFIX, Type.PHRASE, Type.FIELD)


def tokenize(query: str) -> tuple[tuple[Token, ...], tuple[QueryCorrection, ...]]:
    """Split and mend; raise QueryError where a limit is passed."""
    if len(query) > LONGEST:
        raise QueryError(f"Запрос длиннее {LONGEST} знаков ({len(query)}). Сократите его.")
    tokens: list[Token] = []
    mended: list[QueryCorrection] = []
    for match in _PIECE.finditer(query):
        if match["stray"]:
            mended.append(_mend(Slip.QUOTE, match[0], "", "Кавычка без пары пропущена", match.start()))
        elif _is_dash(match):
            said = f"Знак «{match[0]}» между пробелами — тире; чтобы исключить слово, пишите знак слитно с ним"
            mended.append(_mend(Slip.OPERATOR, match[0], "", said, match.start()))
        elif not match["blank"]:
            if match["chunk"] and _WILD.search(match["chunk"].lstrip("=")):
                said = f"Знаки «?» и «*» ищут только в конце слова, звёздочкой: «запр*»; в «{match[0]}» они пропущены"
                mended.append(_mend(Slip.OPERATOR, match[0], "", said, match.start()))
            tokens.extend(read := _read(match))
            for token in read:
                if token.type is Type.NEAR and not match["near"]:
                    said = f"«{token.text}» без числа — это РЯДОМ/{_NEARBY}"
                    mended.append(_mend(Slip.OPERATOR, token.text, f"РЯДОМ/{_NEARBY}", said, token.span.start))
    if sum(len(token.text.split()) for token in tokens if token.type in _ATOMS) > MOST_WORDS:
        raise QueryError(f"В запросе больше {MOST_WORDS} слов. Сократите его.")
    balanced = _balanced(tokens, len(query), mended)
    kept = _without_strays(balanced, mended)
    _check_depth(kept)
    return tuple(kept), tuple(sorted(mended, key=lambda c: c.span))


def _is_dash(match: re.Match[str]) -> bool:
    """Say whether a minus stands apart: in «отказ – выдача» it is a mark of the sentence, and excludes nothing."""
    after = match.string[match.end() : match.end() + 1]
    return _SIGNS.get(match[0]) is Type.MINUS and (not after or after.isspace())


def _mend(slip: Slip, original: str, replacement: str, message: str, start: int) -> QueryCorrection:
    return QueryCorrection(slip, original, replacement, message, Span(start, start + len(original)))


def _read(match: re.Match[str]) -> list[Token]:
    span = Span(match.start(), match.end())
    if match["open"] or match["close"]:
        return [Token(Type.LPAR if match["open"] else Type.RPAR, match[0], span)]
    if match["near"]:
        return [Token(Type.NEAR, match[0], span, _distance(match["near"], match["n"]))]
    if match["quoted"]:
        slop = Distance(_checked(int(match["slop"]))) if match["slop"] else None
        return [Token(Type.PHRASE, match["inside"], span, slop, exact=bool(match["exact"]))]
    if match["name"]:
        name = folded(match["name"])
        if name in FIELDS:
            return [Token(Type.FIELD, match["long"] or match["value"] or "", span, field=name)]
        known = "ст, тип, сторона, орган, место, дата, тема, документ, уровень, язык, номер, название, файл"
        raise QueryError(f"Поля «{match['name']}» нет. Есть поля: {known}. Двоеточие внутри слова ищите в кавычках.")
    return _chunk(match[0], match.start())


def _distance(printed: str, n: str) -> Distance:
    ordered = printed.upper().startswith(("ПЕРЕД", "PRE"))
    if n.isdecimal():
        return Distance(_checked(int(n)), ordered)
    if folded(n) not in _UNITS:
        raise QueryError(f"После «/» ждут число слов или «предложение», «пункт», «статья», а стоит «{n}».")
    return Distance(_ANYWHERE, ordered, _UNITS[folded(n)])


def _checked(n: int) -> int:
    if n > FARTHEST:
        raise QueryError(f"Расстояние не больше {FARTHEST} слов, а указано {n}.")
    return n


def _chunk(text: str, start: int) -> list[Token]:
    """Read a run without blanks: signs, then an operator, an exact form, a prefix or a word."""
    signs = len(text) - len(text.lstrip("".join(_SIGNS)))
    out = [Token(_SIGNS[sign], sign, Span(start + i, start + i + 1)) for i, sign in enumerate(text[:signs])]
    text, start = text[signs:], start + signs
    span = Span(start, start + len(text))
    if text.endswith(":") and folded(text[:-1]) in FIELDS:
        raise QueryError(f"После «{text}» нужно значение.")
    if text.rstrip("/") in _NEAR:
        return [*out, Token(Type.NEAR, text, span, Distance(_NEARBY))]
    if text in _OPERATORS:
        return [*out, Token(_OPERATORS[text], text, span)]
    if text.startswith("=") and len(text) > 1:
        return [*out, Token(Type.FORM, text[1:], span)]
    if text.endswith("*") and text.strip("*"):
        if sum(c.isalnum() for c in text) < SHORTEST_PREFIX:
            raise QueryError(f"Перед «*» нужны хотя бы {SHORTEST_PREFIX} буквы: «{text}».")
        return [*out, Token(Type.PREFIX, text.rstrip("*"), span)]
    return [*out, Token(Type.WORD, text, span)] if any(c.isalnum() for c in text) else out


def _balanced(tokens: Sequence[Token], end: int, mended: list[QueryCorrection]) -> list[Token]:
    """Drop closing brackets without a pair, close what stays open, drop empty brackets."""
    kept: list[Token] = []
    opened = 0
    for token in tokens:
        if token.type is Type.RPAR and kept and kept[-1].type is Type.LPAR:
            kept.pop()
            opened -= 1
            mended.append(_mend(Slip.BRACKET, "()", "", "Пустые скобки пропущены", token.span.start - 1))
            continue
        if token.type is Type.RPAR and not opened:
            mended.append(_mend(Slip.BRACKET, ")", "", "Скобка без пары пропущена", token.span.start))
            continue
        opened += {Type.LPAR: 1, Type.RPAR: -1}.get(token.type, 0)
        kept.append(token)
    while opened and kept and kept[-1].type is Type.LPAR:
        mended.append(_mend(Slip.BRACKET, "(", "", "Скобка без пары пропущена", kept.pop().span.start))
        opened -= 1
    if opened:
        mended.append(
            QueryCorrection(Slip.BRACKET, "", ")" * opened, "Незакрытая скобка закрыта в конце", Span(end, end))
        )
    return [*kept, *[Token(Type.RPAR, ")", Span(end, end))] * opened]


def _without_strays(tokens: Sequence[Token], mended: list[QueryCorrection]) -> list[Token]:
    """Drop operators that lack an operand; doing so may leave brackets empty, so go on until nothing changes."""
    kept = list(tokens)
    while True:
        before = len(kept)
        for i in range(len(kept) - 1, -1, -1):
            if i >= len(kept) or not _stray(kept, i):
                continue
            token = kept.pop(i)
            if token.type is Type.LPAR:
                kept.pop(i)
            elif token.text != "–":
                message = f"Оператор «{token.text}» без слова рядом пропущен"
                mended.append(_mend(Slip.OPERATOR, token.text, "", message, token.span.start))
        if len(kept) == before:
            return kept


def _stray(tokens: Sequence[Token], i: int) -> bool:
    here = tokens[i].type
    before = tokens[i - 1].type if i else None
    after = tokens[i + 1].type if i + 1 < len(tokens) else None
    begins = (*_ATOMS, Type.LPAR)
    if here is Type.LPAR:
        return after is Type.RPAR
    if here is Type.NEAR:
        return before not in (*_ATOMS, Type.RPAR) or after not in begins
    if here in _BINARY:
        return before not in (*_ATOMS, Type.RPAR) or after not in (*begins, *_UNARY)
    if here in _UNARY:
        return after not in (*begins, *_UNARY)
    return False


def _check_depth(tokens: Sequence[Token]) -> None:
    depth = run = 0
    for token in tokens:
        depth += {Type.LPAR: 1, Type.RPAR: -1}.get(token.type, 0)
        run = run + 1 if token.type in _UNARY else 0
        if depth + run > DEEPEST:
            raise QueryError(f"Скобки или отрицания вложены глубже {DEEPEST}. Упростите запрос.")
