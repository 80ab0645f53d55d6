"""The site that `make docs` builds stands on its own: nothing in it is fetched from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reader import ROOT

FETCHED = re.compile(
    rb"""(?:src|srcset|href|action|data)=["']?(?:https?:)?//|@import|url\(["']?(?:https?:)?//|fetch\("""
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    return folder


def test_it_fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = [path for path in site.rglob("*") if path.suffix in {".html", ".css", ".js", ".svg"}]
    assert [(str(path), found[0]) for path in pages if (found := FETCHED.search(path.read_bytes()))] == []


def test_every_shipped_process_has_a_page_and_a_drawing(site: Path) -> None:
    for path in (ROOT / "definitions" / "processes").glob("*.yaml"):
        page = (site / "processes" / f"{path.stem}.html").read_text("utf-8")
        assert f'src="{path.stem}.svg"' in page
        assert "A timetable" in page
        assert (site / "processes" / f"{path.stem}.svg").exists()


def test_the_search_needs_no_server(site: Path) -> None:
    assert (site / "search" / "search_index.js").read_text("utf-8").startswith("var search_index = {")
    assert not (site / "search" / "worker.js").exists()


def test_the_drawings_for_developers_are_drawn(site: Path) -> None:
    for name in ("architecture", "lifecycle"):
        source = (ROOT / "docs" / "develop" / f"{name}.md").read_text("utf-8")
        page = (site / "develop" / f"{name}.html").read_text("utf-8")
        assert 0 < source.count("```mermaid") == page.count('<div class="drawing"><svg')
