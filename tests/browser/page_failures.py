"""What fails in Prefect's pages while a test uses them."""

from playwright.sync_api import Page

TAKEN_DOWN = ("'_parentID'", "'updateTransform'")
"""Prefect draws a run on a stage of its own; where the page goes on in the middle of a drawing, it draws on nothing."""


def failures_of(page: Page) -> list[str]:
    """What fails from now on; that a drawing was taken down before it was whole is Prefect's own, and hurts nobody."""
    failed: list[str] = []

    def note(error: Exception) -> None:
        if not any(words in str(error) for words in TAKEN_DOWN):
            failed.append(str(error))

    page.on("pageerror", note)
    return failed
