"""HTML, as legal databases and word processors write it, into paragraphs."""

import email
import email.policy
import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.attributes import whole
from ingest.formats.blocks import Block, assemble, split_lines, superscript, table_blocks
from ingest.formats.markup.styles import StyleSheet, characters
from ingest.formats.plain.encoding import decode
from ingest.formats.registry import Format
from ingest.source import SourceText

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "center",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "hr",
        "form",
        "fieldset",
        "address",
        "figure",
        "figcaption",
        "caption",
        "body",
        "html",
        "details",
        "summary",
    }
)
# What a browser does not show, or shows around the text as the site's own.
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "nav",
        "aside",
        "button",
        "select",
        "textarea",
        "xml",
        "del",
        "canvas",
    }
)
_BOLD = frozenset({"b", "strong", "th"})
# Footnotes as Word, Writer and Markdown tools export them: the mark's link, and the place it leads to.
_NOTE_LINK = re.compile(r"#(?:_ftn|_edn|sd(?:foot|end)note\d++sym|fn:?\d|footnote-?\d|cite_note)")
_NOTE_ID = re.compile(r"(?:_?ftn|_?edn|sdfootnote|sdendnote|fn:?|footnote-?|cite_note-?)\d++")
_META_CHARSET = re.compile(
    rb"<meta(?:(?!charset\s{0,9}+=)[^<>]){0,200}+charset\s*+=\s*+(?:[\"']\s*+)?([\w-]{3,20})|<\?xml(?:(?!encoding=)[^<>]){0,100}+encoding=[\"']([\w-]{3,20})",
    re.IGNORECASE,
)
_TAGS = re.compile(
    rb"<(/?)(?:div|span|b|i|u|em|strong|font|table|blockquote|ul|ol|center|section|article|a)\b", re.IGNORECASE
)
_MAX_DEPTH = 2_000
_CODE_PAGES = {
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "win-1251": "cp1251",
    "koi8-r": "koi8_r",
    "ibm866": "cp866",
    "cp866": "cp866",
}


def read_html(data: bytes, name: str) -> SourceText:
    """Read a page: blocks become paragraphs, `<br>` a line; layout tables are read through."""
    if _depth(data) > _MAX_DEPTH:
        raise InputError(f"{name}: разметка HTML вложена глубже {_MAX_DEPTH} уровней; файл повреждён или опасен.")
    text, encoding, doubts = _decode(data, name)
    tree = LexborHTMLParser(text)
    page = _Page()
    for style in tree.css("style"):
        page.sheet.add(style.text(deep=True) or "")
    if tree.body is not None:
        page.walk(tree.body)
    source = assemble(page.sinks[0], "html", doubts, encoding)
    if not source.text:
        raise InputError(f"{name}: на странице HTML нет текста.")
    return source


def read_mhtml(data: bytes, name: str) -> SourceText:
    """Read the page of a web archive: Word and legal databases save such files with the extension doc."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    body = page.get_payload(decode=True) if page is not None else None
    if not isinstance(body, bytes) or not body.strip():
        raise InputError(f"{name}: в веб-архиве MHTML нет страницы с текстом. Сохраните документ как DOCX или PDF.")
    return replace(read_html(body, name), format="mhtml")


def _depth(data: bytes) -> int:
    depth = deepest = 0
    for match in _TAGS.finditer(data):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _decode(data: bytes, name: str) -> tuple[str, str, tuple[Diagnostic, ...]]:
    """Trust a byte order mark, then valid UTF-8, then the page's own word, then the letters."""
    try:
        return data.decode("utf-8-sig"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    said = _META_CHARSET.search(data[:4096])
    page = _CODE_PAGES.get((said[1] or said[2]).decode().lower()) if said else None
    decoded = decode(data, name)
    if page and page != decoded.encoding and decoded.doubts:
        return data.decode(page, "replace"), page, ()
    return decoded.text, decoded.encoding, decoded.doubts


@dataclass(frozen=True, slots=True)
class _State:
    """What an element inherits."""

    bold: bool = False
    centred: bool = False
    raised: bool = False
    kept: bool = False  # line breaks of the source are kept
    heading: int = 0
    indent: int = 0
    note: bool = False


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int
    style: str


@dataclass(slots=True)
class _Page:
    """The walk over the tree, without recursion; `sinks` holds a list of blocks per open table cell."""

    sheet: StyleSheet = field(default_factory=StyleSheet)
    sinks: list[list[Block]] = field(default_factory=lambda: [[]])
    tables: list[list[list[list[Block]]]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    run: list[tuple[str, bool]] = field(default_factory=list)
    label: str = ""

    def walk(self, root: LexborNode) -> None:
        """Visit every element in document order, entering and leaving it."""
        stack: list[tuple[LexborNode, _State, bool]] = [(root, _State(), False)]
        while stack:
            node, state, leaving = stack.pop()
            if leaving:
                self._leave(node, state)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "", state)
                continue
            if tag.startswith("-") or tag in _SKIPPED:
                continue
            inner = self._enter(node, tag, state)
            if inner is None:
                continue
            stack.append((node, state, True))
            child = node.last_child
            while child is not None:
                stack.append((child, inner, False))
                child = child.prev
        self._flush(_State())

    def _text(self, text: str, state: _State) -> None:
        if not state.kept:
            text = re.sub(r"[ \t\r\n\f]++", " ", text)
            last = self.run[-1][0] if self.run else "\n"
            if text.startswith(" ") and last.endswith((" ", "\n")):
                text = text[1:]
        if text:
            self.run.append((superscript(text) if state.raised else text, state.bold))

    def _enter(self, node: LexborNode, tag: str, state: _State) -> _State | None:
        """Apply an element's look; None when it is hidden."""
        attributes = node.attributes
        style = self.sheet.of(tag, attributes)
        if (
            style.get("display") == "none"
            or style.get("visibility") == "hidden"
            or style.get("mso-hide") == "all"
            or "hidden" in attributes
        ):
            return None
        if tag == "br":
            self.run.append(("\n", state.bold))
            return None
        if tag == "a" and _NOTE_LINK.match(attributes.get("href") or "") and not state.note:
            return None  # a footnote's mark is no part of the word before it
        if tag == "div" and attributes.get("title") in ("header", "footer"):
            return None  # what Writer prints at the edges of every page
        if tag in _BLOCKS:
            self._flush(state)
            self._open(tag, attributes)
        return self._look(tag, attributes, style, state)

    def _look(self, tag: str, attributes: dict[str, str | None], style: dict[str, str], state: _State) -> _State:
        weight = style.get("font-weight", "")
        align = style.get("text-align", "")
        raised = tag == "sup" or (
            tag in ("span", "font") and style.get("vertical-align") in ("super", "top", "text-top")
        )
        bold = state.bold or tag in _BOLD
        if weight:
            bold = weight in ("bold", "bolder") or whole(weight) >= 600
        return replace(
            state,
            bold=bold,
            centred=(align == "center" or tag == "center") if align or tag == "center" else state.centred,
            raised=state.raised or raised,
            kept=state.kept or tag == "pre" or style.get("white-space", "").startswith("pre"),
            heading=int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0 if tag in ("td", "li", "p") else state.heading,
            indent=characters(style.get("text-indent", "0")) + characters(style.get("margin-left", "0"))
            if tag in _BLOCKS
            else state.indent,
            note=state.note
            or "MsoFootnoteText" in (attributes.get("class") or "")
            or (tag in _BLOCKS and bool(_NOTE_ID.fullmatch(attributes.get("id") or ""))),
        )

    def _open(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in ("ol", "ul"):
            start = attributes.get("start") or "1"
            self.lists.append(_List(tag == "ol", whole(start, 1), attributes.get("type") or "1"))
        elif tag == "li" and self.lists:
            self.label = self._number(self.lists[-1], attributes.get("value") or "")
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.sinks.append([])

    @staticmethod
    def _number(items: _List, value: str) -> str:
        if not items.ordered:
            return "- "
        number = whole(value, items.number)
        items.number = number + 1
        letter = chr(ord(items.style) + number - 1) if items.style in ("a", "A") and 0 < number <= 26 else str(number)
        return f"{letter}. "

    def _leave(self, node: LexborNode, state: _State) -> None:
        tag = node.tag or ""
        if tag not in _BLOCKS:
            return
        attributes = node.attributes
        self._flush(self._look(tag, attributes, self.sheet.of(tag, attributes), state))
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
            self.label = ""
        elif tag in ("td", "th") and self.tables and len(self.sinks) > 1:
            cell = self.sinks.pop()
            if not self.tables[-1]:
                self.tables[-1].append([])
            self.tables[-1][-1].append(cell)
        elif tag == "table" and self.tables:
            self.sinks[-1].extend(table_blocks(self.tables.pop()))

    def _flush(self, state: _State) -> None:
        """End the current paragraph."""
        text = "".join(part for part, _ in self.run)
        if text.strip():
            letters = sum(len(part.strip()) for part, _ in self.run)
            bold = sum(len(part.strip()) for part, is_bold in self.run if is_bold) >= 0.9 * letters
            label = "" if re.match(r"\s*+(?:\d++[.)]|[а-я]\)|[-–—•])", text) else self.label
            block = Block(label + text, state.heading, bold, state.centred, max(0, state.indent), state.note)
            self.sinks[-1].extend(split_lines(block))
            self.label = ""
        self.run.clear()


_PAGE = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+"
    rb"<(?:!doctype\s++html|html|head|body|meta|title|p|div|table|span|font|h[1-6]|center|style|link)\b(?=[^<>\s]*+[>\s])",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE = re.compile(
    rb"\A(?:(?!MIME-Version|Content-Type:\s*+multipart/related)[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){0,20}+"
    rb"(?:MIME-Version|Content-Type:\s*+multipart/related)",
    re.IGNORECASE,
)


def _is_archive(head: bytes) -> object:
    return b"multipart/related" in head.lower() and _ARCHIVE.match(head)


HTML = Format("html", "HTML", ("html", "htm", "xhtml"), read_html, _PAGE.match, libraries=("selectolax.lexbor",))
MHTML = Format(
    "mhtml",
    "веб-архив MHTML",
    ("mhtml", "mht"),
    read_mhtml,
    _is_archive,
    libraries=("email.policy", "email.header", "email.charset", "email.base64mime", "email.quoprimime", "quopri"),
)
