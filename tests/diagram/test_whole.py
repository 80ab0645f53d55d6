"""All shipped processes on one page, from the referral to the action plan."""

from itertools import pairwise

from reviewflow.diagram.drawing.boxes import TEXT
from reviewflow.diagram.drawing.page import page, page_with_arrows
from reviewflow.diagram.forms import DiagramForm, drawn_whole
from reviewflow.diagram.whole import whole
from tests.shipped import FILES

ALL = {name: FILES.definition(name) for name in FILES.library.processes}
SMALLEST = 7.0
"""Points."""


def test_it_leads_from_the_referral_through_the_reviews_to_the_action_plan() -> None:
    shown = whole(ALL, FILES.partnership)
    ways = {(arrow.source, arrow.target) for arrow in shown.arrows}
    chain = ("referral", "serious_incident_notification", "rapid_review")
    assert set(pairwise(chain)) | {("cspr", "action_plan")} <= ways
    assert ("rapid_review", "cspr") in ways
    assert not [way for way in ways if way[0] == "lac_or_care_leaver_death"]
    assert shown.boxes["referral"].number == 1
    limits = [flag.text for flag in shown.boxes["rapid_review"].flags]
    assert limits == ["National limit: 15 working days after notified"]
    assert f"Also opens {shown.boxes['lac_or_care_leaver_death'].number}" in " ".join(shown.boxes["referral"].marks)


def test_every_process_stands_in_it_once() -> None:
    shown = whole(ALL, FILES.partnership)
    below = " ".join(shown.notes)
    assert {name for name in ALL if (name in shown.boxes) is (ALL[name].process.title in below)} == set()


def test_it_can_be_read_on_a4_with_its_arrows() -> None:
    shown = whole(ALL, FILES.partnership)
    drawn = page_with_arrows(shown, SMALLEST)
    assert drawn.scale * TEXT * 72 / 25.4 >= SMALLEST
    assert len(drawn.layout.routes) == len(shown.arrows) > 12
    assert b"<svg" in drawn_whole(DiagramForm.SVG, ALL, FILES.partnership)


def test_what_cannot_be_read_with_its_arrows_is_drawn_as_large_as_can_be() -> None:
    shown = whole(ALL, FILES.partnership)
    assert page_with_arrows(shown, 40).scale == page(shown).scale
