"""The bar over a selection: what is taken, from where, by mouse and by keyboard."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from ingest.pipeline import parse_bytes
from tests.browser.conftest import Served
from tests.browser.doing import clipboard, complaints, every, keys, one, says, wait
from tests.search_api.conftest import filled
from tests.search_api.texts import MAPS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SELECT = """
const [from, start, to, end] = arguments, at = (selector, n) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  let node; while ((node = walker.nextNode())) { const i = node.data.indexOf(n); if (i >= 0) return [node, i]; } };
const range = document.createRange();
range.setStart(...at(from, start));
const [last, i] = at(to, end); range.setEnd(last, i + end.length);
const s = getSelection(); s.removeAllRanges(); s.addRange(range);
"""
RICH = """const done = arguments[0];
navigator.clipboard.read().then(async ([item]) => done(await (await item.getType('text/html')).text()), e => done('! ' + e))"""


@pytest.fixture(scope="module")
def ids(served: Served) -> list[str]:
    library = filled(served.folder)
    library.put(
        parse_bytes(
            MAPS.replace("30 дней", "45 дней")
            .replace("письменно уведомляется", "уведомляется")
            .replace("Буян", "Китеж")
            .encode(),
            "другие карты.txt",
        )
    )
    found = {d.source: d.id for d in library.documents()}
    library.close()
    return [found["карты.txt"], found["другие карты.txt"]]


def take(browser: webdriver.Chrome, what: str) -> str:
    """Press a button of the bar and return what was copied."""
    browser.execute_script("navigator.clipboard.writeText('')")
    one(browser, f"#quote-bar:not([hidden]) [data-take={what}]").click()
    return wait(browser, clipboard)


def test_words_of_a_document(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    browser.get(f"{served.url}/d/{ids[0]}?repairs=1")
    unit = "#art_2__para_1"
    browser.execute_script(SELECT, unit, "может быть", unit, "отказано")
    says(browser, "#quote-bar", "п. 1 ст. 2")
    assert take(browser, "quote") == "«может быть отказано» (п. 1 ст. 2 Соглашения от 14.05.1907)"
    rich = browser.execute_async_script(RICH)
    assert f'href="{served.url}/d/{ids[0]}/art_2__para_1?h=' in rich
    link = f"п. 1 ст. 2 Соглашения от 14.05.1907, {served.url}/d/{ids[0]}/art_2__para_1?h="
    assert take(browser, "link").startswith(link)
    assert take(browser, "footnote").endswith(" П. 1 ст. 2.")
    repaired = "[id^=preamble]:has(.was)"
    browser.execute_script(SELECT, repaired, "правах", repaired, "в источнике")
    says(browser, "#quote-bar", "преамбул")
    assert take(browser, "quote").startswith("«правах каждого мореплавателя» (")
    assert complaints(browser) == []


def test_numbers_and_signs_of_the_page_are_left_out(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    browser.get(f"{served.url}/d/{ids[0]}")
    browser.execute_script(SELECT, "#art_2__para_1", "1.", "#art_2__para_1", "Стороны.")
    says(browser, "#quote-bar", "п. 1 ст. 2")
    assert take(browser, "quote").startswith("«В исполнении запроса")
    browser.execute_script(SELECT, "#art_2__para_1", "Стороны.", "#art_2__para_2", "Запрашивающая")
    says(browser, "#quote-bar", "пп. 1, 2 ст. 2")
    assert take(browser, "quote").startswith("«Стороны.\n2. Запрашивающая» (пп. 1, 2 ст. 2")


def test_the_style_is_remembered(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    browser.get(f"{served.url}/d/{ids[0]}")
    browser.execute_script(SELECT, "#art_3", "Каждая", "#art_3", "Сторона")
    says(browser, "#quote-bar", "ст. 3")
    browser.execute_script(
        "const s = document.querySelector('#quote-bar select'); s.value = 'full'; s.dispatchEvent(new Event('change'))"
    )
    wait(browser, lambda b: "признании карт" in take(b, "link"))
    browser.refresh()
    browser.execute_script(SELECT, "#art_3", "Каждая", "#art_3", "Сторона")
    says(browser, "#quote-bar", "ст. 3")
    assert "признании карт" in take(browser, "link")
    browser.execute_script("localStorage.removeItem('svod:quote-form')")


def test_a_hit_gives_its_own_words(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    assert ids
    browser.get(served.url + "/?q=отказ в исполнении запроса")
    keys(browser, "j", "q")
    bar = one(browser, "#quote-bar:not([hidden])")
    assert browser.switch_to.active_element.get_attribute("data-take") == "quote"
    place = one(browser, ".hit.current .place").text
    assert place in bar.text
    keys(browser, Keys.ENTER)
    told = says(browser, "#toast", "Скопировано") and wait(browser, clipboard)
    words = told.partition("» (")[0].removeprefix("«")
    assert words
    assert words in one(browser, ".hit.current .text").text
    assert not words.startswith(place)
    keys(browser, Keys.ARROW_RIGHT)
    assert browser.switch_to.active_element.get_attribute("data-take") == "link"
    keys(browser, Keys.ESCAPE)
    wait(browser, lambda b: every(b, "#quote-bar[hidden]") and b.switch_to.active_element.get_attribute("id") == "h1")
    browser.get(f"{served.url}/d/{ids[0]}")
    keys(browser, "й")
    says(browser, "#toast", "Выделите слова")


def test_a_cell_gives_no_struck_out_words_and_none_of_another_column(
    browser: webdriver.Chrome, served: Served, ids: list[str]
) -> None:
    browser.get(f"{served.url}/compare/{'…'.join(ids)}?topic=refusal-notice&view=marked&base={ids[0]}")
    cells = [f"#cell-refusal-notice-{n} .text" for n in (1, 2)]
    own = one(browser, cells[1]).text
    assert every(browser, f"{cells[1]} del.gone")
    words = "const r = document.createRange(); r.setStart(document.querySelector(arguments[0]), 0);"
    words += "const e = document.querySelector(arguments[1]); r.setEnd(e, e.childNodes.length);"
    words += "const s = getSelection(); s.removeAllRanges(); s.addRange(r)"
    browser.execute_script(words, cells[1], cells[1])
    says(browser, "#quote-bar", "ст. 2")
    copied = take(browser, "quote").partition("» (")[0].removeprefix("«")
    gone = [e.get_attribute("data-gone") for e in every(browser, f"{cells[1]} del.gone")]
    assert copied.split() == own.split()
    assert "45 дней" in copied
    assert "письменно" in " ".join(gone)
    assert "письменно" not in copied
    browser.execute_script(words, cells[0], cells[1])
    first = one(browser, cells[0]).text
    says(browser, "#quote-bar", "ст. 2")
    assert take(browser, "quote").partition("» (")[0].removeprefix("«").split() == first.split()
    assert complaints(browser) == []
