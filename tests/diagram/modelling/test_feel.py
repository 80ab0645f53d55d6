"""Conditions as other tools read them."""

import pytest

from reviewflow.diagram.modelling.feel import feel
from reviewflow.language.conditions import parse_condition
from tests.case import stage
from tests.case.test_timelines import TIMELINES

DEFINITION = stage.built(TIMELINES["comparisons"].definitions, "review").plan.definition

YES = 'count(view[item.worried = "yes"])'


@pytest.mark.parametrize(
    ("condition", "expression"),
    [
        ({"assess.score": "at least 3"}, "assess.score >= 3"),
        ({"assess.score": ["less than 1", "2"]}, "assess.score < 1 or assess.score = 2"),
        ({"assess.met_on": "after 2026-04-30"}, 'assess.met_on > date("2026-04-30")'),
        ({"assess.met_on": "on or before notified"}, "assess.met_on <= notified"),
        ({"assess.harms": "at least 2"}, "count(assess.harms) >= 2"),
        ({"assess.themes": "more than 2"}, "count(assess.themes) > 2"),
        ({"answer": "missed"}, 'answer = "missed"'),
        ({"more view.worried": "yes than no"}, 'count(view[item.worried = "yes"]) > count(view[item.worried = "no"])'),
        (
            {"as many view.worried": "yes as no"},
            " and ".join((f"{YES} = {YES.replace('yes', 'no')}", f"{YES} > 0")),
        ),
        ({"at least 2 view.worried": "yes"}, 'count(view[item.worried = "yes"]) >= 2'),
    ],
)
def test_a_comparison_is_an_expression(condition: object, expression: str) -> None:
    assert feel(parse_condition(condition), DEFINITION) == expression


def test_a_quorum_by_kinds_is_an_expression() -> None:
    definition = stage.built(TIMELINES["quorum_by_kinds"].definitions, "review").plan.definition
    agree = 'item.agree = "yes"'
    either = 'item.who = "chair" or item.who = "partner_health"'
    assert feel(parse_condition({"enough sign.agree": "yes"}), definition) == (
        f"count(sign[{agree}]) >= 2 and count(sign[({either}) and ({agree})]) >= 2"
    )


def test_a_sum_is_an_expression() -> None:
    definition = stage.built(TIMELINES["sums"].definitions, "review").plan.definition
    assert feel(parse_condition({"the sum of log.costs.amount": "more than 5"}), definition) == (
        "sum(log.costs.amount) > 5"
    )
    assert feel(parse_condition({"the sum of bid.amount": "at most 3"}), definition) == "sum(bid.amount) <= 3"


@pytest.mark.parametrize(
    ("far", "expression"),
    [
        ("the difference of estimate.cost and final.cost", "abs(estimate.cost - final.cost) > 5"),
        ("the excess of final.cost over estimate.cost", "final.cost - estimate.cost > 5"),
        ("the days from notified to final.on", '(final.on - notified) / duration("P1D") > 5'),
        ("the working days from notified to final.on", "working days(notified, final.on) > 5"),
    ],
)
def test_how_far_answers_lie_apart_is_an_expression(far: str, expression: str) -> None:
    definition = stage.built(TIMELINES["differences"].definitions, "review").plan.definition
    assert feel(parse_condition({far: "more than 5"}), definition) == expression


def test_the_line_of_a_table_is_asked_as_an_expression() -> None:
    definition = stage.built(TIMELINES["lines_that_say_so"].definitions, "review").plan.definition
    when = definition.process.steps["act"].when
    assert when is not None
    assert feel(when, definition, "act") == '(each.relevant = "yes") and (not(each.from > date("2026-08-01")))'
