"""The statements by name, ready to run.

They are declared in `statements`. What is made of them there is written down beside this, in `sql/`, so that to start
costs no import of SQLAlchemy; one that is not written down is made when it is wanted.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from reviewflow.store.drivers.steps import Dialect, Insertion, Sql, Step, Value

FOLDER = Path(__file__).with_name("sql")


@cache
def prepared(dialect: Dialect, name: str) -> Sql:
    """A statement by its name, as `statements.making.declared` reads it; raises LookupError when there is none."""
    written = _written(dialect)["statements"].get(name)
    if written is not None:
        return Sql(written["text"], tuple(written["names"]), written["fixed"])
    from reviewflow.store.statements.making import compiled, declared

    return compiled(dialect, declared(name))


def insert(dialect: Dialect, table: str, rows: list[tuple[Value, ...]]) -> Step:
    """These rows in one statement, each in the order of `stored_columns`.

    An item, a letter, a contact, a trouble or an office's file replaces what it was.
    """
    return _insert(dialect, table, len(rows)), tuple([value for row in rows for value in row])


@cache
def _insert(dialect: Dialect, table: str, rows: int) -> str:
    return Insertion(**_written(dialect)["insertions"][table]).text(rows)


@cache
def _written(dialect: Dialect) -> Any:
    return json.loads((FOLDER / f"{dialect}.json").read_text(encoding="utf-8"))
