"""Check somebody's text: its citations, its quotations, and what it cites."""
from dataclasses import dataclass
from corpus.citations.answering import CitationAnswer, answer
from corpus.citations.quotations import Quotation
from corpus.library import Library

@dataclass(frozen=True, slots=True)
class Checked:
    """What a text cites and quotes."""

    citations: tuple[CitationAnswer, ...]
    quotations: tuple[Quotation, ...]

def citecheck(text: str, library: Library) -> Checked:
    """Check the citations and quotations of a text."""
    found = answer(text, library)
    return Checked(found, tuple(c.quotation for c in found if c.quotation))
