"""Days that a hold moved or somebody gave: they stay where their rule would have moved them, and that is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import ItemId, key_of, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.due_dates import date_day, due_day, rule_day
from reviewflow.language.phrases import Due, OneOf


def unknown_rules(
    plan: Plan, case: Case, items: Iterable[str], calendars: Calendars, again: Collection[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    """By item, the rules that give no day yet, of what is due on the earlier of several days; else none.

    `again` are steps that are owed again: what counts from them is not known until they are done.
    """
    unknown: dict[str, tuple[str, ...]] = {}
    for item in items:
        (name, key), rule = ItemId.parse(item), plan.rule(step_of(item))
        parts = rule.parts if isinstance(rule, OneOf) and not rule.later else ()
        unknown[item] = tuple(
            str(part)
            for part in parts
            if any(anchor.name in again for anchor in part.anchors)
            or rule_day(plan, case, part, name, key, calendars) is None
        )
    return unknown


def kept_days(plan: Plan, before: Case, after: Case, calendars: Calendars) -> dict[str, date]:
    """What stays on a day that a hold or somebody gave it, with the day that its rule gives now.

    `before` and `after` are the case without and with a date that was set or corrected.
    """
    ruled = {
        item: (due_day(plan, _by_rule(before, item), item, calendars), day)
        for item, state in after.items.items()
        if state.status in {Status.OPEN, Status.PENDING} and state.fixed and state.due
        if (day := due_day(plan, _by_rule(after, item), item, calendars)) is not None
    }
    return {item: day for item, (was, day) in ruled.items() if was != day and day != before.items[item].due}


def held_on_another_day(plan: Plan, case: Case, name: str, key: str = "") -> tuple[str, ...]:
    """What a hold's release gave a day, and by its rule falls on the day `name`, or is due so long before it.

    `name` is a date of the case, or a step, for the owner `key`, in whose form such a day is answered.
    """
    return tuple(
        item
        for item, state in case.items.items()
        if state.held and state.fixed and state.status in {Status.OPEN, Status.PENDING}
        if _comes_with(plan, item, name, key)
    )


def _comes_with(plan: Plan, item: str, name: str, key: str) -> bool:
    rule, step = plan.rule(step_of(item)), step_of(item)
    if rule is None or (plan.pairs(step, name) and key_of(item) != key):
        return False
    is_step = name in plan.steps
    named = (part for part in rule.parts if part.anchor.name == name and (part.anchor.field is not None) is is_step)
    return any(part.span is None or part.before for part in named)


def comes_with_an_agreed_day(plan: Plan, item: str) -> bool:
    """Whether it falls on a date that people set or answer in a form, or is due so long before one."""
    rule = plan.rule(step_of(item))
    if not isinstance(rule, Due) or not (rule.span is None or rule.before):
        return False
    return rule.anchor.name in plan.dates or (rule.anchor.name in plan.steps and rule.anchor.field is not None)


def day_after_holds(plan: Plan, case: Case, name: str, calendars: Calendars) -> date | None:
    """The later day on which what happens on a date of the case falls, because a hold moved it; None where none did.

    The date itself stays, because what else counts from it was not held.
    """
    known = date_day(plan, case, name, calendars)
    moved = (
        state.due
        for item, state in case.items.items()
        if state.held and state.status in {Status.OPEN, Status.PENDING} and state.due and _falls_on(plan, item, name)
    )
    later = max(moved, default=None)
    return later if known is not None and later is not None and later > known else None


def _falls_on(plan: Plan, item: str, name: str) -> bool:
    rule = plan.rule(step_of(item))
    return isinstance(rule, Due) and rule.span is None and rule.anchor.name == name and rule.anchor.field is None


def _by_rule(case: Case, item: str) -> Case:
    return replace(case, items={**case.items, item: replace(case.items[item], fixed=False)})
