"""The word streams of a clause that words, phrases and distances match in (see corpus.clauses.tree)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzers.sentences import sentences
from analyzers.terms import READINGS, Term, readings, terms
from corpus.clauses.clause import Clause
from corpus.clauses.tree import GAP
from corpus.model import Variant


@dataclass(frozen=True, slots=True)
class Placed:
    """A word at its position in a stream, and the number of its sentence (the heading is sentence 0)."""

    position: int
    sentence: int
    form: str
    lemmas: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Forms the word may stand for (see Variant); their lemmas are among its own."""


@dataclass(frozen=True, slots=True)
class Variable(Term):
    """A word an uncertain repair would write otherwise: it spans all that repair would change."""

    others: tuple[str, ...] = ()


def words(text: str, variants: Sequence[Variant] = ()) -> tuple[Term, ...]:
    """Return the terms of a text; the first term of each variant's span has the lemmas of the variant too.

    >>> from analyzers.spans import Span
    >>> [(t.start, t.end, t.form, t.lemmas) for t in words("не делимый", (Variant(Span(0, 10), "неделимый"),))]
    [(0, 10, 'не', ('не', 'неделимый')), (3, 10, 'делимый', ('делимый', 'делить'))]
    """
    found = list(terms(text))
    for variant in variants:
        at = next((i for i, t in enumerate(found) if t.end > variant.span.start and t.start < variant.span.end), None)
        if at is not None:
            other, term = terms(variant.text), found[at]
            lemmas = dict.fromkeys((*term.lemmas, *(x for t in other for x in t.lemmas)))
            start, end = min(term.start, variant.span.start), max(term.end, variant.span.end)
            found[at] = Variable(start, end, term.form, tuple(lemmas)[:READINGS], tuple(t.form for t in other))
    return tuple(found)


def terms_of(clause: Clause) -> tuple[Term, ...]:
    """Return the terms of a clause's text."""
    return words(clause.text, [v for v in clause.variants if not v.in_heading])


def body(clause: Clause) -> tuple[Placed, ...]:
    """Return the body stream: the words of the heading, GAP empty positions, the words of the text."""
    heading = words(clause.heading, [v for v in clause.variants if v.in_heading])
    found = terms_of(clause)
    numbers = _sentence_numbers(clause.text, found)
    at = len(heading) + GAP
    return (
        *(Placed(i, 0, t.form, t.lemmas, _others(t)) for i, t in enumerate(heading)),
        *(Placed(at + i, n, t.form, t.lemmas, _others(t)) for i, (t, n) in enumerate(zip(found, numbers, strict=True))),
    )


def _others(term: Term) -> tuple[str, ...]:
    return term.others if isinstance(term, Variable) else ()


def context(clause: Clause) -> tuple[Placed, ...]:
    """Return the context stream: the words of each heading and lead-in above the clause, GAP positions after each."""
    out: list[Placed] = []
    at = 0
    for number, text in enumerate(clause.context):
        found = terms(text)
        out.extend(Placed(at + i, number, t.form, t.lemmas) for i, t in enumerate(found))
        at += len(found) + GAP
    return tuple(out)


def _sentence_numbers(text: str, found: Sequence[Term]) -> list[int]:
    """Number the sentence of each term, from 1."""
    ends = [span.end for span in sentences(text)] if found else []
    out, number = [], 0
    for term in found:
        while number < len(ends) - 1 and term.start >= ends[number]:
            number += 1
        out.append(number + 1)
    return out


def written(stream: Sequence[Placed]) -> str:
    """Write a body stream as one line a sentence, the heading's first; `read` reads it.

    A word is its form, and after a bar each other form it may stand for.
    """
    lines: list[list[str]] = [[]]
    for word in stream:
        while len(lines) <= word.sentence:
            lines.append([])
        lines[word.sentence].append("|".join((word.form, *word.others)))
    return "\n".join(" ".join(line) for line in lines)


def placed(word: str) -> Placed:
    """Read a word that `written` wrote; its place is 0.

    >>> placed("не|неделимый").lemmas
    ('не', 'неделимый')
    """
    form, *others = word.split("|")
    lemmas = readings(form)
    if others:
        lemmas = tuple(dict.fromkeys((*lemmas, *(x for o in others for x in readings(o)))))[:READINGS]
    return Placed(0, 0, form, lemmas, tuple(others))


def read(text: str) -> tuple[Placed, ...]:
    """Read what `written` wrote."""
    out: list[Placed] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        for word in line.split():
            out.append(replace(placed(word), position=at, sentence=number))
            at += 1
        if number == 0:
            at += GAP
    return tuple(out)
