"""What a process uses of the other files of its folder: what its definition is made of, and whose errors stop it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from reviewflow.language.built_in_texts import SHIPPED
from reviewflow.language.folder.kinds import FILES, FOLDER_OF, FOLDERS
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import Ladder, Process
from reviewflow.language.problem import Problem
from reviewflow.language.structure.extensions import rules_for_extensions

Used = tuple[str, str]
"""The kind and the name of a file: ("message", "reminder")."""
_LADDERS: Used = ("ladders", "ladders")


def concerning(library: Library, problems: Sequence[Problem], process: str) -> tuple[Problem, ...]:
    """Those errors of a folder that stop a process: in its own file, and in what it uses of the others.

    All of them where something that it uses cannot be found: it may stand in any file that cannot be read.
    """
    if not problems and not library.left_out:
        return ()
    used = frozenset(_used(library, process))
    found = [file for one in used if (file := _loaded(library, one)) is not None]
    files = {file.source.file for file in found} if problems else set()
    loaded = library.processes.get(process)
    ladders = ladders_of(library, loaded.model) if loaded else {}
    concerned = tuple(
        problem
        for problem in problems
        if (problem.file in files or _place(problem) in used) and not _of_another_ladder(problem, ladders)
    )
    is_whole = len(found) == len(used) and all(ladders.values())
    return concerned or (() if is_whole else tuple(dict.fromkeys((*problems, *library.left_out))))


def forms_of(process: Process) -> tuple[str, ...]:
    """The shared forms that its steps name, in the order of the steps."""
    return tuple(dict.fromkeys(step.form for step in process.steps.values() if isinstance(step.form, str)))


def tables_of(process: Process) -> frozenset[str]:
    """The decision tables that its steps choose by."""
    return frozenset(step.choose for step in process.steps.values() if step.choose)


def documents_of(process: Process) -> frozenset[str]:
    """What its steps make, and what is made where a limit is late."""
    late = {limit.when_late.make for limit in process.limits.values() if limit.when_late and limit.when_late.make}
    return frozenset({step.make for step in process.steps.values() if step.make} | late)


def ladders_of(library: Library, process: Process) -> Mapping[str, Ladder | None]:
    """The ladders of its steps and limits by name; None for one that cannot be read."""
    named = {step.ladder for step in process.steps.values()} | {limit.ladder for limit in process.limits.values()}
    return {name: library.ladder(name) for name in sorted(filter(None, named))}


def messages_of(library: Library, process: Process) -> frozenset[str]:
    """What it sends, what its ladders send, and what the folder says in the place of built-in words."""
    messages = {*(step.send for step in process.steps.values() if step.send)}
    messages |= {reopen.send for step in process.steps.values() for reopen in step.reopens.values() if reopen.send}
    messages |= {step.asks.send for step in process.steps.values() if step.asks}
    messages |= {hold.send for hold in process.holds.values()}
    messages |= {ending.send for ending in process.endings.values() if ending.send}
    messages |= {rule.send for _, rule in rules_for_extensions(process) if rule.send}
    messages |= set(_when_late(process))
    ladders = ladders_of(library, process).values()
    messages |= {rung.message for ladder in ladders if ladder for rung in ladder.rungs}
    messages |= {ladder.thanks for ladder in ladders if ladder and ladder.thanks}
    return frozenset(messages | (SHIPPED.keys() & library.messages.keys()))


def _when_late(process: Process) -> Iterator[str]:
    """The messages about what turned late."""
    for limit in process.limits.values():
        if limit.when_late:
            yield from filter(None, (limit.when_late.message, limit.when_late.well_again))


def _used(library: Library, process: str) -> Iterator[Used]:
    """Each file that a process uses, also one that cannot be read; little is known where its own cannot."""
    yield "process", process
    if library.partnership or ("partnership", "") in library.broken:
        yield "partnership", "partnership"
    yield from (("message", name) for name in SHIPPED if ("message", name) in library.broken)
    if loaded := library.processes.get(process):
        yield from _named(library, loaded.model)


def _named(library: Library, process: Process) -> Iterator[Used]:
    names: dict[str, Iterable[str]] = {
        "form": forms_of(process),
        "table": tables_of(process),
        "document": documents_of(process),
        "message": messages_of(library, process),
        "group": process.groups,
        "guidance": _editions(library, process.guidance),
    }
    yield from ((kind, name) for kind, those in names.items() for name in those)
    if ladders_of(library, process):
        yield _LADDERS


def _editions(library: Library, name: str | None) -> Iterator[str]:
    """The edition that a process names, and those before it: a case may open on a day of theirs."""
    seen = set[str]()
    while name and name not in seen:
        seen.add(name)
        yield name
        edition = library.guidance.get(name)
        name = edition.model.supersedes if edition else None


def _loaded(library: Library, used: Used) -> Loaded[Any] | None:
    kind, name = used
    if kind in FILES.values():
        only: Loaded[Any] | None = getattr(library, kind)
        return only
    shelf: Mapping[str, Loaded[Any]] = getattr(library, FOLDER_OF[kind])
    return shelf.get(name)


def _place(problem: Problem) -> Used:
    """The kind and the name that the place of a file says."""
    path = PurePath(problem.file)
    only = FILES.get(path.name, "")
    return (only, only) if only else (FOLDERS.get(path.parent.name, ""), path.stem)


def _of_another_ladder(problem: Problem, ladders: Collection[str]) -> bool:
    """Whether it stands in a ladder that none of these is: all of them share one file."""
    match problem.about:
        case ("ladders", str(name), *_):
            return _place(problem) == _LADDERS and name not in ladders
        case _:
            return False
