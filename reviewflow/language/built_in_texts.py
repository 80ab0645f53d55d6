"""The words of the messages that the engine itself sends.

A file of the same name in definitions/messages takes the place of one of these.
"""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.language import built_in_messages as name
from reviewflow.language.model import Message

_END = """
Please put no names and nothing about the case in a reply.

{partnership}
"""
_ASK = "Questions, or not yours? Ring {contact_name} on {contact_phone}, or write to {contact_email}."


def _message(name: str, subject: str, text: str) -> Message:
    return Message(language=1, message=name, subject=f"[{{partnership}}] {subject}", text=text.strip() + "\n" + _END)


SHIPPED: Mapping[str, Message] = {
    message.message: message
    for message in (
        _message(
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
        _message(
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
        _message(
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
        _message(
            name.GRANTED,
            "A new day, {due}: {reference}",
            f"""
{{reference}}: {{step}} is now due on {{due}} ({{days}}).

You asked for more time, and this is the new day. What was due first stays in the record.

{_ASK}

{{next}}
""",
        ),
        _message(
            name.REFUSED,
            "The day stays {due}: {reference}",
            f"""
{{reference}}: {{step}} stays due on {{due}} ({{days}}).

You asked for more time. It could not be granted this time. If that leaves you in difficulty, ring today, and we look
together at what can be done.

The time limit behind it is: {{limit}}.

{_ASK}

{{next}}
""",
        ),
        _message(
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
        _message(
            name.QUESTION_CAME,
            "A question about {reference}",
            """
{reference}: {step}, owed by {owner}, is due on {due} ({days}). Their question stands on top of this letter and in the
history of the {called}. It is no answer: what is owed stays owed, and the reminders go on.

Please answer it by telephone or mail.

{next}
""",
        ),
        _message(
            name.NOW_OWED,
            "Now with you: {reference}, due {due}",
            f"""
{{reference}}: {{step}} is now with you. It is due on {{due}} ({{days}}).

This is for: {{owner}}. If its day has passed already, say by when it can be done, so that the {{called}} can be planned
around it.

Once it is done, record it at {{link}} and the messages stop.

{_ASK}

{{next}}
""",
        ),
        _message(
            name.SIGN_OFF,
            "We have your draft: {reference}, {due}",
            f"""
{{reference}}: {{step}}, due on {{due}} ({{days}}). We have the draft of {{owner}}. Thank you.

It counts once your senior safeguarding lead has approved it. Please see to that, and say so at {{link}}.
Nothing else is missing.

{_ASK}

{{next}}
""",
        ),
        _message(
            name.ANSWERED,
            "Your answer has come: {reference}",
            """
{reference}: {step}. An answer was given today on the page whose address we had sent to this mailbox.
It is recorded.

If that was not you, ring {contact_name} on {contact_phone} at once.

You need do nothing else. If something is missing, we ring you or write to you.
""",
        ),
        _message(
            name.LINES_CAME,
            "What you added has come: {reference}",
            """
{reference}: {step}. Something was added today on the page whose address we had sent to this mailbox. It is recorded.

If that was not you, ring {contact_name} on {contact_phone} at once.

The list stays open. Add more on the same page as it comes, and say there when no more is to come.

{next}
""",
        ),
        _message(
            name.TOLD,
            "We have heard you: {reference}",
            """
{reference}: {step}, due on {due} ({days}). What was said today, on the page whose address we had sent to this mailbox:
{said}. It is recorded.

If that was not you, ring {contact_name} on {contact_phone} at once.

{next}
""",
        ),
        _message(
            name.MEETING_MOVED,
            "Now on {meets}: meeting about {reference}",
            f"""
{{reference}}: the meeting to which you were invited is on {{meets}}. The day that you had before was {{met}}.

This is for: {{owner}}. If you cannot come on the new day, tell us, also where you have answered already: ring, or write
to the address below. Its entry for your calendar is at {{link}} and takes the place of the one that you have.

{_ASK}
""",
        ),
        _message(
            name.MEETING_PUT_OFF,
            "Put off, not on {met}: meeting about {reference}",
            f"""
{{reference}}: the meeting to which you were invited is not on {{met}}. It is put off; the new day is not fixed yet.

This is for: {{owner}}. You need do nothing now. We write to you when the new day is fixed. What takes its entry out of
your calendar is at {{link}}.

{_ASK}
""",
        ),
        _message(
            name.MEETING_OFF,
            "Called off, not on {met}: meeting about {reference}",
            f"""
{{reference}}: the meeting to which you were invited for {{met}} is called off. It is not held on another day.

This is for: {{owner}}. You need do nothing more about it. What takes its entry out of your calendar is at {{link}}.

{_ASK}
""",
        ),
        _message(
            name.DAY_MOVED,
            "Another day, {due}: {reference}",
            """
{reference}: {step}. The day is now {due} ({days}). The day that we had named, {met}, holds no more.

If you have passed the old day on, please tell whoever has it before it comes; a family hears it before anybody else.

If the new day cannot be kept, or is one that should be avoided, ring {contact_name} on {contact_phone} as soon as
you can. Questions, or not yours? Ring the same number, or write to {contact_email}.
""",
        ),
        _message(
            name.LETTER_WAITS,
            "To be released by you: a letter of {reference}",
            f"""
{{reference}}: a letter to a contact of the case is written. It goes when you have read and released it, and not before.

- To read it: reviewflow letters waiting, and then reviewflow letters show NUMBER
- It goes: reviewflow letters release NUMBER --by NAME --by-role POST
- It does not go: reviewflow letters refuse NUMBER --by NAME --by-role POST --reason WHY. Then all goes on without it.

Business support can show it to you, and type it in your name and post.

{_ASK}
""",
        ),
        _message(
            name.NOT_ASKED,
            "Not needed any more: {reference}",
            f"""
{{reference}}: {{step}}. This was asked of {{owner}}, and is not needed any more.

You need do nothing more about it, and get no more reminders. Thank you if you have begun, and please tell those who are
at work on it. If something else follows from this {{called}}, that asks you itself, under a reference of its own.

{_ASK}
""",
        ),
        _message(
            name.NOT_COMING,
            "Not coming any more: {reference}",
            f"""
{{reference}}: {{step}}. A letter of ours said that this comes. It does not come any more: this {{called}} ends
here.

You need do nothing more about it, and need keep no day free. If you have told anybody, please tell them that too; a
family hears it before anybody else. If something else follows, that comes with a letter of its own.

{_ASK}
""",
        ),
        _message(
            name.CASE_WITHDRAWN,
            "Withdrawn: {reference}",
            f"""
{{reference}}: this {{called}}, of which a letter of ours told, was withdrawn. It does not go on.

Nothing more is asked of you in it, and you need keep no day free. If you have told anybody, please tell them that
too; a family hears it before anybody else. What becomes of papers that you hold about it, our office tells you. If
something else follows, that comes with a letter of its own.

{_ASK}
""",
        ),
        _message(
            name.PASSED_ON,
            "Not needed from you any more: {reference}",
            f"""
{{reference}}: {{step}} is now with {{owner}}. Nothing more is needed from you about it, and you get no more reminders.

{_ASK}
""",
        ),
    )
}
"""By name."""
