"""The queue of doubts by keyboard alone; no violation and nothing beyond the screen on any kind of doubt."""

from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Served
from tests.browser.doing import complaints, every, keys, one, says
from tests.browser.test_look import accepted_everywhere
from tests.search_api.conftest import doubted, filled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def ids(served: Served) -> dict[str, str]:
    library = filled(served.folder)
    found = doubted(library)
    library.close()
    return found


@pytest.mark.parametrize("kind", ["reading", "repair", "cell", "stale"])
def test_every_kind_is_accessible_and_stays_on_the_screen(
    browser: webdriver.Chrome, served: Served, ids: dict[str, str], kind: str
) -> None:
    assert ids
    browser.get(f"{served.url}/doubts?kind={kind}")
    accepted_everywhere(browser)


def test_the_queue_is_gone_through_by_keys(browser: webdriver.Chrome, served: Served, ids: dict[str, str]) -> None:
    browser.get(served.url + "/doubts")
    says(browser, "h1", "1 из 4")
    keys(browser, "k")  # there is none before it
    for key, told in (("j", "2 из 4"), ("k", "1 из 4"), (Keys.ARROW_RIGHT, "2 из 4"), (Keys.ARROW_LEFT, "1 из 4")):
        keys(browser, key)
        says(browser, "h1", told)
    keys(browser, "j")
    says(browser, ".queued h2", "текст изменился")
    keys(browser, "a")
    says(browser, ".undo", "Решение действует: Основания отказа")
    says(browser, "h1", "2 из 3")
    keys(browser, "о")  # «j» where the layout is Russian
    says(browser, ".queued h2", "Предмет соглашения")
    keys(browser, "x")
    says(browser, ".undo", "Решение действует: Предмет соглашения")
    says(browser, "h1", "2 из 2")
    one(browser, ".undo button").click()
    says(browser, ".undo", "Решение отменено: Предмет соглашения")
    says(browser, "h1", "2 из 3")
    keys(browser, "o")
    says(browser, "h1", "о перевозе")
    where = urlsplit(browser.current_url)
    assert (where.path, where.fragment) == (f"/d/{ids['перевоз.txt']}", "art_1__para_2")
    assert not every(browser, "[data-press]")
    assert complaints(browser) == []
