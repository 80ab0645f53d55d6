"""A letter says in plain words on which day a time limit is met as things stand, and no words of the office's pages."""

from datetime import date

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.messages.fields.forecasts import forecast_words
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened


def test_a_letter_says_when_it_is_met_as_things_stand(office: Workspace) -> None:
    row = find(office, opened(office))
    tight = forecast_words(office.context(row, at(6)), "submission")
    assert tight.startswith("As things stand it is met on Wed 27 May 2026, the day on which it ends")
    late = forecast_words(office.context(row, at(26)), "submission")
    assert late.startswith("As things stand it is met on ")
    assert ", too late: it ends Wed 27 May 2026. It can still be met in time only so: " in late
    assert "slack" not in tight + late
    assert "It hangs on" not in tight + late  # the whole way is the office's matter
    first = "The first step on the way to it: Agency return · Police, overdue since Thu 14 May 2026."
    assert late.endswith(first)
    assert forecast_words(office.context(row, at(28)), "submission").startswith("Missed: it ended Wed 27 May 2026")


def test_a_letter_about_what_is_held_says_since_when_and_promises_nothing(office: Workspace) -> None:
    reference = opened(office)
    carry_out(office, reference, c.Hold("court", "a trial", review=date(2026, 5, 20)), by=BY, now=at(6))
    held = forecast_words(office.context(find(office, reference), at(7)), "submission")
    assert held.startswith(
        "It ends Wed 27 May 2026. Nobody can tell whether it will be met: part of the way to it has stood still since "
        "Wed 6 May 2026. “A court” stops part of the way"
    )
