"""audit: every case replayed, and the chain of its history verified."""

from __future__ import annotations

from dataclasses import asdict

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Listing


def audit(
    *,
    context: Listing,
) -> None:
    """Replay every case, compare with what is stored, and verify the chain of its history."""
    from reviewflow.service.records.audit import audit as run_audit
    from reviewflow.service.records.audit import unproven

    with context.workspace() as workspace:
        looked_at, findings = run_audit(workspace)
        older = unproven(workspace)
    if context.as_json:
        show_json({"cases": looked_at, "findings": [asdict(finding) for finding in findings], "older_names": older})
    for finding in () if context.as_json else findings:
        typer.echo(f"{finding.reference}: {finding.words}")
    if not context.as_json:
        typer.echo(f"{looked_at} cases audited: {'all whole' if not findings else f'{len(findings)} with faults'}.")
    if older and not context.as_json:
        typer.echo(
            f"Of {older} older names nothing in the chains says whose they are: they are from before this was proven."
        )
    if findings:
        raise typer.Exit(1)
