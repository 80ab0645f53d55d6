"""Mail as mail servers send it back, with made-up addresses."""

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

POLICE = "safeguarding.lead@police.example.org"
NUMBER = "RR-2026-001/14.1"


def report(*, action: str = "failed", status: str = "5.1.1", to: str = POLICE, number: str = NUMBER) -> Message:
    """A report by RFC 3464, with the headers of what was sent."""
    mail = MIMEMultipart("report", report_type="delivery-status")
    mail["From"], mail["To"] = "MAILER-DAEMON@mx.example.org", "reviews@partnership.example.org"
    mail["Subject"] = "Undelivered Mail Bounce to Sender"
    mail.attach(MIMEText(f"This is the mail system at host mx.example.org.\n\n<{to}>: said something private\n"))
    status_part = Message()
    status_part["Content-Type"] = "message/delivery-status"
    whole, recipient = Message(), Message()
    whole["Reporting-MTA"] = "dns; mx.example.org"
    recipient["Final-Recipient"], recipient["Action"], recipient["Status"] = f"rfc822; {to}", action, status
    status_part.set_payload([whole, recipient])
    mail.attach(status_part)
    headers = MIMEText(f"To: {to}\nX-Reviewflow-Reference: {number}\nSubject: RR-2026-001\n", "rfc822-headers")
    mail.attach(headers)
    return mail


def told_in_words(*, to: str = POLICE, number: str = NUMBER) -> Message:
    """As older servers write it: no report, the letter itself below."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "MAILER-DAEMON@mx.example.org", "failure notice"
    mail.set_content(
        "Hi. This is the qmail-send program at mx.example.org.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{to}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\nTo: {to}\nX-Reviewflow-Reference: {number}\n\n"
        f"Good morning\n\nReference {number}\n"
    )
    return mail


def answer(words: str = "I am away until Monday.") -> Message:
    """What a person, or their absence, writes back; it quotes our letter."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Auto-Submitted"] = POLICE, "Re: RR-2026-001", "auto-replied"
    mail.set_content(f"{words}\n\nReference {NUMBER}\n")
    return mail
