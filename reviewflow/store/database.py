"""What every part of the store stands on: steps run and committed by the driver of one database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ClauseElement

from reviewflow.store.drivers.driver import Driver, Row
from reviewflow.store.drivers.sql import Step, Value, compiled, narrowed_by
from reviewflow.store.people import People


class Database:
    """Every method is one transaction. Times are text as `stamp` writes it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.people = People(driver)

    def close(self) -> None:
        self.driver.close()

    def _step(self, statement: ClauseElement, **values: Value) -> Step:
        return compiled(self.driver.dialect, statement).step(**values)

    def _select(self, statement: ClauseElement, **values: Value) -> list[Row]:
        return self.driver.rows(*self._step(statement, **values))

    def _matching(self, statement: Any, *wanted: tuple[Any, str | None]) -> list[Row]:
        given = [(column, value) for column, value in wanted if value is not None]
        narrowed = narrowed_by(statement, *(column for column, _ in given))
        return self._select(narrowed, **{column.key: value for column, value in given})

    def _commit(self, *steps: Step) -> bool:
        return self.driver.commit(steps) > 0
