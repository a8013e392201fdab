"""Annexes with titles and preambles of their own: which are acts, which are parts of their act, and no word is lost."""

import os

import pytest

from analyzers.repair import Repaired
from ingest.acts.instruments import split
from ingest.acts.structure import provisions
from ingest.formats import read
from ingest.pipeline import parse_bytes, printed
from tests.books.annexes import Annex, annexed, hard_wrapped, wrapped
from tests.books.composing import POSTS, short
from tests.ingest.readers import writers
from tests.ingest.readers.writers import Para

UNITS = {"article", "paragraph"}
SOAK = 600 if os.environ.get("SVOD_SOAK") else 24


def _acts(text):
    """Read the acts of a file without repair and layers: type and provisions of each."""
    source = read(text.encode(), "book.txt") if isinstance(text, str) else read(*text)
    repaired = Repaired(source.text)
    paragraphs, _ = printed(source, repaired)
    return [(segment.type, provisions(segment, repaired)[0]) for segment in split(paragraphs)]


def _told(acts):
    """Tell of each annex what `Annex` holds."""
    out = []
    for type_, tree in acts[1:]:
        out.append(_annex(str(type_), tree))
    own = [p for p in acts[0][1] if p.kind == "attachment"]
    return [*(_annex("", (p,)) for p in own), *out]


def _annex(type_, tree):
    nodes = [p for root in tree for p in root.walk()]
    opening = next((p.text for p in nodes if p.kind in ("preamble", "attachment")), "")
    title = "" if type_ else tree[0].heading
    return Annex(type_, title, opening, tuple(p.text for p in nodes if p.kind in UNITS))


@pytest.mark.parametrize("form", ["\n\n".join, hard_wrapped], ids=["lines", "wrapped"])
def test_annexes(form):
    for seed in range(SOAK):
        texts, truth = annexed(seed)
        acts = _acts(form(text.lstrip("\f") for text in texts))
        assert _told(acts) == truth, seed


PRINTED = {
    "lines": "\n\n".join,
    "wrapped": hard_wrapped,
    "html": lambda texts: (writers.html([Para(text, plain=text) for text in texts]), "book.html"),
    "docx": lambda texts: (writers.docx([Para(text, plain=text) for text in texts]), "book.docx"),
}


# «УТВЕРЖДЕН» under «Приложение № 1» began a second annex, empty; «(в редакции ⏎ Постановления …)» was one too.
@pytest.mark.parametrize("form", PRINTED)
def test_labels_composed_of_their_parts(form):
    for seed in range(SOAK // 3):
        texts, truth = annexed(seed, composed=True)
        acts = _acts(PRINTED[form](text.lstrip("\f") for text in texts))
        assert _told(acts) == truth, seed


QUOTED = (
    ("«Приложение № 3", "УТВЕРЖДЕН", "приказом Министерства переправ", "от 16 февраля 2000 г. № 38"),
    ("«Приложение 3", "к приказу Министерства переправ", "Республики Ардения", "от 16.02.2000 № 38", "(в редакции приказа", "от _________ № ___)"),
    ('"Приложение', "к приказу Министерства переправ", "от _________ № ___"),
)  # fmt: skip


# The annex that is replaced, quoted under the label of the one that replaces it, was a second annex, empty.
@pytest.mark.parametrize("quoted", QUOTED, ids=len)
@pytest.mark.parametrize("form", PRINTED)
def test_a_label_quoted_under_a_label(form, quoted):
    order, _ = annexed(5)
    end = next(i for i, text in enumerate(order) if text.startswith("\f"))
    label = ("Приложение", "к приказу Министерства переправ Республики Ардения", "от 3 мая 2001 г. № 17")
    texts = [*order[:end], *label, *quoted, "СОСТАВ", "комиссии по переправам", "Весел А.А., начальник переправы;"]
    (act,) = _acts(PRINTED[form](texts))
    annexes = [(p.heading, p.text) for p in act[1] if p.kind == "attachment"]
    assert annexes == [("СОСТАВ комиссии по переправам", "Весел А.А., начальник переправы;")]


def test_annexes_that_begin_pages_of_a_pdf():
    texts, truth = annexed(8)
    pages = [Para(t.lstrip("\f"), plain=t.lstrip("\f"), fed=t[0] == "\f") for t in texts]
    file = parse_bytes(writers.pdf_of(pages), "book.pdf")
    assert _told([(act.type, act.provisions) for act in file.instruments]) == truth


# The title went on the post of two lines before it; without form feeds it was a head that stood inside the post.
@pytest.mark.parametrize("post", POSTS, ids=len)
@pytest.mark.parametrize("turn", ["\n\f", "\n\n"], ids=["feed", "blank"])
@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_equal_titles_behind_posts_of_several_lines(post, turn, dated):
    for title in (
        ("Протокол о сверке списков",),
        ("Соглашение между Республикой Ардения и Горной Республикой", "о почте"),
    ):
        pages = [[text for text in act if dated or text[0] != "("] for act in short(title, post)]
        acts = _acts(turn.join(map(wrapped, pages)))
        assert [sum(p.kind == "article" for root in tree for p in root.walk()) for _, tree in acts] == [3] * len(pages)
