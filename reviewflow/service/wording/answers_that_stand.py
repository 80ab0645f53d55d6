"""An answer that would send work back and does not, because that may be only so often."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model import events
from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.text import times_words


def stands_words(plan: Plan, event: events.Completed) -> Iterator[str]:
    """That the work goes on, for each step that the answers of `event` send back no more."""
    answers = {**event.answers, **event.said}
    for target, reopen in plan.steps[step_of(event.item)].reopens.items():
        if reopen.times is not None and evaluate_answers(reopen.when, answers):
            ground = " on this ground" if reopen.for_each else ""
            often = f"it may be sent back {times_words(reopen.times)} at most{ground}"
            title = plan.definition.title(target)
            yield f"“{title}” is not sent back again: {often}. The answer stands, and the work goes on."
