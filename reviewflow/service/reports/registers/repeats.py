"""What is asked for a second time: new actions laid beside the earlier ones of all cases. A hint, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviewflow.case.model import events as e
from reviewflow.case.model.state import Row
from reviewflow.language.model import FieldType, FormFields
from reviewflow.language.structure.registers import action_lists
from reviewflow.service.commands.carry_out import CommandResult
from reviewflow.service.reports.registers.action import Action
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.workspace.workspace import Workspace

ALIKE = 0.72
"""How much of the words must be shared; found by trying it on made-up plans."""
COMPARED = ("action", "recommendation")
_SMALL = frozenset(
    {"a", "an", "and", "all", "at", "by", "every", "for", "in", "into", "is", "of", "on", "the", "their"}
)
_SMALL_TOO = frozenset({"to", "with", "that", "are", "be", "will", "each", "its", "our", "how"})
_ENDINGS = re.compile(r"(ing|ed|es|s|e)$")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A new action beside the earlier one that it is most like."""

    line: int
    text: str
    earlier: str
    """The number of the earlier action: AP-2025-003/1."""
    words: str

    @property
    def without_words(self) -> str:
        """Where many look: numbers only."""
        return f"Line {self.line} is like an earlier action, {self.earlier}; look at it before you go on."

    def __str__(self) -> str:
        return (
            f'Line {self.line} is like an earlier action, {self.earlier}: "{self.words}". '
            "What is asked for again did not work the first time: look at it before you go on."
        )


def repeated(rows: Iterable[Row], columns: FormFields, earlier: Iterable[Action]) -> Iterator[Repeat]:
    """For each new line the earlier action that is most like it, if one is like it at all."""
    known = [(_essence(text), action, text) for action in earlier for text in _texts(action.row, action.columns)]
    for number, row in enumerate(rows, start=1):
        alike = [
            (ratio, text, action, words)
            for text in _texts(row, columns)
            for essence, action, words in known
            if (ratio := _likeness(_essence(text), essence)) >= ALIKE
        ]
        if alike:
            _, text, action, words = max(alike, key=lambda candidate: candidate[0])
            yield Repeat(number, text, action.name, words)


def _texts(row: Row, columns: FormFields) -> list[str]:
    asked = [name for name in COMPARED if name in columns and columns[name].type is FieldType.NOTE]
    return [str(row[name]) for name in asked if row.get(name)]


def _essence(text: str) -> str:
    """The words that carry meaning, without their endings, in the order of the alphabet."""
    words = set(re.findall(r"[a-z0-9]+", text.lower())) - _SMALL - _SMALL_TOO
    return " ".join(sorted(_ENDINGS.sub("", word) if len(word) > 4 else word for word in words))  # noqa: PLR2004


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def repeats_of(workspace: Workspace, outcome: CommandResult) -> Iterator[Repeat]:
    """What whoever has just entered actions should know."""
    completed = [event for event in outcome.events if isinstance(event, e.Completed) and _has_table(event)]
    if not completed:
        return
    plan = workspace.plan(outcome.case.definition)
    lists = {action_list.source: action_list for action_list in action_lists(plan.definition.process)}
    for event in completed:
        if event.item in lists:
            field = lists[event.item].field
            answer = event.answers.get(field, ())
            rows = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
            others = (action for action in actions(workspace) if action.reference != outcome.case.reference)
            yield from repeated(rows, plan.form(event.item)[field].columns, others)


def _has_table(event: e.Completed) -> bool:
    return any(
        isinstance(answer, list) and any(isinstance(row, dict) for row in answer) for answer in event.answers.values()
    )
