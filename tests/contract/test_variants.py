"""What an uncertain repair would write is found; the text keeps the source form."""

import pytest

from corpus.clauses.tree import Form, Near, Node, Phrase
from corpus.library import Library
from corpus.search.search import search
from ingest.pipeline import parse_bytes
from tests.strategies import word

TEXT = """СОГЛАШЕНИЕ
о взаимной помощи по жалобам

Статья 1. Предмет

Стороны охра няют права ч елове ка и обще ственный порядок. Решение по даче жалоб выносит учреждение юстиции.

Статья 2. Действие

Соглашение вступает в силу со дня подписания.
"""


@pytest.fixture
def damaged(library: Library) -> Library:
    library.put(parse_bytes(TEXT.encode(), "жалобы.txt"))
    return library


def test_the_edit_is_too_weak_to_change_the_text() -> None:
    file = parse_bytes(TEXT.encode(), "жалобы.txt")
    article = next(p for p in file.instruments[0].walk() if p.eid == "art_1")
    assert "права человека и общественный порядок" in article.text
    assert "Решение по даче жалоб" in article.text
    assert [(article.text[v.span.start : v.span.end], v.text) for v in article.variants] == [("по даче", "подаче")]


def test_search_finds_the_word_and_shows_the_source_form(damaged: Library) -> None:
    for query in ("подача жалоб", "подача И порядок", "порядок РЯДОМ/3 подача", '"решение подача"'):
        hit = search(damaged, query).hits[0]
        assert hit.eid == "art_1", query
        assert "Решение по даче жалоб" in hit.text
        shown = [hit.text[span.start : span.end] for span in hit.highlights]
        assert any("по даче" in part for part in shown), query


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (word("подачей"), True),
        (word("дача"), True),
        (Phrase((word("решение"), word("подача"))), True),
        (Phrase((word("решение"), word("по"), word("дача"), word("жалоба"))), True),
        (Near((word("порядок"), word("подача")), 2), True),
        (Form("подаче"), False),
        (Phrase((word("подача"), word("решение"))), False),
    ],
    ids=str,
)
def test_both_readings_stand_at_their_place(damaged: Library, node: Node, found: bool) -> None:
    assert [r.clause.eid for r in damaged.recall(node, 10).clauses] == (["art_1"] if found else [])


def test_variants_survive_reindexing(damaged: Library) -> None:
    damaged.reindex()
    clause = damaged.recall(word("подача"), 10).clauses[0].clause
    assert [v.text for v in clause.variants] == ["подаче"]
    assert list(damaged.check()) == []
