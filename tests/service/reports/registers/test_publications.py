"""Publication as the shipped practice review has it: what comes first, what moves with its day, and the register."""

from datetime import date, datetime

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Status
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.reports.registers.publications import publications
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.views.case_page.due import due_lines
from reviewflow.service.views.history import warnings
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import done, on

GROUP = {"what_to_publish", "publication_checks", "family_reads", "send_copy", "communications", "publish"}


def given(office: Workspace, case: Case, step: str, **said: object) -> dict[str, object]:
    """Sound answers: every box ticked, first options taken."""
    by_type: dict[str, object] = {"confirm": "yes", "yes_no": "yes", "reference": "SharePoint 7", "number": "1"}
    form = office.plan(case.definition).form(step)
    answers = {
        name: by_type.get(asked.type, next(iter(asked.options), None)) for name, asked in form.items() if asked.required
    }
    return {**answers, **said}


@pytest.fixture
def review(office: Workspace) -> str:
    """A practice review of which all that comes before publication is behind us."""
    asked = office.definition("cspr").process.opening.dates
    opening = c.Open(dict.fromkeys(asked, date(2026, 1, 5)), ("police",))
    reference = open_case(office, "cspr", opening, by="tester", now=on(1, 5)).case.reference
    carry_out(office, reference, c.SetDate("publication", date(2026, 7, 6), "agreed"), by="tester", now=on(1, 5))
    for _ in range(60):
        run_automatic_steps(office, now=on(6, 1))
        case = current(office, reference)
        plan = office.plan(case.definition)
        owed = [item for item, held in case.items.items() if held.status is Status.OPEN and item in plan.steps]
        owed = [item for item in owed if plan.steps[item].owner and item not in GROUP]
        many = [item for item, held in case.items.items() if held.status is Status.OPEN and "/" in item]
        if not owed and not many:
            break
        for item in owed + many:
            if current(office, reference).items[item].status is Status.OPEN:
                _skip(office, reference, item)
    return reference


def _skip(office: Workspace, reference: str, item: str) -> None:
    try:
        carry_out(office, reference, c.Skip(item, "for this test"), by="tester", now=on(6, 1))
    except Refused:
        return


def answer(office: Workspace, reference: str, step: str, now: datetime, **said: object) -> None:
    done(office, reference, step, now, **given(office, current(office, reference), step, **said))


def test_the_days_before_publication_move_with_it(office: Workspace, review: str) -> None:
    before = {
        item: current(office, review).items[item].due for item in ("what_to_publish", "publication_checks", "copy")
    }
    assert before["copy"] == date(2026, 6, 25)
    carry_out(office, review, c.SetDate("publication", date(2026, 7, 20), "a verdict"), by="t", now=on(6, 2))
    after = {item: current(office, review).items[item].due for item in before}
    assert after["copy"] == date(2026, 7, 9)
    assert all((after[item] - day).days == 14 for item, day in before.items() if day and after[item])  # type: ignore[operator]


def test_nothing_is_published_before_the_checks_the_family_and_the_copy(office: Workspace, review: str) -> None:
    with pytest.raises(Refused, match="waits for"):
        answer(office, review, "publish", on(6, 10))
    with pytest.raises(Refused, match="must be confirmed"):
        answer(office, review, "publication_checks", on(6, 10), legal="no")
    answer(office, review, "what_to_publish", on(6, 10), decided_on="2026-06-10")
    answer(office, review, "publication_checks", on(6, 12), checked_on="2026-06-12")
    for after_the_family in ("send_copy", "publish"):
        with pytest.raises(Refused, match="family_reads"):
            answer(office, review, after_the_family, on(6, 22))
    answer(office, review, "family_reads", on(6, 22), seen_on="2026-06-22")
    answer(office, review, "send_copy", on(6, 23), sent_on="2026-06-23")
    answer(office, review, "communications", on(6, 23), ready_on="2026-06-23", told="practitioners")
    with pytest.raises(Refused, match=r"2 Jul 2026"):
        answer(office, review, "publish", on(6, 30), published_on="2026-06-30", stays_until="2027-07-06")
    [warned] = told_of_its_end(office, review, "2026-07-06")
    assert warned == (
        "The report is to stay only until Mon 6 Jul 2026; twelve months are the least: Tue 6 Jul 2027. Until then it"
        " stays in the register. If the day was mistyped: reviewflow reopen CSPR-2026-001 publish, and record it once"
        " more."
    )
    carry_out(office, review, c.Reopen("publish", "the day was mistyped"), by="t", now=on(7, 6))
    assert told_of_its_end(office, review, "2027-07-06") == []
    [found] = publications(office)
    assert (found.case, found.published_on, found.themes) == (review, date(2026, 7, 6), ("Neglect",))
    assert (found.promised, found.deposited, found.warning) == (date(2027, 7, 6), None, "")
    answer(office, review, "deposit", on(7, 9), sent_on="2026-07-09")
    assert publications(office)[0].deposited == date(2026, 7, 9)
    _taken_down(office, review)


def told_of_its_end(office: Workspace, review: str, until: str) -> list[str]:
    """What whoever records the publication is told at once of how long the report is to stay."""
    asked = {"published_on": "2026-07-06", "stays_until": until, "themes": ["neglect"]}
    answers = given(office, current(office, review), "publish", **asked)
    result = carry_out(office, review, c.Complete("publish", answers), by="t", now=on(7, 6))
    return [words for words in warnings(office, result.case, result.events) if "report" in words]


def _taken_down(office: Workspace, review: str) -> None:
    carry_out(office, review, c.OpenStep("take_down", "a court says so"), by="t", now=on(9, 1))
    answer(office, review, "take_down", on(9, 2), taken_down_on="2026-09-02")
    [warned] = [line for _, line in due_lines(office, now=on(9, 3), days=1) if line.item.startswith("published:")]
    assert warned.title == (
        "Published report: taken down on Wed 2 Sep 2026, before its time: it was to stay until Tue 6 Jul 2027"
    )
