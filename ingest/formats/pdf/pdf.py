"""PDF into paragraphs: glyphs are collected with pdfminer.six, everything about text is decided by where they stand."""

import logging
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSException
from pdfminer.utils import Matrix, Rect

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.blocks import assemble
from ingest.formats.pdf.columns import lines_of
from ingest.formats.pdf.furniture import without_furniture
from ingest.formats.pdf.glyphs import Glyph
from ingest.formats.pdf.margin import LINE_NUMBERS, without_line_numbers
from ingest.formats.pdf.printed import paragraphs
from ingest.formats.plain.letters import cost
from ingest.formats.registry import Format
from ingest.source import SourceText

MAX_PAGES = 3_000
MAX_GLYPHS = 3_000_000
_MAX_STREAM, _MAX_INFLATED, _MAX_PLAIN_STREAM, _MAX_RATIO = 48 << 20, 256 << 20, 4 << 20, 100
_MAX_FIGURES, _MAX_FIGURE_DEPTH = 600, 12
_KEPT = 64  # dictionaries remembered
_PACKED, _PACKED_SIZE = 8, 256 << 10  # object streams remembered, and the bytes of the largest
_BOMB = "сжатые потоки внутри PDF разворачиваются в сотни мегабайт; такой файл не принимается."
_SCAN = (
    "Распознайте его командой: ocrmypdf -l rus {name} распознанный.pdf (или svod ingest --ocr) и загрузите результат."
)
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "\u00ad": "-"}
_BOLD_NAMES = ("bold", "black", "heavy", "demi", "semibold", "полужир")
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


NO_TEXT_LAYER = "no-text-layer"
"""The `code` of the InputError for a scan: recognition can help there, and only there."""


class _TooBigError(InputError):
    pass


class ScanError(InputError):
    """A PDF whose pages are pictures; recognition can help."""

    code = NO_TEXT_LAYER


class _BoundedZlib:
    """Stands in for zlib inside pdfminer: the same calls, but inflating stops at a limit."""

    error = zlib.error

    def __init__(self) -> None:
        self.spent = 0

    def decompress(self, data: bytes) -> bytes:
        stream = zlib.decompressobj()
        # Text and fonts shrink tenfold; only images of one colour, which are never inflated here, shrink a hundredfold.
        limit = min(_MAX_STREAM, max(_MAX_PLAIN_STREAM, _MAX_RATIO * len(data)))
        out = stream.decompress(data, limit)
        self.spend(len(out))
        if stream.unconsumed_tail and len(out) >= limit:
            raise _TooBigError(_BOMB)
        if not stream.eof:
            raise zlib.error("incomplete or truncated stream")
        return out

    def spend(self, size: int) -> None:
        self.spent += size
        if self.spent > _MAX_INFLATED:
            raise _TooBigError(_BOMB)

    @staticmethod
    def decompressobj() -> "zlib._Decompress":
        return zlib.decompressobj()


def _bounded_lzw(data: bytes) -> bytes:
    """Decode LZW up to a limit."""
    out = bytearray()
    for piece in LZWDecoder(BytesIO(data)).run():
        out += piece
        if len(out) > _MAX_PLAIN_STREAM:
            raise _TooBigError(_BOMB)
    return bytes(out)


class _Document(PDFDocument):
    """Remembers a few dictionaries and object streams: a tree of pages may name one page ten thousand times."""

    def __init__(self, parser: PDFParser) -> None:
        self.kept: dict[int, object] = {}
        self.packed: dict[int | None, tuple[list[object], int]] = {}
        super().__init__(parser, caching=False)

    def getobj(self, objid: int) -> object:
        if objid in self.kept:
            return self.kept[objid]
        found: object = super().getobj(objid)
        if isinstance(found, dict):
            if len(self.kept) >= _KEPT:
                self.kept.clear()
            self.kept[objid] = found
        return found

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        """Parse an object stream once, not anew for each object in it (a book of 93 pages took 32 s, now 14)."""
        if stream.objid not in self.packed:
            found: tuple[list[object], int] = super()._get_objects(stream)
            if len(stream.get_data()) > _PACKED_SIZE:
                return found
            if len(self.packed) >= _PACKED:
                self.packed.pop(next(iter(self.packed)))
            self.packed[stream.objid] = found
        return self.packed[stream.objid]


@dataclass(slots=True)
class _Page:
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[tuple[int, Glyph]] = field(default_factory=list)
    images: int = 0


# Old Ghostscript cuts a TrueType font into pieces named by the high byte of the glyph's index («Times New Roman_02»)
# and keeps the low byte as its code, with no way back to letters. Microsoft's fonts have one order of glyphs: from 3
# the Macintosh order, 570.. the Cyrillic alphabet, 651 the numero sign.
_PIECE = re.compile(r"(?:Times|Arial|Courier|Verdana|Tahoma|Georgia)[^\n]{0,64}_(0[0-9a-f])$")
_GLYPHS = (
    {index: chr(index + 29) for index in range(3, 98)}
    | {index: bytes([index - 98 + 0x80]).decode("mac_roman") for index in range(98, 98 + 0x58)}
    | {570 + index: chr(ord("А") + index) for index in range(64)}
    | {558: "Ё", 634: "ё", 651: "№"}
)


class _Collector(PDFTextDevice):
    """Keeps every glyph with its place; draws nothing."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.pages: list[_Page] = []
        self.count = self.unknown = self.figures = self.depth = 0
        self.fonts: dict[int, tuple[str, bool, int | None]] = {}
        self.kept: list[PDFFont] = []  # so that no id is given twice

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:  # noqa: ARG002 — pdfminer names the arguments
        x0, y0, x1, y1 = page.mediabox
        width, height = abs(x1 - x0), abs(y1 - y0)
        self.pages.append(_Page(*((height, width) if page.rotate in (90, 270) else (width, height))))

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        self.pages[-1].images += 1

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:  # noqa: ARG002
        self.figures += 1
        self.depth += 1
        if self.depth > _MAX_FIGURE_DEPTH or self.figures > _MAX_FIGURES * (1 + len(self.pages) // 10):
            raise _TooBigError("вложенные формы PDF повторяются без конца; такой файл не принимается.")

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        self.depth -= 1

    def render_char(
        self, matrix: Matrix, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int, *_: object
    ) -> float:
        text = self._letter(font, cid)
        self.count += 1
        if self.count > MAX_GLYPHS:
            raise _TooBigError("в PDF больше 3 миллионов знаков; разделите его на части.")
        advance = float(font.char_width(cid) * fontsize * scaling)
        a, b, c, d, e, f = matrix
        along, across = math.hypot(a, b) or 1.0, math.hypot(c, d) or 1.0
        size = abs(fontsize) * across
        if text and 0 < size < 2000:
            quarter = round(math.atan2(b, a) / (math.pi / 2)) % 4
            x, y = _turned(e + c * rise, f + d * rise, quarter, self.pages[-1])
            known = self._known(font)
            glyph = Glyph(x, x + advance * along, y, size, _LIGATURES.get(text, text), known[1], known[0])
            sheet = self.pages[-1]
            if quarter == 0:
                sheet.glyphs.append(glyph)
            else:
                sheet.turned.append((quarter, glyph))
        return advance

    def _known(self, font: PDFFont) -> tuple[str, bool, int | None]:
        """Return a font's name, weight, and the high byte of its glyphs if it is a piece cut by Ghostscript."""
        known = self.fonts.get(id(font))
        if known is None:
            name = str(getattr(font, "basefont", None) or font.fontname)
            match = _PIECE.search(name)
            high = int(match[1], 16) << 8 if match and getattr(font, "unicode_map", None) is None else None
            lowered = name.lower()
            bold = any(mark in lowered for mark in _BOLD_NAMES) or lowered.endswith(("-bd", ",bd"))
            known = self.fonts[id(font)] = name, bold, high
            self.kept.append(font)
        return known

    def _letter(self, font: PDFFont, cid: int) -> str:
        high = self._known(font)[2]
        letter = _GLYPHS.get(high | cid) if high is not None else None
        if letter is None:
            try:
                letter = str(font.to_unichr(cid))
            except PDFUnicodeNotDefined:
                letter = "�"
                self.unknown += 1
        return letter


def _turned(x: float, y: float, quarter: int, page: _Page) -> tuple[float, float]:
    """Turn a point so that text running in this direction runs to the right."""
    return ((x, y), (y, page.width - x), (page.width - x, page.height - y), (page.height - y, x))[quarter]


def read_pdf(data: bytes, name: str, told: Callable[[int], None] = lambda _: None) -> SourceText:
    """Read the text layer; raise InputError for a scan, a protected or a damaged file. `told` hears each page read."""
    vars(pdftypes).update(zlib=_BoundedZlib(), lzwdecode=_bounded_lzw)
    try:
        collector = _collect(data, name, told)
    except InputError as error:
        raise InputError(str(error) if str(error).startswith(name) else f"{name}: {error}") from error
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise InputError(
            f"{name}: PDF защищён паролем. Снимите защиту (например: qpdf --decrypt) и загрузите файл снова."
        ) from error
    except (
        PDFException,
        PSException,
        TypeError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        OverflowError,
        zlib.error,
    ) as error:
        raise InputError(
            f"{name}: PDF повреждён ({type(error).__name__}). Скачайте его заново или пересохраните («Печать в PDF»)."
        ) from error
    _check_text(collector, name)
    doubts: list[Diagnostic] = []
    pages = [_upright(page, doubts) for page in collector.pages]
    pages = _mended(pages, doubts)
    pages = _uncounted(pages, doubts)
    lines, heads = without_furniture(
        [lines_of(glyphs, number) for number, glyphs in enumerate(pages, 1)], [_height(p) for p in collector.pages]
    )
    doubts += _told(collector, heads)
    return assemble(paragraphs(lines), "pdf", doubts)


def _uncounted(pages: list[list[Glyph]], doubts: list[Diagnostic]) -> list[list[Glyph]]:
    """Leave out the numbers of lines in the margin, and tell of it."""
    kept = [without_line_numbers(glyphs) for glyphs in pages]
    if sum(map(len, kept)) < sum(map(len, pages)):
        doubts.append(LINE_NUMBERS)
    return kept


def _collect(data: bytes, name: str, told: Callable[[int], None]) -> _Collector:
    document = _Document(PDFParser(BytesIO(data)))
    resources = PDFResourceManager(caching=True)
    collector = _Collector(resources)
    interpreter = PDFPageInterpreter(resources, collector)
    pages = list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))
    if len(pages) > MAX_PAGES:
        raise InputError(f"{name}: в PDF больше {MAX_PAGES} страниц. Разделите его на части.")
    for number, page in enumerate(pages, 1):
        interpreter.process_page(page)
        told(number)
    return collector


def _check_text(collector: _Collector, name: str) -> None:
    if not collector.pages:
        raise InputError(f"{name}: в PDF нет ни одной страницы; он повреждён. Скачайте его заново.")
    printed = sum(1 for g in _all_glyphs(collector) if g.text.strip())
    if not printed or (printed < 5 * len(collector.pages) and any(page.images for page in collector.pages)):
        if any(page.images for page in collector.pages):
            raise ScanError(f"{name}: это скан без текстового слоя. " + _SCAN.format(name=name))
        raise ScanError(
            f"{name}: в PDF нет текста (буквы нарисованы кривыми или страницы пусты). " + _SCAN.format(name=name)
        )
    if collector.unknown > 0.1 * collector.count:
        remedy = _SCAN.format(name=name).replace("ocrmypdf", "ocrmypdf --force-ocr")
        raise InputError(f"{name}: шрифты PDF не говорят, какие это буквы (нет таблицы ToUnicode). {remedy}")


def _all_glyphs(collector: _Collector) -> Iterator[Glyph]:
    for page in collector.pages:
        yield from page.glyphs
        yield from (glyph for _, glyph in page.turned)


def _height(page: _Page) -> float:
    quarters = Counter(quarter for quarter, _ in page.turned)
    turned = quarters.most_common(1)[0] if quarters else (0, 0)
    return page.width if turned[1] > len(page.glyphs) and turned[0] in (1, 3) else page.height


def _upright(page: _Page, doubts: list[Diagnostic]) -> list[Glyph]:
    """Take the direction most of a page's text runs in; stamps and marginal notes across it are left out and told."""
    quarters = Counter(quarter for quarter, _ in page.turned)
    quarters[0] = len(page.glyphs)
    main = quarters.most_common(1)[0][0]
    kept = page.glyphs if main == 0 else [glyph for quarter, glyph in page.turned if quarter == main]
    lost = sum(count for quarter, count in quarters.items() if quarter != main)
    if lost and not any(doubt.rule == "rotated-text" for doubt in doubts):
        doubts.append(
            Diagnostic("rotated-text", "Текст, напечатанный поперёк страницы (штампы, пометки на полях), не включён.")
        )
    return kept


def _mended(pages: list[list[Glyph]], doubts: list[Diagnostic]) -> list[list[Glyph]]:
    """Read fonts whose Cyrillic letters are declared as Western: «Ñîãëàøåíèå» is «Соглашение» in code page 1251."""
    by_font: dict[str, list[str]] = {}
    for glyphs in pages:
        for glyph in glyphs:
            by_font.setdefault(glyph.font, []).append(glyph.text)
    wrong = set()
    for font, letters in by_font.items():
        text = "".join(letters)
        if (
            sum("À" <= c <= "ÿ" for c in text) > 0.4 * sum(c.isalpha() for c in text)
            and cost(_recoded(text)) < cost(text) - 2
        ):
            wrong.add(font)
    if not wrong:
        return pages
    doubts.append(
        Diagnostic("encoding", "Шрифты PDF объявляют русские буквы западноевропейскими; текст восстановлен как cp1251.")
    )
    return [[g._replace(text=_recoded(g.text)) if g.font in wrong else g for g in glyphs] for glyphs in pages]


def _recoded(text: str) -> str:
    return "".join(c.encode("cp1252", "ignore").decode("cp1251", "ignore") or c for c in text)


def _told(collector: _Collector, heads: list[str]) -> list[Diagnostic]:
    told = []
    empty = [str(n) for n, page in enumerate(collector.pages, 1) if page.images and not page.glyphs and not page.turned]
    if empty:
        message = f"Страницы без текстового слоя (с. {', '.join(empty[:20])}) пропущены: ocrmypdf -l rus --skip-text."
        told.append(Diagnostic("scanned-pages", message))
    if collector.unknown:
        told.append(
            Diagnostic(
                "unknown-glyphs",
                f"Для {collector.unknown} знаков PDF не говорит, какие это буквы; они показаны знаком «�».",
            )
        )
    if heads:
        message = "Убраны колонтитулы: " + "; ".join(f"«{head[:80]}»" for head in heads[:5])
        told.append(Diagnostic("running-heads", message + ("…" if len(heads) > 5 else ".")))
    return told


def _pages(data: bytes) -> int:
    """Count pages; 0 where the file is damaged, which its reader tells."""
    vars(pdftypes).update(zlib=_BoundedZlib(), lzwdecode=_bounded_lzw)
    try:
        return sum(1 for _ in islice(PDFPage.create_pages(_Document(PDFParser(BytesIO(data)))), MAX_PAGES))
    except Exception:  # noqa: BLE001  whatever it is, the reader meets it again and says it
        return 0


PDF = Format(
    "pdf",
    "PDF",
    ("pdf",),
    read_pdf,
    lambda head: b"%PDF-" in head[:1024],
    pages=_pages,
    by_page=read_pdf,
    libraries=("pdfminer.high_level",),
)
