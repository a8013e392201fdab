from dataclasses import dataclass

from corpus.model import Diagnostic, Furniture


@dataclass(frozen=True, slots=True)
class Hint:
    """What a format says of the line that begins at `start` of the text.

    `heading` is the level (1 = top, 0 = no heading); `indent` counts blanks or character widths; `page` is 1-based,
    0 when the format has none.
    """

    start: int
    heading: int = 0
    bold: bool = False
    centred: bool = False
    indent: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as its reader gives it: the decoded text every offset of the product refers to.

    Plain text and Markdown come as they stand in the file. Other formats come as plain text without mark-up: blocks
    parted by a blank line are paragraphs (`paragraphs` is true), lines inside a block are the printed lines.
    `pages` are the offsets at which pages begin.
    """

    text: str
    format: str
    encoding: str | None = None
    paragraphs: bool = False
    hints: tuple[Hint, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    pages: tuple[int, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
