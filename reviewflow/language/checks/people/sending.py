"""Sending: what is urgent is named as it is called, and every message has a way to go."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import Unit
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import AGENCY, Channel, ChannelKind, Digest, HowOften, Partnership, Tells
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import suggestion, unknown, unknown_role
from reviewflow.text import listing


def check_library(library: Library) -> Iterator[Problem]:
    loaded = library.partnership
    if loaded is None:
        return
    yield from _urgent(library, loaded)
    for name, channel in loaded.model.channels.items():
        yield from _channel(loaded, channel, ("channels", name))
    yield from _some_way(loaded)
    for name, digest in loaded.model.digests.items():
        yield from _roles(loaded, digest.to, ("digests", name, "to"), ())
        yield from _digest(library, loaded, digest, ("digests", name))


def _urgent(library: Library, loaded: Loaded[Partnership]) -> Iterator[Problem]:
    if any(kind == "process" for kind, _ in library.broken):
        return
    processes = [loaded_process.model for loaded_process in library.processes.values()]
    limits = sorted({name for process in processes for name in process.limits})
    known = {*limits, *(name for process in processes for name in process.steps)}
    for index, name in enumerate(loaded.model.breaks_daily):
        if name not in known:
            message = f'"{name}" is not a time limit or a step of any process.{suggestion(name, sorted(known))}'
            known_ones = f"Time limits: {listing(limits, none='none')}."
            path: Path = ("breaks_daily", index)
            yield loaded.source.value_problem(path, "PD030", f"{message}\n{known_ones}", Severity.WARNING)


def _channel(loaded: Loaded[Partnership], channel: Channel, path: Path) -> Iterator[Problem]:
    also = (AGENCY,) if channel.kind is ChannelKind.MAIL else ()
    yield from _roles(loaded, channel.to, (*path, "to"), also)
    if channel.after is None:
        return
    if channel.kind is not ChannelKind.MAIL:
        message = f"A {channel.kind} channel carries no letters, so it cannot stand in for one that is down."
        yield _problem(loaded, (*path, "after"), "PD038", f"{message} Take this line out.")
    elif channel.after.unit is not Unit.HOURS:
        yield _problem(loaded, (*path, "after"), "PD038", "Write how long in hours: after: 2 hours.")


def _digest(library: Library, loaded: Loaded[Partnership], digest: Digest, path: Path) -> Iterator[Problem]:
    """PD442: only a weekly summary has a day of the week, and only one of the work looks ahead and has processes."""
    if digest.on is not None and digest.every is not HowOften.WEEK:
        message = f'A summary of every {digest.every} has no day of the week. Write "every: week", or take "on" out.'
        yield loaded.source.key_problem((*path, "on"), "PD442", message)
    for key in ("ahead", "of"):
        if getattr(digest, key) and digest.tells is not Tells.WORK:
            message = f'"{key}" belongs to a summary of the work; this one tells {digest.tells}. Take it out.'
            yield loaded.source.key_problem((*path, key), "PD442", message)
    if digest.ahead is not None and digest.ahead.unit not in {Unit.DAYS, Unit.WEEKS}:
        message = "How far a summary looks ahead is said in days or weeks: ahead: 4 weeks."
        yield _problem(loaded, (*path, "ahead"), "PD442", message)
    known = sorted({*library.processes, *(name for kind, name in library.broken if kind == "process")})
    for index, name in enumerate(digest.of):
        if name not in known:
            yield _problem(loaded, (*path, "of", index), "PD030", unknown("a process", name, known, "Processes"))


def _some_way(loaded: Loaded[Partnership]) -> Iterator[Problem]:
    """With channels named, there is one for every letter: for everybody, at once."""
    mail = [channel for channel in loaded.model.channels.values() if channel.kind is ChannelKind.MAIL]
    if mail and not any(not channel.to and channel.only is None and channel.after is None for channel in mail):
        message = (
            "No mail channel takes every letter: each has to, only or after. Add one without them, "
            "or take them out of one."
        )
        yield loaded.source.key_problem(("channels",), "PD038", message)


def _roles(loaded: Loaded[Partnership], names: tuple[str, ...], path: Path, also: tuple[str, ...]) -> Iterator[Problem]:
    known = (*also, *loaded.model.roles)
    for index, name in enumerate(names):
        if name not in known:
            yield _problem(loaded, (*path, index), "PD030", unknown_role(name, known))


def _problem(loaded: Loaded[Partnership], path: Path, code: str, message: str) -> Problem:
    return loaded.source.value_problem(path, code, message)
