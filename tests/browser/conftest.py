"""A real browser: Chromium as the system has it, which may ask this machine and no other."""

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.browser.chromium import arguments

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = {"127.0.0.1", "localhost", "", None}
JUDGED = "axe.run(document, {resultTypes: ['violations']}).then(results => results.violations)"
"""Of rules that a page keeps nobody reads where it does."""
PATIENCE = 20_000
"""In milliseconds, for each thing that a test waits for."""


@pytest.fixture(scope="session")
def nobody() -> Iterator[str]:
    """An address of this machine at which nobody answers: where a browser finds all that is not on this machine."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture(scope="module")  # while it lives, its event loop runs in this thread, and no other can
def browser(nobody: str) -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine; on Debian and Ubuntu: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments(nobody))
        yield chromium
        chromium.close()


@pytest.fixture
def strangers() -> list[str]:
    """The addresses on other machines that pages asked for; none was let out."""
    return []


@pytest.fixture
def context(browser: Browser, strangers: list[str]) -> Iterator[BrowserContext]:
    """A browser that nobody has used yet. A test fails when one of its pages asks another machine for anything.

    No request is held up to be judged: the browser would keep nothing, and load the whole of Prefect for each page.
    """

    def note(request: Request) -> None:
        if urlsplit(request.url).hostname not in HERE:
            strangers.append(request.url)

    def take_back(request: Request) -> None:
        """What the page's own policy forbade was not asked."""
        if "csp" in (request.failure or "").lower() and request.url in strangers:
            strangers.remove(request.url)

    fresh = browser.new_context(reduced_motion="reduce")
    fresh.set_default_timeout(PATIENCE)
    fresh.on("request", note)
    fresh.on("requestfailed", take_back)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, strangers: list[str]) -> Iterator[Page]:
    yield context.new_page()
    assert not strangers, f"pages asked other machines: {strangers}"


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Every way in which the page falls short of WCAG 2.2 AA, as axe sees it, with where."""
    import axe_playwright_python

    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

    def judged(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):  # a page is judged in several shapes
            page.evaluate(script)  # so it also runs where a page forbids scripts
        violations = page.evaluate(JUDGED)
        return [
            f"{rule['impact']}: {rule['help']}: {', '.join(str(node['target']) for node in rule['nodes'])}"
            for rule in violations
        ]

    return judged
