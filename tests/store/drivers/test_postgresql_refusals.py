"""Why a server lets nobody in is said in words of an office, also where its library hands on text alone."""

import psycopg
import pytest

from reviewflow.store.drivers.postgresql_refusals import why_refused
from reviewflow.store.errors import DiskFull, HeldByOthers

AT = 'connection failed: connection to server at "10.0.0.5", port 5432 failed: '


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("FATAL:  the database system is starting up", "its server starts, or stops"),
        ("FATAL:  the database system is in recovery mode", "its server starts, or stops"),
        ("FATAL:  sorry, too many clients already", "as many use it as its server lets in"),
        ("FATAL:  remaining connection slots are reserved for roles with SUPERUSER", "as many use it"),
        ("Connection refused\n\tIs the server running on that host?", "nobody answers at this address"),
        ("timeout expired", "nobody answers at this address"),
        (
            'FATAL:  password authentication failed for user "officer"',
            "its server does not know this name and password",
        ),
    ],
)
def test_what_libpq_says_is_said_in_words(said: str, words: str) -> None:
    refused = why_refused(psycopg.OperationalError(AT + said), "The database reviews")
    assert type(refused) is HeldByOthers
    assert str(refused).startswith(f"The database reviews cannot be used: {words}")
    assert "FATAL" not in str(refused)


def test_a_full_disk_keeps_a_server_from_letting_anybody_in() -> None:
    full = psycopg.OperationalError(f"{AT}FATAL:  could not write init file: No space left on device")
    refused = why_refused(full, "The database reviews")
    assert type(refused) is DiskFull
    assert "the disk is full on its server; nothing was changed" in str(refused)


def test_what_nobody_has_words_for_is_handed_on() -> None:
    other = psycopg.OperationalError(f'{AT}FATAL:  database "reviews" does not exist\nmore')
    assert str(why_refused(other, "The database reviews")).endswith('FATAL:  database "reviews" does not exist')
