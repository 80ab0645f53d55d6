"""The history in words: what an event alone does not say, from what came before it."""

import shutil
from datetime import date
from pathlib import Path

import yaml

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.views.history import history
from reviewflow.service.views.what_followed import what_followed
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at
from tests.service.conftest import TOY

PROCESS = {
    "language": 1,
    "process": "drafted",
    "version": 1,
    "title": "Drafted",
    "reference": "DR-{year}-{number}",
    "opening": {"dates": {"notified": "When it was notified"}},
    "steps": {
        "draft": {"title": "Write the draft", "owner": "chair", "due": "1 working day after notified"},
        "read": {
            "title": "Read the draft",
            "after": "draft",
            "owner": "chair",
            "form": {"long": {"type": "yes_no", "label": "Is it long"}},
        },
        "shorten": {"title": "Shorten it", "after": "read", "owner": "chair", "when": {"read.long": "yes"}},
        "publish": {"title": "Publish", "after": "read", "owner": "chair"},
    },
}
SENT_BACK = (
    "Sent back (a page was left out): Write the draft; Read the draft. "
    "Waits again, and had not been done: Shorten it; Publish. "
)


def test_what_had_not_been_done_is_not_said_to_be_sent_back(office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "drafted"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "drafted.yaml").write_text(yaml.safe_dump(PROCESS, sort_keys=False), encoding="utf-8")
    office.folder = folder
    opened = open_case(office, "drafted", c.Open({"notified": date(2026, 5, 5)}), by=BY, now=at(5)).case.reference
    carry_out(office, opened, c.Complete("draft", {}), by=BY, now=at(6))
    carry_out(office, opened, c.Complete("read", {"long": "no"}), by=BY, now=at(7))
    result = carry_out(office, opened, c.Reopen("draft", "a page was left out"), by=BY, now=at(8))
    [told] = [entry.words for entry in history(office, opened) if entry.kind == "SentBack"]
    assert told.startswith(SENT_BACK)
    assert told in what_followed(office, result, now=at(8)).recorded
