"""What the registers read from the answers of steps: the names that its questions must have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from reviewflow.language.model import FieldType, FormField, FormFields, Process, Record, Step
from reviewflow.language.structure.lists import source_of

OF_ACTIONS = frozenset({Record.ACTION_SAID, Record.ACTION_DONE, Record.ACTION_PROGRESS, Record.ACTION_VERIFIED})
NEEDED: Mapping[str, tuple[FieldType, ...]] = {
    "action": (FieldType.NOTE,),
    "lead": (FieldType.AGENCY, FieldType.CHOICE),
    "due": (FieldType.DATE,),
}
"""The columns that every table of actions has, with what they may ask for."""
OF_MILESTONES: Mapping[str, tuple[FieldType, ...]] = {
    "number": (FieldType.NUMBER,),
    "milestone": (FieldType.NOTE,),
    "due": (FieldType.DATE,),
}
"""The columns that every table of milestones has; `number` is the line of the action in its own table."""
EVIDENCE = ("evidence", "shown_by", "paper")
"""The questions of the step in which an action is done that say what shows it."""
STRENGTHS = ("strong", "medium", "weak")
FOR_PLAN: Mapping[str, tuple[FieldType, ...]] = {
    "plan": (FieldType.REFERENCE,),
    "number": (FieldType.NUMBER,),
    "agency": (FieldType.AGENCY,),
}
"""The columns of a table of other cases' actions: the reference of the plan, the number there, and who leads."""
VERIFYING = frozenset({Record.ACTION_VERIFIED, Record.VERIFIED_FOR_PLAN})
"""Steps that are for somebody who is not of the agency that owns the action."""
JUDGEMENT, JUDGEMENTS = "judgement", ("embedded", "partly", "not_embedded")
PUBLISHED = {"published_on": (FieldType.DATE,), "stays_until": (FieldType.DATE,)}
SHOWN_OF_A_REPORT = ("title", "author", "boards", "briefing")
"""What the register shows of a report besides, where it is asked."""
KEPT: Mapping[Record, tuple[str, ...]] = {
    Record.ACTION_VERIFIED: (JUDGEMENT,),
    Record.VERIFIED_FOR_PLAN: (JUDGEMENT,),
    Record.PUBLICATION: (*PUBLISHED, "what", "page", "themes", *SHOWN_OF_A_REPORT),
}
"""The answers that a case goes on with because a register reads them."""


@dataclass(frozen=True, slots=True)
class ActionList:
    """A table of actions: where it is gathered, and the steps in which its actions live."""

    source: str
    field: str
    done: str
    progress: str = ""
    verified: str = ""
    milestone: str = ""
    """The step done for each milestone of its actions."""
    milestones: str = ""
    """The table of milestones, in the same form."""
    said: str = ""
    """The step in which whoever owns an action says what a table from elsewhere left unsaid."""


def action_lists(process: Process) -> Iterator[ActionList]:
    """Every table of actions of a process that has passed `check`."""
    for name, step in process.steps.items():
        source = source_of(step)
        if step.records is Record.ACTION_DONE and source is not None:
            same_list = {other.records: key for key, other in process.steps.items() if source_of(other) == source}
            progress, verified = same_list.get(Record.ACTION_PROGRESS, ""), same_list.get(Record.ACTION_VERIFIED, "")
            said = same_list.get(Record.ACTION_SAID, "")
            yield ActionList(*source, name, progress, verified, *_milestones(process, source[0]), said)


def _milestones(process: Process, gathered_in: str) -> tuple[str, str]:
    for name, step in process.steps.items():
        source = source_of(step)
        if step.records is Record.ACTION_MILESTONE and source is not None and source[0] == gathered_in:
            return name, source[1]
    return "", ""


def recording(process: Process, record: Record) -> Iterator[str]:
    """The steps that tell a register this."""
    return (name for name, step in process.steps.items() if step.records is record)


def kept_for_registers(step: Step, fields: Collection[str]) -> frozenset[str]:
    """The questions of a step's form whose answers a register reads."""
    if step.records is Record.ACTION_SAID:
        return frozenset(fields)
    return frozenset(KEPT.get(step.records, ()) if step.records else ()) & frozenset(fields)


def asked_later(listed: FormField | None) -> Mapping[str, FormField]:
    """The columns of a table that a spreadsheet of others need not have: somebody is asked for them afterwards."""
    return {name: column for name, column in listed.columns.items() if column.may_come_later} if listed else {}


def as_brought_in(fields: FormFields) -> FormFields:
    """The questions as they are put to a table from elsewhere: what may come later need not be there."""
    return {name: _as_brought_in(asked) for name, asked in fields.items()}


def _as_brought_in(asked: FormField) -> FormField:
    if asked.columns:
        return asked.model_copy(update={"columns": as_brought_in(asked.columns)})
    return asked.model_copy(update={"required": False}) if asked.may_come_later else asked


def is_of_actions(field: FormField) -> bool:
    """Whether a question gathers a table with the columns of actions."""
    return field.type is FieldType.ROWS and all(
        name in field.columns and field.columns[name].type in kinds for name, kinds in NEEDED.items()
    )
