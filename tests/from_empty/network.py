"""A network of a few machines of ours, with nothing else on it."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NEW_NETWORK = 0x40000000
PLACE = "/run/netns"


@contextmanager
def network(addresses: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """A namespace for each machine, by its name, joined by a bridge in one more; all are gone after the block."""
    begin = f"empty-{os.getpid()}"
    names, between = {name: f"{begin}-{name}" for name in addresses}, f"{begin}-between"
    try:
        _ip("netns", "add", between)
        _ip("-n", between, "link", "add", "middle", "type", "bridge")
        _ip("-n", between, "link", "set", "middle", "up")
        for name, address in addresses.items():
            _join(between, name, names[name], address)
        yield {name: f"{PLACE}/{names[name]}" for name in addresses}
    finally:
        for namespace in (*names.values(), between):
            _delete(namespace)


@contextmanager
def loopback() -> Iterator[str]:
    """A network of one machine, which reaches nobody else; it outlives a start anew, and is gone after the block."""
    name = f"empty-{os.getpid()}-alone"
    _ip("netns", "add", name)
    try:
        _ip("-n", name, "link", "set", "lo", "up")
        yield f"{PLACE}/{name}"
    finally:
        _delete(name)


def enter(place: str) -> None:
    """From now on this thread, and what it begins, is on this network and no other."""
    with Path(place).open("rb") as network:
        if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), NEW_NETWORK):
            raise OSError(ctypes.get_errno(), f"cannot enter the network {place}")


def _delete(namespace: str) -> None:
    subprocess.run(["ip", "netns", "delete", namespace], capture_output=True, check=False, timeout=30)


def _join(between: str, name: str, namespace: str, address: str) -> None:
    _ip("netns", "add", namespace)
    peer = ("peer", "name", "eth0", "netns", namespace)
    _ip("-n", between, "link", "add", f"to-{name}", "type", "veth", *peer)
    _ip("-n", between, "link", "set", f"to-{name}", "master", "middle", "up")
    _ip("-n", namespace, "address", "add", f"{address}/24", "dev", "eth0")
    for device in ("lo", "eth0"):
        _ip("-n", namespace, "link", "set", device, "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=30)
