"""A letter says in plain words on which day a time limit is met as things stand, and no words of the office's pages."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.case.model.arranged import Placed
from reviewflow.case.model.state import Item, Status
from reviewflow.case.rules.forecast import Verdict
from reviewflow.service.commands.carry_out import find, open_case
from reviewflow.service.messages.fields.forecasts import forecast_words, nearest_limit
from reviewflow.service.messages.foreseen import foreseen_limit
from reviewflow.service.wording.forecast_words import letter_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import at, opened
from tests.service.plans import SHIPPED, on


def test_a_letter_says_when_it_is_met_as_things_stand(office: Workspace) -> None:
    row = find(office, opened(office))
    tight = forecast_words(office.context(row, at(6)), "submission")
    assert tight.startswith("As things stand it is met on Wed 27 May 2026, the day on which it ends")
    late = forecast_words(office.context(row, at(26)), "submission")
    assert late.startswith("As things stand it is met on ")
    assert ", too late: it ends Wed 27 May 2026. It can still be met in time only with: " in late
    assert "slack" not in tight + late
    assert "It hangs on" not in tight + late  # the whole way is the office's matter
    first = "The first step on the way to it: Agency return · Police, overdue since Thu 14 May 2026."
    assert late.endswith(first)
    assert forecast_words(office.context(row, at(28)), "submission").startswith("Missed: it ended Wed 27 May 2026")


def test_a_letter_says_of_the_usual_pace_by_how_much_that_is_too_late(office: Workspace) -> None:
    context = office.context(find(office, opened(office)), at(6))
    foreseen = foreseen_limit(context, "submission")
    assert foreseen is not None
    slowly = replace(foreseen, expected=date(2026, 5, 28), slowly=lambda: date(2026, 6, 1), slack=-1)
    assert letter_words(context.case, slowly, context.office_days, str) == (
        "At the usual pace it is met on Thu 28 May 2026, 1 working day too late, Mon 1 Jun 2026 if it goes slowly: "
        "it ends Wed 27 May 2026."
    )


def test_a_letter_about_what_is_held_says_since_when_and_promises_nothing(office: Workspace) -> None:
    context = office.context(find(office, opened(office)), at(7))
    foreseen = foreseen_limit(context, "submission")
    assert foreseen is not None
    case = replace(context.case, holds={"court": Placed(date(2026, 5, 6), "a trial")})
    held = replace(foreseen, verdict=Verdict.HELD, holds=("court",))
    assert letter_words(case, held, context.office_days, str) == (
        "It ends Wed 27 May 2026. Nobody can tell whether it will be met: part of the way to it has stood still since "
        "Wed 6 May 2026."
    )


def test_the_nearest_time_limit_is_said_to_have_passed_once_its_day_is_over(office: Workspace) -> None:
    row = find(office, opened(office))
    on_its_day, after = (nearest_limit(office.context(row, at(day))) for day in (27, 28))
    assert on_its_day.endswith(": Wed 27 May 2026 (set by the Panel's guidance)")
    assert after.endswith(": Wed 27 May 2026, which has passed (set by the Panel's guidance)")


def test_a_request_names_the_time_limit_that_it_leads_to_and_no_other_that_is_nearer(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/t.db")
    store.migrate()
    office, dates = Workspace(store, SHIPPED), {"decision": date(2026, 5, 5)}
    reference = open_case(office, "cspr", c.Open(dates, ("police",)), by="t", now=on(5, 5)).case.reference
    context = office.context(find(office, reference), on(5, 6))
    named = Item(Status.OPEN, due=date(2026, 5, 12))
    context = replace(context, case=replace(context.case, items={**context.case.items, "reviewer_named": named}))
    assert nearest_limit(context, "request/police").startswith("Send the final report to the Panel")
    assert nearest_limit(context, "name_reviewer").startswith("Tell the Panel of the decision and name the reviewer")
    assert nearest_limit(context, "hold:publication").startswith("Tell the Panel of the decision")
    assert nearest_limit(context, "monitor").startswith("Tell the Panel of the decision"), "a national one, by its day"
