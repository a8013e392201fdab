"""How books in somebody else's looks were read: acts, days, places, provisions, and which looks the faults stand in."""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.pipeline import parse_bytes
from tests.books.looked import LOOKS, UNITS, Book, Made, Setting, compose, plain, told
from tests.ingest.readers import writers
from tests.ingest.readers.writers import Para

WIDTH, PAGE = 74, 44


def lined(book: Book) -> tuple[bytes, str]:
    """Set a book as text, a paragraph a line."""
    return "\n".join(book.paragraphs).encode(), "book.txt"


def wrapped(book: Book) -> tuple[bytes, str]:
    """Set a book as hard-wrapped text with its heads and feet."""
    lines = [line for text in book.paragraphs for line in (textwrap.wrap(text, WIDTH) or [""])]
    pages = [lines[i : i + PAGE] for i in range(0, len(lines), PAGE)]
    out: list[str] = []
    for number, page in enumerate(pages, 3):
        side = "odd" if number % 2 else "even"
        head, foot = (_furniture(book, f"{side}_{end}", number) for end in ("head", "foot"))
        out += [*head, *([""] if head else []), *page, *([""] if foot else []), *foot, ""]
    return "\n".join(out).encode(), "book.txt"


def _furniture(book: Book, name: str, page: int) -> list[str]:
    told_of = {"{page}": str(page), "{pages}": "200", "{roman_page}": "xiv", "{n}": "7", "{date:dotted}": "01.02.2009"}
    text = book.furniture.get(name, "")
    for mark, value in {**told_of, "{subject}": "о почте", "{Type}": "Сборник"}.items():
        text = text.replace(mark, value)
    return text.split("\n") if text else []


def _paras(book: Book) -> list[Para]:
    return [Para(text, plain=text) for text in book.paragraphs if text.strip()]


SETTINGS: dict[str, Setting] = {
    "lines": lined,
    "wrapped": wrapped,
    "pdf": lambda book: (writers.pdf_of(_paras(book)), "book.pdf"),
    "docx": lambda book: (writers.docx(_paras(book)), "book.docx"),
}


@dataclass(slots=True)
class Score:
    """Counts over books; `faults` and `seen` by kind of look and its id."""

    acts: int = 0
    found: int = 0
    false: int = 0
    right: int = 0
    wanted: int = 0
    got: int = 0
    dates: list[int] = field(default_factory=lambda: [0, 0])
    places: list[int] = field(default_factory=lambda: [0, 0])
    preambles: list[int] = field(default_factory=lambda: [0, 0])
    closings: list[int] = field(default_factory=lambda: [0, 0])
    faults: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seen: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over provisions."""
        return 2 * self.right / max(1, self.wanted + self.got)

    def told(self) -> str:
        """Write the figures in a line."""
        pairs = {n: getattr(self, n) for n in ("dates", "places", "preambles", "closings")}
        said = ", ".join(f"{n} {a}/{b}" for n, (a, b) in pairs.items())
        return f"acts {self.found}/{self.acts}, false {self.false}, provisions F1 {self.f1:.4f}, {said}"


def read(seeds: Iterable[int], setting: Setting, path: Path = LOOKS) -> Score:
    """Read the books of some seeds in a setting, in the looks of a file, and count."""
    score = Score()
    for seed in seeds:
        book = compose(seed, path)
        _count(score, book.acts, parse_bytes(*setting(book)).instruments)
    return score


def _units(act: Any) -> Counter[Any]:
    return Counter(told(p.kind, p.num, p.heading, p.text) for p in act.walk() if p.kind in UNITS and _own(p))


def _own(provision: Any) -> bool:
    return not provision.eid.startswith(("preamble", "conclusions")) and "__conclusions" not in provision.eid


def _count(score: Score, acts: list[Made], got: Iterable[Any]) -> None:
    read_acts = list(got)
    units = [_units(act) for act in read_acts]
    pairs = _paired([Counter(act.units) for act in acts], units)
    score.false += len(read_acts) - len(pairs)
    score.got += sum(u.total() for j, u in enumerate(units) if j not in pairs.values())
    for i, act in enumerate(acts):
        j = pairs.get(i)
        _count_act(score, act, None if j is None else read_acts[j], Counter() if j is None else units[j])


def _count_act(score: Score, act: Made, found: Any, units: Counter[Any]) -> None:
    score.acts += 1
    score.found += found is not None
    if "notes" in act.looks:
        _blame(score, act, "act", wrong=found is None)
        return
    wanted = Counter(act.units)
    same = (wanted & units).total()
    score.right, score.wanted, score.got = score.right + same, score.wanted + wanted.total(), score.got + units.total()
    whole = found is not None and wanted == units
    _blame(score, act, "units", wrong=not whole)
    for name, want, have in (("dates", act.date, "date"), ("places", act.place, "place")):
        if want is not None:
            ok = found is not None and getattr(found, have) == want
            _tally(score, act, name, ok=ok)
    for name, text, eid in (("preambles", act.preamble, "preamble"), ("closings", act.closing, "conclusions")):
        if text:
            said = plain(" ".join(p.text for p in found.walk() if p.eid.startswith(eid))) if found else ""
            _tally(score, act, name, ok=(said == text if name == "preambles" else said.startswith(text)))


def _tally(score: Score, act: Made, name: str, *, ok: bool) -> None:
    pair = getattr(score, name)
    pair[0] += ok
    pair[1] += 1
    _blame(score, act, name, wrong=not ok)


def _blame(score: Score, act: Made, what: str, *, wrong: bool) -> None:
    for ids in act.looks.values():
        for one in ids.split():
            score.seen[what][one] += 1
            score.faults[what][one] += wrong


def _paired(want: list[Counter[Any]], have: list[Counter[Any]]) -> dict[int, int]:
    """Pair acts in order by the provisions they share; an act without provisions may take one without a partner."""
    best = [[0.0] * (len(have) + 1) for _ in range(len(want) + 1)]
    for i in range(len(want) - 1, -1, -1):
        for j in range(len(have) - 1, -1, -1):
            best[i][j] = max(_like(want[i], have[j]) + best[i + 1][j + 1], best[i + 1][j], best[i][j + 1])
    pairs, i, j = {}, 0, 0
    while i < len(want) and j < len(have):
        like = _like(want[i], have[j])
        if like > 0 and best[i][j] == like + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _like(want: Counter[Any], have: Counter[Any]) -> float:
    texts = Counter(u[3] for u in want.elements() if u[3]) & Counter(u[3] for u in have.elements() if u[3])
    return texts.total() + (0.01 if not want else 0)
