"""The lawyer's guide and the words of the interface: pictures that are made here, one word for one thing."""

import re
from importlib.resources import files

import pytest

from search_api.web.strings import ORDERS, SORTS, TEXT
from tests.browser.screenshots import PAGES, SIZES, THEMES
from tests.house.measures import ROOT

MADE = {f"{page}-{size}-{theme}.webp" for page in PAGES for size in SIZES for theme in THEMES}
TOLD = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("search_api/web", "search_api/exports", "search_api/cli", "search_api/http")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".html", ".js"}
}


def test_pictures_of_the_guide_are_there_and_are_made_by_the_script() -> None:
    shown = re.findall(
        r"!\[[^\]]{4,200}\]\(docs/screenshots/([^)]{1,80})\)", (ROOT / "README.ru.md").read_text("utf-8")
    )
    assert len(shown) >= 6
    assert set(shown) <= MADE & {path.name for path in (ROOT / "docs/screenshots").iterdir()}


@pytest.mark.parametrize("word", ["Сравнение", "сравнения", "Сравнить", "по близости", "по порядку"])
def test_one_word_for_one_thing(word: str) -> None:
    assert [path for path, text in TOLD.items() if re.search(rf'["«>(]{word}', text)] == []


def test_orders_have_one_wording() -> None:
    assert list(SORTS.values()) == ["по соответствию", "по тексту", "по дате"]
    assert TEXT["nav.compare"] == TEXT["compare.title"] == "Сопоставление"
    assert len(set(ORDERS.values())) == len(ORDERS)


def test_fonts_come_with_their_licence_and_are_small() -> None:
    folder = files("search_api.web") / "static" / "fonts"
    fonts = [f for f in folder.iterdir() if f.name.endswith(".woff2")]
    assert len(fonts) == 4
    assert sum(len(f.read_bytes()) for f in fonts) < 60 * 1024
    for family in ("pt-sans", "pt-serif"):
        assert "SIL OPEN FONT LICENSE" in (folder / f"{family}-OFL.txt").read_text("utf-8")
    style = (folder / "fonts.css").read_text("utf-8")
    assert all(f'url("{f.name}")' in style for f in fonts)
    assert style.count("size-adjust") == style.count("font-display: optional") == 4
