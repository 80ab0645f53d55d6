"""The addresses in letters at which a mailbox answers. Kept are their hashes, with which nothing can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from reviewflow.store.database import Database
from reviewflow.store.prepared import insert
from reviewflow.store.records import AnswerLink, CaseRow, NewLink

CASE_FIELDS = len(fields(CaseRow))


class Links(Database):
    """What each address opens, and which were withdrawn."""

    def keep_links(self, links: Sequence[NewLink]) -> None:
        """Keep these; nothing changes for one that is there, so that a letter which is tried again brings none back.

        Their cases must be there.
        """
        if links:
            rows = [
                (link.hash, link.case_id, link.item, link.round, link.recipient, link.letter, link.until, None)
                for link in sorted(links, key=lambda link: link.hash)  # in one order, against deadlock
            ]
            self._commit(insert(self.driver.dialect, "links", list(rows)))

    def link(self, hashed: str) -> tuple[AnswerLink, CaseRow] | None:
        """What the address with this hash opens, and the case in which it does; None when there is none."""
        rows = self._select("FIND_LINK", hash=hashed)
        if not rows:
            return None
        of_case, of_link = rows[0][:CASE_FIELDS], rows[0][CASE_FIELDS:]
        case = CaseRow(*of_case)
        return AnswerLink(case.reference, *of_link), case

    def withdraw_links(self, mailbox: str, *, now: str) -> bool:
        """Withdraw every address that this mailbox has in its letters; False when none was left."""
        return self._commit(self._step("WITHDRAW_LINKS", mailbox=mailbox, now=now))
