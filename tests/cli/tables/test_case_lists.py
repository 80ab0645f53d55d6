"""A list of cases in the terminal."""

from datetime import date

import pytest

from reviewflow.case.rules.forecast import Verdict
from reviewflow.cli.tables.case_lists import cases_table
from reviewflow.service.views.case_glances import CaseGlance, NextLimit

TODAY, YESTERDAY = date(2026, 11, 4), date(2026, 11, 3)


def case(number: int, verdict: Verdict | None, foreseen_on: date | None) -> CaseGlance:
    limit = NextLimit("submission", date(2026, 11, 16), "8 working days left", verdict, foreseen_on)
    return CaseGlance(f"RR-2026-{number:03d}", "Rapid review", "open", 0, 2, limit)


def lines_of(capsys: pytest.CaptureFixture[str], *cases: CaseGlance) -> list[str]:
    cases_table(cases, TODAY)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_a_word_of_today_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _, line = lines_of(capsys, case(1, Verdict.TIGHT, TODAY))
    assert line.endswith("8 working days left (tight)")


def test_a_word_of_an_earlier_day_says_that_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    _, line, below = lines_of(capsys, case(1, Verdict.TIGHT, YESTERDAY))
    assert line.endswith("8 working days left (was tight)")
    assert below.startswith("What a limit was is as of Tue 3 Nov 2026, when a sweep foresaw it")


def test_how_many_are_not_foreseen_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    _, *lines, below = lines_of(capsys, case(1, None, TODAY), case(2, None, None), case(3, None, None))
    assert all(line.endswith("8 working days left") for line in lines)
    assert (
        below == "Whether 2 limits will be met is not foreseen yet: reviewflow sweep does it, or reviewflow show CASE."
    )
