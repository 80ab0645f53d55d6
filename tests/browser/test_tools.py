"""The browser tests can fail: a page with faults is found out, and a page that asks another machine too."""

from collections.abc import Callable

from playwright.sync_api import Page

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
