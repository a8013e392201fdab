"""The line of sections: one line at every width and at 200 % zoom, every section in it, none under another."""

import pytest
from selenium import webdriver

from search_api.web.strings import TEXT
from tests.browser.conftest import Served
from tests.browser.doing import complaints, one

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SIZES = ((320, 1), (390, 1), (820, 1), (1100, 1), (1280, 1), (1440, 1), (2560, 1), (640, 2), (410, 2))
"""Widths as laid out, and how much each point is enlarged: 640 is a screen of 1280 at 200 %, 410 one of 820."""
LINE = """
const nav = document.querySelector('.top nav'), links = [...nav.children].filter((e) => e.checkVisibility());
const box = (e) => e.getBoundingClientRect(), held = [...document.querySelectorAll('.top > *')].map((e) => [e.className || e.tagName, box(e)]);
const met = [];
for (const [i, [a, p]] of held.entries()) for (const [b, q] of held.slice(i + 1))
  if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) met.push(`${a} over ${b}`);
const out = [];
for (const link of links) {
  nav.scrollLeft = link.offsetLeft - nav.offsetLeft;
  if (box(link).left < box(nav).left - 1 || box(link).right > box(nav).right + 1) out.push(link.textContent);
}
return { lines: new Set(links.map((e) => e.offsetTop)).size, names: links.map((e) => e.textContent), met, out,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth, swiped: nav.scrollWidth - nav.clientWidth,
  broken: links.filter((e) => e.getClientRects().length > 1).map((e) => e.textContent), height: box(document.querySelector('.top')).height };
"""
SHOWN = """
const nav = document.querySelector('.top nav').getBoundingClientRect(), here = document.querySelector('.top nav [aria-current]').getBoundingClientRect();
return here.left >= nav.left - 1 && here.right <= nav.right + 1;
"""


@pytest.mark.parametrize(("width", "enlarged"), SIZES)
def test_the_sections_stand_in_one_line(browser: webdriver.Chrome, served: Served, width: int, enlarged: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": enlarged, "mobile": width < 800}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(served.url + "/help")
    one(browser, ".top nav [aria-current]")
    assert browser.execute_script(SHOWN)
    told = browser.execute_script(LINE)
    assert told["lines"] == 1
    assert set(told["names"]) | {TEXT["nav.search"]} == {TEXT[key] for key in TEXT if key.startswith("nav.")}
    assert (told["met"], told["out"], told["broken"]) == ([], [], [])
    assert told["wide"] <= 0
    assert told["swiped"] <= 0 or width < 800  # only where there is no room for all of them
    assert told["height"] < 130
    assert complaints(browser) == []
