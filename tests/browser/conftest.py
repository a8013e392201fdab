"""A real Chromium before a real server."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from corpus.errors import LibraryUnavailableError
from corpus.library import Library
from corpus.local.library import LocalLibrary
from search_api.http.app import create_app
from search_api.service import logs
from search_api.service.settings import Settings

logs.configure()
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


@dataclass
class Served:
    """A running service; `down` makes its engine unreachable."""

    folder: Path
    down: bool = False
    url: str = ""
    _open: list[Library] = field(default_factory=list)

    def library(self) -> Library:
        if self.down:
            raise LibraryUnavailableError("Хранилище не отвечает. Проверьте, запущено ли оно.")
        self._open.append(LocalLibrary(self.folder))
        return self._open[-1]

    def fall(self) -> None:
        """Take the engine away."""
        self.down = True
        self.app.state.shelf.close()

    def rise(self) -> None:
        """Bring it back."""
        self.down = False

    def start(self) -> None:
        self.app = create_app(self.library, Settings())
        self.server = uvicorn.Server(uvicorn.Config(self.app, port=0, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        self.url = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service over an empty library of this module's own."""
    service = Served(tmp_path_factory.mktemp("served") / "library")
    service.start()
    yield service
    service.stop()


def new_driver() -> webdriver.Chrome:
    if not (CHROMIUM and DRIVER):
        if os.environ.get("CI"):
            pytest.fail("chromium and chromium-driver are not installed")
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1280,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    driver = new_driver()
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome, served: Served) -> webdriver.Chrome:
    """Chromium in its usual size, allowed to write to the clipboard of the service's pages."""
    chromium.delete_all_cookies()
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    chromium.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    chromium.execute_cdp_cmd("Browser.grantPermissions", {"origin": served.url, "permissions": permissions})
    chromium.get_log("browser")
    return chromium
