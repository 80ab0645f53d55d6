"""Codes that go to a mailbox: how often one is sent and tried, and the question for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from reviewflow.service.door.codes import Purpose, code_for, code_letter, is_code
from reviewflow.service.door.key import Door
from reviewflow.service.door.opening import OpenedItem
from reviewflow.web.questions import LABEL_CLASS
from reviewflow.web.rates import Counter

SendLetter = Callable[[str, str, str], bool]
"""A letter to a mailbox, sent now: address, subject and text; whether it was taken over."""
CODE = "code"
SENT = (
    "We have sent six figures to this mailbox. Type them below, and send the answer once more: only then does it count."
)
WRONG = "That is not the code of the last ten minutes. Look into the newest letter, or have another one sent"
TOO_OFTEN = "Too many codes were asked for or tried. Please wait half an hour, or ring us"
NOT_SENT = "The code could not be sent. Please try again in a while, or ring us"


class Codes:
    """Codes sent and tried: three letters and five tries in half an hour for one address.

    A form of many actions is sent with its code each time that something in it is put right: twenty tries.
    """

    def __init__(self, door: Door, send: SendLetter) -> None:
        self._door, self._send = door, send
        self._sent, tried = Counter("3/30minute"), Counter("5/30minute")
        self._tried = dict.fromkeys(Purpose, tried) | {Purpose.VERIFY: Counter("20/30minute")}

    def send(self, opened: OpenedItem, purpose: Purpose, *, now: datetime) -> str:
        """Send the code of this moment; what hindered it, '' when it has gone."""
        if not self._sent.may(f"{purpose} {opened.link.address}"):
            return TOO_OFTEN
        code = code_for(self._door, opened, purpose, now=now)
        return "" if self._send(opened.link.address, *code_letter(opened, purpose, code)) else NOT_SENT

    def wrong(self, opened: OpenedItem, purpose: Purpose, typed: str, *, now: datetime) -> str:
        """Why this code opens nothing; '' when it does."""
        if not self._tried[purpose].may(f"{purpose} {opened.link.address}"):
            return TOO_OFTEN
        return "" if is_code(self._door, opened, purpose, typed, now=now) else WRONG


def code_question(label: str, wrong: str) -> Mapping[str, object]:
    """The question for the six figures."""
    asked = {
        "id": CODE,
        "name": CODE,
        "label": {"text": label, "classes": LABEL_CLASS},
        "classes": "govuk-input--width-10",
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "spellcheck": False,
    }
    return asked | ({"errorMessage": {"text": wrong}} if wrong else {})
