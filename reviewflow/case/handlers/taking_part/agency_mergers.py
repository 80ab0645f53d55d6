"""Agencies that merge: what the old one owes is owed by the new one from then on, by the same days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.verifying.passing_on import tell_who_goes_on, who_owes
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answer, Answers, Case, Cell
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.form_answers import as_cell
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import NAME, read_reason
from reviewflow.language.model import AGENCY, ASKING, FieldType, FormField, FormFields
from reviewflow.text import listing


def merge_agencies(draft: Draft, command: c.MergeAgencies) -> None:
    """Raises Refused when the old agency has no part in the case, or the new name is not one."""
    plan = draft.plan
    case, old, new = draft.case, command.old, command.new
    reason = read_reason(command.reason)
    if old == new or not NAME.fullmatch(new):
        raise Refused([f'"{plain_text(new)}" is not another agency.'], "Say which agency goes on for which.")
    answers = dict(_answers(plan, case, old, new))
    if old not in case.agencies and not answers:
        taking = f"Taking part: {listing(case.agencies, none='none')}."
        raise Refused([f'"{plain_text(old)}" has no part in {case.reference}.'], taking)
    owed = [item_id(step, old) for step in plan.order if plan.steps[step].for_each == AGENCY]
    moved = tuple(item for item in owed if item in case.items)
    before = who_owes(plan, case)
    passed_on = {item_id(step_of(item), new): before[item] for item in moved if item in before}
    draft.emit(e.AgenciesMerged(old, new, reason, moved, answers))
    tell_who_goes_on(draft, {**passed_on, **before})


def _answers(plan: Plan, case: Case, old: str, new: str) -> Iterator[tuple[str, Answers]]:
    """By item, the answers that name the old agency, with the new one in its place."""
    for step in plan.order:
        for item in plan.items(step, case):
            state = case.items.get(item)
            answers = state.answers if state is not None else {}
            renamed = _renamed(plan.form(step), answers, old, new)
            if renamed != answers:
                yield item, renamed


def _renamed(form: FormFields, answers: Answers, old: str, new: str) -> Mapping[str, Answer]:
    return {name: _with(form[name], answer, old, new) if name in form else answer for name, answer in answers.items()}


def _with(field: FormField, answer: Answer, old: str, new: str) -> Answer:
    if field.type is not FieldType.ROWS or not isinstance(answer, list):
        return _renamed_cell(as_cell(answer), old, new) if field.type in ASKING else answer
    asking = {name for name, column in field.columns.items() if column.type in ASKING}
    return [
        {name: _renamed_cell(cell, old, new) if name in asking else cell for name, cell in row.items()}
        for row in answer
        if isinstance(row, dict)
    ]


def _renamed_cell(cell: Cell, old: str, new: str) -> Cell:
    if isinstance(cell, list):
        return list(dict.fromkeys(new if name == old else name for name in cell))
    return new if cell == old else cell
