"""The wheel, built and installed into an environment of its own that sees what else is installed here."""

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Installed:
    """The programs of that environment, used in a folder that is far from the working copy."""

    programs: Path
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """As of somebody who has set nothing."""
        ours = ("REVIEWFLOW_", "PREFECT_", "PYTHON", "VIRTUAL_ENV")
        rest = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {**rest, "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}"}

    def run(self, *words: str, within: str = ".") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.folder / within, env=self.environment, capture_output=True, text=True, check=False
        )


def build_wheel(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, environment: Path) -> Path:
    """Where its programs are. What it needs is seen through a .pth: such a folder's own .pth files, and so the working
    copy that is installed there, are not."""
    venv.create(environment, with_pip=False)
    programs = environment / "bin"
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    return programs
