"""Units the print lost: an article glued to the one before, or printed without its word, as its neighbours prove."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.acts.markers import Marker, Style, division, numbered
from ingest.layout.edges import remarked
from ingest.layout.paragraphs import Paragraph
from ingest.layout.series import counted

_ARTICLE = re.compile(
    r"(?<=[.;:»)])\s(?P<article>Статья\s(?P<num>\d{1,3})\b\.?)(?=\s[«\"]?[А-ЯЁ])(?!\s(?:Федеральн|Закон|Кодекс|Конституц|Конвенц|Договор|Соглашен|Протокол|Устав|Положен))"
)
_FORMULA = re.compile(r"(?<=[.;])\s(?=(?:Соверш[её]но|Учинено)\s(?:в|во)\s)")
_DAY_AND_COPIES = re.compile(r"\d{4}\s(?:года|г\.)[^.;]{0,60}экземпляр")
_STOPLESS = re.compile(r"(?P<num>\d{1,2})\s(?=[А-ЯЁ][а-яё])")
_WORDLESS = re.compile(r"(?P<num>\d{1,3})\.\s?(?=[А-ЯЁ][а-яё])")
FORMULA = 200
"""Characters of a concluding formula up to its number of copies."""
LONGEST_HEADING = 160
"""Characters of an article's heading printed without «Статья»."""


def whole(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with articles and concluding formulas glued behind a sentence parted from it.

    An article is parted only where its number is missing between its neighbours: «Статья 8», «… Статья 9 Споры …»,
    «Статья 10». «6. Расходы» between «Статья 5» and «Статья 7», with «6.1.» below, is article 6.
    """
    paragraphs = [part for paragraph in paragraphs for part in _unremarked(paragraph)]
    out: list[Paragraph] = []
    for paragraph, missing in zip(paragraphs, _missing(paragraphs), strict=True):
        out += _parted(paragraph, missing)
    return _labelled(_stopped(_worded(out)))


def _unremarked(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Part a publisher's remark in brackets from the words of the act printed behind it in one paragraph."""
    while end := remarked(paragraph.text):
        rest = paragraph.content.cut(end).strip()
        if not any(map(str.isalpha, rest.text)):
            break
        yield replace(paragraph, content=paragraph.content.cut(0, end))
        paragraph = replace(paragraph, content=rest, marks=(), marker=numbered(rest.text), division=division(rest.text))
    yield paragraph


def _missing(paragraphs: Sequence[Paragraph]) -> list[range]:
    """Return for each paragraph the numbers of articles that its neighbours leave out around it."""
    articles = [(i, p.division.value[0]) for i, p in enumerate(paragraphs) if _is_article(p) and p.division]
    out = [range(0)] * len(paragraphs)
    for (i, before), (j, after) in pairwise(articles):
        if before + 1 < after <= before + 4:
            out[i:j] = [range(before + 1, after)] * (j - i)
    return out


def _is_article(paragraph: Paragraph) -> bool:
    marker = paragraph.division
    return marker is not None and marker.style is Style.ARTICLE and paragraph.text[0].isupper()


def _parted(paragraph: Paragraph, missing: range) -> Iterator[Paragraph]:
    cuts = (
        [m.start("article") for m in _ARTICLE.finditer(paragraph.text) if int(m["num"]) in missing] if missing else []
    )
    formulae = _FORMULA.finditer(paragraph.text) if "экземпляр" in paragraph.text else ()
    formula = [m.end() for m in formulae if _DAY_AND_COPIES.search(paragraph.text, m.end(), m.end() + FORMULA)]
    at = 0
    for cut in sorted((*cuts, *formula, len(paragraph.text))):
        content = paragraph.content.cut(at, cut).strip()
        if at == 0:
            yield replace(paragraph, content=content) if cut < len(paragraph.text) else paragraph
        else:
            text = content.text
            yield Paragraph(content, gap=1, marker=numbered(text), division=division(text), indent=paragraph.indent)
        at = cut


def _worded(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Take «6. Расходы» for article 6 where its word is missing between articles 5 and 7."""
    missing = _missing(paragraphs)
    out = list(paragraphs)
    for i, paragraph in enumerate(paragraphs[:-1]):
        match = (
            _WORDLESS.match(paragraph.text) if missing[i] and not paragraph.division and not paragraph.ended else None
        )
        if match is None or int(match["num"]) not in missing[i] or len(paragraph.text) > LONGEST_HEADING:
            continue
        below = paragraphs[i + 1].marker
        if below is not None and below.style is Style.DOTTED and below.value == (int(match["num"]), 1):
            marker = Marker(Style.ARTICLE, match["num"], (int(match["num"]),), match.end(), "lost")
            out[i] = replace(paragraph, division=marker, marker=None)
    return out


def _labelled(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Give labels in prints of their own to the paragraphs they head: «№ 1.», «[1]», «1 Письма возят …»."""
    found = counted([p.text for p in paragraphs])
    return [replace(p, marker=found[i].marker) if i in found and not p.dash else p for i, p in enumerate(paragraphs)]


def _stopped(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Take «1 Письма возят …», «2 Посылки …» for points where they count from 1 and an article has no others."""
    bounds = [i for i, p in enumerate(paragraphs) if _is_article(p)]
    out = list(paragraphs)
    for begin, end in pairwise([*bounds, len(paragraphs)]):
        inside = range(begin + 1, end)
        found = [(i, match) for i in inside if (match := _STOPLESS.match(paragraphs[i].text)) and paragraphs[i].ended]
        counted = [int(match["num"]) for _, match in found] == [*range(1, len(found) + 1)]
        if len(found) < 2 or not counted or any(_is_number(paragraphs[i]) for i in inside):
            continue
        for i, match in found:
            number = Marker(Style.NUMBER, match["num"], (int(match["num"]),), match.end())
            out[i] = replace(paragraphs[i], marker=number)
    return out


def _is_number(paragraph: Paragraph) -> bool:
    return paragraph.marker is not None and paragraph.marker.style is Style.NUMBER
