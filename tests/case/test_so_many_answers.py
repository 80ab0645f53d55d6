"""Random processes whose work asks for so many answers, and random work in them: none with fewer is ever recorded."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from tests.case.dense_processes import dense_processes
from tests.case.random_processes import Data
from tests.case.test_meetings import FEW, _keeps_the_laws, all_met

FEATURES = ("repeat", "for each", "after", "sent back", "hold", "extension", "ending", "limit", "migrate")
PARTS = {"type": "list", "label": "The parts", "required": "no", "at_least": 2}


def _asking_for_two(process: Data) -> Data:
    """The same process, in which the work is told in two parts at least, or in none."""
    process = deepcopy(process)
    work = process["steps"]["work"]
    work["form"] = {**work.get("form", {}), "parts": PARTS}
    return process


@FEW
@given(dense_processes().map(_asking_for_two), st.data())
def _random_cases(process: Data, data: st.DataObject) -> None:
    office = _keeps_the_laws(process, data)
    done = [event for event in office.history if isinstance(event, e.Completed) and step_of(event.item) == "work"]
    parts = [given for event in done if isinstance(given := {**event.answers, **event.said}.get("parts"), list)]
    assert all(len(given) > 1 for given in parts)


def test_so_many_answers_keep_the_laws() -> None:
    all_met(_random_cases, "so many answers", FEATURES)
