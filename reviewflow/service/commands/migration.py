"""Moving a running case to its process as the file is now: first what would happen to each item, then the move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from reviewflow.case.advance import work_out
from reviewflow.case.handlers.correspondence.released_letters import who_may_release
from reviewflow.case.handlers.verifying.passing_on import who_owes
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import WAS_DONE, Answers, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.recipients import as_recipient
from reviewflow.language.differences import Difference, differences
from reviewflow.language.model import AGENCY
from reviewflow.london import london_day, stamp
from reviewflow.service.commands.carry_out import find
from reviewflow.service.commands.commit import build_change
from reviewflow.service.commands.other_cases import told_to_others
from reviewflow.service.messages.naming import item_title
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import due_words


@dataclass(frozen=True, slots=True)
class StepFate:
    """What the move does to one item: its title, and in words what becomes of it."""

    item: str
    title: str
    words: str
    keeps: Status | None = None
    """Where it stood and stands; None where somebody owes it or something changes, which nobody may overlook."""


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """A move that has been decided and not been stored yet."""

    reference: str
    version: tuple[int, int]
    """The version before the move and after it."""
    differences: tuple[Difference, ...]
    fates: tuple[StepFate, ...]
    row: CaseRow
    plan: Plan
    before: Case
    after: Case
    events: tuple[e.Event, ...]


def plan_move(workspace: Workspace, reference: str, *, reason: str, now: datetime) -> PlannedMove:
    """What moving the case to its process as it is now would do; raises Refused, UnknownCase or DefinitionError."""
    row = find(workspace, reference)
    case, old = load(row.reference, row.state), workspace.plan(row.definition)
    new = workspace.plan_of(workspace.definition(case.process, case.dates))
    command = c.Migrate(
        reason, _answers_asked_anew(workspace, case, new), who_may_release(old, case), who_owes(old, case)
    )
    draft = work_out(new, case, command, now=now, calendars=workspace.calendars)
    return PlannedMove(
        reference=row.reference,
        version=(case.version, new.definition.process.version),
        differences=tuple(differences(old.definition, new.definition)),
        fates=tuple(
            _fates(
                CaseContext(old, case, workspace.partnership, workspace.calendars, now),
                CaseContext(new, draft.case, workspace.partnership, workspace.calendars, now),
            )
        ),
        row=row,
        plan=new,
        before=case,
        after=draft.case,
        events=tuple(draft.events),
    )


def make_move(workspace: Workspace, move: PlannedMove, *, by: str, now: datetime) -> Case:
    """Store what `plan_move` decided; raises CaseConflict when the case has changed since."""
    pinned, process = move.plan.definition, move.plan.definition.process
    workspace.store.put_definition(pinned.hash, process.process, process.version, pinned.body, stored_at=stamp(now))
    workspace.plans.setdefault(pinned.hash, move.plan)
    context = CaseContext(move.plan, move.after, workspace.partnership, workspace.calendars, now)
    change = build_change(context, move.row, move.before, move.events, by=by, on=london_day(now).isoformat(), key=None)
    told = told_to_others(workspace, move.after, move.events, by=by, now=now)
    others = tuple(other.change for other in told)
    workspace.store.append(replace(change, definition=pinned.hash, others=others))
    return move.after


def _answers_asked_anew(workspace: Workspace, case: Case, new: Plan) -> Mapping[str, Answers]:
    """By item, the answers that the new version refers to; the state has only those that the old one referred to."""
    recorded: dict[str, Answers] = {}
    for stored in workspace.store.events(case.reference):
        event = e.decode(stored.kind, stored.body)
        if isinstance(event, e.Completed | e.CountedBySilence):
            recorded[event.item] = {**event.answers, **event.said}
    used = new.used_answers
    asked_anew: dict[str, Answers] = {}
    for item, state in case.items.items():
        if state.status in WAS_DONE and step_of(item) in used:
            all_answers = recorded.get(item, {})
            answers = {
                **{name: answer for name, answer in all_answers.items() if name in used[step_of(item)]},
                **state.answers,
            }
            if answers != dict(state.answers):
                asked_anew[item] = answers
    return asked_anew


def _fates(before: CaseContext, after: CaseContext) -> Iterator[StepFate]:
    new, was, now = after.plan, before.case.items, after.case.items
    before_it = _owed_no_more_before(new, before.case)
    for item in dict.fromkeys((*new.limits, *new.all_items(after.case), *was)):
        if item in before_it:
            continue
        is_in_process = _known(new, after.case, item)
        words = _fate(was.get(item), now.get(item), is_in_process=is_in_process)
        if words:
            named_by = after if step_of(item) in {**new.steps, **new.limits} else before
            keeps = _kept(was.get(item), now.get(item)) if is_in_process else None
            yield StepFate(item, item_title(named_by, item), f"{words}{_passes(before, after, item)}", keeps)


def _owed_no_more_before(new: Plan, case: Case) -> set[str]:
    """What stands there of agencies that left, or whose work another does: no version would have it owed."""
    of_agencies = {name for name, step in new.steps.items() if step.for_each == AGENCY}
    return {item for item in case.items if step_of(item) in of_agencies and key_of(item) not in case.agencies}


def _passes(before: CaseContext, after: CaseContext, item: str) -> str:
    """'; Chair owes it from now on', of what is owed and was owed by another."""
    was, now = (who_owes(context.plan, context.case).get(item) for context in (before, after))
    if was is None or now is None or was == now:
        return ""
    return f"; {recipient_title(after.partnership, as_recipient(now))} owes it from now on, and both are told"


def _known(new: Plan, after: Case, item: str) -> bool:
    return item in new.limits or (step_of(item) in new.steps and item in new.items(step_of(item), after))


def _kept(was: Item | None, now: Item | None) -> Status | None:
    before, after = (item.status if item else Status.PENDING for item in (was, now))
    return after if before is after is not Status.OPEN else None


def _fate(was: Item | None, now: Item | None, *, is_in_process: bool) -> str:
    status, due = was.status if was else Status.PENDING, _due(was)
    if not is_in_process:
        return "is no longer part of the process; its history stays" if was else ""
    becomes = now.status if now else Status.PENDING
    if becomes is Status.OPEN and now is not None:
        if status is not Status.OPEN:
            return f"is owed from now on{_by(_due(now))}"
        return f"stays owed{_by(due)}" if _due(now) == due else f"stays owed; {_moved(due, _due(now))}"
    if becomes is not status:
        return f"was {status} and is now {becomes}"
    return f"stays {status}"


def _due(item: Item | None) -> str:
    """'Wed 27 May 2026', or with the time of day by which it is due; '' without a day."""
    return due_words(item.due, item.by) if item is not None and item.due is not None else ""


def _by(due: str) -> str:
    return f", due {due}" if due else ", with no due day"


def _moved(due: str, to: str) -> str:
    if not due or not to:
        return f"its due day falls away (it was {due})" if due else f"it is now{_by(to)[1:]}"
    return f"its due day moves from {due} to {to}"
