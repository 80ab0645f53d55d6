"""Several steps of one post in a case recorded together as done, each on the same day: all of them, or none.

What is ticked off is what needs only its day, such as messages that went by the secure route. What asks more takes an
answer besides, or is recorded by itself; no confirmation is given by a tick, because somebody must have read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import is_open
from reviewflow.language.model import FieldType, FormFields
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import CommandResult, find
from reviewflow.service.commands.items_by_title import by_name
from reviewflow.service.commands.together import CaseCommand, carry_out_together
from reviewflow.service.messages.naming import item_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace

ALL = "all"
"""In place of names: whatever needs only its day."""
_NOTHING = "Nothing was recorded."


@dataclass(frozen=True, slots=True)
class ToTick:
    """A step that a post owes now, its day, and the labels of what it asks besides the day on which it was done."""

    item: str
    title: str
    due: date | None
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TickOff:
    """Whatever a post owes that needs only its day, done on a day: today unless given."""

    post: str
    on: date | None


def to_tick(workspace: Workspace, reference: str, post: str, *, now: datetime) -> list[ToTick]:
    """What this post owes now in a case, in the order of its process; raises UnknownCase."""
    return [*_owed(workspace.context(find(workspace, reference), now), post)]


def ticked_with_its_day(context: CaseContext, post: str) -> list[str]:
    """The items that this post owes now and that need only their day: what `all` ticks off.

    What is waited for from somebody outside is not among them: when it came is a day of its own.
    """
    plan = context.plan
    return [
        owed.item for owed in _owed(context, post) if not owed.asks and not plan.steps[step_of(owed.item)].waits_for
    ]


def _owed(context: CaseContext, post: str) -> Iterator[ToTick]:
    plan, case = context.plan, context.case
    for step in plan.order:
        for item in () if plan.is_automatic(step) else plan.items(step, case):
            if is_open(case, item) and plan.owner(item, case) == role_recipient(post):
                asks = tuple(_asked(plan.form_of(item, case)))
                yield ToTick(item, item_title(context, item), case.items[item].due, asks)


def _asked(form: FormFields) -> Iterator[str]:
    """What must be answered besides the day on which it was done."""
    yield from (str(field.label) for field in form.values() if field.always_required and not field.completes)


def tick(
    workspace: Workspace,
    reference: str,
    names: Sequence[str],
    answers: Mapping[str, str],
    *,
    post: str,
    on: date | None,
    by: str,
    now: datetime,
    key: str,
    vouched: str = "",
) -> list[CommandResult]:
    """Record these steps as done `on` a day, today unless given, in one transaction.

    An answer goes to each of them that asks it. Raises UnknownCase, or Refused with all that is wrong with any of them.
    """
    context = workspace.context(find(workspace, reference), now)
    wanted = _named(context, names, post)
    unasked = [name for name in answers if not any(name in context.plan.form(step_of(item)) for item in wanted)]
    wrong = [f'"{name}" is asked by none of them.' for name in unasked]
    commands = [_done(context, item, answers, on or london_day(now)) for item in wanted]
    asked = [CaseCommand(reference, command, item, vouched) for item, command in zip(wanted, commands, strict=True)]
    return carry_out_together(workspace, asked, by=by, now=now, key=key, wrong=wrong)


def _named(context: CaseContext, names: Sequence[str], post: str) -> list[str]:
    if list(names) != [ALL]:
        said = (by_name(context, c.Complete(name)) for name in names)
        return list(dict.fromkeys(command.item for command in said if isinstance(command, c.Complete)))
    found = ticked_with_its_day(context, post)
    if not found:
        raise Refused([f"Nothing that needs only its day is owed now by {post}."], _NOTHING)
    return found


def _done(context: CaseContext, item: str, answers: Mapping[str, str], day: date) -> c.Complete:
    step = step_of(item)
    form = context.plan.form(step) if step in context.plan.steps else {}
    days = {name: day.isoformat() for name, field in form.items() if field.completes and field.type is FieldType.DATE}
    theirs = {name: answer for name, answer in answers.items() if name in form}
    return c.Complete(item, {**days, **theirs}, None if days else day)
