"""Backed up, lost, restored and settled: over a real mail server only what had not gone goes."""

from collections.abc import Callable
from datetime import UTC, datetime

from notifications.deliver import deliver_letters
from notifications.delivery import Delivery
from notifications.outcome import DeliveryStatus
from reviewflow.service.delivery.restored.mail_log import evidence
from reviewflow.service.delivery.restored.settling import Settling
from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from tasks.sweep_once import sweep_once
from tests.notifications.servers import PostOffice, words
from tests.service.backups.conftest import in_a_file, safe  # noqa: F401 - fixtures
from tests.service.backups.offices import Safe, brought_back, restored_office
from tests.service.builders import at, opened

SENT, BACK = at(7, 9), datetime(2026, 5, 13, 8, tzinfo=UTC)


def test_only_what_had_not_gone_goes_after_a_restore(
    serve: Callable[..., int],
    live: Callable[[str], Delivery],
    in_a_file: Workspace,  # noqa: F811
    safe: Safe,  # noqa: F811
) -> None:
    opened(in_a_file)
    file = safe.made(in_a_file)
    post = PostOffice()
    delivery = live(f"mailto://127.0.0.1:{serve(post)}")
    lost = deliver_letters(in_a_file, delivery, clock=lambda: SENT)[DeliveryStatus.SENT]
    assert lost == len(post.mails) >= 2
    log = [f"{SENT.isoformat()} mx cleanup: 4F: message-id={mail['Message-ID']}" for mail in post.mails]
    first, *unknown = post.mails

    brought_back(safe.order(file))
    with restored_office(safe.order(file)) as again:
        swept = sweep_once(again, {}, clock=lambda: BACK, mode=Mode.TEST).words
        assert "Messages: none went.\nRestored from a backup of Wed 6 May 2026 21:00: no letter goes out" in swept
        assert "fell due: 0." not in swept
        assert deliver_letters(again, delivery, clock=lambda: BACK) == {}
        settling = Settling(again, "A. Clerk", BACK)
        told = evidence(log[:1], settling.open_letters(), settling.restoration)
        gone = [number for number, proof in told.items() if proof.is_proof]
        assert gone == [first["X-Reviewflow-Reference"]]
        settling.answer(gone, "the log", was_sent=True)
        rest = [letter.number for letter in settling.open_letters()]
        settling.answer_the_rest("nobody has it", was_sent=False)
        assert settling.close()
        del post.envelopes[:]
        deliver_letters(again, delivery, clock=lambda: BACK)
        went = {notice.number for notice in again.store.notices() if notice.status == "sent" and notice.tries}
        assert words(first) not in [words(mail) for mail in post.mails]
        assert post.mails
        assert gone[0] in went
        assert went - set(gone) <= set(rest)
        assert {mail["To"] for mail in unknown} <= {mail["To"] for mail in post.mails}
        assert audit(again) == (1, [])
