"""What is done to all open cases at once: days counted anew, one agency in the place of another, a post handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import agency_recipient, role_recipient
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.rules.input_checks import read_screened_reason
from reviewflow.language.reading.parser import read_file
from reviewflow.language.suggestions import A_ROLE, AN_AGENCY, not_among
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, LogEntry
from reviewflow.text import listing

CALENDARS = "calendars"
"""The kind of the office's entries that say by which calendars days were last counted."""
CHANGED = "the calendar changed"


@dataclass(frozen=True, slots=True)
class Changed:
    """A case in which something changed, and how many items."""

    reference: str
    items: int


def recount(workspace: Workspace, because: str, *, by: str, now: datetime) -> list[Changed]:
    """Count the due days of all open cases anew; returns those in which a day moved.

    Raises Refused for a reason that is empty or may identify a child.
    """
    words, boundary = read_screened_reason(because), Boundary(workspace, CALENDARS, now)
    return _recounted(workspace, boundary, workspace.store.cases("open"), words, by=by, now=now)


def _recounted(
    workspace: Workspace, boundary: Boundary, rows: Iterable[CaseRow], words: str, *, by: str, now: datetime
) -> list[Changed]:
    """A case that fails is set aside; the sweep counts it anew when it can."""
    changed = []
    for row in rows:
        with boundary.around("case", plain(row.reference)):
            events = carry_out(workspace, row.reference, c.Recount(words), by=by, now=now).events
            moved = sum(len(event.items) for event in events if isinstance(event, e.DueMoved))
            if moved:
                changed.append(Changed(row.reference, moved))
    return changed


def follow_calendars(workspace: Workspace, *, by: str, now: datetime) -> list[Changed]:
    """Count anew when bank holidays or closures have changed since the office's log last noted them."""
    digest = _calendars(workspace)
    last = next(reversed(workspace.store.noted(CALENDARS)), None)
    if last is not None and last.body == digest:
        return _recount_again(workspace, by=by, now=now)
    changed = recount(workspace, CHANGED, by=by, now=now)
    workspace.store.note(LogEntry(stamp(now), by, CALENDARS, digest))
    return changed


def _recount_again(workspace: Workspace, *, by: str, now: datetime) -> list[Changed]:
    """Those that failed before, as far as they are still open."""
    boundary = Boundary(workspace, CALENDARS, now)
    waiting = boundary.waiting("case")
    rows = [row for row in workspace.store.cases("open") if plain(row.reference) in waiting] if waiting else []
    changed = _recounted(workspace, boundary, rows, CHANGED, by=by, now=now)
    boundary.end("case")
    return changed


def _calendars(workspace: Workspace) -> str:
    """A digest of everything by which days are counted, as text for the office's log."""
    path = workspace.folder / "calendars.yaml"
    data = read_file(path, within=workspace.folder)
    overlay = data if isinstance(data, bytes) else b""
    own = workspace.partnership.model_dump_json(include={"closures", "calendars"}).encode()
    return f"as of {hashlib.sha256(overlay + own).hexdigest()[:12]}"


def hand_over(workspace: Workspace, role: str, reason: str, *, by: str, now: datetime) -> int:
    """Note in the office's log that a post has passed to somebody else; returns how many open items it owes.

    Nothing in a case changes: messages are addressed to the post, and partnership.yaml says whose mailbox that is.
    Raises Refused.
    """
    roles = workspace.partnership.roles
    if role not in roles:
        message = not_among(A_ROLE, role, roles)
        raise Refused([message], f"Roles: {listing(roles)}.")
    workspace.store.note(LogEntry(stamp(now), by, "handover", f"{roles[role].title}: {read_screened_reason(reason)}"))
    return sum(item.owner == role_recipient(role) for _, item in workspace.store.items())


def merge_agencies(workspace: Workspace, command: c.MergeAgencies, *, by: str, now: datetime) -> list[Changed]:
    """Put the new agency in the place of the old one in every open case; returns those cases. Raises Refused."""
    agencies = workspace.partnership.agencies
    if command.new not in agencies:
        message = not_among(AN_AGENCY, command.new, agencies)
        raise Refused([message], f"Write it there first. Agencies: {listing(agencies)}.")
    read_screened_reason(command.reason)
    changed = list(_merged(workspace, command, by, now))
    if not changed:
        raise Refused([f'"{command.old}" has no part in any open case.'], "Nothing was changed.")
    titles = (recipient_title(workspace.partnership, agency_recipient(name)) for name in (command.new, command.old))
    workspace.store.note(LogEntry(stamp(now), by, "agencies", f"{' goes on for '.join(titles)}: {command.reason}"))
    return changed


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
