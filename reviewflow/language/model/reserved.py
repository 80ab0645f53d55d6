"""Words to which the language itself gives a meaning: no role, date, step or calendar is called so."""

from __future__ import annotations

AGENCY = "agency"
"""Each agency of the case: in for_each, as an owner, and as a recipient."""
EACH = "each"
"""The line of a list, the role or the agency that a step is done for: `owner: each`, `due: on each.due`."""
OPENED = "opened"
"""The day on which a case was opened."""
ORIGIN = "origin"
"""In an ending: the case that started this one."""
OWNER = "owner"
"""As a recipient: whoever owes the step."""
OUTSIDE = "outside"
"""As a recipient: the body outside that a step waits for."""
CONTRIBUTORS = "contributors"
"""As a recipient, and as the column that names them: the agencies that take part in the work of a line."""
FIRST_ROUND = "the first round of "
"""Before the name of a step that comes again, of which the first round alone is meant."""
SHARING_LINKS = ("joint_with", "parallel")
"""The kinds of link by which cases are treated together, or wait for each other."""
