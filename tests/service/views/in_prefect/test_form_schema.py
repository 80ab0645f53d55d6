"""A form as Prefect's pages draw it."""

from reviewflow.language.model import FieldType, FormField
from reviewflow.service.views.in_prefect.form_schema import form_schema

FORM = form_schema(
    "Hold the meeting",
    {
        "more": FormField(type=FieldType.YES_NO, label="Must more be asked?", help="Ring them."),
        "read": FormField(type=FieldType.CONFIRM, label="It was read"),
    },
)


def test_yes_or_no_is_chosen_in_words_since_a_switch_that_is_off_says_neither() -> None:
    more = FORM["properties"]["more"]
    assert (more["type"], more["enum"]) == ("string", ["Yes", "No"])
    assert "default" not in more
    assert FORM["required"] == ["more", "read", "answered_by"]


def test_each_question_says_its_own_help_alone() -> None:
    """What is to be known before stands above the form, and stood with its first question once more."""
    assert FORM["properties"]["more"]["description"] == "Ring them."
    assert "description" not in FORM["properties"]["read"]


def test_how_many_of_several_answers_are_taken_is_said_beside_the_question() -> None:
    needs = FormField(
        type=FieldType.CHOICES,
        label="Needs",
        options={"a": "A", "b": "B", "none": "Nothing"},
        alone=("none",),
        at_least=2,
        at_most=2,
    )
    asked = form_schema("Plan", {"needs": needs})["properties"]["needs"]
    assert asked["description"] == "“Nothing” goes with no other answer. At least 2 and at most 2."
