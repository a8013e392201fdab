"""Paragraphs into the tree of provisions."""

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from analyzers.repair import Repaired
from analyzers.spans import Span
from corpus import eid as eids
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.countries import find_states
from corpus.model import Diagnostic, InstrumentType, Kind, Provision
from ingest.acts.markers import KIND, Marker, Style, follows, in_one_alphabet, is_first, numbered
from ingest.acts.numbering import Level, Lists, accepted_divisions
from ingest.acts.parts.closing import formula_start
from ingest.acts.parts.headings import is_bracketed, plain_headings, run_in_headings, stopped_headings, texts_in_line
from ingest.acts.parts.saying import says
from ingest.acts.parts.segments import Part, Segment, Translation
from ingest.acts.parts.standing import standing
from ingest.acts.quotes import quoted
from ingest.acts.title_lines import (
    CONCLUSION,
    TO_CLAUSE,
    attachment,
    is_approval,
    is_date_line,
    is_editorial,
    is_preamble_heading,
    is_standing,
)
from ingest.layout.paragraphs import Paragraph, ends, is_capitals
from ingest.layout.traced import Traced, join
from ingest.layout.variants import variants
from ingest.layout.wrapping import is_open

_ORDER = {Kind.PART: 0, Kind.SECTION: 1, Kind.CHAPTER: 2, Kind.ARTICLE: 3}
_NAMED = 2.5
"""Where a section without a number stands: over articles, under a chapter."""
_STOP = re.compile(r"[.;:]$")
_NOTE = re.compile(r"Примечани[ея](?:\s++к\s++статье\s++[\d.]{1,64})?\s*+[.:]\s*+")
_NO_TEXT = Traced("", ())
_WHOSE = re.compile(r"\sк\s[А-ЯЁ]")
"""«Приложение к Протоколу ⏎ о внесении изменений …»: the next lines may go on it."""
_PARTY_LAST = re.compile(r"\b(?:между|и|[А-ЯЁ][а-яё]{2,64}(?:ом|ой|ий|ым))\Z")
_PARTY_FIRST = re.compile(r"(?:Правительством|Министерством|Республикой|Республики|Королевств(?:ом|а)|Федерации)\b")
"""Where a label breaks inside the names of its act's parties."""
_TO_ACT = re.compile(r"к\s++[А-ЯЁ][а-яё]{1,64}(?:ю|у|ам|ии|е|и)\b")
"""«к Положению о …,»: the attachment's act, whatever its name ends with."""
_BY_WHAT = re.compile(r"(?:утвержд|одобрен|согласован|принят|введен)", re.IGNORECASE)
_DAY = re.compile(r"\bот\s(?:[_«\"]{2}|.{0,64}?\d{4})|\A[«\"\d].{0,64}?\d{4}")
"""«приказом … от 3 мая 2001 г.», «от ________ № ___»: an approval ends with its day, which may be to be written in."""
_REPLACED = re.compile(r"[«\"“]\s?приложени[ея]\b", re.IGNORECASE)
_AGREED = re.compile(
    r"(?:и\s)?(?:согласились|договорились|условились|решили|заключили|достигли|пришли)\s", re.IGNORECASE
)
LONGEST_APPROVAL = 7
"""Lines in which an attachment says what it belongs to."""
LONGEST_HEADING = 200
"""Characters of the heading of a section or a numbered point."""


@dataclass(slots=True)
class _Unit:
    kind: Kind
    step: str = ""
    num: str | None = None
    labels: list[Span] = field(default_factory=list)
    heading: Traced | None = None
    text: Traced | None = None
    children: list["_Unit"] = field(default_factory=list)
    depth: int = -1
    notes: int = 0

    def last_text(self) -> str:
        """Return the last words read into the unit or below."""
        if self.children:
            return self.children[-1].last_text()
        return self.text.text if self.text else ""


def _order(unit: _Unit) -> float:
    return _NAMED if unit.kind is Kind.SECTION and unit.num is None else _ORDER.get(unit.kind, 9)


def provisions(segment: Segment, repaired: Repaired) -> tuple[tuple[Provision, ...], tuple[Diagnostic, ...]]:
    """Build the provisions of an act in document order, and the doubts met on the way."""
    body, end = segment.body, _conclusions(segment)
    reader = _Reader(body[:end], repaired, law=segment.type is InstrumentType.LAW)
    roots = reader.read()
    if end < len(body):
        roots.append(_closing_of(body[end:]))
    diagnostics = reader.diagnostics
    for part in segment.attachments:
        inner = _Reader(part.paragraphs, repaired)
        roots.append(_attached(part, inner.read(), len([u for u in roots if u.kind is Kind.ATTACHMENT]) + 1))
        diagnostics += inner.diagnostics
    for translation in segment.translations:
        inner = _Reader(translation.paragraphs, repaired)
        roots.append(_translated(translation, inner.read()))
        diagnostics += inner.diagnostics
    return tuple(_named(roots, repaired)), tuple(diagnostics)


def _translated(translation: Translation, units: list[_Unit]) -> _Unit:
    """Put the text of an act in another language under a part of its own, its title the heading."""
    part = _Unit(Kind.PART, f"lang_{translation.language}", children=units)
    first = units[0] if units and units[0].kind in (Kind.PREAMBLE, Kind.BODY) else None
    while first and first.text and not ends(first.text.text):
        part.heading = join([part.heading, first.text]) if part.heading else first.text
        part.labels += first.labels
        following = first.children[:1]
        first.text, first.labels = (following[0].text, following[0].labels) if following else (None, [])
        first.children = first.children[1:]
    if first and first.text is None:
        part.children = units[1:]
    return part


def _conclusions(segment: Segment) -> int:
    """Return where the concluding formula begins; the end when there is none."""
    body = segment.body
    if segment.type in TREATIES and (start := formula_start(body)) < len(body):
        return start
    last = max((i for i, p in enumerate(body) if CONCLUSION.match(p.text)), default=None)
    if last is None or segment.type not in TREATIES:
        return len(body)
    after = body[last + 1 :]
    if any(p.division for p in after) or sum(bool(p.marker) for p in after) > 0 or len(after) > 8:
        return len(body)
    while last > 0 and CONCLUSION.match(body[last - 1].text):
        last -= 1
    return last


class _Reader:
    """Reads one text with its own numbering."""

    def __init__(self, paragraphs: tuple[Paragraph, ...], repaired: Repaired, *, law: bool = False) -> None:
        self.paragraphs, self.repaired = paragraphs, repaired
        self.skip = quoted(paragraphs)
        self.divisions = accepted_divisions(paragraphs, self.skip)
        self.headed = _headed(paragraphs, self.divisions)
        headings = {j for lines in self.headed.values() for j in lines}
        self.over = _over_articles(paragraphs, self.divisions)
        self.over |= {i: lines for i, lines in plain_headings(paragraphs, self.skip).items() if i not in headings}
        self.sections = _are_sections(paragraphs, self.over, self.divisions)
        self.roman = _roman_sections(paragraphs)
        self.run_in = run_in_headings(paragraphs, [i for i in sorted(self.divisions) if _is_article(paragraphs[i])])
        self.inline = texts_in_line(paragraphs, [i for i in self.divisions if _is_article(paragraphs[i])])
        self.named: tuple[Paragraph, ...] = ()
        self.agreed = _agreed(paragraphs, self.divisions)
        headings |= {j for lines in self.over.values() for j in lines}
        self.lists = Lists(paragraphs, self.skip, self.divisions, headings, inserted=law)
        self.roots: list[_Unit] = []
        self.open: list[_Unit] = []
        self.diagnostics: list[Diagnostic] = []

    def read(self) -> list[_Unit]:
        i = 0
        while i < len(self.paragraphs):
            read = self._over if i in self.over else self._division if i in self.divisions else self._other
            i = read(i)
        self._unnamed()
        self._tell_gaps()
        _headed_points(self.roots)
        if len(self.roots) == 1 and self.roots[0].kind is Kind.PREAMBLE:
            self.roots[0].kind = Kind.BODY
            self.roots[0].step = "body"
        return self.roots

    def _tell_gaps(self) -> None:
        """Note numbers the print leaves out: excluded units, or a page that is missing."""
        articles = [i for i in sorted(self.divisions) if _is_article(self.paragraphs[i])]
        gaps = list(self.lists.gaps)
        for a, b in pairwise(articles):
            before, this = _division_of(self.paragraphs[a]), _division_of(self.paragraphs[b])
            if follows(Style.ARTICLE, before, this) != 0:
                gaps.append((b, before))
        for i, before in gaps:
            origin = self.paragraphs[i].content.origin()
            head = self.paragraphs[i].text[:40]
            message = f"После номера {before.num} напечатано «{head}»: номера пропущены или повторены."
            self.diagnostics.append(
                Diagnostic("numbering", message, self.repaired.to_source(*origin) if origin else None)
            )

    def _division(self, i: int) -> int:
        paragraph, marker = self.paragraphs[i], self.paragraphs[i].division
        assert marker
        kind = KIND[marker.style]
        self.lists.reset(marker)
        while self.open and _order(self.open[-1]) >= _ORDER[kind]:
            self.open.pop()
        unit = _Unit(kind, eids.step(kind, marker.step), marker.num.strip() or None)
        unit.labels += _label(paragraph, marker.end)
        self._attach(unit)
        rest = paragraph.content.cut(marker.end).strip()
        following = i + 1
        if i in self.run_in:
            end, begin = self.run_in[i]
            unit.heading, unit.text = (
                paragraph.content.cut(marker.end, end).strip(),
                paragraph.content.cut(begin).strip(),
            )
            unit.labels += paragraph.content.cut(end, begin).origins()
        elif rest.text and self._is_text(i, rest.text):
            unit.text = rest
        elif rest.text:
            unit.heading = rest
        self._head(unit)
        while following in self.headed.get(i, ()):
            more = self.paragraphs[following]
            unit.labels += list(more.marks)
            unit.heading = join([unit.heading, more.content]) if unit.heading else more.content
            following += 1
        return following

    def _head(self, unit: _Unit) -> None:
        """Give a unit the heading printed over it without a number, unless it has its own."""
        named, self.named = self.named, ()
        if named:
            content = join([p.content for p in named])
            unit.labels += [*(mark for p in named for mark in p.marks), *(content.origins() if unit.heading else ())]
            unit.heading = unit.heading or content

    def _over(self, i: int) -> int:
        """Read a heading without a number: over several articles a section, else the heading of the next unit."""
        lines = self.over[i]
        self.named = tuple(self.paragraphs[j] for j in lines)
        if not self.sections or lines.stop not in self.divisions:
            return lines.stop
        self.open = [unit for unit in self.open if _order(unit) < _NAMED]
        inside = self.open[-1].children if self.open else self.roots
        place = sum(unit.kind is Kind.SECTION for unit in inside) + 1
        unit = _Unit(Kind.SECTION, eids.step(Kind.SECTION, str(place)))
        self._head(unit)
        self._attach(unit)
        return lines.stop

    def _is_text(self, i: int, rest: str) -> bool:
        """Say whether words after «Статья N.» are its text: a sentence, and nothing else belongs to the article."""
        if not re.search(r"[.;:]$", rest):
            return False
        following = i + 1
        return (
            following >= len(self.paragraphs)
            or following in self.divisions
            or rest.endswith((":", ";"))
            or len(rest) > 150
            or self.inline
            or says(rest)
        )

    def _other(self, i: int) -> int:
        paragraph = self.paragraphs[i]
        marker = self.lists.marker(i)
        depth = self.lists.place(i)
        if depth is None or marker is None:
            self._alinea(i)
            return i + 1
        self._leave(depth, Kind.PREAMBLE if i < self.agreed else None)
        kind = _kind(marker, paragraph, depth, sections=self.roman)
        if kind is Kind.SECTION:
            self.open = [u for u in self.open if u.kind is Kind.PART]
            self.lists.reset(marker)
        unit = _Unit(kind, eids.step(kind, marker.step), marker.num, depth=depth if kind is not Kind.SECTION else -1)
        unit.labels += _label(paragraph, marker.end)
        rest = paragraph.content.cut(marker.end).strip()
        self._attach(unit)
        if kind is not Kind.SECTION:
            unit.text = rest if rest.text else None
            self._head(unit)
            return i + 1
        lines = _section_lines(self.paragraphs, i, self.divisions)
        unit.heading = join([rest, *(self.paragraphs[j].content for j in lines)])
        unit.labels += [mark for j in lines for mark in self.paragraphs[j].marks]
        return i + 1 + len(lines)

    def _leave(self, depth: int, stays: Kind | None) -> None:
        """Close what a number of some depth is not inside; a preamble too, unless numbers are of it."""
        while self.open and self.open[-1].kind is not stays:
            if self.open[-1].depth < depth and self.open[-1].kind is not Kind.PREAMBLE:
                break
            self.open.pop()

    def _attach(self, unit: _Unit) -> None:
        (self.open[-1].children if self.open else self.roots).append(unit)
        self.open.append(unit)

    def _note(self, i: int) -> bool:
        """Open «Примечание» to an article: a unit of its own, whatever is numbered after it is inside."""
        paragraph = self.paragraphs[i]
        match = _NOTE.match(paragraph.text)
        article = next((unit for unit in self.open if unit.kind is Kind.ARTICLE), None)
        if match is None or article is None or i in self.skip:
            return False
        while self.open[-1] is not article:
            self.open.pop()
        self.lists.levels = []
        article.notes += 1
        unit = _Unit(Kind.NOTE, eids.step(Kind.NOTE, str(article.notes)))
        unit.labels += _label(paragraph, match.end())
        rest = paragraph.content.cut(match.end()).strip()
        self._attach(unit)
        marker = numbered(rest.text)
        if marker is None or not is_first(marker):
            unit.text = rest if rest.text else None
            return True
        kind = KIND[marker.style]
        first = _Unit(kind, eids.step(kind, marker.step), marker.num, depth=0, text=rest.cut(marker.end).strip())
        first.labels += rest.cut(0, marker.end).origins()
        self._attach(first)
        self.lists.levels = [Level(marker, 0)]
        return True

    def _alinea(self, i: int) -> None:
        paragraph = self.paragraphs[i]
        self._unnamed()
        if i == self.agreed and self.open and self.open[0].kind is Kind.PREAMBLE:
            self.open = self.open[:1]
            self.lists.levels = []
        if self._note(i):
            return
        while len(self.open) > 1 and self.open[-1].kind is Kind.POINT and not self._belongs(i):
            self.open.pop()
            self.lists.close(self.open[-1].depth)
        if not self.open:
            self._attach(_Unit(Kind.PREAMBLE, "preamble"))
            if is_preamble_heading(paragraph):
                self.open[-1].heading = paragraph.content
                self.open[-1].labels += paragraph.marks
                return
        _add(self.open[-1], paragraph)

    def _unnamed(self) -> None:
        """Leave as text a heading behind which no unit of its own begins."""
        named, self.named = self.named, ()
        for line in named:
            if not self.open:
                self._attach(_Unit(Kind.PREAMBLE, "preamble"))
            _add(self.open[-1], line)

    def _belongs(self, i: int) -> bool:
        """Say whether an unnumbered paragraph is still of the open point."""
        unit = self.open[-1]
        last = unit.last_text()
        if i in self.skip or last.endswith(":"):
            return True
        level = next((x for x in reversed(self.lists.levels) if x.depth == unit.depth), None)
        listed = bool(unit.children) and (unit.text.text if unit.text else "").endswith(":")
        if listed and last.endswith((";", ",")):
            return True
        return level is not None and self.lists.continues(level, i + 1)


def _agreed(paragraphs: tuple[Paragraph, ...], divisions: set[int]) -> int:
    """Return where «согласились о нижеследующем» stands under numbers of a preamble; -1 where it stands so nowhere."""
    first = next((i for i in sorted(divisions)), 0)
    found = next((i for i in range(first) if _AGREED.match(paragraphs[i].text)), -1)
    return found if any(p.marker for p in paragraphs[1 : max(found, 0)]) else -1


def _over_articles(paragraphs: tuple[Paragraph, ...], divisions: set[int]) -> dict[int, range]:
    """Find headings without a number: apart in print, behind a finished sentence, right over «Статья N»."""
    found = {}
    for i in (i for i in sorted(divisions) if i and _is_bare_article(paragraphs[i])):
        heading, before = paragraphs[i - 1], paragraphs[i - 2] if i > 1 else None
        plain = (
            not (heading.division or heading.marker or heading.dash or heading.ended)
            and len(heading.text) <= LONGEST_HEADING
        )
        follows_text = before is None or (before.ended and not before.division)
        if plain and heading.display and follows_text and not is_editorial(heading):
            found[i - 1] = range(i - 1, i)
    return found


def _is_article(paragraph: Paragraph) -> bool:
    return _division_of(paragraph).style is Style.ARTICLE


def _is_bare_article(paragraph: Paragraph) -> bool:
    return _is_article(paragraph) and _end(paragraph) == len(paragraph.text)


def _are_sections(paragraphs: tuple[Paragraph, ...], headings: dict[int, range], divisions: set[int]) -> bool:
    """Say whether most headings over articles stand over several, or articles have headings of their own."""
    articles = [i for i in sorted(divisions) if _is_article(paragraphs[i])]
    over = sorted(i for i, lines in headings.items() if lines.stop in divisions)
    held = [sum(a < i < b for i in articles) for a, b in pairwise([*over, len(paragraphs)])]
    return sum(n > 1 for n in held) > len(held) / 2


def _headed_points(units: list[_Unit]) -> None:
    """Take «1. Предмет Соглашения» for the heading of its point where most points beside it have one.

    A heading has no stop, and what it is the heading of follows: «1.1. …» or a paragraph without a number.
    """
    points = [unit for unit in units if unit.kind is Kind.PARAGRAPH]
    headed = [unit for unit in points if _heads(unit)]
    if len(headed) >= max(2, len(points) / 2):
        if points[-1] not in headed and not points[-1].children and _unended(points[-1]):
            headed.append(points[-1])
        for unit in headed:
            unit.heading, unit.text = unit.text, None
            _heading_goes_on(unit)
            if unit.children and unit.children[0].kind is Kind.ALINEA:
                first = unit.children.pop(0)
                unit.text, unit.labels = first.text, [*unit.labels, *first.labels]
    for unit in units:
        _headed_points(unit.children)


def _heading_goes_on(unit: _Unit) -> None:
    """Take further lines in capitals into a heading in capitals."""
    if unit.heading is None or not is_capitals(unit.heading.text):
        return
    lines = [*takewhile(_is_capital_line, unit.children)]
    unit.labels += [span for line in lines for span in line.labels]
    unit.heading = join([unit.heading, *(line.text or _NO_TEXT for line in lines)])
    del unit.children[: len(lines)]


def _is_capital_line(unit: _Unit) -> bool:
    return unit.kind is Kind.ALINEA and unit.text is not None and is_capitals(unit.text.text)


def _unended(unit: _Unit) -> bool:
    text = unit.text.text if unit.text else ""
    return text[:1].isupper() and len(text) < LONGEST_HEADING and not ends(text) and unit.heading is None


def _heads(unit: _Unit) -> bool:
    if not (_unended(unit) and unit.children):
        return False
    first = unit.children[0]
    inside = first.text.text if first.text else ""
    return first.kind is Kind.SUBPARAGRAPH or (first.kind is Kind.ALINEA and not inside[:1].islower())


def _division_of(paragraph: Paragraph) -> Marker:
    assert paragraph.division
    return paragraph.division


def _kind(marker: Marker, paragraph: Paragraph, depth: int, *, sections: bool) -> Kind:
    """Name the level of a number; «(1)» right in an article is its paragraph, «IV.» before a sentence a paragraph.

    Where `sections` have Roman numbers, a short «IV. Органы.» is one too, whatever stop is printed behind it.
    """
    ended = paragraph.ended and not paragraph.text.endswith(",")
    long = len(paragraph.text) > LONGEST_HEADING
    bare = marker.end == len(paragraph.text)
    if marker.style is Style.ROMAN and (long or (ended and not (sections or bare))) and not paragraph.display:
        return Kind.PARAGRAPH
    if marker.style in (Style.BRACKETS, Style.LOOSE) and depth == 0:
        return Kind.PARAGRAPH
    return KIND[marker.style]


def _roman_sections(paragraphs: tuple[Paragraph, ...]) -> bool:
    """Say whether Roman numbers are those of sections: most stand before a few words without a stop."""
    roman = [p for p in paragraphs if p.marker and p.marker.style is Style.ROMAN]
    return sum(not p.ended and len(p.text) <= LONGEST_HEADING for p in roman) > len(roman) / 2


def _label(paragraph: Paragraph, end: int) -> list[Span]:
    """Return the places of a number, the dash before it and the mark-up around it, in the repaired text."""
    own = paragraph.content.cut(0, end).origins()
    return [*([paragraph.dash] if paragraph.dash else []), *paragraph.marks, *own]


def _headed(paragraphs: tuple[Paragraph, ...], divisions: set[int]) -> dict[int, tuple[int, ...]]:
    """Find headings printed under «Статья N»: for each division, the paragraphs that make its heading.

    Whether a doubtful line is a heading is decided over the text: most articles of an act have one, or none has.
    """
    found: dict[int, tuple[int, ...]] = {}
    bare = [i for i in sorted(divisions) if _end(paragraphs[i]) == len(paragraphs[i].text)]
    articles = [*filter(lambda i: _is_article(paragraphs[i]), bare)]
    stopped = stopped_headings(paragraphs, articles, divisions)
    likely = {i: _heading_lines(paragraphs, i, divisions) or stopped.get(i, ()) for i in bare}
    share = sum(bool(likely[i]) for i in articles) / len(articles) if articles else 0
    for i in bare:
        lines = likely[i]
        sure = bool(lines) and all(paragraphs[j].display for j in lines)
        if lines and (sure or i not in articles or share >= 0.5):
            found[i] = lines
    for i in sorted(divisions - set(bare)):
        further = _second_line if _is_article(paragraphs[i]) else _capital_lines
        if lines := further(paragraphs, i, divisions):
            found[i] = lines
    return found


def _second_line(paragraphs: tuple[Paragraph, ...], i: int, divisions: set[int]) -> tuple[int, ...]:
    """Return the lines that go on an article's heading: set apart in print, or in lower case right over its point 1."""
    lines: list[int] = []
    for j in range(i + 1, min(i + 4, len(paragraphs) - 1)):
        line, before = paragraphs[j], paragraphs[j - 1]
        unfinished = not before.ended or before.text.endswith(",")
        if not unfinished or {j, j + 1} & divisions or line.marker or line.dash or len(line.text) > 150:
            break
        if (
            is_editorial(line)
            or (line.ended and not line.text.startswith("("))
            or not (line.display or (not lines and _goes_on(line, paragraphs[j + 1])))
        ):
            break
        lines.append(j)
    return tuple(lines)


def _goes_on(line: Paragraph, below: Paragraph) -> bool:
    """Say whether a line without a stop goes on the heading above: point 1 stands right under it."""
    first = below.marker is not None and below.marker.num == "1"
    return first and (line.text[0].islower() or re.fullmatch(r"\([а-яё]++\)", line.text) is not None)


def _end(paragraph: Paragraph) -> int:
    assert paragraph.division
    return paragraph.division.end


def _heading_lines(paragraphs: tuple[Paragraph, ...], i: int, divisions: set[int]) -> tuple[int, ...]:
    lines: list[int] = []
    j = i + 1
    while j < len(paragraphs) - 1 and len(lines) < 3:
        p = paragraphs[j]
        if j in divisions or p.dash or p.marker or _is_finished(p) or len(p.text) > 300:
            break
        if re.search(r"[а-яё»)\d][.;]\s++[А-ЯЁ]", p.text) and not p.display:
            break
        if lines and not (p.display and paragraphs[lines[-1]].display and p.bold == paragraphs[lines[-1]].bold):
            break
        if not lines and not (p.text[0].isupper() or p.text[0] in '«"([' or p.level):
            break
        lines.append(j)
        j += 1
    return tuple(lines)


def _is_finished(paragraph: Paragraph) -> bool:
    """Say whether a paragraph under «Статья N» is no heading for its stop: a heading in brackets has none."""
    return paragraph.ended and not paragraph.level and not is_bracketed(paragraph.text)


def _section_lines(paragraphs: tuple[Paragraph, ...], i: int, divisions: set[int]) -> tuple[int, ...]:
    """Return further lines of a section's heading: unfinished, centred or going on in lower case."""
    lines: list[int] = []
    for j in range(i + 1, min(i + 5, len(paragraphs) - 1)):
        p, before = paragraphs[j], paragraphs[j - 1]
        if j in divisions or p.marker or p.dash or len(p.text) > 150 or p.gap > 1:
            break
        if j == i + 1 and _is_bare_number(before) and not p.ended:
            lines.append(j)
            continue
        if _STOP.search(p.text) or _STOP.search(before.text):
            break
        if not (p.text[0].islower() or (p.display and before.display)):
            break
        lines.append(j)
    return tuple(lines)


def _is_bare_number(paragraph: Paragraph) -> bool:
    """Say whether a number stands alone on its line: «I» over the heading of its section."""
    return paragraph.marker is not None and paragraph.marker.end == len(paragraph.text)


def _capital_lines(paragraphs: tuple[Paragraph, ...], i: int, divisions: set[int]) -> tuple[int, ...]:
    """Return further lines of a chapter's heading printed in capitals."""
    lines: list[int] = []
    j = i + 1
    while j < len(paragraphs) and j not in divisions and is_capitals(paragraphs[i].text):
        if not is_capitals(paragraphs[j].text) or paragraphs[j].ended:
            break
        lines.append(j)
        j += 1
    return tuple(lines)


def _add(unit: _Unit, paragraph: Paragraph) -> None:
    """Put an unnumbered paragraph into a unit: its own text when it has none and nothing inside, else an alinea."""
    extra = [*([paragraph.dash] if paragraph.dash else []), *paragraph.marks]
    if unit.text is None and not unit.children:
        unit.text = paragraph.content
        unit.labels += extra
    else:
        unit.children.append(_Unit(Kind.ALINEA, "", None, extra, None, paragraph.content))


def _attached(part: Part, units: list[_Unit], place: int) -> _Unit:
    first = attachment(part.label[0]) if part.label else None
    num = (first["num"] or "").strip('«»"') if first else ""
    unit = _Unit(
        Kind.ATTACHMENT, eids.step(Kind.ATTACHMENT, eids.transliterate(num) if num else str(place)), num or None
    )
    for paragraph in part.label:
        unit.labels += [*paragraph.marks, *paragraph.content.origins()]
    titles = _attachment_title(part.label)
    unit.heading = join(titles) if titles else None
    for child in units:
        if child.kind in (Kind.PREAMBLE, Kind.BODY):
            unit.text = child.text
            unit.labels += child.labels
            unit.children += child.children
        else:
            unit.children.append(child)
    if part.closing:
        unit.children.append(_closing_of(part.closing))
    return unit


def _closing_of(paragraphs: tuple[Paragraph, ...]) -> _Unit:
    """Return the closing formula and signatures as a unit of paragraphs."""
    unit = _Unit(Kind.CONCLUSIONS, "conclusions")
    for paragraph in paragraphs:
        _add(unit, paragraph)
    return unit


def _attachment_title(label: tuple[Paragraph, ...]) -> list[Traced]:
    """Return the lines of a label that name the attachment: not «к Договору…», not by what it was approved.

    «Приложение 1. Перечень лодок» names it in its first line, unless that tells whose it is.
    """
    numbered_ = bool(label) and attachment(label[0]) is not None
    whose = numbered_ and _WHOSE.search(label[0].text) and not _DAY.search(label[0].text)
    lines = list(label[1:] if numbered_ and not whose else label)
    i = next((i for i, p in enumerate(lines) if _belongs_or_approved(p)), 0)
    while i < len(lines):
        if _belongs_or_approved(lines[i]):
            i = _approval_end(lines, i)
        elif _is_aside(lines[i]):
            i += 1
        else:
            break
    named = [p.content for p in lines[i:] if not (is_editorial(p) or is_standing(p))]
    first = _behind_number(label[0]) if numbered_ else _NO_TEXT
    return [first, *named] if first.text else [_bare_name(content) for content in named[:1]] + named[1:]


def _is_aside(line: Paragraph) -> bool:
    """Say whether a line of a label is no name: an editor's, «(обязательное)», a day, «(к статье 2)»."""
    aside = is_editorial(line) or is_standing(line) or is_date_line(line)
    return aside or bool(_DAY.search(line.text) or TO_CLAUSE.fullmatch(line.text))


def _behind_number(label: Paragraph) -> Traced:
    """Return the name printed behind «Приложение 1» in one line with it: not «к Договору …», nor «№ 3 от …»."""
    found = attachment(label)
    rest = _bare_name(label.content.cut(found.end() if found else 0))
    return rest if re.match(r"[«\"]?[А-ЯЁ]", rest.text) and not _BY_WHAT.match(rest.text) else _NO_TEXT


def _bare_name(content: Traced) -> Traced:
    """Leave out stops, dashes and «(обязательное)» before an attachment's name."""
    text = content.text.lstrip(" .:–—-")
    begin = len(content.text) - len(text)
    return content.cut(begin + standing(text)).strip()


def _belongs_or_approved(paragraph: Paragraph) -> bool:
    """Say whether a line tells whose an attachment is, by what approved, or the label it replaces: «"Приложение 3»."""
    return is_approval(paragraph) or bool(_TO_ACT.match(paragraph.text) or _REPLACED.match(paragraph.text))


def _approval_end(lines: list[Paragraph], start: int) -> int:
    """Return where the lines end that say to what an attachment belongs and by what it was approved.

    They end with the day: «Российской Федерации» before it is of them, «Перечень» after it is not.
    """
    after = range(start + 1, min(start + LONGEST_APPROVAL, len(lines)))
    title = next((i for i in after if lines[i].level or is_capitals(lines[i].text)), len(lines))
    dated = next((i for i in range(start, after.stop) if i < title and _DAY.search(lines[i].text)), None)
    if dated is not None:
        return dated + 1
    end = start + 1
    while end < title and (is_approval(lines[end]) or lines[end].text[:1].islower() or _names_parties(lines, end)):
        end += 1
    return end


def _names_parties(lines: list[Paragraph], i: int) -> bool:
    """Say whether a line goes on «к Соглашению между Правительством ⏎ Республики Альбия …»: a state, or of it."""
    line, above = lines[i].text, lines[i - 1].text
    states = find_states(line)
    return bool(
        is_open(above) or _PARTY_LAST.search(above) or _PARTY_FIRST.match(line) or (states and not states[0][0].start)
    )


def _named(roots: list[_Unit], repaired: Repaired) -> list[Provision]:
    """Give every unit its eId and turn it into a provision."""
    articles: dict[str, int] = {}

    def build(unit: _Unit, parent: str, base: str, seen: dict[str, int], alineas: list[int]) -> Provision:
        if unit.kind is Kind.ALINEA:
            alineas[0] += 1
            eid = eids.child(parent, eids.step(Kind.ALINEA, str(alineas[0])))
        else:
            counts, above = (articles, base) if unit.kind is Kind.ARTICLE else (seen, parent)
            key = eids.child(above, unit.step)
            counts[key] = counts.get(key, 0) + 1
            eid = key + (f"_{counts[key]}" if counts[key] > 1 else "")
        base = eid if unit.kind is Kind.ATTACHMENT or unit.step.startswith("lang_") else base
        inner: dict[str, int] = {}
        counter = [1]
        _one_alphabet(unit.children)
        children = tuple(build(child, eid, base, inner, counter) for child in unit.children)
        return _provision(unit, eid, children, repaired)

    top: dict[str, int] = {}
    return [build(unit, "", "", top, [1]) for unit in roots]


def _one_alphabet(units: list[_Unit]) -> None:
    """Name lettered points by one alphabet, whatever look-alikes were printed."""
    lettered = [u for u in units if u.kind is Kind.POINT and u.num and u.num[0].isalpha()]
    for unit, letter in zip(lettered, in_one_alphabet([u.num or "" for u in lettered]), strict=True):
        unit.step = eids.step(Kind.POINT, eids.transliterate(letter))


def _provision(unit: _Unit, eid: str, children: tuple[Provision, ...], repaired: Repaired) -> Provision:
    text = unit.text or _NO_TEXT
    labels = [repaired.to_source(*span) for span in unit.labels]
    if unit.heading and unit.kind is not Kind.ATTACHMENT:
        labels += [piece.source for piece in unit.heading.trace(repaired)]
    return Provision(
        eid,
        unit.kind,
        text.text,
        unit.num,
        unit.heading.text if unit.heading else None,
        text.trace(repaired),
        tuple(sorted(span for span in labels if span.end > span.start)),
        children,
        (*variants(unit.heading, repaired, in_heading=True), *variants(unit.text, repaired)),
    )
