"""A real browser for the tests: pages, accessibility scans and screenshots."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

if TYPE_CHECKING:
    from cardable.server.organizations.models import Member

SCHEMES = ("light", "dark")
WIDE, NARROW, NARROWEST = (1440, 900), (390, 844), (320, 640)
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
    # Costs more than all others together; see contrast.js.
    "rules": {"color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
_AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
_CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
_passed_looks: set[str] = set()
"""Colours, sizes and grounds of texts whose contrast was found well, on any page."""


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
    member: "Member | None" = None,
) -> Iterator[BrowserContext]:
    """Someone with a fresh session, or a member who is signed in; the content policy stays in force."""
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
    if member:
        _let_in(context, site, member)
    try:
        yield context
    finally:
        context.close()


def _let_in(context: BrowserContext, site: str, member: "Member") -> None:
    """As if the member came in through the sign-in page a moment ago."""
    from tests.server.conftest import client_of

    for name, cookie in client_of(member).cookies.items():
        context.add_cookies([{"name": name, "value": cookie.value, "url": site}])


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
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    violations: list[dict[str, Any]] = page.evaluate(
        "async ([within, rules]) => (await axe.run(within || document, rules)).violations", [within, _RULES]
    )
    return _lines(violations) + _contrast(page, within)


def _contrast(page: Page, within: str | None = None) -> list[str]:
    """What the scan finds of contrast, in texts that look like none that was found well before."""
    violations, looks = page.evaluate(_CONTRAST, [within, sorted(_passed_looks)])
    _passed_looks.update(looks)
    return _lines(violations)


def _lines(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for found in violations
        for node in found["nodes"]
    ]


def is_well(page: Page, name: str) -> None:
    """The page fits its window at all widths, and the scan finds nothing, wide and narrow, light and dark.

    It is scanned whole, wide in light and narrow in dark; for its contrast, also the other way round.
    """
    page.wait_for_load_state()
    screens(page, name)
    _fits(page, WIDE, name)
    _paint(page, "light")
    assert axe(page) == [], (name, WIDE, "light")
    _paint(page, "dark")
    assert _contrast(page) == [], (name, WIDE, "dark")
    _fits(page, NARROWEST, name)
    assert axe(page) == [], (name, NARROWEST, "dark")
    _paint(page, "light")
    assert _contrast(page) == [], (name, NARROWEST, "light")
    _fits(page, NARROW, name)
    _resize(page, WIDE)


def _fits(page: Page, size: tuple[int, int], name: str) -> None:
    _resize(page, size)
    assert sideways(page) == 0, (name, size)


def _resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _paint(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


def faults(page: Page) -> list[str]:
    """What the page complains of from now on: script errors, policy violations, failed requests."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: None if _was_left(request) else heard.append(_told(request)))
    return heard


def _was_left(request: Request) -> bool:
    """Whether the browser broke it off itself, as the next page was on its way."""
    return request.failure == "net::ERR_ABORTED"


def _told(request: Request) -> str:
    return f"{request.method} {request.url}: {request.failure}"


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
        _paint(page, scheme)
        for shot in (WIDE, NARROW):
            _resize(page, shot)
            page.screenshot(path=given / f"{name}-{shot[0]}-{scheme}.png", full_page=whole)
    _paint(page, "light")
    if size:
        page.set_viewport_size(size)
