"""Which features of the language met in a case: read from its definition and from what happened to it, and no more.

Two features met when both bore on one item: the repeating step that was held, the line of a list that was extended.
What comes "after" bears on the step that it stands after, a limit on what meets it too, an ending on what it found
unfinished.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from reviewflow.case.apply import apply, fold
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.plan.plan import Plan

FEATURES = (
    "repeat",
    "for each",
    "after",
    "sent back",
    "hold",
    "extension",
    "ending",
    "silence",
    "calendar",
    "limit",
    "join",
    "migrate",
)
Pair = frozenset[str]
PAIRS: tuple[Pair, ...] = tuple(frozenset(pair) for pair in combinations(FEATURES, 2))
UNFINISHED = (Status.PENDING, Status.OPEN)


def meetings(history: Iterable[tuple[Plan, e.Event]]) -> set[Pair]:
    """The pairs that met; each event with the plan under which it happened."""
    bears: dict[str, set[str]] = {feature: set() for feature in FEATURES}
    case: Case | None = None
    for plan, event in history:
        before, case = case, apply(case, event) if case else fold("R", [event])
        for feature, item in [*_acted(plan, before or case, event, case), *_written(plan, case)]:
            bears[feature].add(item)
    return {frozenset(pair) for pair in combinations(FEATURES, 2) if bears[pair[0]] & bears[pair[1]]}


def _acted(plan: Plan, before: Case, event: e.Event, after: Case) -> Iterator[tuple[str, str]]:
    """What somebody did, and the items that it bore on."""
    match event:
        case e.SentBack():
            yield from (("sent back", item) for item in event.items)
            if before.status is CaseStatus.ENDED:
                yield from (("ending", item) for item in event.items)
        case e.HoldPlaced() | e.HoldReleased():
            stops = plan.holds[event.hold].stops if event.hold in plan.holds else ()
            yield from (("hold", item) for item in _unfinished(before) if step_of(item) in stops)
        case e.Extended():
            yield "extension", event.item
        case e.CaseEnding() | e.CaseEnded():
            yield from (("ending", item) for item in _unfinished(before))
        case e.AgencyJoined():
            yield from (("join", item) for item in plan.all_items(after) if key_of(item) == event.agency)
        case e.CaseJoined():
            yield from (("join", item) for item in plan.limit_items(after))
        case e.Migrated():
            yield from (("migrate", item) for item in before.items)
        case _:
            pass


def _unfinished(case: Case) -> list[str]:
    return [item for item, state in case.items.items() if state.status in UNFINISHED]


def _written(plan: Plan, case: Case) -> Iterator[tuple[str, str]]:
    """What the definition says of the items that have been owed."""
    process = plan.definition.process
    met = {limit.met_by: name for name, limit in process.limits.items()}
    followed = {other for name, step in plan.steps.items() for other in step.after if _begun(case, name)}
    for item, state in case.items.items():
        name, step = step_of(item), plan.steps.get(step_of(item))
        limit = process.limits.get(name)
        if state.status is Status.PENDING and state.round == 1:
            continue
        own = step.calendar if step else limit.calendar if limit and not limit.national else None
        marks = {
            "repeat": step is not None and step.repeats is not None,
            "for each": bool(key_of(item)),
            "after": name in followed,
            "silence": step is not None and step.silence is not None,
            "calendar": bool(own or (process.calendar and not (limit and limit.national))),
            "limit": limit is not None or name in met,
        }
        yield from ((feature, item) for feature, bears in marks.items() if bears)


def _begun(case: Case, name: str) -> bool:
    return any(
        state.status not in (Status.PENDING, Status.NOT_NEEDED)
        for item, state in case.items.items()
        if step_of(item) == name
    )
