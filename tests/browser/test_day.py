"""The day of a lawyer, in order: upload, search, read, copy, follow, compare, decide, take away; by keyboard too."""

import urllib.request
from pathlib import Path
from urllib.parse import unquote

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Served, new_driver
from tests.browser.doing import clipboard, complaints, every, keys, one, says, wait
from tests.search_api.texts import FILES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("папка юриста")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "пусто.txt").write_text("", "utf-8")
    return sorted(folder.iterdir())


def test_first_run_says_what_to_do(browser: webdriver.Chrome, served: Served) -> None:
    for path in ("/", "/library"):
        browser.get(served.url + path)
        assert "образцов" in says(browser, ".first", "Библиотека пуста").text
        assert one(browser, ".first form[action='/library/samples'] button").is_displayed()
        assert all(kind in one(browser, "#drop").text for kind in ("DOC", "ZIP", "PDF"))
    assert every(browser, "#recent:not([hidden])") == []


def test_upload_is_one_table_with_each_file_s_outcome(
    browser: webdriver.Chrome, served: Served, files: list[Path]
) -> None:
    browser.get(served.url + "/library")
    browser.execute_script(
        "window.__told = []; new MutationObserver(() => __told.push(document.querySelector('#progress p').textContent))"
        ".observe(document.querySelector('#progress p'), {childList: true})"
    )
    one(browser, "#files").send_keys("\n".join(str(f) for f in files))
    wait(
        browser, lambda _: len(every(browser, ".outcomes .done")) == 3 and len(every(browser, ".outcomes .failed")) == 1
    )
    assert "пусто.txt" in one(browser, ".outcomes .failed").text
    wait(browser, lambda _: len(every(browser, ".documents > li")) == 3)
    told = browser.execute_script("return __told")
    assert told[:4] == [f"{n} из {len(files)}" for n in range(len(files))]
    assert told[-1].startswith(f"Файлов: {len(files)}; не принято: 1; исправлено мест: ")
    assert len(every(browser, "table.outcomes")) == 1
    assert complaints(browser) == []


def test_repairs_and_doubts_of_an_upload_lead_to_their_places(
    browser: webdriver.Chrome, served: Served, files: list[Path]
) -> None:
    mended = says(browser, ".outcomes tr", "карты").find_element(By.CSS_SELECTOR, "a[href*=repairs]")
    assert "исправлено мест" in mended.text
    gap = files[0].with_name("с пропуском.txt")
    gap.write_text(files[0].read_text("utf-8").replace("Статья 3", "Статья 5").replace("Буян", "Китеж"), "utf-8")
    one(browser, "#files").send_keys(str(gap))
    line = says(browser, ".outcomes .done", gap.name)
    line.find_element(By.CSS_SELECTOR, "summary").click()
    doubt = line.find_element(By.CSS_SELECTOR, "details a[href*='#']")
    place = doubt.get_attribute("href").partition("#")[2]
    doubt.click()
    assert one(browser, f"main #{place}")
    browser.get(served.url + "/library")
    item = says(browser, ".documents > li", gap.name)
    item.find_element(By.CSS_SELECTOR, "form button").click()
    one(browser, ".undo")
    one(browser, "#bin form[action$=forget] button").click()
    one(browser, "button[name=sure]").click()
    wait(browser, lambda b: not every(b, "#bin"))


def test_who_comes_back_finds_what_is_new_and_what_was_open(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/?q=маячный сбор")
    one(browser, ".group .line a.open").click()
    opened = one(browser, ".short-name").text
    browser.get(served.url)
    assert len(every(browser, "[aria-labelledby=newest-title] li")) == 3
    recent = [e.text for e in every(browser, "#recent li")]
    assert recent[:2] == [opened, "«маячный сбор»"]
    one(browser, "#recent button").click()
    browser.refresh()
    assert not one(browser, "#recent").is_displayed()
    assert "3 документа" in one(browser, ".opening").text


def test_outcomes_outlive_a_reload_and_an_upload_can_be_taken_back(
    browser: webdriver.Chrome, served: Served, files: list[Path]
) -> None:
    browser.get(served.url + "/library")
    one(browser, "#files").send_keys(str(files[0]))
    says(browser, ".outcomes .done", "без изменений")
    new = files[0].with_name("новое соглашение.txt")
    new.write_text(files[0].read_text("utf-8").replace("Буян", "Китеж"), "utf-8")
    one(browser, "#files").send_keys(str(new))
    says(browser, ".outcomes .done", "новое соглашение.txt")
    wait(browser, lambda _: len(every(browser, ".documents > li")) == 4)
    browser.refresh()
    assert len(every(browser, ".outcomes .done")) == 2
    says(browser, ".outcomes button", "Отменить").click()
    says(browser, ".notice", "Загрузка отменена")
    assert len(every(browser, "#list .documents > li")) == 3
    one(browser, "#bin form[action$=forget] button").click()
    one(browser, "button[name=sure]").click()
    wait(browser, lambda b: not every(b, "#bin"))
    assert complaints(browser) == []


def test_a_file_dropped_while_the_engine_is_down_can_be_sent_again(
    browser: webdriver.Chrome, served: Served, files: list[Path]
) -> None:
    browser.get(served.url + "/library")
    served.fall()
    try:
        one(browser, "#files").send_keys(str(files[0]))
        retry = says(browser, ".outcomes .failed button", "Повторить")
        assert "Хранилище не отвечает" in one(browser, ".outcomes .failed").text
    finally:
        served.rise()
    retry.click()
    says(browser, ".outcomes .done", "без изменений")


def test_search_read_copy_all_by_keyboard(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/help")
    keys(browser, "/")
    assert browser.switch_to.active_element.get_attribute("id") == "q"
    keys(browser, "отказ в исполнении запроса", Keys.ENTER)
    says(browser, ".total", "положени")
    keys(browser, "j", "j", "k")
    current = one(browser, ".hit.current")
    assert current.get_attribute("id") == "h1"
    keys(browser, "c")
    says(browser, "#toast", "Скопировано")
    assert clipboard(browser) == current.get_attribute("data-cite")
    keys(browser, Keys.ENTER)
    wait(browser, lambda b: "/d/" in b.current_url)
    unit = browser.current_url.partition("#")[2]
    assert "mark" in one(browser, f"#{unit}").get_attribute("innerHTML")
    keys(browser, "n", "c")
    wait(browser, lambda b: " Соглашения от " in clipboard(b))
    keys(browser, "?")
    assert one(browser, "#keys-help[open]")
    keys(browser, Keys.ESCAPE)
    wait(browser, lambda b: not every(b, "#keys-help[open]"))
    assert complaints(browser) == []


def test_keys_work_in_the_russian_layout_and_can_be_switched_off(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/?q=запрос")
    keys(browser, "о", "о")
    assert one(browser, ".hit.current").get_attribute("id") == "h2"
    browser.execute_script(
        "const s = document.querySelector('select[name=keys]'); s.value = 'off'; s.dispatchEvent(new Event('change'))"
    )
    browser.refresh()
    keys(browser, "j")
    assert every(browser, ".hit.current") == []
    assert one(browser, "html").get_attribute("data-keys") == "off"


def test_suggestions_continue_the_word(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url)
    one(browser, "#q").send_keys("маяч")
    options = wait(browser, lambda b: every(b, ".suggest:not([hidden]) li"))
    assert one(browser, "#q").get_attribute("aria-expanded") == "true"
    chosen = options[0].find_element(By.TAG_NAME, "span").text
    keys(browser, Keys.ARROW_DOWN)
    assert one(browser, "#q").get_attribute("aria-activedescendant") == "suggestion-0"
    keys(browser, Keys.ENTER)
    assert one(browser, "#q").get_attribute("value").strip() == chosen
    keys(browser, Keys.ENTER)
    says(browser, ".total", "положени")


def test_more_hits_keep_place_through_a_reload(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/?q=сторона запрос отказ расходы карты маячный сбор год")
    first = [e.text for e in every(browser, ".hit .text")]
    one(browser, ".more a").click()
    wait(browser, lambda b: len(every(b, ".hit")) > len(first))
    assert [e.text for e in every(browser, ".hit .text")][: len(first)] == first
    browser.refresh()
    assert len(every(browser, ".hit")) > len(first)


def test_back_from_a_document_returns_to_the_same_place(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/?q=сторона запрос отказ расходы карты маячный сбор год")
    one(browser, ".more a").click()
    wait(browser, lambda b: len(every(b, ".hit")) > 10)
    hit = every(browser, ".hit")[-1]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", hit)
    place, count = browser.execute_script("return scrollY"), len(every(browser, ".hit"))
    hit.find_element(By.XPATH, "ancestor::section[@class='group']/div//a[@class='open']").click()
    wait(browser, lambda b: "/d/" in b.current_url)
    browser.back()
    wait(browser, lambda b: len(every(b, ".hit")) == count)
    wait(browser, lambda b: abs(b.execute_script("return scrollY") - place) < 150)


def test_find_inside_the_document_and_step_through_what_is_found(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/?q=маршрут карты признают")
    one(browser, ".group h2 a").click()
    wait(browser, lambda b: "/d/" in b.current_url)
    one(browser, ".act")
    keys(browser, "f", "стороны", Keys.ENTER)
    # The page that is left has a bar of its own: «Найдено: 2» of the question it was found by.
    wait(browser, lambda b: "стороны" in unquote(b.current_url))
    number = int(says(browser, "[data-found]", "Найдено").text.rpartition(" ")[2])
    assert number > 2
    one(browser, "[data-step='1']").click()
    assert one(browser, "[data-found]").text == f"1 из {number}"
    keys(browser, "n")
    assert one(browser, "[data-found]").text == f"2 из {number}"
    current = one(browser, ".act .current")
    assert browser.execute_script(
        "const b = arguments[0].getBoundingClientRect(); return b.top > 50 && b.top < innerHeight", current
    )
    keys(browser, "p", "p")
    assert one(browser, "[data-found]").text == f"{number} из {number}"


def test_card_reference_and_preview(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/?q=маршрут карты признают")
    one(browser, ".group .line a.open").click()
    pilcrow = one(browser, "#art_2__para_1 .pilcrow")
    browser.execute_script("arguments[0].focus()", pilcrow)
    pilcrow.send_keys(Keys.ENTER)
    card = one(browser, "#card[open] #provision-card")
    assert "п. 1 ст. 2 Соглашения от 14.05.1907" in card.text
    for button in card.find_elements(By.CSS_SELECTOR, "[data-copy]"):
        button.click()
        wait(browser, lambda b, x=button: clipboard(b).split() == x.get_attribute("data-copy").split())
    card.find_element(By.PARTIAL_LINK_TEXT, "Кто ссылается").click()
    assert "п. 2 ст. 2" in says(browser, "#incoming", "п. 2").text
    keys(browser, Keys.ESCAPE)
    wait(browser, lambda b: not every(b, "#card[open]"))
    reference = one(browser, "a.ref")
    browser.execute_script("arguments[0].focus()", reference)
    assert "может быть отказано" in one(browser, "#preview").text
    keys(browser, Keys.ESCAPE)
    assert every(browser, "#preview") == []
    reference.click()
    wait(browser, lambda b: b.current_url.endswith("#art_2__para_1"))


def test_compare_decide_and_take_away(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/library?type=agreement")
    for box in every(browser, ".documents input[type=checkbox]"):
        box.click()
    says(browser, "#choice button", "Сопоставить").click()
    wait(browser, lambda b: "/compare/" in b.current_url)
    one(browser, "#brief-refusal a").click()
    row = one(browser, "#row-refusal")
    row.find_element(By.CSS_SELECTOR, "summary").click()
    row.find_element(By.CSS_SELECTOR, "input[name=note]").send_keys("проверено")
    row.find_element(By.CSS_SELECTOR, "button[value=confirm]").click()
    says(browser, "#row-refusal .decided", "подтверждено")
    browser.refresh()
    assert "проверено" in says(browser, "#row-refusal", "проверено").text
    for link in every(browser, ".toolbar a[download]"):
        with urllib.request.urlopen(link.get_attribute("href")) as answer:
            assert answer.status == 200
            assert len(answer.read()) > 500
    one(browser, "#row-refusal summary").click()
    one(browser, "#row-refusal button[value=withdraw]").click()
    wait(browser, lambda b: not every(b, "#row-refusal .decided"))
    assert complaints(browser) == []


def test_a_copied_cell_holds_its_own_words_only(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/compare")
    for box in every(browser, "input[name=d]"):
        box.click()
    one(browser, "main form button.primary").click()
    wait(browser, lambda b: "/compare/" in b.current_url)
    topic = one(browser, "tr.row:has(td.substance, td.words)").get_attribute("id").removeprefix("brief-")
    one(browser, f"#brief-{topic} a").click()
    texts = [e.text for e in wait(browser, lambda b: every(b, f"#row-{topic} .text") or None)]
    base = every(browser, f"#row-{topic} td:has(.text)")[0].get_attribute("id").rpartition("-")[2]
    chosen = f"#opened .sorts a:nth-of-type({int(base) + 1})"
    one(browser, chosen).click()
    wait(browser, lambda b: every(b, f"{chosen}[aria-current]") or None)
    assert every(browser, f"#row-{topic} ins, #row-{topic} .gone")
    for n, wanted in enumerate(texts):
        copied = browser.execute_script(
            "const p = document.querySelectorAll('.matrix .text')[arguments[0]], r = document.createRange();"
            "r.selectNodeContents(p); const s = getSelection(); s.removeAllRanges(); s.addRange(r); return s.toString();",
            n,
        )
        assert " ".join(copied.split()) == " ".join(wanted.split())
    assert complaints(browser) == []


def test_compare_decide_and_export_by_keyboard(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/compare")
    for box in every(browser, "input[name=d]")[:2]:
        box.send_keys(Keys.SPACE)
    one(browser, "main form button.primary").send_keys(Keys.ENTER)
    wait(browser, lambda b: "/compare/" in b.current_url)
    one(browser, "#brief-refusal a").send_keys(Keys.ENTER)
    one(browser, "#row-refusal summary").send_keys(Keys.ENTER)
    note = one(browser, "#row-refusal input[name=note]")
    note.send_keys("с клавиатуры", Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("value") == "confirm"
    keys(browser, Keys.SPACE)
    says(browser, "#row-refusal .decided", "подтверждено")
    links = every(browser, ".toolbar a[download]")
    browser.execute_script("arguments[0].focus()", links[-1])
    assert browser.switch_to.active_element == links[-1]
    one(browser, "#row-refusal summary").send_keys(Keys.ENTER)
    one(browser, "#row-refusal button[value=withdraw]").send_keys(Keys.ENTER)
    wait(browser, lambda b: not every(b, "#row-refusal .decided"))


def test_an_unsent_note_outlives_a_reload_and_a_restart(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/compare")
    for box in every(browser, "input[name=d]")[:2]:
        box.click()
    one(browser, "main form button.primary").click()
    wait(browser, lambda b: "/compare/" in b.current_url)
    one(browser, "#brief-refusal a").click()
    one(browser, "#row-refusal summary").click()
    one(browser, "#row-refusal input[name=note]").send_keys("не забыть")
    served.fall()
    try:
        one(browser, "#row-refusal button[value=confirm]").click()
        says(browser, "#toast", "Хранилище не отвечает")
        assert one(browser, "#row-refusal input[name=note]").get_attribute("value") == "не забыть"
    finally:
        served.rise()
    browser.refresh()
    note = one(browser, "#row-refusal input[name=note]")
    assert note.is_displayed()
    assert note.get_attribute("value") == "не забыть"
    one(browser, "#row-refusal button[value=confirm]").click()
    says(browser, "#row-refusal .decided", "подтверждено")
    browser.refresh()
    assert one(browser, "#row-refusal input[name=note]").get_attribute("value") == ""
    one(browser, "#row-refusal summary").click()
    one(browser, "#row-refusal button[value=withdraw]").click()
    wait(browser, lambda b: not every(b, "#row-refusal .decided"))


def test_two_people_at_once_see_each_other_s_decisions(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/compare")
    for box in every(browser, "input[name=d]")[:2]:
        box.click()
    one(browser, "main form button.primary").click()
    wait(browser, lambda b: "/compare/" in b.current_url)
    one(browser, "#brief-refusal a").click()
    one(browser, "#row-refusal")
    colleague = new_driver()
    try:
        colleague.get(browser.current_url)
        one(colleague, "#row-refusal summary").click()
        one(colleague, "#row-refusal button[value=reject]").click()
        says(colleague, "#row-refusal .decided", "отклонено")
        one(browser, "#row-refusal summary").click()
        one(browser, "#row-refusal button[value=confirm]").click()
        says(browser, "#row-refusal .decided", "подтверждено")
        colleague.refresh()
        assert says(colleague, "#row-refusal .decided", "подтверждено")
        assert len(every(colleague, "#row-refusal .decided")) == 1
    finally:
        colleague.quit()


def test_delete_can_be_taken_back(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url + "/library")
    before = [e.text for e in every(browser, ".documents .name")]
    one(browser, ".documents form button").click()
    assert "Удалён" in one(browser, ".undo").text
    assert len(every(browser, ".documents .name")) == len(before) - 1
    one(browser, ".undo button").click()
    says(browser, ".notice", "возвращён")
    assert [e.text for e in every(browser, ".documents .name")] == before
    assert every(browser, "#bin") == []
    one(browser, ".documents form button").click()
    one(browser, ".undo")
    served.stop()
    served.start()
    browser.get(served.url + "/library")
    one(browser, "#bin form[action$=undo] button").click()
    says(browser, ".notice", "возвращён")
    assert [e.text for e in every(browser, ".documents .name")] == before


def test_engine_goes_down_and_comes_back(browser: webdriver.Chrome, served: Served) -> None:
    served.fall()
    try:
        browser.get(served.url + "/?q=запрос")
        assert "Хранилище не отвечает" in one(browser, ".error").text
    finally:
        served.rise()
    one(browser, ".error .actions").find_element(By.LINK_TEXT, "Повторить").click()
    assert says(browser, ".total", "положени")
    assert len(every(browser, ".hit")) > 0


def test_reading_and_searching_need_no_script(browser: webdriver.Chrome, served: Served) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(served.url)
        one(browser, "#q").send_keys("отказ", Keys.ENTER)
        one(browser, ".group .line a.open").click()
        assert one(browser, ".act mark").is_displayed()
        one(browser, ".act .pilcrow")
        href = one(browser, "#art_2__para_1 .pilcrow").get_attribute("href")
        browser.get(href)
        assert "Соглашения от" in one(browser, ".cites").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_theme_is_kept(browser: webdriver.Chrome, served: Served) -> None:
    browser.get(served.url)
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = browser.execute_script(ground)
    browser.execute_script(
        "const s = document.querySelector('select[name=theme]'); s.value = 'dark'; s.dispatchEvent(new Event('change'))"
    )
    dark = browser.execute_script(ground)
    assert dark != light
    browser.refresh()
    assert browser.execute_script(ground) == dark
