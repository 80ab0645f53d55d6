"""The real server is killed between answers: none that was confirmed is lost, none that is sent again counts twice."""

import os
import re
import shutil
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.cli.server.ports import free_port
from reviewflow.language.built_in_messages import ANSWERED
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.web.letters import KEY, TOY, Post
from tests.web.real_server import PATIENCE, serving

ANSWER = urllib.parse.urlencode({"f.kind": "summary", "f.quality_assured": "yes", "done_on-day": ""}).encode()


class Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def send(address: str) -> int:
    """The status of the reply; 0 when there was none."""
    try:
        return urllib.request.build_opener(Stays).open(address, ANSWER, timeout=20).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_twice_when_it_is_killed(post: Post, tmp_path: Path, sqlite_url: str) -> None:
    port = free_port()
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    with (folder / "messages" / "overdue.yaml").open("a") as message:
        message.write("  Answer {answer}\n")
    post.workspace = Workspace(post.workspace.store, folder)
    now = datetime.now(UTC).replace(microsecond=0)
    post.url, post.now = f"http://127.0.0.1:{port}", now - timedelta(days=20)
    opening = c.Open({"notified": post.now.date()}, ("police", "health"))
    cases = [open_case(post.workspace, "review", opening, by="t", now=post.now).case.reference for _ in range(3)]
    post.deliver()
    post.now = now
    chase_due_items(post.workspace, now=post.now)
    letters = [text for _, text in post.deliver()]
    addresses = sorted({address for text in letters for address in re.findall(rf"{post.url}/a/\w{{26}}", text)})
    assert len(addresses) == 6
    environ = os.environ | {
        "REVIEWFLOW_DATABASE": sqlite_url,
        "REVIEWFLOW_DEFINITIONS": str(folder),
        "REVIEWFLOW_DELIVERY": "test",
        "REVIEWFLOW_LOCAL_URL": post.url,
        "REVIEWFLOW_DOOR_KEY": KEY,
    }
    with serving(environ, port) as child:
        sent = [send(address) for address in addresses[:2]]
        writing = subprocess.Popen(["curl", "-s", "-o", os.devnull, "-d", ANSWER.decode(), addresses[2]])
        child.send_signal(signal.SIGKILL)
        writing.wait(PATIENCE)
    with serving(environ, port):
        again = [send(address) for address in addresses]
    assert sent == [303, 303]
    assert again[:2] == [409, 409]
    assert again[2] in {303, 409}
    assert again[3:] == [303] * 3
    done = Counter(
        (case, event.body) for case in cases for event in post.workspace.store.events(case) if event.kind == "Completed"
    )
    assert len(done) == 6
    assert set(done.values()) == {1}
    receipts = Counter((n.reference, n.item) for n in post.workspace.store.notices() if n.message == ANSWERED)
    assert (len(receipts), set(receipts.values())) == (6, {1})
