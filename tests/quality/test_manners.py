"""Every manner of citing is read, resolved and compared as its answer says; what is in the text and not asked for is told."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.citations.citechecking import Checked, citecheck
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from tests.quality.letters import LETTERS
from tests.quality.manners import ACTS, FRAMES, NAMED_BEFORE, NAMES, PLACES, QUOTED, RUNNING, A

_MARK = re.compile(
    r"\{(?P<status>[?!]?)(?P<acts>[a-z,]*):(?P<eids>[^|{}]*)\|(?P<text>[^{}]*)\}"
    r"|<(?P<verdict>exact|normalised|differs|absent) (?P<where>[^|<>]*)\|(?P<quoted>(?:[^<>]|<…>)*)>"
)
_STATUS = {"": "resolved", "?": "ambiguous", "!": "not_found"}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Memo:
    """A sentence with its answers: citations with status and provisions, quotations with verdict and place."""

    text: str
    citations: Mapping[Span, tuple[str, str, list[str]]]
    quotations: Mapping[Span, tuple[str, str]]

    @classmethod
    def of(cls, marked: str) -> "Memo":
        text, at = "", 0
        citations, quotations = {}, {}
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            at, words = mark.end(), mark["text"] if mark["verdict"] is None else mark["quoted"]
            span = (len(text), len(text) + len(words))
            if mark["verdict"] is None:
                eids = mark["eids"].split(",") if mark["eids"] else []
                citations[span] = (_STATUS[mark["status"]], mark["acts"], eids)
            else:
                quotations[span] = (mark["verdict"], mark["where"])
            text += words
        return cls(text + marked[at:], citations, quotations)


def sentences() -> Iterator[tuple[str, str]]:
    for n, (place, eids) in enumerate(PLACES.items()):
        yield "places", FRAMES[n % len(FRAMES)] % f"a:{eids}|{place} {A}"
    places = itertools.cycle(PLACES.items())
    for n, (name, _) in enumerate(itertools.product(NAMES.values(), range(4))):
        place, eids = next(places)
        yield "names", FRAMES[n % len(FRAMES)] % f"a:{eids}|{place} {name}"
    for table in (NAMED_BEFORE, RUNNING, QUOTED, LETTERS):
        for kind, held in table.items():
            yield from ((kind, sentence) for sentence in held)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalLibrary, dict[str, str]]]:
    opened, keys = LocalLibrary(Path(tmp_path_factory.mktemp("manners"))), {}
    for key, (file, text) in ACTS.items():
        keys |= dict.fromkeys(opened.put(parse_bytes(text.encode(), file)).documents, key)
    yield opened, keys
    opened.close()


def wrong(memo: Memo, checked: Checked, keys: Mapping[str, str]) -> list[str]:
    """Return what is not as the answers say."""
    found = {tuple(c.span): c for c in checked.citations}
    out = [f"extra «{c.text}» {c.status}" for span, c in found.items() if span not in memo.citations]
    for span, (status, acts, eids) in memo.citations.items():
        one = found.get(span)
        have = [(keys[t.document], list(t.eids)) for t in one.targets] if one else []
        if one is None or one.status != status or (status == "resolved" and have != [(acts, eids)]):
            out.append(f"«{memo.text[slice(*span)]}» {one and one.status} {have}, not {status} {acts} {eids}")
    told = {tuple(q.span): q for q in checked.quotations}
    out += [f"extra quotation «{q.text}» {q.verdict}" for span, q in told.items() if span not in memo.quotations]
    for span, (verdict, where) in memo.quotations.items():
        q = told.get(span)
        have_at = f"{keys.get(q.document or '')}:{q.eid}" if q else ""
        if q is None or q.verdict != verdict or (where and not have_at.startswith(where)):
            out.append(f"«{memo.text[slice(*span)]}» {q and q.verdict} {have_at}, not {verdict} {where}")
    return out


KINDS = {kind: [s for k, s in sentences() if k == kind] for kind, _ in sentences()}


@pytest.mark.parametrize("kind", KINDS)
def test_manner(kind: str, library: tuple[LocalLibrary, dict[str, str]]) -> None:
    opened, keys = library
    memos = [Memo.of(sentence) for sentence in KINDS[kind]]
    assert [w for m in memos for w in wrong(m, citecheck(m.text, opened), keys)] == []
