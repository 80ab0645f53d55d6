"""Whether messages leave: switched by a named person, kept with the moment, held back by the environment only."""

import pytest

from reviewflow.service.delivery.mode import delivery_mode, switch
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError, UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at


def test_nothing_leaves_until_somebody_says_so(office: Workspace) -> None:
    mode = delivery_mode(office, {})
    assert (mode.mode, mode.by) == (Mode.TEST, "")
    assert mode.words.endswith("(nobody has switched it on).")


def test_the_newest_word_counts_and_all_are_kept(office: Workspace) -> None:
    switch(office, Mode.GUEST_LIST, by="Officer", now=at(5))
    switch(office, Mode.LIVE, by="Manager", now=at(6))
    mode = delivery_mode(office, {"REVIEWFLOW_DELIVERY": ""})
    assert mode.words == "Delivery is live: messages go out (switched by Manager, Wed 6 May 2026 11:00)."
    assert [(entry.by, entry.body) for entry in office.store.noted("delivery")] == [
        ("Officer", "guest-list"),
        ("Manager", "live"),
    ]


@pytest.mark.parametrize(
    ("switched", "environment", "mode"),
    [
        (Mode.LIVE, "test", Mode.TEST),
        (Mode.LIVE, "guest-list", Mode.GUEST_LIST),
        (Mode.LIVE, " live ", Mode.LIVE),
        (Mode.TEST, "live", Mode.TEST),
        (Mode.GUEST_LIST, "live", Mode.GUEST_LIST),
    ],
)
def test_the_environment_only_holds_back(office: Workspace, switched: Mode, environment: str, mode: Mode) -> None:
    switch(office, switched, by="Manager", now=at(5))
    delivery = delivery_mode(office, {"REVIEWFLOW_DELIVERY": environment})
    assert delivery.mode is mode
    assert ("holds back" in delivery.words) is (mode is not switched)


def test_nobody_switches_it_without_a_name(office: Workspace) -> None:
    with pytest.raises(UserError, match="--by NAME"):
        switch(office, Mode.LIVE, by=" ", now=at(5))
    assert delivery_mode(office, {}).mode is Mode.TEST


@pytest.mark.parametrize(
    ("value", "message"), [("lvei", "'lvei'.*Did you mean \"live\""), ("mailto://u:p@host", "is a URL")]
)
def test_what_is_not_a_mode_is_told_and_no_url_is_shown(office: Workspace, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as refused:
        delivery_mode(office, {"REVIEWFLOW_DELIVERY": value})
    assert "u:p" not in str(refused.value)
