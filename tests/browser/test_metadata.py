"""A lawyer corrects what was misread on the page of a document, with scripts and without, and takes it back."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from ingest.pipeline import parse_bytes
from tests.browser.conftest import Served
from tests.browser.doing import complaints, every, one, says, wait
from tests.search_api.texts import FILES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def document(served: Served) -> str:
    library = served.library()
    library.put(parse_bytes(FILES["карты.txt"].encode(), "карты.txt"))
    return library.documents()[0].id


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_correct_and_take_back(browser: webdriver.Chrome, served: Served, document: str, scripts: bool) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    try:
        browser.get(f"{served.url}/d/{document}")
        one(browser, ".tabs").find_element(By.LINK_TEXT, "Сведения").click()
        given = one(browser, "#value-date")
        assert "прочитано: 14.05.1907" in one(browser, "#field-date").text
        given.clear()
        given.send_keys("вчера")
        one(browser, "#value-place").send_keys("-на-море", Keys.ENTER)
        says(browser, "#field-date .bad", "не понята")
        assert one(browser, "#value-place").get_attribute("value") == "Лукоморск-на-море"
        again = one(browser, "#value-date[aria-invalid]")
        assert again.get_attribute("value") == "вчера"
        again.clear()
        again.send_keys("16 мая 1907 года", Keys.ENTER)
        mark = says(browser, "#field-date .corrected", "в тексте прочитано: 14.05.1907")
        assert "исправлено:" in mark.text
        title = one(browser, "header.title").text
        assert "16.05.1907" in title
        assert "Лукоморск-на-море" in title
        assert wait(browser, lambda b: b.current_url.endswith("#field-date"))
        for field in ("date", "place"):
            one(browser, f"#field-{field} button[formaction]").click()
            wait(browser, lambda b, f=field: not every(b, f"#field-{f} .corrected"))
        assert "14.05.1907" in one(browser, "header.title").text
        assert browser.find_element(By.ID, "field-date").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    # Chromium itself notes the answer 422 of the refused date.
    assert [c for c in complaints(browser) if "422" not in str(c)] == []
