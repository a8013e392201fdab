"""A lawyer sees what is in force: the lines under the title, the words beside a changed point, editions, the timeline."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from ingest.pipeline import parse_bytes
from tests.browser.conftest import Served
from tests.browser.doing import complaints, every, one, says
from tests.search_api.dated import CHANGED_WORDS, DEAD_WORDS, FILES, PENDING_WORDS, document

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def treaty(served: Served) -> str:
    library = served.library()
    for name, text in FILES.items():
        library.put(parse_bytes(text.encode(), name))
    return document(library, "договор.txt")


def test_the_page_of_an_act_tells_its_life(browser: webdriver.Chrome, served: Served, treaty: str) -> None:
    browser.get(f"{served.url}/d/{treaty}")
    says(browser, ".told", "Изменено 07.07.2007")
    marks = [each.text for each in every(browser, ".touch summary")]
    assert [words for words in (CHANGED_WORDS, DEAD_WORDS, PENDING_WORDS) if not any(words in m for m in marks)] == []
    bar = next(b for b in every(browser, ".touch") if CHANGED_WORDS in b.text)
    bar.find_element(By.TAG_NAME, "summary").click()
    assert "заменить словами «по спискам поста»" in bar.find_element(By.TAG_NAME, "blockquote").text
    assert not complaints(browser)


def test_editions_and_the_timeline(browser: webdriver.Chrome, served: Served, treaty: str) -> None:
    browser.get(f"{served.url}/editions/{treaty}?on=2008-01-01")
    says(browser, ".act", "по спискам поста")
    says(browser, ".notice", "неизвестен")
    one(browser, ".edition-list li:nth-child(2) .small").click()
    says(browser, "table.matrix", "исключено")
    browser.get(f"{served.url}/timeline?document={treaty}")
    says(browser, "table.plain", "изменяет")
    assert len(every(browser, "svg.time .life")) == 3
    assert not complaints(browser)
