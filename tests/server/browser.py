"""A real browser for the tests: pages, accessibility scans and screenshots."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SCHEMES = ("light", "dark")
WIDE, NARROW = (1440, 900), (390, 844)
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--mute-audio",
    "--hide-scrollbars",
]
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_AXE = AXE_FILE_PATH.read_text(encoding="utf-8")


def executable() -> str | None:
    """The Chromium of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that asks nobody for anything."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=_FLAGS)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def visitor(
    browser: Browser,
    site: str,
    *,
    size: tuple[int, int] = WIDE,
    scheme: str = "light",
    scripts: bool = True,
    locale: str = "en-US",
) -> Iterator[BrowserContext]:
    """Someone with a fresh session; the content policy stays in force."""
    width, height = size
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        locale=locale,
        timezone_id="UTC",
    )
    context.set_default_timeout(10_000)
    try:
        yield context
    finally:
        context.close()


def sign_in(page: Page, email: str, password: str) -> None:
    """Through the sign-in page, as a person does."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


def axe(page: Page, within: str | None = None) -> list[str]:
    """What an accessibility scan finds, one line per element; empty where all is well.

    The scanner is evaluated by the debugger, which the page's content policy does not reach.
    """
    page.evaluate(_AXE)
    results: dict[str, Any] = page.evaluate(
        "([within, rules]) => axe.run(within || document, rules)", [within, _RULES]
    )
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for found in results["violations"]
        for node in found["nodes"]
    ]


def faults(page: Page) -> list[str]:
    """What the page complains of from now on: script errors, policy violations, failed requests."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(f"{request.method} {request.url}"))
    return heard


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 where nothing needs sideways scrolling."""
    width: int = page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    return width


def screens(page: Page, name: str, folder: Path | None = None, *, whole: bool = True) -> None:
    """Pictures of the page, wide and narrow, light and dark, where CARDABLE_SCREENS names a folder."""
    given = folder or (Path(os.environ["CARDABLE_SCREENS"]) if "CARDABLE_SCREENS" in os.environ else None)
    if given is None:
        return
    given.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    for scheme in SCHEMES:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width, height in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=given / f"{name}-{width}-{scheme}.png", full_page=whole)
    page.emulate_media(color_scheme="light")
    if size:
        page.set_viewport_size(size)
