"""Will it make it? What is foreseen of a time limit, in one of six words and with what it hangs on.

Three courses are played through, each on a copy of the case: all that is left goes quickly, as usual, or slowly. A step
takes its usual length: that of past cases where there were enough, else what its own rule plans. What is overdue takes
as long again as it has been overdue. No hold is foreseen to end. The clock's word compares the three days with its end.
"""

from __future__ import annotations

from reviewflow.case.rules.forecast.clocks import forecast, forecasts
from reviewflow.case.rules.forecast.shapes import Because, Forecast, ForecastLink
from reviewflow.case.rules.forecast.verdicts import IN_DANGER, Verdict

__all__ = ["IN_DANGER", "Because", "Forecast", "ForecastLink", "Verdict", "forecast", "forecasts"]
