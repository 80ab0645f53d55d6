"""What is owed, as a list over all cases shows it: of tens of thousands of things nothing else is worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.rules.recipients import as_recipient
from reviewflow.case.rules.standing import Standing
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.language.structure.lists import OWNING, source_of
from reviewflow.service.messages.naming import item_title, owner_title
from reviewflow.service.views.case_page.items import days_left
from reviewflow.service.views.lateness import Dated
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import clock_words


class Listed(NamedTuple):
    """Of a `Line` what one row of a table holds, under the same names and with the same values; a list makes many."""

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


@dataclass(frozen=True)
class CalledAlike:
    """What is called alike in every case of one office: filled as it is asked for."""

    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    """By definition and item."""
    owners: dict[str, str] = field(default_factory=dict)
    """By who owes something."""


def listed(context: CaseContext, dated: Dated, known: CalledAlike) -> Listed:
    """An open step or time limit that has a day; of a limit, those who owe the step that meets it are its owner.

    What is `known` already is not worked out again, and is added to: one for all cases of one office.
    """
    item, state = dated.item, dated.state
    return Listed(
        item=item,
        step=context.plan.definition.title(step_of(item)),
        title=_title(context, item, known.titles),
        owner=_owner(context, item, known.owners),
        standing=dated.standing,
        due=state.due,
        original=state.original,
        days=days_left(context, item, state),
        provisional=state.due is not None and _is_provisional(context, item, state.due),
        by=clock_words(state.by) if state.by else "",
        round=state.round,
    )


def _title(context: CaseContext, item: str, titles: dict[tuple[str, str], str]) -> str:
    """What it is called; worked out once where no form of the case names it."""
    known = titles.get(alike := (context.plan.definition.hash, item))
    if known is not None:
        return known
    title = item_title(context, item)
    if not _is_named_in_a_form(context, item):
        titles[alike] = title
    return title


def _is_named_in_a_form(context: CaseContext, item: str) -> bool:
    """Whether its title hangs on what somebody typed, or on how much of it is still to come."""
    step = context.plan.steps.get(step_of(item))
    source = source_of(step) if step is not None else None
    if source is None:
        return False
    return not key_of(item) or context.plan.definition.step_forms[source[0]][source[1]].type not in OWNING


def _owner(context: CaseContext, item: str, owners: dict[str, str]) -> str:
    if context.plan.is_limit(item):
        return owner_title(context, item)
    owner = context.plan.owner(item, context.case)
    if owner not in owners:
        owners[owner] = recipient_title(context.partnership, as_recipient(owner)) if owner else ""
    return owners[owner]


def _is_provisional(context: CaseContext, item: str, due: date) -> bool:
    return days_of(context.plan, context.case, item, context.calendars).is_provisional(due)
