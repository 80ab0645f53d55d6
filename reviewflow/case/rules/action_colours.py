"""The state of an action and its colour, from the action, the day and the calendar alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.calendar import Calendar
from reviewflow.case.model.state import FINISHED, Status
from reviewflow.text import day_words

NEAR = 10
"""How many days before its day an action is due soon, and amber, unless the office says otherwise."""
SILENT = 30
"""How many days without news an action may be before it is red, where news is asked for; unless the office says."""


class ActionState(StrEnum):
    NOT_AGREED = "not agreed yet"
    OPEN = "open"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    REOPENED = "reopened"
    DONE = "done"
    BEING_VERIFIED = "being verified"
    VERIFIED = "verified"
    NOT_EMBEDDED = "not embedded"
    GIVEN_UP = "given up"


class Colour(StrEnum):
    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = ""


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """All that the state and the colour of an action follow from."""

    done: Status
    """The status of the step in which it is carried out."""
    verified: Status | None
    """The status of the step in which it is verified; None when the process has none."""
    due: date | None
    embedded: bool = True
    """Whether it was judged embedded when it was last verified."""
    sent_back: bool = False
    """Whoever looked at it opened it again."""
    extended: bool = False
    last_news: date | None = None
    """The last day on which there was news; None when the process asks for none."""
    milestone: date | None = None
    """The day of the next milestone that is not reached yet."""
    ended: bool = False
    """Its case is over although not everything was finished."""
    near: int = NEAR
    """How many days before its day it is due soon; partnership.yaml may say otherwise."""
    silent: int = SILENT
    """How many days without news it may be; partnership.yaml may say otherwise."""


def state_of(action: ActionFacts, today: date, calendar: Calendar) -> ActionState:
    """The state of an action today."""
    if action.done is Status.DONE:
        return _after_it_was_done(action)
    if action.ended or action.done in FINISHED:
        return ActionState.GIVEN_UP
    if action.done is Status.PENDING:
        return ActionState.REOPENED if action.sent_back else ActionState.NOT_AGREED
    if action.due is not None and action.due < today:
        return ActionState.OVERDUE
    if action.sent_back:
        return ActionState.REOPENED
    return ActionState.DUE_SOON if _is_near(action, today, calendar) else ActionState.OPEN


def _after_it_was_done(action: ActionFacts) -> ActionState:
    if action.verified is Status.DONE:
        return ActionState.VERIFIED if action.embedded else ActionState.NOT_EMBEDDED
    is_looked_at = action.verified is Status.OPEN and not action.ended
    return ActionState.BEING_VERIFIED if is_looked_at else ActionState.DONE


def colour_of(action: ActionFacts, today: date, calendar: Calendar) -> Colour:
    """Blue: verified. Green: done, or on track. Amber: near its day, or slipped. Red: overdue, silent, not embedded."""
    match state_of(action, today, calendar):
        case ActionState.VERIFIED:
            return Colour.BLUE
        case ActionState.OVERDUE | ActionState.NOT_EMBEDDED:
            return Colour.RED
        case ActionState.GIVEN_UP | ActionState.NOT_AGREED:
            return Colour.NONE
        case ActionState.DONE | ActionState.BEING_VERIFIED:
            return Colour.GREEN
        case ActionState.OPEN | ActionState.DUE_SOON | ActionState.REOPENED:
            return _while_it_is_owed(action, today, calendar)


def _while_it_is_owed(action: ActionFacts, today: date, calendar: Calendar) -> Colour:
    if _is_silent(action, today):
        return Colour.RED
    return Colour.AMBER if any(_worries(action, today, calendar)) else Colour.GREEN


def why_coloured(action: ActionFacts, today: date, calendar: Calendar) -> str:
    """Why an action is amber, or red where its state does not say it: 'no news for 35 days'; otherwise ''."""
    if state_of(action, today, calendar) not in {ActionState.OPEN, ActionState.DUE_SOON, ActionState.REOPENED}:
        return ""
    if action.last_news is not None and _is_silent(action, today):
        return f"no news for {(today - action.last_news).days} days"
    return ", ".join(_worries(action, today, calendar))


def _is_silent(action: ActionFacts, today: date) -> bool:
    return action.last_news is not None and (today - action.last_news).days > action.silent


def _worries(action: ActionFacts, today: date, calendar: Calendar) -> Iterator[str]:
    if action.milestone is not None and action.milestone < today:
        yield f"milestone of {day_words(action.milestone)} not reached"
    if action.sent_back:
        yield "opened again"
    if action.due is None:
        yield "no day yet"
    if action.extended:
        yield "given a later day"
    if _is_near(action, today, calendar):
        yield "its day is near"


def _is_near(action: ActionFacts, today: date, calendar: Calendar) -> bool:
    return action.due is not None and calendar.working_days_between(today, action.due) <= action.near
