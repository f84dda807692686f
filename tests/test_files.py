"""Files written whole or not at all: whatever refuses, the file that was there stays, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.diagnostics import CannotRun
from authoring.files import write_whole
from tests.conftest import ROOT, Command, command, environment, tool, without_privileges


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(target: Path) -> str:
    with pytest.raises(CannotRun) as refused:
        write_whole(target, b"new")
    (found,) = refused.value.diagnostics
    assert found.file == str(target)
    assert refused.value.exit_code == 2
    return found.message.zh


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file from an earlier run, alone in its folder."""
    target = tmp_path / "050.pdf"
    target.write_bytes(b"old")
    return target


def test_new_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "050.pdf", b"new")
    assert (tmp_path / "050.pdf").read_bytes() == b"new"
    assert names(tmp_path) == ["050.pdf"]


def test_old_file_is_replaced(old: Path) -> None:
    write_whole(old, b"new")
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["050.pdf"]


def test_folders_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "输出" / "五十期" / "050.pdf", b"new")
    assert (tmp_path / "输出" / "五十期" / "050.pdf").read_bytes() == b"new"


def test_longest_name_that_a_system_takes(tmp_path: Path) -> None:
    target = tmp_path / ("稿" * 83 + ".pdf")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"


def test_open_file_keeps_what_it_had(old: Path) -> None:
    with old.open("rb") as reader:
        write_whole(old, b"new")
        assert reader.read() == b"old"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_mode_is_kept(old: Path, mode: int) -> None:
    old.chmod(mode)
    write_whole(old, b"new")
    assert old.stat().st_mode & 0o777 == mode


def test_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_whole(tmp_path / "050.pdf", b"new")
    assert (tmp_path / "050.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod", "fdopen"])
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "磁盘满了，没有写成"),
        (errno.EROFS, "磁盘是只读的，没有写成"),
        (errno.EACCES, "写不进去：没有权限，或文件正被 Word、WPS 打开"),
        (errno.EIO, "没有写成（系统错误 5）"),
    ],
    ids=["full", "read-only", "no permission", "broken"],
)
def test_refusal_leaves_all_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, reason: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, step, refuse)
        said = refusal(old)
    assert said == f"{reason}；原来的文件没有动"
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["050.pdf"]


def test_interruption_leaves_all_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_whole(old, b"new")
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["050.pdf"]


def test_folder_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "050.pdf").mkdir()
    assert refusal(tmp_path / "050.pdf").startswith("写不进去：同名的是一个文件夹")
    assert names(tmp_path) == ["050.pdf"]


@pytest.mark.parametrize("inside", ["050.pdf", "out/050.pdf"])
def test_file_where_the_folder_should_be(old: Path, inside: str) -> None:
    assert refusal(old / inside).startswith("写不进去：")
    assert old.read_bytes() == b"old"


def test_name_that_is_too_long(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("稿" * 100 + ".pdf")).startswith("写不进去：文件名太长")
    assert names(tmp_path) == []


linux = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux's own limits")


@linux
def test_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "050.pdf").write_bytes(b"old")
    folder.chmod(0o555)
    tmp_path.parent.chmod(0o755)
    with without_privileges():
        said = refusal(folder / "050.pdf")
    assert said.startswith("写不进去：没有权限")
    assert (folder / "050.pdf").read_bytes() == b"old"


@linux
def test_file_system_that_cannot_be_written() -> None:
    assert refusal(Path("/proc/050.pdf")).endswith("；原来的文件没有动")


FULL_DISK = """
import resource, sys
from pathlib import Path
from authoring.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
main(sys.argv[1:])
"""
"""The command where no file may grow beyond 64 kB: writing stops half-way, as on a full disk."""


@linux
def test_disk_that_fills_up_while_writing(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "050.pdf").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, "build", samples / "050.yaml", "--to", "pdf", "-o", tmp_path],
        capture_output=True, env=environment(), check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "没有写成" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert (tmp_path / "050.pdf").read_bytes() == b"old"
    assert names(tmp_path) == ["050.pdf"]


@linux
def test_full_disk_for_real(tmp_path: Path, samples: Path) -> None:
    """A file system of 64 kB, mounted in a name space of its own, so that nothing outside sees it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    build = " ".join(
        f"'{word}'" for word in command("build", samples / "050.yaml", "--to", "pdf", "-o", disk)
    )
    script = f"mount -t tmpfs -o size=64k none '{disk}' && printf old > '{disk}/050.pdf' && {build}; echo $?; cat '{disk}/050.pdf'; ls -A '{disk}'"
    done = subprocess.run(
        [tool("unshare"), "--user", "--map-root-user", "--mount", "sh", "-c", script],
        capture_output=True, env=environment(), check=False, timeout=60, text=True, encoding="utf-8",
    )  # fmt: skip
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("no name spaces here; the limit on a file's size above stands for this")
    assert done.stdout == "2\nold050.pdf\n"
    assert "磁盘满了，没有写成；原来的文件没有动" in done.stderr


@linux
@pytest.mark.parametrize("previous", [None, b"old"], ids=["none before", "one before"])
def test_killed_at_any_moment(tmp_path: Path, samples: Path, previous: bytes | None) -> None:
    whole: dict[str, bytes] = {}
    arguments = command("build", samples / "050.yaml", "--to", "pdf,trace", "-o")
    start = time.perf_counter()
    subprocess.run([*arguments, str(tmp_path)], check=True, env=environment(), capture_output=True)
    lasts = time.perf_counter() - start
    for name in ("050.pdf", "050.trace"):
        whole[name] = (tmp_path / name).read_bytes()
    for attempt in range(10):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        if previous is not None:
            for name in whole:
                (folder / name).write_bytes(previous)
        run = subprocess.Popen(
            [*arguments, str(folder)], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            run.wait(lasts * (attempt + 1) / 10)
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        for name, data in whole.items():
            left = (folder / name).read_bytes() if (folder / name).exists() else None
            assert left in (previous, data), f"{name} is partial after attempt {attempt}"


def test_issue_that_fails_leaves_the_previous_output(
    run: Command, write: Callable[..., Path], draft: str, tmp_path: Path
) -> None:
    assert run("build", write(draft), "--to", "trace", "-o", tmp_path / "out").code == 0
    before = (tmp_path / "out" / "issue.trace").read_bytes()
    assert (
        run("build", write(draft.replace("正文", "正\ue000文")), "--to", "trace", "-o", tmp_path / "out").code
        == 1
    )
    assert (tmp_path / "out" / "issue.trace").read_bytes() == before


def test_only_this_module_writes() -> None:
    writing = {
        path.name
        for path in (ROOT / "authoring").rglob("*.py")
        if any(
            call in path.read_text(encoding="utf-8")
            for call in ("write_bytes(", "write_text(", '"wb"', "os.replace(")
        )
    }
    assert writing <= {"files.py", "side_by_side.py"}  # the latter writes to a pipe
