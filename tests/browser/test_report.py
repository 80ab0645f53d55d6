"""The figures as a page in a real browser: landmarks, a headline, numbers at the right, wide and narrow."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from reviewflow.service.reports.figures.drawing import as_page
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.workspace.workspace import Workspace
from tests.service.board.conftest import NOW, demo_database, demo_office

__all__ = ["demo_database", "demo_office"]


def test_the_figures_can_be_read_by_everybody(
    page: Page, axe: Callable[[Page], list[str]], demo_office: Workspace, tmp_path: Path
) -> None:
    place = tmp_path / "report.html"
    place.write_text(as_page(make_report(demo_office, ReportScope(), now=NOW)), encoding="utf-8")
    page.goto(place.as_uri())
    assert (
        page.locator(".headline").inner_text()
        == "5 cases, 1 of 1 clocks in time, 11 of 14 answers of agencies in time."
    )
    assert page.locator("main").count() == 1
    assert "Rapid review" in page.locator("#steps tbody").inner_text()
    assert "rapid_review" not in page.content()
    number = page.locator("#cases tbody td.n").first
    assert number.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (1400, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert axe(page) == [], (scheme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_bars_of_the_figures_are_printed_in_their_colours(
    page: Page, demo_office: Workspace, tmp_path: Path
) -> None:
    """Browsers leave out every background: the numbers of a bar stood beside each other on white paper."""
    place = tmp_path / "report.html"
    place.write_text(as_page(make_report(demo_office, ReportScope(), now=NOW)), encoding="utf-8")
    page.goto(place.as_uri())
    page.emulate_media(media="print")
    for part in (".bar span", ".key i"):
        assert page.locator(part).first.evaluate("part => getComputedStyle(part).printColorAdjust") == "exact"
