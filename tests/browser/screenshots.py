"""Screenshots for docs/: svod demo --port 8090, then python -m tests.browser.screenshots http://127.0.0.1:8090."""

import base64
import json
import sys
import urllib.request
from pathlib import Path

from tests.browser.conftest import new_driver

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = {"desktop": (1280, 800), "phone": (375, 720)}


def main() -> None:
    url = sys.argv[1].rstrip("/")
    documents = json.load(urllib.request.urlopen(url + "/api/v1/documents?type=agreement"))
    ids = [d["id"] for d in documents][:3]
    pages = {
        "start": "/",
        "nothing": "/?q=расходы И нетакогослова",
        "search": "/?q=отказ в исполнении запроса",
        "document": f"/d/{ids[0]}",
        "repairs": f"/d/{ids[0]}?repairs=1",
        "card": f"/d/{ids[0]}/art_4/card",
        "comparison": "/compare/" + "…".join(ids),
        "library": "/library",
        "help": "/help",
    }
    driver = new_driver()
    for size, (width, height) in SIZES.items():
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        for theme in ("light", "dark"):
            features = [{"name": "prefers-color-scheme", "value": theme}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            for name, path in pages.items():
                driver.get(url + path)
                shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 55})
                (FOLDER / f"{name}-{size}-{theme}.webp").write_bytes(base64.b64decode(shot["data"]))
    driver.quit()


if __name__ == "__main__":
    main()
