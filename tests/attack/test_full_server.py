"""PostgreSQL without room on its own disk, and stopped by it: told in words, nothing half, and all goes on."""

import os
import shutil

import pytest

from tests.attack.full_server import on_a_disk_of_its_own


@pytest.mark.slow
def test_everybody_is_told_and_all_goes_on_once_there_is_room() -> None:
    if os.geteuid() or not shutil.which("unshare"):
        pytest.skip("only root may have a disk here that PostgreSQL's own user can write to")
    done = on_a_disk_of_its_own()
    assert (done.returncode, done.stdout[-1_000:], done.stderr[-2_000:])[0] == 0
