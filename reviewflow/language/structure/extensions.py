"""Who may extend what: the nearest rule counts, the step's or the limit's own before the process's."""

from __future__ import annotations

from reviewflow.language.model import Extensions, Process


def extensions_of(process: Process, name: str) -> Extensions | None:
    """The rule for extending a step or a limit; None where anybody may, as often as is granted."""
    own = process.limits[name].extensions if name in process.limits else process.steps[name].extensions
    return own or process.extensions
