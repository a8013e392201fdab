"""Screenshots for docs/ and the lawyer's guide: python -m tests.browser.screenshots [page …]."""

import base64
import sys
import tempfile
from pathlib import Path

from corpus.library import Origin
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from search_api.service.samples import sample_files
from tests.browser.conftest import Served, new_driver

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
THEMES = ("light", "dark")
PAGES = {
    "start": "/",
    "empty": "/",
    "nothing": "/?q=расходы И нетакогослова",
    "search": "/?q=отказ в исполнении запроса",
    "document": "/d/{0}",
    "repairs": "/d/{0}?repairs=1",
    "card": "/d/{0}/art_4/card",
    "comparison": "/compare/{0}…{1}…{2}",
    "library": "/library",
    "help": "/help",
}
"""The pages; «empty» is of a library without documents."""


def samples(folder: Path) -> list[str]:
    """Fill a library with the samples, each put on a day of its own; return the ids of three agreements."""
    library = LocalLibrary(folder)
    for day, file in enumerate(sample_files(), 1):
        library.put(parse_bytes(file.read_bytes(), file.name), origin=Origin("Анна", f"2026-11-{day:02}T10:00:00Z"))
    ids = [d.id for d in library.documents() if d.type == "agreement"][:3]
    library.close()
    return ids


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    ids = samples(folder / "samples")
    full, empty = Served(folder / "samples"), Served(folder / "empty")
    full.start()
    empty.start()
    driver = new_driver()
    for size, (width, height) in SIZES.items():
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        for theme in THEMES:
            features = [{"name": "prefers-color-scheme", "value": theme}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            for name in sys.argv[1:] or PAGES:
                driver.get((empty if name == "empty" else full).url + PAGES[name].format(*ids))
                shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 55})
                (FOLDER / f"{name}-{size}-{theme}.webp").write_bytes(base64.b64decode(shot["data"]))
    driver.quit()
    full.stop()
    empty.stop()


if __name__ == "__main__":
    main()
