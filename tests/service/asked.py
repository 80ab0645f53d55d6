"""An office with a process in which two are asked in order."""

import shutil
from pathlib import Path

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.conftest import TOY

ASKED = """
language: 1
process: asked
version: 1
title: Asked in order
reference: ASK-{year}-{number}
opening:
  dates: {notified: When it was notified}
steps:
  find:
    title: Say whether you do it
    owner: next in order
    asks: {in_order: [chair, business_manager], within: 3 working days, accepts: {yours: yes}, send: reminder}
    silence: {counts_as: declined, answers: {yours: no}}
    form:
      yours: {type: yes_no, label: Do you}
"""


def asking_office(url: str, folder: Path) -> Workspace:
    """The toy office with that process beside its own; close its store."""
    definitions = Path(shutil.copytree(TOY, folder / "definitions"))
    (definitions / "processes" / "asked.yaml").write_text(ASKED)
    store = open_store(url)
    store.migrate()
    return Workspace(store, definitions, papers=folder / "papers")
