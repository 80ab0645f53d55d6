"""A real browser: Chromium as the system has it, which may ask this machine and no other."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = {"127.0.0.1", "localhost", ""}
PATIENCE = 20_000
"""In milliseconds, for each thing that a test waits for."""


@pytest.fixture(scope="module")  # while it lives, its event loop runs in this thread, and no other can
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine; on Debian and Ubuntu: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def strangers() -> list[str]:
    """The addresses on other machines that pages asked for; none was let out."""
    return []


@pytest.fixture
def context(browser: Browser, strangers: list[str]) -> Iterator[BrowserContext]:
    """A browser that nobody has used yet. A test fails when one of its pages asks another machine for anything."""

    def judge(route: Route) -> None:
        address = urlsplit(route.request.url)
        if (address.hostname or "") in HERE:
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    fresh = browser.new_context(reduced_motion="reduce")
    fresh.set_default_timeout(PATIENCE)
    fresh.route("**/*", judge)
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
        page.evaluate(script)  # so it also runs where a page forbids scripts
        violations = page.evaluate("axe.run(document).then(results => results.violations)")
        return [
            f"{rule['impact']}: {rule['help']}: {', '.join(str(node['target']) for node in rule['nodes'])}"
            for rule in violations
        ]

    return judged
