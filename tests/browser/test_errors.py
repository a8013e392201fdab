"""What a person meets when something goes wrong: what happened and what to do, without codes and command lines."""

import re

import pytest
from selenium import webdriver

from tests.browser.conftest import Served
from tests.browser.doing import every, one, says, wait
from tests.search_api.conftest import filled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
CODES = re.compile(r"\b[45]\d\d\b|svod |[a-z]{3,}-[a-z]{3,}|SVOD_")
ADDRESSES = ["/нет", "/d/net-takogo-dokumenta-vovse", "/d/{d}/art_99", "/?q=" + "(" * 200 + "а", "/?cursor=xx&q=сбор"]


@pytest.fixture(scope="module")
def document(served: Served) -> str:
    library = filled(served.folder)
    found = next(d.id for d in library.documents() if d.type == "agreement")
    library.close()
    return found


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_error_is_told_in_words(browser: webdriver.Chrome, served: Served, document: str, path: str) -> None:
    browser.get(served.url + path.format(d=document))
    told = one(browser, "#results.error")
    assert not CODES.search(told.text), told.text
    assert len(told.text.splitlines()) > 2
    assert one(browser, "#q").is_displayed()


def test_the_link_of_a_deleted_document_brings_it_back(
    browser: webdriver.Chrome, served: Served, document: str
) -> None:
    library = served.library()
    title = library.get(document).instrument.title
    library.delete(document)
    browser.get(f"{served.url}/d/{document}")
    told = says(browser, "#results", title)
    assert re.search(r"До \d\d\.\d\d\.\d{4}", told.text)
    one(browser, "#results form button").click()
    wait(browser, lambda b: every(b, ".act") and b.current_url.endswith(f"/d/{document}"))


def test_deletion_for_good_asks_with_the_title(browser: webdriver.Chrome, served: Served, document: str) -> None:
    library = served.library()
    title = library.get(document).instrument.title
    library.delete(document)
    browser.get(served.url + "/library")
    one(browser, "#bin form[action$=forget] button").click()
    assert title in one(browser, ".lead").text
    one(browser, ".notice a.button").click()
    one(browser, "#bin form[action$=undo] button").click()
    says(browser, ".notice", "возвращён")


def test_a_lost_connection_keeps_the_page_and_what_was_typed(
    browser: webdriver.Chrome, served: Served, document: str
) -> None:
    browser.get(f"{served.url}/d/{document}/metadata")
    one(browser, "#value-place").send_keys("-порт")
    served.stop()
    try:
        one(browser, ".keep button").click()
        says(browser, "#toast", "Нет связи")
        assert one(browser, "#value-place").get_attribute("value").endswith("-порт")
    finally:
        served.start()
