"""Paragraph and character looks of DOCX, inherited along the chain of styles."""

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.formats.office.packages import attribute, child, local

_HEADING = re.compile(r"(?:heading|заголовок)\s*+([1-9])$", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_TWIPS_PER_CHARACTER = 120
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Style:
    """A style's own properties; `based_on` leads to the inherited ones."""

    name: str
    based_on: str
    paragraph: etree._Element | None
    run: etree._Element | None


@dataclass(slots=True)
class Styles:
    """The styles of a document by id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, root: etree._Element) -> "Styles":
        """Read styles.xml."""
        styles = cls()
        for element in root:
            if local(element) != "style":
                continue
            key = attribute(element, "styleId")
            styles.by_id[key] = Style(
                attribute(child(element, "name"), "val"),
                attribute(child(element, "basedOn"), "val"),
                child(element, "pPr"),
                child(element, "rPr"),
            )
            if attribute(element, "type") == "paragraph" and is_on(attribute(element, "default", "0")):
                styles.default = key
        return styles

    def chain(self, key: str) -> list[Style]:
        """Return a style and those it is based on, nearest first."""
        found: list[Style] = []
        seen: set[str] = set()
        while key in self.by_id and key not in seen:
            seen.add(key)
            found.append(self.by_id[key])
            key = found[-1].based_on
        return found

    def paragraph_property(self, own: etree._Element | None, style: str, name: str) -> etree._Element | None:
        """Find a paragraph property: the paragraph's own, then its styles'."""
        for properties in (own, *(s.paragraph for s in self.chain(style))):
            found = child(properties, name)
            if found is not None:
                return found
        return None

    def run_property(self, own: etree._Element | None, paragraph_style: str, name: str) -> etree._Element | None:
        """Find a character property: the run's own, its character style's, then its paragraph style's."""
        found = child(own, name)
        if found is not None:
            return found
        character_style = attribute(child(own, "rStyle"), "val")
        for style in (*self.chain(character_style), *self.chain(paragraph_style)):
            found = child(style.run, name)
            if found is not None:
                return found
        return None

    def heading(self, own: etree._Element | None, style: str) -> int:
        """Return the outline level, 1 = top, 0 = body text."""
        outline = self.paragraph_property(own, style, "outlineLvl")
        value = attribute(outline, "val")
        if value.isdigit() and int(value) < 9:
            return min(int(value) + 1, _DEEPEST_HEADING)
        for link in self.chain(style):
            match = _HEADING.match(link.name)
            if match:
                return min(int(match[1]), _DEEPEST_HEADING)
            if link.name.lower() in ("title", "название"):
                return 1
        return 0

    def is_contents(self, style: str) -> bool:
        """Say whether a paragraph stands in a table of contents."""
        return any(re.match(r"toc \d|оглавление \d", link.name, re.IGNORECASE) for link in self.chain(style)[:1])

    def indent(self, own: etree._Element | None, style: str) -> int:
        """Return the first line's indent in character widths."""
        found = self.paragraph_property(own, style, "ind")
        left = _number(attribute(found, "left") or attribute(found, "start"))
        first = _number(attribute(found, "firstLine")) - _number(attribute(found, "hanging"))
        return max(0, round((left + first) / _TWIPS_PER_CHARACTER))


def is_on(value: str) -> bool:
    """Read an on/off attribute; the element alone means on."""
    return value.lower() not in _OFF


def on(element: etree._Element | None) -> bool:
    """Say whether a toggle property is present and on."""
    return element is not None and is_on(attribute(element, "val", "1"))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
