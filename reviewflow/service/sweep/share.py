"""A share of all cases: a sweep of very many is cut into shares that several programs take side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """The cases of which the number that the database gave them, divided by `of`, leaves `number`.

    Every case is in one share. A share may be taken twice, or beside another: what it does is safe then too.
    """

    number: int = 0
    of: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.number < self.of:
            raise ValueError(f"There is no share {self.number} of {self.of}: they are numbered from 0.")


WHOLE = Share()


def shares(of: int) -> tuple[Share, ...]:
    """All shares of so many."""
    return tuple(Share(number, of) for number in range(of))
