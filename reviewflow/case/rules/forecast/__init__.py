"""Will it make it? What is foreseen of a time limit, in one of six words and with what it hangs on.

The rest of a case is played through on a copy of it. A step takes its usual length: that of past cases where there were
enough, else what its own rule plans, at the pace at which the case has gone so far. What is overdue takes half as long
again as it has been overdue. No hold is foreseen to end. Then it is asked how likely it is that no step is so late that
the clock is missed, if people are late as often as they were so far, in this case and in past ones: the word is "on
course" from three of four on, and "unlikely" below one of five.
"""

from __future__ import annotations

from reviewflow.case.rules.forecast.clocks import forecast, forecasts
from reviewflow.case.rules.forecast.shapes import Because, Forecast, ForecastLink
from reviewflow.case.rules.forecast.verdicts import IN_DANGER, Verdict

__all__ = ["IN_DANGER", "Because", "Forecast", "ForecastLink", "Verdict", "forecast", "forecasts"]
