"""Who may extend what, and how often what was done may be reopened: the nearest rule counts."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.model import OUTSIDE, Extensions, Process, Reopenings, Step
from reviewflow.language.structure.contacts import contact_written_to

_EVERYBODY = "everybody asked in "


def extensions_of(process: Process, name: str) -> Extensions | None:
    """The rule for extending a step or a limit; None where anybody may, as often as is granted."""
    own = process.limits[name].extensions if name in process.limits else process.steps[name].extensions
    return own or process.extensions


def asked_in(name: str) -> str:
    """'serve' of `everybody asked in serve`; '' of any other who is told of a new day."""
    return name.removeprefix(_EVERYBODY) if name.startswith(_EVERYBODY) else ""


def asks_somebody(step: Step) -> bool:
    """Whether a step asks or writes to posts or agencies: letters to contacts and to bodies outside stand alone."""
    stands_alone = bool(contact_written_to(step)) or OUTSIDE in step.to
    return (step.owner is not None or step.send is not None) and not stands_alone


def rules_for_extensions(process: Process) -> Iterator[tuple[tuple[str, ...], Extensions]]:
    """Every rule of a process for extensions, with where it stands."""
    if process.extensions is not None:
        yield ("extensions",), process.extensions
    for name, step in process.steps.items():
        if step.extensions is not None:
            yield ("steps", name, "extensions"), step.extensions
    for name, limit in process.limits.items():
        if limit.extensions is not None:
            yield ("limits", name, "extensions"), limit.extensions


def may_be_extended(process: Process, name: str, times: int) -> bool:
    """Whether a step or a limit may be given more time once more, after it was `times` times; never a national one."""
    limit, rule = process.limits.get(name), extensions_of(process, name)
    if limit is not None and limit.national is not None:
        return False
    return rule is None or rule.times is None or times < rule.times


def reopenings_of(process: Process, step: str) -> Reopenings | None:
    """The rule for reopening a step by hand; None where it may be as often as there is reason."""
    return process.steps[step].reopenings or process.reopenings
