"""The papers that a page offers: those made for whoever answers, and those that need no case."""

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.door.standing import standing_address, withdraw_standing
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at
from tests.web.letters import Post

SHIPPED = Path(__file__).parents[2] / "definitions"
CHAIR = "review.group.chair@northmoor-scp.example.org"


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    store = open_store(sqlite_url)
    store.migrate()
    yield Post(Workspace(store, SHIPPED), tmp_path / "letters", at(5))
    store.close()


def words_of(content: bytes) -> str:
    with ZipFile(io.BytesIO(content)) as packed:
        return re.sub("<[^>]+>", "", packed.read("word/document.xml").decode())


def test_the_standing_page_offers_the_guidance_and_the_form(post: Post) -> None:
    client = post.client()
    path = standing_address(post.workspace, post.door, "referral", "education").removeprefix(post.door.url)
    page = client.get(path).text
    links = re.findall(rf'href="({path}/papers/[^"]+)" download>([^<]+)<', page)
    assert [title for _, title in links] == [
        "Before you refer a case for review (Word)",
        "Referral for a practice review (Word)",
    ]
    for address, title in links:
        paper = client.get(address)
        assert title.removesuffix(" (Word)") in words_of(paper.content)
        assert paper.headers["content-disposition"].startswith("attachment; ")
        assert paper.headers["cache-control"] == "no-store"
        assert paper.headers["x-robots-tag"] == "noindex, nofollow"
    for other in ("timetable.docx", "thresholds_guide.docx", "referral_form.md", "../partnership.yaml", "x" * 300):
        assert client.get(f"{path}/papers/{other}").status_code == 404
    withdraw_standing(post.workspace, "referral", "education", by="the office", now=post.now)
    assert client.get(links[0][0]).status_code == 404


def test_the_page_of_a_task_offers_what_its_step_names_until_it_is_done(post: Post) -> None:
    reference = open_case(
        post.workspace, "referral", c.Open({"received": date(2026, 5, 5)}, ("police",)), by="t", now=at(5)
    ).case.reference
    carry_out(post.workspace, reference, c.ChaseByHand("take_in"), by="t", now=at(5))
    [path] = {
        path for to, text in post.deliver() for path in re.findall(r"/a/\w{26}", text) if to.startswith("reviews@")
    }
    client = post.client()
    links = re.findall(rf'href="({path}/papers/[^"]+)" download>', client.get(path).text)
    assert [link.rpartition("/")[2] for link in links] == ["referral_guidance.docx", "referral_form.docx"]
    assert client.get(links[0]).status_code == 200
    carry_out(post.workspace, reference, c.Skip("take_in", "sent twice"), by="t", now=at(5))
    assert client.get(links[0]).status_code == 404


def test_a_wording_of_today(post: Post, tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(SHIPPED, folder)
    form = folder / "documents/referral_form.yaml"
    form.write_text(form.read_text().replace("title: Referral for a practice review", "title: Our own referral"))
    own = Post(Workspace(post.workspace.store, folder), tmp_path / "other", at(5))
    path = standing_address(own.workspace, own.door, "referral", "education").removeprefix(own.door.url)
    page = own.client().get(path).text
    assert "Our own referral (Word)" in page
