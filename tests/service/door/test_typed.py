"""What a browser sends becomes the answers that the same form takes elsewhere."""

from reviewflow.case.rules.answers.form_answers import read_answers
from reviewflow.language.model import FieldType, FormField
from reviewflow.service.door.typed import answers_in, lines_of, mistakes_in

ASKED = {
    "sent_on": FormField(type=FieldType.DATE, label="When"),
    "kind": FormField(type=FieldType.CHOICE, label="What", options={"summary": "A summary", "nil": "Nothing"}),
    "also": FormField(type=FieldType.CHOICES, label="What else", options={"a": "A", "b": "B"}, required=False),
    "approved": FormField(type=FieldType.CONFIRM, label="It is approved"),
    "more": FormField(type=FieldType.YES_NO, label="More?"),
    "how_many": FormField(type=FieldType.NUMBER, label="How many"),
    "paper": FormField(type=FieldType.REFERENCE, label="Where"),
    "note": FormField(type=FieldType.NOTE, label="Note", required=False),
    "at": FormField(type=FieldType.TIME, label="At what time"),
    "who": FormField(type=FieldType.AGENCY, label="Who"),
    "others": FormField(type=FieldType.AGENCIES, label="Who else"),
    "sessions": FormField(type=FieldType.LIST, label="Sessions"),
    "actions": FormField(
        type=FieldType.ROWS,
        label="Actions",
        columns={
            "what": FormField(type=FieldType.NOTE, label="What"),
            "by": FormField(type=FieldType.DATE, label="By when", required=False),
        },
    ),
}
SENT = {
    "sent_on-day": ["7"],
    "sent_on-month": ["5"],
    "sent_on-year": ["2026"],
    "kind": ["nil"],
    "also": ["a", "b"],
    "approved": ["yes"],
    "more": ["no"],
    "how_many": ["3"],
    "paper": ["P/1"],
    "note": [""],
    "at": ["09:30"],
    "who": ["police"],
    "others": ["police", "health"],
    "sessions": ["Session 1\r\n\r\nSession 2\r\n"],
    "actions.lines": ["3"],
    "actions.0.what": ["Train staff"],
    "actions.0.by-day": ["1"],
    "actions.0.by-month": ["6"],
    "actions.0.by-year": ["2026"],
    "actions.1.what": [""],
    "actions.2.what": ["Look again"],
}


def test_every_kind_of_question_is_read() -> None:
    answers, wrong = read_answers(ASKED, answers_in(ASKED, SENT), ("police", "health"))
    assert wrong == []
    assert answers == {
        "sent_on": "2026-05-07",
        "kind": "nil",
        "also": ["a", "b"],
        "approved": "yes",
        "more": "no",
        "how_many": 3,
        "paper": "P/1",
        "at": "09:30",
        "who": "police",
        "others": ["police", "health"],
        "sessions": ["Session 1", "Session 2"],
        "actions": [{"what": "Train staff", "by": "2026-06-01"}, {"what": "Look again"}],
    }


def test_what_is_wrong_is_told_by_question_in_their_order() -> None:
    typed = answers_in(ASKED, SENT | {"approved": [], "sent_on-month": ["13"], "how_many": ["many"], "kind": ["other"]})
    mistakes = mistakes_in(ASKED, typed, ("police", "health"), vouched=False)
    assert [mistake.name for mistake in mistakes] == ["sent_on", "kind", "approved", "how_many"]
    assert mistakes[2].words == "Confirm “It is approved”"
    assert mistakes[0].words.startswith("When: ")


def test_a_table_grows_by_a_line_up_to_what_it_may_hold() -> None:
    assert lines_of({}, "actions") == 1
    assert lines_of({"actions.lines": ["2"], "more": ["actions"]}, "actions") == 3
    assert lines_of({"actions.lines": ["2"], "more": ["other"]}, "actions") == 2
    assert lines_of({"actions.lines": ["100"], "more": ["actions"]}, "actions") == 100
    assert lines_of({"actions.lines": ["-5; DROP"]}, "actions") == 1
