"""Who came, whether they are enough, and what is said where they are not."""

import pytest

from reviewflow.case.rules.answers.form_answers import read_answers
from reviewflow.case.rules.meetings.attendance import attendance_of
from reviewflow.language.conditions import Is
from reviewflow.language.model import FieldType, FormField, RequiredWhen
from reviewflow.language.phrases import parse_quorum

MEMBERS = {"chair": "The chair", "police": "Police", "health": "Health", "education": "Education"}
CAME = FormField(type=FieldType.CHOICES, label="Who came?", options=MEMBERS, members_of="panel")


def counting(quorum: str) -> FormField:
    return FormField(
        type=FieldType.QUORUM,
        label="Was it quorate?",
        options=MEMBERS,
        members_of="panel",
        came=("came", "sent"),
        quorum=parse_quorum(quorum),
    )


@pytest.mark.parametrize(
    ("quorum", "answers", "missing"),
    [
        ("half", {"came": ["chair", "police"]}, ""),
        ("half", {"came": ["chair"], "sent": ["police"]}, ""),
        ("half", {"came": ["chair"], "sent": ["chair"]}, "1 of the 4 members came, and 2 must"),
        ("half", {}, "0 of the 4 members came, and 2 must"),
        ("3 of 4", {"came": ["chair", "police"]}, "2 of the 4 members came, and 3 must"),
        ("all", {"came": [*MEMBERS]}, ""),
        ("half, health among them", {"came": ["chair", "police"]}, "Health must be among them"),
        (
            "half, health and police among them",
            {"came": ["chair"]},
            "1 of the 4 members came, and 2 must; Health and Police must be among them",
        ),
        ("half", {"came": ["chair", "guest"]}, "1 of the 4 members came, and 2 must"),
    ],
)
def test_who_came_is_enough_or_what_is_missing(quorum: str, answers: dict[str, list[object]], missing: str) -> None:
    attendance = attendance_of(counting(quorum), {**answers})
    assert (attendance.missing, attendance.is_quorate) == (missing, not missing)


def asked_when_held(sent: str) -> dict[str, FormField]:
    held = FormField(type=FieldType.YES_NO, label="Was it held?")
    if_held = RequiredWhen(when=Is("", "held", ("yes",)))
    came = CAME.model_copy(update={"required": if_held})
    return {
        "held": held,
        "came": came,
        "sent": CAME.model_copy(update={"required": False if sent == "optional" else if_held}),
        "quorate": counting("half"),
        "agreed": FormField(
            type=FieldType.YES_NO, label="Agreed?", required=RequiredWhen(when=Is("", "quorate", ("yes",)))
        ),
        "follows": FormField(
            type=FieldType.YES_NO, label="Again?", required=RequiredWhen(when=Is("", "quorate", ("no",)))
        ),
    }


@pytest.mark.parametrize("sent", ["optional", "asked when it was held"])
def test_where_nobody_is_asked_who_came_the_quorum_is_neither_there_nor_missing(sent: str) -> None:
    assert read_answers(asked_when_held(sent), {"held": "no"}) == ({"held": "no"}, [])
    _, wrong = read_answers(asked_when_held(sent), {"held": "no", "agreed": "yes"})
    assert wrong == ["agreed: nobody says who came (came or sent), so this cannot be recorded as the group's decision."]


def test_where_it_is_asked_who_came_an_empty_answer_is_a_mistake_and_no_missing_quorum() -> None:
    answers, wrong = read_answers(asked_when_held("optional"), {"held": "yes"})
    assert answers == {"held": "yes"}
    assert [each.partition(":")[0] for each in wrong] == ["came"]
    answers, wrong = read_answers(asked_when_held("optional"), {"held": "yes", "came": "chair", "follows": "yes"})
    assert (answers["quorate"], wrong) == ("no", [])


def test_a_form_counts_and_says_all_mistakes_at_once() -> None:
    fields = {"came": CAME, "quorate": counting("half")}
    assert read_answers(fields, {"came": "all"}) == ({"came": [*MEMBERS], "quorate": "yes"}, [])
    assert read_answers(fields, {})[0] == {}
    answers, wrong = read_answers(fields, {"came": "chair", "quorate": "yes"})
    assert answers["quorate"] == "no"
    assert wrong == ["quorate: this is counted from who came, and not answered. Leave it out."]
