"""The panel «Этот вопрос в других соглашениях»: by keyboard, from a topic, a hit and a card; without scripts a page."""

from dataclasses import replace

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from corpus.comparison.kept.others import OTHERS_PAGE
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from tests.browser.conftest import Served
from tests.browser.doing import complaints, every, keys, one, says, wait
from tests.browser.test_look import accepted_everywhere
from tests.search_api.conftest import filled
from tests.search_api.texts import LIGHTS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FOCUS = "return document.activeElement.textContent"


@pytest.fixture(scope="module")
def ids(served: Served) -> dict[str, str]:
    library = filled(served.folder)
    found = {s.source: s.id for s in library.documents()}
    library.close()
    return found


def test_a_topic_opens_the_panel_and_escape_gives_the_focus_back(
    browser: webdriver.Chrome, served: Served, ids: dict[str, str]
) -> None:
    browser.get(f"{served.url}/d/{ids['маяки.txt']}")
    one(browser, "#art_3 .topic").send_keys(Keys.ENTER)
    says(browser, "#panel .others", "Каждая Сторона самостоятельно несёт расходы")
    assert browser.switch_to.active_element.get_attribute("id") == "panel"
    assert one(browser, "#art_3 .topic").is_displayed()
    keys(browser, Keys.ESCAPE)
    wait(browser, lambda b: not one(b, "#panel").is_displayed())
    assert browser.execute_script(FOCUS) == "Расходы"
    one(browser, "#art_3 .topic").click()
    one(browser, "#panel .others input").click()
    one(browser, "#panel .primary").click()
    says(browser, ".topic h2", "Расходы")
    assert len(every(browser, ".topic .matrix td")) == 2
    assert complaints(browser) == []


def test_a_hit_and_a_card_open_the_panel_and_another_topic_is_asked(
    browser: webdriver.Chrome, served: Served, ids: dict[str, str]
) -> None:
    browser.get(served.url + "/?q=отказ в исполнении запроса")
    says(browser, ".hits a[data-beside]", "В других соглашениях").click()
    says(browser, "#panel .total", "Есть в 1, нет в 0")
    browser.execute_script("document.querySelector('#panel select').value = 'visa-free'")
    one(browser, "#panel form[data-beside] button").click()
    says(browser, "#panel .brief.absent", "нет")
    browser.get(f"{served.url}/d/{ids['маяки.txt']}")
    one(browser, "#art_3 .pilcrow").send_keys(Keys.ENTER)
    says(browser, "#card a[data-beside]", "В других соглашениях").click()
    says(browser, "#panel .others", "Каждая Сторона самостоятельно несёт расходы")
    assert not every(browser, "dialog[open]")
    keys(browser, Keys.ESCAPE)
    assert browser.execute_script(FOCUS) == "§"
    assert complaints(browser) == []


@pytest.mark.parametrize("where", ["#panel", "main"])
def test_ticks_outlive_the_paging_of_the_panel_and_of_its_page(
    browser: webdriver.Chrome, served: Served, ids: dict[str, str], where: str
) -> None:
    library = LocalLibrary(served.folder)
    file = parse_bytes(LIGHTS.encode(), "маяки.txt")
    copies = [
        replace(
            file,
            name=f"{n}.txt",
            sha256=f"{n:064}",
            instruments=tuple(replace(act, title=f"Соглашение № {n}") for act in file.instruments),
        )
        for n in range(OTHERS_PAGE)
    ]
    list(library.put_many(copies))
    try:
        browser.get(f"{served.url}/d/{ids['маяки.txt']}" + ("" if where == "#panel" else "/art_3/others"))
        browser.execute_script("sessionStorage.clear()")
        browser.refresh()
        if where == "#panel":
            one(browser, "#art_3 .topic").click()
        says(browser, f"{where} .total", "Есть в 101")
        first = one(browser, f"{where} .others input")
        chosen = first.get_attribute("value")
        first.click()
        one(browser, f"{where} .more a").send_keys(Keys.ENTER)
        says(browser, f"{where} [data-elsewhere]", "Отмечено на других листах: 1")
        last = one(browser, f"{where} .others input")
        other = last.get_attribute("value")
        last.click()
        if where == "main":
            browser.back()
            says(browser, "main [data-elsewhere]", "Отмечено на других листах: 1")
            assert one(browser, f"main .others input[value='{chosen}']").is_selected()
        one(browser, f"{where} .primary").click()
        says(browser, ".topic h2", "Расходы")
        assert all(id_ in browser.current_url for id_ in (chosen, other, ids["маяки.txt"]))
    finally:
        for summary in library.documents():
            if summary.title.startswith("Соглашение № "):
                library.delete(summary.id)
        library.close()
    assert complaints(browser) == []


@pytest.mark.parametrize("beside", [True, False])
def test_the_panel_and_its_page_are_accessible_and_stay_on_the_screen(
    browser: webdriver.Chrome, served: Served, ids: dict[str, str], beside: bool
) -> None:
    browser.get(f"{served.url}/d/{ids['маяки.txt']}" + ("" if beside else "/art_3/others"))
    if beside:
        one(browser, "#art_3 .topic").click()
    says(browser, "#others", "Есть в 1, нет в 0")
    accepted_everywhere(browser)
