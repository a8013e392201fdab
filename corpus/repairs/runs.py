"""Runs of an act's words that were mended, or are left as printed: what a person looks at and judges as one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyzers.spans import Span
from corpus.model import Provision, SourceFile
from corpus.repairs.printed import RepairSite, as_repaired, sites, source_words

_BEFORE, _AFTER = re.compile(r"\S{1,30}+\Z"), re.compile(r"\S{1,30}+")
_LETTERS_BEFORE, _LETTERS_AFTER = re.compile(r"[\w-]{1,30}+\Z"), re.compile(r"[\w-]{1,30}+")
_LINE = re.compile(r"[\n\f\r]++")
_SPACED = "spaced"
"""Letter-spaced words that follow each other are one run: nobody prints one of them so and not the next."""


@dataclass(frozen=True, slots=True)
class RepairedRun:
    """Whole words of a provision, or of its heading, with the repairs in them: `numbers` count all the file's edits.

    `span` lies in the text (the heading) as it stands; `was` is printed there, `now` is what the repairs make of it;
    `taken` says that it stands as printed.
    """

    eid: str
    span: Span
    in_heading: bool
    taken: bool
    numbers: tuple[int, ...]
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A repair in the words as they stand: its span, the words printed there and those that were made."""

    number: int
    span: Span
    printed: str
    made: str
    taken: bool
    spaced: bool


def repaired_runs(file: SourceFile, place: int) -> dict[str, list[RepairedRun]]:
    """Return the runs of the act at a place of a file, by provision, in order of text, headings first."""
    base = as_repaired(file)
    told = sites(base, base.instruments[place])
    held: dict[str, list[tuple[int, RepairSite]]] = {}
    for number, site in told.items():
        held.setdefault(site.eid, []).append((number, site))
    walked = file.instruments[place].walk()
    return {p.eid: list(_runs(file, base, p, held[p.eid])) for p in walked if p.eid in held}


def _runs(
    file: SourceFile, base: SourceFile, provision: Provision, held: Sequence[tuple[int, RepairSite]]
) -> Iterator[RepairedRun]:
    taken = {one.number for one in file.withheld}
    for in_heading, text in ((True, provision.heading or ""), (False, provision.text)):
        own = {number: site for number, site in held if (site.piece is None) is in_heading}
        for group in _groups(text, list(_places(base, own, taken))):
            span = Span(_around(text, group[0]).start, _around(text, group[-1]).end)
            numbers, first, last = tuple(one.number for one in group), group[0], group[-1]
            printed = first.printed
            if len(group) > 1:  # the gaps between letter-spaced words too
                printed = base.text[base.edits[first.number].start : base.edits[last.number].end]
            was = text[span.start : first.span.start] + _LINE.sub(" ", printed) + text[last.span.end : span.end]
            yield RepairedRun(
                provision.eid, span, in_heading, first.taken, numbers, was.strip(), _made(text, span, group)
            )


def _places(base: SourceFile, own: Mapping[int, RepairSite], taken: set[int]) -> Iterator[_Place]:
    """Yield repairs with their spans in the words as they stand: those taken back may be longer or shorter."""
    more = 0
    for number, site in sorted(own.items(), key=lambda one: (one[1].span, one[0])):
        edit = base.edits[number]
        printed, start = source_words(base, edit), site.span.start + more
        made = edit.replacement.split("\n")[0] if site.span.end > site.span.start else ""
        length = len(printed) if number in taken else site.span.end - site.span.start
        more += length - (site.span.end - site.span.start)
        yield _Place(number, Span(start, start + length), printed, made, number in taken, _SPACED in edit.rule)


def _around(text: str, one: _Place) -> Span:
    """Return the whole words a repair meets; where only a blank was mended, with their marks."""
    span, (before, after) = one.span, (_LETTERS_BEFORE, _LETTERS_AFTER) if one.made.strip() else (_BEFORE, _AFTER)
    left, right = before.search(text, max(span.start - 30, 0), span.start), after.match(text, span.end)
    return Span(left.start() if left else span.start, right.end() if right else span.end)


def _groups(text: str, places: Sequence[_Place]) -> Iterator[list[_Place]]:
    group: list[_Place] = []
    for one in places:
        if group and not _together(text, group[-1], one):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _together(text: str, last: _Place, one: _Place) -> bool:
    if last.taken is not one.taken:
        return False
    end, start = _around(text, last).end, _around(text, one).start
    return start < end or (last.spaced and one.spaced and not text[end:start].strip())


def _made(text: str, span: Span, group: Sequence[_Place]) -> str:
    parts, at = [], span.start
    for one in group:
        parts += [text[at : one.span.start], one.made]
        at = one.span.end
    return " ".join("".join([*parts, text[at : span.end]]).split())
