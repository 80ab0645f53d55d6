"""A form of Prefect's older pages filled in by mouse and keyboard, as whoever owes it does."""

from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page


class OpenForm:
    """The form of a run, opened by Resume; its questions are found by their labels."""

    def __init__(self, page: Page) -> None:
        page.get_by_role("button", name="Resume").first.click()
        page.get_by_role("button", name="Submit").wait_for()
        self._page = page
        self._form = page.locator("[role=dialog], .p-modal").last

    @property
    def words(self) -> str:
        """All that can be read in it."""
        return self._form.inner_text()

    def _question(self, label: str) -> Locator:
        return self._form.locator(".schema-form-property").filter(has_text=label).last

    def confirm(self, label: str) -> None:
        """Say yes to what is confirmed."""
        self._question(label).locator(".p-toggle__control").click()

    def choose(self, label: str, *answers: str) -> None:
        """Press the list open, and what is chosen in it."""
        listed = self._question(label).locator("button.p-select-button__control")
        listed.click()
        for answer in answers:
            self._page.get_by_role("option", name=answer).click()
        if self._page.get_by_role("option").count():  # one of which several may be chosen stays open
            self._page.keyboard.press("Escape")

    def day(self, label: str, day: date) -> None:
        """Type the day into the calendar that opens."""
        self._question(label).locator("button.p-date-button__control").click()
        calendar = self._page.locator(".p-pop-over-content").last
        calendar.locator("input").last.fill(day.isoformat())
        calendar.get_by_role("button", name="Apply").click()
        calendar.wait_for(state="detached")

    def write(self, label: str, text: str) -> None:
        """Type a text."""
        self._question(label).locator("textarea").fill(text)

    def submit(self) -> Any:
        """What Prefect's server says of it."""
        with self._page.expect_response("**/resume") as answered:
            self._page.get_by_role("button", name="Submit").click()
        return answered.value.json()["status"]
