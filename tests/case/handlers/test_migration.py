"""A case moves to another version of its own process, and to nothing else; what falls away is said."""

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from tests.case.handlers.builders import STEPS, done, in_process, opened

HERE = in_process()
CASE = opened(HERE)
MOVE = c.Migrate("the process was mended")


def test_a_step_that_the_new_version_does_not_know_falls_away_and_a_new_one_opens() -> None:
    newer = in_process(steps={"meet": STEPS["meet"], "publish": {"title": "Publish", "owner": "chair"}}, version="2")
    moved, events = done(newer, CASE, MOVE)
    (migrated,) = [event for event in events if isinstance(event, e.Migrated)]
    assert migrated.version == 2
    assert (moved.version, moved.definition) == (2, newer.plan.definition.hash)
    assert "note" in str(migrated)
    assert {"meet", "publish"} <= moved.items.keys()


def test_no_case_becomes_one_of_another_process() -> None:
    with pytest.raises(Refused, match="it cannot become other"):
        done(in_process("other"), CASE, MOVE)


def test_a_case_that_runs_the_version_already_is_left_alone() -> None:
    with pytest.raises(Refused, match=r"already runs this version \(1\)"):
        done(HERE, CASE, MOVE)


def test_a_version_that_opens_with_a_date_that_the_case_lacks_is_refused() -> None:
    dates = {"notified": "When it was notified", "aware": "When it was known"}
    newer = in_process(version="2", opening={"dates": dates, "agencies": "at least 1"})
    with pytest.raises(Refused, match="Version 2 opens with aware, which this case does not have"):
        done(newer, CASE, MOVE)
