"""What stands in no timetable unless it is asked for: that a case ends because another one is over."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.model import ORIGIN
from reviewflow.service.rehearsal.played import Played

SOON = 10
"""Working days after the opening, for an example of the day."""


def ends_with_others(played: Played) -> Iterator[str]:
    """A sentence for each ending that is taken with the end of another case and did not happen."""
    plan, office = played.setting.plan, played.setting.office
    day = office.add_working_days(max(played.scenario.dates.values()), SOON)
    for name, ending in plan.definition.process.endings.items():
        which = ending.with_the_end_of
        if which and name not in {played.case.ending, played.case.closing}:
            other = "the case from which it came stops before it was done"
            if which != ORIGIN:
                other = f"the case is over that is opened by “{plan.definition.title(which)}”"
            yield f"It ends sooner where {other}: {ending.title}. To see that: --over {which}={day.isoformat()}"
