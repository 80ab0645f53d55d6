"""All that `reviewflow check` and `reviewflow watch` find wrong: in the files, the calendars, and reused versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from reviewflow.language.checking import library_with
from reviewflow.language.checks import check_library, errors
from reviewflow.language.checks.flow.calendar_room import check_room
from reviewflow.language.checks.meant import Meant, answered
from reviewflow.language.folder.kinds import CALENDARS, FILES
from reviewflow.language.folder.library import Library
from reviewflow.language.problem import DefinitionError, Problem
from reviewflow.service.rehearsal.word_templates import template_problems
from reviewflow.service.workspace.database import database_exists
from reviewflow.service.workspace.days.bank_holiday_overlay import Overlay, read_overlay
from reviewflow.service.workspace.days.calendars import calendars_of, load_calendars
from reviewflow.service.workspace.definition_files import existing_folder

YEARS_TRIED = 3
"""For how many years with proclaimed bank holidays the room before a limit is tried."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong, and the files that were looked at, in the order of the alphabet."""

    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    meant: tuple[Meant, ...] = ()
    """Warnings that the files answer themselves."""


def check_definitions(folder: Path, files: Sequence[Path] = (), *, environ: Mapping[str, str]) -> Checked:
    """Everything that is wrong in a folder, or only in these of its files; `environ` says where its database is.

    Raises NotUsable when there is no such folder.
    """
    if files and files[0].is_dir():
        folder, files = files[0], ()
    folder = _around(files[0], folder) if files else existing_folder(folder)
    library = library_with(folder, files)
    calendars = folder / CALENDARS
    looked_at = {str(path) for path in files} if files else {*library.files, str(calendars)}
    problems, meant = answered(library, tuple(_problems(library, calendars, environ)))
    return Checked(
        tuple(problem for problem in problems if problem.file in looked_at),
        tuple(sorted(looked_at)),
        tuple(answer for answer in meant if answer.problem.file in looked_at),
    )


def _around(file: Path, folder: Path) -> Path:
    """The folder of definitions; where there is none of that name, the one in which the file itself stands."""
    holding = (parent for parent in file.absolute().parents if any((parent / name).is_file() for name in FILES))
    return folder if folder.is_dir() else next(holding, folder)


def _problems(library: Library, calendars: Path, environ: Mapping[str, str]) -> Iterator[Problem]:
    """Of the files; of reused versions."""
    yield from problems_of_files(library, calendars)
    yield from _reused_versions(library, environ)


def problems_of_files(library: Library, calendars: Path | str) -> Iterator[Problem]:
    """Of the files, in their order; of the calendars file, a path or its text; of limits that cannot always be kept."""
    problems = check_library(library)
    yield from problems
    yield from template_problems(library)
    sound = _without(library, {problem.file for problem in errors(problems)})
    try:
        overlay = read_overlay(calendars)
    except DefinitionError as error:
        yield from error.problems
    else:
        yield from _strange_removals(overlay)
        yield from _tight_limits(sound, overlay)


def _without(library: Library, wrong: Set[str]) -> Library:
    """The library without the processes, and without the partnership, whose files have errors."""
    partnership = library.partnership
    return replace(
        library,
        processes={name: loaded for name, loaded in library.processes.items() if loaded.source.file not in wrong},
        partnership=partnership if partnership and partnership.source.file not in wrong else None,
    )


def _strange_removals(overlay: Overlay) -> tuple[Problem, ...]:
    """Days taken out of a calendar that are no bank holidays: asked only where one is taken out."""
    calendars = load_calendars(overlay, {})
    try:
        for region, corrections in overlay.regions.items():
            if corrections.remove:
                calendars[region]
    except DefinitionError as error:
        return error.problems
    return ()


def _tight_limits(library: Library, overlay: Overlay) -> tuple[Problem, ...]:
    """Limits that the steps before them cannot always keep; not asked while who is who cannot be read."""
    if library.partnership is None:
        return ()
    calendars = calendars_of(library.partnership.model, overlay)
    until = overlay.proclaimed_until.year
    try:
        return tuple(check_room(library, calendars, range(until - YEARS_TRIED, until)))
    except DefinitionError:  # a strange removal, told above
        return ()


def _reused_versions(library: Library, environ: Mapping[str, str]) -> tuple[Problem, ...]:
    """Changed processes whose version was not counted up, when there is a database whose cases run on them."""
    if not database_exists(environ):
        return ()
    from reviewflow.service.rehearsal.process_versions import version_problems
    from reviewflow.service.workspace.workspace import open_workspace

    with open_workspace(environ) as workspace:
        return tuple(version_problems(workspace.store, library))
