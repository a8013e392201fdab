"""A cell's words against those of the row's first full cell, cut into pieces that say how they differ."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.comparison.differences import differences, likeness
from corpus.comparison.grades import Grade, grade_of
from corpus.comparison.grid import Cell, CellStatus, Change, Comparison, Difference, Row

OTHER_WORDS = 0.35
"""Texts less alike than this are told in other words: marking every word would say nothing."""

LEGEND_HEAD = "Слова сравниваются с первым столбцом, где положение есть:"


class Mark(StrEnum):
    """How a piece differs from the first column."""

    SAME = "same"
    NEW = "new"
    WEIGHTY = "weighty"
    FORM = "form"
    MOVED = "moved"
    GONE = "gone"


LEGEND_MARKS = {
    Mark.NEW: "другие или добавленные слова",
    Mark.WEIGHTY: "среди них число, отрицание, обязанность или право",
    Mark.FORM: "другая форма слова",
    Mark.MOVED: "те же слова в другом месте",
    Mark.GONE: "слова, которых здесь нет",
}
"""What each mark says, for formats that mark by type."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under one mark."""

    text: str
    mark: Mark


def reference(row: Row, comparison: Comparison) -> str | None:
    """Return the document the others are marked against: the first that has the row's subject."""
    order = [c.document for c in comparison.columns]
    return next((d for d in order if row.cells[d].status is CellStatus.PRESENT), None)


def pieces(base: Cell | None, cell: Cell) -> list[Piece]:
    """Cut a cell's text into marked pieces; the base itself, doubtful cells and other wordings are left unmarked."""
    text = "\n".join(p.text for p in cell.provisions)
    if base is None or base is cell or cell.status is not CellStatus.PRESENT:
        return [Piece(text, Mark.SAME)]
    return compared("\n".join(p.text for p in base.provisions), text)


def compared(old: str, text: str, *, alone: bool = False) -> list[Piece]:
    """Cut a text into pieces marked against an older one; what is told in other words is left unmarked.

    Where the older one does not stand beside it (`alone`), words replaced are told as gone before those in their place.

    >>> [(p.text, p.mark.value) for p in compared("Сбор платят раз в год.", "Сбор платят дважды в год.", alone=True)]
    [('Сбор платят ', 'same'), ('раз', 'gone'), (' ', 'same'), ('дважды', 'new'), (' в год.', 'same')]
    """
    if likeness(old, text) < OTHER_WORDS:
        return [Piece(text, Mark.SAME)]
    out: list[Piece] = []
    at = 0
    for found in differences(old, text):
        if found.right is None:
            if found.left is not None and found.change is Change.REMOVED:
                out.append(Piece(old[found.left.start : found.left.end], Mark.GONE))
            continue
        if found.right.start > at:
            out.append(Piece(text[at : found.right.start], Mark.SAME))
        if alone and found.left is not None and found.change is Change.CHANGED:
            out.append(Piece(old[found.left.start : found.left.end], Mark.GONE))
        out.append(Piece(text[found.right.start : found.right.end], _mark(found.change, weighty=found.weighty)))
        at = found.right.end
    out.append(Piece(text[at:], Mark.SAME))
    return _joined(out)


def _mark(change: Change, *, weighty: bool) -> Mark:
    if change in (Change.ADDED, Change.CHANGED):
        return Mark.WEIGHTY if weighty else Mark.NEW
    return {Change.FORM: Mark.FORM, Change.MOVED: Mark.MOVED}.get(change, Mark.SAME)


def _joined(parts: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for part in parts:
        if out and out[-1].mark is part.mark is Mark.SAME:
            out[-1] = Piece(out[-1].text + part.text, Mark.SAME)
        elif part.text:
            if out and _run_together(out[-1], part):
                out.append(Piece(" ", Mark.SAME))
            out.append(part)
    return out


def _run_together(before: Piece, part: Piece) -> bool:
    """Say whether words that are gone would be read as one with the word before or after them."""
    if part.mark is Mark.GONE:
        return not before.text.endswith((" ", "\n"))
    return before.mark is Mark.GONE and part.text[0].isalnum()


TOLD = 6
"""Differences told in words; the rest are counted."""

GRADES = {
    Grade.ABSENT: "нет",
    Grade.SUBSTANCE: "по существу",
    Grade.WORDS: "другими словами",
    Grade.FORM: "формы и знаки",
    Grade.SAME: "то же",
}


def in_words(base: Cell | None, cell: Cell) -> str:
    """Tell how a cell differs from the row's first full one: «по существу: «30» → «45»»; "" for that one itself."""
    if base is None or base is cell:
        return ""
    found = grade_of(base, cell)
    if found in {Grade.ABSENT, Grade.SAME} or cell.status is not CellStatus.PRESENT:
        return GRADES[found]
    old, new = ("\n".join(p.text for p in c.provisions) for c in (base, cell))
    if likeness(old, new) < OTHER_WORDS:
        return f"{GRADES[found]}: изложено иначе"
    told = [
        _change(old, new, d) for d in differences(old, new) if d.change not in {Change.SAME, Change.FORM, Change.MOVED}
    ]
    more = f"; и ещё {len(told) - TOLD}" if len(told) > TOLD else ""
    return f"{GRADES[found]}: {'; '.join(told[:TOLD])}{more}" if told else GRADES[found]


def _change(old: str, new: str, found: Difference) -> str:
    was = f"«{old[slice(*found.left)]}»" if found.left else ""
    now = f"«{new[slice(*found.right)]}»" if found.right else ""
    return f"{was} → {now}" if was and now else f"нет {was}" if was else f"есть {now}"
