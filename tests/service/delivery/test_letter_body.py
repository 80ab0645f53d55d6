"""The text of a letter with several messages: one line for each, a long one grouped by case."""

from dataclasses import replace

from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened
from tests.service.delivery.letters import post, to_police


def contents(office: Workspace, cases: int) -> str:
    """What stands above the first message of a letter about so many cases."""
    for _ in range(cases):
        opened(office)
    [letter] = to_police(post(office, at(5)))
    return compose(office.partnership, letter)[1].partition("\n-----")[0]


def test_from_three_cases_on_it_is_grouped_by_case(office: Workspace) -> None:
    text = contents(office, 3)
    assert text.startswith(
        "3 messages from Toyshire SCP about 3 cases, the most urgent first:\n\nTR-2026-001\n1. Ask each agency, owed by"
    )
    assert "\n\nTR-2026-003\n3. Ask each agency, owed by" in text


def test_a_shorter_one_is_a_plain_list(office: Workspace) -> None:
    assert contents(office, 2).startswith(
        "2 messages from Toyshire SCP, the most urgent first:\n1. TR-2026-001: Ask each agency"
    )


def test_what_is_about_all_cases_is_no_case_more(office: Workspace) -> None:
    """Of five messages, four about one case and a summary of all."""
    opened(office)
    [letter] = to_police(post(office, at(5)))
    [notice] = letter.notices
    several = tuple(
        replace(notice, number=f"TR-2026-001/{n}.1", item=f"{n}", text=f"{notice.text}\n{n}") for n in range(5)
    )
    other = replace(several[0], reference="")
    text = compose(office.partnership, replace(letter, notices=(*several, other)))[1]
    assert text.startswith("6 messages from Toyshire SCP, the most urgent first:\n\nTR-2026-001\n1. ")
    assert "\n\nAll cases\n6. " in text


def test_the_messages_stand_in_the_order_of_the_contents(office: Workspace) -> None:
    """Those of a case stand together, though another case's would come between by urgency."""
    for _ in range(3):
        opened(office)
    [letter] = to_police(post(office, at(5)))
    first, second, third = letter.notices
    other = replace(first, item="agency_return/police", message="overdue", subject="Overdue", number="TR-2026-001/9.1")
    text = compose(office.partnership, replace(letter, notices=(first, second, third, other)))[1]
    below = [line for line in text.splitlines() if line.startswith("Reference ")]
    assert below == [f"Reference {n}" for n in (first.number, other.number, second.number, third.number)]


def test_the_same_message_to_two_posts_with_one_mailbox_stands_in_it_once(office: Workspace) -> None:
    """The owner's copy says who else got it; the other post's does not."""
    opened(office)
    [letter] = to_police(post(office, at(5)))
    [notice] = letter.notices
    copy = replace(notice, recipient="agency:police:senior", text=f"{notice.text}\nSo that you know: ...", number="x.2")
    once = compose(office.partnership, letter)
    assert compose(office.partnership, replace(letter, notices=(notice, copy))) == once


ASKS = "Questions, or not yours? Ring Business support officer on 01632 960100, or write to support@scp.example.org."
OTHERS = "Questions? Ring the court on 01632 960999."


def test_whoever_reads_the_contacts_mailbox_is_not_told_to_ask_there(office: Workspace) -> None:
    opened(office)
    [letter] = to_police(post(office, at(5)))
    [notice] = letter.notices
    notice = replace(notice, text=f"Please answer.\n\n{ASKS}\n\nPlease put no names.\n\n{OTHERS}\n")
    other = replace(notice, item="another", text=f"Please look.\n\n{ASKS}\n")
    one, two = replace(letter, notices=(notice,)), replace(letter, notices=(notice, other))
    own = {"address": office.partnership.contact.email.upper()}
    assert compose(office.partnership, one)[1] == notice.text
    assert compose(office.partnership, replace(one, **own))[1] == (
        f"Please answer.\n\nPlease put no names.\n\n{OTHERS}\n"
    )
    said = compose(office.partnership, replace(two, **own))[1]
    assert "Business support officer on" in compose(office.partnership, two)[1]
    assert "Business support officer on" not in said
    assert "\n\nEach message stands below, with how to answer it.\n\n" in said
    assert "Please look.\n\nReference " in said
