"""DOCX into paragraphs: styles, automatic numbers, tables, text boxes, footnotes; tracked changes are accepted."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.blocks import CONTENTS, TRACKED_CHANGES, Block, assemble, split_lines, superscript, table_blocks
from ingest.formats.office.docx_numbering import Numbering
from ingest.formats.office.docx_styles import Styles, on
from ingest.formats.office.packages import Package, attribute, child, local, open_package
from ingest.formats.registry import Format, Parts
from ingest.source import SourceText

_WRAPPERS = frozenset(
    {
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "ins",
        "moveTo",
        "dir",
        "bdo",
        "AlternateContent",
        "Choice",
        "ruby",
        "rubyBase",
        "oMath",
        "oMathPara",
    }
)
_DELETED = frozenset({"del", "moveFrom"})
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_CHUNKS = Diagnostic(
    "embedded", "В файл вложен другой документ (altChunk); он не прочитан. Откройте файл в Word и сохраните заново."
)


def read_docx(package: Package) -> SourceText:
    """Read the main part of a document; headers, footers and comments are left out."""
    main = _main_part(package)
    document = package.xml(main)
    body = child(document, "body")
    if body is None:
        raise InputError(
            f"{package.name}: в файле DOCX нет текста документа; он повреждён. Сохраните его заново в Word."
        )
    folder = posixpath.dirname(main)
    reader = _Reader(
        Styles.read(_optional(package, folder, "styles.xml")),
        Numbering.read(_optional(package, folder, "numbering.xml")),
        {n: _notes(_optional(package, folder, f"{n}s.xml")) for n in ("footnote", "endnote")},
    )
    blocks = list(reader.blocks(body))
    source = assemble(blocks, "docx", reader.doubts())
    if not source.text:
        raise InputError(
            f"{package.name}: в документе нет текста (возможно, только изображения). Для сканов: ocrmypdf -l rus."
        )
    return source


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for relation in package.xml("_rels/.rels"):
            if attribute(relation, "Type").endswith("/officeDocument"):
                return posixpath.normpath(attribute(relation, "Target").lstrip("/"))
    return "word/document.xml"


def _optional(package: Package, folder: str, name: str) -> etree._Element:
    part = posixpath.join(folder, name)
    return package.xml(part) if part in package else etree.Element("none")


def _notes(root: etree._Element) -> dict[str, etree._Element]:
    """Index footnotes, without the separators Word keeps among them."""
    return {attribute(note, "id"): note for note in root if attribute(note, "type", "normal") == "normal"}


@dataclass(slots=True)
class _Run:
    """What a paragraph gathers: its text by looks, the boxes anchored in it and the notes it refers to."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def text(self) -> str:
        return "".join(part for part, _ in self.parts)

    def bold(self) -> bool:
        letters = sum(len(part.strip()) for part, _ in self.parts)
        return letters > 0 and sum(len(part.strip()) for part, bold in self.parts if bold) >= 0.9 * letters


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    notes: dict[str, dict[str, etree._Element]]
    revised: bool = False
    contents: bool = False
    chunks: bool = False
    joined: _Run | None = None

    def doubts(self) -> list[Diagnostic]:
        told = (
            (self.revised, TRACKED_CHANGES),
            (self.contents, CONTENTS),
            (self.chunks, _CHUNKS),
        )
        return [doubt for seen, doubt in told if seen]

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a body, cell, text box or note."""
        for element in container:
            name = local(element)
            if name == "p":
                yield from self.paragraph(element)
            elif name == "tbl":
                yield from self.table(element)
            elif name == "altChunk":
                self.chunks = True
            elif name in _DELETED:
                self.revised = True
            elif name in _WRAPPERS:
                yield from self.blocks(element)

    def table(self, element: etree._Element) -> list[Block]:
        rows = []
        for row in _descend(element, "tr"):
            if child(row, "trPr", "del") is not None:
                self.revised = True
                continue
            rows.append([[] if _continues(cell) else list(self.blocks(cell)) for cell in _descend(row, "tc")])
        return table_blocks(rows)

    def paragraph(self, element: etree._Element) -> Iterator[Block]:
        own = child(element, "pPr")
        style = attribute(child(own, "pStyle"), "val") or self.styles.default
        if self.styles.is_contents(style):
            self.contents = True
            return
        run = self.joined or _Run()
        self.joined = None
        label = "" if run.parts else self.label(own, style)
        if label and child(element, "r", "tab") is None:
            run.parts.append((label, False))
        elif label:
            run.parts.append((label.rstrip() + " ", False))
        self.inline(element, style, run)
        if child(own, "rPr", "del") is not None:
            self.revised = True
            self.joined = run  # the mark that parted two paragraphs was struck out
            return
        text = run.text()
        if text.strip() not in ("", "-"):  # a paragraph of a number alone is printed, a lone bullet says nothing
            block = Block(
                text,
                self.styles.heading(own, style),
                run.bold(),
                attribute(self.styles.paragraph_property(own, style, "jc"), "val") == "center",
                self.styles.indent(own, style),
            )
            yield from split_lines(block)
        yield from run.boxes
        yield from self.note_blocks(run)

    def label(self, own: etree._Element | None, style: str) -> str:
        properties = self.styles.paragraph_property(own, style, "numPr")
        if properties is None:
            return ""
        instance = attribute(child(properties, "numId"), "val")
        if not instance:  # a style may give the level here and its list in the style it is based on
            instance = next(
                (v for s in self.styles.chain(style) if (v := attribute(child(s.paragraph, "numPr", "numId"), "val"))),
                "",
            )
        place = attribute(child(properties, "ilvl"), "val")
        if child(own, "numPr") is None:
            tied = next((t for s in [style] if (t := self.numbering.level_for_style(instance, s)) is not None), None)
            return self.numbering.label(instance, tied if tied is not None else int(place or 0))
        return self.numbering.label(instance, int(place) if place.isdigit() else 0)

    def note_blocks(self, run: _Run) -> Iterator[Block]:
        notes, run.notes = run.notes, []
        for kind, key in notes:
            note = self.notes[kind].get(key)
            if note is not None:
                text = " ".join(block.text for block in self.blocks(note)).strip()
                yield Block(text, note=True)

    def inline(self, container: etree._Element, style: str, run: _Run) -> None:
        """Gather the text of a paragraph's runs."""
        for element in container:
            name = local(element)
            if name == "r":
                self.run(element, style, run)
            elif name in _DELETED:
                self.revised = True
            elif name in _WRAPPERS:
                self.revised = self.revised or name in ("ins", "moveTo")
                self.inline(element, style, run)

    def run(self, element: etree._Element, style: str, run: _Run) -> None:
        own = child(element, "rPr")
        if on(self.styles.run_property(own, style, "vanish")):
            return
        bold = on(self.styles.run_property(own, style, "b"))
        raised = attribute(self.styles.run_property(own, style, "vertAlign"), "val") == "superscript"
        for part in element:
            name = local(part)
            if name == "t":
                text = part.text or ""
                run.parts.append((superscript(text) if raised else text, bold))
            elif name in _SIGNS:
                run.parts.append((_SIGNS[name], bold))
            elif name == "br":
                run.parts.append(("" if attribute(part, "type") in ("page", "column") else "\n", bold))
            elif name == "lastRenderedPageBreak":
                run.parts.append(("\f", bold))
            elif name == "sym":
                run.parts.append((_symbol(attribute(part, "char")), bold))
            elif name in ("footnoteReference", "endnoteReference"):
                run.notes.append((name.removesuffix("Reference"), attribute(part, "id")))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self.boxes(part, run)

    def boxes(self, element: etree._Element, run: _Run) -> None:
        """Read the text boxes of a drawing, once: its fallback repeats them."""
        if local(element) == "AlternateContent":
            kept = child(element, "Choice")
            element = kept if kept is not None and _has_text(kept) else child(element, "Fallback") or element
        for content in _descend(element, "txbxContent"):
            outer = self.joined
            self.joined = None
            run.boxes.extend(self.blocks(content))
            self.joined = outer


def _has_text(element: etree._Element) -> bool:
    return next(_descend(element, "txbxContent"), None) is not None


def _descend(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the nearest descendants of a name, not those inside one another."""
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) not in ("tbl", "txbxContent", "tc"):
            yield from _descend(inner, name)


def _continues(cell: etree._Element) -> bool:
    """Say whether a cell only continues the one above."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and attribute(merge, "val", "continue") == "continue"


def _symbol(code: str) -> str:
    """Return a symbol-font character where Unicode has the same sign."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return {0xF0B7: "•", 0xF02D: "-", 0xF0A7: "§", 0xF0A0: "", 0xF02A: "*"}.get(
        value, "" if value >= 0xF000 else chr(value)
    )


def _is_docx(parts: Parts) -> bool:
    types = parts.part("[Content_Types].xml") if "[Content_Types].xml" in parts else b""
    return b"wordprocessingml" in types or b"ms-word" in types or "word/document.xml" in parts


DOCX = Format(
    "docx",
    "DOCX",
    ("docx",),
    lambda data, name: read_docx(open_package(data, name)),
    inside=_is_docx,
    libraries=("lxml.etree", "zipfile"),
)
