"""Flat OpenDocument in the looks people give to agreements; LibreOffice writes every other format from it."""

import os
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

FILTERS = {
    "pdf": "pdf",
    "docx": "docx",
    "doc": "doc:MS Word 97",
    "rtf": "rtf",
    "odt": "odt",
    "html": "html:HTML (StarWriter)",
}


@dataclass(frozen=True)
class Look:
    """How a text is set: sizes and letter-spacing in points, indents in centimetres, `line` in per cent."""

    size: float = 12
    font: str = "Liberation Serif"
    align: str = "justify"
    indent: float = 1.25
    after: float = 0
    line: int = 100
    heads: str = "center"
    bold: bool = True
    spaced: float = 0
    capitals: bool = False
    columns: int = 1
    running: str = ""
    number: str = "bottom"
    hyphens: bool = False
    hanging: bool = False
    landscape: bool = False
    notes: bool = False


LOOKS = {
    "official": Look(number="top"),
    "web": Look(11, "Liberation Sans", "start", 0, 6, 115, "start"),
    "columns": Look(10, indent=0.5, columns=2, hyphens=True, running="Бюллетень договоров, № 7"),
    "spaced": Look(14, line=150, spaced=3, bold=False, running="Приложение к письму", notes=True),
    "capitals": Look(11, indent=1, capitals=True, hyphens=True, number="top"),
    "hanging": Look(indent=0, after=4, heads="start", hanging=True),
    "landscape": Look(landscape=True, running="Проект", notes=True),
}
_NOTES = (
    "Утратила силу.",
    "Здесь и далее текст дан по изданию с исправлением опечаток, допущенных при наборе.",
    "См. также письмо архива области.",
    "В подлиннике — «обязуется».",
)
_SPACES = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for p, n in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)


def _style(name, paragraph="", text="", parent="Standard"):
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"{above}><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def _styles(look):
    hyphens = f'fo:hyphenate="{str(look.hyphens).lower()}" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"'
    base = f'style:font-name="F" fo:font-size="{look.size}pt" fo:language="ru" fo:country="RU" {hyphens}'
    head = " ".join(
        (
            'fo:font-weight="bold"' * look.bold,
            f'fo:letter-spacing="{look.spaced}pt"' * bool(look.spaced),
            'fo:font-variant="small-caps"' * look.capitals,
        )
    )
    return "".join(
        (
            _style(
                "Standard",
                f'fo:text-align="{look.align}" fo:line-height="{look.line}%" fo:margin-bottom="{look.after}pt"',
                base,
                "",
            ),
            _style("Body", f'fo:text-indent="{look.indent}cm"'),
            _style("Item", 'fo:text-indent="-0.75cm" fo:margin-left="1.25cm"'),
            _style(
                "Head",
                f'fo:text-align="{look.heads}" fo:margin-top="6pt" fo:margin-bottom="3pt" fo:keep-with-next="always"',
                head,
            ),
            _style("Apart", 'fo:text-align="start" fo:margin-top="10pt"'),
            _style("Note", "", 'fo:font-size="9pt"'),
            _style("Edge", 'fo:text-align="center"', 'fo:font-size="9pt"'),
        )
    )


def _page(look):
    number = '<text:p text:style-name="Edge"><text:page-number text:select-page="current">1</text:page-number></text:p>'
    running = f'<text:p text:style-name="Edge">{escape(look.running)}</text:p>' if look.running else ""
    top, bottom = number * (look.number == "top") + running, number * (look.number == "bottom")
    width, height = ("29.7cm", "21cm") if look.landscape else ("21cm", "29.7cm")
    columns = f'<style:columns fo:column-count="{look.columns}" fo:column-gap="0.8cm"/>' if look.columns > 1 else ""
    edge = '<style:{0}-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-{1}="0.4cm"/></style:{0}-style>'
    layout = (
        f'<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}" '
        f'fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="3cm" fo:margin-right="1.5cm">{columns}</style:page-layout-properties>'
        f"{edge.format('header', 'bottom')}{edge.format('footer', 'top')}</style:page-layout>"
    )
    parts = f"<style:header>{top}</style:header>" * bool(top) + f"<style:footer>{bottom}</style:footer>" * bool(bottom)
    return layout, f'<style:master-page style:name="Standard" style:page-layout-name="P">{parts}</style:master-page>'


def flat(paras, look):
    """Write paragraphs (`writers.Para`) as flat OpenDocument."""
    layout, master = _page(look)
    fonts = f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="\'{look.font}\'"/></office:font-face-decls>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{fonts}<office:styles>{_styles(look)}</office:styles><office:automatic-styles>{layout}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles><office:body><office:text>{_body(paras, look)}</office:text></office:body></office:document>"
    )


def _unforced(paras):
    """Make paragraphs of the forced breaks in running text; titles and signatures keep them."""
    for para in paras:
        prose = not para.bold and (para.plain.endswith((",", ";", ".")) or max(map(len, para.plain.split("\n"))) > 70)
        for text in re.split(r"(?<=[,;:])\n", para.plain) if prose else [para.plain]:
            yield replace(para, plain=text.replace("\n", " ") if prose else text)


def _body(paras, look):
    out, notes = [], 0
    for place, para in enumerate(_unforced(paras)):
        inner = escape(para.plain).replace("\n", "<text:line-break/>")
        apart = "\n" in para.plain or (para.bold and not para.level)
        if look.notes and place % 17 == 9 and not para.level and not apart:
            notes += 1
            inner += (
                f'<text:note text:id="n{notes}" text:note-class="footnote"><text:note-citation>{notes}</text:note-citation>'
                f'<text:note-body><text:p text:style-name="Note">{_NOTES[notes % 4]}</text:p></text:note-body></text:note>'
            )
        item = re.match(r"(\d+\.|\w\)) ", para.plain) if look.hanging else None
        if para.level:
            out.append(f'<text:h text:style-name="Head" text:outline-level="{para.level}">{inner}</text:h>')
        elif item:
            out.append(f'<text:p text:style-name="Item">{item[1]}<text:tab/>{inner[item.end() :]}</text:p>')
        else:
            style = "Head" if para.bold else "Apart" if apart else "Body"
            out.append(f'<text:p text:style-name="{style}">{inner}</text:p>')
    return "".join(out)


def convert(folder, files, target, seconds=300):
    """Have LibreOffice write files in another format; return the folder they are in."""
    out = Path(folder) / target
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        FILTERS[target],
    ]
    subprocess.run(
        [*command, "--outdir", out, *files], capture_output=True, timeout=seconds, check=True, env=os.environ
    )
    return out
