"""The states of what the engine keeps, and the arrows between them, found by running it: docs/develop/lifecycle.md.

Cases and items: every timeline is played, and each of its events is laid over the case as it was. Notices and digests:
see `posting`.
"""

from __future__ import annotations

import ast
import inspect
import typing
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cache, reduce
from itertools import product
from typing import Any

from reviewflow.case.advance import advance, begin
from reviewflow.case.apply import apply, fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.arranged import Placed
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.rules import routing
from reviewflow.case.rules.routing import Routing
from reviewflow.language.problem import DefinitionError
from tests.case.stage import FOLDER, built
from tests.case.timeline import REFERENCE, Player, load_timeline
from tests.case.timeline import _moment as moment_of
from tests.docs import posting

Ways = Mapping[tuple[str, str], frozenset[str]]
"""What happens, by the state before and the state after."""
NONE, ANY = "none", "any"
FEW = 4
"""So many names stand beside an arrow of a drawing; the table has all."""
NOT_PLAYED = frozenset({"Migrated"})
"""It takes what the new version does not know, whatever its state."""
DAY, ITEM, OTHER = date(2026, 5, 5), "step/police", "police"


def tables() -> dict[str, str]:
    """The made parts of the page, by name."""
    cases, steps, limits = _found()
    notices, digests = posting.ways()
    return {
        "cases": _of_events(cases),
        "routing": _routing(),
        "steps": _of_events(steps),
        "limits": _of_events(limits),
        "unchanged": _unchanged(),
        "notices": _of_doings(notices),
        "digests": _of_doings(digests),
    }


def seen() -> frozenset[str]:
    """The events that were seen to change a state."""
    return frozenset[str]().union(*(names for ways in _found() for names in ways.values()))


@cache
def _found() -> tuple[Ways, Ways, Ways]:
    """The ways of cases, of the items of steps and of those of limits."""
    found = [defaultdict[tuple[str, str], set[str]](set) for _ in range(3)]
    for path in sorted(FOLDER.glob("*.yaml")):
        timeline = load_timeline(path)
        player = Quiet(built(timeline.definitions, timeline.process), timeline.definitions)
        for line in timeline.lines:
            player.line(dict(line))
        for kind, way, name in _changes(player):
            found[kind][way].add(name)
    for name in NOT_PLAYED:
        for after in {after for _, after in _of_items(name)}:
            found[1][ANY, after].add(name)
            found[2][ANY, after].add(name)
    cases, steps, limits = ({way: frozenset(names) for way, names in each.items()} for each in found)
    return cases, steps, limits


class Quiet(Player):
    """Plays a timeline and looks at nothing: whether it comes out as it says is another test's concern."""

    def line(self, line: dict[str, Any]) -> None:
        moment, doing = next(iter(line.items()))
        now = moment_of(moment)
        with suppress(Refused, DefinitionError):
            for command in self._commands(doing, {**line, moment: doing}, now):
                self._done(command, now)

    def _done(self, command: c.Command, now: datetime) -> list[e.Event]:
        plan, calendars = self.stage.plan, self.stage.calendars
        if self.case is None:
            assert isinstance(command, c.Open)
            made = begin(plan, command, REFERENCE, now=now, calendars=calendars, brought_in=self.brought_in)
        else:
            made = advance(plan, self.case, command, now=now, calendars=calendars)
        made = [*made, *([] if self.mail_is_down else self._letters_leave(made, now))]
        self.history += made
        self.case = reduce(apply, made, self.case) if self.case is not None else fold(REFERENCE, made)
        return made


def _changes(player: Player) -> Iterator[tuple[int, tuple[str, str], str]]:
    """What each event of a timeline changed: 0 for its case, 1 for the items of steps, 2 for those of limits."""
    first, *others = player.history
    case = fold(REFERENCE, [first])
    yield 0, (NONE, _word(case.status)), _name(first)
    for event in others:
        after = apply(case, event)
        if after.status is not case.status:
            yield 0, (_word(case.status), _word(after.status)), _name(event)
        for item, state in after.items.items():
            before = case.items[item].status if item in case.items else None
            if state.status is not before:
                yield (2 if player.stage.plan.is_limit(item) else 1), (_word(before), _word(state.status)), _name(event)
        case = after


def _word(status: Status | CaseStatus | None) -> str:
    return _plain(status.name) if status else NONE


def _name(event: e.Event) -> str:
    return type(event).__name__


EMITTED_NO_MORE = frozenset({e.RoundsEnded.__name__})
"""Events of older histories: `apply` knows them, and nothing leads to them any more."""


@cache
def changing() -> frozenset[str]:
    """The events of the union that change the state of a case or an item, as the fold says."""
    ways = {name: _of_cases(name) | _of_items(name) for name in _classes()}
    changes = frozenset(name for name, every in ways.items() if any(before != after for before, after in every))
    return changes - EMITTED_NO_MORE


@cache
def _classes() -> dict[str, type[Any]]:
    """Every event, by the name of its class: those about work first, the others in the order of the union."""
    kinds = sorted(e.KINDS.values(), key=lambda kind: not kind.__module__.endswith(".work"))
    return {kind.__name__: kind for kind in kinds}


def _of_cases(name: str) -> frozenset[tuple[str, str]]:
    """What this event makes of a case in each state, as the fold says."""
    if name == e.Opened.__name__:
        return frozenset({(NONE, _word(CaseStatus.OPEN))})
    every = [(case, apply(case, _sample(name))) for case in _cases()]
    return frozenset((_word(before.status), _word(after.status)) for before, after in every)


def _of_items(name: str) -> frozenset[tuple[str, str]]:
    """What this event makes of an item in each state, as the fold says."""
    if name == e.Opened.__name__:
        return frozenset()
    every = [(case.items[ITEM], apply(case, _sample(name)).items[ITEM]) for case in _cases()]
    return frozenset((_word(before.status), _word(after.status)) for before, after in every)


def _cases() -> Iterator[Case]:
    """A case in each of its states, with one item in each of its own."""
    holds = {OTHER: Placed(DAY, "a reason")}
    for status, state in product(CaseStatus, Status):
        items = {ITEM: Item(state)}
        yield Case("R", "review", 1, "hash", status, DAY, {OTHER: DAY}, (OTHER,), items, holds=holds)


@cache
def _sample(name: str) -> Any:
    """An event of this kind about the one item that there is."""
    kind = _classes()[name]
    hints = {name: hint for name, hint in typing.get_type_hints(kind).items() if name != "KIND"}
    return kind(**{name: _value(name, hint) for name, hint in hints.items()})


def _value(name: str, hint: Any) -> object:
    if hint is str:
        return ITEM if name == "item" else OTHER
    if hint == tuple[str, ...]:
        return (ITEM,)
    if hint in (Mapping[str, date], Mapping[str, date | None]):
        return {ITEM: DAY}
    if hint in (date, date | None):
        return DAY
    return {int: 1, bool: False, int | None: None}.get(hint, {} if typing.get_origin(hint) else None)


# --- as a page -----------------------------------------------------------------------------------------------------


def _of_events(ways: Ways) -> str:
    """A drawing, and a line for each event with its ways and what it is."""
    order = list(_classes())
    lines = [*_drawing(ways, order), "", "| event | from → to | what happened |", "| --- | --- | --- |"]
    for name in order:
        mine = sorted(way for way, names in ways.items() if name in names)
        if mine:
            lines.append(f"| `{name}` | {_told(mine)} | {_about(name)} |")
    return "\n".join(lines)


def _about(name: str) -> str:
    """The first sentence of what an event says of itself."""
    return " ".join((_classes()[name].__doc__ or "").split())


def _routing() -> str:
    """What may become of an item, with the causes beside which the code decides so."""
    causes: dict[str, list[str]] = {_plain(each.name): [] for each in Routing}
    for node in ast.walk(ast.parse(inspect.getsource(routing))):
        match node:
            case ast.Call(func=ast.Name("Decision"), args=[decided, ast.Attribute(attr=cause)]):
                for each in ast.walk(decided):
                    if isinstance(each, ast.Attribute):
                        causes[_plain(each.attr)].append(_plain(cause))
            case _:
                pass
    lines = [f"| {name} | {', '.join(each)} |" for name, each in causes.items()]
    return "\n".join(("| what becomes of it | what may have decided it |", "| --- | --- |", *lines))


def _plain(name: str) -> str:
    return name.lower().replace("_", " ")


def _unchanged() -> str:
    names = [f"`{name}`" for name in _classes() if name not in changing()]
    return ", ".join(names) + "."


def _of_doings(ways: Ways) -> str:
    """A drawing, and a line for each thing that is done with its ways."""
    order = list(dict.fromkeys(name for names in (posting.NOTICE, posting.DIGEST) for name in names))
    lines = [*_drawing(ways, order), "", "| what happens | from → to |", "| --- | --- |"]
    for name in order:
        mine = sorted(way for way, names in ways.items() if name in names)
        if mine:
            lines.append(f"| {name} | {_told(mine)} |")
    return "\n".join(lines)


def _told(ways: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{before} → {after}" for before, after in ways)


def _drawing(ways: Ways, order: list[str]) -> Iterator[str]:
    """The states as rounded boxes, and an arrow for each way that leads from one to another."""
    arrows = {way: names for way, names in ways.items() if way[0] != way[1] and way[0] != ANY}
    states = sorted({state for way in arrows for state in way if state != NONE}, key=_rank)
    yield from ("```mermaid", "flowchart TB")
    if any(before == NONE for before, _ in arrows):
        yield f'    {NONE}["not there yet"]'
    yield from (f'    {_id(state)}(["{state}"])' for state in states)
    for (before, after), names in sorted(arrows.items(), key=lambda each: (_rank(each[0][0]), _rank(each[0][1]))):
        words = [name for name in order if name in names]
        shown = words if len(words) <= FEW else [*words[: FEW - 1], f"and {len(words) - FEW + 1} more"]
        yield f'    {_id(before)} -- "{"<br/>".join(shown)}" --> {_id(after)}'
    yield "```"


def _id(state: str) -> str:
    return state.replace(" ", "_")


RANKS = (NONE, "pending", "open", "queued", "sending", "sent")


def _rank(state: str) -> tuple[int, str]:
    """What comes first in a life stands first."""
    return (RANKS.index(state) if state in RANKS else len(RANKS)), state
