"""Will it make it? What is foreseen of a time limit, in one of six words and with what it hangs on.

The rest of a case is played through on a copy of it. A step takes its usual length: that of past cases where there were
enough, else what its own rule plans, at the pace at which the case has gone so far. What is overdue takes half as long
again as it has been overdue. No hold is foreseen to end. Then a hundred courses are drawn in which each owner is late
as often as it was so far, in this case and in past ones: the word is "on course" where 73 of them are in time, and
"unlikely" where fewer than 40 are.
"""

from __future__ import annotations

from reviewflow.case.rules.forecast.forecast import forecast, forecasts
from reviewflow.case.rules.forecast.shapes import Because, Forecast, ForecastLink
from reviewflow.case.rules.forecast.verdicts import IN_DANGER, Verdict

__all__ = ["IN_DANGER", "Because", "Forecast", "ForecastLink", "Verdict", "forecast", "forecasts"]
