"""Snapshots as they are stored: golden, because what is written today must be read in ten years."""

from dataclasses import replace
from datetime import date, time

from reviewflow.case.model.arranged import Placed
from reviewflow.case.model.beside import Linked
from reviewflow.case.model.item_snapshot import dump_item, load_item
from reviewflow.case.model.snapshot import dump, load
from reviewflow.case.model.state import Case, CaseStatus, Item, Manner, Status

DAY = date(2026, 5, 5)


FULL = Item(
    Status.OPEN,
    round=2,
    due=DAY,
    fixed=True,
    opened=DAY,
    done=DAY,
    answers={"kind": ["a"]},
    rungs=1,
    sent=3,
    manner=Manner.DISSENT,
    turn=1,
    times=0,
    passed_over=(1,),
    stopped=DAY,
    opened_by_hand=True,
)


def test_a_snapshot_as_it_is_stored() -> None:
    case = Case(
        reference="RR-2026-001",
        process="rapid_review",
        version=1,
        definition="abc",
        status=CaseStatus.OPEN,
        opened=DAY,
        dates={"notified": DAY},
        agencies=("police",),
        items={"a": FULL, "b": Item(Status.NOT_NEEDED)},
        links={"a": "C-1"},
        origin="SIN-2026-001",
        ending="b",
        ended=DAY,
    )
    assert dump(case) == (
        '{"agencies":["police"],"dates":{"notified":"2026-05-05"},"definition":"abc","ended":"2026-05-05","ending":"b","items":{"a":{"a":{"kind":["a"]},'
        '"asked":true,"done":"2026-05-05","due":"2026-05-05","fixed":true,"manner":"dissent","opened":"2026-05-05","r":2,"rungs":1,"s":"open",'
        '"sent":3,"skipped":[1],"stopped":"2026-05-05","times":0,"turn":1},"b":{"s":"not needed"}},'
        '"links":{"a":"C-1"},"opened":"2026-05-05","origin":"SIN-2026-001",'
        '"process":"rapid_review","status":"open","version":1}'
    )
    assert load("RR-2026-001", dump(case)) == case


def test_a_snapshot_of_what_was_written_and_answered() -> None:
    heard = {"acknowledged": DAY, "need_more_time": DAY}
    asked = Item(Status.OPEN, chased=(DAY,), responses=heard, to_decide="need_more_time", asked_until=DAY, remind=DAY)
    case = Case(
        "R", "p", 1, "abc", CaseStatus.OPEN, DAY, {}, (), {"a": asked, "b": Item(Status.OPEN, snoozed_until=DAY)}
    )
    assert '"b":{"s":"open","snoozed":"2026-05-05"}' in dump(case)
    assert load("R", dump(case)) == case


def test_a_snapshot_of_what_is_kept() -> None:
    case = Case("R", "p", 1, "abc", CaseStatus.CLOSED, DAY, {}, ())
    case = replace(case, kept_for={"inquest": Placed(DAY, "why", "the coroner")}, kept_until=DAY)
    text = dump(case)
    assert '"kept_for":{"inquest":{"by":"the coroner","since":"2026-05-05","why":"why"}}' in text
    assert '"kept_until":"2026-05-05"' in text
    assert load("R", text) == case


def test_a_snapshot_of_what_is_held_linked_and_joined() -> None:
    case = Case("R", "p", 1, "abc", CaseStatus.OPEN, DAY, {}, ())
    case = replace(
        case,
        holds={"court": Placed(DAY, "why", "the police", DAY, DAY)},
        related={"T-1": Linked("parallel", "none", DAY, "court", DAY)},
        joined={"RR-2026-004": {"notified": DAY}},
    )
    text = dump(case)
    days = '"remind":"2026-05-05","review":"2026-05-05","since":"2026-05-05"'
    assert f'"holds":{{"court":{{"by":"the police",{days},"why":"why"}}}}' in text
    assert '"joined":{"RR-2026-004":{"notified":"2026-05-05"}}' in text
    assert load("R", text) == case


def test_the_day_of_a_first_round_as_it_is_stored() -> None:
    item = Item(Status.OPEN, turn=1, times=1, first_done=DAY, first_at=time(9, 30))
    assert dump_item(item) == {"s": "open", "turn": 1, "times": 1, "begun": "2026-05-05", "begun_at": "09:30:00"}
    assert load_item(dump_item(item)) == item
