"""The addresses in letters at which a mailbox answers. Kept are their hashes, with which nothing can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from reviewflow.store.database import Database
from reviewflow.store.prepared import insert
from reviewflow.store.records import AnswerLink, NewLink


class Links(Database):
    """What each address opens, and which were withdrawn."""

    def keep_links(self, links: Sequence[NewLink]) -> None:
        """Keep these; nothing changes for one that is there, so that a letter which is tried again brings none back.

        Their cases must be there.
        """
        if links:
            rows = [
                (link.hash, link.case_id, link.item, link.round, link.recipient, link.letter, link.until, None)
                for link in links
            ]
            self._commit(insert(self.driver.dialect, "links", list(rows)))

    def link(self, hashed: str) -> AnswerLink | None:
        """What the address with this hash opens; None when there is none."""
        rows = self._select("FIND_LINK", hash=hashed)
        return AnswerLink(*rows[0]) if rows else None

    def withdraw_links(self, mailbox: str, *, now: str) -> bool:
        """Withdraw every address that this mailbox has in its letters; False when none was left."""
        return self._commit(self._step("WITHDRAW_LINKS", mailbox=mailbox, now=now))
