"""On SQLite one change at a time reaches Prefect's server; what only reads does not wait."""

import asyncio
from collections.abc import Sequence

import httpx
import pytest
from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

from flows.middleware import whole_body
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


class Sender:
    """Somebody who sends a change in two parts, the second when they are told to, or who goes away before it."""

    def __init__(self) -> None:
        self.told = asyncio.Event()
        self.first_part = {"type": "http.request", "body": b"{", "more_body": True}
        self.then: Message = {"type": "http.request", "body": b"}", "more_body": False}
        self.answered: list[int] = []
        self._begun = False

    async def receive(self) -> Message:
        if not self._begun:
            self._begun = True
            return self.first_part
        await self.told.wait()
        return self.then

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.answered.append(message["status"])


def change() -> Scope:
    return {"type": "http", "method": "POST", "path": RESUME, "headers": [], "query_string": b""}


def beside(slow: Sender) -> list[list[int]]:
    """Whom the server had answered while the slow one had not sent all, and whom when it was told to end."""

    async def ask() -> list[list[int]]:
        app, quick, then = OneWriter(Counting()), Sender(), Sender()
        for sender in (quick, then):
            sender.told.set()
        waits = asyncio.create_task(app(change(), slow.receive, slow.send))
        await asyncio.sleep(0)
        await asyncio.wait_for(app(change(), quick.receive, quick.send), 5)
        before = [*slow.answered, *quick.answered]
        slow.told.set()
        await asyncio.wait_for(waits, 5)
        await asyncio.wait_for(app(change(), then.receive, then.send), 5)
        return [before, slow.answered, then.answered]

    return asyncio.run(ask())


def test_who_sends_slowly_keeps_nobody_from_changing_something() -> None:
    assert beside(Sender()) == [[200], [200], [200]]


def test_who_goes_before_the_end_changes_nothing_and_the_next_is_served() -> None:
    gone = Sender()
    gone.then = {"type": "http.disconnect"}
    assert beside(gone) == [[200], [], [200]]


def test_what_is_too_long_is_refused_in_words_and_never_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_body, "MOST_BYTES", 1)
    assert beside(Sender()) == [[413], [413], [413]]


@pytest.mark.parametrize(
    ("address", "it_is"),
    [("", True), ("sqlite+aiosqlite:////srv/prefect.db", True), ("postgresql+asyncpg://prefect@db/prefect", False)],
)
def test_on_postgresql_nobody_waits_for_another(address: str, *, it_is: bool) -> None:
    assert is_on_sqlite({"PREFECT_SERVER_DATABASE_CONNECTION_URL": address}) is it_is
    assert is_on_sqlite({"PREFECT_API_DATABASE_CONNECTION_URL": address}) is it_is
