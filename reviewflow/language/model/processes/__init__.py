"""What a file in `definitions/processes/` may say: one review methodology each.

A module a part of the file, in the order in which a reader meets them: `process` is the whole, `opening`, `limits`,
`holds`, `endings` and `steps` are its parts, `spellings` what a single line of it may look like. Nothing here compares
one part with another (that is `language.checks`) or runs anything (that is `case`).
"""

from __future__ import annotations

from reviewflow.language.model.processes.asking import Asks, Silence, SilenceRule
from reviewflow.language.model.processes.endings import Ending, Retention, Start
from reviewflow.language.model.processes.holds import HeldDays, Hold, Placing, StandsStill
from reviewflow.language.model.processes.limits import Extensions, Limit, Reopenings, WhenLate
from reviewflow.language.model.processes.opening import CaseContact, CaseDate, FromAgencies, Opening
from reviewflow.language.model.processes.process import GroupUse, Process
from reviewflow.language.model.processes.spellings import (
    Called,
    CountsAs,
    DayOf,
    Deployment,
    Listed,
    Meant,
    Owner,
    ReferencePattern,
    TextOrRoles,
)
from reviewflow.language.model.processes.steps import AfterRound, Record, Reopen, Step

__all__ = [
    "AfterRound",
    "Asks",
    "Called",
    "CaseContact",
    "CaseDate",
    "CountsAs",
    "DayOf",
    "Deployment",
    "Ending",
    "Extensions",
    "FromAgencies",
    "GroupUse",
    "HeldDays",
    "Hold",
    "Limit",
    "Listed",
    "Meant",
    "Opening",
    "Owner",
    "Placing",
    "Process",
    "Record",
    "ReferencePattern",
    "Reopen",
    "Reopenings",
    "Retention",
    "Silence",
    "SilenceRule",
    "StandsStill",
    "Start",
    "Step",
    "TextOrRoles",
    "WhenLate",
]
