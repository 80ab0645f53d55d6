"""Whether what was recorded is sealed, so that a later change would be seen, and backed up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reviewflow.london import read_stamp
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.records.audit_heads import newest_head
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import BACKUP
from reviewflow.text import counted, moment_words

SOON = timedelta(hours=1)
"""Within which a sweep seals what was recorded; it comes every quarter of an hour."""
NIGHTS = timedelta(days=2)
"""How old the newest backup may be: of one that is made each night, one may fail."""


def audit_head(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """The newest seal, and how much of what came after it no seal covers yet."""
    head, unsealed = newest_head(workspace), workspace.store.newly_unsealed()
    since, rows = unsealed.since, unsealed.rows
    newest = f"Seal {head.seals} of {moment_words(read_stamp(head.at))}" if head else "No seal yet"
    says = f"{newest}; {counted(rows, 'row')} recorded since"
    if rows and (since is None or read_stamp(since) < now - SOON):
        remedy = "see that sweeps run: each seals what was recorded; reviewflow audit does too"
        yield to_do(Ailment.UNSEALED, "audit head", says, remedy)
    else:
        yield good("audit head", says)


def backup(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """How old the newest backup is that reviewflow made of this office."""
    made = workspace.store.last_done().get(BACKUP)
    if made is None and workspace.store.last_recorded() is None:
        yield good("backup", "Nothing is recorded yet that a backup could save")
    elif made is None or read_stamp(made.at) < now - NIGHTS:
        says = f"The newest is of {moment_words(read_stamp(made.at))}" if made else "None was ever made"
        remedy = "make one, and let a timer do so each night: reviewflow backup -o FILE --for KEY"
        yield to_do(Ailment.BACKUP_OLD, "backup", says, remedy)
    else:
        yield good("backup", f"The newest is of {moment_words(read_stamp(made.at))}")
