"""Which messages the engine itself sends, by name, and what some have in common. Their words: `built_in_texts`."""

from __future__ import annotations

MORE_TIME = "decide_more_time"
NO_MORE_TIME = "no_more_time_to_give"
GRANTED = "more_time_granted"
REFUSED = "more_time_refused"
WRONG_PERSON = "correct_the_contact"
QUESTION_CAME = "question_to_the_office"
SIGN_OFF = "confirm_sign_off"
NOW_OWED = "now_owed"
PASSED_ON = "passed_on"
NOT_ASKED = "not_asked_any_more"
NOT_COMING = "not_coming_any_more"
CASE_WITHDRAWN = "case_withdrawn"
ASKED_AFTER_ALL = "asked_after_all"
COMES_AFTER_ALL = "comes_after_all"
CASE_ENDED = "case_ended_early"
CASE_GOES_ON = "case_goes_on"
LOOK_AT_LINK = "look_at_link"
ANSWERED = "answer_recorded"
TOLD = "response_recorded"
LINES_CAME = "lines_recorded"
DAY_MOVED = "day_moved"
LETTER_WAITS = "letter_to_release"
MEETING_MOVED = "meeting_moved"
MEETING_PUT_OFF = "meeting_put_off"
MEETING_OFF = "meeting_called_off"
MEETING_STANDS = "meeting_stands"
MEETING_WITHOUT = "meeting_without_this"
OF_MEETINGS = frozenset({MEETING_MOVED, MEETING_PUT_OFF, MEETING_OFF, MEETING_WITHOUT})
"""What tells those invited that a meeting is not on the day that they know: it goes at once, for they keep that day."""
OF_MOVED_DAYS = OF_MEETINGS | {DAY_MOVED, MEETING_STANDS}
"""What goes at once, for whoever reads it keeps a day that holds no more, or need not be kept any more without it."""
OF_ENDED_WORK = frozenset({NOT_ASKED, NOT_COMING})
"""What says that something is not needed any more: it is not sent where that is owed again before it leaves."""
OF_REVIVED_WORK = frozenset({ASKED_AFTER_ALL, COMES_AFTER_ALL})
"""What takes that back: it is sent only to whoever was told so in a letter that left."""
OF_EARLY_ENDS = frozenset({CASE_WITHDRAWN, CASE_ENDED})
"""What says that a case of which somebody heard does not go on, and asks for nothing."""
OF_EARLIER_LETTERS = OF_ENDED_WORK | OF_EARLY_ENDS | {DAY_MOVED}
"""What takes back or changes what a letter said: it is sent only where that letter has left."""
RECEIPTS = frozenset({ANSWERED, TOLD, LINES_CAME})
"""What confirms to a mailbox that it has answered: it goes at once, and nobody is called to it."""
