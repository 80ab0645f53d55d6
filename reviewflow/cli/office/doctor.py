"""doctor: what stands, what does not, and what to do."""

from __future__ import annotations

from dataclasses import asdict

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking
from reviewflow.errors import OURS, YOURS


def doctor(
    *,
    context: Looking,
) -> None:
    """What stands and what does not: database, sweeps, trouble, letters, clock; and what to do.

    Exit status: 0 all is well, 1 something is to be done, 3 something cannot be told.
    """
    from reviewflow.service.health.doctor import examine
    from reviewflow.service.health.finding import Verdict

    findings = examine(context.environ(may_begin=True), now=context.moment)
    if context.as_json:
        show_json([asdict(finding) for finding in findings])
    for finding in () if context.as_json else findings:
        remedy = f" What to do: {finding.remedy}." if finding.remedy else ""
        typer.echo(f"{finding.verdict:<12} {finding.about}: {finding.says}.{remedy}")
    verdicts = {finding.verdict for finding in findings}
    if Verdict.UNKNOWN in verdicts:
        raise typer.Exit(OURS)
    if Verdict.TO_DO in verdicts:
        raise typer.Exit(YOURS)
