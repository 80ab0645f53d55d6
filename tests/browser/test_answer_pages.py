"""A person answers a letter in a real browser: by keyboard, without script, on a narrow screen."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reviewflow.cli.server import demo_cases
from reviewflow.cli.server.ports import free_port
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.browser.answer_pages import served
from tests.service.builders import at, opened
from tests.web.letters import ITEM, Post, asked, item
from tests.web.test_conditional_questions import with_why

SHIPPED = Path(__file__).parents[2] / "definitions"
NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
CASE, RETURN = "RR-2026-001", "agency_return/hospital_trust"
HOSPITAL = "safeguarding.children@northmoor-hospitals.example.org"


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    """The shipped rapid review in its second week: the hospital trust is asked for its return."""
    store = open_store(sqlite_url)
    store.migrate()
    post = Post(Workspace(store, SHIPPED), tmp_path / "letters", NOW, url=f"http://127.0.0.1:{free_port()}")
    demo_cases._rapid_review(post.workspace, *demo_cases.RAPID_REVIEWS[1], now=NOW)
    with served(post.app, int(post.url.rpartition(":")[2])):
        yield post
    store.close()


@pytest.fixture
def address(post: Post) -> str:
    return post.url + asked(post, HOSPITAL)


def tab_to(page: Page, control: Locator) -> None:
    """Go on by the tab key until this has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if control.evaluate("control => control === document.activeElement"):
            return
    pytest.fail("it cannot be reached by the tab key")


def test_a_return_is_sent_by_keyboard_alone_and_without_script(browser: Browser, post: Post, address: str) -> None:
    with browser.new_context(java_script_enabled=False, reduced_motion="reduce") as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        tab_to(page, page.get_by_role("link", name="Skip to main content"))
        for part, typed in (("Day", "15"), ("Month", "5"), ("Year", "2026")):
            tab_to(page, page.get_by_label(part, exact=True).first)
            page.keyboard.type(typed)
        tab_to(page, page.get_by_role("radio", name="A summary and a chronology"))
        page.keyboard.press("Space")
        tab_to(page, page.get_by_role("checkbox", name="All records have been searched"))
        page.keyboard.press("Space")
        tab_to(page, page.get_by_role("radio", name="No", exact=True))
        page.keyboard.press("Space")
        tab_to(page, page.get_by_role("button", name="Send this answer"))
        page.keyboard.press("Enter")
        expect(page).to_have_title(re.compile("^Error: "))
        tab_to(page, page.get_by_role("link", name="Confirm “A senior safeguarding lead"))
        page.keyboard.press("Enter")
        assert item(post, CASE, RETURN).status == "open"
        expect(page.get_by_label("Day", exact=True).first).to_have_value("15")
        tab_to(page, page.get_by_role("checkbox", name="A senior safeguarding lead"))
        page.keyboard.press("Space")
        tab_to(page, page.get_by_role("button", name="Send this answer"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you, this is answered")
    assert item(post, CASE, RETURN).status == "done"


def test_the_page_holds_on_every_screen_and_asks_no_other_host(
    page: Page, address: str, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(address)
    assert axe(page) == []
    page.get_by_text("We need more time").click()
    page.get_by_text("This is not for us").click()
    page.get_by_role("button", name="Ask for more time").click()
    page.goto(address)
    page.get_by_role("button", name="Send this answer").click()
    for width, scheme in ((1280, "light"), (320, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 640})
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (width, scheme)
    assert page.get_by_role("link", name="Answer “What is the answer?”").get_attribute("href") == "#f.answer"


def test_what_else_can_be_told_and_what_ended(
    page: Page, post: Post, address: str, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(address)
    page.get_by_text("We have it and are working on it").click()
    page.get_by_role("button", name="Say that you are working on it").click()
    expect(page.get_by_role("region", name="Recorded")).to_contain_text("working on it")
    assert axe(page) == []
    page.get_by_text("We need more time").click()
    page.get_by_role("group", name="Until which day?").get_by_label("Day").fill("20")
    page.get_by_role("group", name="Until which day?").get_by_label("Month").fill("5")
    page.get_by_role("group", name="Until which day?").get_by_label("Year").fill("2026")
    page.get_by_label("Why? One line").fill("The author is on leave")
    page.get_by_role("button", name="Ask for more time").click()
    expect(page.get_by_role("region", name="Recorded")).to_contain_text("You asked for more time")
    page.get_by_text("Ask the office a question").click()
    page.get_by_label("Your question").fill("Which year is meant?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("region", name="Recorded")).to_contain_text("We have your question")
    page.get_by_text("This is not for us").click()
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_role("link", name="Choose who should have it")).to_be_visible()
    page.get_by_role("radio", name="Northmoor Hospitals Trust (deputy)").check()
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_role("region", name="Recorded")).to_contain_text("who should have it")
    assert item(post, CASE, RETURN).to_decide == "wrong_person"
    page.goto(f"{address[:-3]}000")
    expect(page.get_by_role("heading", level=1)).to_have_text("This address opens nothing")
    assert axe(page) == []
    post.now += timedelta(days=91)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This address opens nothing")


def test_a_question_that_another_answer_leads_to_comes_without_script(
    browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    office = Workspace(store, with_why(tmp_path / "definitions"))
    post = Post(office, tmp_path / "letters", at(5), url=f"http://127.0.0.1:{free_port()}")
    case = opened(office)
    post.deliver()
    post.now = at(12)
    with (
        served(post.app, int(post.url.rpartition(":")[2])),
        browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(post.url + asked(post))
        why, send = page.get_by_label("Why is nothing known"), page.get_by_role("button", name="Send this answer")
        expect(why).to_have_count(0)
        page.get_by_role("radio", name="Nothing is known").check()
        page.get_by_role("checkbox", name="A senior manager").check()
        send.click()
        expect(page.get_by_role("region", name="One step more")).to_be_visible()
        expect(page.get_by_role("radio", name="Nothing is known")).to_be_checked()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        why.fill("Nobody of that age was seen")
        send.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you, this is answered")
        assert item(post, case, ITEM).status == "done"
    store.close()
