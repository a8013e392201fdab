r"""RTF into paragraphs: code pages by font, \\u escapes, numbers as they were printed, tables, footnotes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.blocks import TRACKED_CHANGES, Block, assemble, split_lines, superscript, table_blocks
from ingest.formats.plain.letters import cost
from ingest.formats.registry import Format
from ingest.source import SourceText

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<empty>(?:\{\})++)|(?P<brace>[{}])|[\r\n\x00]++|(?P<text>[^\\{}\r\n\x00]++)|\\",
    re.DOTALL,
)
_CHARSETS = {
    0: "",
    1: "",
    77: "mac_roman",
    161: "cp1253",
    162: "cp1254",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
    255: "cp866",
}
_SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "softpage": "\f",
}
_SYMBOLS = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page"})
_UNPRINTED = frozenset(
    {
        "colortbl",
        "info",
        "pict",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "object",
        "objdata",
        "themedata",
        "colorschememapping",
        "latentstyles",
        "datastore",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "xmlnstbl",
        "generator",
        "nonshppict",
        "annotation",
        "atnid",
        "atnauthor",
        "fldinst",
        "bkmkstart",
        "bkmkend",
        "sp",
        "revtbl",
        "filetbl",
        "template",
        "operator",
        "nonesttables",
        "pgdsctbl",
        "ftnsep",
        "ftnsepc",
        "aftnsep",
        "aftnsepc",
        "xe",
        "tc",
        "tcn",
        "rxe",
        "upr",
        "fchars",
        "lchars",
    }
)
_OWN_MARK = re.compile(r"(?:[*†‡]{1,4}|[¹²³⁰⁴-⁹]{1,3})\)?")
"""A mark typed by hand before its footnote: «Титул{\\super *}{\\footnote …}»."""
_LAST_STARS = re.compile(r"(?<=\S)(?<![*†‡])[*†‡]{1,4}\)?\s?\Z")
"""The same at the end of the words it is printed behind."""
_STARRED_TEXT = frozenset({"shpinst", "shptxt", "ud", "shppict", "insrsid", "pnseclvl"})
_HEADING = re.compile(r"(?:heading|заголовок) ([1-9])", re.IGNORECASE)
_TWIPS_PER_CHARACTER = 120
_MAX_DEPTH = 1_000


def read_rtf(data: bytes, name: str) -> SourceText:
    """Read an RTF file; raise InputError when it holds no text."""
    reader = _Reader(data.decode("latin-1"))
    reader.read()
    text = "".join(block.text for block in reader.blocks)
    doubts = [TRACKED_CHANGES] if reader.revised else []
    if reader.default == "cp1252" and reader.western > reader.cyrillic:
        # Generators that declare code page 1252 and write 1251: «Ñîãëàøåíèå» reads as Russian once taken for 1251.
        forced = _Reader(data.decode("latin-1"), forced="cp1251")
        forced.read()
        if cost("".join(block.text for block in forced.blocks)) < cost(text):
            reader = forced
            doubts.append(
                Diagnostic(
                    "encoding",
                    "В файле RTF объявлена кодировка cp1252, но текст записан в cp1251; прочитан как cp1251.",
                )
            )
    source = assemble(reader.blocks, "rtf", doubts)
    if not source.text:
        raise InputError(f"{name}: в файле RTF нет текста; возможно, он повреждён или содержит только изображения.")
    return source


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and its end restores."""

    skip: bool = False
    destination: str = ""
    starred: bool = False
    codec: str = ""
    unicode_skip: int = 1
    bold: bool = False
    raised: bool = False
    hidden: bool = False
    centred: bool = False
    heading: int = 0
    left: int = 0
    first: int = 0
    in_table: bool = False


@dataclass(slots=True)
class _Reader:
    text: str
    forced: str = ""
    blocks: list[Block] = field(default_factory=list)
    default: str = "cp1252"
    cyrillic: int = 0
    western: int = 0
    revised: bool = False
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _fonts: dict[int, str] = field(default_factory=dict)
    _font: int = 0
    _headings: dict[int, int] = field(default_factory=dict)
    _style: int = 0
    _style_name: str = ""
    _bytes: bytearray = field(default_factory=bytearray)
    _run: list[tuple[str, bool]] = field(default_factory=list)
    _rows: list[list[list[Block]]] = field(default_factory=list)
    _row: list[list[Block]] = field(default_factory=list)
    _cell: list[Block] = field(default_factory=list)
    _notes: list[tuple[list[tuple[str, bool]], int]] = field(default_factory=list)
    _to_skip: int = 0

    def read(self) -> None:
        """Go through the tokens."""
        token, place = _TOKEN.match, 0
        while match := token(self.text, place):
            place, kind = match.end(), match.lastgroup
            if kind in ("word", "number"):
                number = None if match["number"] is None else int(match["number"])
                if match["word"] == "bin":
                    place += max(0, number or 0)
                else:
                    self._word(match["word"], number)
            elif kind == "byte":
                self._byte(int(match["byte"], 16))
            elif kind == "symbol":
                self._symbol(match["symbol"])
            elif kind == "brace":
                self._brace(match["brace"])
            elif kind == "empty":
                self._decode()
                self._to_skip = 0
            elif kind == "text":
                self._plain(match["text"])
        self._end_paragraph()
        self._end_table()

    def _brace(self, brace: str) -> None:
        self._decode()
        self._to_skip = 0
        if brace == "{":
            self._stack.append(self._state)
            if len(self._stack) > _MAX_DEPTH:
                raise InputError(f"группы RTF вложены глубже {_MAX_DEPTH} уровней; файл повреждён или опасен.")
            if self._state.starred:
                self._state = replace(self._state, starred=False)
            return
        if self._state.destination == "stylesheet" and self._style_name:
            heading = _HEADING.search(self._style_name)
            self._headings[self._style] = min(6, int(heading[1])) if heading else 0
            self._style_name = ""
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.destination == "footnote" and self._state.destination != "footnote" and self._notes:
            self._end_note()

    def _end_note(self) -> None:
        outer, _ = self._notes.pop()
        text = "".join(part for part, _ in self._run).strip()
        self._run = outer
        if text:
            self.blocks.append(Block(text, note=True))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state = replace(self._state, starred=True)
        elif symbol in _SYMBOLS:
            self._decode()
            if symbol in "\r\n":
                self._word("par", None)
            else:
                self._append(_SYMBOLS[symbol])

    def _byte(self, value: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif not self._state.skip:
            self._bytes.append(value)

    def _plain(self, text: str) -> None:
        if self._state.destination in ("stylesheet", "fonttbl"):
            if self._state.destination == "stylesheet":
                self._style_name += text
            return
        if self._to_skip:
            cut = min(self._to_skip, len(text))
            self._to_skip -= cut
            text = text[cut:]
        if not self._state.skip:
            self._bytes += text.encode("latin-1")

    def _decode(self) -> None:
        """Turn the bytes gathered so far into characters by the code page of their font."""
        if self._bytes:
            text = self._bytes.decode(self.forced or self._state.codec or self.default, "replace")
            self._bytes.clear()
            self._append(text)

    def _append(self, text: str) -> None:
        state = self._state
        if state.skip or state.hidden or state.destination in ("stylesheet", "fonttbl"):
            return
        self.cyrillic += sum("А" <= c <= "ё" for c in text)
        self.western += sum("À" <= c <= "ÿ" for c in text)
        self._run.append((superscript(text) if state.raised else text, state.bold))

    def _word(self, word: str, number: int | None) -> None:
        self._decode()
        if word == "u" and number is not None:
            self._unicode(number)
            return
        self._to_skip = 0
        state = self._state
        if state.starred and not state.skip and word not in _STARRED_TEXT:
            self._state = replace(state, skip=True, starred=False)
            return
        if word in _UNPRINTED:
            self._state = replace(state, skip=True)
        elif word in ("fonttbl", "stylesheet"):
            self._state = replace(state, destination=word)
        elif word == "footnote" and not state.skip:
            if self._run:
                text, bold = self._run.pop()
                bare = "" if _OWN_MARK.fullmatch(text.strip()) else _LAST_STARS.sub("", text)
                self._run += [(bare, bold)] if bare else []
            self._notes.append((self._run, 0))
            self._run = []
            self._state = replace(state, destination="footnote")
        elif not state.skip:
            self._control(word, number)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._to_skip = self._state.unicode_skip
        if self._state.skip:
            return
        if 0xDC00 <= code < 0xE000 and self._run and 0xD800 <= ord(self._run[-1][0][-1:] or " ") < 0xDC00:
            high = ord(self._run.pop()[0])
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        self._append(chr(code) if code < 0x110000 else "�")

    def _control(self, word: str, number: int | None) -> None:
        if word in _SIGNS:
            self._append(_SIGNS[word])
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_paragraph(in_cell=True)
            if word == "cell":
                self._row.append(self._cell)
                self._cell = []
        elif word == "row":
            self._rows.append(self._row)
            self._row = []
        elif word == "s" and self._state.destination == "stylesheet":
            self._style, self._style_name = number or 0, ""
        elif word in _LOOKS:
            self._state = _LOOKS[word](self._state, number)
        else:
            self._setting(word, number)

    def _setting(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "ansicpg" and number:
            self.default = {1251: "cp1251", 866: "cp866", 20866: "koi8_r", 1250: "cp1250", 10007: "mac_cyrillic"}.get(
                number, "cp1252"
            )
        elif word in ("mac", "pc"):
            self.default = {"mac": "mac_roman", "pc": "cp866"}[word]
        elif word == "f" and number is not None:
            self._font = number
            if state.destination != "fonttbl":
                self._state = replace(state, codec=self._fonts.get(number, ""))
        elif word == "fcharset" and state.destination == "fonttbl":
            self._fonts[self._font] = _CHARSETS.get(number or 0, "")
        elif word == "s" and number is not None:
            self._state = replace(state, heading=self._headings.get(number, 0))
        elif word == "deleted" and number != 0:
            self.revised = True
            self._state = replace(state, hidden=True)
        elif word == "revised":
            self.revised = True

    def _end_paragraph(self, *, in_cell: bool = False) -> None:
        self._decode()
        if self._state.destination == "footnote":
            self._run.append((" ", False))
            return
        text = "".join(part for part, _ in self._run)
        letters = sum(len(part.strip()) for part, _ in self._run)
        bold = sum(len(part.strip()) for part, is_bold in self._run if is_bold) >= 0.9 * letters > 0
        self._run = []
        state = self._state
        inside = in_cell or state.in_table
        if not inside and text.strip():
            self._end_table()
        if text.strip():
            indent = max(0, round((state.left + state.first) / _TWIPS_PER_CHARACTER))
            blocks = split_lines(Block(text, state.heading, bold, state.centred, indent))
            (self._cell if inside else self.blocks).extend(blocks)

    def _end_table(self) -> None:
        if self._cell or self._row:
            self._rows.append([*self._row, self._cell])
            self._row, self._cell = [], []
        if self._rows:
            self.blocks.extend(table_blocks(self._rows))
            self._rows = []


_Look = Callable[[_State, int | None], _State]
_PARAGRAPH_DEFAULTS = {"centred": False, "heading": 0, "left": 0, "first": 0, "in_table": False}
_LOOKS: dict[str, _Look] = {
    "pard": lambda s, _: replace(s, **_PARAGRAPH_DEFAULTS),  # type: ignore[arg-type]
    "plain": lambda s, _: replace(s, bold=False, raised=False, hidden=False, codec=""),
    "b": lambda s, n: replace(s, bold=n != 0),
    "super": lambda s, n: replace(s, raised=n != 0),
    "up": lambda s, n: replace(s, raised=bool(n)),
    "nosupersub": lambda s, _: replace(s, raised=False),
    "v": lambda s, n: replace(s, hidden=n != 0),
    "uc": lambda s, n: replace(s, unicode_skip=1 if n is None else n),
    "qc": lambda s, _: replace(s, centred=True),
    "ql": lambda s, _: replace(s, centred=False),
    "qr": lambda s, _: replace(s, centred=False),
    "qj": lambda s, _: replace(s, centred=False),
    "outlinelevel": lambda s, n: replace(s, heading=min(6, (n or 0) + 1) if (n or 0) < 9 else 0),
    "li": lambda s, n: replace(s, left=n or 0),
    "fi": lambda s, n: replace(s, first=n or 0),
    "intbl": lambda s, _: replace(s, in_table=True),
}


RTF = Format("rtf", "RTF", ("rtf",), read_rtf, lambda head: head.lstrip().startswith(b"{\\rtf"))
