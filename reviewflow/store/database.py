"""What every part of the store shares: statements run and committed by the driver of one database."""

from __future__ import annotations

from reviewflow.store.drivers.driver import Driver, Row
from reviewflow.store.drivers.steps import Step, Value
from reviewflow.store.people import People
from reviewflow.store.prepared import prepared


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

    def _commit(self, *steps: Step) -> bool:
        return self.driver.commit(steps) > 0
