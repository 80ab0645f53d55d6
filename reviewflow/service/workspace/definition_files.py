"""The partnership's definitions as its files are now: read and checked when first asked for. Needs no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from reviewflow.calendar import Calendars
from reviewflow.language.definition import Definition, define
from reviewflow.language.folder.library import Library
from reviewflow.language.folder.uses import concerning
from reviewflow.language.model import Partnership, Process
from reviewflow.language.problem import DefinitionError, Problem
from reviewflow.language.suggestions import suggestion
from reviewflow.service.workspace.days.calendars import calendars_of
from reviewflow.service.workspace.errors import NotUsable
from reviewflow.service.workspace.kept_library import KeptLibrary
from reviewflow.text import listing


def existing_folder(folder: Path) -> Path:
    """The folder of definitions itself; raises NotUsable, with what to do, when there is none."""
    if not folder.is_dir():
        raise NotUsable(
            f"There is no folder of definitions at {folder.absolute()}. Go to your office's folder, or name the folder "
            f"(--definitions, or REVIEWFLOW_DEFINITIONS). To make one: reviewflow init-office FOLDER"
        )
    return folder


class DefinitionFiles:
    """A folder of definitions, for as long as one command or flow runs."""

    own_partnership: Partnership | None = None
    """Who is who, where that does not come from the folder: a rehearsal is of the partnership that it was begun for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _kept(self) -> KeptLibrary:
        return KeptLibrary(existing_folder(self.folder))

    @cached_property
    def library(self) -> Library:
        """Every definition of the folder that can be read; of files that are left out a warning is logged, once."""
        library = self._kept.library
        if library.left_out:
            _tell_of(library.left_out)
        return library

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The errors in the folder, but for files that are left out: what is used instead of them is sound."""
        return tuple(problem for problem in self._kept.errors if problem not in self.library.left_out)

    @cached_property
    def partnership(self) -> Partnership:
        """Who is who; raises NotUsable when that cannot be read."""
        return self.partnership_now

    @property
    def partnership_now(self) -> Partnership:
        """Who is who today; raises NotUsable when partnership.yaml cannot be read."""
        if self.own_partnership is not None:
            return self.own_partnership
        if self.library.partnership is None:
            raise NotUsable(f"{self.folder / 'partnership.yaml'} is missing or has errors. Run: reviewflow check")
        return self.library.partnership.model

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars by name; raises NotUsable or DefinitionError."""
        return calendars_of(self.partnership, self.folder / "calendars.yaml")

    def processes(self) -> Mapping[str, Process]:
        """The processes that can be started, by name."""
        return {name: checked.model for name, checked in self.library.processes.items()}

    @property
    def said_of_others(self) -> str:
        """What is to be said of errors beside a definition that can be used; '' where there are none."""
        return _unused(self.problems)

    def definition(self, process: str, dates: Mapping[str, date] | None = None) -> Definition:
        """A process as its files are now, under the guidance of the day; raises NotUsable or DefinitionError."""
        processes = self.library.processes
        if process not in processes and ("process", process) not in self.library.broken:
            near = suggestion(process, processes)
            raise NotUsable(f'"{process}" is not a process.{near}\nProcesses: {listing(sorted(processes))}.')
        if self.own_partnership is None:
            _ = self.partnership_now
        if wrong := concerning(self.library, self.problems, process):
            raise DefinitionError(wrong)
        return define(self.library, process, dates)


def _unused(problems: tuple[Problem, ...]) -> str:
    """What is said of errors that stop nothing of what was asked for; '' where there are none."""
    if not problems:
        return ""
    files = listing(sorted({Path(problem.file).name for problem in problems}))
    return f"Other definitions have errors, which stop nothing here: {files}. To read them: reviewflow check"


def _tell_of(left_out: tuple[Problem, ...]) -> None:
    import logging  # there is seldom something to say

    log = logging.getLogger("reviewflow.definitions")
    for problem in left_out:
        log.warning("%s: %s", problem.file, problem.message.partition("\n")[0])
