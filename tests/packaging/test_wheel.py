"""The program as an office gets it: a wheel, in an environment of its own, run in folders of the office."""

import shutil
import signal
import subprocess
import tomllib
import zipfile
from pathlib import Path
from threading import Timer

import pytest

from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.service.workspace.errors import UserError
from tests.packaging.wheel import ROOT, Installed, build_wheel, install
from tests.prefect.conftest import migrated

__all__ = ["migrated"]

LONGEST = 300.0


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(wheel, tmp_path_factory.mktemp("office") / "environment")


@pytest.fixture
def installed(programs: Path, tmp_path: Path) -> Installed:
    return Installed(programs, tmp_path)


def test_everything_that_is_shipped_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "definitions"], cwd=ROOT, check=True, capture_output=True, text=True)
    assert {f"reviewflow/data/{path}" for path in tracked.stdout.split()} <= names
    for package in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["packages"]:
        modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}
        assert modules <= names, package
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


@pytest.mark.slow
def test_an_office_makes_its_folder_and_works_in_it(installed: Installed) -> None:
    where = installed.run("python", "-c", "import reviewflow, flows, tasks; print(reviewflow.__file__, flows.__file__)")
    assert str(ROOT) not in where.stdout, "the working copy is seen"
    made = installed.run("reviewflow", "init-office", "lantern")
    assert made.returncode == 0, made.stderr
    for command in (
        ["init", "our_review", "--from", "case_discussion"],
        ["preview", "our_review", "--date", "decided=2026-12-18"],
        ["diagram", "our_review", "-o", "our_review.png"],
        ["open", "rapid_review", "--date", "aware=2026-05-01", "--date", "notified=2026-05-05", "--agency", "police"],
        ["sweep"],
    ):
        done = installed.run("reviewflow", *command, within="lantern")
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    files = len([*(installed.folder / "lantern" / "definitions").rglob("*.yaml")])
    assert installed.run("reviewflow", "check", within="lantern").stdout.endswith(
        f"{files} files checked: no problems.\n"
    )


@pytest.mark.parametrize("command", [["check"], ["preview", "rapid_review"], ["serve"]])
def test_where_there_is_no_office_it_says_how_to_make_one(installed: Installed, command: list[str]) -> None:
    done = installed.run("reviewflow", *command)
    assert (done.returncode, done.stdout) == (1, "")
    assert "reviewflow init-office FOLDER" in done.stderr
    assert list(installed.folder.iterdir()) == []


@pytest.mark.slow
def test_the_demo_runs_anywhere(installed: Installed) -> None:
    """Prefect sets up an empty database of its own."""
    done = installed.run("reviewflow", "demo", "--once")
    assert done.returncode == 0, done.stderr
    assert "A case in words:      reviewflow show LE-" in done.stdout
    assert list((installed.folder / "var" / "demo" / "messages").glob("*.eml"))


@pytest.mark.slow
def test_prefect_is_served_from_any_folder(installed: Installed, migrated: Path) -> None:
    """And a sweep is run in it, from the database that Prefect had there before."""
    assert installed.run("reviewflow", "init-office", ".").returncode == 0
    shutil.copytree(migrated, installed.folder / "var" / "prefect")
    port = free_port()
    command = [installed.programs / "reviewflow", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=installed.folder, env=installed.environment, stdout=subprocess.PIPE, text=True
    ) as serving:
        stop = Timer(LONGEST, serving.kill)
        stop.start()
        try:
            assert serving.stdout is not None
            assert f"http://127.0.0.1:{port}" in serving.stdout.readline(), logs(installed.folder)
            try:
                password = (installed.folder / "var" / "prefect-password").read_text(encoding="utf-8")
                address = {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "PREFECT_API_AUTH_STRING": password}
                run_deployment(address, "chase/chase")
            except UserError:
                pytest.fail(logs(installed.folder))
        finally:
            stop.cancel()
            serving.send_signal(signal.SIGINT)
            serving.wait(LONGEST)
    assert (installed.folder / "var" / "reviewflow.db").exists()


def logs(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8")[-3000:] for path in folder.glob("var/logs/*.log"))
