"""Who may extend what, and how often what was done may be reopened: the nearest rule counts."""

from __future__ import annotations

from reviewflow.language.model import Extensions, Process, Reopenings


def extensions_of(process: Process, name: str) -> Extensions | None:
    """The rule for extending a step or a limit; None where anybody may, as often as is granted."""
    own = process.limits[name].extensions if name in process.limits else process.steps[name].extensions
    return own or process.extensions


def may_be_extended(process: Process, name: str, times: int) -> bool:
    """Whether a step or a limit may be given more time once more, after it was `times` times; never a national one."""
    limit, rule = process.limits.get(name), extensions_of(process, name)
    if limit is not None and limit.national is not None:
        return False
    return rule is None or rule.times is None or times < rule.times


def reopenings_of(process: Process, step: str) -> Reopenings | None:
    """The rule for reopening a step by hand; None where it may be as often as there is reason."""
    return process.steps[step].reopenings or process.reopenings
