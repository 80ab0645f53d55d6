"""A network of a few machines of ours, with nothing else on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


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
        yield {name: f"/run/netns/{names[name]}" for name in addresses}
    finally:
        for namespace in (*names.values(), between):
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
