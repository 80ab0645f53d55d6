"""Moving a running case to another version of its process: nothing that was done is lost, what falls away is said."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.due_days import recount
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.text import listing


def migrate(draft: Draft, command: c.Migrate) -> None:
    """`plan` is the version to move to."""
    plan = draft.plan
    case, process = draft.case, plan.definition.process
    if process.process != case.process:
        said = f"{case.reference} runs {case.process}; it cannot become {process.process}."
        raise Refused([said], "Nothing was changed.")
    if plan.definition.hash == case.definition:
        raise Refused([f"{case.reference} already runs this version ({case.version})."], "Nothing was changed.")
    missing = [name for name in process.opening.dates if name not in case.dates]
    if missing:
        said = f"Version {process.version} opens with {listing(missing)}, which this case does not have."
        raise Refused([said], "Let the case finish under its own version.")
    fallen, reason = steps_gone(plan, case), read_reason(command.reason)
    draft.emit(e.Migrated(process.version, plan.definition.hash, reason, fallen, command.answers))
    recount(draft, f"version {process.version} counts otherwise")


def steps_gone(plan: Plan, case: Case) -> tuple[str, ...]:
    """What the case holds and the version does not know any more."""
    known = {*plan.all_items(case), *plan.limit_items(case)}
    return tuple(
        item for item, state in case.items.items() if item not in known and state.status is not Status.WITHDRAWN
    )
