"""How long cases are kept, and those that were destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reviewflow.cli.tables.plain import day_cell, page, table
from reviewflow.london import london_day

if TYPE_CHECKING:
    from reviewflow.service.records.disposal import Issued
    from reviewflow.service.records.retention import RetainedCase


def retention_table(cases: Sequence[RetainedCase], now: datetime) -> None:
    """Every case, one a line; first those that may go first."""
    console = page()
    rows = table("Case", "Process", "State", "Class", "Kept for", "Over", "Destroy after", "")
    for case in cases:
        note = f"Legal hold: {case.legal_hold}" if case.legal_hold else ""
        note = "may be destroyed" if case.may_be_destroyed(london_day(now)) else note
        days = day_cell(case.over), day_cell(case.destroy_after)
        keep = f"{case.keep or 'not set'}{f', to {day_cell(case.kept_until)} at least' if case.kept_until else ''}"
        rows.add_row(case.case, case.title, case.status, case.kind, keep, *days, note)
    console.print(rows if cases else "No cases.")


def destroyed_table(certificates: Sequence[Issued]) -> None:
    """Every case that was destroyed, one a line."""
    rows = table("Case", "Process", "Class", "Destroyed (UTC)", "By", "Because")
    for issued in certificates:
        certificate = issued.certificate
        rows.add_row(
            certificate.case,
            certificate.title,
            certificate.kind,
            issued.at[:16].replace("T", " "),
            issued.by,
            certificate.reason,
        )
    page().print(rows if certificates else "No case was destroyed.")
