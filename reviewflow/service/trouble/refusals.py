"""What an automatic step asked for and the rules refuse, in the words that are kept with it until it is tried again."""

from __future__ import annotations

from reviewflow.service.trouble.boundary import item_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Job, JobKind, Trouble

ALWAYS = "9999"
"""A moment after every other, as moments are stored."""
MOST_JOBS = 10_000


def refused_jobs(workspace: Workspace) -> list[Job]:
    """Those that were tried and refused, and wait for the next time."""
    return [job for job in workspace.store.due_jobs(ALWAYS, MOST_JOBS) if job.error]


def refusal_of(job: Job) -> str:
    """Its words, in one line."""
    return " ".join(job.error.split())


def refused_here(workspace: Workspace, trouble: Trouble) -> Job | None:
    """The job that a trouble tells of, where it was refused and not broken off by a fault."""
    if trouble.kind != "job":
        return None
    number = trouble.key.split(" of ")[0]
    return next((job for job in refused_jobs(workspace) if str(job.id) == number), None)


def told_of(workspace: Workspace, job: Job) -> str:
    """What is refused, for whoever looks after the machine; an answer that one case gives the other is not repeated."""
    if job.kind == JobKind.SHARE:
        return "it was refused; reviewflow why says in which words"
    return f"{item_key(workspace.partnership, job.reference, job.item)} was refused: {refusal_of(job).rstrip('.')}"
