"""The columns of the sheets and the keys of the YAML, each with its heading and what is to be written there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WAS, PROCESS, STEP, WHAT, NAME, WHOM, ON, AT, ANSWERS = (
    "was",
    "process",
    "step",
    "what",
    "name",
    "whom",
    "on",
    "at",
    "answers",
)
OPENED, AGENCIES, CALENDAR, UNTIL, BY, REASON, ASKED = (
    "opened",
    "agencies",
    "calendar",
    "until",
    "by",
    "reason",
    "asked_by",
)
KIND, EFFECT, CONTACT, MAILBOX, ADDRESSED = "kind", "effect", "contact", "mailbox", "addressed"
CASE: Mapping[str, str] = MappingProxyType(
    {
        WAS: "Our reference",
        PROCESS: "Process",
        OPENED: "Opened on",
        AGENCIES: "Agencies",
        CALENDAR: "Calendar",
    }
)
"""Of the sheet of cases; the dates that the process asks for stand beside them."""
DONE: Mapping[str, str] = MappingProxyType(
    {WAS: "Our reference", STEP: "Step", WHOM: "Agency or line", ON: "Day", AT: "Time", ANSWERS: "Answers"}
)
"""Of the sheet of what has been done."""
CHANGES: Mapping[str, str] = MappingProxyType(
    {
        WAS: "Our reference",
        WHAT: "What",
        NAME: "Hold, step, date or agency",
        WHOM: "Agency or line",
        ON: "Day",
        UNTIL: "Until",
        BY: "By which post",
        ASKED: "Asked for by",
        REASON: "Reason",
        KIND: "Kind",
        EFFECT: "What it stops",
    }
)
"""Of the sheet of holds, extensions and what else was changed."""
PEOPLE: Mapping[str, str] = MappingProxyType(
    {WAS: "Our reference", CONTACT: "Contact", MAILBOX: "Mailbox", ADDRESSED: "How they wish to be addressed"}
)
"""Of the sheet of the people of a case whom letters may go to."""
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "hold": "a hold was placed; Until is when it is to be looked at again",
        "release": "a hold was released",
        "extend": "more time was granted, until the day in Until",
        "skip": "the case went on without this step",
        "set": "a planned date was set, to the day in Until",
        "open": "an optional step was opened",
        "reopen": "a step was owed again",
        "started": "a step opened another case; Reason is how that is known, or new",
        "responded": "an agency answered a reminder and was not done; Kind is acknowledged, need_more_time (Until: the "
        "day it asked for), wrong_person, draft_received, phone_call or question",
        "linked": "another case or proceeding runs beside it: its number in the third column; Kind is parallel, "
        "joint_with, supersedes or derived_from; Until is when it is to be looked at again",
        "joins": "an agency took part from this day on",
        "leaves": "an agency took part no longer",
        "end": "the case ended by one of the ways out of its process",
    }
)
"""What the column What may say, and what each means."""
