"""Days that count from each other: what each date and limit counts from, and where that goes round in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reviewflow.language.checks.subject import Subject


def counted_from(subject: Subject, name: str) -> tuple[str, ...]:
    """What the day of a planned date or a limit counts from; () for all else."""
    date, limit = subject.process.dates.get(name), subject.process.limits.get(name)
    rule = date.planned if date is not None else limit.due if limit is not None else None
    if rule is not None:
        return tuple(anchor.name for part in rule.parts for anchor in part.anchors)
    national = limit.counts_from if date is None and limit is not None else None
    return (national,) if national else ()


def circle_through(name: str, follows: Callable[[str], Iterable[str]]) -> list[str]:
    """The way from a name back to itself, with it at both ends; [] when there is none."""
    ways, seen = [[name]], set[str]()
    while ways:
        way = ways.pop(0)
        for then in follows(way[-1]):
            if then == name:
                return [*way, name]
            if then not in seen:
                seen.add(then)
                ways.append([*way, then])
    return []
