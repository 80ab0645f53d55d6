"""A refusal says why, and what can be done instead."""

from reviewflow.case.model.refusal import Refused


def test_a_refusal_says_why_and_what_can_be_done() -> None:
    refused = Refused(["It is closed.", "And it is late."], "Reopen it.")
    assert str(refused) == "It is closed.\nAnd it is late.\nReopen it."
