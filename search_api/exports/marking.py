"""A cell's words against those of the row's first full cell, cut into pieces that say how they differ."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.comparison.differences import differences, likeness
from corpus.comparison.grid import Cell, CellStatus, Change, Comparison, Row

OTHER_WORDS = 0.35
"""Texts less alike than this are told in other words: marking every word would say nothing."""

LEGEND_HEAD = "Слова сравниваются с первым столбцом, где положение есть:"
LEGEND = (
    "Пометы сравнивают слова с первым столбцом, где положение есть: [+слова+] — другие или добавленные слова; "
    "[!слова!] — то же, и среди них число, отрицание, обязанность или право; [~слова~] — другая форма слова; "
    "[>слова>] — те же слова в другом месте; [−слова−] — слова, которых здесь нет."
)


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

SIGNS = {
    Mark.SAME: ("", ""),
    Mark.NEW: ("[+", "+]"),
    Mark.WEIGHTY: ("[!", "!]"),
    Mark.FORM: ("[~", "~]"),
    Mark.MOVED: ("[>", ">]"),
    Mark.GONE: ("[−", "−]"),
}
"""Signs that stand round a marked piece, so that colour and weight never carry the meaning alone."""


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


def compared(old: str, text: str) -> list[Piece]:
    """Cut a text into pieces marked against an older one; what is told in other words is left unmarked."""
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
            if out and part.mark is Mark.GONE and not out[-1].text.endswith((" ", "\n")):
                out.append(Piece(" ", Mark.SAME))
            out.append(part)
    return out


def signed(parts: list[Piece]) -> str:
    """Write pieces with their signs, for formats without type."""
    return "".join(f"{SIGNS[p.mark][0]}{p.text}{SIGNS[p.mark][1]}" for p in parts)
