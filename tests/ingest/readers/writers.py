"""Writers of every format the readers read: the same paragraphs as DOCX, ODT, RTF, HTML, PDF and text."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.sax.saxutils import escape

SPACED = re.compile(
    r"(?<![^\s(«])\S(?: \S){3,}(?:  \S(?: \S)*)*(?![^\s;.,)])|(?<!\S)\w(?: \w)?  \S(?: \S){3,}(?:  \S(?: \S)*)*(?!\S)"
)
MARKER = re.compile(r"(Статья )?(\d+|[а-и])([.)]?)(?= |$)")


@dataclass(frozen=True)
class Para:
    """A paragraph: `lines` are parted by forced breaks; `level` is a heading's; `plain` has no letter-spacing.

    `fed` begins a page, in PDF.
    """

    text: str
    level: int = 0
    bold: bool = False
    plain: str = ""
    fed: bool = False

    @property
    def lines(self):
        return self.text.split("\n")


def read_markdown(text):
    """Read the mark-up of the reference texts: headings, bold lines, list dashes, hard breaks."""
    out = []
    for block in re.split(r"\n(?:[ \t]*\n)+", text.replace("\r", "")):
        items = re.split(r"\n(?=- |#{1,6} )", block.strip("\n"))
        for raw in items:
            level = len(re.match(r"#*", raw.lstrip())[0])
            item = raw.lstrip("# ") if level else raw
            hard = re.sub(r"(?: {2,}|\\)\n", "\f", item.removeprefix("- "))
            flat = re.sub(r"\s*\n\s*", " ", hard).replace("\f", "\n").replace("\\", "")
            bold = flat.startswith("**")
            clean = flat.replace("**", "").strip()
            if clean:
                out.append(Para(clean, level, bold or bool(level), joined(clean)))
    return out


def read_wrapped(text):
    """Read typed text wrapped at 80: an indented line begins a paragraph, page breaks are runs of blank lines."""
    out = []
    blank, open_ = 0, False
    for line in text.split("\n"):
        if not line.strip():
            blank += 1
            continue
        carried = (
            open_ and not line.startswith("  ") and (blank == 0 or (blank >= 3 and not re.match(r"Статья \d", line)))
        )
        if carried and not re.match(r"Статья \d+\s*$", line):
            last = out.pop()
            glue = "\n" if re.match(r"Статья \d+$", last.text) else " "
            plain = last.plain + glue + joined(line.strip())
            out.append(Para(last.text + glue + line.strip(), last.level, last.bold, plain))
        else:
            heading = bool(re.match(r"Статья \d+\s*$", line))
            out.append(Para(line.strip(), 2 if heading else 0, heading, joined(line.strip())))
        open_ = True
        blank = 0
    return out


def joined(text, gap=" "):
    """Write letter-spaced words without their blanks; words parted by two blanks stay words."""
    return SPACED.sub(lambda m: gap.join(word.replace(" ", "") for word in m[0].split("  ")), text)


def is_spaced(text):
    return bool(SPACED.search(text))


# --- HTML -------------------------------------------------------------------------------------------------------------


def html(paras, encoding="cp1251"):
    rows = []
    for para in paras:
        inner = "<br>".join(escape(line) for line in para.lines)
        inner = re.sub(r"  +", lambda m: "&nbsp;" * len(m[0]), inner)
        if para.level:
            rows.append(f"<h{para.level} align=center>{inner}</h{para.level}>")
        else:
            rows.append(f'<p class="n">{"<b>" * para.bold}{inner}{"</b>" * para.bold}</p>')
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><title>x</title></head><body>'
    return (head + "\n".join(rows) + "</body></html>").encode(encoding, "xmlcharrefreplace")


# --- RTF --------------------------------------------------------------------------------------------------------------


def _rtf_text(text, escapes):
    out = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\line ")
        elif ord(char) < 128:
            out.append(char)
        elif escapes:
            out.append(f"\\u{ord(char) - 65536 if ord(char) > 32767 else ord(char)}?")
        else:
            try:
                out.append("".join(f"\\'{b:02x}" for b in char.encode("cp1251")))
            except UnicodeEncodeError:
                out.append(f"\\u{ord(char)}?")
    return "".join(out)


def rtf(paras, escapes=False):
    out = [
        r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\froman\fcharset204 Times New Roman;}{\f1\fswiss\fcharset0 Arial;}}",
        r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2 heading 2;}{\s3 heading 3;}}{\*\generator x;}\uc1",
        r"{\header\pard running head\par}{\footer\pard\qc \chpgn\par}",
    ]
    for para in paras:
        look = f"\\pard\\plain\\s{para.level}" + ("\\qc" if para.level else "\\qj\\fi567") + "\\f0\\fs24"
        bold = "\\b " if para.bold else ""
        out.append(f"{look} {{{bold}{_rtf_text(para.text, escapes)}}}\\par")
    return ("\n".join(out) + "}").encode("ascii")


# --- packages ---------------------------------------------------------------------------------------------------------


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>'
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PART_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{_R}/numbering" Target="numbering.xml"/></Relationships>'
)
_STYLES = (
    f'<?xml version="1.0"?><w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:ind w:firstLine="709"/><w:jc w:val="both"/></w:pPr></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="a"/>'
        f'<w:pPr><w:spacing w:before="240"/><w:ind w:firstLine="0"/><w:jc w:val="center"/><w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for n in (1, 2, 3)
    )
    + "</w:styles>"
)
_RUSSIAN = "абвгдежзи"
# The lists of a document: (number format, text) of the marker → abstract list.
_KINDS = {
    ("Статья ", "1", ""): ("decimal", "Статья %1"),
    ("Статья ", "1", "."): ("decimal", "Статья %1."),
    ("", "1", "."): ("decimal", "%1."),
    ("", "1", ")"): ("decimal", "%1)"),
    ("", "а", ")"): ("russianLower", "%1)"),
}


def docx_package(body, numbering="", extra=None):
    """Wrap a document body (XML) as a DOCX file."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/_rels/document.xml.rels": _PART_RELS,
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        "word/numbering.xml": f'<?xml version="1.0"?><w:numbering {W}>{numbering}</w:numbering>',
    }
    return package(parts | (extra or {}))


class _Lists:
    """Automatic lists: a marker that follows the last of its kind continues a list, any other begins one."""

    def __init__(self):
        self.kinds = list(_KINDS)
        self.instances = []  # (kind place, start)
        self.last = {}  # kind -> (number, instance)

    def place(self, word, number, stop):
        kind = (word or "", "1" if number.isdigit() else "а", stop)
        if kind not in _KINDS:
            return None
        value = int(number) if number.isdigit() else _RUSSIAN.index(number) + 1
        if number == "и":
            value = 9
        before, instance = self.last.get(kind, (None, 0))
        if before is None or value != before + 1:
            self.instances.append((self.kinds.index(kind), value))
            instance = len(self.instances)
        self.last[kind] = (value, instance)
        return instance

    def docx(self):
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{i}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
            for i, (form, text) in enumerate(_KINDS.values())
        )
        return abstract + "".join(
            f'<w:num w:numId="{i}"><w:abstractNumId w:val="{kind}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for i, (kind, start) in enumerate(self.instances, 1)
        )


def _numbered(paras):
    """Yield each paragraph with its list and the text behind its marker; (para, None, text) for none."""
    lists = _Lists()
    for para in paras:
        match = MARKER.match(para.text)
        instance = lists.place(*match.groups()) if match and (match[3] or match[1]) else None
        rest = para.text[match.end() :].lstrip(" ") if instance else para.text
        yield lists, para, instance, rest


def docx(paras):
    body, lists = [], None
    for found, para, instance, rest in _numbered(paras):
        lists = found
        number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{instance}"/></w:numPr>' if instance else ""
        style = f'<w:pStyle w:val="{para.level}"/>' if para.level else ""
        run = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in rest.split("\n"))
        bold = "<w:rPr><w:b/></w:rPr>" if para.bold else ""
        apart = (
            '<w:spacing w:before="240"/><w:ind w:firstLine="0"/><w:jc w:val="left"/>'
            if len(para.lines) > 1 and not para.level
            else ""
        )
        body.append(f"<w:p><w:pPr>{style}{number}{apart}</w:pPr><w:r>{bold}{run}</w:r></w:p>")
    return docx_package("".join(body), lists.docx() if lists else "")


_ODF = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for p, n in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("table", "table"),
        ("draw", "drawing"),
    )
)


def _odt_text(text):
    def blanks(match):
        return f' <text:s text:c="{len(match[0]) - 1}"/>' if len(match[0]) > 1 else " "

    return "<text:line-break/>".join(re.sub(" +", blanks, escape(line)) for line in text.split("\n"))


def odt_package(body, styles=""):
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def odt(paras):
    forms = {"decimal": "1", "russianLower": "а, б, .., аа, аб, ... (ru)"}
    styles = '<style:style style:name="B" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
    for i, (form, text) in enumerate(_KINDS.values()):
        before, after = text.split("%1")
        styles += (
            f'<text:list-style style:name="L{i}"><text:list-level-style-number text:level="1" style:num-format="{forms[form]}" '
            f'style:num-prefix="{before}" style:num-suffix="{after}"/></text:list-style>'
        )
    body = []
    for lists, para, instance, rest in _numbered(paras):
        tag = f'text:h text:outline-level="{para.level}"' if para.level else "text:p"
        inner = f'<{tag} text:style-name="{"B" if para.bold else "N"}">{_odt_text(rest)}</{tag.split(maxsplit=1)[0]}>'
        if instance:
            kind, start = lists.instances[instance - 1]
            first = lists.last[lists.kinds[kind]][0] == start
            begun = f'xml:id="l{instance}"' if first else f'text:continue-list="l{instance}"'
            value = f' text:start-value="{start}"' if first else ""
            inner = f'<text:list text:style-name="L{kind}" {begun}><text:list-item{value}>{inner}</text:list-item></text:list>'
        body.append(inner)
    return odt_package("".join(body), styles)


# --- PDF --------------------------------------------------------------------------------------------------------------

_CHARS = " !\"%'()*+,-./0123456789:;<=>?ABCDEFGHIKLMNOPRSTUVXYZabcdefghiklmnoprstuvxyz№«»–—…_§¹²³[]"
_LETTERS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЁё"
CODES = {char: 33 + i for i, char in enumerate(sorted(set(_CHARS + _LETTERS) - {" "}))} | {" ": 32}
_A4 = (595, 842)


def _width(char):
    """Widths in thousandths, roughly those of Times."""
    if char in " .,:;!'()[]-iljtI/¹²³":
        return 280
    return 780 if char in "жмшщюыфЖМШЩЮЫФДДOQЦ№—…@%" else 700 if char.isupper() else 480


def _name(char):
    return f"uni{ord(char):04X}"


def pdf(pages, rotate=0, compress=True):
    """Write pages of (x, y, size, bold, operators) lines with two simple fonts."""
    objects = []

    def add(body):
        objects.append(body)
        return len(objects)

    differences = " ".join(f"{code} /{_name(char)}" for char, code in sorted(CODES.items(), key=lambda i: i[1]))
    widths = [0] * 256
    for char, code in CODES.items():
        widths[code] = _width(char)
    table = "\n".join(f"<{code:02x}> <{ord(char):04x}>" for char, code in CODES.items())
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <ff> endcodespacerange {len(CODES)} beginbfchar\n{table}\nendbfchar endcmap end end"
    unicode_map = add(f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream")
    table = " ".join(map(str, widths))
    font = f"<</Type/Font/Subtype/TrueType/BaseFont/{{}}/FirstChar 0/LastChar 255/Widths[{table}]/Encoding<</Type/Encoding/Differences[{differences}]>>/ToUnicode {unicode_map} 0 R>>"
    fonts = [add(font.format(base)) for base in ("SampleSerif", "SampleSerif-Bold")]
    tree = len(objects) + 2 * len(pages) + 1
    kids = []
    for operators in pages:
        stream = operators.encode("latin-1")
        packed = zlib.compress(stream) if compress else stream
        filters = "/Filter/FlateDecode" if compress else ""
        content = add((f"<</Length {len(packed)}{filters}>>\nstream\n", packed, "\nendstream"))
        kids.append(
            add(
                f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {_A4[0]} {_A4[1]}]/Rotate {rotate}/Contents {content} 0 R"
                f"/Resources<</Font<</F0 {fonts[0]} 0 R/F1 {fonts[1]} 0 R>>>>>>"
            )
        )
    add(f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>")
    root = add(f"<</Type/Catalog/Pages {tree} 0 R>>")
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        parts = body if isinstance(body, tuple) else (body,)
        out += f"{number} 0 obj\n".encode()
        for part in parts:
            out += part if isinstance(part, bytes) else part.encode("latin-1")
        out += b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _hexed(text):
    return "<" + "".join(f"{CODES.get(char, CODES['?']):02x}" for char in text) + ">"


def measured(text, size, spacing=0.0):
    return sum(_width(char) * size / 1000 + spacing for char in text)


def show(text, x, y, size=12, bold=False, spacing=0.0, way="spacing"):
    """Operators that print a line: at once with character spacing, or glyph by glyph without blanks."""
    font = f"/F{int(bold)} {size} Tf"
    if way != "glyphs":
        return f"BT {font} {spacing:.3f} Tc 1 0 0 1 {x:.2f} {y:.2f} Tm {_hexed(text)} Tj ET\n"
    out = [f"BT {font} 0 Tc"]
    for char in text:
        if char != " ":
            out.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {_hexed(char)} Tj")
        x += _width(char) * size / 1000 + spacing
    return " ".join(out) + " ET\n"


def _lines(text, width, size, indent, spacing=0.0):
    """Part a text into lines no wider than `width` points."""
    lines, line, room = [], [], width - indent
    for word in text.split(" "):
        if line and measured(" ".join([*line, word]), size, spacing) > room:
            lines.append(" ".join(line))
            line, room = [], width
        line.append(word)
    return [*lines, " ".join(line)]


def pdf_of(paras, way="spacing", size=12, rotate=0, numbers=True):
    """Print paragraphs on A4; `way` is how letter-spaced words are spaced: "spacing", "blanks" or "glyphs"."""
    left, right, top, bottom, leading = 85, 545, 770, 70, 1.2 * size
    pages, y = [[]], top
    for para in paras:
        typed = way == "blanks" and is_spaced(para.text)
        letter = 0.28 * size if para.plain != para.text and not typed else 0.0
        text = para.text if typed else para.plain
        prose = not para.bold and (text.endswith((",", ";", ".")) or max(map(len, para.lines)) > 70)
        forced = re.split(r"(?<=[,;:])\n", text) if prose else text.split("\n")
        forced = [line.replace("\n", " ") for line in forced]
        apart, display = len(forced) > 1 and not prose, para.level or para.bold
        indent = 0 if display or apart else 35
        if para.fed and pages[-1]:
            pages.append([])
            y = top
        y -= 0.6 * size if display or apart else 0
        for line in forced:
            printed = (
                _blank_lines(line, right - left, size, indent)
                if typed
                else _lines(line, right - left, size, indent, letter)
            )
            for number, shown in enumerate(printed):
                y -= leading
                if y < bottom:
                    pages.append([])
                    y = top - leading
                x = left + (indent if number == 0 else 0)
                if display:
                    x = (left + right - measured(shown, size, letter)) / 2
                pages[-1].append(show(shown, x, y, size, para.bold, letter, way))
        y -= 0.25 * size if display or apart else 0
    if numbers:
        for number, page in enumerate(pages, 1):
            page.append(show(str(number), 310, 40, 10))
            page.append(show("Проект документа № 15", 90, 810, 9))
    return pdf(["".join(page) for page in pages], rotate)


def _blank_lines(text, width, size, indent):
    lines, line, room = [], "", width - indent
    for part in re.split(r"(?<=\S)(?= )", text):
        if line and measured(line + part, size) > room:
            lines.append(line)
            line, room = part.lstrip(" "), width
        else:
            line += part
    return [*lines, line]
