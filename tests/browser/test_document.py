"""The page of a document: tabs, contents, topics that lead on, repairs one by one, changed words, lists, print."""

import base64
import io

import pytest
from pdfminer.high_level import extract_text
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from corpus.citations.permalinks import permalink
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from tests.browser.conftest import Served
from tests.browser.doing import complaints, every, keys, one, says, wait
from tests.corpus.repairs.damaged import FERRY
from tests.search_api.conftest import filled
from tests.search_api.texts import LIGHTS, MAPS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEEN = """
return [...document.querySelectorAll('.toc a')]
  .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getBoundingClientRect().height)
  .map((e) => e.innerText);
"""
PLAIN = """
const copy = arguments[0].cloneNode(true);
copy.querySelectorAll('.was').forEach((e) => e.remove());
return copy.textContent;
"""
LISTED = MAPS.replace("на основании пункта 1 настоящей статьи", "на основании пунктов 1 и 2 статьи 1")


@pytest.fixture(scope="module")
def ids(served: Served) -> dict[str, str]:
    library = filled(served.folder)
    found = {d.source: d.id for d in library.documents()}
    library.close()
    return found


def test_tabs_lead_to_what_they_name(browser: webdriver.Chrome, served: Served, ids: dict[str, str]) -> None:
    browser.get(f"{served.url}/d/{ids['карты.txt']}")
    for tab, seen in (
        ("Сведения", "#value-date"),
        ("Связи", "#incoming"),
        ("Исправления (1)", ".mended"),
        ("Сомнения", "main h2"),
        ("Текст", ".act"),
    ):
        link = next(e for e in every(browser, ".tabs a") if e.text.startswith(tab))
        link.click()
        one(browser, seen)
        assert one(browser, ".tabs [aria-current]").text.startswith(tab)
    assert complaints(browser) == []


def test_contents_and_topics_lead_on(browser: webdriver.Chrome, served: Served, ids: dict[str, str]) -> None:
    browser.get(f"{served.url}/d/{ids['маяки.txt']}")
    one(browser, ".toc a")
    # Selenium holds all in a closed <details> unseen; a wide page shows it (::details-content): the browser is asked.
    lines = browser.execute_script(SEEN)
    assert lines[0] == "Преамбула"
    assert "Ст. 3 · расходы" in lines
    assert not [line for line in lines if line.endswith((".", " "))]
    topic = one(browser, "#art_3 .topic")
    assert topic.text == "Расходы"
    topic.click()
    says(browser, "#panel h1", "Этот вопрос в других соглашениях")
    says(browser, "#panel a", "Все положения темы").click()
    says(browser, ".hit", "расходы")


def test_repairs_are_stepped_through(browser: webdriver.Chrome, served: Served, ids: dict[str, str]) -> None:
    browser.get(f"{served.url}/d/{ids['карты.txt']}?repairs=1")
    says(browser, ".stepper", "исправлено мест: 1")
    one(browser, ".stepper [data-step='1']").click()
    assert says(browser, ".stepper", "1 из 1")
    assert "мореплавателя" in one(browser, ".mended.current").text
    keys(browser, Keys.ARROW_DOWN, Keys.ARROW_UP)
    assert browser.switch_to.active_element.get_attribute("class") == "mended current"


def test_repairs_are_answered_one_by_one_from_the_keyboard(browser: webdriver.Chrome, served: Served) -> None:
    library = LocalLibrary(served.folder)
    (ferry,) = library.put(parse_bytes(FERRY.encode(), "паром.txt")).documents
    library.close()
    browser.get(f"{served.url}/d/{ferry}?repairs=1")
    count = len(every(browser, "[data-repair]"))
    assert count == len(every(browser, ".repairs > li")) > 10
    says(browser, ".tabs [aria-current]", f"Исправления ({count})")
    assert len([e for e in every(browser, ".repairs > li") if e.is_displayed()]) == 1
    one(browser, ".stepper [data-step='1']").click()
    keys(browser, Keys.ARROW_DOWN)
    assert "о б е с п е ч и в а ю т → обеспечивают" in one(browser, ".repairs > .on").text
    for pressed, told, words in (
        ("x", "обеспечивают»: оставлено как в источнике: решение", "о б е с п е ч и в а ю т его"),
        ("z", "обеспечивают»: решение отменено", "обеспечивают его"),
        ("ч", "обеспечивают»: оставлено как в источнике: решение", "о б е с п е ч и в а ю т его"),
    ):
        keys(browser, pressed)
        says(browser, ".undo", told)
        wait(browser, lambda b: one(b, "#told").get_attribute("textContent"))
        plain = browser.execute_script(PLAIN, one(browser, "#art_1__para_1"))
        assert words in plain
        if pressed == "z":
            assert "обеспечивают" in one(browser, ".mended.current").text  # the one that was put back is stepped to
        assert len(every(browser, "[data-repair]")) == count
    assert "безопас" in one(browser, ".mended.current").text  # after an answer the next one is shown
    keys(browser, "a")
    says(browser, ".undo", "безопасность»: сверено, исправлено верно")
    browser.get(f"{served.url}/d/{ferry}")
    assert "о б е с п е ч и в а ю т его" in browser.execute_script(PLAIN, one(browser, "#art_1__para_1"))
    assert complaints(browser) == []


def test_a_stale_permalink_shows_old_words_against_new(
    browser: webdriver.Chrome, served: Served, ids: dict[str, str]
) -> None:
    library = served.library()
    address = permalink(library.get(ids["маяки.txt"]), "art_1")
    library.put(parse_bytes(LIGHTS.replace("один раз в год", "дважды в год").encode(), "маяки.txt"))
    browser.get(served.url + address)
    one(browser, ".notice.stuck summary").click()
    assert one(browser, ".versus ins").text == "дважды"
    assert one(browser, ".versus del").get_attribute("data-gone") == "один раз"
    assert "уплачивают маячный сбор один раз в год" in one(browser, ".notice.stuck").text
    library.put(parse_bytes(LIGHTS.encode(), "маяки.txt"))


def test_each_number_of_a_list_is_a_link_and_previews_say_the_heading_once(
    browser: webdriver.Chrome, served: Served, ids: dict[str, str]
) -> None:
    assert ids
    library = served.library()
    library.put(parse_bytes(LISTED.replace("карт ", "лоций ").encode(), "лоции.txt"))
    document = next(d.id for d in library.documents() if d.source == "лоции.txt")
    browser.get(f"{served.url}/d/{document}")
    links = [(e.text, e.get_attribute("href").partition("#")[2]) for e in every(browser, "#art_2__para_2 a.ref")]
    assert links == [("пунктов 1", "art_1__para_1"), ("2 статьи 1", "art_1__para_2")]
    browser.execute_script("arguments[0].focus()", one(browser, "#art_2__para_2 a.ref"))
    shown = one(browser, "#preview").text
    assert shown == "1. Стороны признают карты, изданные другой Стороной, без нового промера."
    assert browser.find_element(By.ID, "preview").get_attribute("role") == "tooltip"


def test_what_cites_an_act_is_told_by_kind(browser: webdriver.Chrome, served: Served, ids: dict[str, str]) -> None:
    library = served.library()
    library.put(parse_bytes(CITING.encode(), "записка.txt"))

    def told(b: webdriver.Chrome) -> bool:
        """Open the page anew: an act put behind the service's back is seen when its list of acts is next read."""
        b.get(f"{served.url}/d/{ids['карты.txt']}/links")
        return any("Ссылается: Приказ" in e.text for e in every(b, "#incoming h3"))

    wait(browser, told)
    place = says(browser, "#incoming .linked li li", "п. 1 ст. 2")
    place.find_elements(By.TAG_NAME, "a")[1].click()
    wait(browser, lambda b: b.current_url.endswith(f"/d/{ids['карты.txt']}#art_2__para_1"))


CITING = """ПРИКАЗ
Морского ведомства Лукоморья

от 5 марта 1912 г. № 21

О порядке отказа в обмене картами

1. Применять пункт 1 статьи 2 Соглашения о взаимном признании карт между Правительством Лукоморья и Правительством Буяна от 14 мая 1907 года.
2. Контроль за исполнением приказа оставляю за собой.
"""


def test_print_has_a_running_head_and_no_forms(browser: webdriver.Chrome, served: Served, ids: dict[str, str]) -> None:
    browser.get(f"{served.url}/d/{ids['карты.txt']}")
    made = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    words = extract_text(io.BytesIO(base64.b64decode(made["data"]))).split("\f")[:-1]
    for number, page in enumerate(words, 1):
        assert "Соглашение о взаимном признании карт между" in " ".join(page.split())
        assert f"с. {number} из {len(words)}" in " ".join(page.split())
        assert "Напечатано" in page
    told = "\n".join(words)
    assert "Копировать" not in told
    assert "Выгрузить" not in told
    assert "Цитата со ссылкой" not in told
