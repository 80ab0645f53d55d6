"""Contacts who are written to one after the other: each letter of a rehearsal names the one whom it is for."""

from datetime import date

from reviewflow.case.plan.plan import Plan
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.rehearsal.timetables.rows import rows
from tests.case.stage import FOLDER, built
from tests.case.timeline import load_timeline


def test_each_letter_names_whom_it_is_for_and_no_answer_that_was_given_is_missing() -> None:
    stage = built(load_timeline(FOLDER / "contacts_in_order.yaml").definitions, "review")
    plan, opened = Plan(stage.plan.definition), date(2026, 5, 5)
    answers = {"comes.comes": "no"}
    wanted = scenario(plan, stage.partnership, dates={"notified": opened}, today=opened, answers=answers)
    played = rehearse(Setting(plan, stage.partnership, stage.calendars), wanted)
    told = [(row.name, row.round, row.who, row.note) for row in rows(played) if row.name in {"ask", "comes"}]
    letters = [(number, who) for name, number, who, _ in told if name == "ask"]
    assert letters == [(1, "to contact “mother”"), (2, "to contact “father”"), (3, "to contact “grandparent”")]
    assert "to “The father” goes out when somebody releases it" in told[1][3]
    assert [note for name, _, _, note in told if name == "comes"] == [
        "not accepted",
        "again, 2nd time; not accepted",
        "again, 3rd time",
    ]
