"""What is usual on a printed page, and what the ends of a line say beside it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.formats.pdf.glyphs import PrintedLine

INDENT = 0.7
_LOOSE, _TIGHT = 1.3, 1.14  # leadings between paragraphs: where steps vary (recognised scans), where they are even
_SHARED = 0.15  # share of lines that end at one edge of a page of two columns
_OVER = 0.2  # share of lines over an edge that make it none: «письма;», «газеты.» end alike by chance
_JUSTIFIED = 0.4  # share of lines that end at the right edge: ragged print has a tenth, justified half and more


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in a document: type size, edges of the text, distance of baselines (points)."""

    size: float
    left: float
    right: float
    leading: float
    indent: float = -1.0  # where first lines usually begin
    gap: float = _LOOSE  # leadings that part paragraphs
    edges: tuple[float, ...] = ()  # where lines of any length begin: first lines, items and what goes on them
    justified: bool = False  # lines are stretched to the right edge, so a shorter one is a paragraph's last

    @property
    def width(self) -> float:
        """Return the distance of the edges."""
        return max(1.0, self.right - self.left)


def usual(values: Iterable[float]) -> float:
    """Return the commonest value, to a tenth."""
    return Counter(round(value, 1) for value in values).most_common(1)[0][0]


def measure_of(lines: Sequence[PrintedLine], size: float, before: Measure | None) -> Measure:
    """Measure a page by its own lines where there are enough, else keep the measure of the page before."""
    body = [line for line in lines if abs(line.size - size) < 0.15 * size and line.columns == 1]
    if len(body) < 6:
        if before is not None:
            return before
        body = list(lines) or body
    if not body:
        return Measure(size, 0, 500, 1.2 * size)
    lefts = sorted(line.x0 for line in body)
    steps = [a.y - b.y for a, b in pairwise(body) if 0 < a.y - b.y < 2.6 * size]
    leading, even = _leading(steps) if steps else (1.2 * size, False)
    left = lefts[len(lefts) // 20]
    right = right_edge(body)
    if before is not None and abs(left - before.left) < 1.5 * size and abs(right - before.right) < 0.12 * before.width:
        left, right = before.left, max(right, before.right)
    inner = Counter(round(x) for x in lefts if x > left + INDENT * size).most_common(1)
    indent = float(inner[0][0]) if inner and inner[0][1] >= 3 else -1.0
    indent = indent if indent > 0 or before is None else before.indent
    plain = Measure(size, left, right, leading, indent, _TIGHT if even else _LOOSE)
    edges = {*_edges(body, plain), *(before.edges if before else ())}
    flush = sum(reaches(line, plain) for line in body)
    return replace(plain, edges=tuple(sorted(edges)), justified=flush >= _JUSTIFIED * len(body))


def _edges(lines: Sequence[PrintedLine], measure: Measure) -> list[float]:
    """Find where lines of unlike lengths begin; centred lines begin alike only where their lengths are alike."""
    starts = Counter(round(line.x0) for line in lines if not balanced(line, measure))
    return [float(start) for start, count in starts.items() if count >= 3]


def reaches(line: PrintedLine, measure: Measure) -> bool:
    """Say whether a line ends at the right edge, as stretched lines do to a fraction of a point."""
    return measure.right - line.x1 < 0.2 * line.size


def right_edge(lines: Sequence[PrintedLine]) -> float:
    """Return where lines end at the furthest: an edge many share, past a head or a table that reaches over it."""
    ends = Counter(round(line.x1) for line in lines)
    shared = {end: sum(ends[end + near] for near in (-1, 0, 1)) for end in ends}
    edges = [end for end, count in shared.items() if count >= max(3, _SHARED * len(lines))]
    over = sum(line.x1 > max(edges) + 2 for line in lines) if edges else 0
    if over <= _OVER * len(lines) and sum(shared[end] for end in edges) >= _JUSTIFIED * len(lines):
        return max(line.x1 for line in lines if round(line.x1) == max(edges))
    return sorted(line.x1 for line in lines)[-1 - len(lines) // 100]


def _leading(steps: Sequence[float]) -> tuple[float, bool]:
    """Return the least usual distance of baselines, and whether the print keeps to a few distances."""
    counts = Counter(round(step, 1) for step in steps).most_common(4)
    usual = [step for step, count in counts if count >= 0.12 * len(steps)]
    return min(usual or [counts[0][0]]), sum(count for _, count in counts) >= max(4, 0.6 * len(steps))


def centred(line: PrintedLine, measure: Measure) -> bool:
    """Say whether a line stands in the middle, clear of both edges."""
    clear = min(line.x0 - measure.left, measure.right - line.x1) >= 1.5 * line.size
    apart = all(abs(line.x0 - edge) >= 2 for edge in (measure.indent, *measure.edges))
    return clear and apart and balanced(line, measure)


def balanced(line: PrintedLine, measure: Measure) -> bool:
    """Say whether a line's margins are alike, as those of a centred line and of one that fills the width are."""
    before, after = line.x0 - measure.left, measure.right - line.x1
    return abs(before - after) < max(0.02 * measure.width, 0.7 * line.size)
