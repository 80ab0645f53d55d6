"""What may be written at all, and how it stands in the folder."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications import folder
from notifications.delivery import Delivery
from notifications.letters.letter import Letter, message_id, problems
from notifications.outcome import DeliveryStatus
from notifications.send import send
from reviewflow.addresses import is_address
from tests.notifications.servers import PostOffice, parsed, words

NOW = datetime(2026, 5, 14, 8, 30, tzinfo=UTC)
LETTER = Letter("RR-2026-001/14.1", "lead@police.example.org", "RR-2026-001: due", "Good morning\n")
fixture_stays = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

INJECTIONS = [
    "x\r\nBcc: thief@example.com",
    "x\nBcc: thief@example.com",
    "x\rBcc: thief@example.com",
    "x\r\n\r\n<html>",
    "\nx",
    "x\n",
    "x\0y",
    "x\x0by",
    "x\x1by",
    "x\x85Bcc: thief@example.com",
    "x\u2028Bcc: thief@example.com",
    "x\u2029y",
    "x\u202egro.elpmaxe",
    "x\u2066y",
    "x\u200fy",
    "x\ud800",
    "=?utf-8?q?x=0d=0aBcc:_thief=40example.com?=",
]
NOT_ONE_ADDRESS = [
    "",
    "lead",
    "lead@",
    "@police.example.org",
    "lead@police",
    "lead@police..example.org",
    "lead@-police.example.org",
    "lead@127.0.0.1",
    "lead@[127.0.0.1]",
    "lead@pölice.example.org",
    "lëad@police.example.org",
    "a@b.example.org,c@d.example.org",
    "a@b.example.org c@d.example.org",
    "a@b.example.org;c@d.example.org",
    "a@b@c.example.org",
    "Lead <lead@police.example.org>",
    "<lead@police.example.org>",
    '"lead"@police.example.org',
    "thief%example.com@police.example.org",
    "lead..x@police.example.org",
    ".lead@police.example.org",
    " lead@police.example.org",
    "lead@police.example.org\n",
    "l" * 65 + "@police.example.org",
    "lead@" + "police." * 40 + "example.org",
]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("part", ["subject", "to", "reference"])
def test_nothing_reaches_a_header_that_could_start_another(
    serve: Callable[..., int], live: Callable[[str], Delivery], part: str, text: str
) -> None:
    value = f"{text}@police.example.org" if part == "to" else text
    outcome = send(replace(LETTER, **{part: value}), live("mailto://127.0.0.1:1"), now=NOW)

    assert outcome.verdict is DeliveryStatus.REFUSED
    assert not any(unicodedata.category(character).startswith("C") for character in outcome.detail)


@pytest.mark.parametrize("address", NOT_ONE_ADDRESS)
def test_what_is_not_one_address_is_refused(rehearsal: Delivery, address: str) -> None:
    outcome = send(replace(LETTER, to=address), rehearsal, now=NOW)

    assert outcome.verdict is DeliveryStatus.REFUSED
    assert "is not one e-mail address" in outcome.detail
    assert not rehearsal.folder.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"subject": ""}, "The subject is empty."),
        ({"subject": "x" * 201}, "The subject has 201 characters; 200 is the most."),
        ({"subject": "x\ny"}, "The subject holds a line break or control character (U+000A)."),
        ({"subject": "x\u202ey"}, "The subject holds a character that turns the reading direction (U+202E)."),
        ({"text": "x\0y"}, "The text holds a control character (U+0000)."),
        ({"reference": "RR 1"}, "The reference 'RR 1' is not 1 to 100 plain letters and digits."),
        ({"to": "lead"}, "'lead' is not one e-mail address."),
    ],
)
def test_every_refusal_says_why(change: dict[str, str], said: str) -> None:
    assert problems(replace(LETTER, **change)) == [said]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(problems(Letter("", "", "", "\0"))) == 4


def test_a_test_run_writes_a_mail_that_programs_open(rehearsal: Delivery) -> None:
    outcome = send(LETTER, rehearsal, now=NOW)

    path = rehearsal.folder / "RR-2026-001_14.1.eml"
    assert outcome.verdict is DeliveryStatus.HELD
    assert str(path) in outcome.detail
    mail = parsed(path.read_bytes())
    assert dict(mail.items()) == {
        "From": "Safeguarding reviews <reviews@partnership.example.org>",
        "To": "lead@police.example.org",
        "Subject": "RR-2026-001: due",
        "Date": "Thu, 14 May 2026 08:30:00 +0000",
        "Message-ID": message_id(LETTER.reference, "partnership.example.org", LETTER.to, LETTER.subject, LETTER.body),
        "X-Reviewflow-Reference": "RR-2026-001/14.1",
        "Auto-Submitted": "auto-generated",
        "Content-Type": mail["Content-Type"],
        "MIME-Version": "1.0",
    }
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert words(mail) == "Good morning\n\nReference RR-2026-001/14.1\n"


def test_a_welsh_subject_is_written_in_words_of_a_length_that_every_program_reads(rehearsal: Delivery) -> None:
    subject = "Nodyn atgoffa: mae crynodeb yr asiantaeth yn ddyledus erbyn dydd Gwener 12 Mehefin, ŵ ac ŷ, RR-2026-001"
    send(replace(LETTER, subject=subject), rehearsal, now=NOW)
    content = (rehearsal.folder / "RR-2026-001_14.1.eml").read_bytes()
    encoded = re.findall(rb"=\?utf-8\?.*?\?=", content)
    assert encoded
    assert max(map(len, encoded)) <= 75  # RFC 2047, section 2
    assert parsed(content)["Subject"] == subject


@pytest.mark.parametrize("length", range(60, 85))
def test_a_subject_begins_in_its_own_line_whatever_its_length(rehearsal: Delivery, length: int) -> None:
    subject = f"RR-2026-001: please reply by Mon 26 Oct 2026 {'and more ' * 9}"[: length - 1] + "x"
    send(replace(LETTER, subject=subject), rehearsal, now=NOW)
    content = (rehearsal.folder / "RR-2026-001_14.1.eml").read_bytes()
    assert b"\r\nSubject: RR-2026-001: please" in content
    assert parsed(content)["Subject"] == subject


@pytest.mark.parametrize(
    ("reference", "begins"),
    [
        ("RR-2026-001/14.1", "<RR-2026-001/14.1."),
        ("digest/morning/business_support/2026-05-12", "<digest/morning/business_support/2026-05-12."),
        (".a..b@c<d>.", "<-a-.b-c-d--."),
    ],
)
def test_the_message_id_begins_with_the_number_so_that_a_mail_servers_log_tells_it(reference: str, begins: str) -> None:
    made = message_id(reference, "example.org", "lead@police.example.org", "text")
    assert made.startswith(begins)
    assert re.fullmatch(r"<[A-Za-z0-9/_-]+(\.[A-Za-z0-9/_-]+)*@example\.org>", made)


def test_a_repeat_leaves_one_file(rehearsal: Delivery) -> None:
    outcomes, contents = [], []
    for _ in range(2):
        outcomes.append(send(LETTER, rehearsal, now=NOW))
        [path] = rehearsal.folder.iterdir()
        contents.append(path.read_bytes())

    assert outcomes[0] == outcomes[1]
    assert contents[0] == contents[1]


def test_only_the_owner_reads_the_folder(rehearsal: Delivery) -> None:
    send(LETTER, rehearsal, now=NOW)

    assert rehearsal.folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in rehearsal.folder.iterdir())


def test_a_folder_that_cannot_be_written_to_is_trouble_that_may_pass(rehearsal: Delivery) -> None:
    rehearsal.folder.write_text("in the way")

    outcome = send(LETTER, rehearsal, now=NOW)
    assert outcome.verdict is DeliveryStatus.RETRY
    assert outcome.detail == f"The folder {rehearsal.folder} could not be written to: File exists."


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(rehearsal: Delivery) -> None:
    (rehearsal.folder / "RR-2026-001_14.1.eml").mkdir(parents=True)

    assert send(LETTER, rehearsal, now=NOW).verdict is DeliveryStatus.RETRY
    assert [path.name for path in rehearsal.folder.iterdir()] == ["RR-2026-001_14.1.eml"]


@pytest.mark.parametrize("text", ["", "\n\n", "One line", "x" * 3000 + " é", "a\r\nb\n\n\n", "From here\n.\nTo there"])
def test_any_text_stands_in_the_folder_as_it_is_sent(
    serve: Callable[..., int], live: Callable[[str], Delivery], rehearsal: Delivery, text: str
) -> None:
    office, letter = PostOffice(), replace(LETTER, text=text)
    send(letter, live(f"mailto://127.0.0.1:{serve(office)}"), now=NOW)
    send(letter, rehearsal, now=NOW)

    [mail], [path] = office.mails, rehearsal.folder.iterdir()
    assert words(mail).rstrip() == words(parsed(path.read_bytes())).rstrip() == letter.body.rstrip()


@fixture_stays
@given(reference=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=100))
def test_every_reference_has_a_safe_name(reference: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,90}|~[0-9a-f]{16}", folder.name_of(reference))


@pytest.mark.parametrize("other", ["RR-2026-001_14.1", "rr-2026-001/14.1", "RR-2026-001//14.1", "RR-2026-001\\14.1"])
def test_no_two_references_share_a_file(other: str) -> None:
    assert folder.name_of(other).lower() != folder.name_of("RR-2026-001/14.1").lower()


@fixture_stays
@given(subject=st.text(min_size=1, max_size=200), text=st.text(max_size=300))
def test_what_is_not_refused_comes_back_as_it_went_in(rehearsal: Delivery, subject: str, text: str) -> None:
    letter = replace(LETTER, subject=subject, text=text)
    outcome = send(letter, rehearsal, now=NOW)

    if outcome.verdict is DeliveryStatus.HELD:
        mail = parsed((rehearsal.folder / "RR-2026-001_14.1.eml").read_bytes())
        assert mail["Subject"] == subject.strip()
        assert words(mail) == letter.body
        assert mail.keys().count("To") == 1
        assert "Bcc" not in mail
    else:
        assert problems(letter)


@given(address=st.emails())
def test_an_address_is_taken_whole_or_not_at_all(address: str) -> None:
    assert not is_address(address) or address.count("@") == 1
    assert not is_address(f"{address},lead@police.example.org")
