"""What every check of a process looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError

from reviewflow.language.folder.library import Library
from reviewflow.language.model import OPENED, FieldType, FormFields, Process, Step
from reviewflow.language.problem import Mark, Problem, Severity
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path, entries_below, texts_of
from reviewflow.language.structure import graph
from reviewflow.language.structure.standing_groups import Membership, memberships, with_members
from reviewflow.language.structure.tables import questions_of


@dataclass(frozen=True)
class Subject:
    library: Library
    process: Process
    source: Source

    @property
    def steps(self) -> Mapping[str, Step]:
        return self.process.steps

    @property
    def dates(self) -> tuple[str, ...]:
        """The named dates that due rules may count from."""
        return tuple(dict.fromkeys((*self.process.opening.dates, *self.process.dates, OPENED)))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The steps, each after all that it waits for; none while they go round in a circle."""
        try:
            return tuple(graph.order(self.steps))
        except CycleError:
            return ()

    @cached_property
    def before(self) -> Mapping[str, frozenset[str]]:
        """Ancestors of each step; empty while steps go round in a circle."""
        return graph.ancestors_in(self.order, self.steps)

    @cached_property
    def unsure(self) -> frozenset[str]:
        """Steps of which it is not known what they wait for: they, or what they wait for, name a step there is not."""
        lost = {name for name, step in self.steps.items() if not self.steps.keys() >= set(step.after)}
        return frozenset(
            name for name in self.steps if name in lost or not self.before.get(name, lost).isdisjoint(lost)
        )

    def waits(self, step: str, other: str) -> bool:
        """Whether the other is settled before the step opens; yes while that cannot be known."""
        return not self.before or step in self.unsure or other in self.before[step]

    def form(self, step: str) -> FormFields:
        """The questions of a step, with the members of groups; none when its shared form or its table is missing."""
        if step not in self._forms:
            self._forms[step] = with_members(self._as_written(step), self.groups)
        return self._forms[step]

    @cached_property
    def _forms(self) -> dict[str, FormFields]:
        return {}

    @cached_property
    def groups(self) -> Mapping[str, Membership]:
        return memberships(self.library.partnership.model) if self.library.partnership else {}

    def _as_written(self, step: str) -> FormFields:
        form, table = self.steps[step].form, self.steps[step].choose
        if table is not None:
            return questions_of(self.library.tables[table].model) if table in self.library.tables else {}
        if isinstance(form, str):
            return self.library.forms[form].model.fields if form in self.library.forms else {}
        return form or {}

    def date_fields(self, step: str) -> list[str]:
        return [name for name, field in self.form(step).items() if field.type is FieldType.DATE]

    def form_is_known(self, step: str) -> bool:
        form, table = self.steps[step].form, self.steps[step].choose
        if table is not None:
            return table in self.library.tables
        return not isinstance(form, str) or form in self.library.forms

    def answer_mark(self, path: Path, key: str, value: str | None = None) -> Mark:
        """Where a condition asks about an answer, or for one value of it."""
        for asked, node in entries_below(self.source.node(path)):
            if asked.value == key:
                return next((text.mark for text in texts_of(node) if text.value == value), asked.mark)
        return self.source.value_mark(path)

    def error(self, path: Path, code: str, message: str) -> Problem:
        return self.source.value_problem(path, code, message)

    def warning(self, path: Path, code: str, message: str) -> Problem:
        return self.source.value_problem(path, code, message, Severity.WARNING)

    def key_warning(self, path: Path, code: str, message: str) -> Problem:
        return self.source.key_problem(path, code, message, Severity.WARNING)

    def error_at(self, mark: Mark, code: str, message: str) -> Problem:
        return self.source.problem(mark, code, message)

    def key_error(self, path: Path, code: str, message: str) -> Problem:
        return self.source.key_problem(path, code, message)

    def named(self, names: tuple[str, ...], path: Path) -> list[tuple[str, Path]]:
        """Each name of a `name or list of names` with where it stands."""
        return [(name, path if len(names) == 1 else (*path, index)) for index, name in enumerate(names)]
