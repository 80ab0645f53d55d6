"""Random processes whose steps are done together with another case, and random work in both: the laws hold."""

from copy import deepcopy
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.state import CaseStatus
from reviewflow.case.rules.meetings.together import leader_of
from tests.case.choosing import among
from tests.case.dense_processes import dense_processes
from tests.case.laws_of_work import Laws
from tests.case.meetings import meetings
from tests.case.random_processes import Data, in_another_version, planned
from tests.case.test_laws import AGENCIES, CALENDARS, Office, answers, commands, sweep
from tests.case.test_meetings import FEW, _moves, met

LEADER = "RR-2026-009"
CANNOT = {"repeats", "optional", "asks", "choose", "records"}
FEATURES = ("after", "sent back", "hold", "extension", "ending", "limit", "migrate")


def _together(process: Data) -> Data:
    """The same process, in which all that can be done once for several cases is."""
    process = deepcopy(process)
    steps = process["steps"]
    lists = {None} | ({"gather.who"} if "gather" in steps and _can_be(steps["gather"]) else set())
    for step in steps.values():
        if step.get("for_each") in lists and _can_be(step):
            step["together"] = "joint_with"
    return process


def _can_be(step: Data) -> bool:
    form = step.get("form", {})
    grows = any(isinstance(field, dict) and field.get("grows") for field in form.values()) if form else False
    return "owner" in step and not CANNOT & step.keys() and not grows


@st.composite
def _of_the_leader(draw: st.DrawFn, office: Office) -> c.Command:
    """The case that leads begins to lead, or is over; it answers, lets silence count, or has something reopened."""
    case, plan = office.case, office.plan
    shared = [name for name, step in plan.steps.items() if step.together]
    if LEADER not in case.related:
        return c.Link("joint_with", LEADER, "a reason")
    if not draw(st.integers(0, 9)):
        return draw(st.sampled_from((c.RecordLed(LEADER, (), over=True), c.Unlink(LEADER, "a reason"))))
    if not case.led:
        return c.RecordLed(LEADER, tuple(shared))
    item = draw(among(tuple(item for name in shared for item in plan.items(name, case))))
    if item in case.taken and draw(st.booleans()):
        return c.ReopenWith(item, LEADER, "a reason")
    said = draw(answers(office, item))
    return c.TakeOver(item, LEADER, len(office.history), office.today, said, by_silence=not draw(st.integers(0, 3)))


@FEW
@given(dense_processes().map(_together), st.data())
def _random_cases_together(process: Data, data: st.DataObject) -> None:
    office = Office(planned(process), AGENCIES[:2])
    migrates = data.draw(st.integers(0, 30))
    for number in range(20):
        if number == migrates and office.case.status is CaseStatus.OPEN:
            office.plan = planned(in_another_version(process, "3 weeks"))
            assert office.do(c.Migrate("the process was changed")) is None
        who = data.draw(st.sampled_from((commands, _moves, _of_the_leader)))
        office.do(data.draw(who(office)))
        office.now += timedelta(days=data.draw(st.integers(0, 4)))
        before = len(office.history)
        led = {item for item in office.case.items if leader_of(office.plan, office.case, item)}
        sweep(office)
        _nobody_is_chased_about(led, office.history[before:])
    assert fold("R", office.history) == office.case
    assert list(Laws(office.plan, CALENDARS).facts(zip(office.days, office.history, strict=True))) == []
    met.update(meetings(zip(office.plans, office.history, strict=True)))


def _nobody_is_chased_about(led: set[str], happened: list[e.Event]) -> None:
    """What another case does is asked of nobody here, and no silence counts."""
    asked = (e.Chased, e.OwnerTold, e.CountedBySilence, e.AgreedBySilence)
    assert [event for event in happened if isinstance(event, asked) and event.item in led] == []


def test_what_is_done_together_keeps_the_laws() -> None:
    met.clear()
    _random_cases_together()
    for feature in FEATURES:
        print(feature, met[frozenset(("done together", feature))])
    for feature in FEATURES:
        assert met[frozenset(("done together", feature))], feature
