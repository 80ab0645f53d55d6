"""Chronologies made one: in the order of day and time, with what others tell of the same moment beside each line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from reviewflow.service.chronology.reading import ChronologyEntry, read_chronology

MOST_TOLD = 12
"""Lines of others that are named beside one."""
Moment = tuple[date, time | None]


@dataclass(frozen=True)
class Merged:
    """All lines of all files."""

    dated: Sequence[ChronologyEntry]
    undated: Sequence[ChronologyEntry]
    """Those whose date cannot be read, in the order in which they were found."""
    also: Mapping[str, str]
    """By the place of a line: where other agencies tell of the same moment."""
    shared: Sequence[str]
    """Of each moment, with its time, that several agencies tell of: the places of its lines."""
    problems: Sequence[str]


def merge(paths: Sequence[Path]) -> Merged:
    """Everything that can be read of these files. A file that is named twice is taken once."""
    by_file = {path.resolve(): path for path in reversed(paths)}
    once = [path for path in paths if by_file[path.resolve()] is path]
    names = Counter(path.name for path in once)
    lines: list[ChronologyEntry] = []
    problems = [
        f"{path.name} is named twice; it was taken once." for path in paths if by_file[path.resolve()] is not path
    ]
    for path in once:
        chronology = read_chronology(path, path.name if names[path.name] == 1 else str(path))
        lines += chronology.lines
        problems += chronology.problems
    dated = sorted((line for line in lines if line.day), key=_order)
    moments = _shared_moments(dated)
    return Merged(
        dated=dated,
        undated=[line for line in lines if not line.day],
        also={place: words for moment, told in moments.items() for place, words in _also(moment, told)},
        shared=[_places(told) for (_, clock), told in moments.items() if clock],
        problems=problems,
    )


def _order(line: ChronologyEntry) -> tuple[date, bool, time]:
    """What has no time stands before all else of its day."""
    return line.day or date.max, line.clock is not None, line.clock or time.min


def _shared_moments(lines: Sequence[ChronologyEntry]) -> dict[Moment, list[ChronologyEntry]]:
    by_moment: dict[Moment, list[ChronologyEntry]] = defaultdict(list)
    for line in lines:
        if line.day:
            by_moment[line.day, line.clock].append(line)
    return {moment: told for moment, told in by_moment.items() if len({_agency(line) for line in told}) > 1}


def _agency(line: ChronologyEntry) -> str:
    return line.agency.casefold()


def _also(moment: Moment, told: Sequence[ChronologyEntry]) -> Iterator[tuple[str, str]]:
    by_agency: dict[str, list[ChronologyEntry]] = defaultdict(list)
    for line in told:
        by_agency[_agency(line)].append(line)
    before = "" if moment[1] else "the same day, no time: "
    for agency, lines in by_agency.items():
        others = [line for other, theirs in by_agency.items() if other != agency for line in theirs]
        words = before + _places(others)
        yield from ((line.place, words) for line in lines)


def _places(lines: Sequence[ChronologyEntry]) -> str:
    places = [line.place for line in lines[:MOST_TOLD]]
    return "; ".join([*places, f"and {len(lines) - MOST_TOLD} more"] if len(lines) > MOST_TOLD else places)
