"""The word streams of a clause that words, phrases and distances match in (see corpus.query.tree)."""

from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.sentences import sentences
from analyzers.terms import Term, readings, terms
from corpus import eid as eids
from corpus.clauses import Clause
from corpus.model import Kind
from corpus.query.tree import GAP


@dataclass(frozen=True, slots=True)
class Placed:
    """A word at its position in a stream, and the number of its sentence (the heading is sentence 0)."""

    position: int
    sentence: int
    form: str
    lemmas: tuple[str, ...]


def body(clause: Clause) -> tuple[Placed, ...]:
    """Return the body stream: the words of the heading, GAP empty positions, the words of the text."""
    heading = terms(clause.heading)
    found = terms(clause.text)
    numbers = _sentence_numbers(clause.text, found)
    at = len(heading) + GAP
    return (
        *(Placed(i, 0, t.form, t.lemmas) for i, t in enumerate(heading)),
        *(Placed(at + i, n, t.form, t.lemmas) for i, (t, n) in enumerate(zip(found, numbers, strict=True))),
    )


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


def unit(clause: Clause) -> str:
    """Return the eId of the stream a distance within an article runs in: its article, else the outermost provision."""
    chain = (*clause.path, clause.eid)
    return next((e for e in chain if eids.parse(e)[-1].kind is Kind.ARTICLE), chain[0])


def written(stream: Sequence[Placed]) -> str:
    """Write a body stream as one line a sentence, the heading's first; `read` reads it."""
    lines: list[list[str]] = [[]]
    for placed in stream:
        while len(lines) <= placed.sentence:
            lines.append([])
        lines[placed.sentence].append(placed.form)
    return "\n".join(" ".join(line) for line in lines)


def read(text: str) -> tuple[Placed, ...]:
    """Read what `written` wrote."""
    out: list[Placed] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        for form in line.split():
            out.append(Placed(at, number, form, readings(form)))
            at += 1
        if number == 0:
            at += GAP
    return tuple(out)
