"""Labels of units in prints of their own: «№ 1.», «[1]», «1°.», «1/», «1 Text», «1» alone; told by how they count.

No sign of such a label says that it is one: «1 Text» may be a cell and «[1]» a footnote. A label is what counts from
the first on in one print, each over words of its own.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.acts.markers import LETTERS, SKIPPED, Marker, Style, division, numbered

_NUM = r"(?P<num>\d{1,3})"
_ANY = r"(?P<num>\d{1,3}|[а-яё])"
_BEGINS = r"(?=[А-ЯЁA-Z«\"(])"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[]", re.compile(rf"\[\s?{_ANY}\s?\]\s?\.?(?:\s++|\Z)")),
    ("//", re.compile(rf"/\s?{_ANY}\s?/\s++")),
    ("/", re.compile(rf"{_ANY}/\s++")),
    ("№", re.compile(rf"(?:№|N)\s?{_NUM}(?:\s?[.:)]\s*+|\s++){_BEGINS}")),
    ("°", re.compile(rf"{_NUM}\s?[°º˚]\s?\.?\)?(?:\s++|\Z)")),
    ("о.", re.compile(rf"{_NUM}-?[оo]\.?\s++{_BEGINS}")),
    ("«»", re.compile(r"[«\"](?P<num>[а-яё])[»\"]\)?\s++")),
    ("–", re.compile(rf"{_ANY}\s?[–—-]\s++")),
    (":", re.compile(rf"{_ANY}\s?:\s++")),
    (",", re.compile(rf"{_NUM},\s++{_BEGINS}")),
    ("", re.compile(rf"{_NUM}\s++{_BEGINS}")),
    ("alone", re.compile(rf"{_NUM}\Z")),
)
"""Prints of a label by what stands around its number."""
_WEAK = frozenset({"о.", "–", ":", ",", "", "alone"})
"""Prints in which other things count too: cells of tables, numbers of pages."""
LEAST = {True: 3, False: 2}
"""So many labels in runs of two and more are the manner of a text, of a weak print and of another."""
AHEAD = 400
"""Paragraphs (lines) in which the next label stands."""
SHORTEST = 12
"""Characters of the words behind a label of a weak print."""
SHARE = 0.6
"""Of a series so many labels stand behind a finished sentence or a heading, and have finished words."""
_ENDS = re.compile(r"[.;:!?…,][)»\"”]*+\Z")
_NOTED = re.compile(r"(?<=[\w.,;»)])\s?\[(\d{1,3})\]")
"""«причалы[1]»: what the text refers to is a footnote."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label that may be: its print, number, value (its place in the alphabet for a letter), and where words begin."""

    shape: str
    num: str
    value: int
    end: int

    @property
    def weak(self) -> bool:
        """Say whether other things count in this print too."""
        return self.shape in _WEAK

    @property
    def marker(self) -> Marker:
        """Return it as a number at the head of a paragraph."""
        style = Style.LOOSE if self.num.isdigit() else Style.LOOSE_LETTER
        return Marker(style, self.num, (self.value,), self.end)


def label(text: str) -> Label | None:
    """Read a label in a print of its own at the head of a text."""
    for shape, pattern in _SHAPES:
        if match := pattern.match(text):
            num = match["num"]
            return Label(shape, num, int(num) if num.isdigit() else LETTERS.index(num) + 1, match.end())
    return None


def counted(texts: Sequence[str], *, lines: bool = False) -> dict[int, Label]:
    """Return the labels that count from the first on, by the place of the paragraph they head.

    `lines` tells that texts are printed lines, of which a paragraph may take several: their ends tell nothing.
    """
    found = {
        i: read for i, text in enumerate(texts) if (read := label(text)) and not (numbered(text) or division(text))
    }
    noted = {int(n) for text in texts for n in _NOTED.findall(text)} if found else set()
    true: dict[int, Label] = {}
    for shape in sorted({(read.shape, read.num.isdigit()) for read in found.values()}):
        runs = [run for run in _runs(found, *shape) if _is_series(texts, found, run, noted=noted, lines=lines)]
        if sum(map(len, runs)) >= LEAST[shape[0] in _WEAK]:
            true |= {i: found[i] for run in runs for i in run}
    return true


def _runs(found: dict[int, Label], shape: str, digits: bool) -> Iterator[list[int]]:
    """Yield the runs of one print that count from the first on, the next within a few hundred paragraphs."""
    run: list[int] = []
    for i, read in found.items():
        if read.shape != shape or read.num.isdigit() != digits:
            continue
        if run and _is_next(found[run[-1]], read) and i - run[-1] <= AHEAD:
            run.append(i)
        elif read.value == 1:
            yield run
            run = [i]
    yield run


def _is_next(before: Label, this: Label) -> bool:
    """Say whether a label is the next of a list; lists leave out letters that read as digits."""
    if this.value <= before.value:
        return False
    between = (
        LETTERS[before.value : this.value - 1] if not this.num.isdigit() else "x" * (this.value - before.value - 1)
    )
    return all(letter in SKIPPED for letter in between)


def _is_series(
    texts: Sequence[str], found: dict[int, Label], run: list[int], *, noted: Collection[int], lines: bool
) -> bool:
    """Say whether a run of labels heads units: finished sentences before and behind most of them."""
    if len(run) < LEAST[False]:
        return False
    first = found[run[0]]
    if first.shape == "[]" and any(found[i].value in noted for i in run):
        return False
    if first.weak and any(_is_point(texts[i]) for i in range(run[0], run[-1])):
        return False
    return sum(_heads(texts, found[i], i, lines=lines) for i in run) >= (1.0 if first.weak else SHARE) * len(run)


def _is_point(text: str) -> bool:
    marker = numbered(text)
    return marker is not None and marker.style is Style.NUMBER and marker.end < len(text)


def _heads(texts: Sequence[str], read: Label, i: int, *, lines: bool) -> bool:
    """Say whether a label stands over words of its own, behind words that are finished."""
    before = texts[i - 1] if i else ""
    own = texts[i][read.end :] if read.shape != "alone" else texts[i + 1] if i + 1 < len(texts) else ""
    opened = not before or bool(_ENDS.search(before)) or division(before) is not None
    if lines:
        return opened and bool(own or read.shape == "alone")
    if not _ENDS.search(own):
        return False
    said = not read.num.isdigit() or (len(own) >= SHORTEST and (own[0].isupper() or own[0] in '«"('))
    return not read.weak or (opened and said)


def heads_units(texts: Sequence[str]) -> set[int]:
    """Return the bare numbers among printed lines that head units and belong to no page.

    They count from 1 again and again, or close together, and no sentence goes on over them.
    """
    found = {i: read for i, text in enumerate(texts) if (read := label(text)) and read.shape == "alone"}
    runs = [run for run in _runs(found, "alone", digits=True) if len(run) >= LEAST[False]]
    clean = [run for run in runs if all(_is_clean(texts, i) for i in run)]
    again = len(clean) > 1
    return {i for run in clean if again or _median(run) <= CLOSE for i in run}


CLOSE = 6
"""Lines between two numbers of units at the median; pages are longer."""


def _median(run: list[int]) -> int:
    gaps = sorted(b - a for a, b in pairwise(run))
    return gaps[len(gaps) // 2]


def _is_clean(texts: Sequence[str], i: int) -> bool:
    """Say whether a bare number stands between a finished sentence (or a heading) and the beginning of one."""
    before, after = (texts[i - 1] if i else ""), (texts[i + 1] if i + 1 < len(texts) else "")
    return bool(not before or _ENDS.search(before) or division(before)) and after[:1].isupper()
