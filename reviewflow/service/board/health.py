"""Health: what `reviewflow doctor` finds, with what to do first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewflow.service.board.today import things_words
from reviewflow.service.health.doctor import Patient, look
from reviewflow.service.health.finding import Finding, HealthState
from reviewflow.service.health.sweeping import in_prefect
from reviewflow.service.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the machine and the office's own files do their part."""

    office: str
    now: datetime
    findings: tuple[Finding, ...]
    """What is to be done first, then what cannot be told, then what is as it should be."""

    @property
    def to_do(self) -> int:
        """How many findings are not as they should be."""
        return sum(finding.verdict is not HealthState.GOOD for finding in self.findings)

    @property
    def headline(self) -> str:
        """'All is well.', or how much is to be put right."""
        return f"{things_words(self.to_do).capitalize()} to put right." if self.to_do else "All is well."


WORST_FIRST = (HealthState.TO_DO, HealthState.UNKNOWN, HealthState.GOOD)


def health_page(workspace: Workspace, environ: Mapping[str, str], *, now: datetime) -> Health:
    """The page; a check that cannot be made says so."""
    findings = [*look(Patient(workspace, environ, now)), *in_prefect(workspace, now)]
    findings.sort(key=lambda finding: WORST_FIRST.index(finding.verdict))
    return Health(workspace.partnership.partnership, now, tuple(findings))
