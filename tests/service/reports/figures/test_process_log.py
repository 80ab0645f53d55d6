"""The event log is opened by a program that we did not write."""

import subprocess
import sys
from pathlib import Path

import pytest

from reviewflow.service.reports.facts import facts
from reviewflow.service.reports.figures.process_log import as_xes
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace
from tests.service.conftest import office  # noqa: F401 - a fixture
from tests.service.reports.figures.test_reporting import worked  # noqa: F401 - a fixture

READ = """
import sys, pm4py
log = pm4py.read_xes(sys.argv[1])
done = log[log["lifecycle:transition"] == "complete"]
print(sorted(set(log["case:concept:name"])))
print([(str(day)[:10], name, who) for day, name, who in
       zip(done["time:timestamp"], done["concept:name"], done["org:resource"])])
net, start, end = pm4py.discover_petri_net_inductive(log)
print(len(net.transitions) > 0)
"""


@pytest.mark.slow
def test_pm4py_reads_it_and_finds_the_process(worked: Workspace, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "reviews.xes"
    path.write_bytes(as_xes(facts(worked), lambda owner: recipient_title(worked.partnership, owner)))
    read = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    cases, done, found = read.stdout.strip().splitlines()[-3:]
    assert cases == "['TR-2026-001']"
    assert done == str(
        [
            ("2026-05-12", "Agency return", "Police"),
            ("2026-05-13", "Read the return", "Business support officer"),
            ("2026-05-19", "Agency return", "Police"),
        ]
    )
    assert found == "True"


def test_nothing_that_was_answered_stands_in_it(worked: Workspace) -> None:  # noqa: F811
    text = as_xes(facts(worked), lambda owner: owner).decode()
    assert "summary" not in text
    assert "enough" not in text
