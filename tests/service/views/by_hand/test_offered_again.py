"""A refused form, offered again: what was chosen and may be kept is in it, and nothing else."""

from reviewflow.service.views.by_hand.offered_again import offered_again
from reviewflow.service.views.by_hand.questions import as_schema, choice_question, day_question, written_questions

FORM = as_schema(
    "Change it",
    {
        "change": choice_question("What?", ["Hold: A court", "End it"]),
        "day": day_question("When?", "Where it is needed"),
        "agencies": {"type": "array", "items": {"type": "string", "enum": ["Police", "Health"]}, "title": "Who"},
        **written_questions("Why?", "Who changes it"),
    },
    ["change"],
)


def defaults(answers: dict[str, object]) -> dict[str, object]:
    properties = offered_again(FORM, answers)["properties"]
    return {name: question["default"] for name, question in properties.items() if "default" in question}


def test_what_was_chosen_and_written_is_there_again() -> None:
    chosen = {"change": "End it", "day": "2026-06-01", "agencies": ["Police"], "reason": "it is so agreed"}
    assert defaults({**chosen, "answered_by": "Chair"}) == chosen


def test_what_may_not_be_kept_is_not_offered() -> None:
    assert defaults({"change": "Zq", "day": "Zq", "agencies": ["Zq"], "reason": "NHS 943 476 5919"}) == {"agencies": []}
    assert defaults({"reason": "a" * 9999, "not_identifying": "born 12 March 2011", "other": "Zq"}) == {}


def test_the_form_itself_stays_as_it_is() -> None:
    assert offered_again(FORM, {}) == FORM
    assert "default" in offered_again(FORM, {"change": "End it"})["properties"]["change"]
    assert "default" not in FORM["properties"]["change"]
