"""doctor: what stands, what does not, and what to do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib.util import find_spec
from typing import TYPE_CHECKING

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking
from reviewflow.errors import OURS, YOURS

if TYPE_CHECKING:
    from reviewflow.service.health.finding import Finding


def doctor(
    *,
    context: Looking,
) -> None:
    """What stands and what does not: database, clocks, sweeps, letters, routes, Prefect, backups; and what to do.

    Exit status: 0 all is well, 1 something is to be done, 3 something cannot be told. What is not well has a name in
    brackets: docs/doctor.md says more of it.
    """
    from reviewflow.service.health.doctor import examine
    from reviewflow.service.health.finding import HealthState

    environ = context.environ(may_begin=True)
    findings = examine(environ, now=context.moment)
    if len(findings) > SHUT:
        findings += _from_outside(environ)
    if context.as_json:
        show_json([asdict(finding) for finding in findings])
    for finding in () if context.as_json else findings:
        remedy = f" What to do: {finding.remedy}. [{finding.ailment}]" if finding.ailment else ""
        typer.echo(f"{finding.verdict:<12} {finding.about}: {finding.says}.{remedy}")
    verdicts = {finding.verdict for finding in findings}
    if HealthState.UNKNOWN in verdicts:
        raise typer.Exit(OURS)
    if HealthState.TO_DO in verdicts:
        raise typer.Exit(YOURS)


SHUT = 2
"""How many findings there are at most when the database could not be used: then no other question has an answer."""


def _from_outside(environ: Mapping[str, str]) -> list[Finding]:
    """Whether mail servers and Prefect answer; nothing where they are not installed."""
    from reviewflow.service.health.ailment import Ailment
    from reviewflow.service.health.finding import Finding, HealthState, cannot_tell, good

    if not (find_spec("apprise") and find_spec("prefect")):
        return [good("outside", "Not asked: the parts for mail and Prefect are not installed here")]
    command = [sys.executable, "-m", "tasks.outside"]
    asked = subprocess.run(command, env=dict(environ), capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if asked.returncode:
        says = (asked.stderr.strip().splitlines() or ["It ended without a word"])[0].rstrip(".")
        return [cannot_tell(Ailment.CHECK_FAILED, "outside", says, "put that right, and look again")]
    return [
        Finding(
            found["about"],
            HealthState(found["verdict"]),
            found["says"],
            found["remedy"],
            Ailment(found["ailment"]) if found["ailment"] else None,
        )
        for found in json.loads(asked.stdout)
    ]
