"""Registers and figures on the screen."""

from datetime import date

import pytest

from reviewflow.case.rules.action_colours import ActionState, Colour
from reviewflow.cli.tables.figures import plan_words, sheet_page
from reviewflow.service.reports.figures.drawing import Report
from reviewflow.service.reports.registers.action_lines import ActionLine
from reviewflow.service.reports.sheets import Sheet

SHEET = Sheet("reviews", "Reviews", "Where each stands.", ("Case",), (("RR-2026-001",),))


def action(plan: str, colour: Colour, follows: str = "") -> ActionLine:
    nothing = dict.fromkeys(ActionLine.__dataclass_fields__, "")
    known = {"case": plan, "follows": follows, "rag": colour, "state": ActionState.OPEN, "due": date(2026, 5, 5)}
    return ActionLine(**{**nothing, **known})  # type: ignore[arg-type]


def test_what_has_one_sheet_alone_is_headed_once(capsys: pytest.CaptureFixture[str]) -> None:
    sheet_page(Report("Reviews", "Where each stands.", (SHEET,)))
    assert capsys.readouterr().out.split() == ["Reviews", "Where", "each", "stands.", "Case", "RR-2026-001"]
    sheet_page(Report("All", "All of it.", (SHEET,)))
    assert "Reviews\nWhere each stands.\n" in capsys.readouterr().out


def test_each_plan_is_told_with_its_colours_the_worst_first() -> None:
    lines = [
        action("AP-2026-001", Colour.GREEN, "RR-2026-001"),
        action("AP-2026-001", Colour.RED, "RR-2026-001"),
        action("AP-2026-001", Colour.GREEN, "RR-2026-001"),
        action("AP-2026-002", Colour.NONE),
    ]
    assert list(plan_words(lines)) == [
        "AP-2026-001, from RR-2026-001: 3 actions, 1 red, 2 green",
        "AP-2026-002: 1 action",
    ]
