"""Printed lines of the repaired text, their mark-up read off and what is no text by its look set apart."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analyzers.repair import Repaired
from analyzers.spans import Span
from ingest.layout.footnotes import Foot
from ingest.layout.traced import Traced
from ingest.source import Hint, SourceText

_HEADING = re.compile(r"(#{1,6})(?:\s++|$)")
_ROW = re.compile(r"\s*+\|[|\s]*+(?=\S)")
"""The bars a row of a table in Markdown begins with."""
_BULLET = re.compile(r"[-*•·–—−‐]\s++(?=\S)|[•·‣∙→■-◿✀-➿⬝-⬥\uf000-\uf0ff]\s*+")
# Emphasised words: the pair of marks around them. A star after a word is a footnote's, «20__ г.» a blank.
_PAIRS = (
    re.compile(r"(?<![\w_])(__)(?=[\w«\"(])[^_\n]*+(?<=[^\W\d_]|[.,;:!?»\")])(__)(?![\w_])"),
    re.compile(r"^\s*+(__)(?=[^\s_])[^_\n]*+(?<=[^\s_])(__)\s*+$"),
    re.compile(r"(?<![\w*])(\*)(?=[^\s*])[^*\n]*+(?<=[^\s*])(\*)(?![\w*])"),
)
_ALL_BOLD = re.compile(r"(\*\*|__)(?=...).*+(?<=.\1)\Z")
_LONE = re.compile(r"\*\*|(?<=[^\s*])\*(?=$|[\s.,;:)])(?<!\w\*)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|<>~\"])|<br\s*+/?>|&nbsp;")
_BLANKS = re.compile(r"[^\S\n]{2,}+|[\t\u00a0\u2000-\u200a\u202f\u3000]")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]|(?<=\\w)[\uf000-\uf0ff](?!\\w)")
"""Signs without width, and the signs of symbol fonts behind a word that refer to a footnote."""
_TURN = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]|(?<=[^\n\r\u2028\u2029\x85])(?=\f)")
_SYMBOL_DASH = str.maketrans("\uf02d\uf0be", "––")

_OWNER = r"(?:copyright|права\s++защищены|РГП|ООО|АО|ЗАО)"
# Page furniture, by what it looks like. Each rule's name goes into the document's list of what was left out.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "rule",
        re.compile(r"\A(?:[-=*_–—~\s]{3,}+|[─-╿\s]{3,}+|\\?_(?:\\?_)*+|(?:(?!--)[|:\-\s])*+--[|:\-\s]*+|[|\s]++)"),
    ),
    (
        "page-number",
        re.compile(
            r"(?:[-–—]\s*+)\d{1,4}(?:\s*+[-–—])|(?:стр\.|страница|лист)\s*+\d{1,4}(?:\s*+из\s*+\d++)?", re.IGNORECASE
        ),
    ),
    (
        "copyright",
        re.compile(
            rf"\A(?:(?:©|\([cс]\))\s*+\d{{4}}|(?:©|copyright)\s(?:(?!{_OWNER}).)*+{_OWNER}).*+",
            re.IGNORECASE,
        ),
    ),
    ("image", re.compile(r"\A!\[[^\]]*+\]\([^)]*+\)")),
    ("address", re.compile(r"(?:https?://|www\.)\S++")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line without its marks; `start`..`end` is the whole line in the repaired text.

    `level` is the heading level (0 none), `gap` the number of empty lines before it, `hard` a Markdown hard break at
    its end. `marks` are the places of mark-up taken off, in the repaired text.
    """

    content: Traced
    start: int
    end: int
    indent: int = 0
    level: int = 0
    bold: bool = False
    centred: bool = False
    bullet: Traced | None = None
    gap: int = 0
    feed: bool = False
    hard: bool = False
    marks: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """Return the line's words."""
        return self.content.text


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that belongs to no text, in the repaired text."""

    span: Span
    rule: str


def read_lines(source: SourceText, repaired: Repaired) -> tuple[list[Line], list[Dropped]]:
    """Split the repaired text into lines; empty lines become the gap before the next.

    Lines the reader listed as furniture (footnotes) are passed over: they stay listed by it.
    """
    lines: list[Line] = []
    dropped: list[Dropped] = []
    gap, feed, strong, blank = 0, False, False, False
    foot, texts = Foot(), list[Traced]()
    starred = source.format == "markdown"  # elsewhere «причалов**» has a footnote
    starts = [hint.start for hint in source.hints]
    for start, end in _line_spans(repaired.text):
        raw = repaired.text[start:end]
        feed = feed or "\f" in raw
        if not raw.strip(" \t\r\f\v\u00a0\u200b\ufeff"):
            gap, strong, blank = gap + 1, False, True
            continue
        place = repaired.to_source(start, end)
        if any(f.span.start <= place.start and place.end <= f.span.end for f in source.furniture):
            gap += 1
            continue
        hint = _hint(source, starts, place)
        line = replace(_line(repaired.text, Span(start, end), hint, starred=starred), gap=gap, feed=feed)
        line, strong = _strong(line, raw, opened=strong, starred=starred)
        rule = next((name for name, pattern in _RULES if pattern.fullmatch(raw.strip())), None)
        rule, blank = foot.reads(raw, rule, texts, apart=blank), False
        feed |= rule == "footnote"
        if not rule and not gap and dropped and dropped[-1].rule == "copyright" and dropped[-1].span.end >= start - 2:
            rule = "copyright"
        if not line.text or rule:
            dropped.append(Dropped(Span(start, end), rule or "markup"))
            gap = 0 if rule == "copyright" else gap + 1
            continue
        lines.append(line)
        texts.append(line.content)
        gap, feed = 0, False
    return [_unmarked(line, foot.marks.get(i, [])) for i, line in enumerate(lines)], dropped


def _unmarked(line: Line, marks: list[tuple[int, int]]) -> Line:
    """Take the marks of footnotes behind words out of a line: «письма¹»."""
    if not marks:
        return line
    spots = [span for a, b in marks if (span := line.content.cut(a, b).origin())]
    return replace(line, content=line.content.without(sorted(marks)), marks=(*line.marks, *spots))


def _line_spans(text: str) -> list[tuple[int, int]]:
    """Return the places of lines; a form feed begins one wherever it stands, in the middle of a printed one too."""
    spans, at = [], 0
    for match in _TURN.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, len(text))]


def _hint(source: SourceText, starts: list[int], span: Span) -> Hint | None:
    if not starts:
        return None
    i = bisect_left(starts, span.start)
    if i < len(starts) and starts[i] < max(span.end, span.start + 1):
        return source.hints[i]
    i = bisect_right(starts, span.start) - 1
    return source.hints[i] if i >= 0 and "\n" not in source.text[starts[i] : span.start] else None


def _strong(line: Line, raw: str, *, opened: bool, starred: bool) -> tuple[Line, bool]:
    """Read bold type that spans several lines; return the line and whether it stays open."""
    if not starred:
        return line, False
    body = re.sub(r"^[#\s]++|(?<!\s)\s++$", "", raw)
    odd = raw.count("**") % 2 == 1
    stays = not odd if opened else odd and body.startswith("**")
    inside = (opened or body.startswith("**")) and (stays or body.endswith("**")) and "**" not in body[2:-2]
    return (replace(line, bold=True) if inside and not line.bold else line), stays


def _line(text: str, span: Span, hint: Hint | None, *, starred: bool) -> Line:
    raw = text[span.start : span.end]
    body = raw.lstrip(" \t\f\v\u00a0\u2000-\u200a\u202f\u3000\u200b\ufeff")
    lead = len(raw) - len(body)
    indent = hint.indent if hint else len(raw[:lead].expandtabs(4))
    level, bullet, at = hint.heading if hint else 0, None, lead
    marks: list[Span] = []
    if match := _HEADING.match(raw, at):
        level = len(match[1])
        marks.append(Span(span.start + at, span.start + match.end()))
        at = match.end()
    if (match := _ROW.match(raw)) and raw.rstrip().endswith("|"):
        at, last = match.end(), len(re.sub(r"(?<![|\s])[|\s]++\Z", "", raw))
        marks += [Span(span.start, span.start + at), Span(span.start + last, span.end)]
        span = Span(span.start, span.start + last)
    if match := _BULLET.match(raw, at):
        bullet = Traced.copy(text, span.start + at, span.start + match.end())
        at = match.end()
    content = Traced.copy(text, span.start + at, span.end)
    spots = sorted(
        {
            *_emphasis(content.text, starred=starred),
            *(m.span() for p in (_ESCAPE, _ZERO_WIDTH) for m in p.finditer(content.text)),
        }
    )
    bold = bool(hint and hint.bold) or bool(_ALL_BOLD.match(content.text.strip()))
    if spots:
        marks += [Span(span.start + at + a, span.start + at + b) for a, b in spots]
        content = content.without(_disjoint(spots))
    return Line(
        _collapsed(content).strip(),
        span.start,
        span.end,
        indent,
        level,
        bold,
        bool(hint and hint.centred),
        bullet,
        hard=raw.endswith(("  ", "\\")),
        marks=tuple(marks),
    )


def _emphasis(text: str, *, starred: bool) -> Iterator[tuple[int, int]]:
    """Yield the places of marks that make words strong or emphasised; double and lone stars only where `starred`."""
    if "*" not in text and "__" not in text:
        return
    if starred:
        yield from _stars(text)
        yield from (match.span() for match in _LONE.finditer(text))
    for pattern in _PAIRS:
        for match in pattern.finditer(text):
            yield from (match.span(1), match.span(2))


def _stars(text: str) -> Iterator[tuple[int, int]]:
    """Yield pairs of double stars, each opening before a sign and closing after one; a pattern would look for the
    close of each anew.
    """
    at = 0
    while (begin := text.find("**", at)) >= 0:
        at = begin + 1
        if text[begin + 2 : begin + 3].strip():
            end = text.find("**", begin + 2)
            while end >= 0 and text[end - 1].isspace():
                end = text.find("**", end + 1)
            if end < 0:
                return
            yield from ((begin, begin + 2), (end, end + 2))
            at = end + 2


def _disjoint(spots: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spots:
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _collapsed(content: Traced) -> Traced:
    """Keep one blank of each run; a tab between cells stays one blank."""
    content = content.without((m.start() + 1, m.end()) for m in _BLANKS.finditer(content.text) if len(m[0]) > 1)
    return Traced(re.sub(r"[^\S ]", " ", content.text).translate(_SYMBOL_DASH), content.runs)
