"""The state of the bounce mailbox in the office's log."""

from reviewflow.service.delivery.bounce_mailbox import WELL, note_bounce_mailbox
from reviewflow.service.delivery.outbox import reached_nobody
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at


def test_a_mailbox_in_trouble_is_told_once_and_until_it_is_well(office: Workspace) -> None:
    trouble, since = "The mailbox that mail comes back to could not be reached", at(13).date()
    for day, words in ((13, WELL), (13, trouble), (13, trouble), (13, WELL), (13, trouble)):
        note_bounce_mailbox(office, words, now=at(day))
    assert list(reached_nobody(office, since=since)) == [f"{trouble}."]
    assert list(reached_nobody(office, since=at(14).date())) == []
    note_bounce_mailbox(office, WELL, now=at(14))
    assert list(reached_nobody(office, since=since)) == []
    assert [entry.body for entry in office.store.noted()] == [trouble, WELL]
