"""Headings printed unlike most: without a number, in brackets, with a stop, before their text in one line.

Whether a doubtful line is a heading is seen by how often it stands so.
"""

import re
from collections.abc import Collection, Sequence

from ingest.acts.markers import Style
from ingest.acts.parts.saying import says
from ingest.layout.paragraphs import Paragraph, ends

USUAL = 3
"""So many in a text are its manner; one or two may be a line that lost its stop."""
LINES = 4
"""Lines of such a heading at most."""
LONGEST = 150
"""Characters of each of them."""
_FINISHED = re.compile(r"[.!?][»\"”)]*+\Z")
_STRANGE = re.compile(r"[│_=<>\d]")
"""What tables, forms and formulae have, and headings have not."""


def plain_headings(paragraphs: tuple[Paragraph, ...], skip: Collection[int]) -> dict[int, range]:
    """Return by first line the lines of headings over a numbered point or «Статья N»: behind a finished sentence.

    Of 506 real texts nine print them so, from three to forty-eight a text; each was an alinea of the point before.
    """
    found: dict[int, range] = {}
    for i, paragraph in enumerate(paragraphs):
        if i in skip or not _may_be_headed(paragraph):
            continue
        begin = i
        while begin > max(0, i - LINES) and _is_plain(paragraphs[begin - 1]):
            begin -= 1
        before = paragraphs[begin - 1] if 0 < begin < i else None
        opened = before is not None and paragraph.division is not None and before.text.endswith(":")
        if before and (opened or _FINISHED.search(before.text)) and paragraphs[begin].text[:1].isupper():
            found[begin] = range(begin, i)
    return found if len(found) >= USUAL else {}


def _may_be_headed(paragraph: Paragraph) -> bool:
    if paragraph.division:
        return paragraph.division.style is Style.ARTICLE and paragraph.division.end == len(paragraph.text)
    return paragraph.marker is not None and paragraph.marker.style is Style.NUMBER


def _is_plain(paragraph: Paragraph) -> bool:
    if paragraph.marker or paragraph.division or paragraph.dash or paragraph.ended:
        return False
    return len(paragraph.text) <= LONGEST and not _STRANGE.search(paragraph.text) and paragraph.text[0] not in "(["


MOST = 0.6
"""Of the articles that may be headed in a manner so many are, where it is the text's."""
LEAST = 2
"""Articles headed in a manner that make it one."""
SHORT = 110
"""Characters of a heading that has a stop."""
_BRACKETED = re.compile(r"(?:\([А-ЯЁ«][^()]{3,150}\)|\[[А-ЯЁ«][^\[\]]{3,150}\])\.?")
_REMARKED = re.compile(r".(?:утратил|исключен|в\sред|введен|дополнен)", re.IGNORECASE)
_INNER = re.compile(r"(?:(?<=[а-яё][а-яё])|(?<=[»\")]))[.!?][»\"”)]*(?P<gap>\s(?:[–—-]\s)?)(?=[«\"(]?[А-ЯЁ])")
"""Where a sentence ends inside a paragraph, a dash behind its stop too; «Д.А. Тарна» ends none."""


def is_bracketed(text: str) -> bool:
    """Say whether a line is a heading in brackets: «(Предмет договора)»; a publisher's remark is none."""
    return bool(_BRACKETED.fullmatch(text)) and not _REMARKED.match(text) and not says(text)


def is_stopped(paragraph: Paragraph) -> bool:
    """Say whether a line may be a heading that has a stop: a few words that say nothing, «Предмет договора.»."""
    text = paragraph.text
    if paragraph.marker or paragraph.division or paragraph.dash or len(text) > SHORT or not text.endswith("."):
        return False
    return text[:1].isupper() and not _INNER.search(text) and not says(text)


def stopped_headings(
    paragraphs: Sequence[Paragraph], bare: Sequence[int], divisions: set[int]
) -> dict[int, tuple[int, ...]]:
    """Return by article the heading with a stop that stands under its bare number, where most have one."""
    found: dict[int, tuple[int, ...]] = {
        i: (i + 1,)
        for i in bare
        if i + 2 < len(paragraphs) and not {i + 1, i + 2} & divisions
        if is_stopped(paragraphs[i + 1]) and _tells(paragraphs[i + 2])
    }
    return found if len(found) >= max(LEAST, MOST * len(bare)) else {}


def _tells(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is the text under a heading: numbered, or a sentence."""
    return paragraph.marker is not None or (paragraph.ended and says(paragraph.text))


def run_in_headings(paragraphs: Sequence[Paragraph], articles: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return where headings printed before their text in one line end, and where the text begins, by article.

    «Статья 1. Предмет договора. Стороны сверяют списки.»: the first sentence of most articles says nothing.
    """
    held = [i for i in articles if _rest(paragraphs[i])]
    found = {i: cut for i in held if (cut := _run_in(paragraphs[i]))}
    return found if len(found) >= max(LEAST, MOST * len(held)) else {}


def texts_in_line(paragraphs: Sequence[Paragraph], articles: Sequence[int]) -> bool:
    """Say whether what has a stop behind «Статья N.» is its article's text: nearly everywhere it says something."""
    stopped = [rest for i in articles if (rest := _rest(paragraphs[i])).endswith(".")]
    saying = sum(len(rest) > SHORT or says(rest) for rest in stopped)
    return saying >= LEAST and saying >= MOST * len(stopped)


def _rest(paragraph: Paragraph) -> str:
    return paragraph.text[paragraph.division.end :] if paragraph.division else ""


def _run_in(paragraph: Paragraph) -> tuple[int, int] | None:
    text = paragraph.text
    begin = len(text) - len(_rest(paragraph))
    for match in _INNER.finditer(text, begin, begin + SHORT):
        head = text[begin : match.start("gap")]
        if ends(head):
            said = says(head) or not head[0].isupper() or not ends(text)
            return None if said else (match.start("gap"), match.end())
    return None
