"""`archive verify`: whatever happens to a file is named, nothing is touched, nothing outside the tree is read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.archive.lock import FileRecord, FontRecord, Lock, read_lock, write_lock
from authoring.archive.series import place_for
from authoring.archive.tree import Damaged, read_tree
from authoring.archive.verify import verify
from authoring.layout import lay_out
from authoring.model import Issue
from tests.archive.conftest import relock, snapshot
from tests.conftest import Command
from tests.renderers.docx_reader import FONTS, PUBLICATION
from tests.strategies import issues

ISSUE = Path("2025", "050")


def damage(archive: Path) -> list[tuple[str, str]]:
    """What verify finds: the path from the archive, and what is wrong."""
    found = verify(archive, read_tree(archive), lambda *_: None).damage
    return [(Path(item.file).relative_to(archive).as_posix(), item.message.zh) for item in found]


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def link(path: Path) -> None:
    """A link to a file with the very same bytes."""
    target = path.parent.parent.parent.parent / "outside"
    shutil.copy(path, target)
    path.unlink()
    path.symlink_to(target)


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "gone": (Path.unlink, "缺失"),
    "longer": (append, "被改动过"),
    "one bit": (flip, "被改动过"),
    "linked": (link, "是一个链接"),
}


def test_sound_archive(both: Path, run: Command) -> None:
    before = snapshot(both)
    outcome = run("archive", "verify", "--archive", both)
    assert (outcome.code, outcome.out) == (0, "2 期、10 个文件，完好\n")
    assert snapshot(both) == before


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "name", ["issue.yaml", "chuangxin-qudong-yaocan.yaml", "050.pdf", "050.docx", "lock.yaml"]
)
def test_file_is_named(archive: Path, run: Command, name: str, change: str) -> None:
    act, said = CHANGES[change]
    act(archive / ISSUE / name)
    before = snapshot(archive)
    outcome = run("archive", "verify", "--archive", archive)
    assert outcome.code == 1
    (told,) = (line for line in outcome.err.splitlines() if line)
    assert str(archive / ISSUE / name) in told
    assert said in told or (name == "lock.yaml" and ("改动过" in told or "不完整" in told))
    assert "1 处损坏" in outcome.out
    assert snapshot(archive) == before


def test_all_damage_of_all_issues_is_told_at_once(archive: Path) -> None:
    (archive / ISSUE / "050.pdf").unlink()
    (archive / ISSUE / "草稿.txt").write_text("x", encoding="utf-8")
    flip(archive / "2025" / "054" / "054.docx")
    (archive / "2025" / "note").mkdir()
    (archive / "2025" / "50").mkdir()
    assert damage(archive) == [
        ("2025/50", "不是存档的一部分"),
        ("2025/note", "不是存档的一部分"),
        ("2025/050/050.pdf", "缺失"),
        ("2025/050/草稿.txt", "多出来的文件"),
        ("2025/054/054.docx", "被改动过：内容与存档时不同"),
    ]


def test_folder_that_is_a_link(archive: Path, tmp_path: Path) -> None:
    shutil.move(archive / ISSUE, tmp_path / "moved")
    (archive / ISSUE).symlink_to(tmp_path / "moved")
    assert damage(archive) == [("2025/050", "是一个链接，不是文件夹")]


def test_issue_moved_to_another_number(archive: Path) -> None:
    (archive / ISSUE).rename(archive / "2025" / "051")
    assert damage(archive)[0] == ("2025/051/lock.yaml", "记的是 2025/050")


HOSTILE: dict[str, tuple[Callable[[str], str], str]] = {
    "path out of the folder": (lambda text: text.replace("name: 050.pdf", 'name: "../054/054.pdf"'), "内容不合格式"),
    "absolute path": (lambda text: text.replace("name: 050.pdf", "name: /etc/passwd"), "内容不合格式"),
    "an output left out": (lambda text: text[: text.index("  - name: 050.docx")] + text[text.index("imprint_page") :], "没有登记 050.docx"),
    "another form": (lambda text: text.replace("lock: 1", "lock: 99"), "不是这一版程序认识的"),
    "no versions": (lambda text: text.replace("versions:", "version:"), "内容不合格式"),
    "a list": (lambda text: "- 1\n", "不是存档记录"),
    "something else": (lambda text: "a: 1\n", "不是这一版程序认识的"),
    "not YAML": (lambda text: "[[[[\n", "不是存档记录"),
    "nested": (lambda text: "[" * 5000 + "\n", "不是存档记录"),
    "aliases": (lambda text: "a: &a [1]\nb: [*a, *a]\n", "不是存档记录"),
    "number": (lambda text: text.replace("number: 50", "number: 五十"), "内容不合格式"),
    "long number": (lambda text: text.replace("size: 1", "size: 1" + "9" * 5000), "内容不合格式"),
    "breaks": (lambda text: text.replace("p2 16 29", "p2 16 x"), "内容不合格式"),
    "large": (lambda text: text + "# " + "x" * 4_000_000 + "\n", "大得不正常"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_lock_is_named(archive: Path, run: Command, kind: str) -> None:
    change, said = HOSTILE[kind]
    relock(archive / ISSUE / "lock.yaml", change)
    outcome = run("archive", "verify", "--archive", archive)
    assert outcome.code == 1
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    for command in (["reprint", "50", "-o", archive.parent / "out"], ["archive", "show", "50"]):
        refused = run(*command, "--archive", archive)
        assert refused.code in (0, 1)
        assert "Traceback" not in refused.err
    assert run("archive", "list", "--archive", archive).code == 0
    assert run("archive", "find", "科技", "--archive", archive).code == 0


def test_number_beyond_all_measure(archive: Path, run: Command) -> None:
    relock(
        archive / "2025" / "050" / "lock.yaml",
        lambda text: text.replace("pages: 8", "pages: 99999999999999999999"),
    )
    outcome = run("archive", "verify", "--archive", archive)
    assert (outcome.code, "缺少内容，或内容不合格式" in outcome.err) == (1, True)
    assert "第50期  读不出来" in run("archive", "list", "--archive", archive).out


def test_what_a_system_leaves_in_a_folder_that_was_looked_at_is_no_damage(archive: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._050.pdf", "~$050.docx"):
        (archive / "2025" / "050" / name).write_bytes(b"x")
        (archive / "2025" / name).write_bytes(b"x")
    assert damage(archive) == []


def test_lock_that_is_no_text(archive: Path) -> None:
    (archive / ISSUE / "lock.yaml").write_bytes(b"\xff\xfe\x00checksum: ")
    assert damage(archive) == [("2025/050/lock.yaml", "不完整：末尾没有校验值")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_pipe_does_not_block(archive: Path) -> None:
    (archive / ISSUE / "050.pdf").unlink()
    os.mkfifo(archive / ISSUE / "050.pdf")
    assert damage(archive) == [("2025/050/050.pdf", "不是文件")]


def test_huge_file_is_not_read(archive: Path) -> None:
    with (archive / ISSUE / "050.docx").open("r+b") as file:
        file.truncate(1 << 40)  # sparse: reading it would take hours
    assert damage(archive)[0][1].startswith("被改动过：应为")


def sample_lock(both: Path) -> tuple[bytes, Lock]:
    data = (both / ISSUE / "lock.yaml").read_bytes()
    return data, read_lock(data)


def test_lock_is_written_as_it_was_read(both: Path) -> None:
    data, lock = sample_lock(both)
    assert write_lock(lock) == data


@settings(max_examples=50)
@given(
    issue=issues,
    attached=st.booleans(),
    fonts=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1)),
)
def test_any_issue_is_recorded_and_read_again(issue: Issue, attached: bool, fonts: list[str]) -> None:
    layout = lay_out(issue, PUBLICATION, FONTS)
    lock = Lock(
        place_for(issue),
        issue.publication,
        issue.date,
        len(layout.pages),
        attached,
        {"schema": "1", "authoring": "0.1.0rc1+x"},
        tuple(FontRecord(f"{name}.ttf", 0, ("body",), (), "0" * 64) for name in fonts),
        (FileRecord.of("issue.yaml", b"x"),),
        (FileRecord.of("050.pdf", b""),),
        layout.breaks,
    )
    again = read_lock(write_lock(lock))
    assert again == lock
    assert list(again.breaks.lines) == list(lock.breaks.lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(at=st.integers(0, 100_000), value=st.integers(0, 255))
def test_no_byte_of_a_lock_changes_unseen(both: Path, at: int, value: int) -> None:
    data, lock = sample_lock(both)
    changed = bytearray(data)
    changed[at % len(data)] = value
    if bytes(changed) == data:
        assert read_lock(bytes(changed)) == lock
    else:
        with pytest.raises(Damaged):
            read_lock(bytes(changed))
