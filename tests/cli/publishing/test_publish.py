"""The command: seen first, released by two people or one as partnership.yaml says, in the office's log, taken back."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from tests.notifications.servers import LoopbackServer, PostOffice, words
from tests.service.conftest import TOY

BY = ["--by", "A. Officer"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office of which one person is enough."""
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/office.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(tmp_path / "definitions"))
    return second(shutil.copytree(TOY, tmp_path / "definitions"), "nobody")


def second(folder: Path, who: str) -> Path:
    path = folder / "partnership.yaml"
    path.write_text(path.read_text() + f"second_person: {who}\n")
    return folder


@pytest.fixture
def laptop(folder: Path) -> Path:
    copy = shutil.copytree(folder, folder.with_name("laptop"))
    (copy / "ladders.yaml").write_text((copy / "ladders.yaml").read_text() + "# looked at\n")
    return copy


def says(*arguments: object) -> str:
    done = CliRunner().invoke(app, ["publish", *map(str, arguments)])
    return str(done.exception) if done.exception and done.exit_code == 1 else done.output


def test_one_person_publishes_and_takes_back_and_the_log_says_so(folder: Path, laptop: Path) -> None:
    digest = says(laptop, "--say-digest").strip()
    assert says(laptop, "--digest", digest) == (
        f"changed  ladders.yaml\nDigest: {digest}\nNothing was changed. To release it, add --yes --by NAME.\n"
    )
    assert "Nothing was published here yet" in says()
    assert "Published: 1 file. The folder is " + digest[:12] in says(laptop, "--digest", digest, "--yes", *BY)
    assert (folder / "ladders.yaml").read_text().endswith("# looked at\n")
    assert "is as it was published last" in says()
    assert "Published: 1 file." in says("--back", "--yes", *BY)
    assert not (folder / "ladders.yaml").read_text().endswith("# looked at\n")
    (folder / "ladders.yaml").write_text((folder / "ladders.yaml").read_text() + "# by hand\n")
    listed = says()
    assert re.search(rf"{digest[:12]}  1 file, by A. Officer", listed)
    assert "it was changed by hand since" in listed
    log = CliRunner().invoke(app, ["delivery"]).output
    assert f"published {digest[:12]} in place of" in log
    assert "one person was enough to publish the definitions " + digest[:12] in log


def test_another_digest_and_a_broken_folder_are_refused(folder: Path, laptop: Path) -> None:
    assert "is not the folder that was previewed" in says(laptop, "--digest", "0" * 64, "--yes", *BY)
    (laptop / "ladders.yaml").write_text("nonsense: 1\n")
    assert "ladders.yaml:1" in says(laptop, "--yes", *BY)
    assert "Either a folder or --back" in says(laptop, "--back")
    assert "Nothing was published here yet" in says()


def test_a_folder_that_the_offices_user_cannot_see_is_told_with_where_it_looks(folder: Path, laptop: Path) -> None:
    laptop.rename(laptop.with_name("elsewhere"))
    for asked in (["--yes", *BY], ["--say-digest"]):
        told = says(laptop, *asked)
        assert f"No folder {laptop} is to be seen by the user" in told
        assert f"who works in {Path.cwd()}" in told
        assert "Nothing was changed." in told


@pytest.fixture
def mailed(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    server = LoopbackServer(post := PostOffice())
    server.start()
    monkeypatch.setenv("REVIEWFLOW_MAIL_URL", f"mailto://127.0.0.1:{server.port}")
    monkeypatch.setenv("REVIEWFLOW_SENDER", "office@example.org")
    yield post
    server.stop()


def test_a_second_person_confirms_what_was_staged(
    folder: Path, laptop: Path, mailed: PostOffice, capfd: pytest.CaptureFixture[str]
) -> None:
    path = folder / "partnership.yaml"
    path.write_text(path.read_text().replace("second_person: nobody", "second_person: business_manager"))
    says(laptop, "--yes", *BY)
    assert "This needs a second person: Business manager." in capfd.readouterr().out
    assert "looked at" not in (folder / "ladders.yaml").read_text()
    [letter] = mailed.mails
    assert re.search(r"A. Officer asks to publish the definitions \w{12} \(2 files\)", words(letter))
    code = re.search(r"this code: (\S+)", words(letter))
    assert code
    shutil.rmtree(laptop)
    done = CliRunner().invoke(app, ["confirm", "1", "--by", "B. Manager", "--code", code[1]])
    assert "Published: 2 files." in done.output
    assert "looked at" in (folder / "ladders.yaml").read_text()
