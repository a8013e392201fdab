"""An edition as DOCX with tracked changes against the text as signed: accept them all and the edition stands there."""

import io
import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING

from corpus.effects.editions import Edition, Touch
from corpus.model import Document, Provision
from search_api.answers.reading import label
from search_api.exports.holding import fit

if TYPE_CHECKING:
    from docx.document import Document as Book

_WORDS = re.compile(r"\w++|\s++|[^\w\s]")
Runs = tuple[tuple[str, str], ...]
"""Runs of text with what became of them: "", "ins" or "del"."""


def as_tracked_word(signed: Document, edition: Edition, names: Mapping[str, str]) -> bytes:
    """Write an edition; `names` are the acts by document, the authors of the changes."""
    from docx import Document as Docx

    book = Docx()
    book.core_properties.title, book.core_properties.language = fit(edition.title), "ru-RU"
    book.add_heading(fit(edition.title), 1)
    writing = _Writing(book, names)
    for runs, touch in _paragraphs(signed, edition):
        writing.paragraph(runs, touch)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _paragraphs(signed: Document, edition: Edition) -> Iterator[tuple[Runs, Touch | None]]:
    """Yield the provisions of an edition, each with its changes, then those that are gone."""
    before = {p.eid: _text(p) for p in signed.instrument.walk()}
    touched, gone = dict(edition.touched), dict(edition.gone)
    now = [p for root in edition.provisions for p in root.walk()]
    for provision in now:
        touches = touched.get(provision.eid, ())
        old = before.get(provision.eid, "") if touches else _text(provision)
        yield changed(old, _text(provision)), touches[-1] if touches else None
    here = {p.eid for p in now}
    for eid in (e for e in before if e not in here):
        yield changed(before[eid], ""), gone[eid][-1] if eid in gone else None


def _text(provision: Provision) -> str:
    return " ".join(x for x in (label(provision), provision.heading or "", provision.text) if x)


def changed(old: str, new: str) -> Runs:
    """Cut two texts into what both have at their ends and what was put in the place of what, at borders of words.

    >>> changed("в течение 30 дней", "в течение 45 дней")
    (('в течение ', ''), ('30', 'del'), ('45', 'ins'), (' дней', ''))
    """
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
    ends = zip(reversed(left[head:]), reversed(right[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    runs = (
        ("".join(left[:head]), ""),
        ("".join(left[head : len(left) - tail]), "del"),
        ("".join(right[head : len(right) - tail]), "ins"),
        ("".join(left[len(left) - tail :]) if tail else "", ""),
    )
    return tuple(run for run in runs if run[0])


class _Writing:
    """A book whose changes are numbered."""

    def __init__(self, book: "Book", names: Mapping[str, str]) -> None:
        self._book, self._names, self._count = book, names, 0

    def paragraph(self, runs: Runs, touch: Touch | None) -> None:
        """Write a paragraph; what was inserted or deleted bears the act that did so and its day."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph = self._book.add_paragraph()
        for text, kind in runs:
            run = paragraph.add_run(fit(text))
            if not kind:
                continue
            self._count += 1
            change = OxmlElement(f"w:{kind}")
            change.set(qn("w:id"), str(self._count))
            change.set(qn("w:author"), fit(self._names.get(touch.by.document, "Свод") if touch else "Свод"))
            if touch and touch.since:
                change.set(qn("w:date"), f"{touch.since}T00:00:00Z")
            run._r.addprevious(change)  # noqa: SLF001  python-docx has no tracked changes
            change.append(run._r)  # noqa: SLF001
            if kind == "del":
                for part in run._r.findall(qn("w:t")):  # noqa: SLF001
                    part.tag = qn("w:delText")
                    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
