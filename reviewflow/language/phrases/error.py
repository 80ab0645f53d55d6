"""What every phrase raises that cannot be read."""

from __future__ import annotations

from reviewflow.errors import ReviewflowError


class PhraseError(ReviewflowError, ValueError):
    """A phrase that cannot be read: the message quotes it and shows what to write; `code` has a section in the docs."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)
