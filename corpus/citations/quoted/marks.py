"""Find quoted words of a text, and the citation each stands by."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyzers.spans import Span

_MARK = re.compile(r"[«»\"“”„]|\n[^\S\n]*+\n")
_CLOSES = {"«": "»", "„": "“”", "“": "”", '"': '"'}
_WORD = re.compile(r"[^\W_]++")
_DEFINED = re.compile(
    r"(?:далее|дальнейшем|именуем[а-яё]{0,4}|сокращенно|сокращённо)[^«»\"“”\n()]{0,40}$", re.IGNORECASE
)
_FEWEST_WORDS = 2
_SENTENCE_WORDS = 5
"""Words of a quotation that stands by a citation of the sentence before though nothing announces it."""
_CLOSE = 80
_REACH = 200
"""Characters between a quotation and its citation."""
_MOST_BEFORE, _MOST_AFTER, _PARAGRAPH_REACH = 6, 2, 400
"""Citations on either side of a quotation, and characters, in which it may have its own."""
_BLANK_LINE = re.compile(r"\n[^\S\n]{0,64}+\n")
_FOOTNOTE = re.compile(r"[»\"”“]?[.,;]?[^\S\n]?(?:\[(?P<a>\d{1,3}|\*{1,3})\]|(?P<b>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})|(?P<c>\*{1,3}))")
_NOTE = re.compile(
    r"^[^\S\n]{0,8}(?:\[(?P<a>\d{1,3}|\*{1,3})\]|(?P<b>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})|(?P<c>\*{1,3}))[^\S\n]{0,8}", re.MULTILINE
)
_BRACKET = re.compile(r"[»\"”“]?[.,;:!?…]{0,3}+\s{0,3}+[(\[](?:[^()\[\]\n«»\"“”„.!?]|(?<=с[мр])\.){0,60}+$")
_DASH = re.compile(r"[»\"”“]?[.,;:!?…]{0,3}\s{0,3}(?:,\s?)?[–—-]\s[^.!?\n«»\"“”„]{0,80}$")
_SAYS = re.compile(
    r"[»\"”“]?,?\s(?:(?:это|так|прямо|как|что|именно|о\sчем|о\sчём)\s){0,3}"
    r"(?:говорит|гласит|сказано|указано|установлено|предусмотрено|закреплено|записано|написано|читаем|следует|"
    r"предусматривает|устанавливает|требует|содержится|из)[^.!?\n«»\"“”„]{0,40}$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s{0,3}[,;]?\s{1,3}(?:и\s)?")
_SENTENCE_END = re.compile(r"[.!?;](?=\s+[А-ЯЁ«\"“„–—-])|\n")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.«])(?:ст|п|пп|подп|абз|ч|гл|разд|прил|прим|г|гг|см|ср|т\.\s?е|др|пр|лит|руб|тыс|[а-яёА-ЯЁ])$"
)


def quotations(text: str, taken: Sequence[Span] = ()) -> list[Span]:
    """Find quoted words, the marks left out; what begins inside a citation is a title and no quotation.

    >>> text = 'Сказано: «путь „большой“ закрыт» (далее – «Путь»).'
    >>> [text[a:b] for a, b in quotations(text)]
    ['путь „большой“ закрыт']
    """
    found = []
    starts = [s.start for s in taken]
    for span in _quoted(text):
        place = bisect_left(starts, span.start) - 1
        inside = any(s.start <= span.start < s.end for s in taken[max(0, place - 2) : max(0, place + 1)])
        inside = inside or any(s == span for s in taken[place + 1 : place + 3])
        inside = inside and not _in_brackets(text, span)
        words = sum(1 for _ in _WORD.finditer(text, span.start, span.end))
        if inside or words < _FEWEST_WORDS or _DEFINED.search(text[max(0, span.start - 80) : span.start - 1]):
            continue
        found.append(span)
    return found


def _in_brackets(text: str, span: Span) -> bool:
    """Say whether words in a citation are its quotation: «п. 1 ст. 11 («вступает в силу …») Соглашения»."""
    return text[max(0, span.start - 2) : span.start - 1] == "(" and text[span.start : span.start + 1].islower()


def _quoted(text: str) -> Iterator[Span]:
    """Yield the outermost pairs of marks; one that is not closed in its paragraph is none."""
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark[0] == "\n":
            opened.clear()
        elif opened and mark in _CLOSES[opened[-1][0]]:
            _, start = opened.pop()
            if not opened:
                yield Span(start, match.start())
        elif mark in _CLOSES:
            opened.append((mark, match.end()))
        elif start := _closed(opened, mark):
            yield Span(start, match.start())


def _closed(opened: list[tuple[str, int]], mark: str) -> int:
    """Close what a mark closes, what is left open inside it too; return where the outermost began, else 0."""
    while any(mark in _CLOSES[m] for m, _ in opened):
        closed, start = opened.pop()
        if mark in _CLOSES[closed]:
            return 0 if opened else start
    return 0


@dataclass(frozen=True, slots=True)
class Beside:
    """The numbers of the citations a quotation stands by; `near` are others it may be of, where that is not sure."""

    citations: tuple[int, ...] = ()
    near: tuple[int, ...] = ()


def ascribed(
    text: str, citations: Sequence[Span], placed: Sequence[bool], quotes: Sequence[Span]
) -> Mapping[Span, Beside]:
    """Give quotations the numbers of the citations they stand by, all in order of text.

    A citation in brackets or behind a dash comes first, then a footnote's, then that before the quotation in its
    sentence, then that of the sentence before; `placed` tells citations of a place from names of whole acts.
    """
    notes = _notes(text) if quotes else {}
    starts = [c.start for c in citations]
    around = _Around(text, citations, placed, starts, notes)
    out: dict[Span, Beside] = {}
    for number, quote in enumerate(quotes):
        left = quotes[number - 1].end if number else 0
        right = quotes[number + 1].start if number + 1 < len(quotes) else len(text)
        found, sure = around.of(quote, left, right)
        if found is None and number and _continues(text, quotes[number - 1], quote):
            out[quote] = out[quotes[number - 1]]
        elif found is not None and citations[found].start > quote.end:
            out[quote] = Beside((found, *_beside(text, citations, found)), () if sure else around.near(quote))
        else:
            out[quote] = Beside(() if found is None else (found,), () if sure else around.near(quote))
    return out


def _beside(text: str, citations: Sequence[Span], first: int) -> Iterator[int]:
    """Yield the citations that stand in the same brackets: «(там же, п. 2)»."""
    for following in range(first + 1, len(citations)):
        between = text[citations[following - 1].end : citations[following].start]
        if not _LISTED.fullmatch(between):
            return
        yield following


@dataclass(frozen=True, slots=True)
class _Around:
    """The citations of a text, and where its footnotes begin."""

    text: str
    citations: Sequence[Span]
    placed: Sequence[bool]
    starts: Sequence[int]
    notes: Mapping[str, int]

    def near(self, quote: Span) -> tuple[int, ...]:
        """Return the citations of places around a quotation in its paragraph, the nearest sides of it first."""
        after = bisect_left(self.starts, quote.end)
        rows = (
            [
                i
                for i in range(after - 1, max(-1, after - 1 - _MOST_BEFORE), -1)
                if self.citations[i].end <= quote.start
            ],
            range(after, min(len(self.citations), after + _MOST_AFTER)),
        )
        return tuple(i for row in rows for i in row if self.placed[i] and self._in_paragraph(self.citations[i], quote))

    def _in_paragraph(self, citation: Span, quote: Span) -> bool:
        between = self.text[min(citation.end, quote.end) : max(citation.start, quote.start)]
        return len(between) < _PARAGRAPH_REACH and not _BLANK_LINE.search(between)

    def of(self, quote: Span, left: int, right: int) -> tuple[int | None, bool]:
        """Return the citation a quotation stands by, and whether that is sure.

        Other quotations end at `left` and begin at `right`.
        """
        after = bisect_left(self.starts, quote.end)
        following = self._following(quote, after, right)
        if following is not None and _BRACKET.fullmatch(following):
            return after, True
        noted = self._noted(quote)
        if noted is not None:
            return noted, True
        before = _before(self.citations, self.placed, bisect_left(self.starts, quote.start) - 1, quote, left)
        gap = self.text[self.citations[before].end : quote.start] if before is not None else None
        ends = 2 if gap is None else breaks(gap)
        announced = gap is not None and gap[:-1].rstrip().endswith(":")
        same = not ends
        if following is not None and not (same and announced) and _told_after(following):
            return after, True
        if same:
            return before, True
        if following is not None and _close(following):
            return after, False
        long = len(_WORD.findall(self.text, quote.start, quote.end)) >= _SENTENCE_WORDS
        told = ends == 1 and (announced or long)
        return before if told else None, told and announced

    def _following(self, quote: Span, after: int, right: int) -> str | None:
        """Return what stands between a quotation and the citation after it, where that is near."""
        if after == len(self.citations) or self.citations[after].start >= right:
            return None
        between = self.text[quote.end : self.citations[after].start]
        return between if len(between) < _REACH else None

    def _noted(self, quote: Span) -> int | None:
        """Return the citation that a footnote's text begins with."""
        mark = _FOOTNOTE.match(self.text, quote.end)
        noted = self.notes.get(mark["a"] or mark["b"] or mark["c"]) if mark else None
        if noted is None or noted < quote.end:
            return None
        at = bisect_left(self.starts, noted)
        if at == len(self.citations) or self.citations[at].start - noted >= _REACH:
            return None
        return None if "\n" in self.text[noted : self.citations[at].start] else at


def _told_after(following: str) -> bool:
    """Say whether words lead to the citation behind a quotation: «– это говорит …», «, как сказано в …»."""
    return bool(_DASH.fullmatch(following) or _SAYS.fullmatch(following))


def _close(following: str) -> bool:
    return len(following) < _CLOSE and not breaks(following) and "\n" not in following


def _before(citations: Sequence[Span], placed: Sequence[bool], last: int, quote: Span, left: int) -> int | None:
    """Return the nearest citation before a quotation; a place goes before the name of a whole act in its sentence."""
    near = [
        i
        for i in range(last, max(-1, last - 3), -1)
        if quote.start - citations[i].end < _REACH and citations[i].end > left - _REACH
    ]
    return next((i for i in near if placed[i]), near[0] if near else None)


def _continues(text: str, one: Span, other: Span) -> bool:
    """Say whether two quotations are one citation's: «слова», «и слова»."""
    between = text[one.end + 1 : other.start - 1]
    return len(between) < 60 and breaks(between) == 0 and "(" not in between


def breaks(between: str) -> int:
    """Count the ends of sentences in a stretch."""
    return sum(
        1
        for m in _SENTENCE_END.finditer(between)
        if not (m[0] == "." and _ABBREVIATED.search(between[max(0, m.start() - 8) : m.start()]))
    )


def _notes(text: str) -> Mapping[str, int]:
    """Return where the text of each footnote begins; the last of a number counts."""
    return {m["a"] or m["b"] or m["c"]: m.end() for m in _NOTE.finditer(text)}
