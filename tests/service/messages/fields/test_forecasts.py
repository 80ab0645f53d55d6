"""A letter says in plain words on which day a time limit is met as things stand, and no words of the office's pages."""

from reviewflow.service.commands.carry_out import find
from reviewflow.service.messages.fields.forecasts import forecast_words
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened


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
