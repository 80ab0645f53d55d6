"""Numbers that are worked out of answers: added up, or how far two lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import fsum

from reviewflow.calendar import Calendar, Calendars
from reviewflow.case.model.ids import item_id, key_of
from reviewflow.case.model.state import WAS_DONE, Answer, Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.language.model import OPENED
from reviewflow.language.phrases import Anchor, Apart, HowFar

_DECIMALS = 4
"""As many as an answer may have: what lies beyond is how a machine adds."""


def sum_of_answers(states: Iterable[Item | None], field: str, column: str) -> float | None:
    """The numbers in a column, or the answers themselves where `column` is '', added up; an empty cell adds nothing.

    None where nothing was done, so that nobody can have said a number.
    """
    done = [state for state in states if state is not None and state.status in WAS_DONE]
    numbers = [number for state in done for number in _numbers(state.answers.get(field), column)]
    return round(fsum(numbers), _DECIMALS) if done else None


def _numbers(answer: Answer | None, column: str) -> Iterator[float]:
    if column:
        cells = [row.get(column) for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
        yield from (float(cell) for cell in cells if isinstance(cell, (int, float)))
    elif isinstance(answer, (int, float)):
        yield float(answer)


def lies_apart(plan: Plan, case: Case, far: HowFar, item: str, calendars: Calendars) -> float | None:
    """How far the two lie apart for what `item` asks; None while one of them is not known, or was left empty.

    Working days are counted as for the item itself: in its own calendar, and not while its clock stands still.
    """
    if far.how in {Apart.DIFFERENCE, Apart.EXCESS}:
        one, other = (_number(_answer(case, end, item)) for end in far.ends)
        if one is None or other is None:
            return None
        apart = round(one - other, _DECIMALS)
        return abs(apart) if far.how is Apart.DIFFERENCE else apart
    start, end = (_day(case, end, item) for end in far.ends)
    if start is None or end is None:
        return None
    if far.how is Apart.WORKING_DAYS:
        return _working_days(days_of(plan, case, item, calendars), start, end)
    return (end - start).days


def _working_days(calendar: Calendar, start: date, end: date) -> int:
    """As far as the calendar reaches: what lies outside is far away whatever its holidays."""
    first, last = calendar.first_day, calendar.last_day
    return calendar.working_days_between(min(max(start, first), last), min(max(end, first), last))


def answering(case: Case, step: str, key: str) -> str:
    """The item whose answer is meant: that of the owner `key` where each has its own."""
    mine = item_id(step, key)
    return mine if mine in case.items else step


def _answer(case: Case, end: Anchor, item: str) -> Answer | None:
    state = case.items.get(answering(case, end.name, key_of(item)))
    return state.answers.get(str(end.field)) if state is not None and state.status in WAS_DONE else None


def _number(answer: Answer | None) -> float | None:
    return float(answer) if isinstance(answer, (int, float)) else None


def _day(case: Case, end: Anchor, item: str) -> date | None:
    if end.field is None:
        return case.opened if end.name == OPENED else case.dates.get(end.name)
    answer = _answer(case, end, item)
    return date.fromisoformat(answer) if isinstance(answer, str) and answer else None
