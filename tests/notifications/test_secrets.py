"""The mail URL never shows: not in a log at any level, not in an outcome, not in an error."""

import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from apprise import PersistentStoreMode

from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from notifications.mail import route_to
from notifications.send import send
from notifications.settings import delivery_from_environment
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError
from tests.notifications.servers import PostOffice

NOW = datetime(2026, 5, 14, 8, 30, tzinfo=UTC)
CANARY = "CANARY-7f3a-Xq9"


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """All that was logged, at every level, by all but the server's own side, and all that was printed."""
    caplog.set_level(1)
    caplog.set_level(1, "apprise")

    def read() -> str:
        ours = [record for record in caplog.records if record.name not in {"mail.log", "asyncio"}]
        printed = capfd.readouterr()
        return "\n".join([*(logging.Formatter().format(record) for record in ours), printed.out, printed.err])

    return read


@pytest.mark.parametrize("accepts", [True, False])
@pytest.mark.parametrize("rcpt", ["250 OK", "550 No", "451 Later"])
def test_nothing_shows_whatever_the_server_says(
    serve: Callable[..., int],
    live: Callable[[str], Delivery],
    letter: Letter,
    everything: Callable[[], str],
    rcpt: str,
    accepts: bool,
) -> None:
    options = {"authenticator": lambda *_: AuthResult(success=accepts, handled=accepts), "auth_require_tls": False}
    port = serve(PostOffice(rcpt=(rcpt,)), **options)
    delivery = live(f"mailto://reviews:{CANARY}@127.0.0.1:{port}")

    outcome = send(letter, delivery, now=NOW)

    shown = everything()
    assert CANARY not in outcome.detail + repr(delivery) + str(delivery) + shown
    assert letter.to not in outcome.detail + shown


@pytest.mark.parametrize(
    "url",
    [
        f"mailto://reviews:{CANARY}@127.0.0.1:1",
        f"mailto://reviews:{CANARY}é@127.0.0.1:1",
        f"mailtoo://reviews:{CANARY}@mail.example.org",
        f"mailto://reviews:{CANARY}@mail.example.org",
        f"mailtos://reviews:{CANARY}@mail.example.org?mode=sideways",
        f"mailtos://reviews:{CANARY}@mail.example.org?to={CANARY}@example.org",
        f"mailtos://reviews:{CANARY}@mail.example.org:99999999",
        f"mailtos://:{CANARY}@",
        f"json://user:{CANARY}@127.0.0.1:1",
        f"o365://{CANARY}@example.org/tenant",
        f"{CANARY}",
    ],
)
def test_nothing_shows_when_the_settings_are_wrong(
    live: Callable[[str], Delivery], letter: Letter, everything: Callable[[], str], url: str
) -> None:
    outcome = send(letter, live(url), now=NOW)
    sender = {"REVIEWFLOW_SENDER": "reviews@example.org"}
    said = ""
    try:
        delivery_from_environment({"REVIEWFLOW_MAIL_URL": url, **sender}, Mode.LIVE)
    except SettingsError as error:
        said = "".join(traceback.format_exception(error))

    assert CANARY not in outcome.detail + said + everything()


@pytest.mark.parametrize("name", ["REVIEWFLOW_SENDER", "REVIEWFLOW_GUESTS"])
def test_a_mail_url_in_the_wrong_place_does_not_show(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} (is|has) a URL") as refused:
        delivery_from_environment({name: f"mailtos://reviews:{CANARY}@mail.example.org"}, Mode.TEST)

    assert CANARY not in str(refused.value)


def test_a_sign_in_that_cannot_be_spelt_is_trouble_and_not_a_crash(
    serve: Callable[..., int], live: Callable[[str], Delivery], letter: Letter, everything: Callable[[], str]
) -> None:
    port = serve(PostOffice(), authenticator=lambda *_: AuthResult(success=True), auth_require_tls=False)

    outcome = send(letter, live(f"mailto://reviews:{CANARY}é@127.0.0.1:{port}"), now=NOW)

    assert outcome.verdict == "retry"
    assert CANARY not in outcome.detail + everything()


def test_nothing_is_kept_on_disk(
    serve: Callable[..., int], live: Callable[[str], Delivery], letter: Letter, tmp_path: Path
) -> None:
    """Apprise would keep what it learns of a service in a folder of its own, unless told otherwise."""
    delivery = live(f"mailto://reviews:{CANARY}@127.0.0.1:{serve(PostOffice())}")
    send(letter, delivery, now=NOW)

    assert route_to(delivery, letter.to).store.mode is PersistentStoreMode.MEMORY
    assert list(tmp_path.iterdir()) == []


def test_others_who_use_apprise_keep_their_log(everything: Callable[[], str]) -> None:
    logging.getLogger("apprise").warning("a notification block of Prefect")

    assert "a notification block of Prefect" in everything()
