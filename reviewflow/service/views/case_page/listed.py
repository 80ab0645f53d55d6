"""What is owed, as a list over all cases shows it: of tens of thousands of things nothing else is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reviewflow.case.model.ids import step_of
from reviewflow.case.rules.recipients import as_recipient
from reviewflow.case.rules.standing import Standing
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.language.structure.lists import source_of
from reviewflow.service.messages.naming import item_title, owner_title
from reviewflow.service.views.case_page.items import days_left
from reviewflow.service.views.lateness import Dated
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import clock_words


@dataclass(frozen=True, slots=True)
class Listed:
    """Of a `Line` what one row of a table holds, under the same names and with the same values."""

    item: str
    step: str
    title: str
    owner: str
    standing: Standing
    due: date | None
    original: date | None
    days: str
    provisional: bool
    by: str
    round: int


Titles = dict[tuple[str, str], str]
"""What is called alike in every case, by its definition and item."""


def listed(context: CaseContext, dated: Dated, titles: Titles) -> Listed:
    """An open step or time limit that has a day; of a limit, those who owe the step that meets it are its owner.

    `titles` are those that are known already, which is added to: one mapping for all cases of one office.
    """
    item, state = dated.item, dated.state
    return Listed(
        item=item,
        step=context.plan.definition.title(step_of(item)),
        title=_title(context, item, titles),
        owner=_owner(context, item),
        standing=dated.standing,
        due=state.due,
        original=state.original,
        days=days_left(context, item, state),
        provisional=state.due is not None and _is_provisional(context, item, state.due),
        by=clock_words(state.by) if state.by else "",
        round=state.round,
    )


def _title(context: CaseContext, item: str, titles: Titles) -> str:
    """What it is called; worked out once where no form of the case names it."""
    known = titles.get(alike := (context.plan.definition.hash, item))
    if known is not None:
        return known
    title, step = item_title(context, item), context.plan.steps.get(step_of(item))
    if step is None or source_of(step) is None:
        titles[alike] = title
    return title


def _owner(context: CaseContext, item: str) -> str:
    if context.plan.is_limit(item):
        return owner_title(context, item)
    owner = context.plan.owner(item, context.case)
    return recipient_title(context.partnership, as_recipient(owner)) if owner else ""


def _is_provisional(context: CaseContext, item: str, due: date) -> bool:
    return days_of(context.plan, context.case, item, context.calendars).is_provisional(due)
