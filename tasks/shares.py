"""A sweep shared out: as many runs as the office says, taken by whatever workers there are, and waited for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

from prefect import task
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from reviewflow.london import stamp
from reviewflow.service.sweep.share import WHOLE, Share, shares
from reviewflow.service.workspace.errors import NotUsable
from tasks.server.prefect_api import Prefect, connected

SHARES = "REVIEWFLOW_SWEEP_SHARES"
DEPLOYMENT = "sweep-share/sweep-share"
MOST = 64
PATIENCE = 600
"""Seconds until a share that no worker has taken, or finished, is done by the sweep itself; it does no harm twice."""
LOOKS_EVERY = 1.0


def shares_wanted(environ: Mapping[str, str]) -> int:
    """How many shares the office has a sweep cut into, 1 unless it says so; raises NotUsable for what is no number."""
    said = environ.get(SHARES) or "1"
    if not said.isdecimal() or not 1 <= int(said) <= MOST:
        wanted = f"It is a whole number from 1 to {MOST}: how many shares a sweep is cut into"
        raise NotUsable(f'{SHARES} is "{said}". {wanted}.')
    return int(said)


@task(name="shares")
def share_out(now: datetime, of: int) -> list[int]:
    """Have the shares done; returns the numbers of those that are not, which the sweep does itself."""
    try:
        with connected() as prefect:
            return _share_out(prefect, now, of)
    except (ObjectNotFound, PrefectHTTPStatusError):  # nobody serves them: the sweep does it all
        return list(range(of))


def left_of(undone: list[int], of: int) -> tuple[Share, ...]:
    """What a sweep looks ahead in itself; all where none was done, so that nothing of it is counted as shared."""
    return (WHOLE,) if len(undone) == of else tuple(share for share in shares(of) if share.number in undone)


def _share_out(prefect: Prefect, now: datetime, of: int) -> list[int]:
    runs = {
        prefect.create(
            DEPLOYMENT,
            f"{stamp(now)} {share.number}/{of}",
            name=f"Share {share.number + 1} of {of}",
            parameters={"number": share.number, "of": of, "at": now.isoformat()},
        ).id: share.number
        for share in shares(of)
    }
    done, until = set[int](), time.monotonic() + PATIENCE
    while runs and time.monotonic() < until:
        for run_id, number in [*runs.items()]:
            run = prefect.run(run_id)
            if run.ended:
                del runs[run_id]
            if run.type == "COMPLETED":
                done.add(number)
        time.sleep(LOOKS_EVERY if runs else 0)
    return [share.number for share in shares(of) if share.number not in done]
