"""The actions that wait for their verification, over all cases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import is_open
from reviewflow.case.plan.entries import row_of
from reviewflow.language.model import FieldType, FormFields, Record
from reviewflow.language.structure.registers import VERIFYING
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.registers.action import Action
from reviewflow.service.reports.registers.actions import actions, actions_of
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace

CHOSEN = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.NUMBER})
"""Columns in which nobody has words of their own."""
May = Callable[[CaseContext, str], bool]
"""Whether somebody may verify in this item of a case."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One action that waits for its verification."""

    name: str
    """The case in which it waits and its number there: AP-2026-001/3."""
    reference: str
    item: str
    action: str
    """The plan and the number of the action itself; another than `name` where it is verified in a case of its own."""
    words: str
    lead: str
    """The title of who owns the action."""
    done: date | None
    evidence: str
    """What was named as evidence when it was done; '' when nothing was."""
    form: FormFields
    chosen: str = ""
    """What was chosen for it when it was planned: 'Kind: In one agency; How strong is it? Weak'. No word of anybody."""


def waiting(workspace: Workspace, references: Collection[str] = (), *, may: May, now: datetime) -> list[Waiting]:
    """What waits in these cases, or in all open ones, as far as it is somebody's to verify."""
    rows = [row for row in workspace.store.cases() if not references or row.reference in references]
    found: list[Waiting] = []
    for row in rows:
        if any(step.records in VERIFYING for step in workspace.plan(row.definition).steps.values()):
            context = workspace.context(row, now)
            known = {action.name: action for action in actions_of(workspace, row)}
            found += [_told(workspace, context, item, known) for item in _open(context) if may(context, item)]
    return found


def waiting_in(workspace: Workspace, references: Collection[str], *, now: datetime) -> list[Waiting]:
    """What waits in these cases, or in all open ones, whoever is to verify it; raises UnknownCase."""
    return waiting(workspace, [find(workspace, name).reference for name in references], may=_anybody, now=now)


def _anybody(_context: CaseContext, _item: str) -> bool:
    return True


def _open(context: CaseContext) -> Iterator[str]:
    for name, step in context.plan.steps.items():
        if step.records in VERIFYING:
            yield from (item for item in context.plan.items(name, context.case) if is_open(context.case, item))


def _told(workspace: Workspace, context: CaseContext, item: str, own: dict[str, Action]) -> Waiting:
    plan, reference, number = context.plan, context.case.reference, key_of(item)
    step = plan.steps[step_of(item)]
    action, lead = f"{reference}/{number}", ""
    if step.records is Record.VERIFIED_FOR_PLAN:
        line = row_of(step, context.case, number)
        action = f"{str(line.get('plan', '')).strip().upper()}/{line.get('number', '')}"
        own = {known.name: known for known in actions(workspace, [action.partition("/")[0]])}
        lead = f"agency:{line['agency']}" if line.get("agency") else ""
    told = own.get(action)
    owner = told.owner if told else lead
    return Waiting(
        name=f"{reference}/{number}",
        reference=reference,
        item=item,
        action=action,
        words=told.says("action") if told else f"Action {action}",
        lead=recipient_title(workspace.partnership, owner) if owner else "",
        done=told.done if told else None,
        evidence=told.shown_by if told else "",
        form=plan.form(step_of(item)),
        chosen="; ".join(_chosen(told)) if told else "",
    )


def _chosen(told: Action) -> Iterator[str]:
    for name, column in told.columns.items():
        if column.type in CHOSEN and (said := told.says(name)):
            label = str(column.label)
            yield f"{label} {said}" if label.endswith("?") else f"{label}: {said}"
