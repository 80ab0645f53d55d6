"""What every part of the store shares: statements run and committed by the driver of one database."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reviewflow.store.drivers.driver import Driver, Row
from reviewflow.store.drivers.steps import Step, Value
from reviewflow.store.people import People
from reviewflow.store.prepared import prepared

AT_ONCE, SMALL = 256, 4
"""Of so many cases rows are asked for at once, and from how many on their number is rounded up to a power of two."""


class Database:
    """Every method is one transaction. Times are text as `stamp` writes it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.people = People(driver)

    def close(self) -> None:
        self.driver.close()

    def _step(self, statement: str, **values: Value) -> Step:
        return prepared(self.driver.dialect, statement).step(**values)

    def _select(self, statement: str, **values: Value) -> list[Row]:
        return self.driver.rows(*self._step(statement, **values))

    def _matching(self, statement: str, *narrowing: tuple[str, str | None]) -> list[Row]:
        """The rows whose columns, named with their tables, have these values; None matches every value."""
        columns = {column: value for column, value in narrowing if value is not None}
        values = {column.partition(".")[2]: value for column, value in columns.items()}
        return self._select(" ".join((statement, *columns)), **values)

    def _of_these(self, statement: str, references: Collection[str], **values: Value) -> Iterator[Row]:
        """The rows of these cases, some hundreds of cases at once; in the order of the statement for each lot of them.

        Of few sizes, as every size is a statement of its own: what is left over is filled up with the last of them.
        """
        listed = list(references)
        for first in range(0, len(listed), AT_ONCE):
            lot = listed[first : first + AT_ONCE]
            size = len(lot) if len(lot) <= SMALL else 1 << (len(lot) - 1).bit_length()
            named = {f"reference_{place}": lot[min(place, len(lot) - 1)] for place in range(size)}
            yield from self._select(f"{statement} {size}", **values, **named)

    def _commit(self, *steps: Step) -> bool:
        return self.driver.commit(steps) > 0
