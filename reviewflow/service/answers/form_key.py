"""What a form was made for."""

from __future__ import annotations

from typing import NamedTuple


class FormKey(NamedTuple):
    """An item in one round, by its id as it may be shown; or what is to be looked at again."""

    reference: str
    shown_item: str
    round: int


def form_key(text: str) -> FormKey:
    """Read 'RR-2026-001/agency_return/police/1'; raises ValueError when it ends in no number."""
    reference, _, rest = text.partition("/")
    shown, _, number = rest.rpartition("/")
    return FormKey(reference, shown, int(number))
