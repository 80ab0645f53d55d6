"""What a folder of definitions would change in an office: by file, by process, and which cases are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewflow.language.checking import library_with
from reviewflow.language.checks import errors
from reviewflow.language.definition import Definition, define
from reviewflow.language.differences import differences
from reviewflow.language.folder.kinds import CALENDARS
from reviewflow.language.problem import DefinitionError
from reviewflow.service.publishing.folders import digest_of, files_in
from reviewflow.service.rehearsal.check import problems_of_files
from reviewflow.service.rehearsal.process_versions import version_problems
from reviewflow.service.workspace.definition_files import existing_folder
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted, listing

AT_ONCE = ("partnership.yaml", CALENDARS)
"""The files that count for open cases too, as soon as they are there."""


@dataclass(frozen=True, slots=True)
class ProcessChange:
    """One process that is new, gone or otherwise."""

    process: str
    words: tuple[str, ...]
    """What differs, a sentence each."""
    versions: tuple[int | None, int | None]
    """Before and after; None where it is not there."""
    open_cases: tuple[str, ...]
    """Those that go on with what they were opened with."""


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """What one folder has otherwise than another."""

    digest: str
    """Of the new one."""
    before: str
    files: Mapping[str, str]
    """'new', 'changed' or 'gone' by path."""
    processes: tuple[ProcessChange, ...]

    @property
    def short(self) -> str:
        """'3 files; rapid_review 4 to 5', for a log and for who is asked to agree."""
        named = (f"{one.process} {_number(one.versions[0])} to {_number(one.versions[1])}" for one in self.processes)
        return "; ".join((counted(len(self.files), "file"), *named))

    @property
    def lines(self) -> Iterator[str]:
        """For people."""
        for path, what in self.files.items():
            yield f"{what:<8} {path}"
        for one in self.processes:
            yield f"{one.process}: version {_number(one.versions[0])} becomes {_number(one.versions[1])}"
            yield from (f"  - {words}" for words in one.words)
            if one.open_cases:
                yield f"  Open cases go on with what they were opened with: {listing(one.open_cases)}."
                yield f"  To move one: reviewflow migrate {one.open_cases[0]} --reason WHY"
        if at_once := [name for name in AT_ONCE if name in self.files]:
            yield f"For open cases too, from then on: {listing(at_once)}."


def changes(workspace: Workspace, folder: Path) -> FolderChanges:
    """What the folder would change here; raises DefinitionError with everything that is wrong in it, or NotUsable."""
    after = _sound(workspace, folder)
    before = _definitions(workspace.folder)
    cases: dict[str, list[str]] = {}
    for row in workspace.store.cases("open"):
        cases.setdefault(row.process, []).append(row.reference)
    processes = tuple(
        ProcessChange(name, words, versions, tuple(sorted(cases.get(name, ()))))
        for name in sorted({*before, *after})
        if (words := _differ(before.get(name), after.get(name)))
        and (versions := (_version(before.get(name)), _version(after.get(name))))
    )
    return FolderChanges(digest_of(folder), digest_of(workspace.folder), _files(workspace.folder, folder), processes)


def _sound(workspace: Workspace, folder: Path) -> dict[str, Definition]:
    """The processes of a folder without errors."""
    library = library_with(existing_folder(folder), ())
    wrong = errors((*problems_of_files(library, folder / CALENDARS), *version_problems(workspace.store, library)))
    if wrong:
        raise DefinitionError(wrong)
    return {name: define(library, name) for name in library.processes}


def _definitions(folder: Path) -> dict[str, Definition]:
    """The processes of the present folder, but for those that cannot be read."""
    library, known = library_with(folder, ()), dict[str, Definition]()
    for name in library.processes:
        try:
            known[name] = define(library, name)
        except (DefinitionError, LookupError):
            continue
    return known


def _differ(old: Definition | None, new: Definition | None) -> tuple[str, ...]:
    if old is None:
        return ("It is new here, or could not be read before.",)
    if new is None:
        return ("It is not there any more: no case can be opened by it.",)
    return tuple(difference.words for difference in differences(old, new))


def _files(old: Path, new: Path) -> dict[str, str]:
    was = {place.as_posix(): (old / place).read_bytes() for place in files_in(old)}
    now = {place.as_posix(): (new / place).read_bytes() for place in files_in(new)}
    fates = {path: "new" if path not in was else "gone" if path not in now else "changed" for path in {*was, *now}}
    return {path: fates[path] for path in sorted(fates) if was.get(path) != now.get(path)}


def _version(definition: Definition | None) -> int | None:
    return definition.process.version if definition else None


def _number(version: int | None) -> str:
    return "none" if version is None else str(version)
