"""Automatic numbering of DOCX: which number Word prints before a paragraph."""

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.formats.attributes import whole
from ingest.formats.office.numerals import LONGEST_LABEL, numeral
from ingest.formats.office.packages import attribute, child, local

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` holds %1…%9; counting begins anew after level `restart` (1-based), never if 0."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _Counter:
    """Counts of one abstract list; every instance without an override of its own continues it."""

    values: list[int | None] = field(default_factory=lambda: [None] * 9)


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where each stands; `label` must be called paragraph by paragraph."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    replaced: dict[str, dict[int, Level]] = field(default_factory=dict)
    style_levels: dict[tuple[str, str], int] = field(default_factory=dict)
    _counters: dict[str, _Counter] = field(default_factory=dict)
    _met: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: etree._Element) -> "Numbering":
        """Read numbering.xml."""
        numbering = cls()
        links: dict[str, str] = {}
        linked: dict[str, str] = {}
        for element in root:
            if local(element) == "abstractNum":
                key = attribute(element, "abstractNumId")
                numbering.levels[key] = {}
                for level in element:
                    if local(level) == "lvl":
                        place = whole(attribute(level, "ilvl"))
                        numbering.levels[key][place] = _level(level)
                        paragraph_style = attribute(child(level, "pStyle"), "val")
                        if paragraph_style:
                            numbering.style_levels[key, paragraph_style] = place
                links[key] = attribute(child(element, "numStyleLink"), "val")
                name = attribute(child(element, "styleLink"), "val")
                if name:
                    linked[name] = key
            elif local(element) == "num":
                numbering._read_instance(element)
        for key, style in links.items():
            if style in linked and not numbering.levels[key]:
                numbering.levels[key] = numbering.levels[linked[style]]
        return numbering

    def _read_instance(self, element: etree._Element) -> None:
        key = attribute(element, "numId")
        self.abstract_of[key] = attribute(child(element, "abstractNumId"), "val")
        for override in element:
            if local(override) != "lvlOverride":
                continue
            place = whole(attribute(override, "ilvl"))
            start = child(override, "startOverride")
            if start is not None:
                self.overrides.setdefault(key, {})[place] = whole(attribute(start, "val"), 1)
            level = child(override, "lvl")
            if level is not None:
                self.replaced.setdefault(key, {})[place] = _level(level)

    def level_for_style(self, instance: str, style: str) -> int | None:
        """Return the level a paragraph style is tied to in a list."""
        return self.style_levels.get((self.abstract_of.get(instance, ""), style))

    def label(self, instance: str, place: int) -> str:
        """Count a paragraph and return what Word prints before it, with its blank; "" for none."""
        abstract = self.abstract_of.get(instance)
        if abstract is None or not 0 <= place <= 8:
            return ""
        levels = self.levels.get(abstract, {}) | self.replaced.get(instance, {})
        level = levels.get(place)
        if level is None:
            return ""
        self._count(abstract, instance, place, levels)
        if level.style == "bullet":
            return "- "
        text = _PLACEHOLDER.sub(lambda m: self._shown(abstract, int(m[1]) - 1, levels, level.legal), level.text)
        return text + ("" if level.suffix == "nothing" or not text else " ")

    def _count(self, abstract: str, instance: str, place: int, levels: dict[int, Level]) -> None:
        values = self._counters.setdefault(abstract, _Counter()).values
        starts = self.overrides.get(instance, {})
        current = values[place]
        if place in starts and (instance, place) not in self._met:
            values[place] = starts[place]
        else:
            values[place] = levels[place].start if current is None else current + 1
        self._met.add((instance, place))
        for deeper in range(place + 1, 9):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and place < restart):
                values[deeper] = None

    def _shown(self, abstract: str, place: int, levels: dict[int, Level], legal: bool) -> str:
        level = levels.get(place, Level())
        value = self._counters[abstract].values[place]
        style = "decimal" if legal and level.style not in ("decimalZero", "none") else level.style
        return "" if style == "bullet" else numeral(level.start if value is None else value, style)


def _level(element: etree._Element) -> Level:
    restart = child(element, "lvlRestart")
    style = attribute(child(element, "numFmt"), "val", "decimal")
    return Level(
        start=whole(attribute(child(element, "start"), "val"), 1),
        style=style,
        text=attribute(child(element, "lvlText"), "val")[:LONGEST_LABEL],
        suffix=attribute(child(element, "suff"), "val", "tab"),
        restart=None if restart is None else whole(attribute(restart, "val")),
        legal=child(element, "isLgl") is not None,
    )
