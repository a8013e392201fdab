"""The table of cases: what is read as a citation, what it means, and what is none."""

import re
from pathlib import Path

import pytest

from corpus.citations.parsed import Citation, CitedPlace, Pointing, Reach
from corpus.citations.read.reading import Memory, quiet, read
from corpus.citations.resolve.locating import outside
from corpus.eid import PREFIX

LINES = [
    line
    for line in Path(__file__).with_name("cases.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
_POINTED = {Pointing.THIS: "<{}>", Pointing.PREVIOUS: "<<{}>", Pointing.NEXT: "<{}>>"}


def marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the [[ ]] out of a line; return the text and the spans, outer before inner."""
    text, opened, spans, at = "", [], [], 0
    for match in re.finditer(r"\[\[|\]\]", line):
        text += line[at : match.start()]
        at = match.end()
        if match[0] == "[[":
            opened.append(len(text))
        else:
            spans.append((opened.pop(), len(text)))
    text += line[at:]
    return text, sorted(spans, key=lambda s: (s[0], -s[1]))


def place_word(place: CitedPlace) -> str:
    top = place.units[0]
    if top.pointing in _POINTED:
        below = outside(CitedPlace(place.units[1:])) if place.units[1:] else None
        return "__".join(filter(None, [_POINTED[top.pointing].format(PREFIX[top.kind]), below]))
    return outside(place) or "?"


def meaning(citation: Citation) -> str:
    words = [place_word(p) for p in citation.places]
    named = citation.named
    if named is not None:
        if named.reach is not Reach.NAMED:
            words.append(f"@{named.reach}")
        else:
            words += [f"@{named.lemma}", *filter(None, [named.date, f"№{named.number}" if named.number else None])]
    return " ".join(words)


def test_table_is_large_enough():
    assert len(LINES) >= 250
    assert sum("=>" not in line for line in LINES) >= 70
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize("line", LINES)
def test_case(line):
    source, _, wanted = line.replace("¶", "\n").partition(" => ")
    text, spans = marked(source)
    found = [c for c in read(text, Memory()) if not quiet(c, text)]
    assert [meaning(c) for c in found] == [w.strip() for w in wanted.split(" | ") if w.strip()]
    assert [tuple(c.span) for c in found] == spans
