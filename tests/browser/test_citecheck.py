"""The page «Проверить цитаты»: by mouse and by keyboard, a long text with its progress, an offer from the search box."""

import time

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from ingest.confined.nursery import NURSERY
from tests.browser.conftest import Served
from tests.browser.doing import clipboard, complaints, every, one, says, wait
from tests.search_api.conftest import filled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MEMO = (
    "Как сказано в п. 1 ст. 2 Соглашения от 14.05.1907, «в исполнении запроса должно быть отказано».\n\n"
    "Расходы каждая Сторона несёт сама (ст. 3 Соглашения от 14.05.1907); ст. 9 Соглашения от 14.05.1907 о том же.\n"
)


@pytest.fixture(scope="module", autouse=True)
def _library(served: Served) -> None:
    filled(served.folder).close()
    # A service loads what its children need when it starts; until then a long text is told to come again.
    NURSERY.child(0, time.monotonic() + 120, lambda: False).end()


def paste(browser: webdriver.Chrome, selector: str, text: str) -> None:
    """Put words into a field as a paste does."""
    script = "arguments[0].focus(); arguments[0].value = arguments[1];"
    script += "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))"
    browser.execute_script(script, one(browser, selector), text)


def test_chips_open_the_provision_beside_and_words_are_mended(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/citecheck")
    paste(browser, "#checked-text", MEMO)
    one(browser, "#checking button:not([formaction])").click()
    chips = wait(browser, lambda b: every(b, ".pasted .chip") or None)
    assert [c.get_attribute("class").split()[1] for c in chips] == ["good", "bad", "good", "bad"]
    chips[0].click()
    assert "п. 1 ст. 2" in says(browser, "#beside #provision-card", "может быть отказано").text
    assert browser.current_url.endswith("/citecheck")
    chips[2].send_keys(Keys.ENTER)
    says(browser, "#beside #provision-card", "самостоятельно несёт расходы")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    wait(browser, lambda b: every(b, "#beside[hidden]"))
    one(browser, "#checking [data-copy]").click()
    wait(browser, lambda b: "может быть отказано" in clipboard(b))
    one(browser, ".remark.bad button[name=replace]").click()
    wait(browser, lambda b: "может быть отказано" in one(b, "#checked-text").get_attribute("value"))
    assert len(every(browser, ".pasted .chip.bad")) == 1
    assert complaints(browser) == []


def test_a_long_text_tells_how_far_it_is(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/citecheck")
    browser.execute_script(
        "window.seen = new Set(); new MutationObserver(() => seen.add(document.querySelector('.progress [role=status]')?.textContent))"
        ".observe(document.querySelector('.progress'), {subtree: true, childList: true, characterData: true})"
    )
    paste(browser, "#checked-text", (MEMO + "Слова без ссылок. " * 60 + "\n\n") * 60)
    one(browser, "#checking button:not([formaction])").click()
    wait(browser, lambda b: len(every(b, ".pasted .chip")) == 240)
    told = browser.execute_script("return [...seen]")
    assert [t for t in told if t and t.startswith("Проверено ")]
    assert "Ссылок: 180, цитат: 60" in one(browser, "#checked [role=status]").text
    assert complaints(browser) == []


def test_the_search_box_offers_it_for_a_paragraph(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url)
    paste(browser, "#q", MEMO.replace("\n", " "))
    offer = says(browser, ".suggest li", "Проверить цитаты?")
    assert offer
    one(browser, "#q").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    wait(browser, lambda b: len(every(b, ".pasted .chip")) == 4)
