"""A list over all cases says of each thing what its whole line says, without working out the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reviewflow.service.views.case_page.due import Shown, due_lines, foreseen_line
from reviewflow.service.views.case_page.listed import Listed
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.workspace.workspace import Workspace

NAMES = Listed._fields


def shown(lines: list[tuple[str, Shown]]) -> list[tuple[str, dict[str, object]]]:
    return [(case, {name: getattr(line, name) for name in NAMES}) for case, line in lines]


@pytest.mark.parametrize("day", ["2026-05-12", "2026-07-01", "2027-01-04"])
def test_a_list_says_what_the_whole_line_says(demo_office: Workspace, day: str) -> None:
    now = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
    whole = due_lines(demo_office, now=now, days=400, line_of=foreseen_line)
    listed = due_lines(demo_office, now=now, days=400)
    assert shown(listed) == shown(whole)
    assert {type(line) for _, line in whole} == {Line}
    assert Listed in {type(line) for _, line in listed}
