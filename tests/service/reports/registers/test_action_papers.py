"""The actions on a paper: of a plan all of them, of a verification those that were chosen, in that order."""

from datetime import date

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.documents.action_table import actions_table, seen_table
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import done, on


def verifying(office: Workspace) -> str:
    opened = c.Open({"done": date(2026, 5, 9)}, ("police", "education"))
    return open_case(office, "action_plan_verification", opened, by="tester", now=on(5, 9)).case.reference


def numbers(table: str) -> list[str]:
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def test_a_verification_shows_the_actions_that_were_chosen_and_room_for_each(office: Workspace, plan: str) -> None:
    reference = verifying(office)
    chosen = [{"plan": plan, "number": number, "claimed": "2026-05-09"} for number in (2, 1)]
    leads = ({"agency": "education"}, {"agency": "police"})
    rows = [{**row, **lead} for row, lead in zip(chosen, leads, strict=True)]
    done(office, reference, "choose_what", on(5, 10), chosen_on="2026-05-10", actions=rows[:1])
    assert numbers(actions_table(office, reference, now=on(5, 11))) == [f"{plan}/2"]
    assert "Train the staff of all schools" in actions_table(office, reference, now=on(5, 11))
    assert numbers(seen_table(office, reference, now=on(5, 11))) == [f"{plan}/2"]
    other = verifying(office)
    done(office, other, "choose_what", on(5, 10), chosen_on="2026-05-10", actions=rows)
    assert numbers(seen_table(office, other, now=on(5, 11))) == [f"{plan}/2", f"{plan}/1"]


def test_before_they_are_chosen_there_is_room_to_write(office: Workspace, plan: str) -> None:
    assert numbers(seen_table(office, verifying(office), now=on(5, 11))) == [""] * 6
    assert numbers(seen_table(office, plan, now=on(5, 11))) == [f"{plan}/1", f"{plan}/2"]
