"""ODT (and flat ODT) into paragraphs: styles, list numbers, tables, text boxes, footnotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.attributes import whole
from ingest.formats.blocks import CONTENTS, TRACKED_CHANGES, Block, assemble, split_lines, superscript, table_blocks
from ingest.formats.markup.styles import characters
from ingest.formats.office.numerals import LONGEST_LABEL, numeral
from ingest.formats.office.packages import Package, attribute, child, local, open_package, parse_xml
from ingest.formats.registry import Format, Parts
from ingest.source import SourceText

_SKIPPED = frozenset(
    {
        "annotation",
        "annotation-end",
        "tracked-changes",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "forms",
        "title",
        "desc",
    }
)
_INDEXES = frozenset(
    {"table-of-content", "alphabetical-index", "illustration-index", "user-index", "object-index", "table-index"}
)
_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": "\f"}
_RAISED = re.compile(r"super|[1-9]\d*+%")
"""«super 58%», «33% 58%»; «0% 100%» is the line itself, «-33%» is below it."""
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read_odt(package: Package) -> SourceText:
    """Read content.xml with the styles it uses."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise InputError(f"{package.name}: документ ODT защищён паролем. Снимите пароль и загрузите файл снова.")
    content = package.xml("content.xml")
    styles = [package.xml("styles.xml")] if "styles.xml" in package else []
    return _read(content, [*styles, content], package.name)


def read_flat_odt(data: bytes, name: str) -> SourceText:
    """Read a flat (single XML) document."""
    root = parse_xml(data, name)
    return _read(root, [root], name)


def _read(content: etree._Element, sheets: list[etree._Element], name: str) -> SourceText:
    body = child(content, "body", "text")
    if body is None:
        raise InputError(
            f"{name}: это не текстовый документ OpenDocument. Сохраните нужный текст как ODT, DOCX или PDF."
        )
    reader = _Reader(_Sheet.read(sheets))
    if child(body, "tracked-changes") is not None:
        reader.doubts.append(TRACKED_CHANGES)
    source = assemble(list(reader.blocks(body)), "odt", reader.doubts)
    if not source.text:
        raise InputError(
            f"{name}: в документе ODT нет текста (возможно, только изображения). Для сканов: ocrmypdf -l rus."
        )
    return source


@dataclass(frozen=True, slots=True)
class _ListLevel:
    style: str | None = None  # None: bullets
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1


@dataclass(slots=True)
class _Sheet:
    """Named styles with their parents, and list styles by level (0-based)."""

    named: dict[str, etree._Element] = field(default_factory=dict)
    lists: dict[str, dict[int, _ListLevel]] = field(default_factory=dict)
    outline: dict[int, _ListLevel] = field(default_factory=dict)

    @classmethod
    def read(cls, roots: list[etree._Element]) -> "_Sheet":
        sheet = cls()
        for root in roots:
            for element in root.iter():
                name = local(element)
                if name == "style":
                    sheet.named[attribute(element, "name")] = element
                elif name == "list-style":
                    sheet.lists[attribute(element, "name")] = _levels(element)
                elif name == "outline-style":
                    sheet.outline = _levels(element)
        return sheet

    def value(self, style: str, group: str, name: str) -> str:
        """Find a property along the chain of parents."""
        seen: set[str] = set()
        while style in self.named and style not in seen:
            seen.add(style)
            element = self.named[style]
            found = attribute(child(element, group), name)
            if found:
                return found
            style = attribute(element, "parent-style-name")
        return ""

    def list_style(self, style: str) -> str:
        """Return the list style a paragraph style brings along."""
        seen: set[str] = set()
        while style in self.named and style not in seen:
            seen.add(style)
            found = attribute(self.named[style], "list-style-name")
            if found:
                return found
            style = attribute(self.named[style], "parent-style-name")
        return ""


def _levels(element: etree._Element) -> dict[int, _ListLevel]:
    levels = {}
    for level in element:
        place = whole(attribute(level, "level", "1"), 1) - 1
        kind = local(level)
        form = attribute(level, "num-format")
        if kind in ("list-level-style-number", "outline-level-style"):
            shown, start = attribute(level, "display-levels", "1"), attribute(level, "start-value", "1")
            levels[place] = _ListLevel(
                _format(form),
                attribute(level, "num-prefix")[:LONGEST_LABEL],
                attribute(level, "num-suffix")[:LONGEST_LABEL],
                whole(shown, 1),
                whole(start, 1),
            )
        elif kind.startswith("list-level-style"):
            levels[place] = _ListLevel()
    return levels


def _format(form: str) -> str:
    """Name a number format; LibreOffice writes Russian letters as a sample: «а, б, .., аа, аб, ... (ru)»."""
    if form.startswith(("а", "А")):
        return "russianLower" if form.startswith("а") else "russianUpper"
    return _FORMATS.get(form, "decimal") if form else "none"


@dataclass(slots=True)
class _List:
    """A list in progress: its style and the count of each level."""

    style: str
    counts: list[int | None] = field(default_factory=lambda: [None] * 10)


@dataclass(slots=True)
class _Run:
    parts: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)

    def add(self, text: str | None, *, bold: bool, raised: bool) -> None:
        if text:
            flat = re.sub(r"[ \t\r\n]++", " ", text)  # blanks that count are written as elements
            self.parts.append((superscript(flat) if raised else flat, bold))


@dataclass(slots=True)
class _Reader:
    sheet: _Sheet
    doubts: list[Diagnostic] = field(default_factory=list)
    by_id: dict[str, _List] = field(default_factory=dict)
    last_by_style: dict[str, _List] = field(default_factory=dict)
    outline: list[int | None] = field(default_factory=lambda: [None] * 10)

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a body, section, cell or box."""
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                yield from self.paragraph(element, self._outline_label(element) if name == "h" else "")
            elif name == "list":
                yield from self.items(element, None, 0)
            elif name == "table":
                yield from self.table(element)
            elif name in _INDEXES:
                self.doubts.append(CONTENTS)
            elif name and name not in _SKIPPED:
                yield from self.blocks(element)

    def table(self, element: etree._Element) -> list[Block]:
        return table_blocks(
            [
                [list(self.blocks(cell)) for cell in row if local(cell) == "table-cell"]
                for row in _descend(element, "table-row")
            ]
        )

    def items(self, element: etree._Element, outer: _List | None, depth: int) -> Iterator[Block]:
        """Yield a list's items; nested lists count one level deeper in the same list."""
        current = outer or self._begin(element)
        if outer is not None and attribute(element, "style-name"):
            current.style = attribute(element, "style-name")
        if outer is not None and depth < 10 and attribute(element, "continue-numbering") != "true":
            current.counts[depth] = None
        for item in element:
            name = local(item)
            if name not in ("list-item", "list-header"):
                continue
            label = ""
            if name == "list-item" and any(local(inner) in ("p", "h") for inner in item):
                label = self._count(current, depth, item)
            for inner in item:
                if local(inner) in ("p", "h"):
                    yield from self.paragraph(inner, label)
                    label = ""
                elif local(inner) == "list":
                    yield from self.items(inner, current, depth + 1)

    def _begin(self, element: etree._Element) -> _List:
        style = attribute(element, "style-name")
        if not style:
            first = next((p for p in element.iter() if local(p) in ("p", "h")), None)
            style = self.sheet.list_style(attribute(first, "style-name"))
        continued = self.by_id.get(attribute(element, "continue-list"))
        if continued is None and attribute(element, "continue-numbering") == "true":
            continued = self.last_by_style.get(style)
        current = continued or _List(style)
        if style:
            current.style = style
        self.last_by_style[style] = current
        if attribute(element, "id"):
            self.by_id[attribute(element, "id")] = current
        return current

    def _count(self, current: _List, depth: int, item: etree._Element) -> str:
        levels = self.sheet.lists.get(current.style, {})
        level = levels.get(depth)
        if level is None or depth > 9:
            return ""
        said = whole(attribute(item, "start-value"), -1)
        return _advance(current.counts, depth, levels, said if said >= 0 else None)

    def _outline_label(self, element: etree._Element) -> str:
        depth = whole(attribute(element, "outline-level", "1"), 1) - 1
        level = self.sheet.outline.get(depth)
        if (
            level is None
            or level.style in (None, "none")
            or depth > 9
            or attribute(element, "is-list-header") == "true"
        ):
            return ""
        return _advance(self.outline, depth, self.sheet.outline, None)

    def paragraph(self, element: etree._Element, label: str = "") -> Iterator[Block]:
        style = attribute(element, "style-name")
        run = _Run()
        self._inline(element, style, run)
        text = "".join(part for part, _ in run.parts)
        if text.strip() or label not in ("", "- "):
            letters = sum(len(part.strip()) for part, _ in run.parts)
            level = attribute(element, "outline-level")
            block = Block(
                label + text,
                min(6, max(0, whole(level))) if local(element) == "h" else 0,
                sum(len(part.strip()) for part, bold in run.parts if bold) >= 0.9 * letters,
                self.sheet.value(style, "paragraph-properties", "text-align") == "center",
                self._indent(style),
            )
            yield from split_lines(block)
        elif "\f" in text:
            yield Block("\f")
        yield from run.boxes
        yield from run.notes

    def _indent(self, style: str) -> int:
        lengths = (self.sheet.value(style, "paragraph-properties", name) for name in ("margin-left", "text-indent"))
        return max(0, sum(characters(length) for length in lengths if length))

    def _inline(self, element: etree._Element, style: str, run: _Run) -> None:
        bold = self.sheet.value(style, "text-properties", "font-weight") == "bold"
        raised = _RAISED.match(self.sheet.value(style, "text-properties", "text-position")) is not None
        if self.sheet.value(style, "text-properties", "display") == "none":
            return

        run.add(element.text, bold=bold, raised=raised)
        for part in element:
            name = local(part)
            if name in _SIGNS:
                run.parts.append((_SIGNS[name], bold))
            elif name == "s":
                count = attribute(part, "c", "1")
                run.parts.append((" " * min(200, whole(count, 1)), bold))
            elif name == "note":
                run.notes.extend(self._note(part))
            elif name in ("frame", "text-box", "custom-shape", "g"):
                run.boxes.extend(self._box(part))
            elif name and name not in _SKIPPED:
                self._inline(part, attribute(part, "style-name") or style, run)
            run.add(part.tail, bold=bold, raised=raised)

    def _note(self, element: etree._Element) -> Iterator[Block]:
        body = child(element, "note-body")
        if body is not None:
            yield Block(" ".join(block.text for block in self.blocks(body)), note=True)

    def _box(self, element: etree._Element) -> list[Block]:
        return [replace(block, note=False) for block in self.blocks(element)]


def _advance(counts: list[int | None], depth: int, levels: dict[int, _ListLevel], said: int | None) -> str:
    """Count one item and print its number: as many levels as the style shows, parted by full stops."""
    level = levels[depth]
    before = counts[depth]
    counts[depth] = said if said is not None else level.start if before is None else before + 1
    for deeper in range(depth + 1, 10):
        counts[deeper] = None
    if level.style is None:
        return "- "
    shown = []
    for place in range(max(0, depth - level.shown + 1), depth + 1):
        upper = levels.get(place, _ListLevel("decimal"))
        value = counts[place]
        if upper.style is not None:
            shown.append(numeral(upper.start if value is None else value, upper.style))
    text = level.prefix + ".".join(filter(None, shown)) + level.suffix
    return f"{text.strip()} " if text.strip() else ""


def _descend(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield a table's own rows, through groups of rows."""
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _descend(inner, name)


def _is_odt(parts: Parts) -> bool:
    if "mimetype" in parts:
        return parts.part("mimetype").strip().startswith(b"application/vnd.oasis.opendocument.text")
    return "content.xml" in parts


ODT = Format(
    "odt",
    "ODT",
    ("odt",),
    lambda data, name: read_odt(open_package(data, name)),
    inside=_is_odt,
    libraries=("lxml.etree", "zipfile"),
    family="opendocument",
)
FLAT_ODT = Format(
    "fodt",
    "FODT",
    ("fodt",),
    read_flat_odt,
    lambda head: head.lstrip().startswith(b"<?xml") and b"<office:document" in head,
    family="opendocument",
)
