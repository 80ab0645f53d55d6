"""The root of what is raised on purpose: words for a person, and the exit status that the command line ends with."""

from __future__ import annotations

from typing import ClassVar

YOURS, OURS = 1, 3
"""Exit statuses: something you can put right; a bug or an outage."""


class ReviewflowError(Exception):
    """Said in plain English. Whatever is raised and is none of these is a bug."""

    exit_status: ClassVar[int] = YOURS
