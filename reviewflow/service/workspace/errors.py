"""Errors that a person can put right; everything else that is raised is a bug or an outage."""

from __future__ import annotations

from reviewflow.errors import ReviewflowError


class UserError(ReviewflowError):
    """Its message is plain English: what was found, what was expected, what to do next. Nothing was changed."""


class SettingsError(UserError):
    """The environment asks for something that cannot be."""


class UnknownCase(UserError):
    """No case has this reference."""


class NotUsable(UserError):
    """The definitions this needs have errors."""
