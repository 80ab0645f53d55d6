"""The form of an opening: what this process asks, and nothing of any other."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model.refusal import Refused
from reviewflow.language.folder.library import Library
from reviewflow.language.phrases import parse_at_least
from reviewflow.service.answers.opening import by_question, open_answered
from reviewflow.service.answers.result import AnswerResult
from reviewflow.service.views.by_hand.opening_form import opening_form, read_opening
from reviewflow.service.workspace.workspace import Workspace
from tests import shipped
from tests.service.builders import at

ROOT = Path(__file__).parents[4]


@pytest.fixture
def library() -> Library:
    return shipped.library()


def test_each_process_asks_for_its_own_days(library: Library) -> None:
    for name, process in library.processes.items():
        form = opening_form(library, name)
        days = [f"day_{day}" for day in process.model.opening.dates]
        assert [asked for asked in form["properties"] if asked.startswith("day_")] == days
        assert form["required"][: len(days)] == days
        assert ("calendar" in form["properties"]) is bool(process.model.opening.calendar)
        assert [question["position"] for question in form["properties"].values()] == [*range(len(form["properties"]))]


def test_agencies_are_asked_for_where_they_take_part_and_as_many_as_are_needed(library: Library) -> None:
    """The form called them optional, and what was sent without them was refused."""
    for name, process in library.processes.items():
        form, needed = opening_form(library, name), process.model.opening.agencies
        asked = form["properties"].get("agencies")
        assert ("agencies" in form["required"]) is (asked is not None) is (needed is not None)
        assert asked is None or asked["minItems"] == needed.number


def test_what_was_answered_is_read_by_name(library: Library) -> None:
    answers = {
        "day_aware": "2026-05-05",
        "day_notified": "2026-05-05T13:30:00Z",
        "agencies": ["Northmoor Police"],
        "answered_by": " Business manager ",
    }
    given = read_opening(library, "rapid_review", answers)
    assert given.moments == {"aware": date(2026, 5, 5), "notified": datetime(2026, 5, 5, 13, 30, tzinfo=UTC)}
    assert (given.agencies, given.by, given.calendar) == (("police",), "Business manager", "")
    with pytest.raises(Refused, match="could not be read"):
        read_opening(library, "rapid_review", {**answers, "day_aware": "soon"})


def test_a_case_is_opened_once_or_the_refusal_says_why(office: Workspace) -> None:
    answers = {"day_notified": "2026-05-05", "agencies": ["Police"], "answered_by": "Business manager"}
    opened = open_answered(office, "review", answers, key="k", now=at(5))
    assert opened == AnswerResult("Opened", "TR-2026-001")
    assert open_answered(office, "review", answers, key="k", now=at(6)) == opened
    refused = open_answered(office, "review", {**answers, "answered_by": "NHS 943 476 5919"}, key="2", now=at(5))
    assert (refused.name, "943" in refused.message) == ("Refused", False)
    assert open_answered(office, "gone", answers, key="3", now=at(5)).name == "Refused"


def test_a_refusal_calls_a_date_as_the_form_asks_for_it(office: Workspace) -> None:
    answers = {"day_notified": "2027-05-05", "agencies": ["Police"], "answered_by": "Business manager"}
    refused = open_answered(office, "review", answers, key="k", now=at(5))
    question = office.library.processes["review"].model.opening.dates["notified"]
    assert refused.message.startswith(f"“{question}”: … has not come yet")
    said = "notified: Mon 4 May 2026 is before aware (Tue 5 May 2026). They were notified: aware or not."
    asked = {"aware": "Who knew?", "notified": "When was it sent?"}
    assert by_question(said, asked) == (
        "“When was it sent?”: Mon 4 May 2026 is before “Who knew?” (Tue 5 May 2026). They were notified: aware or not."
    )


def test_the_form_says_which_agencies_must_be_among_them(library: Library) -> None:
    loaded = library.processes["rapid_review"]
    needed = parse_at_least("at least 1, police and one of probation or nobody_known among them")
    opening = loaded.model.opening.model_copy(update={"agencies": needed})
    changed = replace(loaded, model=loaded.model.model_copy(update={"opening": opening}))
    form = opening_form(replace(library, processes={**library.processes, "rapid_review": changed}), "rapid_review")
    asked = form["properties"]["agencies"]
    said = "At least 1, Northmoor Police and one of Northmoor Probation or nobody_known among them"
    assert (asked["description"], asked["minItems"]) == (said, 1)
