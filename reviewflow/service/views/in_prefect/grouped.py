"""Which lines of a case share a bar: by stages, so that there are few enough for their names to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reviewflow.case.model.ids import step_of
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.text import counted

ALONE = frozenset({Standing.OVERDUE, Standing.NOT_COME})
"""How a line stands that has a bar of its own, because somebody has to act on it now."""
LIVE = ALONE | {Standing.DUE_SOON, Standing.OPEN, Standing.EXPECTED, Standing.ON_HOLD}


@dataclass(frozen=True, slots=True)
class LinesInOneBar:
    """Lines that are drawn as one bar."""

    title: str
    standing: Standing
    lines: tuple[Line, ...]


def grouped(lines: Sequence[Line]) -> Iterator[LinesInOneBar]:
    """Of each stage what is settled, late, else owed or held, and to come; the stages as they first come."""
    stages = dict.fromkeys(line.stage for line in lines)
    for stage in stages:
        of_stage = [line for line in lines if line.stage == stage]
        yield from _together(stage, [line for line in of_stage if _is_settled(line)])
        yield from sorted(_live([line for line in of_stage if line.standing in LIVE]), key=_is_not_late)
        yield from _together(stage, [line for line in of_stage if line.standing is Standing.NOT_YET])


def _is_settled(line: Line) -> bool:
    return line.standing not in LIVE and line.standing is not Standing.NOT_YET


def _together(stage: str, lines: Sequence[Line]) -> Iterator[LinesInOneBar]:
    """One bar for all; named by its step where it is only one."""
    if not lines:
        return
    standing = lines[0].standing if len({line.standing for line in lines}) == 1 else Standing.DONE
    steps = list(dict.fromkeys(line.step for line in lines))
    what = lines[0].title if len(lines) == 1 else steps[0] if len(steps) == 1 else counted(len(steps), "step")
    yield LinesInOneBar(": ".join(filter(None, (str(standing), stage, what))), standing, tuple(lines))


def _is_not_late(group: LinesInOneBar) -> bool:
    """What is late stands first, and all else in the order of the process."""
    return group.standing not in ALONE


def _live(lines: Sequence[Line]) -> Iterator[LinesInOneBar]:
    """Owners of one step who stand alike share a bar, unless somebody has to act on it."""
    for _, of_step in groupby(lines, lambda line: step_of(line.item)):
        alike: dict[Standing, list[Line]] = {}
        for line in of_step:
            if line.standing in ALONE:
                yield LinesInOneBar(f"{line.standing}: {line.title}", line.standing, (line,))
            else:
                alike.setdefault(line.standing, []).append(line)
        for standing, together in alike.items():
            what = together[0].title if len(together) == 1 else f"{together[0].step} ({len(together)})"
            yield LinesInOneBar(f"{standing}: {what}", standing, tuple(together))
