"""The ids of a case, of a work item and of a recipient: made and taken apart here only.

In the history and in the store both are text; nothing in them is a person's name.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class ItemId(NamedTuple):
    """A step or a time limit as one owner owes it: 'panel_meeting', or 'agency_return/police'."""

    step: str
    key: str = ""
    """The agency, role, list entry or joined case it is owed for; '' when it is owed once."""

    @staticmethod
    @lru_cache(maxsize=4096)  # a case's few ids are taken apart again and again by each command
    def parse(text: str) -> ItemId:
        step, _, key = text.partition("/")
        return ItemId(step, key)

    def __str__(self) -> str:
        return item_id(self.step, self.key)


@lru_cache(maxsize=4096)
def step_of(item: str) -> str:
    """The step or time limit of an item."""
    return item.partition("/")[0]


def key_of(item: str) -> str:
    """The owner of an item that several owe: an agency, a role or an entry of a list; '' otherwise."""
    return item.partition("/")[2]


def item_id(step: str, key: str) -> str:
    """The text of an item."""
    return f"{step}/{key}" if key else step


def link_id(item: str, nth: int | None) -> str:
    """What a linked case stands under that an item started: the item, or its round, 'record@2'."""
    return item if nth is None else f"{item}@{nth}"


def starter_of(link: str) -> str:
    """The item that started a linked case."""
    return link.partition("@")[0]


class LookAgain(StrEnum):
    """What somebody is to look at again, although it is no item of the process: the prefix of its id."""

    HOLD = "hold"
    ENDING = "ending"
    BREACH = "breach"
    LINK = "link"
    DECIDE = "decide"
    PUBLISHED = "published"

    def of(self, name: str) -> str:
        """Its id, 'hold:court_case', by which the sweep and the pages find it beside the items."""
        return f"{self}:{name}"

    def name_in(self, item: str) -> str:
        """The name in an id of this kind, 'court_case' in 'hold:court_case'; '' for any other id."""
        kind, _, name = item.partition(":")
        return name if kind == self else ""


class Recipient(NamedTuple):
    """A post that gets messages: 'role:chair', 'role:chair:deputy', 'agency:police:contact'. Never a person's name."""

    kind: str
    """'role' or 'agency'; 'outside', of a body that is waited for; or 'contact', of one case."""
    name: str
    post: str = ""
    """Of a role '', deputy, or senior, whom it answers to; of an agency contact, deputy, senior and so on."""

    @staticmethod
    @lru_cache(maxsize=4096)
    def parse(text: str) -> Recipient:
        kind, _, rest = text.partition(":")
        name, _, post = rest.partition(":")
        return Recipient(kind, name, post)

    def __str__(self) -> str:
        return ":".join(part for part in self if part)

    @property
    def is_agency(self) -> bool:
        return self.kind == "agency"

    @property
    def is_contact(self) -> bool:
        """Whether it is a contact of a case, whose mailbox is kept apart."""
        return self.kind == "contact"

    @property
    def is_outside(self) -> bool:
        """Whether it is a body outside the partnership, which owes it nothing."""
        return self.kind == "outside"

    @property
    def is_reached_alone(self) -> bool:
        """Whether what cannot be delivered goes to nobody else in its place."""
        return self.is_contact or self.is_outside


@lru_cache(maxsize=4096)
def role_recipient(name: str, post: str = "") -> str:
    """The text of a role of the partnership, of its deputy, or of whom it answers to."""
    return str(Recipient("role", name, post))


@lru_cache(maxsize=4096)
def agency_recipient(name: str, post: str = "") -> str:
    """The text of a post of an agency; without a post the agency itself, as an owner."""
    return str(Recipient("agency", name, post))


def contact_recipient(name: str) -> str:
    """The text of a contact of a case: 'contact:family'."""
    return str(Recipient("contact", name))


def outside_recipient(name: str) -> str:
    """The text of a body outside the partnership: 'outside:panel'."""
    return str(Recipient("outside", name))
