"""A name is erased; what was recorded in it stays and is still proven."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.commands.legal_holds import Matter, lift, place
from reviewflow.service.delivery.mode import KIND, switch
from reviewflow.service.delivery.queue import next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.records.disclosure.writing import disclose
from reviewflow.service.records.disposal import certificate_words, destroy, issued
from reviewflow.service.records.erasure import erase, erased_words
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.changes import appending
from reviewflow.store.records import ERASED, Change, NewEvent
from reviewflow.store.store import open_store
from tests.service.plans import SHIPPED, on, opened_plan

WHO = "tester"
"""Who does all that `opened_plan` needs."""
LEFT = {"reason": "has left and asked for it", "by": "Records officer", "now": on(8, 1)}


@pytest.fixture
def here(database_url: str) -> Iterator[Workspace]:
    """On both kinds of database."""
    store = open_store(database_url)
    store.migrate()
    yield Workspace(store, SHIPPED)
    store.close()


def older_event(office: Workspace, reference: str) -> None:
    """One as it was written before there were keys."""
    row = office.store.load(reference)
    assert row is not None
    first = next(office.store.events(reference))
    event = NewEvent("CaseEnded", first.body, WHO, first.on)
    change = Change(row, (event,), row.state, row.status, (), first.recorded_at)
    office.store.driver.commit(appending(office.store.driver.dialect, change)[1])


def test_the_history_is_told_and_proven_without_the_name(here: Workspace, tmp_path: Path) -> None:
    plan = opened_plan(here)
    before = list(history(here, plan))
    said = erased_words(here, WHO, erase(here, WHO, **LEFT))
    after = list(history(here, plan))
    count = sum(each.by == WHO for each in before)
    assert said.startswith(f"The name is erased. Recorded by {ERASED}: {count} facts.")
    assert [each.by for each in after] == [ERASED if each.by == WHO else each.by for each in before]
    assert [(each.words, each.hash) for each in after] == [(each.words, each.hash) for each in before]
    assert audit(here) == (1, [])
    disclose(here, plan, tmp_path / "out", by="Business support", now=on(8, 2))
    assert f"{ERASED}: {count}." in (tmp_path / "out" / "history.html").read_text()
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["names_erased"] == count
    assert not any(re.search(rf"\b{WHO}\b", path.read_text("utf-8")) for path in (tmp_path / "out").rglob("*.*"))


def test_the_log_of_the_office_says_that_it_was_and_not_whose(here: Workspace) -> None:
    opened_plan(here)
    erase(here, WHO, **LEFT)
    [noted] = here.store.noted("name_erased")
    assert noted.by == "Records officer"
    assert json.loads(noted.body)["reason"] == "has left and asked for it"
    assert WHO not in noted.body


def test_nothing_is_said_of_erasing_where_nothing_was_erased(here: Workspace, tmp_path: Path) -> None:
    disclose(here, opened_plan(here), tmp_path / "out", by="Business support", now=on(8, 2))
    assert "erased" not in (tmp_path / "out" / "history.html").read_text()


def test_what_is_older_keeps_it_and_that_is_said(here: Workspace) -> None:
    plan = opened_plan(here)
    older_event(here, plan)
    assert "The name stays in 1 older fact," in erased_words(here, WHO, erase(here, WHO, **LEFT))
    with pytest.raises(UserError, match=r"stands nowhere that it can be erased from. The name stays in 1 older fact,"):
        erase(here, WHO, **LEFT)


def test_a_legal_hold_keeps_the_names_too(here: Workspace) -> None:
    plan = opened_plan(here)
    matter = Matter("inquiry", "the inquiry has asked for it")
    place(here, [plan], matter, by="Records officer", now=on(7, 1))
    with pytest.raises(UserError, match=f"in the history of {plan}, which is under a legal hold"):
        erase(here, WHO, **LEFT)
    lift(here, [plan], Matter("inquiry", "the inquiry is over"), by="Records officer", now=on(7, 2))
    assert erased_words(here, WHO, erase(here, WHO, **LEFT)).startswith("The name is erased.")


def test_the_log_of_the_office_and_certificates_lose_the_name_and_stay_valid(here: Workspace) -> None:
    plan = opened_plan(here)
    switch(here, Mode.TEST, by=WHO, now=on(5, 6))
    carry_out(here, plan, c.Withdraw("taken into another plan"), by="t", now=on(7, 1))
    before = destroy(here, plan, "the schedule says so", by=WHO, now=on(7, 2, 2032))
    said = erased_words(here, WHO, erase(here, WHO, **LEFT))
    assert "gone from 2 entries of the office's log and the certificates of destruction" in said
    after = issued(here, plan)
    assert (after.by, after.seal) == (ERASED, before.seal)
    assert certificate_words(after) == certificate_words(before).replace(WHO, ERASED)
    assert [each.by for each in here.store.noted(KIND)] == [ERASED]
    assert audit(here) == (0, [])


def test_a_mailbox_that_was_written_to_is_erased(here: Workspace) -> None:
    plan = opened_plan(here)
    chase_due_items(here, now=on(6, 1))
    ready = next_letter(here, now=on(6, 2))
    assert ready is not None
    sent(here, ready, now=on(6, 2), detail="accepted")
    said = erased_words(here, ready.address, erase(here, ready.address, **LEFT))
    assert said.startswith("The mailbox is erased from 1 letter that went to it.")
    assert "It stands in partnership.yaml" in said
    assert here.store.people.traces(ready.address).letters == 0
    assert [each.status for each in here.store.notices(plan) if each.id == ready.notices[0].id] == ["sent"]


def test_what_people_wrote_stays_and_that_is_said(here: Workspace) -> None:
    plan = opened_plan(here)
    carry_out(here, plan, c.Withdraw("the tester has said so"), by="t", now=on(7, 1))
    assert "It stays in the words of 1 fact or message" in erased_words(here, WHO, erase(here, WHO, **LEFT))


@pytest.mark.parametrize(
    ("name", "changed", "words"),
    [
        ("testr", {}, 'Nobody named "testr" has recorded anything.*Did you mean "tester"'),
        (" ", {}, "Whose name"),
        (WHO, {"by": "Tester"}, "somebody else does it"),
        (WHO, {"reason": "the tester has left"}, "leave the name out of it"),
    ],
)
def test_what_is_refused(here: Workspace, name: str, changed: dict[str, str], words: str) -> None:
    opened_plan(here)
    with pytest.raises(UserError, match=words):
        erase(here, name, **{**LEFT, **changed})
    with pytest.raises(Refused, match="reason is needed"):
        erase(here, name, **{**LEFT, "reason": " "})
    assert here.store.people.names() == [WHO]


def test_from_the_command_line(office: Workspace, sqlite_url: str) -> None:
    plan = opened_plan(office)
    assert _reviewflow(sqlite_url, "erase", "testr", "--reason", "has left")[0] == 1
    status, said = _reviewflow(sqlite_url, "erase", WHO, "--by", "Records officer", "--reason", "has left")
    assert (status, said.startswith("The name is erased.")) == (0, True)
    assert ERASED in _reviewflow(sqlite_url, "history", plan, "--json")[1]
    assert _reviewflow(sqlite_url, "audit")[0] == 0


def _reviewflow(url: str, *words: str) -> tuple[int, str]:
    places = ("--database", url, "--definitions", str(SHIPPED))
    command = [sys.executable, "-c", "from reviewflow.cli import main; main()", *words, *places]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout
