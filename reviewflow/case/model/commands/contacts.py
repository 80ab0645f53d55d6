"""Commands about the people of the case and the letters to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GiveContact:
    """Who a contact of the case is was given; the command does not say who."""

    contact: str


@dataclass(frozen=True, slots=True)
class EraseContact:
    """What is kept of a contact of the case is to be erased."""

    contact: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseLetter:
    """A letter to a contact, which a named person has read, goes.

    `by_role` is the post that releases it, where the process says who may.
    """

    item: str
    by_role: str = ""


@dataclass(frozen=True, slots=True)
class RefuseLetter:
    """A letter to a contact does not go; the case goes on without it. The post `by_role` decides it."""

    item: str
    reason: str
    by_role: str = ""


OfContacts = GiveContact | EraseContact | ReleaseLetter | RefuseLetter
