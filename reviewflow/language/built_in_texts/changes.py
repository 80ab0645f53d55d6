"""About what is not as a letter said: a meeting, a day, what is not needed any more, or is after all."""

from __future__ import annotations

from reviewflow.language import built_in_messages as name
from reviewflow.language.built_in_texts.wording import ASK, message

_NO_MORE = """
Nothing more is asked of you in it, and you need keep no day free. If you have told anybody, please tell them that
too; where you are in touch with a family, them first. What becomes of papers that you hold about it, our office tells
you. If something else follows, that comes with a letter of its own.
""".strip()

ABOUT_CHANGES = (
    message(
        name.MEETING_MOVED,
        "Now on {meets}: meeting about {reference}",
        f"""
{{reference}}: the meeting to which you were invited is on {{meets}}. The day that you had before was {{met}}.

This is for: {{owner}}. If you cannot come on the new day, tell us, also where you have answered already: ring, or write
to the address below. Its entry for your calendar is at {{link}} and takes the place of the one that you have.

{ASK}
""",
    ),
    message(
        name.MEETING_PUT_OFF,
        "Put off, not on {met}: meeting about {reference}",
        f"""
{{reference}}: the meeting to which you were invited is not on {{met}}. It is put off; the new day is not fixed yet.

This is for: {{owner}}. You need do nothing now. We write to you when the new day is fixed. What takes its entry out of
your calendar is at {{link}}.

{ASK}
""",
    ),
    message(
        name.MEETING_STANDS,
        "On {meets}: meeting about {reference}",
        f"""
{{reference}} is treated at the meeting on {{meets}}. You were invited to it for another case too; whatever becomes of
that one, this one is treated on that day.

This is for: {{owner}}. Please keep the day free. The entry for your calendar is at {{link}}.

{ASK}
""",
    ),
    message(
        name.MEETING_WITHOUT,
        "Not treated on {met}: {reference}",
        f"""
{{reference}} is not treated at the meeting on {{met}} to which you were invited. If it is treated on another day, we
write to you then. Other cases are treated at that meeting: what becomes of those you hear under their own references,
so please keep the day.

This is for: {{owner}}. You need prepare nothing more about {{reference}}.

{ASK}
""",
    ),
    message(
        name.MEETING_OFF,
        "Called off, not on {met}: meeting about {reference}",
        f"""
{{reference}}: the meeting to which you were invited for {{met}} is called off. It is not held on another day.

This is for: {{owner}}. You need do nothing more about it. What takes its entry out of your calendar is at {{link}}.

{ASK}
""",
    ),
    message(
        name.DAY_MOVED,
        "Another day, {due}: {reference}",
        """
{reference}: {step}. The day is now {due} ({days}). The day that we had named, {met}, holds no more.

If you have passed the old day on, please tell whoever has it before it comes; where you are in touch with a family,
them first.

If the new day cannot be kept, or is one that should be avoided, ring {contact_name} on {contact_phone} as soon as
you can. Questions, or not yours? Ring the same number, or write to {contact_email}.
""",
    ),
    message(
        name.LETTER_WAITS,
        "To be released by you: a letter of {reference}",
        f"""
{{reference}}: a letter to a contact of the case is written. It goes when you have read and released it, and not before.

- To read it: reviewflow letters waiting, and then reviewflow letters show NUMBER
- It goes: reviewflow letters release NUMBER --by NAME --by-role POST
- It does not go: reviewflow letters refuse NUMBER --by NAME --by-role POST --reason WHY. Then all goes on without it.

Business support can show it to you, and type it in your name and post.

{ASK}
""",
    ),
    message(
        name.NOT_ASKED,
        "Not needed any more: {reference}",
        f"""
{{reference}}: {{step}}. This was asked of {{owner}}, and is not needed any more.

You need do nothing more about it, and get no more reminders. Thank you if you have begun, and please tell those who are
at work on it. If something else follows from this {{called}}, that asks you itself, under a reference of its own.

{ASK}
""",
    ),
    message(
        name.NOT_COMING,
        "Not coming any more: {reference}",
        f"""
{{reference}}: {{step}}. A letter of ours said that this comes. It does not come any more: this {{called}} ends here.

You need do nothing more about it, and need keep no day free. If you have told anybody, please tell them that too;
where you are in touch with a family, them first. If something else follows, that comes with a letter of its own.

{ASK}
""",
    ),
    message(
        name.ASKED_AFTER_ALL,
        "Asked of you after all: {reference}, by {due}",
        f"""
{{reference}}: {{step}}. We wrote that this is not needed from you any more. It is needed after all, by {{due}}
({{days}}).

We are sorry for the trouble. What you had ready is not lost: go on where you stopped, and answer at {{link}}. If you
need more time than that, say so there.

{ASK}

{{next}}
""",
    ),
    message(
        name.COMES_AFTER_ALL,
        "Comes after all: {reference}",
        f"""
{{reference}}: {{step}}. We wrote that this does not come any more. It does after all, because this {{called}} goes on.
Its day: {{due}}.

You need do nothing about it yet: what is asked of you comes in a letter of its own. If you have told anybody that it is
over, please tell them this too; where you are in touch with a family, them first.

{ASK}
""",
    ),
    message(
        name.CASE_WITHDRAWN,
        "Withdrawn: {reference}",
        f"""
{{reference}}: this {{called}}, of which a letter of ours told, was withdrawn. It does not go on.

{_NO_MORE}

{ASK}
""",
    ),
    message(
        name.CASE_ENDED,
        "Ended early: {reference}",
        f"""
{{reference}}: this {{called}}, of which a letter of ours told, ends here, before all that it began with is done.

{_NO_MORE}

{ASK}
""",
    ),
    message(
        name.CASE_GOES_ON,
        "Goes on after all: {reference}",
        f"""
{{reference}}: we wrote that this {{called}} ends early. It goes on after all.

You need do nothing about it yet: what is asked of you comes in a letter of its own. If you have told anybody that it is
over, please tell them this too; where you are in touch with a family, them first.

{ASK}
""",
    ),
    message(
        name.PASSED_ON,
        "Not needed from you any more: {reference}",
        f"""
{{reference}}: {{step}} is now with {{owner}}. Nothing more is needed from you about it, and you get no more reminders.

{ASK}
""",
    ),
)
"""A letter that waits for its post stands among them."""
