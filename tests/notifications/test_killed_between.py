"""A worker that dies after the mail server took a letter, and before that is recorded: the letter comes again."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from notifications.deliver import deliver_letters
from notifications.delivery import Delivery
from reviewflow.service.delivery.claims import LEASE
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import Store
from tests.notifications.servers import PostOffice
from tests.service import conftest
from tests.service.builders import at, opened

office = conftest.office
SENT = at(7, 9)
DATE = re.compile(rb"^Date: [^\r\n]*", re.MULTILINE)


class Killed(BaseException):
    """As a process that is killed: nothing in it can catch this."""


def killed(*_: object, **__: object) -> None:
    raise Killed


def test_it_is_the_same_mail_but_for_its_date_so_that_mailboxes_may_drop_it(
    office: Workspace,
    serve: Callable[..., int],
    live: Callable[[str], Delivery],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(office)
    post = PostOffice()
    delivery = live(f"mailto://127.0.0.1:{serve(post)}")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "record_delivery", killed)
        with pytest.raises(Killed):
            deliver_letters(office, delivery, clock=lambda: SENT)
    assert len(post.mails) == 1

    deliver_letters(office, delivery, clock=lambda: SENT + LEASE - timedelta(seconds=1))
    assert post.mails[0]["Message-ID"] not in [mail["Message-ID"] for mail in post.mails[1:]]
    deliver_letters(office, delivery, clock=lambda: SENT + LEASE)

    first, again = (envelope.content for envelope in (post.envelopes[0], post.envelopes[-1]))
    assert isinstance(first, bytes)
    assert isinstance(again, bytes)
    assert post.mails[0]["Message-ID"] == post.mails[-1]["Message-ID"]
    assert first != again
    assert DATE.sub(b"", first) == DATE.sub(b"", again)
    assert len({mail["Message-ID"] for mail in post.mails}) == len(post.mails) - 1
