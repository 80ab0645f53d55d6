"""What an invitation asks whose answers are shown beside who was invited."""

from reviewflow.language.model import FieldType, FormField
from reviewflow.language.structure.standing_groups import says_whether_they_come

COMES = FormField(type=FieldType.YES_NO, label="Do you come?")
KNOWS_THEM = FormField(type=FieldType.YES_NO, label="Do you know the family?")
HOW = FormField(type=FieldType.CHOICE, label="How?", options={"there": "There", "screen": "On a screen"})


def test_what_is_chosen_is_shown_and_else_the_first_yes_or_no() -> None:
    assert says_whether_they_come({"comes": COMES, "knows_them": KNOWS_THEM}) == ("comes",)
    assert says_whether_they_come({"comes": COMES, "how": HOW}) == ("how",)
    assert says_whether_they_come({}) == ()
