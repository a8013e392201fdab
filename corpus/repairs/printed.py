"""The text of an act with some repairs taken back: the words of those places as they are printed, all else as it is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from analyzers.repair import THETA, Edit
from analyzers.spans import Span
from corpus.model import Instrument, Kind, Piece, Provision, SourceFile, Variant
from corpus.repairs.spots import forms

_LINES = re.compile(r"[\n\f\r]")
_BLANKS = re.compile(r"\s++")


@dataclass(frozen=True, slots=True)
class RepairSite:
    """Where an edit of a file stands in an act: in a provision's text, its `piece` of the trace, or in the heading."""

    eid: str
    span: Span
    piece: int | None = None


def as_repaired(file: SourceFile) -> SourceFile:
    """Return a file with every repair that was taken back put in its place again."""
    if not file.withheld:
        return file
    edits, acts = list(file.edits), {one.place: one.act for one in file.repaired}
    for one in file.withheld:
        edits.insert(one.number, one.edit)
    made = tuple(acts.get(place, act) for place, act in enumerate(file.instruments))
    return replace(file, edits=tuple(edits), withheld=(), repaired=(), instruments=made)


def sites(file: SourceFile, act: Instrument) -> dict[int, RepairSite]:
    """Return the repairs that stand in the words of an act, by their number among the file's edits, in order of text.

    One that only changes the shape of blanks is none, nor one that made a number or a title: those are no words of a
    provision.
    """
    every = _Edits(file)
    found: dict[int, RepairSite] = {}
    for provision in act.walk():
        for number, site in (*_in_heading(every, provision), *_in_text(every, provision)):
            found.setdefault(number, site)
    return {number: site for number, site in found.items() if len(set(forms(file, file.edits[number]))) > 1}


def as_printed(file: SourceFile, act: Instrument, numbers: Collection[int]) -> Instrument:
    """Return an act with the words of these edits as the source has them; its layers are those of the old words."""
    touched: dict[str, list[tuple[RepairSite, str]]] = {}
    for number, site in sites(file, act).items():
        if number in numbers:
            touched.setdefault(site.eid, []).append((site, source_words(file, file.edits[number])))
    return replace(act, provisions=_with(act.provisions, touched)) if touched else act


def source_words(file: SourceFile, edit: Edit) -> str:
    r"""Return what an edit mends as it is printed, on one line; what stands between two pages is left out.

    >>> file = SourceFile("а", "", "text", None, "за-\n\n12\n\nпрос")
    >>> source_words(file, Edit(2, 9, "", "hyphen-page", 0.9))
    '- '
    """
    first, *rest = _LINES.split(file.text[edit.start : edit.end])
    words = f"{first.rstrip()} {rest[-1].lstrip()}" if rest else first
    return _BLANKS.sub(" ", words)


class _Edits:
    """The edits of a file that change its text, by their places."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.numbered = [(n, e) for n, e in enumerate(file.edits) if e.confidence >= THETA]
        self.starts = [e.start for _, e in self.numbered]
        self.at: Mapping[tuple[int, int], int] = {(e.start, e.end): n for n, e in self.numbered}

    def inside(self, span: Span) -> Iterator[tuple[int, Edit]]:
        """Yield the edits that lie in a span of the source, in order."""
        for number, edit in self.numbered[bisect_left(self.starts, span.start) : bisect_right(self.starts, span.end)]:
            if edit.end <= span.end:
                yield number, edit


def _in_text(every: _Edits, provision: Provision) -> Iterator[tuple[int, RepairSite]]:
    for place, piece in enumerate(provision.trace):
        number = every.at.get((piece.source.start, piece.source.end))
        if number is None:
            continue
        whole = every.file.edits[number].replacement
        if provision.text[piece.text.start : piece.text.end].strip() == whole.split("\n")[0].strip():
            yield number, RepairSite(provision.eid, piece.text, place)


def _in_heading(every: _Edits, provision: Provision) -> Iterator[tuple[int, RepairSite]]:
    """Find a heading in the words of its lines: it bears no trace of its own, and is what comes last of them."""
    if not provision.heading or provision.kind is Kind.ATTACHMENT:
        return
    label, runs = _label(every, provision.label_spans)
    start = label.rfind(provision.heading)
    for number, at, end in runs if start >= 0 else ():
        within = start <= at and end <= start + len(provision.heading)
        if within and (at < end or start < at < start + len(provision.heading)):
            yield number, RepairSite(provision.eid, Span(at - start, end - start))


def _label(every: _Edits, spans: Sequence[Span]) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the repaired words of number and heading, blanks as one, with the runs of edits: (number, start, end)."""
    source, written, last = every.file.text, _Written(), 0
    runs = []
    for span in spans:
        at = max(span.start, last)
        if last and span.start > last and not source[last : span.start].strip():
            written.add(" ")
        for number, edit in every.inside(Span(at, span.end)):
            written.add(source[at : edit.start])
            start = written.length
            written.add(edit.replacement)
            runs.append((number, start, written.length))
            at = edit.end
        written.add(source[at : span.end])
        last = max(last, span.end)
    return "".join(written.parts), runs


class _Written:
    """Words put one after another, no two blanks together."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blank = True

    def add(self, words: str) -> None:
        words = _BLANKS.sub(" ", words)
        words = words[1:] if self.blank and words[:1] == " " else words
        if words:
            self.parts.append(words)
            self.length += len(words)
            self.blank = words[-1] == " "


def _with(
    provisions: tuple[Provision, ...], touched: Mapping[str, list[tuple[RepairSite, str]]]
) -> tuple[Provision, ...]:
    return tuple(replace(_changed(p, touched.get(p.eid, ())), children=_with(p.children, touched)) for p in provisions)


def _changed(provision: Provision, given: Sequence[tuple[RepairSite, str]]) -> Provision:
    if not given:
        return provision
    headed = sorted((site.span, words) for site, words in given if site.piece is None)
    own = {site.piece: words for site, words in given if site.piece is not None}
    told = [(piece.text, own[place]) for place, piece in enumerate(provision.trace) if place in own]
    heading, text = _Replaced(provision.heading or "", headed), _Replaced(provision.text, told)
    return replace(
        provision,
        heading=heading.text if provision.heading is not None else None,
        text=text.text,
        trace=tuple(_trace(provision.trace, own)),
        variants=tuple(
            Variant((heading if v.in_heading else text).moved(v.span), v.text, v.in_heading) for v in provision.variants
        ),
    )


def _trace(trace: Sequence[Piece], own: Mapping[int, str]) -> Iterator[Piece]:
    """Yield the pieces of a text some pieces of which have other words."""
    more = 0
    for place, piece in enumerate(trace):
        length = piece.text.end - piece.text.start
        now = len(own[place]) if place in own else length
        yield Piece(Span(piece.text.start + more, piece.text.start + more + now), piece.source)
        more += now - length


class _Replaced:
    """A text with other words in place of runs, given in order and disjoint."""

    def __init__(self, text: str, given: Sequence[tuple[Span, str]]) -> None:
        parts, at = [], 0
        for span, words in given:
            parts += [text[at : span.start], words]
            at = span.end
        self.text = "".join([*parts, text[at:]])
        self._ends = [span.end for span, _ in given]
        self._more = [0, *accumulate(len(words) - (span.end - span.start) for span, words in given)]

    def moved(self, span: Span) -> Span:
        """Return where a run of the old text stands that none of the replaced ones meets."""
        start, end = bisect_right(self._ends, span.start), bisect_left(self._ends, span.end)
        return Span(span.start + self._more[start], span.end + self._more[end])
