"""A condition over the answers of one form."""

import pytest

from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test

MET, MORE = Is("", "met", ("yes",)), Is("", "more", ("yes",))


@pytest.mark.parametrize(
    ("test", "holds_for"),
    [
        (MET, {"met", "both"}),
        (Not(MET), {"neither", "more"}),
        (AllOf((MET, MORE)), {"both"}),
        (AnyOf((MET, MORE)), {"met", "more", "both"}),
        (Not(AnyOf((MET, MORE))), {"neither"}),
    ],
)
def test_it_holds_for_these_answers_alone(test: Test, holds_for: set[str]) -> None:
    given = {
        "neither": {},
        "met": {"met": "yes", "more": "no"},
        "more": {"more": "yes"},
        "both": {"met": "yes", "more": "yes"},
    }
    assert {name for name, answers in given.items() if evaluate_answers(test, answers)} == holds_for
