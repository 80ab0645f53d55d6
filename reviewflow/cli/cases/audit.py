"""audit: whether what was recorded, is owed and was sent is what it was; and the head to keep elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking
from reviewflow.text import counted

if TYPE_CHECKING:
    from reviewflow.service.records.audit_heads import Head, SealedUpTo
    from reviewflow.service.records.proof.finding import AuditFinding
    from reviewflow.service.workspace.workspace import Workspace
    from reviewflow.store.records import Unsealed

ALONE = "That this is the newest copy only a head shows that was kept elsewhere (audit --since HEAD). Now it is:"
PROCESSES_FROM = 200
"""From how many cases on it is worth starting other processes."""


def audit(
    *,
    head: Annotated[bool, typer.Option("--head", help="Only seal, and print the line to keep elsewhere")] = False,
    since: Annotated[
        str, typer.Option("--since", help="A head that was kept, or a file of them: is this still its history?")
    ] = "",
    context: Looking,
) -> None:
    """Look whether what was recorded, is owed and was sent is what it was: each case replayed, every seal verified."""
    with context.workspace() as workspace:
        kept = _kept(since)
        if head:
            _show_head(workspace, context)
            return
        before = _up_to(workspace)
        looked_at, findings = _audited(workspace, context)
        findings += _broken(workspace, kept)
        if not findings:
            _seal(workspace, context)
        _show(workspace, context, looked_at, findings, before.unsealed, is_compared=bool(kept))
    if findings:
        raise typer.Exit(1)


def _up_to(workspace: Workspace) -> SealedUpTo:
    """How far it is sealed; nothing, where that cannot be read: the audit says so."""
    from reviewflow.service.records.audit_heads import SealedUpTo, sealed_up_to
    from reviewflow.store.errors import StoreUnavailable
    from reviewflow.store.records import Unsealed

    try:
        return sealed_up_to(workspace)
    except StoreUnavailable:
        return SealedUpTo(None, Unsealed(0, None))


def _audited(workspace: Workspace, context: Looking) -> tuple[int, list[AuditFinding]]:
    from reviewflow.service.records.audit import audit as run_audit
    from reviewflow.service.records.auditors import audit_in_processes
    from reviewflow.store.errors import StoreUnavailable

    cores = os.cpu_count() or 1
    with suppress(StoreUnavailable):  # then it says what cannot be read
        if cores > 1 and len(workspace.store.cases(None)) >= PROCESSES_FROM:
            return audit_in_processes(workspace, context.environ(), cores)
    return run_audit(workspace)


def _kept(since: str) -> list[Head]:
    """The heads that today's history must go on from: those that are named, and those that the office keeps."""
    from reviewflow.service.records.audit_heads import heads_in
    from reviewflow.service.sweep.seldom.heads import HEADS

    named = Path(since).read_text(encoding="utf-8") if since and Path(since).is_file() else since
    if since and not list(heads_in(named)):
        raise typer.BadParameter(f'"{since[:80]}" is neither a head nor a file with one. See: reviewflow audit --head')
    office = os.environ.get(HEADS)
    own = Path(office).read_text(encoding="utf-8") if office and Path(office).is_file() else ""
    return list(heads_in(f"{named}\n{own}"))


def _broken(workspace: Workspace, kept: list[Head]) -> Iterator[AuditFinding]:
    from reviewflow.service.records.audit_heads import broken
    from reviewflow.service.records.proof.finding import SEALS, AuditFinding

    if kept:
        yield from (AuditFinding(SEALS, None, words) for words in broken(workspace, kept))


def _seal(workspace: Workspace, context: Looking) -> None:
    from reviewflow.service.records.audit_heads import seal

    seal(workspace, now=context.moment)


def _show_head(workspace: Workspace, context: Looking) -> None:
    from reviewflow.service.records.audit_heads import newest_head

    _seal(workspace, context)
    newest = newest_head(workspace)
    if context.as_json:
        show_json(asdict(newest) if newest else None)
    else:
        typer.echo(newest.line if newest else "Nothing was recorded yet, so there is nothing to seal.")


def _show(
    workspace: Workspace,
    context: Looking,
    looked_at: int,
    findings: list[AuditFinding],
    before: Unsealed,
    *,
    is_compared: bool,
) -> None:
    from reviewflow.service.records.proof.finding import WHAT_TO_DO
    from reviewflow.service.records.proof.names import unproven

    newest = _up_to(workspace).head
    older = 0 if findings else unproven(workspace)
    if context.as_json:
        told = [asdict(finding) for finding in findings]
        head = asdict(newest) if newest else None
        show_json({"cases": looked_at, "findings": told, "older_names": older, "unsealed": before.rows, "head": head})
        return
    for finding in findings:
        typer.echo(f"{finding.reference}: {finding.words}")
    whole = "all whole" if not findings else counted(len(findings), "fault")
    typer.echo(f"{counted(looked_at, 'case')} audited: {whole}.")
    if findings:
        typer.echo(WHAT_TO_DO)
    elif before.since:
        rows = "1 row was" if before.rows == 1 else f"{before.rows} rows were"
        sealed = "it is" if before.rows == 1 else "they are"
        typer.echo(f"{rows} recorded since the seal of {before.since}; {sealed} sealed now.")
        if not is_compared:
            typer.echo(f"{ALONE} {newest.line if newest else ''}")
    if older:
        typer.echo(
            f"Of {older} older names nothing in the chains says whose they are: they are from before this was proven."
        )
