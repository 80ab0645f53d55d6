"""What a mail server's refusal means for a letter: again later, or never like this."""

from __future__ import annotations

import re
import socket
import ssl
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from notifications.outcome import DeliveryStatus, Outcome

_PERMANENT = range(500, 600)
_OURS = frozenset({503, 530})  # answers to how we speak, not to whom: sign in first, encrypt first
_STATUS = re.compile(rb"\s*(\d\.\d{1,3}\.\d{1,3})\b")
_SETTINGS = "whoever looks after the mail settings must put this right"


def explain(error: BaseException | None) -> Outcome:
    """Only a refusal of the mailbox or of the letter is for good. All else may pass or can be put right."""
    match error:
        case SMTPRecipientsRefused(recipients=refused):
            code, reply = next(iter(refused.values()))
            return _answer("this address", code, reply)
        case SMTPDataError(smtp_code=code, smtp_error=reply):
            return _answer("this message", code, reply)
        case SMTPResponseException(smtp_code=code) if code not in _PERMANENT:
            return _retry(f"The mail server takes nothing from us just now ({code}).")
        case SMTPAuthenticationError(smtp_code=code):
            return _retry(f"The mail server did not accept our sign-in ({code}); {_SETTINGS}.")
        case SMTPResponseException(smtp_code=code):
            return _retry(f"The mail server does not let us send as we do ({code}); {_SETTINGS}.")
        case _:
            return _retry(_trouble(error))


def _answer(what: str, code: int, reply: bytes | str) -> Outcome:
    """The number of the answer goes into the detail; its words stay out, for they can repeat what is private."""
    status = _STATUS.match(reply if isinstance(reply, bytes) else reply.encode())
    number = f"{code} {status[1].decode()}" if status else f"{code}"
    if code in _OURS:
        return _retry(f"The mail server asks us to sign in or encrypt first ({number}); {_SETTINGS}.")
    if code in _PERMANENT:
        return Outcome(DeliveryStatus.REFUSED, f"The mail server refused {what} for good ({number}).")
    return _retry(f"The mail server does not take {what} just now ({number}).")


def _retry(detail: str) -> Outcome:
    return Outcome(DeliveryStatus.RETRY, detail)


def _trouble(error: BaseException | None) -> str:
    match error:
        case SMTPServerDisconnected():
            return (
                "The line to the mail server broke before it answered; the message may have gone, and may come twice."
            )
        case SMTPNotSupportedError():
            return f"The mail server does not offer the encryption or sign-in that is asked for; {_SETTINGS}."
        case ssl.SSLError():
            return f"No safe connection to the mail server could be made; {_SETTINGS}."
        case socket.gaierror():
            return "The name of the mail server was not found."
        case TimeoutError():
            return "The mail server did not answer in time."
        case OSError():
            return "The mail server could not be reached."
        case _:
            return "The message was not taken, and no reason was given."
