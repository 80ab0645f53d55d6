"""A table to which lines are added one by one, after one more was added, changed or withdrawn."""

from __future__ import annotations

from reviewflow.case.model import events as e
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Answer, Answers, Item, Row


def with_line(item: Item, event: e.LineAdded | e.LineChanged | e.LineWithdrawn) -> Item:
    """Every line keeps its place, by which it is numbered; what is withdrawn leaves an empty one."""
    growing = tuple(dict.fromkeys((*item.growing, event.question)))
    return replace(item, answers=with_line_in(item.answers, event), growing=growing)


def with_line_in(answers: Answers, event: e.LineEvent) -> Answers:
    """Answers with one more line, or with one that says otherwise, in one of their tables."""
    lines = lines_in(answers.get(event.question))
    line = {} if isinstance(event, e.LineWithdrawn) else event.line
    return {**answers, event.question: [*lines[: event.number - 1], line, *lines[event.number :]]}


def lines_in(answer: Answer | None) -> list[Row]:
    """The lines of a table, those that were withdrawn among them; none of anything else."""
    return [line for line in answer if isinstance(line, dict)] if isinstance(answer, list) else []


def kept_lines(item: Item) -> Answers:
    """Of an item that is owed anew, what stays answered: the tables that go on growing."""
    return {name: item.answers[name] for name in item.growing if name in item.answers}
