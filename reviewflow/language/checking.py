"""What `reviewflow check` looks at, and its last line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reviewflow.language.folder.kinds import CALENDARS
from reviewflow.language.folder.library import Library, definition_files, read_library
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.parser import read_file


def library_with(folder: Path, files: Sequence[Path]) -> Library:
    """The folder's definitions, with `files` read too (in place of those of the same path)."""
    known: dict[Path, tuple[str, Path, Path | None]]
    known = {path.resolve(): (kind, path, folder) for kind, path in definition_files(folder)}
    for path in files:
        if path.name == CALENDARS:
            continue
        kind, within = known[path.resolve()][::2] if path.resolve() in known else ("", None)
        known[path.resolve()] = (kind, path, within)
    return read_library(
        (kind, str(path), path.stem, read_file(path, within=within)) for kind, path, within in known.values()
    )


def summary(problems: Sequence[Problem], files: Sequence[str]) -> str:
    """How many problems in how many files: 2 errors, 1 warning in 1 of 9 files."""
    wrong = len({problem.file for problem in problems})
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return f"{_number(len(files), 'file')} checked: no problems."
    kinds = ((errors, "error"), (warnings, "warning"))
    counts = ", ".join(_number(count, what) for count, what in kinds if count)
    return f"{counts} in {wrong} of {_number(len(files), 'file')}. Nothing was changed."


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
