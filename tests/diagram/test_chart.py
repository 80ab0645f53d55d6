"""What a chart says, as text that can be read. Rewrite with: pytest tests/diagram --update-golden"""

from pathlib import Path

import pytest

from reviewflow.diagram.chart import chart
from reviewflow.diagram.shapes import Chart, Shape, Way, ending
from reviewflow.diagram.words import Words
from reviewflow.language.conditions import parse_condition
from tests.case.stage import built
from tests.case.test_timelines import TIMELINES
from tests.diagram.builders import ALL, shown, source

GOLDEN = Path(__file__).parent / "golden"


def told(chart: Chart) -> str:
    lines = [chart.title, " · ".join(chart.particulars), ""]
    for box in chart.boxes.values():
        kinds = [box.shape, *(["many"] if box.many else []), *(["optional"] if box.optional else [])]
        lines += [f"{box.name} ({', '.join(kinds)}): {box.title}"]
        lines += [f"    {line}" for line in (box.only_if, *box.lines) if line]
    lines.append("")
    for arrow in chart.arrows:
        sign = "-->" if arrow.way is Way.ON else "- ->"
        lines.append(f"{arrow.source} {sign} {arrow.target}" + (f": {arrow.words}" if arrow.words else ""))
    return "\n".join([*lines, *([""] if chart.notes else []), *chart.notes]) + "\n"


@pytest.mark.parametrize("process", ["review", "rich"])
def test_what_is_said(process: str, update_golden: bool) -> None:
    path, said = GOLDEN / f"{process}.txt", told(shown(process))
    if update_golden:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("process", ALL)
def test_every_step_and_every_arrow_of_the_definition_is_there(process: str) -> None:
    definition, _ = source(process)
    found = shown(process)
    steps = definition.process.steps
    assert {*steps} <= {*found.boxes}
    on = {(arrow.source, arrow.target) for arrow in found.arrows if arrow.way is Way.ON}
    assert {(before, name) for name, step in steps.items() for before in step.after} <= on
    back = {(arrow.source, arrow.target) for arrow in found.arrows if arrow.way is Way.BACK}
    assert back == {(name, other) for name, step in steps.items() for other in step.reopens}
    assert all(arrow.source in found.boxes and arrow.target in found.boxes for arrow in found.arrows)


@pytest.mark.parametrize("process", ALL)
def test_every_limit_is_a_flag_and_the_national_ones_say_so(process: str) -> None:
    definition, _ = source(process)
    flags = [(name, flag) for name, box in shown(process).boxes.items() for flag in box.flags]
    local = {"reviewer_named"}  # the rule is guidance, and its number our own
    limits = [
        (step, limit.national is not None and name not in local)
        for name, limit in definition.process.limits.items()
        for step in limit.steps
    ]
    assert sorted((name, flag.national) for name, flag in flags) == sorted(limits)
    assert [flag.text.startswith("National limit: ") for _, flag in flags] == [flag.national for _, flag in flags]


def test_a_step_whose_answers_others_depend_on_is_a_decision() -> None:
    found = shown("rich")
    assert found.boxes["plan"].shape is Shape.DECISION
    assert found.boxes[ending("not_met")].shape is Shape.ENDING
    assert found.boxes["publish"].shape is Shape.PERSON


@pytest.mark.parametrize(
    ("timeline", "condition", "words"),
    [
        ("casting_vote", {"as many vote.agree": "yes as no"}, "as many of them: “Do you agree?” Yes as No"),
        ("casting_vote", {"more vote.agree": "yes than no"}, "more of them: “Do you agree?” Yes than No"),
        (
            "sums",
            {"the sum of log.costs.amount": "more than 5"},
            "the sum of “How much” more than 5 in “Log the costs”",
        ),
        (
            "differences",
            {"the difference of estimate.cost and final.cost": "more than 5"},
            "the difference of “Cost” in “Say what it will cost” and “Cost” in “Say what it has cost” more than 5",
        ),
        ("sums", {"the sum of bid.amount": ["at most 3"]}, "the sum of “How much” at most 3 in “Say what you need”"),
    ],
)
def test_answers_that_are_counted_or_added_up(timeline: str, condition: object, words: str) -> None:
    stage = built(TIMELINES[timeline].definitions, "review")
    words_of = Words(stage.plan.definition, stage.partnership)
    assert words_of.condition(parse_condition(condition), ("vote",)) == words


def test_the_line_of_a_table_is_asked_in_words() -> None:
    stage = built(TIMELINES["lines_that_say_so"].definitions, "review")
    act = chart(stage.plan.definition, stage.partnership).boxes["act"]
    assert act.only_if == "Only if “Is it ours” yes in its line and (not: “From when” after 2026-08-01 in its line)"
    assert act.due == ("Due as many working days after step 1 as the line's days says",)


def test_a_limit_that_either_of_two_steps_meets_names_the_other_at_each() -> None:
    """It read as if the limit lay by the other step."""
    stage = built(TIMELINES["met_by_either"].definitions, "review")
    boxes = chart(stage.plan.definition, stage.partnership).boxes
    either = {name: box.flags[0].text.partition("; ")[2] for name, box in boxes.items() if name in {"letter", "call"}}
    titles = {name: boxes[name].title for name in either}
    assert either == {"letter": f"met here, or by “{titles['call']}”", "call": f"met here, or by “{titles['letter']}”"}


def test_a_step_that_waits_for_linked_cases_says_for_what() -> None:
    made = built(TIMELINES["after_in_linked"].definitions, "review")
    drawn = chart(made.plan.definition, made.partnership)
    assert "Waits for “Hear it” in all linked cases" in told(drawn)
