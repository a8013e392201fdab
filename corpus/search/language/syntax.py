"""Parse tokens by grammar.lark into the shape of a query, before anything is known of the library."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
Child = Shape | LarkToken


class _Tokens(Lexer):
    """Hands tokens made elsewhere to lark."""

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, data: Sequence[Token]) -> Iterator[LarkToken]:  # type: ignore[override]  # lark's simple interface
        """Wrap each token."""
        for token in data:
            yield LarkToken(str(token.type), token)


class _Shapes(Transformer[LarkToken, Shape]):
    def start(self, children: list[Child]) -> Shape:
        return _bare(children[0])

    def sequence(self, children: list[Child]) -> Shape:
        return WordRow(tuple(_bare(c) for c in children))

    def conjunction(self, children: list[Child]) -> Shape:
        return All(tuple(c for c in children if not isinstance(c, LarkToken)))

    def disjunction(self, children: list[Child]) -> Shape:
        return Either(tuple(c for c in children if not isinstance(c, LarkToken)))

    def negation(self, children: list[Child]) -> Shape:
        return Negation(_bare(children[1]), _told(children[0]).text)

    def demand(self, children: list[Child]) -> Shape:
        return Demand(_bare(children[1]))

    def group(self, children: list[Child]) -> Shape:
        return Group(_bare(children[1]))

    def nearness(self, children: list[Child]) -> Shape:
        operators = [_told(c) for c in children[1::2]]
        distances = {token.distance for token in operators if token.distance is not None}
        if len(distances) > 1:
            names = "» и «".join(dict.fromkeys(token.text for token in operators))
            raise QueryError(f"Неясно, к чему относятся «{names}» подряд. Поставьте скобки или одно расстояние.")
        return Nearness(tuple(_bare(c) for c in children[::2]), distances.pop())


def _bare(child: Child) -> Shape:
    return _told(child) if isinstance(child, LarkToken) else child


def _told(child: Child) -> Token:
    """Give our own token, which lark's carries."""
    token: Token = child.value  # type: ignore[union-attr]  # the grammar says where its tokens stand
    return token


@cache
def _parser() -> Lark:
    grammar = files("corpus.search.language").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer=_Tokens, transformer=_Shapes())


def parse(tokens: Sequence[Token]) -> Shape:
    """Parse mended tokens; there must be at least one."""
    shape: Shape = _parser().parse(tokens)  # type: ignore[assignment]
    return shape
