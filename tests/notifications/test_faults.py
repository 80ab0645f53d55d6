"""Letters over real mail servers that refuse, dawdle, hang up or are down: nothing is lost or sent twice.

A day of a small partnership: a case is opened, its requests go out, every quarter of an hour the outbox is worked off.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifications.bounces.collect import look_for_bounces
from notifications.deliver import deliver_letters
from notifications.delivery import Delivery
from reviewflow.language.model import Channel
from reviewflow.service.delivery.outbox import MessageState, outbox, reached_nobody
from reviewflow.service.records.audit import audit
from reviewflow.service.views.history import history
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.notifications.bounces import answer, report
from tests.notifications.imap import Mailbox
from tests.notifications.servers import PostOffice, words
from tests.notifications.web import Web, serving
from tests.service.builders import at, opened
from tests.service.conftest import TOY

Serve = Callable[..., int]
Live = Callable[..., Delivery]
POLICE, HEALTH = "reviews@police.example.org", "reviews@nhs.example.org"
TEN = at(5)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(f"sqlite:///{tmp_path}/reviewflow.db")
    store.migrate()
    yield Workspace(store, TOY)
    store.close()


def a_day(office: Workspace, delivery: Delivery, *, start: datetime = TEN, hours: float = 1) -> datetime:
    """Work the outbox off every quarter of an hour; the moment at which it ends."""
    now = start
    while now < start + timedelta(hours=hours):
        deliver_letters(office, delivery, clock=lambda now=now: now)  # type: ignore[misc]
        now += timedelta(minutes=15)
    return now


def got(*offices: PostOffice) -> Counter[str]:
    return Counter(str(mail["To"]) for each in offices for mail in each.mails)


def lots(office: Workspace) -> Counter[MessageState]:
    return Counter(each.lot for each in outbox(office))


def test_a_good_day(office: Workspace, serve: Serve, live: Live) -> None:
    server = PostOffice()
    opened(office)
    a_day(office, live(f"mailto://127.0.0.1:{serve(server)}"))
    assert got(server) == {POLICE: 1, HEALTH: 1}
    assert lots(office) == {MessageState.SENT: 2}


def test_a_refused_address_goes_to_the_deputy_and_business_support_is_told(
    office: Workspace, serve: Serve, live: Live
) -> None:
    server = PostOffice(rcpt=("550 5.1.1 No such user",))
    reference = opened(office, agencies=("police",))
    a_day(office, live(f"mailto://127.0.0.1:{serve(server)}"))
    assert got(server) == {"deputy@police.example.org": 1, "support@scp.example.org": 1}
    refused = next(each for each in outbox(office) if each.lot is MessageState.REFUSED)
    assert refused.words == "Refused for good: The mail server refused this address for good (550 5.1.1)."
    told = [entry.words for entry in history(office, reference) if entry.kind == "Undelivered"]
    assert len(told) == 1
    assert "It goes to Police (deputy) instead. Business support officer is told." in told[0]
    assert audit(office) == (1, [])


def test_a_letter_that_comes_back_later_goes_to_the_deputy_too(
    office: Workspace, serve: Serve, live: Live, mailbox: Mailbox
) -> None:
    """Taken over by the mail server, and sent back hours later to the mailbox that it came from."""
    server = PostOffice()
    reference = opened(office, agencies=("police",))
    delivery = live(f"mailto://127.0.0.1:{serve(server)}")
    now = a_day(office, delivery)
    [gone] = server.mails
    mailbox.put(report(to=str(gone["To"]), number=str(gone["X-Reviewflow-Reference"])), answer())
    url = f"imap://returns:secret@127.0.0.1:{mailbox.returns.port}/{mailbox.returns.folder}"
    at_hand = {"REVIEWFLOW_RETURNS_URL": url}
    assert look_for_bounces(office, at_hand, Mode.TEST, now=now).startswith("Delivery is test")
    said = [look_for_bounces(office, at_hand, Mode.LIVE, now=now) for _ in range(2)]
    assert said == [
        "Came back and dealt with: 1; unread in that mailbox, for people: 1",
        "Came back and dealt with: 0; unread in that mailbox, for people: 1",
    ]
    a_day(office, delivery, start=now)
    assert got(server) == {POLICE: 1, "deputy@police.example.org": 1, "support@scp.example.org": 1}
    assert "Undelivered" in [entry.kind for entry in history(office, reference)]
    assert audit(office) == (1, [])


def test_a_bounce_of_somebody_else_s_and_a_mailbox_that_is_shut_are_told_to_the_office(
    office: Workspace, mailbox: Mailbox
) -> None:
    mailbox.put(report(number="RR-2026-009/1.1"), answer())
    url = f"imap://returns:secret@127.0.0.1:{mailbox.returns.port}/{mailbox.returns.folder}"
    look_for_bounces(office, {"REVIEWFLOW_RETURNS_URL": url}, Mode.LIVE, now=TEN)
    [told] = reached_nobody(office, since=TEN.date())
    assert told == (
        "1 mail that came back fits no letter that is known here (those of a destroyed case, and to somebody who was "
        "erased, are not any more): look at what is unread in the mailbox that mail comes back to."
    )
    with pytest.raises(SettingsError):
        look_for_bounces(office, {"REVIEWFLOW_RETURNS_URL": "imaps://mail.example.org"}, Mode.LIVE, now=TEN)
    [told] = reached_nobody(office, since=TEN.date())
    assert told.startswith("REVIEWFLOW_RETURNS_URL is not complete")


def test_a_greylisted_letter_comes_once_and_is_told_apart(office: Workspace, serve: Serve, live: Live) -> None:
    server = PostOffice(rcpt=("450 4.2.0 Greylisted", "450 4.2.0 Greylisted"))
    opened(office, agencies=("police",))
    delivery = live(f"mailto://127.0.0.1:{serve(server)}")
    deliver_letters(office, delivery, clock=lambda: TEN)
    [waiting] = outbox(office)
    assert waiting.lot is MessageState.WAITS
    assert waiting.words == (
        "Will be tried again at Tue 5 May 2026 11:01: The mail server does not take this address just now (450 4.2.0)."
    )
    a_day(office, delivery, start=TEN + timedelta(minutes=15))
    assert got(server) == {POLICE: 1}


def test_a_slow_server_gets_it_again_under_the_same_number(office: Workspace, serve: Serve, live: Live) -> None:
    server = PostOffice(data=("hang",))
    opened(office, agencies=("police",))
    a_day(office, live(f"mailto://127.0.0.1:{serve(server)}", patience=0.3))
    assert got(server) == {POLICE: 2}  # it had taken the first, and never said so
    assert {mail["X-Reviewflow-Reference"] for mail in server.mails} == {"TR-2026-001/1.1"}
    assert lots(office) == {MessageState.SENT: 1}


def test_a_line_that_drops_after_the_letter_repeats_it_once_with_nothing_new_in_it(
    office: Workspace, serve: Serve, live: Live
) -> None:
    server = PostOffice(data=("drop",))
    opened(office, agencies=("police",))
    delivery = live(f"mailto://127.0.0.1:{serve(server)}")
    deliver_letters(office, delivery, clock=lambda: TEN)
    opened(office, agencies=("police",))
    a_day(office, delivery, start=TEN + timedelta(minutes=15), hours=3)
    first, again = server.mails
    assert first["X-Reviewflow-Reference"] == again["X-Reviewflow-Reference"]
    assert words(first) == words(again)
    a_day(office, delivery, start=at(6))
    assert [mail["X-Reviewflow-Reference"] for mail in server.mails[2:]] == ["TR-2026-002/1.1"]


def test_a_server_that_is_down_for_six_hours_costs_nobody_anything(office: Workspace, serve: Serve, live: Live) -> None:
    server = PostOffice()
    opened(office)
    opened(office)
    back = a_day(office, live("mailto://127.0.0.1:1"), hours=6)
    assert lots(office) == {MessageState.WAITS: 4}
    a_day(office, live(f"mailto://127.0.0.1:{serve(server)}"), start=back, hours=2)
    assert got(server) == {POLICE: 1, HEALTH: 1}
    assert all("\n1. " in words(mail) and "\n2. " in words(mail) for mail in server.mails)
    assert lots(office) == {MessageState.SENT: 4}


def test_a_day_of_failures_is_no_silence(office: Workspace, serve: Serve, live: Live) -> None:
    server = PostOffice()
    reference = opened(office, agencies=("police",))
    down = a_day(office, live("mailto://127.0.0.1:1"), hours=25)
    a_day(office, live(f"mailto://127.0.0.1:{serve(server)}"), start=down, hours=1)
    assert got(server) == {"deputy@police.example.org": 1, "support@scp.example.org": 1}
    told = next(entry.words for entry in history(office, reference) if entry.kind == "Undelivered")
    assert "It was tried for a day and never taken. The mail server could not be reached." in told


def with_channels(office: Workspace, **channels: object) -> None:
    known = {name: Channel.model_validate(each) for name, each in channels.items()}
    object.__setattr__(office, "partnership", office.partnership.model_copy(update={"channels": known}))


def test_a_second_channel_takes_over_after_two_hours(office: Workspace, serve: Serve, live: Live) -> None:
    relay = PostOffice()
    with_channels(
        office,
        council={"title": "The council's server", "kind": "mail"},
        relay={"title": "Relay", "kind": "mail", "after": "2 hours"},
    )
    urls = {"council": "mailto://127.0.0.1:1", "relay": f"mailto://127.0.0.1:{serve(relay)}"}
    opened(office, agencies=("police",))
    delivery = replace(live(""), urls=urls)
    a_day(office, delivery, hours=2)
    assert got(relay) == {}
    a_day(office, delivery, start=TEN + timedelta(hours=2), hours=2)
    assert got(relay) == {POLICE: 1}


def test_the_office_hears_of_it_on_its_own_channel_without_a_word_about_the_case(
    office: Workspace, serve: Serve, live: Live
) -> None:
    server = PostOffice(rcpt=("550 5.1.1 No such user",))
    with_channels(
        office,
        council={"title": "The council's server", "kind": "mail"},
        team={"title": "The office's team", "kind": "teams", "to": ("business_support",), "only": "urgent"},
    )
    opened(office, agencies=("police",))
    with serving(Web()) as web:
        urls = {"council": f"mailto://127.0.0.1:{serve(server)}", "team": f"json://127.0.0.1:{web.port}"}
        a_day(office, replace(live(""), urls=urls))
    [(_, posted)] = web.posts
    assert posted["message"].startswith("Toyshire SCP: You have an urgent partnership task. Please read your mail.")
    assert "TR-2026" not in str(posted)
    told = next(each for each in outbox(office) if each.to == "Business support officer")
    assert told.words.endswith("Told by The office's team too.")


def test_a_channel_in_trouble_for_a_moment_is_told_all_the_same(office: Workspace, serve: Serve, live: Live) -> None:
    """And one that stays down is not waited for with every letter."""
    with_channels(
        office,
        council={"title": "The council's server", "kind": "mail"},
        team={"title": "The team", "kind": "teams", "to": ("agency",)},
    )
    opened(office)
    with serving(Web(answers=[(503, {})])) as web:
        urls = {"council": f"mailto://127.0.0.1:{serve(PostOffice())}", "team": f"json://127.0.0.1:{web.port}?wait=0"}
        deliver_letters(office, replace(live(""), urls=urls), clock=lambda: TEN)
        assert len(web.posts) == 3
        assert [each.words.endswith("Told by The team too.") for each in outbox(office)] == [True, True]
        web.answers += [(503, {})] * 9
        opened(office)
        deliver_letters(office, replace(live(""), urls=urls), clock=lambda: at(6))
        assert len(web.posts) == 6
    assert sum("The team could not be reached." in each.words for each in outbox(office)) == 2
