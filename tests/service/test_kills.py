"""Processes killed at random, over and over: nothing lost, nothing fired twice, nothing unsent, the audit clean."""

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reviewflow.case.apply import apply, opened
from reviewflow.case.model import events as e
from reviewflow.service.delivery.queue import next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from tests.forked import Moments, forked_workers
from tests.service.builders import at
from tests.service.builders import opened as opened_case

KILLS = 36
ENOUGH = 4
WORKERS = 2
WITHIN = 0.15
"""Seconds: a worker's first deed is done after 0.02, and each of those that follow takes a few thousandths."""
END = at(30, month=6)


def killed_over_and_over(office: Workspace, url: str, log: Path) -> int:
    """Let workers work, killing each after a moment, until there are cases enough; returns how many were killed."""
    moments, kills = Moments(random.Random(26), within=WITHIN), 0
    with forked_workers("tests.service.worker", url, str(log)) as workers:
        while kills < KILLS or len(office.store.cases(None)) < ENOUGH:
            workers.kill_after(moments.next(recorded(office)), *range(kills, kills + WORKERS))
            kills += WORKERS
    return kills


def recorded(office: Workspace) -> int:
    """How many events there are: whatever a worker gets done is one."""
    return sum(row.number for row in office.store.cases(None))


def never_chased_twice(office: Workspace, row: CaseRow) -> int:
    """Every rung is fired once a round and due day; returns how many messages the history promises."""
    events = [e.decode(event.kind, event.body) for event in office.store.events(row.reference)]
    first = events[0]
    assert isinstance(first, e.Opened)
    case, promised = opened(row.reference, first), 0
    for event in events[1:]:
        if isinstance(event, e.Chased):
            assert event.rung >= case.items[event.item].rungs, f"{row.reference} {event} was fired before"
        if isinstance(event, (e.Chased, e.OwnerTold, e.MessageSent)):
            promised += len(event.to)
        case = apply(case, event)
    return promised


def deliver_all(office: Workspace, log: Path, now: datetime) -> None:
    while ready := next_letter(office, now=now):
        with log.open("a") as mail:
            mail.write(" ".join(notice.number for notice in ready.notices) + "\n")
        sent(office, ready, now=now, detail="accepted")


@pytest.mark.slow
def test_kills(office: Workspace, database_url: str, tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.touch()
    kills = killed_over_and_over(office, database_url, log)
    chase_due_items(office, now=END)
    run_automatic_steps(office, now=END)
    for days in range(9, 14):  # one letter a mailbox a day, and an escalation a day after its owner's first letter
        deliver_all(office, log, END + timedelta(days=days))

    rows = office.store.cases(None)
    assert len(rows) >= ENOUGH
    assert audit(office) == (len(rows), [])
    notices = office.store.notices()
    assert sum(never_chased_twice(office, row) for row in rows) == len(notices)
    assert chase_due_items(office, now=END) == 0
    delivered = Counter(log.read_text().split())
    assert {notice.number for notice in notices if notice.status == "sent"} <= set(delivered)
    assert [notice for notice in notices if notice.status not in {"sent", "withdrawn"}] == []
    letters = [line.split() for line in log.read_text().splitlines()]
    chased_twice = set[str]()
    again = 0
    for letter in letters:
        again += not chased_twice.isdisjoint(letter)
        chased_twice.update(letter)
    assert again <= kills, "a kill repeats at most the one letter whose sending it cut short"
    started = [row.reference for row in rows if row.process == "follow_up"]
    origins = Counter(state(office, name).origin for name in started)
    assert all(count == 1 for count in origins.values())


def state(office: Workspace, reference: str) -> e.Opened:
    first = next(office.store.events(reference))
    event = e.decode(first.kind, first.body)
    assert isinstance(event, e.Opened)
    return event


CASES = 25


@pytest.mark.slow
def test_kills_while_mail_comes_back(office: Workspace, database_url: str) -> None:
    """Each message that came back is told in its history, passed on and reported, and each once."""
    for _ in range(CASES):
        opened_case(office)
    while ready := next_letter(office, now=at(5)):
        sent(office, ready, now=at(5), detail="taken")
    gone = office.store.notices()
    moments, done, kills = Moments(random.Random(26), within=0.05), 0, 0
    with forked_workers("tests.service.returning", database_url) as workers:
        while done < len(gone) or kills < ENOUGH:
            workers.kill_after(moments.next(done), *range(kills, kills + WORKERS))
            kills += WORKERS
            done = len(office.store.notices(status="undeliverable"))

    assert audit(office) == (CASES, [])
    reports = Counter(notice.recipient for notice in office.store.notices()) - Counter(
        letter.recipient for letter in gone
    )
    assert reports == {"agency:police:deputy": CASES, "agency:health:deputy": CASES, "role:business_support": 2 * CASES}
    kinds = Counter(event.kind for row in office.store.cases(None) for event in office.store.events(row.reference))
    assert kinds["Undelivered"] == len(gone) == 2 * CASES
