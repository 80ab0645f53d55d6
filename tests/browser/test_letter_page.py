"""A letter as its reader's mail program shows it: on a narrow screen, in the dark, by a screen reader."""

from collections.abc import Callable

from playwright.sync_api import Page

from notifications.letters.page import as_page
from tests.notifications.letters.test_page import LETTER, OFFICE, PAGES


def test_a_letter_reads_well_everywhere(page: Page, axe: Callable[[Page], list[str]]) -> None:
    for width, scheme in ((1280, "light"), (320, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 640})
        page.emulate_media(color_scheme=scheme)
        page.set_content(as_page(LETTER, OFFICE, PAGES))
        assert axe(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (width, scheme)
