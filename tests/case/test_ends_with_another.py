"""Random processes that end with a case which they started, and random work in them: the laws hold."""

from copy import deepcopy
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.state import CaseStatus
from tests.case.dense_processes import dense_processes
from tests.case.laws_of_work import Laws
from tests.case.meetings import meetings
from tests.case.random_processes import Data, in_another_version, planned
from tests.case.test_laws import AGENCIES, CALENDARS, Office, commands, sweep
from tests.case.test_meetings import FEW, _moves, all_met, met

STARTED = "C-begin"
STATUSES = st.sampled_from((CaseStatus.CLOSED, CaseStatus.ENDED, CaseStatus.WITHDRAWN))
FEATURES = ("repeat", "for each", "sent back", "hold", "extension", "ending", "limit", "migrate")
"""Those that meet it in so few draws; the timeline that the page of meetings names has all."""


def _with_another(process: Data) -> Data:
    """The same process, which opens a case and ends with it."""
    process = deepcopy(process)
    process["steps"]["begin"] = {
        "title": "Open a case",
        "start": {"process": "cspr", "dates": {"decision": "notified"}},
    }
    process["endings"]["other_over"] = {"title": "The other is over", "with_the_end_of": "begin", "keeps": ["last"]}
    return process


@FEW
@given(dense_processes().map(_with_another), st.data())
def _random_cases(process: Data, data: st.DataObject) -> None:
    office = Office(planned(process), AGENCIES[:2])
    migrates, over = data.draw(st.integers(0, 20)), data.draw(st.integers(3, 18))
    for number in range(20):
        if number == migrates and office.case.status is CaseStatus.OPEN:
            office.plan = planned(in_another_version(process, "3 weeks"))
            assert office.do(c.Migrate("the process was changed")) is None
        if number == over:
            _is_over(office, data.draw(STATUSES))
        who = data.draw(st.sampled_from((commands, _moves)))
        office.do(data.draw(who(office)))
        office.now += timedelta(days=data.draw(st.integers(0, 4)))
        sweep(office)
    assert fold("R", office.history) == office.case
    assert list(Laws(office.plan, CALENDARS).facts(zip(office.days, office.history, strict=True))) == []
    met.update(meetings(zip(office.plans, office.history, strict=True)))


def _is_over(office: Office, status: CaseStatus) -> None:
    """It ends with the other, unless it does already, or that was withdrawn; said twice it ends once."""
    case = office.case
    ends = case.status is CaseStatus.OPEN and not case.closing and STARTED in case.links.values()
    ends = ends and status is not CaseStatus.WITHDRAWN
    for _ in range(2):
        office.do(c.RecordOver(STARTED, status))
    told = [event for event in office.history if isinstance(event, e.OtherCaseOver)]
    assert len(told) == ends
    assert not ends or "other_over" in {office.case.closing, office.case.ending}


def test_an_end_with_another_case_keeps_the_laws() -> None:
    all_met(_random_cases, "an end with another case", FEATURES)
