"""The board in a real browser: in light and dark, wide and narrow, without a script, by keyboard, on paper."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reviewflow.service.board.pages.writing import write_board
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.board.conftest import DEFINITIONS, NOW, demo_database

__all__ = ["demo_database"]

PAGES = (
    *("index", "cases", "agencies", "actions", "year", "health"),
    *("case/RR-2026-003", "case/CSPR-2026-001", "case/LE-2026-001"),
)
WIDTHS = (1400, 800, 320)


@pytest.fixture(scope="module")
def folder(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("pages")
    shutil.copy(demo_database, place / "reviewflow.db")
    store = open_store(f"sqlite:///{place / 'reviewflow.db'}")
    write_board(Workspace(store, DEFINITIONS, papers=demo_database.parent / "documents"), place, {}, now=NOW)
    yield place
    store.close()


def address(folder: Path, name: str) -> str:
    return (folder / f"{name}.html").as_uri()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_can_be_read_by_everybody(
    page: Page, axe: Callable[[Page], list[str]], folder: Path, name: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address(folder, name))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert axe(page) == [], (scheme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (scheme, width)
    assert said == []


def test_no_script_is_needed_and_none_would_run(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(folder, "index"))
    assert page.locator("h1").inner_text().startswith("Seven things are late.")
    assert page.locator("script").count() == 0
    context.close()


def test_the_ten_questions_are_answered_without_a_search(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index"))
    first = page.locator("#late tbody tr").first
    assert "7 working days" in first.inner_text()  # what is late, by how much
    assert "Northmoor Hospitals Trust" in first.inner_text()  # who holds it
    assert page.locator("#due dt").count() == 6  # what falls due this week
    assert page.locator("#clocks tbody tr").count() == 5  # will each clock be met
    assert "Publication waits for a court" in page.locator("#holds").inner_text()  # what is on hold
    page.get_by_role("link", name="Agencies", exact=True).click()
    page.get_by_role("link", name="messages to Northmoor Police").click()
    police = page.locator("#sent-police")
    police.locator("table").wait_for(state="visible")  # the link opens what is folded away
    assert police.locator("tbody tr").count() == 15  # what was sent to the police
    page.get_by_role("link", name="Actions", exact=True).click()
    assert page.locator("h1").inner_text() == "No action is agreed."  # how the action plans stand
    page.get_by_role("link", name="The year", exact=True).click()
    assert "Cases opened" in page.locator("main").inner_text()  # how many this year, how timely


def test_the_keyboard_is_enough(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#late"
    page.locator("#late a").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/CSPR-2026-001.html")
    page.get_by_role("link", name="Today").press("Enter")
    page.wait_for_url("**/index.html")


def test_tables_fold_into_lists_and_drawings_into_words_when_there_is_no_room(page: Page, folder: Path) -> None:
    page.goto(address(folder, "case/RR-2026-003"))
    page.set_viewport_size({"width": 320, "height": 900})
    drawing = page.locator("svg", has=page.locator("#pt")).first
    assert not drawing.is_visible()
    words = page.locator("div.words table")
    assert words.is_visible()
    assert "Gathering" in words.inner_text()
    page.set_viewport_size({"width": 1400, "height": 900})
    assert drawing.is_visible()
    assert not words.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_what_is_folded_has_all_of_the_room(page: Page, folder: Path, name: str) -> None:
    """The widths of columns held where there were none: a forecast stood in a third of a telephone's screen."""
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(address(folder, name))
    narrow = "cells => cells.filter(cell => cell.offsetWidth && cell.offsetWidth < cell.parentElement.clientWidth)"
    cells = page.locator("table.stack tbody td, table.stack tbody th")
    assert cells.evaluate_all(f"{narrow}.map(cell => cell.textContent)") == []


def test_where_nothing_waits_one_sentence_says_so(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index"))
    for heading in page.locator("section h2").all():
        assert "none" not in heading.inner_text()
    assert page.locator("#quiet").inner_text() == "No decision is awaited and no reason is owed."


def test_on_paper_the_menu_is_gone_and_what_is_late_is_there(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index"))
    page.emulate_media(media="print")
    assert not page.locator("nav.main").is_visible()
    assert page.locator("#late tbody tr").count() == 7
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_on_paper_nothing_that_decides_stays_folded_and_no_box_is_empty(page: Page, folder: Path) -> None:
    """More than a screen holds is folded; on paper it was left out without a word."""
    page.goto(address(folder, "index"))
    page.set_viewport_size({"width": 1100, "height": 900})
    fold = page.locator("details.more").first
    assert fold.evaluate("fold => fold.clientHeight") < 60
    page.emulate_media(media="print")
    assert fold.evaluate("fold => fold.clientHeight") > 60
    page.goto(address(folder, "agencies"))
    boxes = page.locator("section.folded")
    assert [box.is_visible() for box in boxes.all()] == [True, *[False] * (boxes.count() - 1)]


def test_the_bars_of_the_board_and_their_colours_are_printed(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index"))
    page.emulate_media(media="print")
    assert page.locator("svg").first.evaluate("drawing => getComputedStyle(drawing).printColorAdjust") == "exact"
