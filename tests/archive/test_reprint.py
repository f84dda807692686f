"""`reprint`: the same bytes with the same engine, the same pages with another, and a report of what differs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring import style
from authoring.archive import engine
from authoring.archive import reprint as reprinting
from authoring.archive.store import add_issues
from authoring.layout import lines as line_breaking
from authoring.layout.paragraph import Paragraph
from authoring.model import Typesetting
from authoring.style import Length, TextStyle, pt
from tests.archive.conftest import SAMPLES, Recorder, relock, snapshot
from tests.conftest import ROOT, Command, command, environment, tool

STEMS = ("050", "054")


def archived(archive: Path, stem: str, kind: str) -> bytes:
    return (archive / "2025" / stem / f"{stem}.{kind}").read_bytes()


@pytest.fixture
def newer_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine of another version, which ends long paragraphs' lines a character earlier."""
    before = line_breaking._line_end

    def earlier(paragraph: Paragraph, start: int, measure: int, habits: Typesetting) -> int:
        return before(paragraph, start, measure - paragraph.em * (len(paragraph.text) > 100), habits)

    newer = {**engine.versions(), "authoring": "9.0"}
    monkeypatch.setattr(line_breaking, "_line_end", earlier)
    monkeypatch.setattr(reprinting, "versions", lambda: newer)


def wider(text: TextStyle) -> TextStyle:
    """`text` with its lines a little further apart."""
    return text._replace(pitch=Length(text.pitch + pt(0.25)))


def test_same_engine_same_bytes_in_a_fresh_clone_another_time_zone_and_locale(
    both: Path, tmp_path: Path
) -> None:
    """Both the program and the archive come out of a copy: the archive through git itself."""
    git = [tool("git"), "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=true"]
    origin, clone, program = tmp_path / "origin", tmp_path / "别处" / "clone", tmp_path / "程序"
    shutil.copytree(both, origin)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "archive"]):
        subprocess.run([*git, *words], cwd=origin, check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", origin, clone], check=True, capture_output=True)
    for folder in ("authoring", "fonts"):
        shutil.copytree(ROOT / folder, program / folder, ignore=shutil.ignore_patterns("__pycache__"))
    elsewhere = {
        **environment(),
        "PYTHONPATH": str(program),
        "TZ": "America/St_Johns",
        "LC_ALL": "C",
        "LANG": "de_DE.UTF-8",
        "PYTHONHASHSEED": "7",
        "PYTHONUTF8": "0",
        "SOURCE_DATE_EPOCH": "86400",
    }
    for stem in STEMS:
        done = subprocess.run(
            command("reprint", stem, "--archive", clone, "-o", "out"),
            cwd=tmp_path,
            env=elsewhere,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout.decode().count("与存档逐字节相同") == 2
        for kind in ("pdf", "docx"):
            assert (tmp_path / "out" / f"{stem}.{kind}").read_bytes() == archived(both, stem, kind)
    verified = command("archive", "verify", "--archive", clone)
    assert subprocess.run(verified, env=elsewhere, capture_output=True, check=False).returncode == 0


def test_report_of_the_same_engine(both: Path, run: Command, tmp_path: Path) -> None:
    outcome = run("reprint", "50", "--archive", both, "-o", tmp_path)
    assert outcome.code == 0
    assert outcome.out.splitlines()[2:] == [
        "引擎：与存档时相同",
        "字体：与存档时相同",
        "050.pdf：与存档逐字节相同",
        "050.docx：与存档逐字节相同",
        "断行、分页：全部照存档",
        "重新排也是同样的断行、分页",
    ]


@pytest.mark.usefixtures("newer_engine")
def test_newer_engine_keeps_every_break(both: Path, run: Command, tmp_path: Path) -> None:
    for stem in STEMS:
        outcome = run("reprint", stem, "--archive", both, "-o", tmp_path)
        assert outcome.code == 0
        assert "引擎有变：authoring 0.1.0 → 9.0" in outcome.out
        assert "断行、分页：全部照存档" in outcome.out
        for kind in ("pdf", "docx"):
            assert (tmp_path / f"{stem}.{kind}").read_bytes() == archived(both, stem, kind)


@pytest.mark.usefixtures("newer_engine")
def test_report_names_page_line_and_text(both: Path, run: Command, tmp_path: Path) -> None:
    out = run("reprint", "50", "--archive", both, "-o", tmp_path).out
    assert "（存档 8 页，重新排 9 页）" in out
    assert (
        "  第2页第4行  部委动态 › 第1条 › 第1段\n"
        "    存档：近日，国家发展改革委、国家数据局、财政部、中国人民银\n"
        "    重排：近日，国家发展改革委、国家数据局、财政部、中国人民\n"
    ) in out
    assert "    重排：（第8页）" in out


@pytest.mark.usefixtures("newer_engine")
def test_fresh_sets_anew_with_the_same_report(both: Path, run: Command, tmp_path: Path) -> None:
    kept = run("reprint", "50", "--archive", both, "-o", tmp_path / "kept").out
    outcome = run("reprint", "50", "--archive", both, "-o", tmp_path / "fresh", "--fresh")
    assert outcome.code == 0
    assert "050.pdf   9 页" in outcome.out
    assert "050.pdf：与存档的字节不同" in outcome.out
    assert kept[kept.index("重新排有") :] == outcome.out[outcome.out.index("重新排有") :]
    assert (tmp_path / "fresh" / "050.pdf").read_bytes() != archived(both, "050", "pdf")


def test_breaks_that_no_longer_fit_the_text_are_told(archive: Path, run: Command, tmp_path: Path) -> None:
    relock(
        archive / "2025" / "050" / "lock.yaml", lambda text: text.replace("p2 26 54 82 101", "p2 26 54 82 99")
    )
    outcome = run("reprint", "50", "--archive", archive, "-o", tmp_path)
    assert outcome.code == 1
    told = "有 1 段没能照存档断行、分页：\n  部委动态 › 第1条 › 第1段：文字与存档的断行对不上，是重新断的\n"
    assert told in outcome.out
    fresh = run("reprint", "50", "--archive", archive, "-o", tmp_path, "--fresh")
    assert fresh.code == 0
    assert told in fresh.out
    assert "重新排也是同样" not in outcome.out + fresh.out


def test_page_without_the_room_it_had_is_told_by_page_and_line(
    both: Path, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines stand further apart in this engine: fewer fit, whether the record is kept or not, and both reports say so."""
    for name in ("SECTION", "HEADLINE", "BODY"):
        monkeypatch.setattr(style, name, wider(getattr(style, name)))
    monkeypatch.setattr(
        style, "HEADINGS", {level: wider(heading) for level, heading in style.HEADINGS.items()}
    )
    outcome = run("reprint", "50", "--archive", both, "-o", tmp_path)
    assert outcome.code == 1
    assert "050.pdf   9 页" in outcome.out
    assert "  省内要情 › 第3条 › 第1段：第2行存档在第7页，现在在第8页第1行\n" in outcome.out
    fresh = run("reprint", "50", "--archive", both, "-o", tmp_path, "--fresh")
    assert "没能照存档" not in fresh.out
    for out in (outcome.out, fresh.out):
        assert "（存档 8 页，重新排 9 页）：" in out
        assert "  第7页  省内要情 › 第3条 › 第1段\n    存档：" in out
        assert "重新排也是同样" not in out


def test_line_that_stands_out_is_told(archive: Path, run: Command, tmp_path: Path) -> None:
    relock(
        archive / "2025" / "050" / "lock.yaml",
        lambda text: text.replace("p2 26 54 82 101", "p2 40 54 82 101"),
    )
    outcome = run("reprint", "50", "--archive", archive, "-o", tmp_path)
    assert " 毫米：第2页第4行  部委动态 › 第1条 › 第1段" in outcome.out
    assert run("reprint", "54", "--archive", archive, "-o", tmp_path).out.count("超出版心") == 0


def test_font_that_is_another_or_gone_is_told(archive: Path, run: Command, tmp_path: Path) -> None:
    lock = archive / "2025" / "050" / "lock.yaml"
    tinos = "c86737e2aa66c8cfe8588b78e9beefe808d372357b0606281173306917d05421"
    relock(lock, lambda text: text.replace(tinos, "0" * 64))
    assert (
        "字体不同：Tinos-Regular.ttf（数字和西文）"
        in run("reprint", "50", "--archive", archive, "-o", tmp_path).out
    )
    relock(lock, lambda text: text.replace("Tinos-Regular.ttf", "times.ttf"))
    out = run("reprint", "50", "--archive", archive, "-o", tmp_path).out
    assert "字体缺少：times.ttf（数字和西文），存档时用的" in out
    assert "字体新增：Tinos-Regular.ttf（数字和西文），存档时没用" in out


def test_open_fonts_are_used_again_though_an_office_has_bought_others(
    both: Path, run: Command, tmp_path: Path
) -> None:
    """A font of another name in `--fonts` that would now take a role is passed over for the one of the record."""
    bought = tmp_path / "fonts"
    bought.mkdir()
    from fontTools.ttLib import TTFont

    font = TTFont(ROOT / "fonts" / "gkai00mp.ttf")
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "FangSong"
    font.save(bought / "simfang.ttf")
    built = tmp_path / "built"
    assert run("build", SAMPLES[0], "--fonts", bought, "-o", built).code == 0
    assert (built / "050.pdf").read_bytes() != archived(both, "050", "pdf")
    assert run("reprint", "50", "--archive", both, "--fonts", bought, "-o", tmp_path).code == 0
    assert (tmp_path / "050.pdf").read_bytes() == archived(both, "050", "pdf")


@pytest.mark.parametrize("name", ["issue.yaml", "chuangxin-qudong-yaocan.yaml", "lock.yaml"])
def test_nothing_is_printed_from_damaged_files(
    archive: Path, run: Command, tmp_path: Path, name: str
) -> None:
    path = archive / "2025" / "050" / name
    path.write_bytes(path.read_bytes() + b"\n")
    outcome = run("reprint", "50", "--archive", archive, "-o", tmp_path / "out")
    assert outcome.code == 1
    assert str(path) in outcome.err
    assert not (tmp_path / "out").exists()


def test_lost_output_is_printed_again(archive: Path, run: Command, both: Path, tmp_path: Path) -> None:
    (archive / "2025" / "050" / "050.pdf").unlink()
    assert run("reprint", "50", "--archive", archive, "-o", tmp_path).code == 0
    assert (tmp_path / "050.pdf").read_bytes() == archived(both, "050", "pdf")


def test_output_is_never_the_archive(archive: Path, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(archive)
    for folder in (archive, archive / "2025" / "050", archive / "new", archive / ".." / "archive"):
        outcome = run("reprint", "50", "--archive", archive, "-o", folder)
        assert (outcome.code, "不能印到档案里面" in outcome.err) == (2, True)
    monkeypatch.chdir(archive / "2025")
    assert run("reprint", "50", "--archive", "..").code == 2
    assert snapshot(archive) == before


def test_source_is_attached_again(issue: Callable[..., Path], run: Command, tmp_path: Path) -> None:
    path, archive = issue(7), tmp_path / "a"
    assert add_issues((path,), archive, None, True, Recorder()) == 0
    folder = archive / "2025" / "007"
    assert "source_attached: 是" in (folder / "lock.yaml").read_text(encoding="utf-8")
    assert run("reprint", "7", "--archive", archive, "-o", tmp_path / "out").code == 0
    for kind in ("pdf", "docx"):
        assert (tmp_path / "out" / f"007.{kind}").read_bytes() == (folder / f"007.{kind}").read_bytes()
        assert run("extract", folder / f"007.{kind}", "-o", tmp_path / f"{kind}.yaml").code == 0
        assert (tmp_path / f"{kind}.yaml").read_bytes() == path.read_bytes()


def test_english(both: Path, run: Command, tmp_path: Path) -> None:
    out = run("reprint", "50", "--archive", both, "-o", tmp_path, "--lang", "en").out
    assert "050.pdf: the same bytes as archived" in out
    assert "breaks: all as recorded" in out
