"""What is done to all open cases at once: days counted anew, one agency in the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case import commands as c
from reviewflow.case import events as e
from reviewflow.case.plausible import read_reason
from reviewflow.case.refusal import Refused
from reviewflow.case.snapshot import load
from reviewflow.language.problem import listing, suggestion
from reviewflow.service.cases import carry_out
from reviewflow.service.office import Office


@dataclass(frozen=True, slots=True)
class Changed:
    """A case in which something changed, and how many things."""

    reference: str
    items: int


def recount(office: Office, because: str, *, by: str, now: datetime) -> list[Changed]:
    """Count the days of all open cases anew, each in an event of its own; raises Refused for a reason that names."""
    words = read_reason(because)
    found = []
    for row in office.store.cases("open"):
        events = carry_out(office, row.reference, c.Recount(words), by=by, now=now).events
        moved = sum(len(event.items) for event in events if isinstance(event, e.DueMoved))
        if moved:
            found.append(Changed(row.reference, moved))
    return found


def merge_agencies(office: Office, command: c.MergeAgencies, *, by: str, now: datetime) -> list[Changed]:
    """In every open case that the old agency has a part in, the new one takes its place; raises Refused."""
    known = office.partnership.agencies
    if command.new not in known:
        message = f'"{command.new}" is not an agency in partnership.yaml.{suggestion(command.new, known)}'
        raise Refused([message], f"Write it there first. Agencies: {listing(known)}.")
    read_reason(command.reason)
    found = list(_merged(office, command, by, now))
    if not found:
        raise Refused([f'"{command.old}" has no part in any open case.'], "Nothing was changed.")
    return found


def _merged(office: Office, command: c.MergeAgencies, by: str, now: datetime) -> Iterator[Changed]:
    for row in office.store.cases("open"):
        case = load(row.reference, row.state)
        if command.old not in case.agencies and f'"{command.old}"' not in row.state:
            continue
        try:
            events = carry_out(office, row.reference, command, by=by, now=now).events
        except Refused:  # a word of an answer that only looks like the agency
            continue
        moved = sum(len(event.items) for event in events if isinstance(event, e.AgenciesMerged))
        yield Changed(row.reference, moved)
