"""An empty Debian of our own, and what its package managers would fetch: kept, so that the next time takes seconds."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
KEPT = HERE / "var" / "from-empty"
DEBIAN = "bookworm"
BARE = "systemd,systemd-sysv,dbus,sudo,ca-certificates"
"""What a Debian has on which anybody can work: it starts, and somebody may become root."""
NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "nsenter": "util-linux"}
LAST = 20
"""Lines of a command that failed."""
WHEELS, ARCHIVES = "srv/wheels", "var/cache/apt/archives"
ONLY_WHEELS = {"no_index": "true", "find_links": f"/{WHEELS}"}
"""Pip fetches nothing: all that it needs was put there."""
WHO = "it"


def missing() -> str:
    """What this machine needs for it, in words; '' when all is there."""
    packages = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if os.name != "posix" or sys.platform != "linux" or os.getuid() != 0:
        return "it takes root on Linux: a machine of its own is started"
    return f"not on this machine; on Debian apt-get install {' '.join(packages)}" if packages else ""


def give(*words: str, **options: object) -> str:
    """Give a command; what it said. Raises CalledProcessError with it when it fails."""
    done = subprocess.run(words, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        print(*(done.stdout + done.stderr).splitlines()[-LAST:], sep="\n", file=sys.stderr)
    done.check_returncode()
    return str(done.stdout)


def packages_of_the_installer() -> list[str]:
    """The names in deploy/install, so that no machine need reach a mirror; and what the store of several has."""
    text = (HERE / "deploy" / "install").read_text(encoding="utf-8")
    named = re.findall(r'packages="([a-z0-9 -]+)', text)
    return sorted({name for names in named for name in names.split()} | {"redis-server"})


def empty() -> Path:
    """The bare system, made once."""
    place = KEPT / DEBIAN
    if not place.exists():
        made = place.with_suffix(".new")
        shutil.rmtree(made, ignore_errors=True)
        made.parent.mkdir(parents=True, exist_ok=True)
        give("debootstrap", "--variant=minbase", f"--include={BARE}", DEBIAN, str(made))
        shutil.copy("/etc/resolv.conf", made / "etc" / "resolv.conf")
        give("chroot", str(made), "apt-get", "update", "-qq")
        names = packages_of_the_installer()
        give("chroot", str(made), "apt-get", "install", "-y", "-qq", "--download-only", *names)
        made.rename(place)
    return place


def wheels(wheel: Path) -> Path:
    """All that the wheel needs, by Debian's own Python, fetched once for each list of versions."""
    constraints = HERE / "constraints.txt"
    place = KEPT / f"wheels-{hashlib.sha256(constraints.read_bytes()).hexdigest()[:12]}"
    if not place.exists():
        builder = KEPT / "builder"
        shutil.rmtree(builder, ignore_errors=True)
        give("cp", "-a", "--reflink=auto", str(empty()), str(builder))
        give("chroot", str(builder), "apt-get", "install", "-y", "-qq", "python3-venv")
        _as_here(builder)
        for file in (wheel, constraints):
            shutil.copy(file, builder / "srv")
        give("chroot", str(builder), "python3", "-m", "venv", "/srv/venv")
        pip = ["chroot", str(builder), "/srv/venv/bin/python", "-m", "pip"]
        give(*pip, "install", "--quiet", "wheel")  # one of the packages has none of its own
        given = ["-c", "/srv/constraints.txt", "-w", f"/{WHEELS}", f"/srv/{wheel.name}[all]"]
        give(*pip, "wheel", "--quiet", *given)
        for own in (builder / WHEELS).glob("reviewflow-*"):
            own.unlink()
        shutil.move(builder / WHEELS, place)
        shutil.rmtree(builder)
    return place


def _as_here(builder: Path) -> None:
    """Where this machine's pip looks, and whom it trusts: for the fetching alone."""
    for name in ("/etc/pip.conf", "/root/.config/pip/pip.conf", "/etc/ssl/certs/ca-certificates.crt"):
        if Path(name).exists():
            place = builder / name.removeprefix("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(name, place)


def wheel() -> Path:
    """Our own, of what stands here now."""
    give(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "var/wheel", cwd=HERE)
    return max((HERE / "var" / "wheel").glob("reviewflow-*.whl"), key=lambda path: path.stat().st_mtime)


def fetch_nothing(conf: Path) -> None:
    """Write settings of pip by which it takes what lies in the folder of wheels, and nothing else."""
    settings = ConfigParser()
    settings["global"] = ONLY_WHEELS
    with conf.open("w", encoding="utf-8") as file:
        settings.write(file)


def furnish(root: Path, name: str) -> None:
    """A copy of the bare system with who works on it, a checkout, and what would be fetched. It reaches no network."""
    ours = wheel()
    give("cp", "-a", "--reflink=auto", str(empty()), str(root))
    (root / "etc" / "hostname").write_text(f"{name}\n")
    (root / "etc" / "hosts").write_text(f"127.0.0.1 localhost\n127.0.1.1 {name}\n")
    (root / "etc" / "resolv.conf").unlink()
    give("cp", "-r", str(wheels(ours)), str(root / WHEELS))
    fetch_nothing(root / "etc" / "pip.conf")
    give("chroot", str(root), "useradd", "--create-home", "--shell", "/bin/bash", WHO)
    (root / "etc" / "sudoers.d" / WHO).write_text(f"{WHO} ALL=(ALL) NOPASSWD: ALL\n")
    checkout(root / "home" / WHO / "reviewflow")
    shutil.copytree(ours.parent, root / "home" / WHO / "reviewflow" / "var" / "wheel")
    give("chroot", str(root), "chown", "-R", f"{WHO}:{WHO}", f"/home/{WHO}")


def checkout(place: Path) -> None:
    """What git keeps here, as it stands."""
    listed = give("git", "ls-files", "-z", cwd=HERE).split("\0")
    for name in filter(None, listed):
        if (HERE / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HERE / name, place / name)
