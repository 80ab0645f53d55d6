"""Which file is meant where several say that they are the same definition: the one of the proper name, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from reviewflow.language.problem import START, Problem
from reviewflow.language.reading.recovery import as_name
from reviewflow.language.reading.source import Source


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file: what kind of definition it is, and the name that it gives itself (its kind where there may be one)."""

    kind: str
    name: str
    source: Source
    proper: bool
    """Whether it stands where a definition of this kind and name belongs."""


def is_proper(name: str, file: str, folder: str) -> bool:
    """Whether a file is called as what it defines, in the folder of its kind: processes/rapid_review.yaml."""
    path = PurePath(file)
    return path.name == f"{name}.yaml" and (not folder or path.parent.name == folder)


def left_out(files: Sequence[NamedFile]) -> tuple[Problem, ...]:
    """PD018 for each file that is not used because another says the same, in their order."""
    return tuple(problem for file in files if (problem := _second(file, _same(file, files))) is not None)


def _same(file: NamedFile, files: Sequence[NamedFile]) -> list[NamedFile]:
    return [other for other in files if other is not file and (other.kind, other.name) == (file.kind, file.name)]


def _second(file: NamedFile, others: Sequence[NamedFile]) -> Problem | None:
    """What to do with a file beside these others; None when it is alone, or the one that is used."""
    if not others or file.proper:
        return None
    used = next((other for other in others if other.proper), None)
    if used is not None:
        said = f"{used.source.file} says the same and has the proper name: it is used, and this file is left out."
    else:
        said = (
            f"{others[0].source.file} says the same, and neither has the proper name: none of them is used.\n"
            f"Call the right one {file.name}.yaml."
        )
    advice = "\n".join([said, *_advice(file)])
    return file.source.value_problem((file.kind,), "PD018", advice)


def _advice(file: NamedFile) -> Iterator[str]:
    yield "If this one is a copy or an older one, delete it or keep it outside the folder of definitions."
    stem = PurePath(file.source.file).stem
    own = as_name(stem)
    if file.kind != file.name and own and own != file.name:
        yield f'If it is to be one of its own, call it {own}.yaml and write in it "{file.kind}: {own}".'


def is_copy_of_calendars(file: str) -> bool:
    """Whether a file is another version of calendars.yaml by its name: calendars - Copy.yaml."""
    return PurePath(file).stem.startswith("calendars")


def second_calendars(source: Source) -> Problem:
    """PD018 for another version of calendars.yaml, which is never read."""
    message = (
        "Only the file calendars.yaml is read for the calendars; this one is left out. If it is a copy or an older "
        "one, delete it or keep it outside the folder of definitions."
    )
    return source.problem(START, "PD018", message)
