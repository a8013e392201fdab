"""Accessibility in both themes at three widths, and payloads that must not run."""

import importlib.resources
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Served
from tests.browser.doing import complaints, every, keys, one
from tests.search_api.conftest import filled, judged
from tests.search_api.test_injection import poisoned
from tests.search_api.texts import MAPS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AXE = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
RUN = """
const done = arguments[0];
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
  r => done(r.passes.length < 8 ? ['axe looked at nothing'] : r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))));
"""
PAGES = [
    "/",
    "/?q=отказ в исполнении запроса",
    "/?q=нетакогослова",
    "/library",
    "/compare",
    "/decisions",
    "/help",
    "/нет",
    "/login",
    "refused",
    "uploaded",
    "deleted",
    "bin",
    "changed",
    "incoming",
    "field",
    "links",
    "doubts",
    "like",
    "filtered",
    "doc",
    "repairs",
    "card",
    "compare",
    "correct",
]


@pytest.fixture(scope="module")
def addresses(served: Served) -> dict[str, str]:
    library = filled(served.folder)
    agreements = [d.id for d in library.documents() if d.type == "agreement"]
    judged(library, agreements[0])
    library.close()
    first = agreements[0]
    named = {
        "refused": "/?q=" + "(" * 200 + "а",
        "uploaded": "/library",
        "bin": "/library",
        "deleted": "/library",
        "changed": f"/d/{first}/art_1?h=00000000",
        "incoming": f"/d/{first}/art_2/incoming",
        "field": f"/d/{first}/metadata",
        "links": f"/d/{first}/links",
        "doubts": f"/d/{first}/doubts",
        "like": f"/?like={first}/art_1",
        "filtered": "/?q=запрос&type=agreement&all_words=1&date_from=1900",
        "doc": f"/d/{first}?q=отказ#art_2",
        "repairs": f"/d/{first}?repairs=1",
        "card": f"/d/{first}/art_1__para_2__al_2/card",
        "compare": "/compare/" + "…".join(agreements),
        "correct": f"/compare/correct/{first}/refusal",
    }
    return {page: served.url + named.get(page, page) for page in PAGES}


@pytest.mark.parametrize("page", PAGES)
def test_no_violations_of_wcag_a_and_aa(browser: webdriver.Chrome, addresses: dict[str, str], page: str) -> None:
    for theme in ("light", "dark"):
        features = [{"name": "prefers-color-scheme", "value": theme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        for width in (320, 768, 1440):
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            if width == 320:
                browser.get(addresses[page])
                prepare(browser, page)
                browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE})
                browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true })")
            wide = browser.execute_script(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, (width, "the page scrolls sideways")
            assert browser.execute_async_script(RUN) == [], (theme, width)


def prepare(browser: webdriver.Chrome, page: str) -> None:
    """Bring a page into the state that is looked at; it stays so in the second theme, or comes again."""
    if page == "uploaded":
        folder = Path(tempfile.mkdtemp())
        (folder / "пусто.txt").write_text("", "utf-8")
        (folder / "карты.txt").write_text(MAPS, "utf-8")
        one(browser, "#files").send_keys(f"{folder / 'пусто.txt'}\n{folder / 'карты.txt'}")
        one(browser, ".outcomes .failed")
        one(browser, ".outcomes .done")
    if page in {"deleted", "bin"}:
        one(browser, ".documents form button").click()
        one(browser, ".undo")
    if page == "bin":
        browser.get(browser.current_url.partition("?")[0])
        one(browser, "#bin")


@pytest.fixture(autouse=True)
def whole(served: Served) -> Iterator[None]:
    """Bring back what a test deleted."""
    yield
    if (served.folder / "truth.sqlite").exists():
        library = served.library()
        for kept in library.deleted():
            library.restore(kept.summary.id)
        library.close()


def test_dialogs_are_accessible_too(browser: webdriver.Chrome, addresses: dict[str, str]) -> None:
    browser.get(addresses["doc"])
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE})
    for script, opened in (
        ("document.querySelector('#art_2__para_1 .pilcrow').click()", "#card[open] #provision-card"),
        (
            "document.querySelector('#card').close(); document.querySelector('#keys-help').showModal()",
            "#keys-help[open]",
        ),
    ):
        browser.execute_script(script)
        one(browser, opened)
        assert browser.execute_async_script(RUN) == []


def test_no_layout_shift_while_a_page_loads(browser: webdriver.Chrome, addresses: dict[str, str]) -> None:
    shift = """
    const done = arguments[0]; let sum = 0;
    new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300)"""
    for page in ("/", "/?q=отказ в исполнении запроса", "doc", "/library", "compare"):
        for width in (360, 1440):
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            browser.get("about:blank")
            browser.get(addresses[page])
            assert browser.execute_async_script(shift) <= 0.01, (page, width)


def test_payloads_do_not_run(browser: webdriver.Chrome, served: Served, addresses: dict[str, str]) -> None:
    assert addresses
    library = served.library()
    library.put(poisoned())
    document = next(d.id for d in library.documents() if d.source.startswith("дело"))
    trap = {"source": "window.__ran = 0; window.pwned = () => { window.__ran++ }"}
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", trap)["identifier"]
    try:
        for path in (
            f"/d/{document}",
            "/?q=запрос&n=100",
            "/library",
            "/compare",
            f"/d/{document}/art_1/card",
            "/?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dpwned()%3E",
        ):
            browser.get(served.url + path)
            for element in every(browser, "main a[href^=javascript], main [onclick]"):
                pytest.fail(element.get_attribute("outerHTML"))
            assert browser.execute_script("return window.__ran") == 0, path
        named = Path(tempfile.mkdtemp()) / "<img src=x onerror=pwned()>'\"&lt;script&gt;.txt"
        named.write_text("", "utf-8")
        browser.get(served.url + "/library")
        one(browser, "#files").send_keys(str(named))
        assert "<img src=x" in one(browser, ".outcomes .failed").text
        browser.refresh()
        assert "<img src=x" in one(browser, ".outcomes .failed").text
        assert browser.execute_script("return window.__ran") == 0
        browser.get(f"{served.url}/d/{document}")
        browser.execute_script("document.querySelector('#art_1 .pilcrow').click()")
        one(browser, "#card[open] #provision-card")
        assert browser.execute_script("return window.__ran") == 0
        assert complaints(browser) == []
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})
        for d in library.documents():
            if d.source.startswith("дело"):
                library.delete(d.id)
        library.close()


def test_colours_forced_by_the_system_lose_nothing(browser: webdriver.Chrome, addresses: dict[str, str]) -> None:
    features = [{"name": "forced-colors", "value": "active"}, {"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(addresses["filtered"])
    for selector in (".chip.on", ".go", ".sorts [aria-current]", "mark"):
        assert one(browser, selector).is_displayed(), selector
    look = "const s = getComputedStyle(arguments[0]); return s.outlineStyle + s.borderStyle"
    assert "solid" in browser.execute_script(look, one(browser, ".chip.on"))
    moving = (
        "return [...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    )
    assert browser.execute_script(moving) == 0


def test_the_way_by_tab_begins_with_the_skip_link_and_is_always_seen(
    browser: webdriver.Chrome, addresses: dict[str, str]
) -> None:
    browser.get(addresses["/library"])
    seen = []
    for _ in range(12):
        keys(browser, Keys.TAB)
        seen.append(
            browser.execute_script(
                "const e = document.activeElement, s = getComputedStyle(e.matches('#files') ? document.querySelector('#drop .button') : e);"
                "return [e.className || e.id || e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]"
            )
        )
    assert seen[0][0] == "skip"
    assert all(outlined for _, outlined in seen), seen
    browser.get(addresses["/library"])
    keys(browser, Keys.TAB, Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "main"
