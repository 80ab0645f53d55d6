"""An address in a letter is for one mailbox and one item, and nothing in the database opens it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.language.model import Digest
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import failed, next_letter
from reviewflow.service.door.key import Door
from reviewflow.service.door.letters import with_addresses
from reviewflow.service.door.opening import Stand, open_address
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.digests import make_digests
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, opened
from tests.service.delivery.letters import POLICE, knows, post

DOOR = Door("https://reviews.example.gov.uk", ("the first key of the office, long enough",))
OTHER = Door(DOOR.url, ("another key of the office, as long as it",))


def letters(office: Workspace, hour: int = 10) -> Iterator[OutgoingLetter]:
    while ready := next_letter(office, now=at(12, hour)):
        yield ready
        failed(office, ready, now=at(12, hour), detail="busy", next_try=at(12, hour + 1))


def text_of(office: Workspace, ready: OutgoingLetter, door: Door | None = DOOR) -> str:
    return with_addresses(office, door, ready, *compose(office.partnership, ready), now=at(12)).text


def tokens_in(text: str) -> list[str]:
    return re.findall(r"https://reviews\.example\.gov\.uk/a/([0-9A-Z]{26})", text)


@pytest.fixture
def case(office: Workspace) -> str:
    reference = opened(office)
    post(office, at(5))
    chase_due_items(office, now=at(12))
    return reference


def test_each_item_has_an_address_of_its_own_and_a_letter_tried_again_has_the_same(
    office: Workspace, case: str
) -> None:
    other = opened(office)
    first = {ready.address: text_of(office, ready) for ready in letters(office)}
    again = {ready.address: text_of(office, ready) for ready in letters(office, 11)}
    assert first == again
    tokens = [token for text in first.values() for token in tokens_in(text)]
    assert len(tokens) == len(set(tokens)) == 4
    items = {
        (reference, mailbox)
        for mailbox, text in first.items()
        for token in tokens_in(text)
        if (link := open_address(office, DOOR, token, now=at(12))) is not None
        for reference in [link.link.reference]
        if link.link.address == mailbox
    }
    assert items == {(reference, mailbox) for reference in (case, other) for mailbox in first}


def test_a_copy_of_the_database_opens_nothing(office: Workspace, case: str) -> None:
    [police] = [ready for ready in letters(office) if ready.address == POLICE]
    [token] = tokens_in(text_of(office, police))
    stored = " ".join(notice.text for notice in office.store.notices())
    assert token not in stored
    assert f"{{link {case}/agency_return/police/1}}" in stored
    assert open_address(office, DOOR, token.lower().replace("1", "l"), now=at(12)) is not None
    assert open_address(office, OTHER, token, now=at(12)) is None
    both = Door(DOOR.url, (*OTHER.keys, *DOOR.keys))
    assert open_address(office, both, token, now=at(12)) is not None


def test_without_pages_a_letter_says_how_to_answer_all_the_same(office: Workspace, case: str) -> None:
    knows(office, link=None)
    texts = [text_of(office, ready, None) for ready in letters(office)]
    assert len(texts) == 2
    for text in texts:
        assert "our office (01632 960100, " in text
        assert "sign in" not in text.lower()
        assert "{" not in text


def test_an_address_ends_with_its_item_on_its_day_or_when_it_is_withdrawn(office: Workspace, case: str) -> None:
    tokens = {ready.address: tokens_in(text_of(office, ready))[0] for ready in letters(office)}
    police, health = tokens[POLICE], next(token for mailbox, token in tokens.items() if mailbox != POLICE)
    assert open_address(office, DOOR, health, now=at(10, month=8)) is not None
    assert open_address(office, DOOR, health, now=at(11, month=8)) is None
    done(office, case, "agency_return/police", at(12))
    answered = open_address(office, DOOR, police, now=at(12))
    assert answered is not None
    assert answered.stand is Stand.ANSWERED
    assert office.store.withdraw_links(POLICE, now="2026-05-12T10:00:00+00:00")
    assert open_address(office, DOOR, police, now=at(12)) is None
    assert open_address(office, DOOR, health, now=at(12)) is not None
    assert not office.store.withdraw_links(POLICE, now="2026-05-12T11:00:00+00:00")


def test_whom_it_is_not_asked_of_gets_no_address(office: Workspace, case: str) -> None:
    [police] = [ready for ready in letters(office) if ready.address == POLICE]
    stranger = OutgoingLetter(police.number, "somebody@elsewhere.example.org", police.notices, at(12))
    assert tokens_in(text_of(office, stranger)) == []


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    from reviewflow.service.door.key import KEY_FILE, PUBLIC_URL, public_door
    from reviewflow.service.workspace.errors import SettingsError, UserError

    environ = {PUBLIC_URL: "https://reviews.example.gov.uk/", KEY_FILE: str(tmp_path / "var" / "door-key")}
    first, again = public_door(environ), public_door(environ)
    assert first == again is not None
    assert first.keys[0] not in repr(first)
    (tmp_path / "var" / "door-key").chmod(0o644)
    with pytest.raises(UserError, match="may read"):
        public_door(environ)
    for wrong in ("http://reviews.example.gov.uk", "reviews.example.gov.uk", "https://a b", "https://u@x.org"):
        with pytest.raises(SettingsError, match=PUBLIC_URL):
            public_door(environ | {PUBLIC_URL: wrong})
    assert public_door({}) is None


def test_the_office_withdraws_what_a_mailbox_has(office: Workspace, case: str) -> None:
    from reviewflow.service.door.withdrawing import WITHDRAWN, withdraw_links
    from reviewflow.service.workspace.errors import UserError

    [police] = [ready for ready in letters(office) if ready.address == POLICE]
    [token] = tokens_in(text_of(office, police))
    with pytest.raises(UserError, match="Who withdraws them"):
        withdraw_links(office, POLICE, by=" ", now=at(12))
    assert "opens anything any more" in withdraw_links(office, POLICE.upper(), by="clerk", now=at(12))
    assert open_address(office, DOOR, token, now=at(12)) is None
    assert text_of(office, police)
    assert open_address(office, DOOR, token, now=at(12)) is None
    [entry] = office.store.noted(WITHDRAWN)
    assert (entry.by, POLICE in entry.body) == ("clerk", False)
    assert "Nothing was changed" in withdraw_links(office, POLICE, by="clerk", now=at(12))


def test_a_digest_leads_its_reader_to_what_that_post_owes(office: Workspace) -> None:
    reference = opened(office, ("police",))
    post(office, at(5))
    done(office, reference, "agency_return/police", at(12))
    morning = {"title": "The day", "to": ("business_support", "business_manager"), "every": "working day"}
    knows(office, digests={"morning": Digest.model_validate(morning)})
    assert make_digests(office, now=at(12, 12)) == 2
    by_post = {ready.recipients[0]: text_of(office, ready) for ready in letters(office, 13) if ready.digests}
    tokens = tokens_in(by_post["role:business_support"])
    assert {link.item for token in tokens if (link := open_address(office, DOOR, token, now=at(12)))} == {"read/police"}
    assert "Read the return" in by_post["role:business_manager"]
    assert tokens_in(by_post["role:business_manager"]) == []
