"""A quotation of somebody's text, compared with the provisions its citation means, then with the rest."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.citations.quoted.stands import stands_in
from corpus.citations.quoted.verdict import Compared, QuotationVerdict, WordChange, verify
from corpus.citations.quoted.words import Printed, printed, printed_units, quoted_words
from corpus.citations.resolve.resolving import Resolution, Target
from corpus.eid import parent
from corpus.library import Library
from corpus.model import Document

_FEWEST_ALONE = 5
"""Words of a quotation by no citation that are no title and no term."""
_MOST_ACTS = 20
_FEWEST_ABSENT = 3
"""Fewer words that stand nowhere are the writer's own term: «паромный сбор»."""
_NEAR = 0.85
"""A quotation so like the words where it is said to stand is theirs, though it stands elsewhere too."""
_LIKELY = 0.7
"""A quotation by no sure citation that is so like words cited near it is of them."""
_NEGATED = re.compile(r"\b(?:не|ни)\s{1,3}[«\"“„]$", re.IGNORECASE)
_STANDS = (QuotationVerdict.EXACT, QuotationVerdict.NORMALISED)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation at `span` of the text.

    `document` and `eid` are where it stands, or the words most like it where it should; `found` is where absent words
    stand instead; `citation` is the number of its citation, None for words by none.
    """

    span: Span
    text: str
    verdict: QuotationVerdict
    document: str | None = None
    eid: str | None = None
    why: tuple[str, ...] = ()
    changes: tuple[WordChange, ...] = ()
    found: tuple[str, str] | None = None
    citation: int | None = None
    printed: str = ""
    """The exact words to put in the place of a quotation that differs."""


Cited = tuple[int, Resolution]
"""The number of a citation and what it means."""


class Quotations:
    """Compares quotations with a library's documents, each read once."""

    def __init__(
        self, library: Library, document: Callable[[str], Document], pause: Callable[[], None] = lambda: None
    ) -> None:
        self._library, self._document, self._pause = library, document, pause
        self._printed: dict[tuple[str, str, bool], tuple[Printed, ...]] = {}

    def check(self, text: str, span: Span, meant: Sequence[Cited], near: Sequence[Cited] = ()) -> Quotation | None:
        """Compare a quotation with what its citations mean, then with those near it; a short one by none is a term."""
        quoted = text[slice(*span)]
        words = len(quoted_words(quoted).words)
        if not meant and not near:
            return self._alone(quoted, span) if words >= _FEWEST_ALONE else None
        negated = bool(_NEGATED.search(text[max(0, span.start - 12) : span.start]))
        told, likeness, resolution = self._told(quoted, span, meant, negated=negated)
        if told.verdict in _STANDS or (told.verdict is QuotationVerdict.DIFFERS and likeness >= _NEAR):
            return told
        other, likely, _ = self._told(quoted, span, near if words >= _FEWEST_ABSENT else (), negated=negated)
        if likely > likeness and (other.verdict in _STANDS or likely >= _LIKELY):
            return other
        if resolution is None:
            return self._alone(quoted, span) if words >= _FEWEST_ALONE else None
        return self._not_there(told, resolution, words)

    def _not_there(self, told: Quotation, resolution: Resolution, words: int) -> Quotation | None:
        """Tell where words stand that do not stand where they should, else what is most like them there."""
        found = self._elsewhere(told.text, resolution)
        if found is not None:
            return Quotation(told.span, told.text, QuotationVerdict.ABSENT, found=found, citation=told.citation)
        if told.verdict is QuotationVerdict.DIFFERS:
            return told
        return None if words < _FEWEST_ABSENT else replace(told, document=None, eid=None)

    def _told(
        self, quoted: str, span: Span, meant: Sequence[Cited], *, negated: bool
    ) -> tuple[Quotation, float, Resolution | None]:
        """Return what is told of a quotation by the citation that fits it best, how like it is, and what that means."""
        bests = [(*self._best(quoted, self._targets(r), negated=negated), number, r) for number, r in meant]
        if not bests:
            return Quotation(span, quoted, QuotationVerdict.ABSENT), 0.0, None
        best, document, number, resolution = max(bests, key=lambda b: _rank(b[0]))
        told = Quotation(
            span, quoted, best.verdict, document, best.eid, best.why, best.changes, None, number, best.printed
        )
        return told, best.likeness, resolution

    def _alone(self, quoted: str, span: Span) -> Quotation:
        found = stands_in(self._library, quoted)
        if found is None:
            return Quotation(span, quoted, QuotationVerdict.ABSENT)
        document, eid, told = found
        return Quotation(span, quoted, told.verdict, document, eid, told.why)

    def _targets(self, resolution: Resolution) -> list[Target]:
        targets = [t for t in (resolution.target, *resolution.candidates) if t]
        return [t for t in targets if t.eids or resolution.target is not None]

    def _best(self, quoted: str, targets: list[Target], *, negated: bool) -> tuple[Compared, str | None]:
        best, where = Compared(QuotationVerdict.ABSENT), None
        for target in targets:
            for eid in target.eids or ("",):
                self._pause()
                told = verify(quoted, self._texts(target.document, eid, own=target.own), negated=negated)
                if _rank(told) > _rank(best):
                    best, where = told, target.document
        return best, where

    def _texts(self, document: str, eid: str, *, own: bool) -> tuple[Printed, ...]:
        """Return the words of a provision, or of a whole document (""), without and with the numbers of its units."""
        key = (document, eid, own)
        if key not in self._printed:
            whole = self._document(document)
            provision = whole.find(eid) if eid else None
            if provision is None:
                texts = [printed_units("", ((p, n) for p in whole.instrument.walk())) for n in (False, True)]
            elif own:
                texts = [printed_units(eid, [(replace(provision, children=()), False)])]
            else:
                texts = [printed(provision), *([printed(provision, labels=True)] if provision.children else [])]
                above = whole.find(parent(eid) or "")
                if above is not None and above.text.rstrip().endswith(":"):
                    lead = (replace(above, children=(), heading=None), False)
                    texts.append(printed_units(eid, [lead, *((p, False) for p in provision.walk())]))
            self._printed[key] = tuple(texts)
        return self._printed[key]

    def _elsewhere(self, quoted: str, resolution: Resolution) -> tuple[str, str] | None:
        """Return where words stand that do not stand where they were said to: in the same act, then in any."""
        for document in resolution.documents[:_MOST_ACTS]:
            told = verify(quoted, self._texts(document, "", own=False))
            if told.verdict in _STANDS and told.eid:
                return document, told.eid
        found = stands_in(self._library, quoted)
        return (found[0], found[1]) if found else None


def _rank(told: Compared) -> tuple[int, float]:
    return (2 if told.verdict is QuotationVerdict.EXACT else 1 if told.verdict in _STANDS else 0, told.likeness)
