"""The timetable of every shipped process, opened before Christmas and before Easter.

Rewrite with: pytest tests/service/rehearsal --update-golden
"""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reviewflow.case.model.state import CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.cli.definitions.rehearsal.timetable import timetable_page
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Played, Setting
from reviewflow.service.rehearsal.preview.markdown import as_markdown
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.rehearsal.timetables.timetable import Timetable, timetable
from tests.shipped import FILES as SHIPPED

GOLDEN = Path(__file__).parents[1] / "golden"
OPENED = {"christmas": date(2026, 12, 18), "easter": date(2027, 3, 19)}
CASES = [(process, when) for process in sorted(SHIPPED.processes()) for when in OPENED]
AGENCIES = ("police", "education", "hospital_trust")


@cache
def played(process: str, opened: date, *, shortest: bool = False) -> Played:
    """A rehearsal with three agencies; that of before Easter serves the tests of readers too."""
    plan = Plan(SHIPPED.definition(process))
    agencies = AGENCIES if plan.definition.process.opening.agencies else ()
    dates = dict.fromkeys(plan.definition.process.opening.dates, opened)
    setting = Setting(plan, SHIPPED.partnership, SHIPPED.calendars)
    told = scenario(plan, SHIPPED.partnership, dates=dates, agencies=agencies, today=opened)
    return rehearse(setting, replace(told, shortest=shortest))


@cache
def shown(process: str, when: str) -> Timetable:
    """The timetable of that rehearsal: it is written to a page, and to the screen."""
    return timetable(played(process, OPENED[when]))


def late(planned: Timetable) -> list[str]:
    return [row.title for row in planned.rows if row.due and row.done and row.done > row.due]


@pytest.mark.slow
@pytest.mark.parametrize(("process", "when"), CASES, ids=lambda each: each, scope="module")
def test_timetable(process: str, when: str, *, update_golden: bool) -> None:
    """Whoever is always on time misses no limit, and nothing is late."""
    rehearsed = played(process, OPENED[when])
    assert rehearsed.case.status is not CaseStatus.OPEN
    planned = shown(process, when)
    assert (planned.missed, late(planned)) == ((), [])
    golden, page = GOLDEN / f"{process}_{when}.md", as_markdown(planned)
    if update_golden:
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("process", "when"), CASES, ids=lambda each: each, scope="module")
def test_nothing_is_late_on_the_shortest_way_either(process: str, when: str) -> None:
    """`preview --shortest`, with everybody on time."""
    rehearsed = played(process, OPENED[when], shortest=True)
    assert rehearsed.case.status is not CaseStatus.OPEN
    planned = timetable(rehearsed)
    assert (planned.missed, late(planned)) == ((), [])


@pytest.mark.slow
@pytest.mark.parametrize("process", sorted(SHIPPED.processes()))
def test_whoever_is_on_time_misses_no_limit_from_november_either(process: str) -> None:
    """Opened in the middle of November both Christmas and Easter lie before the end of six months."""
    planned = timetable(played(process, date(2026, 11, 16)))
    assert (planned.missed, late(planned)) == ((), [])


@pytest.mark.slow
@pytest.mark.parametrize(("process", "when"), CASES, ids=lambda each: each, scope="module")
def test_on_the_screen_no_word_is_broken(process: str, when: str, capsys: pytest.CaptureFixture[str]) -> None:
    planned = shown(process, when)
    timetable_page(planned)
    page = capsys.readouterr().out
    assert max(map(len, page.splitlines())) == 80
    letters = (*planned.chases, *planned.would_follow)
    cells = [cell for row in planned.rows for cell in (row.title, row.who, row.rule, row.note)]
    cells += [cell for letter in letters for cell in (letter.title, letter.message, letter.whom)]
    words = {word for cell in cells for word in cell.split()}
    assert {word for word in words if word not in page} == set()


def test_no_timetable_is_left_behind() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {"_".join(case) for case in CASES}
