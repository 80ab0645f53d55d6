"""What is late: decided here, once, for every list, page, figure and count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Item, Status
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.standing import Standing, item_standing
from reviewflow.service.workspace.context import CaseContext


class Dated(NamedTuple):
    """A piece of work or a time limit that is open and has a day."""

    item: str
    state: Item
    standing: Standing

    @property
    def is_late(self) -> bool:
        """Not what is held, ended, refused or not needed, nor what others are to answer who owe us nothing."""
        return self.standing is Standing.OVERDUE


def dated_items(context: CaseContext, *, until: date = date.max) -> Iterator[Dated]:
    """All that is open in a case and has a day by then, as it opened; of a case that is over nothing.

    Nor what another case does for this one too: it is owed there.
    """
    plan, case = context.plan, context.case
    dated = [
        (item, state)
        for item, state in case.items.items()
        if state.status is Status.OPEN and state.due is not None and state.due <= until
    ]
    steps = dict.fromkeys(step_of(item) for item, _ in dated)
    owed = {item for step in steps if step in plan.steps for item in plan.items(step, case)}
    owed.update(plan.limit_items(case))
    for item, state in dated:
        if item in owed and not leader_of(plan, case, item):
            yield Dated(item, state, item_standing(plan, case, item, context.now, context.calendars))
