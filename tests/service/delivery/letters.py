"""Letters sent at once, and a partnership with other keys in its file."""

from datetime import datetime, time

from reviewflow.language.model import Agency, Partnership
from reviewflow.language.phrases import Quiet
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import next_letter, sent
from reviewflow.service.workspace.workspace import Workspace

POLICE = "reviews@police.example.org"


NIGHT = Quiet(time(18), time(8))


def knows(office: Workspace, **changed: object) -> None:
    """The same partnership, with these keys in its file."""
    object.__setattr__(office, "partnership", office.partnership.model_copy(update=changed))


def agency(partnership: Partnership, **changed: object) -> dict[str, Agency]:
    return {**partnership.agencies, "police": partnership.agencies["police"].model_copy(update=changed)}


def post(office: Workspace, now: datetime, *, waits: bool = True) -> list[OutgoingLetter]:
    """Everything that goes now."""
    letters = []
    while ready := next_letter(office, now=now, waits=waits):
        sent(office, ready, now=now, detail="accepted")
        letters.append(ready)
    return letters


def to_police(letters: list[OutgoingLetter]) -> list[OutgoingLetter]:
    return [letter for letter in letters if letter.address == POLICE]
