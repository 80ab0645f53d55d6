"""All processes on one page: from the way in to the action plan, what each leads to, with the time limits of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reviewflow.diagram.chart import limit_flags
from reviewflow.diagram.shapes import Arrow, Box, Chart, Flag, Shape
from reviewflow.language.definition import Definition
from reviewflow.language.model import Partnership
from reviewflow.text import listing

TITLE = "What follows from what"
NOTE = (
    "An arrow, and “opens”: a case of it is opened by itself, where the answers say so. Every process may be opened by "
    "hand."
)
_ONLY_IF = ", only if "
_SEVERAL = 2

Ways = Mapping[str, Sequence[str]]


def whole(definitions: Mapping[str, Definition], partnership: Partnership) -> Chart:
    """A box for each process that others open or that opens others; the rest is named below."""
    opens, becomes = _ways(definitions)
    onward = _without_side_by_side(_without_circles(opens))
    depth = _depths(onward)
    ends = {other for others in (*opens.values(), *becomes.values()) for other in others}
    alone = [name for name in definitions if name not in ends and not opens[name] and not becomes[name]]
    aside = [name for name in definitions if name not in ends and not opens[name] and becomes[name]]
    shown = [name for name in definitions if name not in {*alone, *aside}]
    shown.sort(key=lambda name: (depth[name], -len(_below(opens, name))))
    numbers = {name: number for number, name in enumerate(shown, start=1)}
    near = {name: [other for other in onward[name] if depth[other] == depth[name] + 1] for name in shown}
    boxes = {}
    for name in shown:
        far = sorted(numbers[other] for other in opens[name] if other not in near[name] and other in numbers)
        instead = sorted(numbers[other] for other in becomes[name] if other in numbers)
        marks = filter(None, (_mark("Also opens", far), _mark("May become", instead)))
        box = Box(name, Shape.PROCESS, definitions[name].process.title, number=numbers[name], marks=tuple(marks))
        boxes[name] = replace(box, flags=_limits(definitions[name], partnership))
    arrows = tuple(Arrow(name, other) for name in shown for other in near[name])
    besides = listing(definitions[name].process.title for name in (*aside, *alone))
    notes = (NOTE, *((f"Opened by hand alone: {besides}.",) if besides else ()))
    return Chart(TITLE, (partnership.partnership, f"{len(definitions)} processes"), boxes, arrows, notes)


def _ways(definitions: Mapping[str, Definition]) -> tuple[Ways, Ways]:
    """What the steps of each open, and what its endings turn it into."""
    opens, becomes = {}, {}
    for name, definition in definitions.items():
        steps = (step.start for step in definition.process.steps.values())
        endings = (ending.start for ending in definition.process.endings.values())
        opens[name] = list(dict.fromkeys(start.process for start in steps if start and start.process in definitions))
        becomes[name] = list(
            dict.fromkeys(start.process for start in endings if start and start.process in definitions)
        )
    return opens, becomes


def _without_circles(opens: Ways) -> Ways:
    """The same without what leads back to something that it followed from."""
    kept: dict[str, list[str]] = {name: [] for name in opens}
    done: set[str] = set()

    def follow(name: str, above: tuple[str, ...]) -> None:
        for other in opens[name]:
            if other in above:
                continue
            kept[name].append(other)
            if other not in done:
                follow(other, (*above, other))
        done.add(name)

    opened = {other for others in opens.values() for other in others}
    for name in sorted(opens, key=lambda name: name in opened):
        if name not in done:
            follow(name, (name,))
    return kept


def _without_side_by_side(opens: Ways) -> Ways:
    """The same without what leads to a process that all who open this one open too: the two stand side by side."""
    openers = {name: [other for other in opens if name in opens[other]] for name in opens}
    return {
        name: [
            other
            for other in others
            if len(openers[name]) < _SEVERAL or any(other not in opens[opener] for opener in openers[name])
        ]
        for name, others in opens.items()
    }


def _depths(opens: Ways) -> Mapping[str, int]:
    """How far down each stands: below all that opens it."""
    depth = dict.fromkeys(opens, 0)
    for _ in opens:
        for name, others in opens.items():
            for other in others:
                depth[other] = max(depth[other], depth[name] + 1)
    return depth


def _below(opens: Ways, name: str) -> set[str]:
    below: set[str] = set()
    waiting = [name]
    while waiting:
        for other in opens[waiting.pop()]:
            if other not in below:
                below.add(other)
                waiting.append(other)
    return below


def _mark(words: str, numbers: Sequence[int]) -> str:
    return f"{words} {listing(_runs(numbers))}" if numbers else ""


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """'4 to 7' for several that follow each other."""
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            first, last = numbers[start], numbers[place - 1]
            yield str(first) if first == last else f"{first} and {last}" if last == first + 1 else f"{first} to {last}"
            start = place


def _limits(definition: Definition, partnership: Partnership) -> tuple[Flag, ...]:
    """Its time limits, each once; the conditions stand on its own drawing."""
    flags = limit_flags(definition, partnership)
    return tuple(dict.fromkeys(Flag(flag.text.partition(_ONLY_IF)[0], flag.national) for flag in flags))
