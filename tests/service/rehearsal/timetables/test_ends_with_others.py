"""A rehearsal says that a case may end with another one, and plays it when it is asked to."""

from datetime import date

import pytest

from reviewflow.case.model.refusal import Refused
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.preview.words import notes
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.rehearsal.timetables.timetable import Timetable, timetable
from tests.case import stage

OPENED = date(2026, 5, 5)
START = {"process": "other", "dates": {"notified": "notified"}, "agencies": "same"}
STEPS = {
    "begin": {"title": "Open the review", "start": START},
    "again": {"title": "Open it again", "start": START},
    "watch": {"title": "Watch it", "owner": "chair", "due": "40 working days after notified"},
    "tell": {"title": "Tell them", "optional": "yes", "owner": "chair", "due": "2 working days after the ending"},
}
ENDINGS = {
    "again_over": {"title": "The second is over", "with_the_end_of": "again"},
    "over": {"title": "The review is over", "with_the_end_of": "begin", "keeps": "tell"},
    "first_over": {"title": "What it came from stops", "with_the_end_of": "origin"},
}
OTHER = {"write": {"title": "Write", "owner": "chair"}}


def played(over: dict[str, date]) -> Timetable:
    made = stage.built(
        stage.office()
        | {
            "process.review": stage.process("review", STEPS, endings=ENDINGS),
            "process.other": stage.process("other", OTHER),
        },
        "review",
    )
    asked = scenario(
        made.plan, made.partnership, dates={"notified": OPENED}, agencies=("police",), over=over, today=OPENED
    )
    return timetable(rehearse(Setting(made.plan, made.partnership, made.calendars), asked))


def test_what_may_end_it_sooner_is_said_with_how_it_is_played() -> None:
    told = notes(played({}))
    assert (
        "It ends sooner where the case is over that is opened by “Open the review”: The review is over. To see that: "
        "--over begin=2026-05-19" in told
    )
    assert any("the case from which it came stops before it was done" in words for words in told)
    assert told[-1].startswith("With this everything is done on")


def test_it_ends_on_the_day_on_which_the_other_is_over_and_owes_what_is_kept() -> None:
    found = played({"begin": date(2026, 5, 20)})
    assert found.ends == "It ends on Fri 22 May 2026: The review is over."
    assert {row.name: row.done for row in found.rows if row.name == "tell"} == {"tell": date(2026, 5, 22)}
    assert len(found.may_end) == 2


def test_of_two_that_are_alike_the_one_that_was_named_is_over() -> None:
    assert played({"again": date(2026, 5, 20)}).ends == "It ends on Wed 20 May 2026: The second is over."


def test_so_it_does_with_what_it_came_from() -> None:
    assert played({"origin": date(2026, 5, 20)}).ends == "It ends on Wed 20 May 2026: What it came from stops."


def test_a_case_that_ends_it_in_no_way_is_refused() -> None:
    with pytest.raises(Refused, match='no ending that is taken with the end of "watch"') as refused:
        played({"watch": date(2026, 5, 20)})
    assert "again, begin and origin" in str(refused.value)
