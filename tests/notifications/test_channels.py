"""Other ways than a mail server: GOV.UK Notify, a second channel, a word on Teams or by text message."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from notifications.mail import why_no_channel, why_unusable
from notifications.outcome import DeliveryStatus
from notifications.routes import TEXT, URGENT_TEXT, Going, mail_channel, nudges
from notifications.send import send, tell
from notifications.settings import delivery_from_environment
from reviewflow.language.model import Channel, ChannelKind, Partnership, Urgency
from reviewflow.language.phrases import parse_span
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError
from tests.notifications.web import Web, serving
from tests.service.conftest import TOY

NOW = datetime(2026, 5, 14, 8, 30, tzinfo=UTC)
TEMPLATE = "5f9b7f6e-0c0e-4c1d-9d6f-2d8b9f0a1b2c"
KEY = "northmoor-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
Live = Callable[..., Delivery]


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(Web()) as running:
        yield running


def notify(web: Web, extra: str = "") -> str:
    return f"govnotify://{TEMPLATE}/{KEY}/{extra}?api={web.address}"


def test_notify_is_handed_one_address_the_words_and_the_reference(live: Live, letter: Letter, web: Web) -> None:
    assert send(letter, live(notify(web)), now=NOW).verdict is DeliveryStatus.SENT

    [(path, posted)] = web.posts
    assert path == "/v2/notifications/email"
    assert posted["email_address"] == letter.to
    assert posted["template_id"] == TEMPLATE
    assert posted["reference"] == letter.reference
    assert posted["personalisation"]["subject"] == letter.subject
    assert posted["personalisation"]["body"].rstrip() == letter.body.rstrip()
    assert web.tokens[0].startswith("Bearer ")


@pytest.mark.parametrize(
    ("status", "errors", "verdict"),
    [
        (
            400,
            [{"error": "ValidationError", "message": "email_address Not a valid email address"}],
            DeliveryStatus.REFUSED,
        ),
        (400, [{"error": "BadRequestError", "message": "Can't send to this recipient"}], DeliveryStatus.RETRY),
        (403, [{"error": "AuthError", "message": "Invalid token"}], DeliveryStatus.RETRY),
        (429, [{"error": "RateLimitError", "message": "Exceeded rate limit"}], DeliveryStatus.RETRY),
        (500, [{"error": "Exception", "message": "Internal server error"}], DeliveryStatus.RETRY),
    ],
)
def test_only_a_refused_address_is_refused_for_good(
    live: Live, letter: Letter, web: Web, status: int, errors: list[dict[str, str]], verdict: DeliveryStatus
) -> None:
    web.answers.append((status, {"errors": errors, "status_code": status}))

    outcome = send(letter, live(notify(web)), now=NOW)
    assert (outcome.verdict, str(status) in outcome.detail) == (verdict, True)
    assert letter.to not in outcome.detail


def test_notify_that_is_not_there_is_tried_again(live: Live, letter: Letter, web: Web) -> None:
    url = notify(web).replace(f":{web.port}", ":1")

    assert send(letter, live(url), now=NOW).verdict is DeliveryStatus.RETRY


@pytest.mark.parametrize(
    "url",
    [
        f"govnotify://{TEMPLATE}/{KEY}/somebody@example.org",
        f"govnotify://{TEMPLATE}/short-key",
        f"govnotify://template/{KEY}",
        f"govnotify://{TEMPLATE}/{KEY}?api=http://api.example.org",
    ],
)
def test_a_notify_url_that_cannot_be_used_is_told(live: Live, url: str) -> None:
    assert why_unusable(live(url)) is not None


def test_a_text_message_holds_no_reference(live: Live, web: Web) -> None:
    assert tell(notify(web, "07700900123") + "&kind=sms", URGENT_TEXT, live("mailto://127.0.0.1:1"))

    [(path, posted)] = web.posts
    assert path == "/v2/notifications/sms"
    assert posted["personalisation"] == {"body": "You have an urgent partnership task. Please read your mail."}
    assert "reference" not in posted


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("workflows://prod-161.westeurope.logic.azure.com:443/643e69f83c89/KODuebWbDGYFr0z0eu", True),
        (f"govnotify://{TEMPLATE}/{KEY}/07700900123?kind=sms", True),
        ("nonsense://x", False),
        ("workflows://", False),
    ],
)
def test_a_channel_that_cannot_be_used_is_told(url: str, *, usable: bool) -> None:
    assert (why_no_channel(url) is None) is usable


def channel(kind: ChannelKind = ChannelKind.MAIL, **given: object) -> Channel:
    return Channel.model_validate({"title": "A way", "kind": kind, **given})


ROUTES = {
    "relay": channel(after=parse_span("2 hours")),
    "partners": channel(to=("partner_police",), only=Urgency.URGENT),
    "council": channel(),
    "team": channel(ChannelKind.TEAMS, to=("business_manager",)),
    "duty": channel(ChannelKind.SMS, only=Urgency.URGENT, to=("business_manager",)),
}
CHAIR = Going(("role:chair",), urgent=False, since=NOW)


@pytest.mark.parametrize(
    ("going", "waited", "by"),
    [
        (CHAIR, 0, "council"),
        (CHAIR, 1, "council"),
        (CHAIR, 2, "relay"),
        (replace(CHAIR, recipients=("role:partner_police",), urgent=True), 0, "partners"),
        (replace(CHAIR, recipients=("role:partner_police",)), 0, "council"),
        (replace(CHAIR, recipients=("role:partner_police", "role:chair"), urgent=True), 0, "council"),
    ],
)
def test_a_letter_goes_by_role_urgency_and_how_long_it_waits(going: Going, waited: int, by: str) -> None:
    assert mail_channel(ROUTES, going, now=NOW + timedelta(hours=waited)) == by
    assert mail_channel({}, going, now=NOW) is None


def test_other_channels_say_nothing_about_any_case() -> None:
    toy = DefinitionFiles(TOY).partnership
    partnership: Partnership = toy.model_copy(update={"channels": ROUTES})
    manager = Going(("role:business_manager", "agency:police:contact"), urgent=True, since=NOW)

    assert dict(nudges(partnership, manager)) == {
        "team": f"Toyshire SCP: {URGENT_TEXT} https://portal.scp.example.org/sign-in",
        "duty": URGENT_TEXT,
    }
    assert list(dict(nudges(partnership, replace(manager, urgent=False)))) == ["team"]
    assert TEXT in dict(nudges(partnership, replace(manager, urgent=False)))["team"]
    assert dict(nudges(partnership, CHAIR)) == {}


@pytest.mark.parametrize("alone", ["outside:panel", "contact:family"])
def test_no_channel_calls_to_a_task_whoever_has_none(alone: str) -> None:
    everybody = {"channels": {"team": channel(ChannelKind.TEAMS)}}
    partnership: Partnership = DefinitionFiles(TOY).partnership.model_copy(update=everybody)
    assert list(nudges(partnership, replace(CHAIR, recipients=(alone, "role:chair"), urgent=True)))
    assert not list(nudges(partnership, replace(CHAIR, recipients=(alone,), urgent=True)))


def test_addresses_of_channels_stand_in_the_environment() -> None:
    sender = {"REVIEWFLOW_SENDER": "reviews@scp.example.org"}
    with pytest.raises(SettingsError) as refused:
        delivery_from_environment(sender, Mode.LIVE, ROUTES)
    assert str(refused.value).splitlines()[0] == (
        "Delivery is live, so REVIEWFLOW_CHANNEL_RELAY_URL must say how to reach: A way."
    )
    urls = {f"REVIEWFLOW_CHANNEL_{name.upper()}_URL": "mailtos://u:p@mail.example.org" for name in ROUTES}
    delivery = delivery_from_environment({**sender, **urls}, Mode.LIVE, ROUTES)
    assert delivery.through("relay").mail_url == "mailtos://u:p@mail.example.org"
    assert "u:p" not in repr(delivery)


def test_a_channel_of_mail_is_looked_at_like_the_mail_server() -> None:
    environ = {
        "REVIEWFLOW_SENDER": "reviews@scp.example.org",
        "REVIEWFLOW_CHANNEL_COUNCIL_URL": "mailtos://u:p@mail.example.org?verify=no",
    }
    with pytest.raises(SettingsError, match=r"^REVIEWFLOW_CHANNEL_COUNCIL_URL switches off") as refused:
        delivery_from_environment(environ, Mode.LIVE, {"council": channel()})
    assert "u:p" not in str(refused.value)
