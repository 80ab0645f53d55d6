"""What the sender's domain says of its mail, asked of a real name server that a test stands up."""

import pytest

from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import HealthState
from tasks.outside.sender_records import sender_records
from tests.notifications.name_server import name_server
from tests.service.health.ward import WELL_KNOWN, Ward, ailing, named, names, ward

__all__ = ["ward"]

LONG_KEY = "v=DKIM1; k=rsa; p=" + "A" * 392
"""As long as keys are, so that it comes in pieces."""


def test_nothing_ails_a_domain_that_says_all_three(ward: Ward) -> None:
    named(dkim=[LONG_KEY])(ward)
    findings = names(ward)
    assert [finding.verdict for finding in findings] == [HealthState.GOOD] * 3
    assert "DMARC p=reject" in [*findings][-1].says


@pytest.mark.parametrize(
    ("otherwise", "ailment", "says"),
    [
        ({"spf": ["v=spf1 -all", "V=SPF1 ~all"]}, Ailment.SENDER_SPF, "2 SPF records, and one is allowed"),
        ({"spf": ["v=spf1 mx all"]}, Ailment.SENDER_SPF, "lets everybody send"),
        ({"spf": ["v=spf10 -all"]}, Ailment.SENDER_SPF, "no SPF record"),
        ({"dkim": ["v=DKIM1; p="]}, Ailment.SENDER_DKIM, "only a key that was withdrawn"),
        ({"dmarc": ["v=DMARC1; p=rejekt"]}, Ailment.SENDER_DMARC, "cannot be used"),
        ({"dmarc": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, Ailment.SENDER_DMARC, "one is allowed"),
    ],
)
def test_a_record_that_is_wrong_is_told(
    otherwise: dict[str, list[str]], ailment: Ailment, says: str, ward: Ward
) -> None:
    named(**otherwise)(ward)
    found = ailing(names(ward))
    assert [*found] == [ailment]
    assert says in found[ailment].says


def test_a_policy_may_stand_at_the_domain_above_and_one_that_only_reports_is_said_to(ward: Ward) -> None:
    ward.live()
    ward.environ["REVIEWFLOW_SENDER"] = "reviews@mail.example.org"
    ward.names = {"mail.example.org": ["v=spf1 ~all"], "_dmarc.example.org": ["v=DMARC1; p=none"]}
    findings = [*names(ward)]
    assert ailing(findings) == {}
    assert "example.org says" in findings[-1].says
    assert "not refused" in findings[-1].says


def test_without_an_answer_nothing_is_said_to_be_wrong(ward: Ward) -> None:
    named()(ward)
    with name_server(WELL_KNOWN, ill=True) as resolver:
        [finding] = sender_records(ward.workspace, ward.environ, resolver)
    assert (finding.verdict, "could not be asked" in finding.says) == (HealthState.GOOD, True)


def test_nobody_is_asked_in_test_mode_or_where_a_service_sends_under_its_own_domain(ward: Ward) -> None:
    [in_test] = names(ward)
    assert in_test.says == "Not asked: delivery is test, so nothing is sent"
    ward.live()
    ward.environ["REVIEWFLOW_MAIL_URL"] = "govnotify://key/template"
    [by_service] = names(ward)
    assert "sends under its own" in by_service.says
