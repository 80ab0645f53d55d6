"""All that the files tell, checked as a whole before anything is written: every mistake at once, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import link_id, step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.rules.linked_cases import goes_without, round_of, start_of, started_by
from reviewflow.london import london_day
from reviewflow.service.bringing_in.replay import NEW, Lived, also_today, live
from reviewflow.service.bringing_in.shapes import Moment, Past, Problems, ToldCase
from reviewflow.service.bringing_in.sheet_file import SheetReader
from reviewflow.service.bringing_in.understanding import understood
from reviewflow.service.bringing_in.yaml_file import read_yaml
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

YAML = frozenset({".yaml", ".yml"})
UNKNOWN = "The case"
"""In the place of the reference of a case that has none yet."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A case that can be brought in, or is here already."""

    past: Past
    context: CaseContext
    """As it is after everything that the file tells; of one that is here, as it is here."""
    here: str = ""
    """Its reference, where it was brought in before."""


def check_files(office: Workspace, paths: Sequence[Path], moment: Moment) -> tuple[list[Ready], list[str]]:
    """The cases of the files as they would stand now, and everything that is wrong; raises UserError for no file."""
    problems = Problems()
    pasts = understood(office, _told(paths, problems), london_day(moment.now), problems, moment.keys)
    here = dict(brought_in_before(office))
    ready = [one for past in pasts if (one := _ready(office, past, here, moment, problems)) is not None]
    return ready, problems.told


def _told(paths: Sequence[Path], problems: Problems) -> Iterator[ToldCase]:
    sheets = SheetReader(problems)
    for path in paths:
        if path.suffix.lower() in YAML:
            yield from read_yaml(path, problems)
        else:
            sheets.read(path)
    yield from sheets.all_cases()


def brought_in_before(office: Workspace) -> Iterator[tuple[str, Case]]:
    """Each case that was brought in, by how the office knew it, in small letters."""
    for row in office.store.cases(None):
        if '"brought_in"' in row.state:
            case = load(row.reference, row.state)
            yield case.was.casefold(), case


def _ready(office: Workspace, past: Past, here: Mapping[str, Case], moment: Moment, problems: Problems) -> Ready | None:
    case = here.get(past.was.casefold())
    if case is not None:
        row = office.store.load(case.reference)
        return Ready(past, office.context(row, moment.now), case.reference) if row is not None else None
    lived = live(office, past, UNKNOWN, moment)
    if not lived.wrong:
        lived = also_today(office, past, lived, moment)
    for place, words in (*lived.wrong, *_unsaid_cases(past, lived)):
        problems.add(place, words)
    return Ready(past, CaseContext(past.plan, lived.case, office.partnership, office.calendars, moment.now))


def _unsaid_cases(past: Past, lived: Lived) -> Iterator[tuple[str, str]]:
    """What opened another case in the past, of which nobody says which that is: it would be opened once more."""
    case, plan = lived.case, past.plan
    endings = (case.ending,) if case.status is CaseStatus.ENDED else ()
    waiting = (item for item, state in case.items.items() if state.status is Status.OPEN)
    for item in chain(waiting, endings):
        if start_of(plan, item) is None or started_by(case, item) or item in lived.opens_anew:
            continue
        title = plan.definition.title(item)
        yield past.place, f"“{title}” ({item}) opens another case. Say with a row “started” which that is, or {NEW}."
    yield from _unsaid_rounds(past, lived)


def _unsaid_rounds(past: Past, lived: Lived) -> Iterator[tuple[str, str]]:
    """Rounds before the last that opened a case each, of which nobody says which: none is opened for them any more."""
    case, plan = lived.case, past.plan
    rounds = {(event.item, event.nth): event for event, _ in lived.events if isinstance(event, e.OwedAfterRound)}
    for (item, nth), event in rounds.items():
        is_last = nth == round_of(case, item)[0]
        if start_of(plan, item) is None or nth is None or is_last or goes_without(case, item, nth):
            continue
        if link_id(item, nth) not in case.links:
            title, day = plan.definition.title(step_of(item)), day_words(event.done)
            say = "say with a row “started” which that is, or with a row “skip” that there is none."
            opens = f"“{title}” ({item}) opens another case for the round of {day}."
            yield past.place, f"{opens} Before the row of the next round, {say}"


def in_order(ready: Sequence[Ready]) -> list[Ready]:
    """Those first that others say they started, so that their references are known."""
    by_name = {one.past.was.casefold(): one for one in ready}
    ordered: dict[str, Ready] = {}

    def take(name: str, above: frozenset[str]) -> None:
        if name in ordered or name not in by_name or name in above:
            return
        for happened in by_name[name].past.happened:
            if isinstance(happened.command, c.RecordStarted | c.Link):
                take(happened.command.reference.casefold(), above | {name})
        ordered[name] = by_name[name]

    for name in by_name:
        take(name, frozenset())
    return list(ordered.values())


def here_words(one: Ready) -> str:
    """That a case is here already, and what became of its row."""
    case = one.context.case
    since = f"brought in on {day_words(case.brought_in)}" if case.brought_in else "here"
    return f"{one.past.was}: {one.here} already, {since}; nothing of it is brought in again."
