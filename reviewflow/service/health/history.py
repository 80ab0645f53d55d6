"""Whether what was recorded is sealed, so that a later change would be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reviewflow.london import read_stamp
from reviewflow.service.health.finding import Finding, Verdict
from reviewflow.service.records.sealing import sealed_up_to
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted, moment_words

SOON = timedelta(hours=1)
"""Within which a sweep seals what was recorded; it comes every quarter of an hour."""


def audit_head(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """The newest seal, and how much no seal covers yet."""
    sealed = sealed_up_to(workspace)
    since, rows = sealed.unsealed.since, sealed.unsealed.rows
    newest = f"Seal {sealed.head.seals} of {moment_words(read_stamp(sealed.head.at))}" if sealed.head else "No seal yet"
    says = f"{newest}; {counted(rows, 'row')} recorded since"
    if rows and (since is None or read_stamp(since) < now - SOON):
        remedy = "see that sweeps run: each seals what was recorded; reviewflow audit does too"
        yield Finding("audit head", Verdict.TO_DO, says, remedy)
    else:
        yield Finding("audit head", Verdict.GOOD, says)
