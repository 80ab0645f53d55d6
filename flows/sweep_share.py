"""A share of a large sweep: the sweep shares out all cases, and workers take the shares side by side."""

from __future__ import annotations

import os
from datetime import datetime

from prefect import flow
from prefect.runtime import flow_run

from reviewflow.cli.logs import begin_logs
from reviewflow.service.sweep.run import run_share
from reviewflow.service.sweep.share import Share
from tasks.office import the_workspace, this_moment


def _name() -> str:
    """Counted from one, as people do."""
    given = flow_run.parameters
    return f"Share {given['number'] + 1} of {given['of']}"


@flow(name="sweep-share", flow_run_name=_name, log_prints=False)
def sweep_share(number: int, of: int, at: datetime) -> int:
    """Look ahead and chase in one share of all cases, as at the moment of the sweep; returns how much fell due.

    Safe to run twice, beside any other, late or not at all: the sweep takes what a share has left. A moment that is yet
    to come is not believed: it would chase what is not due.
    """
    begin_logs(os.environ)
    with the_workspace() as workspace:
        return run_share(workspace, Share(number, of), now=min(at, this_moment()))
