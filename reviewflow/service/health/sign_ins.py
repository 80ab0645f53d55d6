"""Whether somebody guesses at the office's passwords."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.sign_ins.failed import failed_within_a_day
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted

ROLES = "REVIEWFLOW_ROLES_FILE"
MANY = 20
"""In a day: a handful are slips of the hand."""


def sign_ins(workspace: Workspace, environ: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """How many failed within a day; nothing where there is no proxy that would tell."""
    failed = failed_within_a_day(workspace, now=now)
    says = f"{counted(failed, 'sign-in')} failed within a day"
    if failed > MANY:
        remedy = "see from where, in the proxy's journal, and have such places shut out: fail2ban"
        yield to_do(Ailment.SIGN_INS_FAILED, "sign-ins", says, remedy)
    elif failed or environ.get(ROLES):
        yield good("sign-ins", says)
