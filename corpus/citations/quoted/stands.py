"""Where words stand in a library when they do not stand where they were said to."""

from analyzers.lemmas import folded
from corpus.citations.quoted.verdict import Compared, QuotationVerdict, verify
from corpus.citations.quoted.words import printed, quoted_words
from corpus.clauses.tree import And, Form
from corpus.errors import QueryError
from corpus.library import Library

_TELLING = 5
"""Longest words of a quotation a clause must have to be looked at."""
_LOOKED_AT = 12
_FEWEST = 2
_LONG = 4


def stands_in(library: Library, quoted: str) -> tuple[str, str, Compared] | None:
    """Find a clause with the words of a quotation; return document, eId and how they agree."""
    words = {folded(w.form) for w in quoted_words(quoted).words if len(w.form) >= _LONG and w.form.isalpha()}
    telling = sorted(words, key=lambda w: (-len(w), w))[:_TELLING]
    if len(telling) < _FEWEST:
        return None
    try:
        found = library.recall(And(tuple(Form(w) for w in telling)), _LOOKED_AT)
    except QueryError:
        return None
    best: tuple[str, str, Compared] | None = None
    for recalled in found.clauses:
        clause = recalled.clause
        provision = library.get(clause.document).find(clause.eid)
        told = verify(quoted, [printed(provision)]) if provision else None
        if told is None or told.verdict not in (QuotationVerdict.EXACT, QuotationVerdict.NORMALISED):
            continue
        if told.verdict is QuotationVerdict.EXACT:
            return clause.document, told.eid or clause.eid, told
        best = best or (clause.document, told.eid or clause.eid, told)
    return best
