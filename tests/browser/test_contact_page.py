"""A parent answers in a real browser: without script, on a telephone, by keyboard; the page passes axe."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reviewflow.cli.server.ports import free_port
from tests.browser.answer_pages import served
from tests.web.letters import Post, item
from tests.web.test_contacts import CASE, post, released

__all__ = ["post"]

PICTURES = os.environ.get("PICTURES", "")
"""Where pictures are kept, for whoever wants to look at them."""


def opens(page: Page, post: Post) -> None:
    page.goto(post.url + released(post))
    expect(page.get_by_role("heading", level=1)).to_have_text("How you would like to take part")


@pytest.fixture
def at_home(post: Post) -> Post:
    post.url = f"http://127.0.0.1:{free_port()}"
    return post


def test_a_parent_answers_without_script_on_a_telephone(browser: Browser, at_home: Post) -> None:
    with (
        served(at_home.app, int(at_home.url.rpartition(":")[2])),
        browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(20_000)
        opens(page, at_home)
        assert page.locator("body").evaluate("body => body.scrollWidth") <= 320
        keep(page, "contact-320")
        page.get_by_label("Yes").check()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_text("There is one more question")).to_be_visible()
        expect(page.get_by_label("Yes")).to_be_checked()
        keep(page, "contact-one-more")
        page.get_by_label("By telephone").check()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, we have your answer")
        keep(page, "contact-thanks")
    assert item(at_home, CASE, "wishes").status == "done"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_and_its_mistakes_pass_axe(
    page: Page, at_home: Post, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    with served(at_home.app, int(at_home.url.rpartition(":")[2])):
        opens(page, at_home)
        keep(page, f"contact-{scheme}")
        assert axe(page) == []
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        page.get_by_role("link", name="Answer “Would you like to talk with us?”").click()
        assert axe(page) == []
        keep(page, f"contact-wrong-{scheme}")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
