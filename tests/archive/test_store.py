"""`archive add`, `list`, `show`: what is kept and where, what is refused, what is told; killed, and two at once."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import authoring
from authoring.archive.store import add_issues
from authoring.archive.tree import read_tree
from authoring.archive.verify import verify
from tests.archive.conftest import SAMPLES, Recorder, relock, snapshot
from tests.conftest import Command, command, environment, without_privileges

IssueFile = Callable[..., Path]


def test_folder_of_an_issue_holds_what_the_design_says(both: Path) -> None:
    names = {path.relative_to(both).as_posix() for path in both.rglob("*") if ".cache" not in path.parts}
    publication = "chuangxin-qudong-yaocan.yaml"
    assert names == {".gitattributes", "2025"} | {
        f"2025/{stem}{rest}"
        for stem in ("050", "054")
        for rest in ("", "/issue.yaml", f"/{publication}", f"/{stem}.pdf", f"/{stem}.docx", "/lock.yaml")
    }
    shipped = Path(authoring.__file__).parent / "publications" / publication
    for stem, sample in zip(("050", "054"), SAMPLES, strict=True):
        assert (both / "2025" / stem / "issue.yaml").read_bytes() == sample.read_bytes()
        assert (both / "2025" / stem / publication).read_bytes() == shipped.read_bytes()


def test_outputs_are_those_of_build(both: Path, run: Command, tmp_path: Path) -> None:
    assert run("build", *SAMPLES, "-o", tmp_path).code == 0
    for stem in ("050", "054"):
        for kind in ("pdf", "docx"):
            assert (both / "2025" / stem / f"{stem}.{kind}").read_bytes() == (
                tmp_path / f"{stem}.{kind}"
            ).read_bytes()


def test_bytes_of_the_issue_are_kept_as_given(issue: IssueFile, tmp_path: Path) -> None:
    path = issue(7)
    data = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(data)
    assert add_issues((path,), tmp_path / "a", None, None, Recorder()) == 0
    assert (tmp_path / "a" / "2025" / "007" / "issue.yaml").read_bytes() == data


def test_lock_reads_as_yaml_and_says_what_it_should(both: Path) -> None:
    lock = yaml.safe_load((both / "2025" / "050" / "lock.yaml").read_text(encoding="utf-8"))
    assert {"schema", "authoring", "unicode", "harfbuzz", "reportlab", "zlib"} <= lock["versions"].keys()
    assert lock["versions"]["authoring"] == authoring.__version__
    assert {font["file"] for font in lock["fonts"]} >= {"Tinos-Regular.ttf", "FandolFang-Regular.ttf"}
    assert [entry["name"] for entry in lock["outputs"]] == ["050.pdf", "050.docx"]
    lines = dict(line.split("  ") for line in lock["breaks"].splitlines())
    assert lines["sections.0.items.0.headline"] == "p2 16 29"
    assert lines["contents.sections.0.items.0"] == "p1 26 29"
    assert lock["imprint_page"] == lock["issue"]["pages"] == 8


def test_number_twice_is_refused_with_the_folder(archive: Path, run: Command) -> None:
    before = snapshot(archive)
    outcome = run("archive", "add", SAMPLES[0], "--archive", archive)
    assert outcome.code == 1
    assert f"这一期已经存过：{archive / '2025' / '050'}" in outcome.err
    assert snapshot(archive) == before


def test_one_refused_does_not_stop_the_others(archive: Path, issue: IssueFile, run: Command) -> None:
    broken = issue(52)
    broken.write_text("number: [", encoding="utf-8")
    outcome = run("archive", "add", SAMPLES[0], broken, issue(51), "--archive", archive)
    assert outcome.code == 1
    assert "Y001" in outcome.err
    assert (archive / "2025" / "051" / "lock.yaml").is_file()


def test_missing_number_date_and_repeat_are_told_and_archived(archive: Path, issue: IssueFile) -> None:
    said = Recorder()
    path = issue(57, date="2025-11-05", headline="天津出台促进科技成果“先使用后付费”实施办法")
    assert add_issues((path,), archive, None, None, said) == 0
    told = [item.message.zh for item in said.complaints if item.rule == "S001"]
    assert any("期号不连续" in text for text in told)
    assert any("日期早于上一期" in text for text in told)
    assert any("第50期" in text and "已经登过" in text for text in told)
    assert all(item.severity == "warning" for item in said.complaints)
    assert [note.zh for note in said.notes] == ["2025年缺第51—53、55—56期"]


def test_issues_of_one_call_are_compared_with_each_other_in_order(issue: IssueFile, tmp_path: Path) -> None:
    said = Recorder()
    second, first = (
        issue(2, date="2025-02-01", headline="同一件事"),
        issue(1, date="2025-01-01", headline="同一件事"),
    )
    assert add_issues((second, first), tmp_path / "a", None, None, said) == 0
    assert [item.file for item in said.complaints if item.rule == "S001"] == [str(second)]
    assert [line.split()[0] for line in said.announced] == [
        str(tmp_path / "a" / "2025" / stem) for stem in ("001", "002")
    ]


def test_supplement_is_numbered_apart(archive: Path, issue: IssueFile, run: Command) -> None:
    path = issue(50, date="2025-10-20", masthead="增刊第{number}期")
    assert run("archive", "add", path, "--archive", archive).code == 0
    assert (archive / "2025" / "增刊050" / "增刊050.pdf").is_file()
    assert run("archive", "verify", "--archive", archive).code == 0
    assert "2025年增刊第50期" in run("archive", "show", "增刊50", "--archive", archive).out
    assert "2025年增刊第50期" in run("archive", "list", "--archive", archive).out


def test_another_publication_wants_an_archive_of_its_own(archive: Path, run: Command, tmp_path: Path) -> None:
    shipped = Path(authoring.__file__).parent / "publications" / "chuangxin-qudong-yaocan.yaml"
    text = shipped.read_text(encoding="utf-8").replace("chuangxin-qudong-yaocan", "other")
    (tmp_path / "other.yaml").write_text(text, encoding="utf-8")
    draft = SAMPLES[1].read_text(encoding="utf-8").replace("chuangxin-qudong-yaocan", "other")
    path = tmp_path / "055.yaml"
    path.write_text(draft.replace("number: 54", "number: 55"), encoding="utf-8")
    outcome = run("archive", "add", path, "--archive", archive)
    assert outcome.code == 1
    assert "这个档案存的是 chuangxin-qudong-yaocan" in outcome.err


def test_publication_beside_the_issue_is_the_one_that_is_kept(run: Command, tmp_path: Path) -> None:
    shipped = Path(authoring.__file__).parent / "publications" / "chuangxin-qudong-yaocan.yaml"
    text = shipped.read_text(encoding="utf-8").replace("title: 创新驱动要参", "title: 创新要参")
    assert "title: 创新要参" in text
    own = tmp_path / "chuangxin-qudong-yaocan.yaml"
    own.write_text(text, encoding="utf-8")
    shutil.copy(SAMPLES[0], tmp_path / "050.yaml")
    archive = tmp_path / "a"
    assert run("archive", "add", tmp_path / "050.yaml", "--archive", archive).code == 0
    kept = archive / "2025" / "050" / own.name
    assert kept.read_bytes() == own.read_bytes()
    own.unlink()  # today's publication has no say
    assert run("reprint", "50", "--archive", archive, "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / "050.pdf").read_bytes() == (kept.parent / "050.pdf").read_bytes()


def test_list_tells_issues_and_gaps(both: Path, run: Command) -> None:
    outcome = run("archive", "list", "--archive", both)
    assert outcome.out.splitlines() == [
        "2025年第50期  2025-10-13   8 页   5 条",
        "2025年第54期  2025-11-14   9 页   5 条",
        "2025年缺第51—53期",
    ]
    english = run("archive", "list", "--archive", both, "--lang", "en")
    assert "2025: No. 51—53 missing" in english.out


def test_show_tells_pages_files_and_versions(both: Path, run: Command) -> None:
    outcome = run("archive", "show", "2025/50", "--archive", both)
    assert outcome.code == 0
    assert "   4  天津出台促进科技成果“先使用后付费”实施办法" in outcome.out
    assert "050.docx" in outcome.out
    assert f"authoring {authoring.__version__}" in outcome.out


@pytest.mark.parametrize("asked", ["50", "050", "第50期", "2025/50", "2025/050", "2025年第50期", "2025-50"])
def test_ways_to_name_an_issue(both: Path, run: Command, asked: str) -> None:
    assert run("archive", "show", asked, "--archive", both).out.startswith("2025年第50期")


def test_number_of_several_years_asks_for_one(archive: Path, issue: IssueFile, run: Command) -> None:
    assert run("archive", "add", issue(50, date="2024-10-20"), "--archive", archive).code == 0
    outcome = run("archive", "show", "50", "--archive", archive)
    assert outcome.code == 1
    assert "有几年都有这一期：2024/050、2025/050" in outcome.err
    assert run("archive", "show", "50", "--year", "2024", "--archive", archive).out.startswith("2024年第50期")


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ("51", 1, "没有存过这一期"),
        ("2024/50", 1, "有 2025/050"),
        ("../../etc", 2, "不是期号"),
        ("", 2, "不是期号"),
    ],
)
def test_number_that_is_not_there(both: Path, run: Command, asked: str, code: int, said: str) -> None:
    outcome = run("archive", "show", asked, "--archive", both)
    assert (outcome.code, said in outcome.err) == (code, True)


@pytest.mark.parametrize("words", [["list"], ["verify"], ["find", "词"], ["show", "1"], ["rebuild"]])
def test_no_archive_is_said(run: Command, tmp_path: Path, words: list[str]) -> None:
    outcome = run("archive", *words, "--archive", tmp_path / "none")
    assert outcome.code == 2
    assert "这里没有存档" in outcome.err
    assert not (tmp_path / "none").exists()


def test_archive_that_is_a_file(issue: IssueFile, run: Command, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    outcome = run("archive", "add", issue(1), "--archive", tmp_path / "a")
    assert (outcome.code, "写不进去" in outcome.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")
def test_archive_that_may_not_be_written(
    archive: Path, issue: IssueFile, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = issue(55).name
    for folder, _, files in os.walk(archive):
        for path in (folder, *(os.path.join(folder, file) for file in files)):
            os.chmod(path, 0o555)
    monkeypatch.chdir(archive.parent)
    os.chmod(archive.parent, 0o755)
    before = snapshot(archive)
    with without_privileges():
        outcome = run("archive", "add", name)
        assert (outcome.code, "写不进去" in outcome.err) == (2, True)
        assert run("archive", "find", "科技").code == 0
        assert run("archive", "verify").code == 0
    assert snapshot(archive) == before


def test_check_goes_on_from_an_archive(both: Path, issue: IssueFile, run: Command) -> None:
    repeated = issue(56, date="2025-11-20", headline="天津出台促进科技成果“先使用后付费”实施办法")
    outcome = run("check", repeated, "--archive", both, "--select", "S001", "--format", "concise")
    assert outcome.code == 1
    assert "上一期是第54期，本期应为第55期" in outcome.out
    assert "第50期（2025-10-13）已经登过" in outcome.out
    assert run("check", issue(55, date="2025-11-20"), "--archive", both, "--select", "S001").code == 0
    assert (
        run("check", SAMPLES[0], "--archive", both, "--select", "S001").code == 0
    )  # itself is no earlier issue


# ------------------------------------------------------------------ killed, and two at once


def test_issue_that_names_no_schema_is_of_the_one_that_its_lock_records(
    archive: Path, issue: IssueFile, run: Command
) -> None:
    """For whoever compares with it or shows it, too, not for `reprint` alone."""
    relock(archive / "2025" / "050" / "lock.yaml", lambda text: text.replace("schema: 1", "schema: 9"))
    outcome = run("check", issue(55), "--archive", archive)
    assert "稿件是第9版格式" in outcome.err + outcome.out
    assert "【" not in run("archive", "show", "50", "--archive", archive).out
    assert "【" in run("archive", "show", "54", "--archive", archive).out


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--fix", "{}/issue.yaml"],
        ["build", "{}/issue.yaml", "-o", "{}"],
        ["extract", "{}/050.pdf", "-o", "{}/issue.yaml", "--overwrite"],
        ["extract", "{}/050.pdf", "-o", "{}/new.yaml"],
    ],
)
def test_no_other_command_writes_into_an_archived_issue(
    run: Command, issue: IssueFile, tmp_path: Path, words: list[str]
) -> None:
    path, archive = issue(50), tmp_path / "archive"
    path.write_text(path.read_text(encoding="utf-8").replace("正文一段，", "正文一段,"), encoding="utf-8")
    assert add_issues((path,), archive, None, True, Recorder()) == 0
    before = snapshot(archive)
    outcome = run(*(word.format(archive / "2025" / "050") for word in words))
    assert (outcome.code, "这是档案里的一期" in outcome.out + outcome.err) == (2, True)
    assert snapshot(archive) == before


def adding(archive: Path, *paths: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("archive", "add", "-q", *paths, "--archive", archive),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_at_any_moment_the_archive_is_as_before_or_has_the_whole_issue(
    issue: IssueFile, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    paths = [issue(number) for number in range(1, 9)]
    assert add_issues((paths[0],), archive, None, None, Recorder()) == 0
    started = time.perf_counter()
    probe = tmp_path / "probe"
    assert adding(probe, *paths[1:]).wait(60) == 0
    whole = time.perf_counter() - started
    chance = random.Random(int(os.environ.get("PYTEST_SEED", "4")))
    interrupted = 0
    for _ in range(10):
        process = adding(archive, *paths)
        time.sleep(chance.uniform(0.2, 1) * whole)
        process.send_signal(signal.SIGKILL)
        interrupted += process.wait(60) != 0
        tree = read_tree(archive)
        assert verify(archive, tree, lambda *_: None).damage == ()
        assert 1 <= len(tree.places) <= len(paths)
        for place in tree.places[1:]:
            shutil.rmtree(place.path(archive))
    assert interrupted
    assert add_issues(tuple(paths[1:]), archive, None, None, Recorder()) == 0
    assert verify(archive, read_tree(archive), lambda *_: None).damage == ()
    assert [path.name for path in (archive / ".cache").glob("adding-*")] == []


def test_leftover_of_a_killed_run_is_no_issue_and_is_swept(
    archive: Path, issue: IssueFile, run: Command
) -> None:
    leftover = archive / ".cache" / "adding-x"
    leftover.mkdir()
    (leftover / "issue.yaml").write_text("half", encoding="utf-8")
    assert run("archive", "verify", "--archive", archive).code == 0
    assert run("archive", "add", issue(55, date="2025-12-01"), "--archive", archive).code == 0
    assert not leftover.exists()


def test_two_processes_adding_at_once_lose_nothing(issue: IssueFile, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    paths = [issue(number) for number in range(1, 11)]
    shared = issue(11)
    processes = [adding(archive, *paths[:5], shared), adding(archive, *paths[5:], shared)]
    codes = sorted(process.wait(120) for process in processes)
    assert codes == [0, 1]  # the one number that both had is refused to one of them
    tree = read_tree(archive)
    assert [place.number for place in tree.places] == list(range(1, 12))
    assert verify(archive, tree, lambda *_: None).damage == ()


def test_full_disk_leaves_the_archive_as_it_was(
    archive: Path, issue: IssueFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(archive)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said = Recorder()
    assert add_issues((issue(55),), archive, None, None, said) == 2
    assert "磁盘满了" in said.complaints[-1].message.zh
    assert snapshot(archive) == before
    assert [path.name for path in (archive / ".cache").glob("adding-*")] == []


def test_long_work_tells_how_far_it_is(issue: IssueFile, tmp_path: Path) -> None:
    said = Recorder()
    paths = (issue(1), issue(2))
    assert add_issues(paths, tmp_path / "a", None, None, said) == 0
    assert [(number, total) for number, total, name in said.steps if name in map(str, paths)] == [
        (1, 2),
        (2, 2),
    ]
