"""An office that was restored from a backup: until it is settled what went meanwhile, no letter goes out.

What the lost machine sent after the backup is not known here, so that every letter that waits may be one that its
mailbox has. That it is so, and that it is over, stands in the office's log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewflow.london import read_stamp, stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry
from reviewflow.text import moment_words

RESTORED = "restored"
"""The kind of entry that says from when the backup was; the last one, with `SETTLED` in it, that all is settled."""
SETTLED = "settled"
ANSWERED = "letter settled"
"""The kind of entry that says of one letter whether it was sent."""
WAS_SENT, WAS_NOT_SENT = " was sent: ", " was not sent: "


@dataclass(frozen=True, slots=True)
class Restoration:
    """From when the backup was, when it was restored, and when the first sweep since was over: as stored."""

    backup: str
    restored: str
    swept: str | None

    @property
    def words(self) -> str:
        """For people, as two sentences."""
        from_when = moment_words(read_stamp(self.backup))
        return (
            f"Restored from a backup of {from_when}: no letter goes out until it is settled which went since. "
            "See which: reviewflow settle"
        )


def unsettled(workspace: Workspace) -> Restoration | None:
    """The restoration after which nothing goes out yet; None when there was none, or all is settled."""
    last = next(reversed(workspace.store.noted(RESTORED)), None)
    if last is None or last.body == SETTLED:
        return None
    return Restoration(last.body, last.at, workspace.store.first_sweep_since(last.at))


def unsettled_words(workspace: Workspace) -> list[str]:
    """That nothing goes out, for people; nothing where letters go."""
    restoration = unsettled(workspace)
    return [restoration.words] if restoration else []


def note_restored(workspace: Workspace, backup: datetime, *, by: str, now: datetime) -> None:
    """From now on nothing goes out, until `note_settled`."""
    workspace.store.note(LogEntry(stamp(now), by, RESTORED, stamp(backup)))


def note_settled(workspace: Workspace, *, by: str, now: datetime) -> None:
    """Letters go again."""
    workspace.store.note(LogEntry(stamp(now), by, RESTORED, SETTLED))


def note_answer(workspace: Workspace, number: str, why: str, *, was_sent: bool, by: str, now: datetime) -> None:
    """Who says of a letter whether it was sent before the machine was lost, and how they know."""
    answer = WAS_SENT if was_sent else WAS_NOT_SENT
    workspace.store.note(LogEntry(stamp(now), by, ANSWERED, f"{number}{answer}{why}"))


def answers(workspace: Workspace, restoration: Restoration) -> Mapping[str, bool]:
    """By the number of each letter that was answered since: whether it was sent. The last answer counts."""
    entries = [entry.body for entry in workspace.store.noted(ANSWERED) if entry.at >= restoration.restored]
    return {number: f" {words}".startswith(WAS_SENT) for number, _, words in (body.partition(" ") for body in entries)}
