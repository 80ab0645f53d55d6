"""How far what is left may go more quickly or more slowly than usual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil, hypot

from reviewflow.calendar import Calendar
from reviewflow.case.rules.forecast.days import later, working_days
from reviewflow.case.rules.forecast.shapes import Because, ForecastLink

QUICK = 0.9
"""At its quickest what is left takes nine tenths of its usual time, and a day less."""
STEPS_A_DAY = 3
"""And nobody sees more steps than this done one after the other in a day."""
SLOW = 0.3
"""Slow steps take a third longer; of many some are quick, so that together they are slow by the root of squares."""
_FIXED = frozenset({Because.NOT_BEFORE, Because.ASKED})


def earliest_end(chain: Sequence[ForecastLink], today: date, calendar: Calendar) -> date:
    """The day on which a chain of people's work ends if all goes quickly; never before a day that none of it may."""
    usual = working_days(calendar, today, chain[-1].day) if chain else 0
    quick = later(calendar, today, ceil(max(QUICK * usual, len(chain) / STEPS_A_DAY) - 1)) if chain else today
    begins_then = bool(chain) and chain[0].because in _FIXED
    return max(quick, chain[0].day) if begins_then else quick


def latest_end(chain: Sequence[ForecastLink], today: date, calendar: Calendar) -> date:
    """The day on which it ends if it goes slowly: a third of the spread of its steps later, each of a day at least."""
    days = [today, *(link.day for link in chain)]
    lengths = (max(1, working_days(calendar, before, day)) for before, day in pairwise(days))
    return later(calendar, days[-1], ceil(SLOW * hypot(*lengths)))
