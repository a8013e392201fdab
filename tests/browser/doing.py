"""What a person does in the browser."""

from collections.abc import Callable
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 40


def wait(browser: webdriver.Chrome, until: Callable[[webdriver.Chrome], Any]) -> Any:
    """Wait until something is so, and return it."""
    return WebDriverWait(browser, PATIENCE, 0.05, ignored_exceptions=[Exception]).until(until)


def one(browser: webdriver.Chrome, selector: str) -> WebElement:
    """Wait for an element."""
    return wait(browser, lambda b: b.find_element(By.CSS_SELECTOR, selector))


def every(browser: webdriver.Chrome, selector: str) -> list[WebElement]:
    """Return the elements there are."""
    return browser.find_elements(By.CSS_SELECTOR, selector)


def keys(browser: webdriver.Chrome, *pressed: str) -> None:
    """Press keys wherever the focus is."""
    for key in pressed:
        ActionChains(browser).send_keys(key).perform()


def says(browser: webdriver.Chrome, selector: str, words: str) -> WebElement:
    """Wait until an element says something."""
    return wait(browser, lambda b: next(e for e in every(b, selector) if words in e.text))


def clipboard(browser: webdriver.Chrome) -> str:
    """Read the clipboard."""
    return browser.execute_async_script(
        "navigator.clipboard.readText().then(arguments[0], e => arguments[0]('! ' + e))"
    )


def complaints(browser: webdriver.Chrome) -> list[str]:
    """Return what the browser's console says, answers with an error status apart."""
    return [
        x["message"] for x in browser.get_log("browser") if x["level"] == "SEVERE" and "status of" not in x["message"]
    ]
