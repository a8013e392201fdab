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


HEAD = (
    *("МИНИСТЕРСТВО ПЕРЕПРАВ РЕСПУБЛИКИ АРДЕНИЯ", "ПРИКАЗ", "от 3 мая 2001 г. № 17", "О порядке переправ"),
    *("1. Утвердить прилагаемые условия.", "Министр", "И.И. Переправин"),
    *("Приложение № 1", "к приказу Министерства переправ Республики Ардения", "от 3 мая 2001 г. № 17", "УСЛОВИЯ", "осмотра лодок"),
)  # fmt: skip
ENDINGS = {
    "an article": ("Статья 1", "Лодки осматривают весной.", "Статья 2", "Расходы на осмотр несет владелец лодки."),
    "a number": ("1. Лодки осматривают весной.", "2. Расходы на осмотр несет владелец лодки."),
    "a list": ("1. Осматривают:", "а) лодки;", "б) плоты и паромы."),
    "a list with dashes": ("1. Осматривают:", "- лодки;", "- плоты и паромы."),
    "a table": ("1. Плату берут по таблице.", "Лодка\t2\t15", "Плот\t4\t30"),
}
SIGNED = (
    ("За Правительство Республики Ардения", "За Правительство Королевства Бельмар"),
    ("За Правительство Республики Ардения", "А.Б. Веслов", "За Правительство Королевства Бельмар", "В.Г. Кормилов"),
    ("Министр переправ И.И. Переправин",),
    ("Начальник управления", "пограничных переправ", "П.П. Причалов"),
    ("Заместитель министра переправ", "Республики Ардения", "П.П. ПРИЧАЛОВ", "М.П."),
    ("Председатель комиссии П.П. Причалов", "Секретарь О.О. Паромова"),
)
FORMED = {
    "lines": "\n\n".join,
    "html": lambda texts: ("".join(f"<p>{text}</p>" for text in texts).encode(), "book.html"),
    "docx": PRINTED["docx"],
}


def _annex_of(texts, form):
    (act,) = _acts(FORMED[form](texts))
    (annex,) = [p for p in act[1] if p.kind == "attachment"]
    closing = [p.text for root in annex.children if root.kind == "conclusions" for p in root.walk()]
    return annex, closing


# They were alineas of the last article of the annex.
@pytest.mark.parametrize("form", FORMED)
@pytest.mark.parametrize("ending", ENDINGS)
def test_signatures_under_an_annex_are_its_closing(form, ending):
    for signed in SIGNED:
        annex, closing = _annex_of([*HEAD, *ENDINGS[ending], *signed], form)
        assert " ".join(closing) == " ".join(signed)
        assert not any(signed[-1] in p.text for p in annex.walk() if p.text not in closing)


def test_a_closing_formula_over_signatures_of_an_annex_is_of_its_closing():
    closed = ("Совершено в городе Ардове 3 мая 2001 года в двух экземплярах.", *SIGNED[1])
    _, closing = _annex_of([*HEAD, *ENDINGS["an article"], *closed], "lines")
    assert closing == [*closed]


UNSIGNED = {
    "members": ("Комиссия работает в составе:", "Председатель комиссии", "П.П. Причалов", "Секретарь", "О.О. Паромова"),
    "members alone": ("Председатель комиссии П.П. Причалов", "Секретарь О.О. Паромова"),
    "a form": ("1. Лодка осмотрена.", "Начальник переправы ______________", "М.П.", "«__» ________ 20__ г."),
    "a report": (
        "1. Лодка осмотрена.",
        "ОТЧЕТ",
        "об осмотре лодок",
        'за период с "_ _" _ _ _ 20 _ _ г. по "_ _" _ _ _ 20 _ _ г.',
    ),
}


@pytest.mark.parametrize("form", FORMED)
@pytest.mark.parametrize("text", UNSIGNED)
def test_names_in_the_text_of_an_annex_are_its_text(form, text):
    annex, closing = _annex_of([*HEAD, *UNSIGNED[text]], form)
    assert closing == []
    assert all(line in " ".join(f"{p.heading} {p.text}" for p in annex.walk()) for line in UNSIGNED[text][1:])


RULING = ("Решение Ардовского суда по делу N 5-12/2003", "Ардовский суд в составе:")
BENCHES = (
    ("председательствующего П.П. Причалова,", "судей О.О. Паромовой, Л.Л. Лодкина,", "при секретаре В.В. Весловой"),
    ("председательствующего - судьи П.П. Причаловой", "при ведении протокола помощником судьи О.О. Паромовой"),
    ("судьи П.П. Причалова,", "при секретаре Весловой В.В.,", "с участием прокурора Кормиловой Л.Л."),
)
CASE = (
    "рассмотрев в открытом заседании дело по заявлению общества «Лодка» о плате за переправу,",
    "установил:",
    "Общество обратилось в суд с заявлением о возврате платы, взятой за переправу двух лодок и одного плота.",
    "Плата взята дважды, и суд находит заявление основательным.",
    "решил:",
    "Заявление удовлетворить.",
    "Судья",
    "П.П. ПРИЧАЛОВ",
)


# Of 519 real acts 40 had an annex that began in the middle of a text, behind names that sign nothing.
@pytest.mark.parametrize("form", PRINTED)
@pytest.mark.parametrize("bench", BENCHES, ids=len)
def test_names_inside_a_text_begin_no_annex(form, bench):
    (act,) = _acts(PRINTED[form]([*RULING, *bench, *CASE]))
    nodes = [p for root in act[1] for p in root.walk()]
    assert not [p for p in nodes if p.kind == "attachment"]
    assert all(any(line in p.text for p in nodes) for line in CASE[2:6])


@pytest.mark.parametrize("form", PRINTED)
def test_a_text_under_signatures_is_no_signature(form):
    said = (
        "Плата взята один раз, и " * 6 + "заявление следовало отклонить.",
        "Лодок было две, и " * 8 + "плот был один.",
    )
    opinion = ("ОСОБОЕ МНЕНИЕ", "судьи О.О. Паромовой", *said)
    (act,) = _acts(PRINTED[form]([*RULING, *BENCHES[0], *CASE, *opinion]))
    assert {*said} <= {p.text for root in act[1] for p in root.walk()}
