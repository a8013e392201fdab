"""Parse tokens by grammar.lark into the shape of a query, before anything is known of the library."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Transformer
from lark import Token as LarkToken
from lark.lexer import Lexer

from corpus.errors import QueryError
from corpus.search.language.tokens import Distance, Token


@dataclass(frozen=True, slots=True)
class WordRow:
    """Items side by side."""

    items: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class All:
    """Operands of И."""

    parts: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Operands of ИЛИ."""

    parts: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """What must not match; `sign` is the operator as typed."""

    part: "Shape"
    sign: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What must match («+»)."""

    part: "Shape"


@dataclass(frozen=True, slots=True)
class Nearness:
    """Operands of РЯДОМ."""

    parts: tuple["Shape", ...]
    distance: Distance


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in brackets."""

    part: "Shape"


Shape = Token | WordRow | All | Either | Negation | Demand | Nearness | Group


class _Tokens(Lexer):
    """Hands tokens made elsewhere to lark."""

    def __init__(self, _conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[LarkToken]:  # type: ignore[override]  # lark's simple interface
        """Wrap each token."""
        for token in data:
            yield LarkToken(str(token.type), token)


class _Shapes(Transformer[LarkToken, Shape]):
    def start(self, children: list[Any]) -> Shape:
        shape: Shape = _bare(children[0])
        return shape

    def sequence(self, children: list[Any]) -> Shape:
        return WordRow(tuple(_bare(c) for c in children))

    def conjunction(self, children: list[Any]) -> Shape:
        return All(tuple(c for c in children if not isinstance(c, LarkToken)))

    def disjunction(self, children: list[Any]) -> Shape:
        return Either(tuple(c for c in children if not isinstance(c, LarkToken)))

    def negation(self, children: list[Any]) -> Shape:
        return Negation(_bare(children[1]), children[0].value.text)

    def demand(self, children: list[Any]) -> Shape:
        return Demand(_bare(children[1]))

    def group(self, children: list[Any]) -> Shape:
        return Group(_bare(children[1]))

    def nearness(self, children: list[Any]) -> Shape:
        operators = [c.value for c in children[1::2]]
        distances = {token.distance for token in operators}
        if len(distances) > 1:
            names = "» и «".join(dict.fromkeys(token.text for token in operators))
            raise QueryError(f"Неясно, к чему относятся «{names}» подряд. Поставьте скобки или одно расстояние.")
        return Nearness(tuple(_bare(c) for c in children[::2]), distances.pop())


def _bare(child: Any) -> Any:
    return child.value if isinstance(child, LarkToken) else child


@cache
def _parser() -> Lark:
    grammar = files("corpus.search.language").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer=_Tokens, transformer=_Shapes())


def parse(tokens: Sequence[Token]) -> Shape:
    """Parse mended tokens; there must be at least one."""
    shape: Shape = _parser().parse(tokens)  # type: ignore[assignment]
    return shape
