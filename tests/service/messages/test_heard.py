"""Whether somebody has heard of what is asked: only in a letter about the thing itself that left."""

from dataclasses import dataclass

import pytest

from reviewflow.service.messages.heard import was_heard_of
from tests.case import stage

STEPS = {
    "tell": {"title": "Tell", "send": "request", "to": "chair", "about": "meet"},
    "meet": {"title": "Meet", "owner": "chair", "due": "9 working days after notified"},
}
PLAN = stage.built(stage.office() | {"process.review": stage.process("review", STEPS)}, "review").plan


@dataclass(frozen=True)
class Sent:
    message: str
    item: str = "tell"
    status: str = "sent"


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        (Sent("request"), True),
        (Sent("reminder", "meet"), True),
        (Sent("request", status="queued"), False),
        (Sent("day_moved", "meet"), False),
        (Sent("letter_to_release"), False),
        (Sent("undelivered"), False),
    ],
)
def test_who_has_a_letter_about_it_has_heard_of_it(message: Sent, heard: bool) -> None:
    assert was_heard_of(PLAN, "meet", [message]) is heard
