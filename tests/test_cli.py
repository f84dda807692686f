"""The command as an editor meets it: help, announcements, errors, languages, exit codes."""

from __future__ import annotations

import inspect
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring import __version__, click_zh
from authoring.cli import DEFAULT_OUTPUTS, OUTPUTS
from authoring.renderers import RENDERERS
from tests.conftest import Command, Process, command, environment

Write = Callable[..., Path]
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
CLICKS_WORDS = re.compile(
    r"Usage:|Options:|Commands:|Try '|Error:|No such|Invalid value|Missing|Got unexpected|Show "
)


# Building


def test_written_files_are_announced_with_their_pages(run: Command, samples: Path, tmp_path: Path) -> None:
    outcome = run("build", samples / "050.yaml", "-o", tmp_path)
    assert outcome.code == 0
    assert outcome.out.splitlines() == [f"{tmp_path / '050.pdf'}   8 页", f"{tmp_path / '050.docx'}  8 页"]
    assert (tmp_path / "050.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (tmp_path / "050.docx").read_bytes().startswith(b"PK\x03\x04")


def test_announcement_in_english(run: Command, samples: Path, tmp_path: Path) -> None:
    outcome = run("build", samples / "050.yaml", "--to", "trace", "-o", tmp_path, "--lang", "en")
    assert outcome.out == f"{tmp_path / '050.trace'}  8 pages\n"


def test_outputs_lie_in_the_current_folder_by_default(
    run: Command, write: Write, draft: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(draft)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("build", path, "--to", "trace").code == 0
    assert [file.name for file in Path().iterdir()] == ["issue.trace"]


@pytest.mark.parametrize("to", ["trace,pdf", "pdf，trace", " PDF , trace,", "pdf,trace,pdf"])
def test_outputs_as_editors_type_them(
    run: Command, write: Write, draft: str, tmp_path: Path, to: str
) -> None:
    assert run("build", write(draft), "--to", to, "-o", tmp_path / "out").code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["issue.pdf", "issue.trace"]


def test_output_folder_is_made(run: Command, write: Write, draft: str, tmp_path: Path) -> None:
    assert run("build", write(draft), "--to", "trace", "-o", tmp_path / "a" / "b").code == 0
    assert (tmp_path / "a" / "b" / "issue.trace").is_file()


def test_names_in_chinese_and_with_spaces(run: Command, write: Write, draft: str, tmp_path: Path) -> None:
    outcome = run("build", write(draft, "第 50 期（送审）.yaml"), "--to", "trace", "-o", tmp_path / "输 出")
    assert outcome.out == f"{tmp_path / '输 出' / '第 50 期（送审）.trace'}  2 页\n"


def test_one_broken_issue_does_not_stop_the_others(
    run: Command, write: Write, draft: str, tmp_path: Path
) -> None:
    broken = write(draft.replace("headline:", "headline："), "051.yaml")
    outcome = run(
        "build",
        write(draft, "050.yaml"),
        broken,
        write(draft, "052.yaml"),
        "--to",
        "trace",
        "-o",
        tmp_path / "out",
    )
    assert outcome.code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["050.trace", "052.trace"]
    assert outcome.err.startswith(f"{broken}:7:17 错误 Y001 字段名后面是全角冒号\n")


def test_what_cannot_be_read_weighs_more_than_what_is_wrong(
    run: Command, write: Write, tmp_path: Path
) -> None:
    outcome = run("build", tmp_path / "none.yaml", write("a: b"), "--to", "trace", "-o", tmp_path)
    assert outcome.code == 2
    assert outcome.err.startswith(f"{tmp_path / 'none.yaml'} 错误 找不到这个文件\n")


def test_output_that_cannot_be_written(run: Command, write: Write, draft: str, tmp_path: Path) -> None:
    path = write(draft)
    outcome = run("build", path, "--to", "trace", "-o", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "原来的文件没有动" in outcome.err


@pytest.mark.parametrize(
    "names", [("a/050.yaml", "b/050.yaml"), ("a/050.yaml", "a/050.yaml"), ("x.yaml", "X.yml")]
)
def test_issues_whose_outputs_would_clash(
    run: Command, write: Write, draft: str, tmp_path: Path, names: tuple[str, str]
) -> None:
    outcome = run("build", *(write(draft, name) for name in names), "--to", "trace", "-o", tmp_path / "out")
    assert outcome.code == 2
    assert ("写了两次" if len(set(names)) == 1 else "输出会互相覆盖") in outcome.err
    assert not (tmp_path / "out").exists()


def test_character_that_no_font_has_stops_with_its_name_and_line(
    run: Command, write: Write, draft: str
) -> None:
    outcome = run("build", write(draft.replace("正文", "正\U000e0fff文")), "--to", "trace")
    assert outcome.code == 1
    assert ":9:14 错误 Z001" in outcome.err
    assert "U+E0FFF 没有分配给任何字符" in outcome.err
    assert "部委动态 › 第1条 › 第1段" in outcome.err


def test_characters_from_a_fallback_are_told(run: Command, write: Write, draft: str, tmp_path: Path) -> None:
    outcome = run("build", write(draft.replace("正文", "李喆")), "--to", "trace", "-o", tmp_path)
    assert outcome.code == 0
    assert ":9:14 提示 Z002 “喆”（U+5586 CJK UNIFIED IDEOGRAPH-5586）" in outcome.err


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_quiet_reports_errors_only(run: Command, write: Write, draft: str, tmp_path: Path, flag: str) -> None:
    outcome = run("build", write(draft.replace("正文", "李喆")), "--to", "trace", "-o", tmp_path, flag)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert "错误 F001" in run("build", write(draft.replace("number", "numbr")), flag).err


def test_no_progress_where_no_one_watches(run: Command, samples: Path, tmp_path: Path) -> None:
    outcome = run("build", samples / "050.yaml", samples / "054.yaml", "--to", "trace", "-o", tmp_path)
    assert outcome.err == "" or "[1/2]" not in outcome.err


# Languages


def test_help_in_chinese(run_process: Process) -> None:
    outcome = run_process("build", "--help")
    assert outcome.code == 0
    assert not CLICKS_WORDS.search(outcome.out)
    for words in ("用法：", "选项", "例：", "authoring build 055.yaml", "--fonts D:\\字体"):
        assert words in outcome.out


def test_help_in_english(run_process: Process) -> None:
    outcome = run_process("build", "--help", "--lang", "en")
    assert outcome.code == 0
    assert not HAN.search(outcome.out)
    for words in ("Usage:", "Options:", "Examples:", "authoring build 055.yaml"):
        assert words in outcome.out


@pytest.mark.parametrize("name", ["build", "check", "explain", "new", "schema", "fonts"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_explains_itself(run_process: Process, name: str, lang: str) -> None:
    outcome = run_process(name, "--help", f"--lang={lang}")
    assert outcome.code == 0
    assert bool(HAN.search(outcome.out)) is (lang == "zh")


MISUSE = {
    "nothing": (),
    "no issue": ("build",),
    "no such command": ("bild",),
    "no such option": ("build", "a.yaml", "--font", "x"),
    "no such language": ("build", "a.yaml", "--lang", "fr"),
    "option without its value": ("build", "a.yaml", "-o"),
    "flag with a value": ("build", "a.yaml", "--quiet=1"),
    "no such output": ("build", "a.yaml", "--to", "xlsx"),
    "no output": ("build", "a.yaml", "--to", ","),
    "no such schema": ("schema", "isue"),
    "one word too many": ("schema", "issue", "publication"),
    "nothing to check": ("check",),
    "no such report": ("check", "a.yaml", "--format", "html"),
    "no such rule": ("explain", "N9"),
    "no such date": ("new", "--date", "tomorrow"),
}


@pytest.mark.parametrize("arguments", MISUSE.values(), ids=MISUSE)
def test_misuse_is_explained_in_chinese(run: Command, arguments: tuple[str, ...]) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    said = outcome.out + outcome.err
    assert HAN.search(said)
    assert not CLICKS_WORDS.search(said)


@pytest.mark.parametrize("arguments", MISUSE.values(), ids=MISUSE)
def test_misuse_is_explained_in_english(run_process: Process, arguments: tuple[str, ...]) -> None:
    outcome = run_process("--lang", "en", *arguments)
    assert outcome.code == 2
    assert not HAN.search(outcome.out + outcome.err)


def test_unknown_output_names_those_that_are_known(run: Command) -> None:
    assert "没有“xlsx”这种输出；可选：pdf、docx、trace" in run("build", "a.yaml", "--to", "pdf,xlsx").err


def test_language_may_stand_behind_what_it_is_needed_for(run_process: Process) -> None:
    assert "'xlsx' is no output" in run_process("build", "a.yaml", "--to", "xlsx", "--lang", "en").err


def test_language_is_heard_before_the_command_too(run_process: Process) -> None:
    assert "no such file" in run_process("--lang", "en", "build", "none.yaml").err


def test_errors_in_english_quote_chinese_only(run: Command, write: Write, draft: str) -> None:
    text = draft.replace("headline:", "headlne:").replace("number: 50", "number: 五十")
    said = run("build", write(text), "--lang", "en").err
    own = [line for line in said.splitlines() if "|" not in line and "›" not in line]
    assert [line for line in own if HAN.search(line.replace("“五十”", ""))] == []


def test_every_phrase_of_ours_is_one_that_click_says() -> None:
    """A Click that words its sentences otherwise fails here, by the sentence it no longer says."""
    said = "".join(inspect.getsource(module) for module in click_zh._MODULES)
    said = re.sub(r'"\s*\n\s*[rf]?"', "", said)
    unknown = [
        phrase for phrase in {**click_zh.CHINESE, **click_zh.PLURALS} if repr(phrase)[1:-1] not in said
    ]
    assert [phrase for phrase in unknown if phrase not in OLDER_CLICK] == []


OLDER_CLICK = {
    "No such option: {name}": "8.3",
    "(Possible options: {possibilities})": "8.3",
}
"""Sentences of Clicks that are still allowed by pyproject.toml, with the last version that says them."""


# Surroundings


def test_python_m_authoring(run_process: Process) -> None:
    assert run_process("--version").out == f"authoring {__version__}\n"


def test_command_offers_the_outputs_that_there_are() -> None:
    assert set(OUTPUTS) == set(RENDERERS)
    assert set(DEFAULT_OUTPUTS.split(",")) <= set(OUTPUTS)


@pytest.mark.parametrize(
    "env",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}],
    ids=["ascii", "C", "gbk", "POSIX"],
)  # fmt: skip
def test_terminals_encoding_changes_nothing(
    run_process: Process, write: Write, draft: str, tmp_path: Path, env: dict[str, str]
) -> None:
    path = write(draft.replace("正文", "李喆"), "稿.yaml")
    outcome = run_process("build", path, "--to", "trace", "-o", tmp_path / "输出", env=env)
    assert outcome.code == 0, outcome.err
    assert outcome.out.endswith("稿.trace  2 页\n")
    assert "“喆”" in outcome.err


def test_locale_and_time_zone_change_no_byte(run_process: Process, samples: Path, tmp_path: Path) -> None:
    for name, env in {
        "a": {"LC_ALL": "C", "TZ": "UTC"},
        "b": {"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"},
    }.items():
        assert run_process("build", samples / "050.yaml", "-o", tmp_path / name, env=env).code == 0
    for name in ("050.pdf", "050.docx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_closed_pipe_is_no_crash(write: Write, draft: str, tmp_path: Path) -> None:
    run = subprocess.Popen(
        command("build", write(draft), "--to", "trace", "-o", tmp_path), env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert run.stdout is not None
    run.stdout.close()
    assert run.stderr is not None
    assert run.stderr.read() == b""
    run.stderr.close()
    run.wait()
    assert (tmp_path / "issue.trace").is_file()


def test_relative_paths_stay_as_they_were_typed(
    run_process: Process, write: Write, draft: str, tmp_path: Path
) -> None:
    write(draft, "稿件/050.yaml")
    outcome = run_process("build", Path("稿件", "050.yaml"), "--to", "trace", "-o", "out", cwd=tmp_path)
    assert outcome.out == f"{Path('out', '050.trace')}  2 页\n"
