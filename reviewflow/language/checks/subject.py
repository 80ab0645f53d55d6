"""What every check of a process looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewflow.language import graph
from reviewflow.language.library import Library
from reviewflow.language.model import FieldType, FormFields, Process, Step
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.source import Path, Source

OPENED = "opened"


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
        return (*self.process.opening.dates, OPENED)

    @cached_property
    def before(self) -> Mapping[str, frozenset[str]]:
        """Ancestors of each step; empty while steps go round in a circle."""
        return {} if graph.cycle(self.steps) else graph.ancestors(self.steps)

    def form(self, step: str) -> FormFields:
        """The questions of a step; none when its shared form is missing."""
        form = self.steps[step].form
        if isinstance(form, str):
            return self.library.forms[form].model.fields if form in self.library.forms else {}
        return form or {}

    def date_fields(self, step: str) -> list[str]:
        return [name for name, each in self.form(step).items() if each.type is FieldType.DATE]

    def form_is_known(self, step: str) -> bool:
        form = self.steps[step].form
        return not isinstance(form, str) or form in self.library.forms

    def error(self, path: Path, code: str, message: str) -> Problem:
        return self.source.problem(self.source.value_mark(path), code, message)

    def key_error(self, path: Path, code: str, message: str) -> Problem:
        return self.source.problem(self.source.key_mark(path), code, message)

    def warning(self, path: Path, code: str, message: str) -> Problem:
        return self.source.problem(self.source.value_mark(path), code, message, Severity.WARNING)

    def named(self, names: tuple[str, ...], path: Path) -> list[tuple[str, Path]]:
        """Each name of a `name or list of names` with where it stands."""
        return [(name, path if len(names) == 1 else (*path, index)) for index, name in enumerate(names)]
