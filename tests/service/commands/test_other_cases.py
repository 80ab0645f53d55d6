"""The other end of a link."""

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.service.commands.carry_out import carry_out, current, joining
from reviewflow.service.commands.other_cases import with_known_reference
from reviewflow.service.records.audit import audit
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, NOTIFIED, at, opened


def last_words(office: Workspace, reference: str) -> str:
    *_, last = history(office, reference)
    return last.words


def test_a_link_and_its_end_are_told_in_both_histories_at_once(office: Workspace) -> None:
    first, second = opened(office), opened(office)
    link = c.Link("derived_from", second.lower(), "the same incident")
    carry_out(office, first, link, by=BY, now=at(6), key="once")
    assert list(current(office, first).related) == [second]
    assert current(office, second).linked_from == {first: "derived_from"}
    assert last_words(office, second) == f"{first} follows from this case."
    carry_out(office, first, link, by=BY, now=at(6), key="again")
    assert last_words(office, second) == f"{first} follows from this case."
    carry_out(office, first, c.Unlink(second, "a mistake"), by=BY, now=at(7))
    assert current(office, second).linked_from == {}
    assert last_words(office, second) == f"{first} is no longer linked with this case."
    assert audit(office) == (2, [])


def test_a_joined_case_is_told_also_when_it_is_over(office: Workspace) -> None:
    first, second = opened(office), opened(office)
    carry_out(office, second, c.Withdraw("notified twice"), by=BY, now=at(6))
    command = joining(office, first, c.Join(second, {}))
    assert command.dates == {"notified": NOTIFIED}
    carry_out(office, first, command, by=BY, now=at(6))
    assert last_words(office, second) == f"The clocks of this case are met in {first} too."
    assert audit(office) == (2, [])


def test_what_another_wrote_meanwhile_in_the_other_case_is_not_lost(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = opened(office), opened(office)
    append, raced = office.store.append, []

    def append_after_another(change: object) -> object:
        if not raced:
            raced.append(True)
            carry_out(office, second, c.KeepUntil(2040, "an inquiry asks for it"), by=BY, now=at(6))
        return append(change)  # type: ignore[arg-type]

    monkeypatch.setattr(office.store, "append", append_after_another)
    carry_out(office, first, c.Link("parallel", second, "the same incident"), by=BY, now=at(6))
    assert current(office, second).linked_from == {first: "parallel"}
    assert current(office, second).kept_until is not None
    assert audit(office) == (2, [])


@pytest.mark.parametrize("written", ["TR-2026-009", "tr 2026/9", "TR-2062-001"])
def test_what_looks_like_a_case_of_ours_and_is_none_is_refused_with_the_nearest(
    office: Workspace, written: str
) -> None:
    first, second = opened(office), opened(office)
    for command in (c.Link("parallel", written, "the same incident"), c.Join(written, {"notified": NOTIFIED})):
        with pytest.raises(Refused, match=f'There is no case "{written}".*Did you mean') as refused:
            carry_out(office, first, command, by=BY, now=at(6))
        assert refused.value.possible == ("Nothing was changed. Is it a case of another office? Then say so: --outside")
    assert current(office, first).related == {}
    assert current(office, second).linked_from == {}


def test_what_is_elsewhere_is_said_to_be_or_looks_like_none_of_ours(office: Workspace) -> None:
    first = opened(office)
    carry_out(office, first, c.Link("parallel", "T20260017", "a trial"), by=BY, now=at(6))
    carry_out(office, first, c.Join("TR-2026-009", {"notified": NOTIFIED}, outside=True), by=BY, now=at(6))
    assert current(office, first).outside == ("T20260017", "TR-2026-009")
    with pytest.raises(Refused, match=f"{first} is the reference of a case of this office"):
        with_known_reference(office, c.Link("parallel", first, "another's", outside=True))
    carry_out(office, first, c.Unlink("TR-2026-009", "it is over"), by=BY, now=at(7))
    assert current(office, first).outside == ("T20260017",)
