"""What is done to all open cases at once: days counted anew, one agency in the place of another, a post handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import role_recipient
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.language.suggestions import A_ROLE, AN_AGENCY, not_among
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry
from reviewflow.text import listing

CALENDARS = "calendars"
"""The kind of the office's entries that say by which calendars days were last counted."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A case in which something changed, and how many things."""

    reference: str
    items: int


def recount(workspace: Workspace, because: str, *, by: str, now: datetime) -> list[Changed]:
    """Count the days of all open cases anew, each in an event of its own; raises Refused for a reason that names."""
    words = read_reason(because)
    found = []
    for row in workspace.store.cases("open"):
        events = carry_out(workspace, row.reference, c.Recount(words), by=by, now=now).events
        moved = sum(len(event.items) for event in events if isinstance(event, e.DueMoved))
        if moved:
            found.append(Changed(row.reference, moved))
    return found


def follow_calendars(workspace: Workspace, *, by: str, now: datetime) -> list[Changed]:
    """Count anew when bank holidays or closures are others than at the last look, of which the office's log tells."""
    found = _calendars(workspace)
    last = next(reversed(workspace.store.noted(CALENDARS)), None)
    if last is not None and last.body == found:
        return []
    changed = recount(workspace, "the calendar changed", by=by, now=now)
    workspace.store.note(LogEntry(stamp(now), by, CALENDARS, found))
    return changed


def _calendars(workspace: Workspace) -> str:
    """A digest of all by which days are counted."""
    path = workspace.folder / "calendars.yaml"
    told = path.read_bytes() if path.is_file() else b""
    own = workspace.partnership.model_dump_json(include={"closures", "calendars"}).encode()
    return f"as of {hashlib.sha256(told + own).hexdigest()[:12]}"


def hand_over(workspace: Workspace, role: str, reason: str, *, by: str, now: datetime) -> int:
    """Write down that a post has passed to somebody else; how many things it owes now. Raises Refused.

    Nothing in a case changes: everything is addressed to the post, and partnership.yaml says whose mailbox that is.
    """
    known = workspace.partnership.roles
    if role not in known:
        message = not_among(A_ROLE, role, known)
        raise Refused([message], f"Roles: {listing(known)}.")
    workspace.store.note(LogEntry(stamp(now), by, "handover", f"{known[role].title}: {read_reason(reason)}"))
    return sum(item.owner == role_recipient(role) for _, item in workspace.store.items())


def merge_agencies(workspace: Workspace, command: c.MergeAgencies, *, by: str, now: datetime) -> list[Changed]:
    """In every open case that the old agency has a part in, the new one takes its place; raises Refused."""
    known = workspace.partnership.agencies
    if command.new not in known:
        message = not_among(AN_AGENCY, command.new, known)
        raise Refused([message], f"Write it there first. Agencies: {listing(known)}.")
    read_reason(command.reason)
    found = list(_merged(workspace, command, by, now))
    if not found:
        raise Refused([f'"{command.old}" has no part in any open case.'], "Nothing was changed.")
    titles = (known[each].title if each in known else each for each in (command.new, command.old))
    workspace.store.note(LogEntry(stamp(now), by, "agencies", f"{' goes on for '.join(titles)}: {command.reason}"))
    return found


def _merged(workspace: Workspace, command: c.MergeAgencies, by: str, now: datetime) -> Iterator[Changed]:
    for row in workspace.store.cases("open"):
        case = load(row.reference, row.state)
        if command.old not in case.agencies and f'"{command.old}"' not in row.state:
            continue
        try:
            events = carry_out(workspace, row.reference, command, by=by, now=now).events
        except Refused:  # a word of an answer that only looks like the agency
            continue
        moved = sum(len(event.items) for event in events if isinstance(event, e.AgenciesMerged))
        yield Changed(row.reference, moved)
