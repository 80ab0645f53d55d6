"""The browser tests can fail: a page with faults is found out, and a page that asks another machine too."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
import pytest
from playwright.sync_api import Error, Page

from tests.browser.chromium import SWITCHED_OFF
from tests.browser.page_failures import failures_of

SOUND = '<html lang="en"><title>A page</title><main><h1>A page</h1><p>Words.</p></main></html>'


def test_axe_finds_nothing_on_a_sound_page(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content(SOUND)
    assert axe(page) == []


def test_axe_names_what_is_wrong(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content(SOUND.replace("<p>Words.</p>", '<img src="/x.png"><p style="color: #ccc">Words.</p>'))
    assert {line.partition(":")[0] for line in axe(page)} == {"critical", "serious"}


def test_what_a_page_asks_of_another_machine_stays_here_and_is_told(page: Page, strangers: list[str]) -> None:
    page.set_content(SOUND.replace("Words.", '<img alt="" src="http://elsewhere.example/x.png">'))
    assert strangers == ["http://elsewhere.example/x.png"]
    strangers.clear()


def test_no_page_reaches_another_machine(page: Page, strangers: list[str]) -> None:
    """Not even one that has an address for a name."""
    for address in ("http://elsewhere.example/", "http://192.0.2.1/", "https://[2001:db8::1]/"):
        with pytest.raises(Error, match="ERR_PROXY_CONNECTION_FAILED"):
            page.goto(address)
    assert len(strangers) == 3
    strangers.clear()


def test_what_a_page_forbids_itself_was_not_asked(page: Page, strangers: list[str]) -> None:
    forbids = """<meta http-equiv="Content-Security-Policy" content="img-src 'self'">"""
    asking = SOUND.replace("Words.", '<img alt="" src="http://elsewhere.example/x.png">')
    page.set_content(asking.replace("<title>", f"{forbids}<title>"))
    page.wait_for_load_state("networkidle")
    assert strangers == []


def test_what_playwright_switches_off_stays_so(page: Page) -> None:
    """Of two lists Chromium heeds the last alone, which is ours."""
    started = [list(_words(process)) for process in psutil.Process().children(recursive=True)]
    lists = [[word for word in words if word.startswith(SWITCHED_OFF)] for words in started if "--headless" in words]
    theirs, ours = next(
        [{*word.removeprefix(SWITCHED_OFF).split(",")} for word in words] for words in lists if len(words) > 1
    )
    assert theirs - ours == set()


def _words(process: psutil.Process) -> Iterator[str]:
    """What a program was started with; nothing of one that has ended meanwhile, as others do beside the browser."""
    with suppress(psutil.NoSuchProcess):
        yield from process.cmdline()


def test_what_fails_in_a_page_is_heard_but_for_a_drawing_that_was_taken_down(page: Page) -> None:
    failed = failures_of(page)
    with page.expect_event("pageerror", predicate=lambda error: "'day'" in str(error)):
        page.evaluate("for (const key of ['_parentID', 'day']) setTimeout(() => { const gone = null; gone[key] = 1 })")
    assert failed == ["Cannot set properties of null (setting 'day')"]
