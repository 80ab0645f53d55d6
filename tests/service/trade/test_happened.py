"""What happened in the trade, from the store: each thing once, by its case, and in nobody's words."""

from datetime import datetime

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.board.today import glances
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.trade import happened as h
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, finished, opened


def told(office: Workspace, since: datetime, now: datetime) -> list[h.Happened]:
    return list(h.recorded_since(office, since, now=now))


def test_a_case_is_opened_held_released_and_closed(office: Workspace) -> None:
    reference = opened(office)
    finished(office, reference)
    seen = told(office, at(5, 0), at(20))
    assert {one.reference for one in seen} == {reference}
    assert [one.name for one in seen] == [h.OPENED, h.CLOSED]
    assert told(office, at(5, 11), at(20)) == seen[1:]
    assert len({one.id for one in seen}) == 2
    assert [one.id for one in told(office, at(5, 0), at(21))] == [one.id for one in seen]


def test_only_what_goes_to_somebody_above_is_an_escalation(office: Workspace) -> None:
    opened(office, ("police",))
    names: list[list[str]] = []
    for day in range(5, 30):
        chase_due_items(office, now=at(day, 12))
        names.append([one.title for one in told(office, at(day, 11), at(day, 13)) if one.name == h.ESCALATED])
    assert names[0] == []
    assert "Agency return · Police" in {title for titles in names for title in titles}


def test_what_is_overdue_is_told_once_for_each_of_its_working_days(office: Workspace) -> None:
    reference = opened(office, ("police",))

    def overdue(now: datetime) -> dict[str, h.Happened]:
        return {one.item: one for one in h.overdue_today(office, glances(office, now=now), now=now)}

    assert overdue(at(14)) == {}  # due on Thursday the 14th
    friday, saturday, monday = overdue(at(15)), overdue(at(16)), overdue(at(18))
    item = "agency_return/police"
    assert (friday[item].labels["reviewflow.days-overdue"], friday[item].labels["reviewflow.owner"]) == ("1", "police")
    assert saturday == {}
    assert monday[item].labels["reviewflow.days-overdue"] == "2"
    assert friday[item].id != monday[item].id
    assert overdue(at(18, 15))[item].id == monday[item].id
    done(office, reference, item, at(18))
    assert item not in overdue(at(19))


@pytest.mark.parametrize("word", ["Hollyhock"])
def test_nothing_that_was_typed_is_told(office: Workspace, reference: str, word: str) -> None:
    carry_out(office, reference, c.Hold("court", f"because {word} asked"), by=f"{word} the chair", now=at(6))
    carry_out(office, reference, c.Release("court", f"because {word} asked"), by=f"{word} the chair", now=at(7))
    seen = told(office, at(5, 0), at(7))
    assert [one.name for one in seen] == [h.OPENED, h.HELD, h.RELEASED]
    assert (seen[1].item, seen[1].title) == ("court", "A court")
    assert word not in str(seen)
