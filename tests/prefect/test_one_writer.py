"""On SQLite one change at a time reaches Prefect's server; what only reads does not wait."""

import asyncio
from collections.abc import Sequence

import httpx
import pytest
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from flows.middleware.one_writer import OneWriter, is_on_sqlite

RESUME, FILTER = "/api/flow_runs/1/resume", "/api/flow_runs/filter"


class Counting:
    """A server that knows how many it served at once, of each kind."""

    def __init__(self, fails: Sequence[int] = ()) -> None:
        self.most: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._fails = list(fails)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        self._now[path] = self._now.get(path, 0) + 1
        self.most[path] = max(self.most.get(path, 0), self._now[path])
        for _ in range(3):
            await asyncio.sleep(0)
        self._now[path] -= 1
        if self._fails and self._fails.pop(0):
            raise OSError
        await JSONResponse({})(scope, receive, send)


def asked(app: Counting, *paths: str) -> list[int]:
    async def ask() -> list[int]:
        through = httpx.ASGITransport(OneWriter(app), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=through, base_url="http://127.0.0.1:4200") as client:
            answers = await asyncio.gather(*(client.post(path, json={}) for path in paths))
        return [answer.status_code for answer in answers]

    return asyncio.run(ask())


def test_eight_who_change_something_do_so_one_after_the_other() -> None:
    app = Counting()
    assert asked(app, *[RESUME] * 8) == [200] * 8
    assert app.most == {RESUME: 1}


def test_who_only_looks_waits_for_nobody() -> None:
    app = Counting()
    asked(app, *[FILTER] * 8)
    assert app.most[FILTER] == 8


def test_after_one_that_failed_comes_the_next() -> None:
    assert asked(Counting(fails=(1, 0, 0)), *[RESUME] * 3) == [500, 200, 200]


@pytest.mark.parametrize(
    ("address", "it_is"),
    [("", True), ("sqlite+aiosqlite:////srv/prefect.db", True), ("postgresql+asyncpg://prefect@db/prefect", False)],
)
def test_on_postgresql_nobody_waits_for_another(address: str, *, it_is: bool) -> None:
    assert is_on_sqlite({"PREFECT_SERVER_DATABASE_CONNECTION_URL": address}) is it_is
    assert is_on_sqlite({"PREFECT_API_DATABASE_CONNECTION_URL": address}) is it_is
