"""Extensions: a later day that a named post grants, with a reason. A national limit cannot be extended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.apply import apply
from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import NAME, far_day_problems, read_reason
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.case.rules.timing.hours import time_named
from reviewflow.case.rules.timing.kept_days import kept_days
from reviewflow.language.built_in_messages import GRANTED
from reviewflow.language.model import Extensions
from reviewflow.language.structure.extensions import extensions_of
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing, times_words


def extend(draft: Draft, command: c.Extend) -> None:
    """Give an item a later due day; the original day is kept. Raises Refused, always for a national limit."""
    plan, today = draft.plan, draft.today
    case, item = draft.case, command.item
    due = _due_now(plan, case, item)
    _not_national(plan, item, due)
    reason = read_reason(command.reason)
    wrong = list(far_day_problems(command.to, today, draft.calendars))
    if command.to <= due:
        wrong.append(f'{day_words(command.to)} is not later: "{item}" is due {day_words(due)}.')
    elif command.to < today:
        wrong.append(f"{day_words(command.to)} has passed already (today is {day_words(today)}).")
    if not NAME.fullmatch(command.by_role):
        wrong.append(f'"{plain_text(command.by_role)}" is not the name of a role. Say which post grants it.')
    wrong += past_a_national_limit(plan, case, item, command.to)
    rule = extensions_of(plan.definition.process, step_of(item))
    if rule is not None:
        wrong += _against_the_rule(plan, case, rule, command, draft.calendars)
    if wrong:
        raise Refused(wrong, f'Nothing was changed: "{item}" is due {day_words(due)}.')
    asked = case.items[item].to_decide == "need_more_time"
    counted = case.items[item].extended + 1 if rule is not None and rule.times is not None else None
    extended = e.Extended(item, due, command.to, command.by_role, reason, counted, at=time_named(plan, item))
    stayed = kept_days(plan, case, apply(case, extended), draft.calendars)
    extended = replace(extended, printed=plan.prints_reasons, told=rule is not None and rule.send is not None)
    draft.emit(replace(extended, stayed={other: day for other, day in stayed.items() if other != item}))
    told = _tell(draft, item, rule)
    owners = recipients(("owner",), plan, draft.case, item)
    if asked and not set(owners) <= set(told):
        draft.emit(e.NoticeSent(item, GRANTED, owners))


def _tell(draft: Draft, item: str, rule: Extensions | None) -> tuple[str, ...]:
    """Whoever the rule names is told of the new day, each once; who that is comes back."""
    if rule is None or rule.send is None:
        return ()
    to = recipients(rule.told, draft.plan, draft.case, item)
    if to:
        draft.emit(e.NoticeSent(item, rule.send, to))
    return to


def _against_the_rule(
    plan: Plan, case: Case, rule: Extensions, command: c.Extend, calendars: Calendars
) -> Iterator[str]:
    """What the process says against this extension: the post, how often, or the day. A sentence each."""
    item, given = command.item, case.items[command.item].extended
    if rule.by and command.by_role not in rule.by:
        outside = plan.definition.process.outside or {}
        may = (f"{outside[name]} ({name})" if name in outside else name for name in rule.by)
        yield f'"{plain_text(command.by_role)}" may not extend "{item}": {listing(may, last="or")} may grant it.'
    if rule.times is not None and given >= rule.times:
        often = f"it may be extended {times_words(rule.times)}, and was" if rule.times else "it may not be extended"
        yield f'"{item}" cannot be extended: {often}.'
    last = rule_day(plan, case, rule.until, step_of(item), key_of(item), calendars)
    if last is not None and command.to > last:
        yield f'"{item}" may be extended until {day_words(last)} at the latest ({rule.until}).'


def _due_now(plan: Plan, case: Case, item: str) -> date:
    """The due day of an open item that a person owes; raises Refused when it has none."""
    state = case.items.get(item)
    by_itself = step_of(item) in plan.steps and plan.is_automatic(step_of(item))
    if state is not None and state.status is Status.OPEN and state.due is not None and not by_itself:
        return state.due
    owed = [
        name
        for name, other in case.items.items()
        if other.status is Status.OPEN and other.due and not plan.is_automatic(step_of(name))
    ]
    why = "is not owed now"
    if state is not None and state.status is Status.OPEN:
        why = "happens by itself" if by_itself else "has no due day yet"
    problem = f'"{plain_text(item)}" {why}, so there is nothing to extend.{suggestion(item, owed)}'
    raise Refused([problem], f"These have a day that could be extended: {listing(owed, none='none')}.")


def _not_national(plan: Plan, item: str, due: date) -> None:
    """Raises Refused for a national limit: no local post can move a day that statutory guidance or the Panel sets.

    Source: Working Together 2026, chapter 5: what will be late is reported with its reason, not given more time.
    """
    limit = plan.limits.get(step_of(item))
    if limit is not None and limit.national is not None:
        title = plan.definition.limit_title(step_of(item))
        raise Refused(
            [f'"{item}" is a national time limit ({title}): nobody here can extend it. It ends {day_words(due)}.'],
            "If it cannot be met, tell whoever is to receive it before it ends, with the reason and the day on which "
            "it will come.",
        )


def past_a_national_limit(plan: Plan, case: Case, item: str, to: date) -> list[str]:
    """Why a step that meets a national limit cannot have a day after that limit; empty when it can. As sentences."""
    return [
        f'"{item}" cannot be given until {day_words(to)}: it meets a national time limit, '
        f"{plan.definition.limit_title(step_of(name))}, which ends {day_words(state.due)}."
        for name, state in case.items.items()
        if (limit := plan.limits.get(step_of(name))) is not None
        and limit.national is not None
        and limit.steps == (step_of(item),)
        and state.status is Status.OPEN
        and state.due is not None
        and to > state.due
    ]
