"""More time is offered only where the process lets somebody give it once more."""

import pytest

from reviewflow.language.structure.extensions import may_be_extended
from tests.case import stage

DAY = "5 working days after notified"
MORE = {
    "extensions": {"times": "1"},
    "limits": {
        "own": {"title": "Own", "due": DAY, "met_by": "free"},
        "submission": {"national": "submission", "from": "notified", "met_by": "never"},
    },
}
STEPS = {
    "free": {"title": "Free", "owner": "chair", "due": DAY},
    "never": {"title": "Never", "owner": "chair", "due": DAY, "extensions": {"times": "0"}},
}


@pytest.mark.parametrize(
    ("name", "times", "may_be"),
    [("free", 0, True), ("free", 1, False), ("never", 0, False), ("own", 0, True), ("submission", 0, False)],
)
def test_more_time_is_offered_as_often_as_it_may_be_given(name: str, times: int, may_be: bool) -> None:
    definitions = stage.office() | {"process.review": stage.process("review", STEPS, **MORE)}
    process = stage.built(definitions, "review").plan.definition.process
    assert may_be_extended(process, name, times) is may_be
