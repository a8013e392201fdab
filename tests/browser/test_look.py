"""One hand on every page: nothing overflows or breaks inside a word, fonts, settings, ticks, the phone."""

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from ingest.pipeline import parse_bytes
from tests.browser.conftest import Served
from tests.browser.doing import complaints, every, keys, one, says, wait
from tests.browser.test_access import AXE, RUN
from tests.search_api.conftest import filled, judged
from tests.search_api.texts import WATCHES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = (
    "/",
    "/?q=отказ в исполнении запроса",
    "/library",
    "/compare",
    "compared",
    "/matrix",
    "/decisions",
    "/citecheck",
    "/timeline",
    "/help",
    "/login",
    "document",
    "card",
)
WIDTHS = (320, 390, 820, 1280, 1440)
MEASURE = r"""
const wrong = [], wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
if (wide > 0) wrong.push(`the page is ${wide} wider than the screen`);
const held = (e) => { for (; e && e !== document.documentElement; e = e.parentElement) { const s = getComputedStyle(e); if (s.overflowX !== 'visible' || s.clipPath !== 'none' || s.position === 'fixed') return true; } return false; };
const free = (e) => { for (; e && e !== document.documentElement; e = e.parentElement) { const s = getComputedStyle(e); if (s.hyphens === 'auto' || s.overflowWrap === 'anywhere' || e.matches('code, pre, svg')) return true; } return false; };
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
for (let node; (node = walker.nextNode());) {
  const box = node.parentElement;
  if (!node.data.trim() || !box.checkVisibility() || box.closest('script, style, select, datalist, textarea, .unseen, .skip, #toast')) continue;
  range.selectNodeContents(node);
  const whole = range.getBoundingClientRect();
  if (!whole.width) continue;
  if (whole.right > document.documentElement.clientWidth + 1 && !held(box)) wrong.push(`beyond the screen: ${node.data.trim().slice(0, 50)}`);
  if (free(box)) continue;
  for (const word of node.data.matchAll(/\d\d?\.\d\d\.\d{4}|[\p{L}\p{N}]{2,}/gu)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const lines = new Set([...range.getClientRects()].filter((r) => r.width > 0).map((r) => Math.round(r.top)));
    if (lines.size > 1) wrong.push(`broken: ${word[0]} in ${box.tagName}.${box.className}`);
  }
}
return [...new Set(wrong)].slice(0, 20);
"""


def sized(browser: webdriver.Chrome, width: int, height: int = 900) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 800}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def accepted_everywhere(browser: webdriver.Chrome) -> None:
    """Hold the page shown against the measure at every width, and against axe on a phone and in the dark theme."""
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE})
    for width in WIDTHS:
        sized(browser, width)
        assert browser.execute_script(MEASURE) == [], width
    for theme, width in (("light", 390), ("dark", 1440)):
        features = [{"name": "prefers-color-scheme", "value": theme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        sized(browser, width)
        assert browser.execute_async_script(RUN) == [], (theme, width)


@pytest.fixture(scope="module")
def ids(served: Served) -> list[str]:
    library = filled(served.folder)
    found = [d.id for d in library.documents() if d.type == "agreement"]
    judged(library, found[0])
    library.close()
    return found


@pytest.fixture(autouse=True)
def clean(browser: webdriver.Chrome, served: Served) -> Iterator[None]:
    yield
    browser.execute_script("sessionStorage.clear(); localStorage.clear()")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_overflows_and_no_word_breaks(
    browser: webdriver.Chrome, served: Served, ids: list[str], page: str
) -> None:
    named = {"compared": "/compare/" + "…".join(ids), "document": f"/d/{ids[0]}", "card": f"/d/{ids[0]}/art_1/card"}
    browser.get(served.url + named.get(page, page))
    browser.execute_script("document.querySelectorAll('details:not(.menu)').forEach(d => { d.open = true })")
    found = {}
    for width in WIDTHS:
        sized(browser, width)
        if wrong := browser.execute_script(MEASURE):
            found[width] = wrong
    assert found == {}


def test_the_measure_sees_what_is_wrong(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    assert ids
    browser.get(served.url + "/help")
    sized(browser, 390)
    browser.execute_script(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=narrow>законодательство</p><p id=far>прочь</p>');"
        "Object.assign(document.querySelector('#narrow').style, {width: '3em', wordBreak: 'break-all'});"
        "Object.assign(document.querySelector('#far').style, {position: 'relative', left: '100vw', whiteSpace: 'nowrap'})"
    )
    told = browser.execute_script(MEASURE)
    assert any(x.startswith("broken: законодательство") for x in told)
    assert "beyond the screen: прочь" in told
    assert any("wider than the screen" in x for x in told)


def test_three_hits_stand_on_the_first_screen_of_a_phone(
    browser: webdriver.Chrome, served: Served, ids: list[str]
) -> None:
    assert ids
    sized(browser, 390, 844)
    browser.get(served.url + "/?q=отказ в исполнении запроса")
    seen = "return [...document.querySelectorAll('.hit')].filter(e => e.getBoundingClientRect().bottom <= innerHeight).length"
    assert browser.execute_script(seen) >= 3


def test_fonts_are_the_project_s_own(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    browser.get(f"{served.url}/d/{ids[0]}")
    for font in ("PT Sans", "PT Serif"):
        loaded = "return document.fonts.load(`1rem '${arguments[0]}'`, 'Статья').then(found => found.length)"
        assert browser.execute_script(loaded, font) >= 1, font
    addresses = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert all(x.startswith(served.url) for x in addresses)
    assert complaints(browser) == []


def test_settings_take_effect_and_are_kept(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    assert ids
    browser.get(served.url + "/?q=сторона запрос отказ расходы карты маячный сбор год")
    assert len(every(browser, ".hit")) == 10
    tall = browser.execute_script("return document.querySelector('.results').offsetHeight")
    one(browser, ".menu summary").click()
    Select(one(browser, ".menu [name=density]")).select_by_value("close")
    assert browser.execute_script("return document.querySelector('.results').offsetHeight") < tall
    Select(one(browser, ".menu [name=page]")).select_by_value("20")
    one(browser, ".menu button").click()
    wait(browser, lambda b: len(every(b, ".hit")) > 10)
    assert one(browser, "html").get_attribute("data-density") == "close"
    one(browser, ".menu summary").click()
    keys(browser, Keys.ESCAPE)
    assert not one(browser, ".menu form").is_displayed()


def test_the_name_is_asked_once(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    assert ids
    browser.get(served.url + "/help")
    assert "root" not in one(browser, ".foot").text
    one(browser, ".foot [name=name]").send_keys("Анна Ильина", Keys.ENTER)
    says(browser, ".who", "Вы пишете как Анна Ильина")
    assert every(browser, ".foot [name=name]") == []
    one(browser, ".menu summary").click()
    assert one(browser, ".menu [name=name]").get_attribute("value") == "Анна Ильина"


def test_ticks_outlive_filters_and_several_are_deleted_and_brought_back(
    browser: webdriver.Chrome, served: Served, ids: list[str]
) -> None:
    browser.get(served.url + "/library")
    assert not one(browser, "#choice").is_displayed()
    for box in every(browser, "[data-tick]")[:2]:
        box.click()
    assert one(browser, "[data-picked]").text == "Отмечено: 2"
    Select(one(browser, ".filters [name=year]")).select_by_visible_text("1907")
    one(browser, ".filters button").click()
    wait(browser, lambda b: "year=1907" in b.current_url)
    assert says(browser, "[data-picked]", "Отмечено: 2")
    says(browser, "#choice button", "Удалить").click()
    says(browser, "h1", "Удалить 2 документа?")
    one(browser, "button[name=sure]").click()
    undo = says(browser, ".undo", "Удалены 2 документа.")
    assert not one(browser, "#choice").is_displayed()
    undo.find_element(By.TAG_NAME, "button").click()
    says(browser, ".notice", "Возвращены 2 документа.")
    assert len(every(browser, "#list .documents > li")) >= len(ids)


def test_doubts_of_a_document_open(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    assert ids
    library = served.library()
    put = library.put(parse_bytes(WATCHES.encode(), "дозоры.txt"))
    browser.get(served.url + "/library?doubts=1")
    says(browser, ".documents a[href^='/doubts']", "сомнений: 1").click()
    says(browser, ".queued h2", "В акте не найдено ни статей, ни пунктов")
    says(browser, "h1", "1 из 1")
    browser.get(f"{served.url}/d/{put.documents[0]}/doubts")
    says(browser, ".doubts li", "В акте не найдено ни статей, ни пунктов")
    library.delete(put.documents[0])


def test_the_help_is_searched_and_an_example_runs(browser: webdriver.Chrome, served: Served, ids: list[str]) -> None:
    assert ids
    browser.get(served.url + "/help")
    field = one(browser, "[data-help-find]")
    field.send_keys("номер статьи")
    shown = [e.text for e in every(browser, "main tbody tr") if e.is_displayed()]
    assert any("ст:" in line for line in shown)
    assert len(shown) < 6
    field.send_keys(" нетакогослова")
    assert one(browser, "[data-help-none]").is_displayed()
    assert not any(e.is_displayed() for e in every(browser, "main h2"))
    browser.execute_script("arguments[0].value = ''; arguments[0].dispatchEvent(new Event('input'))", field)
    says(browser, ".example", "документ:").click()
    assert int(says(browser, ".total", "положени").text.split()[0]) > 0
