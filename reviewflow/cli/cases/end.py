"""How a case ends: withdraw, end."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.context import Changing, Reason, Reference


def withdraw(
    reference: Reference,
    reason: Reason,
    *,
    context: Changing,
) -> None:
    """End a case here; nothing is chased any more and its history stays."""
    from reviewflow.case.model.commands import Withdraw

    carry_out_and_show(context, reference, Withdraw(reason))


def end(
    reference: Reference,
    ending: Annotated[str, typer.Argument(help="Which of the process's ways out: criteria_not_met")],
    reason: Reason,
    *,
    context: Changing,
) -> None:
    """End a case by one of its process's ways out; nothing is chased any more and its history stays."""
    from reviewflow.case.model.commands import End

    carry_out_and_show(context, reference, End(ending, reason))
