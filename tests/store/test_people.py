"""Who did something can be erased, and the chain still holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reviewflow.store import (
    CaseConflict,
    CaseRow,
    EventRow,
    LogEntry,
    NewEvent,
    Store,
    StoredLetter,
    open_store,
    verify_chain,
)
from reviewflow.store.cases.changes import appending
from reviewflow.store.drivers.steps import Step
from reviewflow.store.errors import Duplicate
from reviewflow.store.people import Person, key_of
from reviewflow.store.records import ERASED, Traces
from reviewflow.store.tables import METADATA
from tests.store.builders import AT, change, event, notice, opened
from tests.store.cases.test_chain import tamper
from tests.store.test_races import CROWD, at_once

WHO = event().by
LOGGED = LogEntry(AT, "Records officer", "name_erased", "{}")


@pytest.fixture
def other(store: Store, database_url: str) -> Iterator[Store]:
    """Another program with the same database."""
    opened_too = open_store(database_url)
    yield opened_too
    opened_too.close()


def by(name: str) -> tuple[NewEvent, ...]:
    return (replace(event(), by=name),)


def history(store: Store, case: CaseRow) -> list[EventRow]:
    """The events of a case whose chain holds."""
    loaded = store.load(case.reference)
    assert loaded is not None
    assert verify_chain(loaded, store.events(case.reference)) is None
    return list(store.events(case.reference))


def everything(store: Store) -> str:
    return "\n".join(str(store.driver.rows(f'SELECT * FROM "{name}"')) for name in METADATA.tables)


def older(store: Store, case: CaseRow) -> CaseRow:
    """An event as it was written before there were keys."""
    after, steps = appending(store.driver.dialect, change(case))
    store.driver.commit(steps)
    return after


def test_events_hold_a_key_and_tell_the_name(store: Store, other: Store) -> None:
    first = store.append(change(opened(store), events=2))
    second = opened(other)
    events = [*history(store, first), *history(store, second)]
    assert {event.by for event in events} == {WHO}
    [key] = {event.key for event in events}
    assert store.driver.rows('SELECT DISTINCT "by" FROM events') == [(key,)]
    assert WHO not in key
    assert store.people.names() == [WHO]


def test_an_erased_name_stands_nowhere_and_the_chain_holds(store: Store) -> None:
    case = store.append(replace(change(opened(store)), events=by("Records officer")))
    before = history(store, case)
    assert store.people.cases(WHO) == [case.reference]
    assert store.people.erase(WHO, store.people.keys(WHO), LOGGED)
    after = history(store, case)
    assert [event.by for event in after] == [ERASED, "Records officer"]
    assert [(event.hash, event.key) for event in after] == [(event.hash, event.key) for event in before]
    assert WHO not in everything(store)
    assert store.noted() == [LOGGED]


def test_an_erased_name_is_overwritten_in_the_file(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    opened(store)
    store.people.erase(WHO, store.people.keys(WHO), LOGGED)
    store.close()
    assert WHO.encode() not in Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()


def test_a_name_that_nobody_bears_is_not_erased(store: Store) -> None:
    assert not store.people.erase("nobody", ["0" * 32], LOGGED)
    assert store.noted() == []


def test_a_name_that_came_back_since_keeps_its_new_key(store: Store, other: Store) -> None:
    opened(store)
    before = store.people.keys(WHO)
    other.people.erase(WHO, before, LOGGED)
    opened(other)
    assert not store.people.erase(WHO, before, LOGGED)
    assert store.noted() == [LOGGED]
    assert len(store.people.keys(WHO)) == 1


@pytest.mark.parametrize("came_back", [False, True])
def test_a_program_that_kept_an_erased_key_takes_a_new_one(store: Store, other: Store, *, came_back: bool) -> None:
    case = opened(store)
    other.people.erase(WHO, other.people.keys(WHO), LOGGED)
    if came_back:
        opened(other)
    store.append(change(case))
    first, second = history(store, case)
    assert (first.by, second.by) == (ERASED, WHO)
    assert first.key != second.key
    assert store.people.names() == [LOGGED.by, WHO]


def test_of_a_crowd_with_a_new_name_all_succeed_with_one_key(store: Store, database_url: str) -> None:
    for round_ in range(5):
        crowd = [open_store(database_url) for _ in range(CROWD)]
        cases = [opened(store) for _ in crowd]
        lot = list(zip(crowd, cases, strict=True))
        new = by(f"new {round_}") + by(f"another {round_}")

        def append(lot: list[tuple[Store, CaseRow]] = lot, new: tuple[NewEvent, ...] = new) -> CaseRow:
            mine, case = lot.pop()
            return mine.append(replace(change(case), events=new))

        at_once(append)
        histories = [history(store, case)[1:] for case in cases]
        assert all([event.by for event in events] == [event.by for event in new] for events in histories)
        assert len({event.key for events in histories for event in events}) == 2
        for other in crowd:
            other.close()


def test_of_a_crowd_in_one_store_all_succeed(store: Store) -> None:
    cases = [opened(store) for _ in range(CROWD)]
    left = list(cases)
    at_once(lambda: store.append(replace(change(left.pop()), events=by("new"))))
    assert len({history(store, case)[1].key for case in cases}) == 1


def test_a_new_name_that_another_thread_kept_at_the_same_moment_is_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its key is the same: they share it before either has kept it. It was taken for a damaged row."""
    cases, commit = [opened(store), opened(store)], store.driver.commit

    def just_after_the_other(steps: Sequence[Step]) -> int:
        monkeypatch.setattr(store.driver, "commit", commit)
        store.append(replace(change(cases[0]), events=by("new")))
        raise Duplicate("people_pkey")

    monkeypatch.setattr(store.driver, "commit", just_after_the_other)
    store.append(replace(change(cases[1]), events=by("new")))
    assert len({history(store, case)[1].key for case in cases}) == 1


def test_changes_made_together_may_bring_the_same_new_name(store: Store) -> None:
    cases = [opened(store), opened(store)]
    assert store.append_together([replace(change(case), events=by("new")) for case in cases])
    assert len({history(store, case)[1].key for case in cases}) == 1


def test_a_name_that_came_with_a_lost_change_is_not_kept(store: Store) -> None:
    case = opened(store)
    store.append(change(case))
    with pytest.raises(CaseConflict):
        store.append(replace(change(case), events=by("new")))
    assert store.people.names() == [WHO]
    assert store.append(replace(change(opened(store)), events=by("new"))).number == 2


def test_older_events_keep_the_name_and_stay_provable(store: Store) -> None:
    case = older(store, older(store, opened(store)))
    store.note(replace(LOGGED, by=WHO))
    assert [(event.by, bool(event.key)) for event in history(store, case)] == [(WHO, True), (WHO, False), (WHO, False)]
    traces = store.people.traces(WHO)
    assert traces == Traces((history(store, case)[0].key,), 1, 2, 1, 0, 0)
    store.people.erase(WHO, store.people.keys(WHO), LOGGED)
    assert [event.by for event in history(store, case)] == [ERASED, WHO, WHO]
    assert store.people.traces(WHO) == Traces((), 0, 2, 0, 0, 0)
    assert [entry.by for entry in store.noted()] == [ERASED, LOGGED.by]


def test_a_key_is_proven_by_its_salt_and_goes_with_it(store: Store) -> None:
    opened(store)
    [person] = store.people.everybody()
    assert person.is_proven
    assert person.salt is not None
    assert key_of(WHO, person.salt) == person.key
    assert not replace(person, name="another").is_proven
    assert not replace(person, salt="00" * 32).is_proven
    store.people.erase(WHO, store.people.keys(WHO), LOGGED)
    assert Person(person.key, None, None) in store.people.everybody()
    assert person.salt not in everything(store)


def test_the_log_of_the_office_holds_keys_and_tells_names(store: Store) -> None:
    store.note(replace(LOGGED, by=WHO))
    [(by,)] = store.driver.rows('SELECT "by" FROM office')
    assert by == store.people.keys(WHO)[0]
    assert [entry.by for entry in store.noted()] == [WHO]
    assert store.people.traces(WHO).elsewhere == 1


def test_a_mailbox_is_taken_out_of_the_letters_that_went_to_it(store: Store) -> None:
    opened(store, notices=(notice(), notice("other")))
    for number, waiting in enumerate(store.waiting(AT), start=1):
        store.enclose(
            [waiting.id], [], StoredLetter(waiting.number, "jo@police.example.org", f"2026-03-0{number}", urgent=False)
        )
    assert store.people.traces("jo@police.example.org").letters == 2
    assert store.people.erase_address("jo@police.example.org", LOGGED)
    assert not store.people.erase_address("jo@police.example.org", LOGGED)
    assert "jo@police" not in everything(store)
    assert store.noted() == [LOGGED]
    assert len(store.waiting(AT)) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people SET name = 'another'",
        "UPDATE people SET salt = 'another'",
        "UPDATE people SET name = NULL",
        "DELETE FROM people",
        "UPDATE people SET key = 'x'",
    ],
)
def test_a_name_is_never_given_to_another(store: Store, sql: str) -> None:
    case = opened(store)
    with pytest.raises(Exception, match="names are only ever added or erased"):
        store.driver.commit([(sql, ())])
    assert [event.by for event in history(store, case)] == [WHO]


def test_another_key_in_an_event_shows(store: Store) -> None:
    case = store.append(replace(change(opened(store)), events=by("another")))
    tamper(store, "UPDATE events SET \"by\" = (SELECT key FROM people WHERE name = 'another') WHERE number = 1")
    assert verify_chain(case, store.events(case.reference)) == 1
