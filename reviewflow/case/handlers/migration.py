"""Moving a running case to another version of its process, or to the present edition of reviewflow's own rules.

What was done stays; what a version drops is recorded.
"""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.correspondence.released_letters import tell_new_posts
from reviewflow.case.handlers.verifying.passing_on import tell_other_owners
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.due_days import recount
from reviewflow.case.rules import edition
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.text import listing


def migrate(draft: Draft, command: c.Migrate) -> None:
    """Move the case to the version in `draft.plan`; raises Refused when that cannot carry it on."""
    plan = draft.plan
    case, process = draft.case, plan.definition.process
    if process.process != case.process:
        problem = f"{case.reference} runs {case.process}; it cannot become {process.process}."
        raise Refused([problem], "Nothing was changed.")
    if plan.definition.hash == case.definition:
        raise Refused([f"{case.reference} already runs this version ({case.version})."], "Nothing was changed.")
    missing = [name for name in process.opening.dates if name not in case.dates]
    if process.opening.calendar is not None and not case.calendar:
        missing.append("a calendar that is chosen")
    if edition.a_start_hands_over_times(case):
        missing += [f"the time of day of {name}" for name in process.opening.times if name not in case.times]
    if missing:
        problem = f"Version {process.version} opens with {listing(missing)}, which this case does not have."
        raise Refused([problem], "Let the case finish under its own version.")
    _refuse_without_agencies(plan, case)
    removed, reason = items_dropped(plan, case), read_reason(command.reason)
    draft.emit(e.Migrated(process.version, plan.definition.hash, reason, removed, command.answers))
    recount(draft, f"version {process.version} counts otherwise")
    tell_new_posts(draft, command.released_by)
    tell_other_owners(draft, command.owed_by)


def _refuse_without_agencies(plan: Plan, case: Case) -> None:
    """Raises Refused where an agency that the new version names as one that must take part does not."""
    process = plan.definition.process
    needed = process.opening.agencies
    if absent := [*needed.absent(case.agencies)] if needed is not None else []:
        problem = f"Version {process.version} needs {listing(absent)} among its agencies."
        taking = f"Taking part: {listing(case.agencies, none='none')}."
        raise Refused([problem], f"Let them join first, or the case finish under its own version. {taking}")


def adopt_rules(draft: Draft, command: c.AdoptRules) -> None:
    """Have the case go on by the present edition of rules; raises Refused when it does already."""
    if draft.case.rules >= edition.CURRENT:
        raise Refused([f"{draft.case.reference} is run by the present rules already."], "Nothing was changed.")
    draft.emit(e.RulesAdopted(edition.CURRENT, read_reason(command.reason)))
    recount(draft, "the present rules count otherwise")


def items_dropped(plan: Plan, case: Case) -> tuple[str, ...]:
    """The items of the case that the new version does not have."""
    current = {*plan.all_items(case), *plan.limit_items(case)}
    return tuple(
        item for item, state in case.items.items() if item not in current and state.status is not Status.WITHDRAWN
    )
