"""A case: its chain, its state replayed, and what is owed in it worked out again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from reviewflow.case.apply import fold
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain
from reviewflow.case.model.snapshot import dump
from reviewflow.case.model.state import CUT_SHORT, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.endings_by_time import day_of_ending
from reviewflow.case.rules.links.looked_at_again import linked_as
from reviewflow.london import stamp
from reviewflow.service.records.proof.finding import AuditFinding
from reviewflow.service.records.proof.messages import wrong_messages
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.chain import verify_chain
from reviewflow.store.records import CaseRow, EventRow, ItemRow


def wrong_case(
    workspace: Workspace, row: CaseRow, events: list[EventRow], *, latest: str, is_steady: bool
) -> Iterator[AuditFinding]:
    """What is wrong with a case, the first thing first.

    `latest` is when anything was last done in the office; `is_steady` says that calendars and sending time are what
    they were when its chases were last reckoned.
    """
    bad = verify_chain(row, events)
    if bad is not None:
        yield AuditFinding(row.reference, bad, f"event {bad} {_what_of(bad, row, events)}")
        return
    decoded = [e.decode(event.kind, event.body) for event in events]
    case = fold(row.reference, decoded)
    if dump(case) != row.state.rstrip(" "):  # in SQLite some stand after it
        yield AuditFinding(row.reference, None, "replaying its events does not give the state that is stored")
        return
    yield from (AuditFinding(row.reference, None, words) for words in _wrong_row(workspace, row, case, decoded))
    plan = workspace.plan(row.definition)
    items = {item.item: item for _, item in workspace.store.items(row.reference, None)}
    wrong = _wrong_items(workspace, plan, case, items, is_steady=is_steady)
    yield from (AuditFinding(row.reference, None, words) for words in wrong)
    yield from wrong_messages(workspace, row, plan, events, decoded, latest=latest)


def _what_of(bad: int, row: CaseRow, events: list[EventRow]) -> str:
    if bad > len(events):
        return "is missing"
    if bad > row.number:
        return "was put in: the case ends before it"
    return "was changed, or one before it was taken out"


def _wrong_row(workspace: Workspace, row: CaseRow, case: Case, events: Collection[e.Event]) -> Iterator[str]:
    if row.status != case.status:
        yield f'it stands as "{row.status}", and its events say "{case.status}"'
    process = workspace.plan(row.definition).definition.process
    if (process.process, process.version) != (case.process, case.version) or row.process != case.process:
        yield "it is pinned to another process or version than its events say"
    moved = [event.definition for event in events if isinstance(event, e.Migrated)]
    if moved and moved[-1] != row.definition:
        yield "it is pinned to another definition than the one that it was moved to"


def _wrong_items(
    workspace: Workspace, plan: Plan, case: Case, items: Mapping[str, ItemRow], *, is_steady: bool
) -> Iterator[str]:
    owed = {item for item, state in case.items.items() if state.status is Status.OPEN}
    owed |= {LookAgain.HOLD.of(name) for name in case.holds}
    aside = {"ending", "link"}
    stored = {name for name, item in items.items() if item.status == Status.OPEN and item.kind not in aside}
    if case.status == "open" and owed != stored:
        yield f"what is owed differs from the work items that are stored: {', '.join(sorted(owed ^ stored))}"
        return
    if missing := sorted(case.items.keys() - items.keys()):
        yield f"the work item {missing[0]} is missing"
    for item in items.values():
        wrong = _wrong_item(workspace, plan, case, item, is_steady=is_steady)
        if wrong:
            yield f"the work item {item.item} {wrong}"


def _wrong_item(workspace: Workspace, plan: Plan, case: Case, item: ItemRow, *, is_steady: bool) -> str:
    expected = _expected(workspace, plan, case, item)
    if expected is None:
        return "is none that its process has"
    told, at = (item.kind, item.status, item.owner, item.round, item.due), item.next_chase
    cut = case.status in CUT_SHORT and item.status == Status.WITHDRAWN
    kind, status, owner, round_, due, when = expected
    if told != (kind, item.status if cut else status, owner, round_, due):
        return "says of its kind, status, owner, round or day what does not follow from the events"
    if at != when and (is_steady or (at is None) != (when is None)):
        return f"is chased next at {at or 'no time'}; from its events that is {when or 'never'}"
    return ""


def _expected(
    workspace: Workspace, plan: Plan, case: Case, item: ItemRow
) -> tuple[str, str, str, int, str | None, str | None] | None:
    send_at, calendars = workspace.partnership.send_at, workspace.calendars
    name = item.item
    if hold := LookAgain.HOLD.name_in(name):
        placed = case.holds.get(hold)
        moment = next_chase(plan, case, name, calendars, send_at) if placed else None
        due = placed.review.isoformat() if placed and placed.review else None
        status = Status.OPEN if placed else Status.DONE
        return "hold", status, "", 1, due, stamp(moment) if moment else None
    if LookAgain.LINK.name_in(name):
        link = case.related.get(linked_as(case, name))
        moment = next_chase(plan, case, name, calendars, send_at)
        due = link.review.isoformat() if link and link.review else None
        return "link", Status.OPEN if due else Status.DONE, "", 1, due, stamp(moment) if moment else None
    if ending := LookAgain.ENDING.name_in(name):
        if ending not in plan.endings_by_time:
            return None
        moment = next_chase(plan, case, name, calendars, send_at)
        day = day_of_ending(plan, case, ending, calendars) if moment else None
        status = Status.OPEN if moment else Status.DONE
        return "ending", status, "", 1, day.isoformat() if day else None, stamp(moment) if moment else None
    if name not in case.items:
        return None
    state = case.items[name]
    moment = next_chase(plan, case, name, calendars, send_at)
    kind, due = "limit" if plan.is_limit(name) else "step", state.due.isoformat() if state.due else None
    return kind, state.status, plan.owner(name, case), state.round, due, stamp(moment) if moment else None
