"""Whoever takes on a post gets a letter that says what it owes, and in which cases."""

import shutil
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.contents.handover import tell_new_holder
from reviewflow.service.sweep.digests import make_digests
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, NOTIFIED, at, done, opened
from tests.service.conftest import TOY
from tests.service.delivery.letters import post

MANAGER = "chair"


def test_what_the_post_owes_and_where(office: Workspace) -> None:
    reference = opened(office)
    for name in ("police", "health"):
        done(office, reference, f"agency_return/{name}", at(12))
        done(office, reference, f"read/{name}", at(12))
    post(office, at(12))
    assert tell_new_holder(office, MANAGER, now=at(13))
    make_digests(office, now=at(13))
    address = office.partnership.roles[MANAGER].email
    [letter] = [letter for letter in post(office, at(13)) if letter.address == address]
    [text] = [digest.text for digest in letter.digests if digest.key == f"handover/{MANAGER}/2026-05-13"]
    assert f"- {reference}: Review meeting, by Tue 19 May 2026 (4 working days left)" in text


def test_a_post_that_owes_nothing_hears_that(office: Workspace) -> None:
    assert tell_new_holder(office, MANAGER, now=at(13))
    [digest] = office.store.digests()
    assert "- Nothing today." in digest.text
    assert "What comes next" not in digest.text


def test_what_comes_next_for_the_post_by_its_planned_day(office: Workspace) -> None:
    reference = opened(office)
    assert tell_new_holder(office, MANAGER, now=at(6))
    [text] = [digest.text for digest in office.store.digests() if digest.key.startswith("handover/")]
    owed, _, coming = text.partition("What comes next for this post, as it is planned today:\n")
    assert "Review meeting" not in owed
    assert f"- {reference}: Review meeting, planned for Tue 19 May 2026\n" in coming


HELD = """\
language: 1
process: held
version: 1
title: Review that may wait
reference: HLD-{year}-{number}
opening:
  dates: {notified: When it was notified}
steps:
  ask: {title: Ask, owner: business_support}
  meet: {title: Meet, after: ask, owner: chair, due: 20 working days after notified}
holds:
  court: {title: Waits for a court, stops: meet, send: reminder, to: chair}
"""


def test_no_day_is_promised_of_what_a_hold_stops(office: Workspace, tmp_path: Path) -> None:
    office.folder = Path(shutil.copytree(TOY, tmp_path / "definitions"))
    (office.folder / "processes" / "held.yaml").write_text(HELD, encoding="utf-8")
    reference = open_case(office, "held", c.Open({"notified": NOTIFIED}), by=BY, now=at(5)).case.reference
    assert tell_new_holder(office, MANAGER, now=at(6))
    carry_out(office, reference, c.Hold("court", "the court sits"), by=BY, now=at(7))
    assert tell_new_holder(office, MANAGER, now=at(8))
    before, held = (digest.text for digest in office.store.digests() if digest.key.startswith("handover/"))
    assert f"- {reference}: Meet, planned for Wed 3 Jun 2026" in before
    assert "Meet" not in held
