"""A line of a table as a step has it: as it was gathered, with what whoever owns it said of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewflow.case.model.ids import ItemId, item_id
from reviewflow.case.model.state import WAS_DONE, Case, Row
from reviewflow.case.plan.entries import row_of
from reviewflow.case.plan.steps import PlannedSteps
from reviewflow.language.model import FormFields, Record
from reviewflow.language.structure.registers import asked_later


@dataclass(frozen=True)
class PlannedLines(PlannedSteps):
    """What stands in a line, what it leaves unsaid, and who is asked for that."""

    @cached_property
    def _asking_later(self) -> Mapping[object, str]:
        """By the list, the step that asks for what its lines left unsaid."""
        return {step.for_each: name for name, step in self.steps.items() if step.records is Record.ACTION_SAID}

    def line(self, step: str, case: Case, key: str) -> Row:
        """The line that an item of a step is about, by column; empty when there is none."""
        row, asking = row_of(self.steps[step], case, key), self._asking_later.get(self.steps[step].for_each)
        state = case.items.get(item_id(asking, key)) if asking and row else None
        if asking is None or state is None or state.status not in WAS_DONE:
            return row
        later = asked_later(self.listed(asking))
        said = {name: cell for name, cell in state.answers.items() if name in later and not isinstance(cell, list)}
        return {**said, **row}

    def unsaid(self, step: str, case: Case, key: str) -> tuple[str, ...]:
        """The columns that the line does not say as it was gathered, of those that a step asks for afterwards."""
        if self.steps[step].records is not Record.ACTION_SAID:
            return ()
        row, later = row_of(self.steps[step], case, key), asked_later(self.listed(step))
        return tuple(name for name in self.form(step) if name in later and row.get(name) in {None, ""})

    def says_all(self, step: str, case: Case, key: str) -> bool:
        """Whether a step asks for nothing, because the line that it is about says it all."""
        return self.steps[step].records is Record.ACTION_SAID and not self.unsaid(step, case, key)

    def form_of(self, item: str, case: Case) -> FormFields:
        """The questions that an item asks: of what may come later only what its line left unsaid."""
        name, key = ItemId.parse(item)
        form = self.form(name)
        if self.steps[name].records is not Record.ACTION_SAID:
            return form
        later, unsaid = asked_later(self.listed(name)), self.unsaid(name, case, key)
        return {asked: field for asked, field in form.items() if asked not in later or asked in unsaid}
