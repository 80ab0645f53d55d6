"""The audit of many cases, in several processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from reviewflow.service.records.audit import audit_cases, audit_office
from reviewflow.service.records.proof.finding import AuditFinding
from reviewflow.service.workspace.workspace import Workspace, open_workspace


def audit_in_processes(
    workspace: Workspace, environ: Mapping[str, str], processes: int
) -> tuple[int, list[AuditFinding]]:
    """As `audit`, the cases shared out; `environ` names the same database and definitions as the workspace."""
    references = [row.reference for row in workspace.store.cases(None)]
    shares = [references[place::processes] for place in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        audited = pool.map(partial(_audit_share, dict(environ)), shares)
        office = audit_office(workspace)
        findings = [finding for share in audited for finding in share]
    return len(references), [*sorted(findings, key=lambda finding: finding.reference), *office]


def _audit_share(environ: Mapping[str, str], references: Sequence[str]) -> list[AuditFinding]:
    with open_workspace(environ) as workspace:
        return audit_cases(workspace, frozenset(references))
