"""Check a quotation that stands beside a citation against the provision it is taken from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analyzers.letters import folded
from analyzers.spans import Span
from analyzers.wordwise import Wordwise
from corpus.model import Provision


class QuotationVerdict(StrEnum):
    """What became of a quotation."""

    EXACT = "exact"
    DIFFERS = "differs"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class QuotationChange:
    """A run of words: `quoted` as the text has it, `printed` as the provision has it; equal runs have both alike."""

    quoted: str
    printed: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation at `span` of the text; `eid` is the provision it was compared with."""

    span: Span
    text: str
    verdict: QuotationVerdict
    document: str | None = None
    eid: str | None = None
    changes: tuple[QuotationChange, ...] = ()


_QUOTED = re.compile(
    r"«(?P<a>[^«»]*+(?:«[^«»]*+»[^«»]*+){0,64}+)»|\"(?P<b>[^\"]++)\"|“(?P<c>[^“”]++)”|„(?P<d>[^„“”]++)[“”]"
)
_WORD = re.compile(r"\d++(?:[.,]\d++)*+|[^\W_]++(?:-[^\W_]++)*+")
_GAP = re.compile(r"(?<!\s)\s*+(?:<\s*+)?(?:[\[(]\s*+)?(?:\.{3}|…)\s*+[\])]?(?:\s*+>)?\s*+")
_BEFORE = re.compile(
    r"[\s(\[,.;:–—-]*+(?:(?:согласно|см\.?|как\s++(?:указано|сказано)\s++в|в\s++соответствии\s++со?|в|по|на\s++основании)\s++)?$"
)
_AFTER = re.compile(r"[\s)\]:,–—-]*+[^.!?«\"“„\n]{0,120}+")
_REACH = 140
"""Characters between a quotation and its citation."""
LIKE = 0.6
"""A quotation at least so like the closest words of the provision differs from it; below it is absent."""
_LONGEST = 4000


def quotations(text: str, taken: Sequence[Span]) -> list[Span]:
    """Find quoted words, the marks left out, outside the spans of citations in order; three words at least."""
    found = []
    starts = [s.start for s in taken]
    for match in _QUOTED.finditer(text):
        group = next(g for g in "abcd" if match[g] is not None)
        span = Span(*match.span(group))
        before = bisect_right(starts, span.start) - 1
        if len(_WORD.findall(match[group])) < 3 or (before >= 0 and span.start < taken[before].end):
            continue
        found.append(span)
    return found


def beside(text: str, citations: Sequence[Span], quotes: Sequence[Span]) -> dict[Span, Span]:
    """Give citations their quotations: «… "слова" (п. 2 ст. 8)» or «п. 2 ст. 8: "слова"»; both in order of text."""
    starts = [c.start for c in citations]
    out: dict[Span, Span] = {}
    for quote in quotes:
        place = bisect_left(starts, quote.end)
        if place < len(citations) and citations[place].start - quote.end < _REACH:
            between = text[quote.end + 1 : citations[place].start]
            if _BEFORE.fullmatch(between):
                out[citations[place]] = quote
                continue
        if place == 0 or citations[place - 1] in out:
            continue
        before = citations[place - 1]
        if 0 <= quote.start - 1 - before.end < _REACH and _AFTER.fullmatch(text[before.end : quote.start - 1]):
            out[before] = quote
    return out


def _words(text: str) -> list[str]:
    return [folded(w) for w in _WORD.findall(text)]


def whole_text(provision: Provision) -> str:
    """Return the words of a provision and all inside it."""
    return "\n".join(" ".join(x for x in (p.heading or "", p.text) if x) for p in provision.walk())


def check(
    text: str, span: Span, provisions: Sequence[tuple[str, Provision]], pause: Callable[[], None] = lambda: None
) -> Quotation:
    """Compare a quotation with provisions (document id, provision); the best counts. `pause` may end a long search."""
    quoted = text[slice(*span)]
    best = Quotation(span, quoted, QuotationVerdict.ABSENT)
    likeness = 0.0
    for document, provision in provisions:
        printed = whole_text(provision)
        if contains(printed, quoted):
            inner = next((p for p in provision.walk() if contains(p.text, quoted)), provision)
            return Quotation(span, quoted, QuotationVerdict.EXACT, document, inner.eid)
        for part in provision.walk():
            pause()
            like, changes = _closest(part.text, quoted)
            if like >= LIKE and like > likeness:
                likeness = like
                best = Quotation(span, quoted, QuotationVerdict.DIFFERS, document, part.eid, changes)
    return best


def contains(printed: str, quoted: str) -> bool:
    """Say whether a text has the quoted words in order and side by side; «…» stands for words left out.

    >>> contains("Стороны несут расходы самостоятельно.", "несут расходы"), contains("а б в г", "а … г")
    (True, True)
    """
    words = f" {' '.join(_words(printed))} "
    at = 0
    for part in _GAP.split(quoted):
        run = " ".join(_words(part))
        if not run:
            continue
        found = words.find(f" {run} ", at)
        if found < 0:
            return False
        at = found + len(run) + 1
    return True


def _closest(printed: str, quoted: str) -> tuple[float, tuple[QuotationChange, ...]]:
    """Find the run of a text most like the quotation; return the likeness of words (0 to 1) and the differences."""
    shown, wanted = _WORD.findall(printed[:_LONGEST]), _WORD.findall(quoted[:_LONGEST])
    a, b = [folded(w) for w in wanted], [folded(w) for w in shown]
    if not a or not b or len(set(a) & set(b)) < len(set(a)) * 0.4:
        return 0, ()
    blocks = [m for m in Wordwise(a, b).get_matching_blocks() if m.size]
    if not blocks:
        return 0, ()
    first = max(0, blocks[0].b - blocks[0].a)
    last = min(len(b), blocks[-1].b + len(a) - blocks[-1].a)
    matcher = Wordwise(a, b[first:last])
    codes = matcher.get_opcodes()
    changes = tuple(
        QuotationChange(" ".join(wanted[i1:i2]), " ".join(shown[first + j1 : first + j2]))
        for _, i1, i2, j1, j2 in codes
    )
    shared = sum(m.size for m in matcher.get_matching_blocks())
    return 2 * shared / (len(a) + max(len(a), last - first)), changes
