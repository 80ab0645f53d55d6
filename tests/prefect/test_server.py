"""The door before Prefect's server: what is asked again for a person, and what is said when that is of no use."""

import asyncio
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1:4200"


class Locked(Exception):
    """The database is."""


class Busy:
    """A server that answers with each of these in turn, and remembers what it was asked."""

    def __init__(self, *statuses: int, why: Exception | None = None) -> None:
        self.asked: list[bytes] = []
        self._statuses: Iterator[int] = iter(statuses)
        self._why = why or Locked()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As Starlette does it, a failure is answered and then raised."""
        self.asked.append(await Request(scope, receive).body())
        status = next(self._statuses)
        await JSONResponse({"detail": "as the server says it"}, status)(scope, receive, send)
        if status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise self._why


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.server.BUSY_WAITS", (0, 0, 0))


def answer(app: Busy, path: str = "/api/flow_runs/1/resume") -> httpx.Response:
    from flows import server  # with all of Prefect's, which would be read wherever tests are collected

    async def ask() -> httpx.Response:
        through = httpx.ASGITransport(server.OwnPagesOnly(app, [HOST]), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=through, base_url=f"http://{HOST}") as client:
            return await client.post(path, content=b"the answers")

    return asyncio.run(ask())


def test_what_a_busy_server_refuses_is_asked_again_with_the_same_answers() -> None:
    app = Busy(503, 503, 201)
    found = answer(app)
    assert (found.status_code, found.json()) == (201, {"detail": "as the server says it"})
    assert app.asked == [b"the answers"] * 3
    assert found.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("status", [200, 404, 409, 500])
def test_any_other_answer_is_passed_on_at_once(status: int) -> None:
    app = Busy(status)
    assert answer(app).status_code == status
    assert len(app.asked) == 1


def test_when_it_stays_busy_it_is_said_in_words() -> None:
    from flows import server

    app = Busy(503, 503, 503)
    found = answer(app)
    assert (found.status_code, found.json()["detail"]) == (503, server.STILL_BUSY)
    assert len(app.asked) == 3


class Away(Busy):
    """A server that finds no line to its database."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except Locked:
            raise ConnectionRefusedError(111, "Connect call failed") from None


def test_while_the_database_is_away_it_is_said_in_words_with_when_to_come_again() -> None:
    from flows.middleware.away import WORDS

    app = Away(500)
    found = answer(app)
    assert (found.status_code, found.json()) == (503, {"detail": WORDS})
    assert (found.headers["Retry-After"], found.headers["X-Frame-Options"]) == ("10", "DENY")
    assert len(app.asked) == 1


@pytest.mark.parametrize("server", [Away, Busy])
@pytest.mark.parametrize("path", ["/case/RR-2026-001", "/page/today"])
def test_an_address_that_stays_says_so_too(server: type[Busy], path: str) -> None:
    from flows.middleware.away import WORDS
    from flows.middleware.lasting_addresses import LastingAddresses

    async def ask() -> httpx.Response:
        through = httpx.ASGITransport(LastingAddresses(server(500)))
        async with httpx.AsyncClient(transport=through, base_url=f"http://{HOST}") as client:
            return await client.get(path)

    found = asyncio.run(ask())
    assert (found.status_code, found.headers["Retry-After"]) == (503, "10")
    assert WORDS in found.text.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("", "/artifacts/artifact/an-id"),
        (f"http://{HOST}/artifacts/artifact/another", "/artifacts/artifact/an-id"),
        (f"http://{HOST}/v2/artifacts/artifact/another", "/v2/artifacts/artifact/an-id"),
        (f"http://{HOST}/v2", "/v2/artifacts/artifact/an-id"),
        (f"http://{HOST}/v20", "/artifacts/artifact/an-id"),
    ],
)
def test_whoever_reads_the_newer_pages_stays_among_them(came_from: str, leads_to: str) -> None:
    from flows.middleware.lasting_addresses import LastingAddresses

    async def found(scope: Scope, receive: Receive, send: Send) -> None:
        await JSONResponse([{"latest_id": "an-id"}])(scope, receive, send)

    async def ask() -> httpx.Response:
        through = httpx.ASGITransport(LastingAddresses(found))
        async with httpx.AsyncClient(transport=through, base_url=f"http://{HOST}") as client:
            return await client.get("/page/today", headers={"Referer": came_from} if came_from else {})

    assert asyncio.run(ask()).headers["Location"] == leads_to


def led_to_by(cause: Exception) -> Exception:
    """A failure that does not say itself what led to it."""
    failure = Locked()
    failure.__cause__ = cause
    return failure


@pytest.mark.parametrize(
    "why",
    [
        sqlite3.OperationalError("database or disk is full"),
        led_to_by(OSError(errno.ENOSPC, "No space left on device")),
        led_to_by(OSError(errno.EDQUOT, "Disk quota exceeded")),
        ExceptionGroup("together", [ValueError(), led_to_by(sqlite3.OperationalError("database or disk is full"))]),
    ],
    ids=["sqlite", "postgresql", "quota", "together"],
)
def test_a_full_disk_is_said_in_words_and_not_asked_again_here(why: Exception) -> None:
    from flows.middleware.no_room import WORDS

    app = Busy(500, 200, why=why)
    found = answer(app)
    assert (found.status_code, found.json()) == (503, {"detail": WORDS})  # a flow's own client asks again
    assert len(app.asked) == 1


def test_an_answer_that_has_begun_is_not_begun_anew() -> None:
    """The failure goes to the log; a second beginning would be a failure of its own, that hides it."""
    from flows import server

    statuses: list[int] = []

    async def fails_half_way(scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            statuses.extend([message["status"]] if message["type"] == "http.response.start" else [])
            await send(message)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            raise sqlite3.OperationalError("database or disk is full")

        await server.OwnPagesOnly(app, [HOST])(scope, receive, counted)

    async def ask() -> None:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(fails_half_way), base_url=f"http://{HOST}"
        ) as client:
            await client.post("/api/flow_runs/1/resume")

    with pytest.raises(sqlite3.OperationalError):
        asyncio.run(ask())
    assert statuses == [200]


def test_any_other_failure_is_answered_as_the_server_does() -> None:
    found = answer(Busy(500, why=led_to_by(ValueError("a disk of music"))))
    assert (found.status_code, found.json()) == (500, {"detail": "as the server says it"})


def test_pages_are_not_asked_for_again() -> None:
    app = Busy(503)
    assert answer(app, "/runs").status_code == 503
    assert len(app.asked) == 1


def test_prefects_pages_are_there_where_its_programs_may_not_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a server that deploy/install made: whoever signed in saw no page of Prefect's at all."""
    import prefect
    from prefect.server.api.server import create_ui_app
    from prefect.settings import PREFECT_HOME, PREFECT_UI_STATIC_DIRECTORY, temporary_settings

    from flows.middleware.pages import pages_at_home

    for name in ("__ui_static_subpath__", "__ui_v2_static_subpath__"):
        monkeypatch.setattr(prefect, name, Path("/proc") / name)  # where nobody may make a folder

    async def shown(app: ASGIApp) -> list[int]:
        browser = httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url=f"http://{HOST}",
            headers={"Accept": "text/html"},
            follow_redirects=True,
        )
        async with browser as client:
            return [(await client.get(path)).status_code for path in ("/", "/v2/")]

    with temporary_settings({PREFECT_HOME: str(tmp_path)}):
        assert asyncio.run(shown(create_ui_app(ephemeral=False))) == [404, 404]
        with pages_at_home():
            app = create_ui_app(ephemeral=False)
        assert asyncio.run(shown(app)) == [200, 200]
        assert (tmp_path / "pages" / "v1" / "index.html").exists()
        with temporary_settings({PREFECT_UI_STATIC_DIRECTORY: "/elsewhere"}), pages_at_home():
            assert PREFECT_UI_STATIC_DIRECTORY.value() == "/elsewhere"
