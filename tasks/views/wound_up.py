"""What is left of a run when it has ended: a name that says how, and no tag of what is still to be done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from prefect.client.schemas.objects import State

from reviewflow.service.views.in_prefect.shown import CASE, OVERDUE, OWED
from tasks.server.prefect_api import FORM, Prefect, Run, connected, state

PASSING = frozenset({CASE, OWED, OVERDUE})
"""Tags by which what is still to be done is found."""
BROKEN = ("CRASHED", "FAILED")
"""How a run ends that did not come to its end."""


def wind_up(prefect: Prefect, run: Run, ended: str) -> None:
    """Rename a run that has ended, or is about to, and take off its passing tags."""
    name, tags = ended_name(run.name, ended), run.tags - PASSING
    if (run.name, run.tags) != (name, tags):
        prefect.amend(run.id, name=name, tags=sorted(tags))


def wind_up_this(run_id: str, ended: str) -> None:
    """As `wind_up`, for the run that asks."""
    with connected() as prefect:
        wind_up(prefect, prefect.run(run_id), ended)


def under_its_name(run_id: str, ending: State[None]) -> State[None]:
    """How the run that asks ends, whose name now says so."""
    wind_up_this(run_id, str(ending.name))
    return ending


def wind_up_others(prefect: Prefect, cases: Collection[str] | None) -> list[Run]:
    """Of all that was ended otherwise, such as cancelled by somebody; returns what is not over, and runs once more.

    That is whose answers Prefect took, and whose process then died, or failed, before they were recorded.
    """
    left, again = list(prefect.ended_runs(OWED, cases)), list[Run]()
    for run in left:
        if run.type in BROKEN and prefect.read_input(run.id, FORM["response"]) is not None:
            again.append(run_again(prefect, run))
        else:
            wind_up(prefect, run, run.state)
    return again


def run_again(prefect: Prefect, run: Run) -> Run:
    """Have a run that is not over done by whoever takes it: what it records, it records once."""
    prefect.set_state(run.id, state("SCHEDULED", "Resuming", scheduled_time=prefect.now().isoformat()))
    return replace(run, type="SCHEDULED", state="Resuming")


def ended_name(name: str, ended: str) -> str:
    """'Done late · RR-2026-001 · Set up the review', of 'Overdue · RR-2026-001 · Set up the review'."""
    standing, _, rest = name.partition(" · ")
    title = name if not rest or any(map(str.isdigit, standing)) else rest
    return f"{ended} · {title}"
