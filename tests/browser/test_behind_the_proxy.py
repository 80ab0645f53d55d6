"""Both of Prefect's interfaces as a viewer has them, through the real proxy: they work whole and ask nobody else."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.browser.page_failures import failures_of
from tests.deploy.one_machine import PASSWORD, OneMachine, one_machine
from tests.prefect.conftest import migrated

__all__ = ["migrated"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

OLD = ("/dashboard", "/runs", "/flows", "/deployments", "/artifacts", "/events", "/automations", "/work-pools")
NEW = tuple(f"/v2{path}" for path in OLD)


@pytest.fixture(scope="module")
def behind(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneMachine]:
    with one_machine(tmp_path_factory.mktemp("behind"), migrated) as running:
        with running.inside as prefect:
            flow = prefect.post("/flows/", json={"name": "asks"}).json()["id"]
            prefect.post("/flow_runs/", json={"flow_id": flow, "name": "A run to look at"}).raise_for_status()
        yield running


@pytest.mark.parametrize("pages", [OLD, NEW], ids=["old", "new"])
def test_a_viewer_sees_everything_and_no_page_asks_another_host(
    page: Page, strangers: list[str], behind: OneMachine, pages: tuple[str, ...]
) -> None:
    failed = failures_of(page)
    refused: list[str] = []

    def look(response: Response) -> None:
        if response.status in {401, 403, 502, 503}:
            refused.append(f"{response.status} {response.request.method} {response.url.removeprefix(behind.site)}")

    page.set_extra_http_headers({"Authorization": f"Basic {base64.b64encode(f'vera:{PASSWORD}'.encode()).decode()}"})
    page.on("response", look)
    for path in pages:
        page.goto(behind.site + path)
        page.wait_for_load_state("networkidle")
        assert "login" not in page.url
    page.goto(behind.site + pages[1])
    page.get_by_text("A run to look at").first.wait_for()
    assert failed == []
    assert set(refused) <= {"403 POST /api/block_documents/filter"}, "secrets are kept from people, and no page minds"
    assert strangers == []
