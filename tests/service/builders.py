"""Cases of the toy review, built in a line."""

from datetime import UTC, date, datetime

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import CommandResult, carry_out, open_case
from reviewflow.service.workspace.workspace import Workspace

NOTIFIED = date(2026, 5, 5)
RETURN: dict[str, object] = {"kind": "summary", "quality_assured": "yes"}
BY = "tester"


def at(day: int, hour: int = 10, month: int = 5) -> datetime:
    """A moment in 2026, UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def opened(office: Workspace, agencies: tuple[str, ...] = ("police", "health"), key: str | None = None) -> str:
    """A review opened on the day of its notification; its reference."""
    command = c.Open({"notified": NOTIFIED}, agencies)
    return open_case(office, "review", command, by=BY, now=at(5), key=key).case.reference


def done(
    office: Workspace, reference: str, item: str, now: datetime, key: str | None = None, **answers: object
) -> CommandResult:
    """A step completed; agency returns and readings get sound answers by themselves."""
    if item.startswith("agency_return") and not answers:
        answers = RETURN
    if item.startswith("read") and not answers:
        answers = {"enough": "yes"}
    return carry_out(office, reference, c.Complete(item, answers), by=BY, now=now, key=key)


def finished(office: Workspace, reference: str, *, learning: str = "no") -> None:
    """Everything up to the submission, on the tenth day."""
    for agency in ("police", "health"):
        done(office, reference, f"agency_return/{agency}", at(12))
        done(office, reference, f"read/{agency}", at(12))
    done(office, reference, "meeting", at(19), held_on="2026-05-19", learning=learning)
    done(office, reference, "submit", at(20))
