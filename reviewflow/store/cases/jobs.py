"""Jobs: what automatic steps ask for, until it is done."""

from __future__ import annotations

from contextlib import suppress

from reviewflow.store.database import Database
from reviewflow.store.errors import Duplicate
from reviewflow.store.records import Job


class Jobs(Database):
    """Jobs that wait to be carried out."""

    def due_jobs(self, now: str, limit: int) -> list[Job]:
        """Jobs whose next try has come, the earliest first, at most `limit`."""
        return [Job(*row) for row in self._select("DUE_JOBS", now=now, limit=limit)]

    def retry_job(self, job: int, *, next_try: str, error: str) -> None:
        """Leave a job to be tried again, with the reason."""
        self._commit(self._step("RETRY_JOB", job=job, later=next_try, reason=error))

    def finish_job(self, job: int) -> None:
        """Take a job out that is done, and keep that it was."""
        with suppress(Duplicate):  # somebody else took it out at the same moment
            self._commit(self._step("LOG_JOB", job=job), self._step("FINISH_JOB", job=job))
