"""Answers, snoozes and who stands in, through the store; and what a sweep would send, told beforehand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from reviewflow.case.model import commands as c
from reviewflow.language.model import Partnership
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.queue import sent, take
from reviewflow.service.messages.recipients import reach
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.letter_preview import planned_letters
from reviewflow.service.views.case_page.due import due_lines
from reviewflow.service.views.case_page.page import overview
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, opened

POLICE = "agency_return/police"


def queued(office: Workspace, item: str) -> list[tuple[str, str]]:
    return [(each.message, each.recipient) for each in office.store.notices(None, "queued") if each.item == item]


def respond(office: Workspace, reference: str, kind: str, hour: int = 11) -> None:
    carry_out(office, reference, c.Respond(POLICE, kind), by=BY, now=at(12, hour))


@pytest.mark.parametrize("kind", ["acknowledged", "need_more_time", "wrong_person", "draft_received", "phone_call"])
def test_any_answer_withdraws_what_was_queued(office: Workspace, kind: str) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(12))
    assert queued(office, POLICE) == [("reminder", "agency:police:contact")]
    respond(office, reference, kind)
    assert ("reminder", "agency:police:contact") not in queued(office, POLICE)
    assert chase_due_items(office, now=at(12, 15)) == 0
    assert audit(office) == (1, [])


def test_the_office_sees_what_it_has_to_decide_until_it_does(office: Workspace) -> None:
    reference = opened(office)
    respond(office, reference, "need_more_time")
    lines = [(line.item, line.title, line.due) for _, line in due_lines(office, now=at(12, 12), days=7)]
    assert (f"decide:{POLICE}", "Decide: Agency return · Police: needs more time", date(2026, 5, 13)) in lines
    assert next(line.answered for line in overview(office, reference, now=at(12)).steps if line.item == POLICE) == (
        "Needs more time 12 May, to be decided"
    )
    assert queued(office, POLICE) == [("decide_more_time", "role:business_support")]
    carry_out(office, reference, c.Resume(POLICE, "the meeting needs it"), by=BY, now=at(13))
    assert not [line for _, line in due_lines(office, now=at(13), days=7) if line.item.startswith("decide:")]
    assert queued(office, POLICE)[-1] == ("more_time_refused", "agency:police:contact")


def test_who_owes_it_is_told_who_else_was_written_to(office: Workspace) -> None:
    opened(office)
    chase_due_items(office, now=at(15))
    texts = {each.recipient: each.text for each in office.store.notices(None, "queued") if each.item == POLICE}
    told = "So that you know: this message has also gone to Police (senior sign-off)."
    assert told in texts["agency:police:contact"]
    assert told not in texts["agency:police:senior"]


def test_what_came_in_time_is_said_to_have_done_so(office: Workspace) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(12))
    chase_due_items(office, now=at(15))
    command = c.Complete(POLICE, {"kind": "summary", "quality_assured": "yes"}, on=date(2026, 5, 14))
    carry_out(office, reference, command, by=BY, now=at(18))
    words = [entry.words for entry in history(office, reference)]
    assert any("came in time, on Thu 14 May 2026" in each and "1 message had gone out since" in each for each in words)
    assert queued(office, POLICE) == []


def test_what_a_sweep_would_send_is_what_it_sends(office: Workspace) -> None:
    opened(office)
    opened(office)
    for day in (12, 15, 19, 26):
        known = office.store.notices()
        told = planned_letters(office, None, now=at(day), until=at(day))
        assert office.store.notices() == known
        chase_due_items(office, now=at(day))
        gone = []
        while ready := take(office, now=at(day)):
            words = compose(office.partnership, ready)
            gone.append((ready.address, ready.number, *words))
            sent(office, ready, now=at(day), detail="")
        assert [(each.address, each.number, each.subject, each.text) for each in told] == gone
        assert gone


def test_every_message_of_the_next_weeks_is_told_beforehand(office: Workspace) -> None:
    reference = opened(office)
    done(office, reference, "agency_return/health", at(8))
    found = planned_letters(office, reference, now=at(8), until=at(29))
    told = [(each, told) for each in found for told in each.tells]
    assert [(f"{each.when:%d %H:%M}", of.message, of.whom) for each, of in told if of.item == POLICE] == [
        ("12 09:30", "reminder", "Police"),
        ("15 09:30", "overdue", "Police"),
        ("15 09:30", "overdue", "Police (senior sign-off)"),
        ("19 09:30", "overdue", "Police (safeguarding partner)"),
        ("19 09:30", "overdue", "Police"),
        ("19 09:30", "overdue", "Chair of the review group"),
    ]
    assert not [of for _, of in told if of.item == "agency_return/health"]


PEOPLE: dict[str, Any] = {
    "language": 1,
    "partnership": "P",
    "contact": {"name": "Office", "email": "office@scp.example.org", "phone": "1"},
    "roles": {
        "business_support": {"title": "Office", "email": "office@scp.example.org"},
        "chair": {"title": "Chair", "email": "chair@scp.example.org", "away": {"until": "2026-08-20"}},
        "nurse": {
            "title": "Nurse",
            "email": "nurse@icb.example.org",
            "deputy": "deputy@icb.example.org",
            "away": {"until": "2026-08-20"},
        },
    },
    "agencies": {
        "police": {
            "title": "Police",
            "sector": "police",
            "contact": "a@police.example.org",
            "senior": "s@police.example.org",
            "domains": ["police.example.org"],
        },
        "trust": {
            "title": "Trust",
            "sector": "health",
            "contact": "a@trust.example.org",
            "designated": "nurse",
            "partner": "nurse",
            "domains": ["trust.example.org"],
        },
    },
}
OFFICE = "role:business_support"


@pytest.mark.parametrize(
    ("to", "day", "reached"),
    [
        (["role:chair"], 20, {OFFICE: "role:chair"}),
        (["role:chair"], 21, {"role:chair": ""}),
        (["role:nurse"], 20, {"role:nurse:deputy": "role:nurse"}),
        (
            ["agency:trust:designated", "agency:trust:contact"],
            20,
            {"role:nurse:deputy": "agency:trust:designated", "agency:trust:contact": ""},
        ),
        (["agency:trust:partner"], 20, {"role:nurse:deputy": "agency:trust:partner"}),
        (["agency:trust:designated"], 21, {"agency:trust:designated": ""}),
        (["agency:police:designated", "agency:police:contact"], 20, {"agency:police:contact": ""}),
        (["agency:police:designated"], 20, {OFFICE: "agency:police:designated"}),
        (["role:nobody"], 20, {"role:nobody": ""}),
        (["agency:gone:contact"], 1, {"agency:gone:contact": ""}),
        (["role:chair", OFFICE], 20, {OFFICE: ""}),
    ],
)
def test_whoever_stands_in_gets_it(to: Sequence[str], day: int, reached: dict[str, str]) -> None:
    assert reach(Partnership.model_validate(PEOPLE), to, date(2026, 8, day)) == reached
