"""Many messages become one letter a mailbox a day; only what is urgent goes by itself."""

from __future__ import annotations

from collections.abc import Sequence

from reviewflow.store.records import QueuedNotice


def one_letter_a_day(
    new: Sequence[QueuedNotice], *, had_one: bool, may_go_now: bool
) -> tuple[Sequence[QueuedNotice], Sequence[QueuedNotice]]:
    """Of what is new for a mailbox, what goes in a letter now, and what waits for the next.

    One ordinary letter a day, with everything that is due; urgent notices go at once, and take along what may go. The
    project's own rule: who is written to ten times a day reads none of it.
    """
    if may_go_now and not had_one:
        return new, ()
    return [notice for notice in new if notice.urgent], [notice for notice in new if not notice.urgent]
