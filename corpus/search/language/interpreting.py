"""From the shape of a query to what is searched: conditions for the engine, words to rank by, an account of both."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from analyzers.lemmas import lemmas as lemmas_of
from analyzers.spans import Span
from analyzers.terms import Term, terms
from corpus.clauses.tree import And, Everything, Field, Form, Near, Node, Not, Or, Phrase, Prefix, Word
from corpus.errors import QueryError
from corpus.library import Library
from corpus.search.answers import QueryCorrection, SearchOptions
from corpus.search.language.filters import read_filter
from corpus.search.language.mending import Mender, layout_correction, number_correction, spelling_correction
from corpus.search.language.syntax import All, Demand, Either, Group, Nearness, Negation, Shape, WordRow, parse
from corpus.search.language.tokens import Token, Type, tokenize
from corpus.search.meaning.concepts import QueryWord
from corpus.search.meaning.thesaurus import thesaurus, whole

MOST_FORMS = 2000
"""Words of the library one prefix may stand for."""

MOST_COMBINATIONS = 64
"""Alternatives inside РЯДОМ, multiplied out."""

Leaf = Word | Form | Prefix

_ARTICLE = re.compile(r"(?<![\w:\"«])ст\.?\s?(\d++(?:[.-]\d++)*)(?![\w:])", re.IGNORECASE)
"""«ст. 6 отказ» means `ст:6 отказ`; the replacement is as long, so that places in the query stay."""


@dataclass(frozen=True, slots=True)
class Read:
    """A query as read: `node` must match (None: nothing must), `wishes` rank and need not all match.

    `words` are all positive words, wishes included.
    """

    node: Node | None
    wishes: tuple[QueryWord, ...]
    words: tuple[QueryWord, ...]
    corrections: tuple[QueryCorrection, ...]
    strict: bool


@dataclass(slots=True)
class _Reader:
    library: Library
    options: SearchOptions
    mender: Mender
    corrections: list[QueryCorrection] = field(default_factory=list)
    words: list[QueryWord] = field(default_factory=list)
    negated: int = 0

    def terms(self, text: str, start: int, *, mend: bool = True) -> tuple[Term, ...]:
        """Analyse a text of the query, mending layout and spelling; terms lie in the query as typed."""
        mend = mend and not self.options.as_typed
        meant = self.mender.layout(text) if mend else None
        if meant:
            self.corrections.append(layout_correction(text, meant, start))
            text = meant
        found = []
        for term in terms(text):
            word = self.mender.spelling(term.form) if mend else None
            number = self.mender.number(term.form) if mend else None
            if word or number:
                told = number_correction if number else spelling_correction
                word = word or number or ""
                self.corrections.append(told(text[term.start : term.end], word, start + term.start))
                term = Term(term.start, term.end, word, terms(word)[0].lemmas)  # noqa: PLW2901
            found.append(Term(term.start + start, term.end + start, term.form, whole(term)))
        return tuple(found)

    def note(self, found: Sequence[Term]) -> tuple[QueryWord, ...]:
        """Remember positive words, for ranking and explanation."""
        words = tuple(_word(t) for t in found)
        if not self.negated:
            self.words.extend(words)
        return words

    def strict(self, shape: Shape) -> Node | None:  # noqa: PLR0911  one return for each shape
        """Read a shape whose every part must match; None when nothing is left of it."""
        match shape:
            case Token():
                return self.atom(shape)
            case Group(part) | Demand(part):
                return self.strict(part)
            case Negation(part):
                inner = unwrapped(part)
                if isinstance(inner, Negation):
                    return self.strict(inner.part)
                self.negated += 1
                node = self.strict(part)
                self.negated -= 1
                return denied(node) if node else None
            case Nearness():
                return self.nearness(shape)
            case WordRow(items):
                return joined(And, [self.strict(item) for item in items])
            case All(parts):
                return joined(And, [self.strict(part) for part in parts])
            case Either(parts):
                return joined(Or, [self.strict(part) for part in parts])

    def atom(self, token: Token) -> Node | None:
        """Read a word, phrase, exact form, prefix or field."""
        if token.type is Type.FIELD:
            return read_filter(self.library, token)
        if token.type is Type.PHRASE:
            return self.phrase(token)
        if token.type is Type.PREFIX:
            return self.prefix(token)
        if token.type is Type.WORD and (number := self.grouped(token)):
            return number
        found = self.terms(token.text, token.span.start, mend=token.type is Type.WORD)
        self.note(found)
        leaves: tuple[Leaf, ...]
        if token.type is Type.FORM:
            leaves = tuple(Form(t.form, Span(t.start, t.end)) for t in found)
        else:
            leaves = tuple(Word(t.form, t.lemmas, span=Span(t.start, t.end)) for t in found)
        if len(leaves) < 2:
            return leaves[0] if leaves else None
        return Phrase(leaves, token.span)

    def prefix(self, token: Token) -> Node | None:
        """Read `слово*`; raise QueryError when it stands for too many words."""
        found = self.terms(token.text, token.span.start, mend=False)
        if not found:
            return None
        if self.mender.layout(token.text):
            found = self.terms(token.text, token.span.start)
        last = found[-1]
        held = self.library.terms(last.form, MOST_FORMS + 1)
        if len(held) > MOST_FORMS:
            raise QueryError(f"«{token.text}*» означает больше {MOST_FORMS} слов библиотеки. Допишите ещё букву.")
        expanded = dict.fromkeys(lemma for form, _ in held[:50] for lemma in lemmas_of(form)[:1])
        if not self.negated:
            self.words.append(QueryWord(f"{last.form}*", last.form, tuple(expanded), token.span))
        leaves = [*(Word(t.form, t.lemmas, span=Span(t.start, t.end)) for t in found[:-1])]
        node = Prefix(last.form, token.span)
        return Phrase((*leaves, node), token.span) if leaves else node

    def phrase(self, token: Token) -> Node | None:
        """Read a phrase, its words in any form, exact («=») or cut short («*»)."""
        leaves: list[Leaf] = []
        inside = token.span.start + (2 if token.exact else 1)
        at = 0
        for chunk in token.text.split():
            at = token.text.index(chunk, at)
            start = inside + at
            at += len(chunk)
            exact = token.exact or chunk.startswith("=")
            found = self.terms(chunk, start, mend=not exact and not chunk.endswith("*"))
            self.note(found)
            for t in found:
                span = Span(t.start, t.end)
                cut = t is found[-1] and chunk.endswith("*") and len(t.form) >= 3
                leaf: Leaf = Prefix(t.form, span) if cut else Form(t.form, span)
                leaves.append(leaf if cut or exact else Word(t.form, t.lemmas, span=span))
        if not leaves:
            return None
        if token.distance and len(leaves) > 1:
            return Near(tuple(leaves), token.distance.positions, span=token.span)
        return leaves[0] if len(leaves) == 1 else self.hyphenated(Phrase(tuple(leaves), token.span))

    def hyphenated(self, phrase: Phrase) -> Node:
        """Let two words of a phrase stand joined by a hyphen too, where the library has them so."""
        ways: list[Node] = [phrase]
        for i, (one, other) in enumerate(pairwise(phrase.words)):
            if not (isinstance(one, Word) and isinstance(other, Word)):
                continue
            if joint := self.mender.hyphenated(one.text, other.text):
                word = Word(joint, lemmas_of(joint), span=Span(one.span.start, other.span.end))
                rest = (*phrase.words[:i], word, *phrase.words[i + 2 :])
                ways.append(Phrase(rest, phrase.span) if len(rest) > 1 else word)
        return ways[0] if len(ways) == 1 else Or(tuple(ways), phrase.span)

    def grouped(self, token: Token) -> Node | None:
        """Read a long number as it is printed in groups; None where it is none, or stands in the library as typed."""
        groups = () if self.options.as_typed else self.mender.grouped(token.text)
        if not groups:
            return None
        self.corrections.append(number_correction(token.text, " ".join(groups), token.span.start))
        if not self.negated:
            self.words.extend(QueryWord(g, g, (g,), token.span) for g in groups)
        return Phrase(tuple(Form(group, token.span) for group in groups), token.span)

    def nearness(self, shape: Nearness) -> Node | None:
        """Read РЯДОМ; alternatives in brackets are multiplied out."""
        parts = [list(self.near_operand(part)) for part in shape.parts]
        if any(not alternatives for alternatives in parts):
            return None
        combinations = 1
        for alternatives in parts:
            combinations *= len(alternatives)
        if combinations > MOST_COMBINATIONS:
            raise QueryError(f"В РЯДОМ получается больше {MOST_COMBINATIONS} сочетаний. Сократите скобки.")
        d = shape.distance
        nodes = [Near(tuple(chosen), d.positions, d.ordered, d.within) for chosen in product(*parts)]
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def near_operand(self, shape: Shape) -> Iterator[Leaf | Phrase]:
        """Yield the words or phrases an operand of РЯДОМ stands for; raise QueryError for anything else."""
        match shape:
            case Group(part):
                yield from self.near_operand(part)
            case WordRow((only,)):
                yield from self.near_operand(only)
            case Either(parts):
                for part in parts:
                    yield from self.near_operand(part)
            case Token():
                node = self.atom(shape)
                if isinstance(node, Word | Form | Prefix | Phrase):
                    yield node
                elif node is not None:
                    raise QueryError("РЯДОМ связывает слова и фразы, а не поля и не расстояния.")
            case _:
                raise QueryError("РЯДОМ связывает слова, фразы и их варианты в скобках: (отказ ИЛИ отклонение).")

    def wished(self, items: Sequence[Shape]) -> tuple[Node | None, tuple[QueryWord, ...]]:
        """Read a row without operators: its bare words are wishes, all else is a condition."""
        conditions: list[Node | None] = []
        wishes: list[QueryWord] = []
        for item in items:
            if isinstance(item, Token) and item.type is Type.WORD and not self.mender.grouped(item.text):
                wishes.extend(self.note(self.terms(item.text, item.span.start)))
            else:
                conditions.append(self.strict(item))
        return joined(And, conditions), tuple(wishes)


def unwrapped(shape: Shape) -> Shape:
    """Take off brackets and rows around a single item."""
    while True:
        match shape:
            case Group(part) | WordRow((part,)):
                shape = part
            case _:
                return shape


def _word(term: Term) -> QueryWord:
    known = thesaurus()
    idle = term.form in known.idle or term.lemmas[0] in known.idle
    common = term.lemmas[0] in known.common
    return QueryWord(term.form, term.form, term.lemmas, Span(term.start, term.end), idle, common)


def denied(node: Node) -> Node:
    """Negate a condition; negations of negations fall out: НЕ (НЕ x ИЛИ НЕ y) is x И y."""
    match node:
        case Not(part):
            return part
        case And(parts) | Or(parts) if all(isinstance(part, Not) for part in parts):
            return joined(Or if isinstance(node, And) else And, [denied(part) for part in parts]) or Everything()
        case _:
            return Not(node)


def joined(kind: type[And] | type[Or], parts: Sequence[Node | None]) -> Node | None:
    """Join what is there; one part stands alone."""
    there = [part for part in parts if part is not None]
    if len(there) < 2:
        return there[0] if there else None
    flat = [x for part in there for x in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))


def read(library: Library, query: str, options: SearchOptions) -> Read:
    """Read a query; raise QueryError outside the limits and where it is ambiguous."""
    mender = Mender(library)
    corrections: list[QueryCorrection] = []
    if not options.as_typed and (meant := mender.layout(query)):
        corrections.append(layout_correction(query, meant, 0))
        query = meant
    tokens, slips = tokenize(_ARTICLE.sub(lambda m: f"ст:{m[1]}".ljust(len(m[0])), query))
    corrections.extend(slips)
    if not tokens:
        return Read(None, (), (), tuple(corrections), strict=False)
    shape = parse(tokens)
    while isinstance(shape, Group) or (
        isinstance(shape, WordRow) and len(shape.items) == 1 and isinstance(shape.items[0], Group)
    ):
        shape = shape.part if isinstance(shape, Group) else shape.items[0]
    reader = _Reader(library, options, mender, corrections)
    wishes: tuple[QueryWord, ...] = ()
    if isinstance(shape, WordRow) and not options.all_words:
        node, wishes = reader.wished(shape.items)
    else:
        node = reader.strict(shape)
    return Read(node, wishes, tuple(reader.words), tuple(corrections), strict=not wishes)


def is_filter(node: Node) -> bool:
    """Say whether a node holds no words to find: filters and exclusions only."""
    match node:
        case Field() | Not() | Everything():
            return True
        case And(parts) | Or(parts):
            return all(is_filter(part) for part in parts)
        case _:
            return False
