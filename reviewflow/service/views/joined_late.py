"""What was done for all agencies before another took part, such as the secure message to each of them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.text import day_words, listing


def done_without_words(plan: Plan, case: Case, agency: str) -> Iterator[str]:
    """That it was done without this agency, and how to have it owed again; nothing where nobody has missed anything.

    `agency` is its name. Whether once more is needed nobody but the office knows, so nothing is reopened.
    """
    done = {step: case.items[step].done for step in _for_all_agencies(plan) if _is_done(case, step)}
    if done:
        steps = listing(
            f"“{plan.definition.title(step)}”{f', on {day_words(day)}' if day else ''}" for step, day in done.items()
        )
        yield (
            f"This was done before {agency} took part: {steps}. Do it for {agency} too where that is needed; to have "
            f"it on its owner's list: reviewflow reopen {case.reference} {next(iter(done))} --reason WHY"
        )


def _for_all_agencies(plan: Plan) -> Iterator[str]:
    """What somebody does once, right after what goes to each agency, or comes from it."""
    for name, step in plan.steps.items():
        follows = any(plan.steps[other].for_each == "agency" for other in step.after)
        if follows and step.owner is not None and step.for_each is None:
            yield name


def _is_done(case: Case, step: str) -> bool:
    return step in case.items and case.items[step].status is Status.DONE
