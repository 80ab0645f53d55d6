"""About what is owed: more time, a wrong person, a question, what is now with somebody, what has come."""

from __future__ import annotations

from reviewflow.language import built_in_messages as name
from reviewflow.language.built_in_texts.wording import ASK, message

ABOUT_WORK = (
    message(
        name.MORE_TIME,
        "To decide: more time for {reference}",
        """
{reference}: {step}, owed by {owner}, is due on {due} ({days}). What they said: {said}.

Please decide, and record it. Until then no reminder goes out about it, and nobody is told anything:
- Yes: reviewflow extend {reference} {item} --to {wanted} --by-role ROLE --reason WHY. They are told the new day.
- No: reviewflow resume {reference} {item} --reason WHY. They are told that the day stays, and the reminders go on.

The time limit behind it is: {limit}. No extension moves a national one.

{next}
""",
    ),
    message(
        name.LOOK_AT_LINK,
        "To be looked at again by {due}: {reference}",
        """
{reference}: {step}. The day to look at it again is {due} ({days}).

Hello,

It was noted so: {said}. Which it is stands on the page of the case.

- If it still runs: note it again with the next day to look. reviewflow link {reference} ...
- If it is over: take it away. What it stopped then goes on. reviewflow unlink {reference} ...

The time limit behind it is: {limit}.

{next}

Questions? Ring {contact_name} on {contact_phone}, or write to {contact_email}.
""",
    ),
    message(
        name.NO_MORE_TIME,
        "More time asked for that nobody may give: {reference}",
        """
{reference}: {step}, owed by {owner}, is due on {due} ({days}). What they said: {said}.

The {called} lets nobody give more time for it now, so the day stays. Until you record that you have seen
this, no reminder goes out about it, and nobody is told anything:
- ring them, and see together what can be done by the day;
- then: reviewflow resume {reference} {item} --reason WHY. They are told that the day stays, and the reminders go on.

The time limit behind it is: {limit}.

{next}
""",
    ),
    message(
        name.GRANTED,
        "A new day, {due}: {reference}",
        f"""
{{reference}}: {{step}} is now due on {{due}} ({{days}}).

You asked for more time, and this is the new day. What was due first stays in the record.

{ASK}

{{next}}
""",
    ),
    message(
        name.REFUSED,
        "The day stays {due}: {reference}",
        f"""
{{reference}}: {{step}} stays due on {{due}} ({{days}}).

You asked for more time. It could not be granted this time. If that leaves you in difficulty, ring today, and we look
together at what can be done.

The time limit behind it is: {{limit}}.

{ASK}

{{next}}
""",
    ),
    message(
        name.WRONG_PERSON,
        "Wrong person: {reference}",
        """
{reference}: {step}, owed by {owner}, is due on {due} ({days}). What they said: {said}.

We are writing to somebody who does not have it. No reminder goes out about it until this is put right:
- find out who has it, by telephone, and correct partnership.yaml;
- then: reviewflow resume {reference} {item} --reason WHY. The reminders go on, to the right mailbox.

The time limit behind it is: {limit}.

{next}
""",
    ),
    message(
        name.QUESTION_CAME,
        "A question about {reference}",
        """
{reference}: {step}, owed by {owner}, is due on {due} ({days}). Their question stands on top of this letter and in the
history of the {called}. It is no answer: what is owed stays owed, and the reminders go on.

Please answer it by telephone or mail.

{next}
""",
    ),
    message(
        name.NOW_OWED,
        "Now with you: {reference}, due {due}",
        f"""
{{reference}}: {{step}} is now with you. It is due on {{due}} ({{days}}).

This is for: {{owner}}. If its day has passed already, say by when it can be done, so that the {{called}} can be planned
around it.

Once it is done, record it at {{link}} and the messages stop.

{ASK}

{{next}}
""",
    ),
    message(
        name.SIGN_OFF,
        "We have your draft: {reference}, {due}",
        f"""
{{reference}}: {{step}}, due on {{due}} ({{days}}). We have the draft of {{owner}}. Thank you.

It counts once your senior safeguarding lead has approved it. Please see to that, and say so at {{link}}.
Nothing else is missing.

{ASK}

{{next}}
""",
    ),
    message(
        name.ANSWERED,
        "Your answer has come: {reference}",
        """
{reference}: {step}. An answer was given today on the page whose address we had sent to this mailbox.
It is recorded.

If that was not you, ring {contact_name} on {contact_phone} at once.

You need do nothing else. If something is missing, we ring you or write to you.
""",
    ),
    message(
        name.LINES_CAME,
        "What you added has come: {reference}",
        """
{reference}: {step}. Something was added today on the page whose address we had sent to this mailbox. It is recorded.

If that was not you, ring {contact_name} on {contact_phone} at once.

The list stays open. Add more on the same page as it comes, and say there when no more is to come.

{next}
""",
    ),
    message(
        name.TOLD,
        "We have heard you: {reference}",
        """
{reference}: {step}, due on {due} ({days}). What was said today, on the page whose address we had sent to this mailbox:
{said}. It is recorded.

If that was not you, ring {contact_name} on {contact_phone} at once.

{next}
""",
    ),
)
"""In the order in which they were written."""
