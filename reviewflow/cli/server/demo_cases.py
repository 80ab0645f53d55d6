"""The made-up cases of the demo: when each was opened, and what has happened in it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from reviewflow.calendar import Calendar
from reviewflow.case.model import commands
from reviewflow.language.model import FieldType
from reviewflow.london import LONDON, london_day
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.rehearsal.play import play
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import Given, Scenario
from reviewflow.service.workspace.workspace import Workspace

BY = "the demo"
AWARE = 3
"""Working days from becoming aware to sending the notification."""
STAYS = "the trial is still listed"
AGENCIES = ("police", "hospital_trust", "childrens_social_care", "education", "primary_care", "probation")


@dataclass(frozen=True, slots=True)
class DoneOnDay:
    """Something done on a working day counted from the notification."""

    day: int
    item: str
    answers: Mapping[str, object]


def returned(day: int, agency: str, answer: str = "summary") -> DoneOnDay:
    answers = {
        "answer": answer,
        "paper": f"SECURE-{agency.upper()}",
        "approved": "yes",
        "records_secured": "yes",
        "risk_now": "none_found",
    }
    return DoneOnDay(day, f"agency_return/{agency}", answers)


def read(day: int, agency: str) -> DoneOnDay:
    return DoneOnDay(day, f"read_return/{agency}", {"result": "enough"})


FAMILY = {"who_tells": "social_worker", "how": "in_person", "may_contact": "yes_now", "paper": "SECURE-FAMILY"}
BEGUN = (
    DoneOnDay(0, "immediate_safety", {"checked": "child, family", "result": "safe"}),
    DoneOnDay(1, "set_up", {"agencies_right": "yes", "secure_messages": "yes"}),
    DoneOnDay(1, "book_panel", {"panel_members": "all"}),
    DoneOnDay(
        2,
        "plan_family",
        {"who_tells": "social_worker", "how": "in_person", "may_contact": "yes_now", "paper": "SECURE-FAMILY"},
    ),
    DoneOnDay(3, "scope_agencies", {"added": "0", "cross_border": "no"}),
    DoneOnDay(4, "tell_family", {"outcome": "told", "wish": "later", "hears": "at_the_end"}),
)
RAPID_REVIEWS: tuple[tuple[int, tuple[DoneOnDay, ...]], ...] = (
    (2, BEGUN[:3]),
    (6, (*BEGUN, returned(4, "police"), read(5, "police"), returned(5, "education", "nil_return"))),
    (
        10,
        (
            *BEGUN,
            DoneOnDay(3, "panel_invitation/partner_health", {"coming": "in_person"}),
            DoneOnDay(4, "panel_invitation/legal_adviser", {"coming": "apologies"}),
            returned(5, "police"),
            read(6, "police"),
            returned(6, "childrens_social_care"),
            returned(7, "education", "nil_return"),
            returned(7, "primary_care"),
        ),
    ),
)
"""How many working days ago each notification was sent, and what has been done since."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A case in which everybody does what is asked on its day, but for those who are late."""

    process: str
    date: str
    ago: int
    """Working days from that date to today."""
    agencies: tuple[str, ...]
    late: Mapping[str, int | None] = field(default_factory=dict)
    answers: Given = field(default_factory=dict)


LONGER = (
    Rehearsed(
        "cspr",
        "decision",
        55,
        AGENCIES[:4],
        {"hospital_trust": None},
        {
            ("parallel_proceedings", "publication_waits"): "yes",
            ("parallel_proceedings", "family_waits"): "no",
            ("parallel_proceedings", "practitioners_wait"): "no",
        },
    ),
    Rehearsed("learning_event", "decided", 16, AGENCIES[:3], {"police": None}),
)


def open_demo_cases(workspace: Workspace, *, now: datetime) -> None:
    """Open each case on its day and let happen what has happened since; nothing is left in the future."""
    for days_ago, done in RAPID_REVIEWS:
        _rapid_review(workspace, days_ago, done, now=now)
    for rehearsed in LONGER:
        _rehearsed(workspace, rehearsed, now=now)


def _rapid_review(workspace: Workspace, days_ago: int, done: tuple[DoneOnDay, ...], *, now: datetime) -> None:
    calendar = workspace.calendars["england"]
    notified = _days_before(calendar, london_day(now), days_ago)
    days = {"aware": calendar.add_working_days(notified, -AWARE), "notified": notified}
    opening = commands.Open(days, AGENCIES)
    opened_at = min(now, _at(notified, 10))
    reference = open_case(workspace, "rapid_review", opening, by=BY, now=opened_at).case.reference
    for completion in done:
        _carry_out(workspace, reference, completion, notified, now=now)


def _carry_out(workspace: Workspace, reference: str, done: DoneOnDay, notified: date, *, now: datetime) -> None:
    calendar = workspace.calendars["england"]
    on = calendar.add_working_days(notified, done.day)
    settled = dict.fromkeys(("sent_on", "decided_on", "told_on"), done.day)
    booked = {"panel_booked_for": 10, "huddle_booked_for": 14, **settled}
    dates = {name: calendar.add_working_days(notified, day).isoformat() for name, day in booked.items()}
    form = workspace.definition("rapid_review").step_forms[done.item.partition("/")[0]]
    ticked = {name: "yes" for name, field in form.items() if field.type is FieldType.CONFIRM}
    answers = {**ticked, **done.answers, **{name: day for name, day in dates.items() if name in form}}
    carry_out(workspace, reference, commands.Complete(done.item, answers), by=BY, now=min(now, _at(on, 15)))


def _rehearsed(workspace: Workspace, rehearsed: Rehearsed, *, now: datetime) -> None:
    began = _days_before(workspace.calendars["england"], london_day(now), rehearsed.ago)
    opening = commands.Open({rehearsed.date: began}, rehearsed.agencies)
    opened = open_case(workspace, rehearsed.process, opening, by=BY, now=min(now, _at(began, 10))).case
    setting = Setting(workspace.plan(opened.definition), workspace.partnership, workspace.calendars)
    scenario = Scenario({rehearsed.date: began}, rehearsed.agencies, rehearsed.late, rehearsed.answers)
    for when, command in _until(setting, scenario, now):
        carry_out(workspace, opened.reference, command, by=BY, now=when)


def _until(setting: Setting, scenario: Scenario, now: datetime) -> Iterator[tuple[datetime, commands.Command]]:
    """What people did; what happens by itself does so here too. A hold that is looked at again stays."""
    for happening in play(setting, scenario, chasing=False).happenings:
        match happening.command:
            case _ if happening.now > now:
                return
            case commands.Release(hold=name):
                yield happening.now, commands.Hold(name, STAYS)
            case commands.Complete() | commands.OpenStep():
                yield happening.now, happening.command


def _days_before(calendar: Calendar, day: date, days: int) -> date:
    return calendar.add_working_days(calendar.on_or_before(day), -days)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)
