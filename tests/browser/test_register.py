"""The register of published reviews in a real browser: for everybody, on a telephone, in the dark and on paper."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page

from reviewflow.service.reports.registers.register_page import register_page
from reviewflow.service.workspace.definition_files import DefinitionFiles
from tests.service.reports.registers.test_register_page import FAMILY_X, OLDER, TODAY

SHIPPED = Path(__file__).parents[2] / "definitions"


def test_the_register_can_be_read_by_everybody(page: Page, axe: Callable[[Page], list[str]], tmp_path: Path) -> None:
    older = replace(
        OLDER, page="the partnership's library, shelf 4", author="", boards=(), briefing="", stays_until=TODAY
    )
    place = tmp_path / "register.html"
    place.write_text(register_page(DefinitionFiles(SHIPPED).partnership, [FAMILY_X, older], TODAY), encoding="utf-8")
    page.goto(place.as_uri())
    assert page.locator("h1").inner_text() == "Published case reviews"
    assert page.get_by_role("row").count() == 3
    assert page.get_by_role("link", name="Read Family X").count() == 1
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (1400, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert axe(page) == [], (scheme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("rowheader").count() == 2
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator("thead").is_visible()
    assert not page.locator(".skip").is_visible()
