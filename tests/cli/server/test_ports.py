"""Which port Prefect gets: the one that was asked for, or any that is free."""

import socket
from collections.abc import Iterator

import pytest

from reviewflow.cli.server.ports import LOOPBACK, free_port, is_free


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind((LOOPBACK, 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_port_that_somebody_listens_on_is_not_free(taken: int) -> None:
    assert not is_free(taken)


def test_the_preferred_port_is_taken_when_it_is_free(taken: int) -> None:
    other = free_port()
    assert free_port(other) == other != taken


def test_when_the_preferred_port_is_in_use_another_is_chosen(taken: int) -> None:
    chosen = free_port(taken)
    assert chosen != taken
    assert is_free(chosen)
