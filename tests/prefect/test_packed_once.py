"""What Prefect's pages need is packed once; whoever cannot read it packed, or has it already, is answered as before."""

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from flows.middleware.packed_once import PackedOnce

SCRIPT = "let it = 1;" * 1000


class Counted:
    """Files of a folder, packed as Prefect packs them, and how often that was asked."""

    def __init__(self, folder: Path) -> None:
        self.asked = 0
        self._app = GZipMiddleware(Starlette(routes=[Mount("/v2", StaticFiles(directory=folder))]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await self._app(scope, receive, send)


@pytest.fixture
def files(tmp_path: Path) -> Counted:
    (tmp_path / "assets").mkdir()
    for name in ("assets/it-1a2b.js", "page.js"):
        (tmp_path / name).write_text(SCRIPT, encoding="utf-8")
    return Counted(tmp_path)


@pytest.fixture
def browser(files: Counted) -> TestClient:
    return TestClient(PackedOnce(files), headers={"Accept-Encoding": "gzip, br"})


def test_it_is_packed_for_the_first_who_asks(browser: TestClient, files: Counted) -> None:
    first, second = (browser.get("/v2/assets/it-1a2b.js") for _ in range(2))
    assert files.asked == 1
    assert first.text == second.text == SCRIPT
    assert first.headers == second.headers
    assert second.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("headers", [{"Accept-Encoding": "identity"}, {"Accept-Encoding": ""}, {"Range": "bytes=0-3"}])
def test_others_are_answered_by_the_server(browser: TestClient, files: Counted, headers: dict[str, str]) -> None:
    for _ in range(2):
        browser.get("/v2/assets/it-1a2b.js")
    answer = browser.get("/v2/assets/it-1a2b.js", headers=headers)
    assert files.asked == 2
    assert SCRIPT.startswith(answer.text)
    assert "content-encoding" not in answer.headers


def test_who_has_it_is_told_that_it_is_right(browser: TestClient, files: Counted) -> None:
    mark = browser.get("/v2/assets/it-1a2b.js").headers["etag"]
    assert browser.get("/v2/assets/it-1a2b.js", headers={"If-None-Match": mark}).status_code == 304


@pytest.mark.parametrize(("path", "status"), [("/v2/assets/gone.js", 404), ("/v2/page.js", 200)])
def test_only_what_is_found_and_has_its_own_name_is_kept(
    browser: TestClient, files: Counted, path: str, status: int
) -> None:
    assert [browser.get(path).status_code for _ in range(2)] == [status] * 2
    assert files.asked == 2


def test_what_is_kept_is_what_was_packed(files: Counted) -> None:
    with TestClient(PackedOnce(files)) as client:
        client.get("/v2/assets/it-1a2b.js")
        with client.stream("GET", "/v2/assets/it-1a2b.js") as answer:
            assert gzip.decompress(b"".join(answer.iter_raw())).decode() == SCRIPT
