"""Two printed columns of a PDF: read one after the other, each in its language, over several pages."""

import pytest

from ingest.pipeline import parse_bytes
from tests.ingest.readers.writers import _lines, pdf, show

HEAD = (
    "СОГЛАШЕНИЕ",
    "между Республикой Ардения и Королевством Бельмар о переправах",
    "(Ардов, 2 июня 1999 г.)",
    "Республика Ардения и Королевство Бельмар согласились о нижеследующем:",
)
RU = (
    "Плата за переправу мала и взимается на каждом берегу своей Стороной весной и осенью каждого года.",
    "Споры решают уполномоченные обеих Сторон на очередной встрече, о времени которой договариваются заранее.",
    "Лодки осматривают весной начальники переправ обеих Сторон по списку, который сверяют ежегодно.",
)
EN = (
    "The fee for a crossing is small and is taken on each bank by its Party in spring and in autumn.",
    "Disputes are settled by the delegates of both Parties at their next meeting, the time being agreed before.",
    "Boats are inspected in spring by the heads of crossings of both Parties after a list compared each year.",
)


def _column(word, texts, x, first=1):
    out, y = "", 640.0
    for number, text in enumerate(texts, first):
        for line in (f"{word} {number}", *_lines(text, 215, 11, 0)):
            out += show(line, x, y, 11)
            y -= 13.2
    return out


@pytest.mark.parametrize("turned", [False, True], ids=["Russian left", "English left"])
def test_two_languages_side_by_side(turned):
    left, right = (325, 85) if turned else (85, 325)
    head = "".join(show(text, 85, 740 - 14 * i) for i, text in enumerate(HEAD))
    pages = [head + _column("Статья", RU, left) + _column("Article", EN, right)]
    pages += [_column("Статья", RU, left, 4) + _column("Article", EN, right, 4)]
    (act,) = parse_bytes(pdf(pages), "x.pdf").instruments
    articles = {p.eid: (p.lang, p.text) for p in act.walk() if p.kind == "article"}
    expected = {f"art_{n}": ("ru", text) for n, text in enumerate(RU * 2, 1)}
    assert articles == expected | {f"lang_en__art_{n}": ("en", text) for n, text in enumerate(EN * 2, 1)}


def test_one_language_runs_down_the_left_column_and_then_the_right():
    head = "".join(show(text, 85, 740 - 14 * i) for i, text in enumerate(HEAD))
    page = head + _column("Статья", RU, 85) + _column("Статья", RU, 325, 4)
    (act,) = parse_bytes(pdf([page]), "x.pdf").instruments
    assert [p.text for p in act.walk() if p.kind == "article"] == [*RU, *RU]
