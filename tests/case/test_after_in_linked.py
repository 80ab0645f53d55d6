"""Random processes with a step that waits for linked cases, and random work here and there: the laws hold."""

from copy import deepcopy
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus, is_open
from reviewflow.case.rules.links.in_linked import awaited_elsewhere, awaited_in_linked
from tests.case.dense_processes import dense_processes
from tests.case.laws_of_work import Laws
from tests.case.meetings import meetings
from tests.case.random_processes import Data, in_another_version, planned
from tests.case.test_laws import AGENCIES, CALENDARS, Office, commands, sweep
from tests.case.test_meetings import FEW, _moves, met

OTHERS = ("RR-2026-008", "RR-2026-009")
FEATURES = ("for each", "after", "sent back", "hold", "extension", "ending", "limit", "migrate")


def _waiting(process: Data) -> Data:
    """The same process, in which what comes after something waits for the same in the linked cases."""
    process = deepcopy(process)
    for step in process["steps"].values():
        before = step.get("after", ())
        before = [before] if isinstance(before, str) else [*before]
        if before and not {"repeats", "optional", "after_round"} & step.keys():
            step["after_in_linked"] = {"joint_with": before}
    return process


@st.composite
def _of_the_others(draw: st.DrawFn, office: Office) -> c.Command:
    """Another case is linked or taken away, or what is settled in the others is told anew."""
    case, awaited = office.case, awaited_elsewhere(office.plan).get("joint_with", ())
    other = draw(st.sampled_from(OTHERS))
    if not case.related and not case.linked_from:
        return c.Link("joint_with", other, "a reason")
    if not draw(st.integers(0, 9)) and other in case.related:
        return c.Unlink(other, "a reason")
    if not draw(st.integers(0, 9)):
        return c.RecordLinkedFrom(other, "joint_with")
    told = {name: tuple(step for step in awaited if draw(st.integers(0, 4))) for name in OTHERS}
    return c.RecordSettled("joint_with", told)


@FEW
@given(dense_processes().map(_waiting), st.data())
def _random_cases_that_wait(process: Data, data: st.DataObject) -> None:
    office = Office(planned(process), AGENCIES[:2])
    migrates = data.draw(st.integers(0, 30))
    for number in range(20):
        if number == migrates and office.case.status is CaseStatus.OPEN:
            office.plan = planned(in_another_version(process, "3 weeks"))
            assert office.do(c.Migrate("the process was changed")) is None
        who = data.draw(st.sampled_from((commands, _moves, _of_the_others)))
        office.do(data.draw(who(office)))
        office.now += timedelta(days=data.draw(st.integers(0, 4)))
        sweep(office)
        _nothing_is_owed_too_early(office)
    assert fold("R", office.history) == office.case
    assert list(Laws(office.plan, CALENDARS).facts(zip(office.days, office.history, strict=True))) == []
    met.update(meetings(zip(office.plans, office.history, strict=True)))


def _nothing_is_owed_too_early(office: Office) -> None:
    """What waits for a linked case is not owed here."""
    plan, case = office.plan, office.case
    early = [item for item in case.items if is_open(case, item) and step_of(item) in plan.steps]
    assert [item for item in early if awaited_in_linked(plan, case, step_of(item))] == []


def test_what_waits_for_linked_cases_keeps_the_laws() -> None:
    met.clear()
    _random_cases_that_wait()
    for feature in FEATURES:
        print(feature, met[frozenset(("waiting for linked cases", feature))])
    for feature in FEATURES:
        assert met[frozenset(("waiting for linked cases", feature))], feature
