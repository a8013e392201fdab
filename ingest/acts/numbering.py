"""Which numbers are units: solved over the whole text, because a sequence must make sense.

Articles are the heaviest increasing chain of «Статья N» headings. Numbers and letters continue an open list or open
a new one; a number in a sentence, a date, a quoted article does neither and stays text.
"""

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, replace

from ingest.acts.markers import Marker, Style, as_roman, follows, is_first
from ingest.layout.paragraphs import Paragraph, ends
from ingest.layout.wrapping import is_open

_LETTERS = frozenset({Style.LETTER_BRACKET, Style.LATIN_BRACKET, Style.LETTER_DOT})
_DIVISIONS = (Style.PART, Style.SECTION, Style.CHAPTER)
_REPEALED = re.compile(r"\(?(?:утратил[аои]?\s++силу|исключен[аоы]?)(?!\w)", re.IGNORECASE)
"""What a consolidated text leaves of a unit: «Глава 2 исключена», «Статья 5. Утратила силу»."""
_OF_ACT = re.compile(
    r"(?:[а-яё]{2,30}(?:ого|его|ой|ей)\s){0,4}+(?:"
    r"закона|кодекса|конституции|устава|положения|договора|соглашения|конвенции|протокола|указа|постановления|"
    r"приказа|правил|инструкции|основ|хартии|декларации|статута|регламента|(?-i:[А-ЯЁ]{1,3}К|КоАП))(?!\w)",
    re.IGNORECASE,
)
"""«Статья 60 Гражданского кодекса …», «Статья 44 УК РФ …»: an article of another act, told of in a sentence."""
GAP = 3
"""Units that may be missing in a printed sequence (excluded ones are often left out) before it counts as broken."""
HEADING = 100
"""Characters of a heading without a number over the first of a list."""
ANEW = 0.3
"""What it costs that articles are counted from 1 anew under a section."""
AHEAD = 400
"""Paragraphs looked ahead for the next unit of a list."""


@dataclass(frozen=True, slots=True)
class Level:
    """An open list: its style, the last number in it, and how deep it stands."""

    marker: Marker
    depth: int


def family(style: Style) -> Style:
    """Return the style two markers of one list share: Russian and Latin letters make one list."""
    return Style.LETTER_BRACKET if style in _LETTERS else style


def accepted_divisions(paragraphs: tuple[Paragraph, ...], skip: set[int]) -> set[int]:
    """Return the indices of true headings «Статья N», «Глава N», «Раздел N», «Часть N»."""
    found = [
        i for i, p in enumerate(paragraphs) if p.division and i not in skip and _plausible(p) and not _of_another(p)
    ]
    bare = {i for i in found if _print(paragraphs[i])[2]}
    # «ОСОБЕННАЯ ЧАСТЬ» under «РАЗДЕЛ ВТОРОЙ» is its heading.
    found = [i for i in found if not (i - 1 in bare and _is_named(paragraphs[i]))]
    articles = [i for i in found if _style(paragraphs[i]) is Style.ARTICLE]
    articles, found = _printed_alike(paragraphs, articles, found)
    above = [i for i in found if _style(paragraphs[i]) in _DIVISIONS]
    return set(_chain(paragraphs, articles, above)) | set(above)


def _printed_alike(
    paragraphs: tuple[Paragraph, ...], articles: list[int], found: list[int]
) -> tuple[list[int], list[int]]:
    """Leave out «статья 5» alone on a line, the end of a sentence, unless all articles are printed so."""
    small = {i for i in found if paragraphs[i].text[:1].islower()}
    if all(i in small for i in articles or found):
        return articles, found
    return [i for i in articles if i not in small], [i for i in found if i not in small]


def _is_named(paragraph: Paragraph) -> bool:
    """Say whether a division has a name and no number: «ОБЩАЯ ЧАСТЬ»."""
    return paragraph.division is not None and not paragraph.division.end


def _style(paragraph: Paragraph) -> Style:
    assert paragraph.division
    return paragraph.division.style


def _plausible(paragraph: Paragraph) -> bool:
    marker = paragraph.division
    assert marker
    rest = paragraph.text[marker.end :]
    if marker.word == "§" and ends(paragraph.text):
        return False  # «§ 2. Срок исчисляется в сутках.» is a paragraph of its article, «§ 2. Поставка» heads a section
    if _begins_small(paragraph.text, marker, rest):
        return False
    if not rest or _REPEALED.match(rest):
        return True
    if rest[0].islower() or re.match(r"[,;)]", rest):
        return bool(paragraph.level) and not ends(paragraph.text)
    if marker.style in _DIVISIONS:
        # «Глава 27. Производство …», however long.
        return (paragraph.display or not ends(paragraph.text)) and (_stopped(paragraph) or len(rest) < 400)
    return True


def _begins_small(text: str, marker: Marker, rest: str) -> bool:
    """Say whether a division word is in small letters and does not stand alone: «статья 5» may, «ст. 5» may not."""
    if marker.word in ("§", "foreign", "lost") or text.lstrip("[ ")[:1].isupper():
        return False
    return bool(rest) or not (text[:1].isdigit() or marker.word == "статья")


def _of_another(paragraph: Paragraph) -> bool:
    """Say whether a sentence begins with another act's article: «Статья 60 Гражданского кодекса устанавливает …»."""
    marker = paragraph.division
    assert marker
    told = marker.style is Style.ARTICLE and _OF_ACT.match(paragraph.text[marker.end :])
    return bool(told) and paragraph.ended and not _stopped(paragraph)


def _stopped(paragraph: Paragraph) -> bool:
    """Say whether a stop stands between the number of a division and its heading: «Статья 21. Устав союза»."""
    assert paragraph.division
    return paragraph.text[: paragraph.division.end].rstrip().endswith((".", ":"))


def _chain(paragraphs: tuple[Paragraph, ...], articles: list[int], above: list[int]) -> list[int]:
    """Find the heaviest chain of article headings; headings in the usual print weigh more.

    The chain may repeat a number (a printer's slip, or a second text in one act) only at a cost, and count from 1 anew
    where a section or chapter (`above`) begins.
    """
    if not articles:
        return []
    prints = Counter(_print(paragraphs[i]) for i in articles)
    usual = prints.most_common(1)[0][0]
    weight = [2.0 if _print(paragraphs[i]) == usual else 1.0 for i in articles]
    best, back = weight[:], [-1] * len(articles)
    for j, index in enumerate(articles):
        this = paragraphs[index].division
        assert this
        for k in range(max(0, j - 60), j):
            before = paragraphs[articles[k]].division
            assert before
            anew = this.value == (1,) and bisect(above, index) > bisect(above, articles[k])
            cost = ANEW if anew else _step_cost(before, this)
            if cost is not None and best[k] + weight[j] - cost > best[j]:
                best[j], back[j] = best[k] + weight[j] - cost, k
    j = max(range(len(articles)), key=best.__getitem__)
    chain = []
    while j >= 0:
        chain.append(articles[j])
        j = back[j]
    return chain[::-1]


def _step_cost(before: Marker, this: Marker) -> float | None:
    if this.value == before.value:
        return 1.5
    if this.value == (1,) and before.value[0] > 2:
        return 3.0
    if this.value < before.value:
        return None
    missing = follows(Style.ARTICLE, before, this)
    return 0.5 if missing is None else min(0.1 * missing, 1.0)


def _print(paragraph: Paragraph) -> tuple[bool, bool, bool]:
    marker = paragraph.division
    assert marker
    return (bool(paragraph.level), paragraph.bold, marker.end == len(paragraph.text))


class Lists:
    """The open lists while a text is read; `place` says where a number belongs."""

    def __init__(
        self,
        paragraphs: tuple[Paragraph, ...],
        skip: set[int],
        divisions: set[int],
        headings: set[int],
        *,
        inserted: bool = False,
    ) -> None:
        """Prepare to read one text from its first paragraph on; `headings` are the lines under «Статья N».

        `inserted` tells that «1.1.» in an article stands beside «1.», as laws print what amendments insert.
        """
        self._inserted = inserted
        self._paragraphs, self._skip, self._divisions = paragraphs, skip, divisions
        self._headings = divisions | headings
        self.levels: list[Level] = []
        self._last: dict[Style, Marker] = {}
        self._article: Marker | None = None
        self.gaps: list[tuple[int, Marker]] = []

    def reset(self, division: Marker) -> None:
        """Begin a new article, chapter or section: its lists are its own."""
        self.levels = []
        self._article = division if division.style is Style.ARTICLE else None

    def place(self, i: int) -> int | None:
        """Return the depth at which paragraph i opens a unit (0 = right in the article), None when it opens none."""
        marker = self.marker(i)
        if marker is None or i in self._skip or self._stands_bare(i, marker) or not self._may_open(i, marker):
            return None
        depth = self._depth(i, marker)
        if depth is not None:
            self.levels = [*(level for level in self.levels if level.depth < depth), Level(marker, depth)]
            self._last[family(marker.style)] = marker
        return depth

    def marker(self, i: int) -> Marker | None:
        """Return the number paragraph i begins with; «i)» is Roman before «ii)» and «v)» after «iv)»."""
        marker = self._paragraphs[i].marker
        if marker and self._inserted and self._article and marker.style is Style.DOTTED and len(marker.value) == 2:
            bracketed = self._paragraphs[i].text[len(marker.num) :].lstrip().startswith(")")
            return replace(marker, style=Style.NUMBER_BRACKET if bracketed else Style.NUMBER)
        other = as_roman(marker) if marker else None
        if other is None or marker is None:
            return marker
        goes_on = any(_goes_on(level.marker, other) == 0 for level in self.levels)
        return other if goes_on or (is_first(other) and self._goes_on_later(i, other)) else marker

    def close(self, depth: int) -> None:
        """Leave lists deeper than this."""
        self.levels = [level for level in self.levels if level.depth <= depth]

    def continues(self, level: Level, i: int) -> bool:
        """Say whether a later paragraph goes on the list of a level before one of a level above does."""
        above = [other for other in self.levels if other.depth < level.depth]
        for j in range(i, min(len(self._paragraphs), i + AHEAD)):
            if j in self._divisions:
                return False
            marker = self._paragraphs[j].marker
            if marker is None or j in self._skip:
                continue
            if _goes_on(level.marker, marker) == 0:
                return True
            if any(_goes_on(other.marker, marker) == 0 for other in above):
                return False
        return False

    def _may_open(self, i: int, marker: Marker) -> bool:
        """A unit begins after a stop, a heading or the start of the text, never inside a sentence.

        The very next number of an open list needs no stop before it when its text begins with a capital: stops are
        often lost, and a sentence that goes on so is not met.
        """
        if i == 0 or i - 1 in self._headings or self._paragraphs[i].display:
            return True
        before = self._paragraphs[i - 1]
        if ends(before.text) or before.display or before.dash or before.marker:
            return True
        if family(marker.style) is Style.LETTER_BRACKET or self._paragraphs[i].gap:
            return True
        upper = self._paragraphs[i].text[marker.end : marker.end + 1].isupper()
        return upper and (self._is_next(marker) or self._under_heading(i, marker))

    def _under_heading(self, i: int, marker: Marker) -> bool:
        """Say whether the first of a list stands under a few words without a stop: its heading, known or not."""
        before = self._paragraphs[i - 1].text
        heading = len(before) <= HEADING and before[:1].isupper() and not before.endswith(",") and not is_open(before)
        return heading and is_first(marker) and self._goes_on_later(i, marker)

    def _stands_bare(self, i: int, marker: Marker) -> bool:
        """Say whether «II» alone on its line is no number of a section: no «I» is before it, and no «III» follows."""
        if marker.style is not Style.ROMAN or marker.end < len(self._paragraphs[i].text):
            return False
        last = self._last.get(Style.ROMAN)
        if last is not None and _goes_on(last, marker) == 0:
            return False
        later = (p.marker for p in self._paragraphs[i + 1 : i + AHEAD])
        following = (m for m in later if m and m.style is Style.ROMAN)
        return not is_first(marker) or not any(_goes_on(marker, m) == 0 for m in following)

    def _is_next(self, marker: Marker) -> bool:
        """Say whether a number is the next of an open list, or of one that sections of the text count through."""
        if any(_goes_on(level.marker, marker) == 0 or level.marker.value == marker.value[:-1] for level in self.levels):
            return True
        last = self._last.get(family(marker.style))
        return not self.levels and last is not None and _goes_on(last, marker) == 0

    def _depth(self, i: int, marker: Marker) -> int | None:
        last = self._last.get(family(marker.style))
        if marker.style is Style.ROMAN and last and _goes_on(last, marker) == 0:
            return 0
        for level in reversed(self.levels):
            if _goes_on(level.marker, marker) == 0:
                return level.depth
        bracketed = self._paragraphs[i].text[len(marker.num) :].lstrip().startswith(")")
        dotted = self._dotted(marker, bracketed=bracketed) if marker.style is Style.DOTTED else None
        if dotted is not None:
            return dotted
        return self._opening(i, marker) if is_first(marker) else self._broken(i, marker, last)

    def _broken(self, i: int, marker: Marker, last: Marker | None) -> int | None:
        """Place a number that neither goes on a list nor opens one: after a small gap, or at the head of an article."""
        for level in reversed(self.levels):
            missing = _goes_on(level.marker, marker)
            if missing is not None and missing <= GAP:
                self.gaps.append((i, level.marker))
                return level.depth
        goes_on = last is not None and _goes_on(last, marker) == 0
        if self.levels:
            # «34.» behind «IV. Органы.» goes on the «33.» above it: points are counted through the sections.
            through = goes_on and marker.style is Style.NUMBER and self._article is None
            return 0 if through else self._repeated(i, marker)
        plausible = (self._goes_on_later(i, marker) or self._article is not None) and marker.value[0] < 100
        return 0 if goes_on or plausible else None

    def _repeated(self, i: int, marker: Marker) -> int | None:
        """Place a number printed twice in a row by a slip: the list goes on after it, or ends."""
        level = next((x for x in reversed(self.levels) if family(x.marker.style) is family(marker.style)), None)
        if level is None or level.marker.value != marker.value or _lettered(marker):
            return None
        later = (self.marker(j) for j in range(i + 1, min(len(self._paragraphs), i + AHEAD)))
        following = next((m for m in later if m and m.style is marker.style), None)
        return level.depth if following is None or _goes_on(marker, following) == 0 else None

    def _dotted(self, marker: Marker, *, bracketed: bool) -> int | None:
        """Place «3.1.» under «3.», «3.1)» under «3)», or in article 3 itself."""
        above = [level for level in reversed(self.levels) if level.marker.value == marker.value[:-1]]
        if above:
            plain = (level for level in above if level.marker.style in (Style.NUMBER, Style.DOTTED))
            return (above[0] if bracketed else next(plain, above[0])).depth + 1
        if self._article and self._article.value == marker.value[:1] and not self.levels:
            return 0
        same = [level for level in self.levels if level.marker.style is Style.DOTTED]
        for level in reversed(same):
            if len(level.marker.value) == len(marker.value) and level.marker.value < marker.value:
                return level.depth
        return None

    def _opening(self, i: int, marker: Marker) -> int | None:
        if not self.levels:
            return 0
        if any(family(level.marker.style) is family(marker.style) for level in self.levels):
            before = self._paragraphs[i - 1].text
            opened = before.endswith(":") or self._goes_on_later(i, marker)
            same = next(level for level in self.levels if family(level.marker.style) is family(marker.style))
            if family(marker.style) in (Style.NUMBER, Style.ROMAN):
                return same.depth if self._restarts(i, marker) else None
            return same.depth if opened else None
        return self.levels[-1].depth + 1

    def _restarts(self, i: int, marker: Marker) -> bool:
        """Say whether numbering begins anew: the next number of the style goes on this one, not the open list."""
        level = next(x for x in self.levels if x.marker.style is marker.style)
        for j in range(i + 1, min(len(self._paragraphs), i + AHEAD)):
            other = self._paragraphs[j].marker
            if j in self._divisions or (other and other.style is marker.style and j not in self._skip):
                if j in self._divisions or other is None:
                    return False
                return _goes_on(marker, other) == 0 and _goes_on(level.marker, other) != 0
        return False

    def _goes_on_later(self, i: int, marker: Marker) -> bool:
        for j in range(i + 1, min(len(self._paragraphs), i + AHEAD)):
            other = self._paragraphs[j].marker
            if j in self._divisions:
                return False
            if other and j not in self._skip and family(other.style) is family(marker.style):
                return _goes_on(marker, other) == 0
        return False


def _lettered(marker: Marker) -> bool:
    return not marker.num[:1].isdigit()


def _goes_on(last: Marker, this: Marker) -> int | None:
    if family(last.style) is not family(this.style):
        return None
    return follows(last.style, last, this)
