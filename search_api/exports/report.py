"""A checked text as DOCX, with Word comments at their places, and as Markdown."""

import io
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzers.spans import Span
from search_api.answers.remarks import Remark
from search_api.exports.holding import fit

TITLE = "Проверка цитат"
LIST_HEAD = "Что цитирует текст"
_AUTHOR, _INITIALS = "Свод", "СВ"


def as_docx(text: str, remarks: Sequence[Remark], authorities: Sequence[str]) -> bytes:
    """Write a text with a comment on each citation and quotation, and the list of what it cites."""
    from docx import Document as Docx

    book = Docx()
    book.core_properties.title, book.core_properties.language = TITLE, "ru-RU"
    pending = deque(sorted(remarks, key=lambda r: r.span.start))
    for start, end in _paragraphs(text):
        paragraph = book.add_paragraph()
        own = []
        while pending and pending[0].span.start < end:
            own.append(pending.popleft())
        # Words quoted over several paragraphs are told of where they begin.
        places = [Span(max(r.span.start, start), min(r.span.end, end)) for r in own]
        runs = {cut: paragraph.add_run(fit(text[slice(*cut)])) for cut in _cuts(Span(start, end), places)}
        for remark, place in zip(own, places, strict=True):
            inside = [run for cut, run in runs.items() if place.start <= cut.start and cut.end <= place.end]
            if inside:
                book.add_comment(inside, text=fit(remark.text), author=_AUTHOR, initials=_INITIALS)
    if authorities:
        book.add_heading(LIST_HEAD, 2)
        for line in authorities:
            book.add_paragraph(fit(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def _cuts(whole: Span, places: Sequence[Span]) -> list[Span]:
    """Cut a paragraph where remarks begin and end.

    >>> _cuts(Span(0, 3), [])
    [Span(start=0, end=3)]
    """
    ends = sorted({*whole, *(end for place in places for end in place)})
    return [Span(a, b) for a, b in pairwise(ends)]


def as_markdown(text: str, remarks: Sequence[Remark], authorities: Sequence[str]) -> str:
    """Write the remarks as a list, then the list of what the text cites."""
    lines = [f"# {TITLE}", ""]
    lines += [f"- «{_short(text[slice(*r.span)])}» — {r.text}" for r in remarks]
    lines += ["", f"## {LIST_HEAD}", "", *authorities] if authorities else []
    return "\n".join(lines) + "\n"


def _short(text: str, most: int = 120) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
