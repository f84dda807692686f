"""`authoring check` around the rules: what is checked, silenced, accepted, mended, and how it ends."""

from __future__ import annotations

import codecs
import errno
import functools
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring import check_run
from authoring import checks as real
from authoring.check_run import MOST_SET, Outcome, Request, check_drafts
from authoring.draft_files import drafts_in
from tests.conftest import DRAFT, Command, Process
from tests.rules import RULES, word_rule

Write = Callable[..., Path]
BAD = DRAFT.replace("正文", "有坏词。  # 注")
PUBLICATION = (
    Path(__file__).resolve().parents[1] / "authoring" / "publications" / "chuangxin-qudong-yaocan.yaml"
)


def check(*paths: Path, **settings: object) -> Outcome:
    return check_drafts(Request(paths, **settings), rules=RULES)  # type: ignore[arg-type]


def codes(outcome: Outcome) -> list[str]:
    return [item.rule for item in outcome.diagnostics]


@pytest.fixture
def small(run: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, with the small rules in place of the real ones."""
    monkeypatch.setattr(check_run, "check_drafts", functools.partial(check_drafts, rules=RULES))
    return run


@pytest.fixture
def habit(write: Write) -> Callable[[str], None]:
    """Lay a publication beside the drafts that says `checks: ...`."""

    def lay(checks: str) -> None:
        text = "\n".join(
            line
            for line in PUBLICATION.read_text(encoding="utf-8").split("\nchecks:")[0].splitlines()
            if not line.startswith("# yaml")
        )
        write(f"{text}\nchecks: {checks}\n", PUBLICATION.name)

    return lay


# What a run says


def test_report_as_an_editor_reads_it(small: Command, write: Write) -> None:
    path = write(BAD)
    outcome = small("check", path)
    assert outcome.code == 1
    assert outcome.out == (
        f"{path}:9:14 错误 W901 不用坏词\n"
        "  部委动态 › 第1条 › 第1段\n"
        "  9 |           - 有坏词。  # 注\n"
        "    |               ^^^^\n"
        "  改法：改为好词\n"
        "1 个文件，1 个错误，其中 1 处加 --fix 就能改\n"
    )


def test_rules_that_have_a_page_are_pointed_to(run: Command, write: Write) -> None:
    outcome = run("check", write(DRAFT.replace("headline:", "headlne:")))
    assert "说明：authoring explain F001\n" in outcome.out
    assert outcome.code == 1


def test_nothing_found(run: Command, write: Write) -> None:
    outcome = run("check", write(DRAFT.replace("正文", "正文。")))
    assert (outcome.code, outcome.out, outcome.err) == (0, "1 个文件，没有问题\n", "")


def test_in_english(small: Command, write: Write) -> None:
    said = small("check", write(BAD), "--lang", "en").out
    assert "error W901 not 坏词" in said
    assert said.endswith("1 file, 1 error, 1 of them mended by --fix\n")


def test_quiet_reports_errors_only(small: Command, write: Write) -> None:
    path = write(BAD.replace("有坏词", "有坏词、疑词、淡词"))
    assert small("check", path, "-q").out.count("W90") == 1
    assert small("check", path).out.count(" W90") == 3


# Exit codes


@pytest.mark.parametrize(("word", "code"), [("坏词", 1), ("疑词", 0), ("淡词", 0), ("正文", 0)])
def test_only_errors_stop(write: Write, word: str, code: int) -> None:
    assert check(write(DRAFT.replace("正文", word))).exit_code == code


@pytest.mark.parametrize("errors", ["[W902]", "[W9]", "[word-w902]"])
def test_a_publication_may_make_warnings_errors(
    write: Write, habit: Callable[[str], None], errors: str
) -> None:
    habit(f"{{errors: {errors}}}")
    outcome = check(write(DRAFT.replace("正文", "疑词")))
    assert (outcome.exit_code, outcome.diagnostics[0].severity) == (1, "error")


def test_a_file_that_is_not_there_weighs_more(write: Write, tmp_path: Path) -> None:
    outcome = check(tmp_path / "none.yaml", write(BAD))
    assert (outcome.exit_code, codes(outcome)) == (2, ["E000", "W901"])


def test_every_file_is_gone_through(write: Write) -> None:
    broken = write(DRAFT.replace("headline:", "headline："), "a.yaml")
    outcome = check(broken, write(BAD, "b.yaml"))
    assert codes(outcome) == ["Y001", "W901"]
    assert outcome.exit_code == 1


def test_character_that_no_font_has(write: Write) -> None:
    outcome = check(write(DRAFT.replace("正文", "正\U000e0fff文")), ignore=("W901", "Z"))
    assert codes(outcome) == ["Z001"]
    assert outcome.exit_code == 1


# Files and folders


def test_a_folder_stands_for_its_drafts(write: Write, tmp_path: Path) -> None:
    for name in ("b/2.yaml", "b/1.yml", "a.yaml", "publications/p.yaml", ".git/x.yaml", "b/note.txt"):
        write(DRAFT, name)
    files, problems = drafts_in([tmp_path, tmp_path / "a.yaml"])
    assert [path.relative_to(tmp_path).as_posix() for path, _ in files] == ["a.yaml", "b/1.yml", "b/2.yaml"]
    assert problems == []


def test_an_archive_holds_no_drafts(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands beside them by default; `--fix` and `migrate` must not reach what was printed."""
    for name in ("055.yaml", *(f"archive/2025/050/{name}.yaml" for name in ("issue", "lock", "publication"))):
        write(DRAFT, name)
    monkeypatch.chdir(tmp_path)
    for named in (Path("."), Path("**/*.yaml")):
        assert [path.as_posix() for path, _ in drafts_in([named])[0]] == ["055.yaml"]
    assert drafts_in([Path("archive")])[1][0].message.zh == "这个文件夹里没有稿件"


def test_a_file_is_one_by_whatever_name(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(DRAFT, "a/1.yaml")
    write(DRAFT.replace("number: 50", "number: 51"), "a/2.YAML")
    monkeypatch.chdir(tmp_path)
    names = [Path("a/1.yaml"), path, Path("a/../a/1.yaml"), Path("a"), Path("a/*.yaml"), Path("**/*.yaml")]
    if sys.platform != "win32":
        (tmp_path / "a" / "link.yaml").symlink_to(path)
    files, problems = drafts_in(names)
    assert [file.as_posix() for file, _ in files] == ["a/1.yaml", "a/2.YAML"]
    assert problems == []


def test_a_name_that_is_nearly_right(write: Write, tmp_path: Path) -> None:
    write(DRAFT, "055.yaml")
    for name, hint in (("055", f"是不是 {tmp_path / '055.yaml'}？"), ("*.yml", "检查文件名")):
        outcome = check(tmp_path / name)
        assert (outcome.exit_code, outcome.diagnostics[0].hint.zh) == (2, hint)


def test_a_folder_without_drafts_is_told(tmp_path: Path) -> None:
    outcome = check(tmp_path)
    assert outcome.exit_code == 2
    assert outcome.diagnostics[0].message.zh == "这个文件夹里没有稿件"


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs")
def test_a_pipe_blocks_nothing(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "x.yaml")
    assert check(tmp_path / "x.yaml").exit_code == 2


def test_what_is_wrong_with_a_publication_is_told_once(write: Write, habit: Callable[[str], None]) -> None:
    habit("{selct: [W901]}")
    outcome = check(write(DRAFT, "a.yaml"), write(DRAFT, "b.yaml"))
    assert codes(outcome) == ["F001"]
    assert outcome.exit_code == 1


# Choice of rules


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["W901", "W902"]),
        ({"select": ("W902",)}, ["W902"]),
        ({"select": ("w9",), "ignore": ("word-w901",)}, ["W902"]),
        ({"ignore": ("W",)}, []),
    ],
)
def test_select_and_ignore(write: Write, settings: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert codes(check(write(DRAFT.replace("正文", "坏词疑词")), **settings)) == expected


def test_choice_of_the_publication(write: Write, habit: Callable[[str], None]) -> None:
    habit("{select: [W], ignore: [W902]}")
    path = write(DRAFT.replace("正文", "坏词疑词喆"))
    assert codes(check(path)) == ["W901"]
    assert codes(check(path, select=("Z002",))) == ["Z002"]


def test_no_rule_of_that_name(run: Command, write: Write) -> None:
    outcome = run("check", write(DRAFT), "--ignore", "Z009")
    assert outcome.code == 2
    assert "没有规则 Z009，是不是 Z00" in outcome.err


def test_codes_as_editors_type_them(small: Command, write: Write) -> None:
    outcome = small("check", write(DRAFT.replace("正文", "坏词疑词")), "--ignore", "w901， W902")
    assert outcome.code == 0


# Comments that silence


@pytest.mark.parametrize(
    "body",
    [
        "          - 坏词  # noqa: W901 原文如此",
        "          - 坏词 # NOQA：w901",
        "          - 坏词疑词  # noqa: W902、W901",
        "          - '坏词'  # noqa: W901",
        "          - >-  # noqa: W901 整段\n            甲\n            坏词",
        "          - 甲\n            坏词\n            乙  # noqa: W901",
        "          - 坏词\n            乙  # noqa: W901",
    ],
)
def test_noqa_silences_one_rule_on_its_line(write: Write, body: str) -> None:
    outcome = check(write(DRAFT.replace("          - 正文", body)))
    assert codes(outcome) == []


def test_noqa_silences_nothing_else(write: Write) -> None:
    outcome = check(write(DRAFT.replace("正文", "坏词疑词  # noqa: W902\n          - 疑词")))
    assert codes(outcome) == ["W901", "W902"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# noqa: W901", "这一行已经没有 W901 的问题"),
        ("# noqa: W999 原因", "没有规则 W999"),
        ("# noqa", "noqa 没有写明规则"),
    ],
)
def test_stale_noqa_is_told(write: Write, comment: str, message: str) -> None:
    outcome = check(write(DRAFT.replace("正文", f"正文  {comment}")))
    (found,) = outcome.diagnostics
    assert (found.rule, found.severity, found.message.zh) == ("Q001", "warning", message)
    assert found.span is not None
    assert found.source_line[found.span.column - 1 : found.span.end_column - 1] == comment


def test_noqa_of_a_rule_that_did_not_run_is_not_stale(write: Write) -> None:
    path = write(DRAFT.replace("正文", "正文  # noqa: W901"))
    assert codes(check(path, ignore=("W901",))) == []
    assert codes(check(path, select=("W902",))) == []


@pytest.mark.parametrize("body", ["'坏词 # noqa: W901'", "|\n            坏词 # noqa: W901", "甲#noqa"])
def test_noqa_in_a_text_is_text(write: Write, body: str) -> None:
    found = codes(check(write(DRAFT.replace("正文", body))))
    assert found == (["W901"] if "坏词" in body else [])


RECIPIENTS = "各市（州）科技局。"


@pytest.mark.parametrize(
    ("draft", "word", "comment", "expected"),
    [
        (DRAFT, "坏词", "  # noqa: W901 沿用", []),
        (DRAFT, "好词", "  # noqa: W901 沿用", ["Q001"]),
        (
            DRAFT + "imprint:\n  copies: 100\n",
            "好词",
            "  # noqa: W901 沿用",
            [],
        ),  # perhaps of use to another draft
        (DRAFT, "坏词", "", ["W901"]),
    ],
)
def test_noqa_in_a_publications_file(
    write: Write, draft: str, word: str, comment: str, expected: list[str]
) -> None:
    text = PUBLICATION.read_text(encoding="utf-8").replace(RECIPIENTS, f"{word}{RECIPIENTS}{comment}")
    write(text.replace("# yaml-language-server", "#"), PUBLICATION.name)
    outcome = check(write(draft, "a.yaml"), write(draft, "b.yaml"))
    assert codes(outcome) == expected
    assert all(item.file.endswith(PUBLICATION.name) for item in outcome.diagnostics)


# Baseline


def test_baseline_accepts_what_it_lists(write: Write, tmp_path: Path) -> None:
    path, baseline = write(BAD), tmp_path / "旧账.json"
    first = check(path, write_baseline=baseline)
    assert (first.exit_code, codes(first), first.accepted) == (0, [], 1)
    assert json.loads(baseline.read_text(encoding="utf-8"))["accepted"][0]["path"] == "issue.yaml"
    again = check(path, baseline=baseline)
    assert (again.exit_code, again.accepted) == (0, 1)
    write("# 另起一行\n" + BAD)
    assert check(path, baseline=baseline).exit_code == 0
    write(BAD.replace("坏词。", "坏词。坏词。"))
    assert codes(check(path, baseline=baseline)) == ["W901"] * 2  # its surroundings have changed
    write(BAD.replace("          -", "          - 有坏词。\n          -"))
    assert codes(check(path, baseline=baseline)) == ["W901"]


def test_fixes_leave_alone_what_the_baseline_accepts(write: Write, tmp_path: Path) -> None:
    path, baseline = write(BAD), tmp_path / "b.json"
    check(path, write_baseline=baseline)
    outcome = check(path, baseline=baseline, fix="safe")
    assert (outcome.mended, outcome.accepted) == ((), 1)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"accepted": 1}', '{"accepted": [1]}', "[" * 100_000])
def test_what_is_no_baseline(run: Command, write: Write, content: str) -> None:
    outcome = run("check", write(DRAFT), "--baseline", write(content, "b.json"))
    assert outcome.code == 2
    assert "这不是基线文件" in outcome.err


def test_no_baseline_there(run: Command, write: Write, tmp_path: Path) -> None:
    assert "先用 --write-baseline" in run("check", write(DRAFT), "--baseline", tmp_path / "b.json").err


def test_baseline_entries_that_are_gone_are_counted(small: Command, write: Write, tmp_path: Path) -> None:
    path, other, baseline = write(BAD), write(BAD, "b.yaml"), tmp_path / "b.json"
    check(path, other, write_baseline=baseline)
    write(BAD.replace("坏词", "好词"))
    outcome = small("check", path, "--baseline", baseline)
    assert outcome.code == 0
    assert "基线里有 1 处已经没有了，用 --write-baseline 重写一份就会去掉" in outcome.out
    assert check(path, baseline=baseline, ignore=("W901",)).stale == 0  # it was not looked for
    assert check(other, baseline=baseline).stale == 0  # the file was not looked at
    other.unlink()
    assert check(path, baseline=baseline).stale == 2
    assert check(path, baseline=baseline, write_baseline=baseline).stale == 0
    assert json.loads(baseline.read_text(encoding="utf-8"))["accepted"] == []


def test_a_baseline_that_is_written_lists_what_the_old_one_accepts(write: Write, tmp_path: Path) -> None:
    path, baseline = write(BAD), tmp_path / "b.json"
    check(path, write_baseline=baseline)
    write(BAD.replace("          -", "          - 另有坏词。\n          -"))
    assert check(path, baseline=baseline, write_baseline=baseline).accepted == 2
    assert check(path, baseline=baseline).exit_code == 0


# Mending


def test_fix_mends_and_says_so(small: Command, write: Write) -> None:
    path = write(BAD)
    outcome = small("check", path, "--fix")
    assert (outcome.code, outcome.out) == (0, "1 个文件，没有问题\n")
    assert outcome.err == f"{path}  改了 1 处\n"
    assert path.read_text(encoding="utf-8") == BAD.replace("坏词", "好词")


def test_a_second_fix_changes_nothing(write: Write) -> None:
    path = write(BAD.replace("坏词", "坏词坏词，疑词"))
    check(path, fix="unsafe")
    first = path.read_bytes()
    outcome = check(path, fix="unsafe")
    assert (path.read_bytes(), outcome.mended) == (first, ())


def test_unsafe_fixes_only_when_asked(write: Write) -> None:
    path = write(DRAFT.replace("正文", "疑词"))
    assert check(path, fix="safe").mended == ()
    assert check(path, fix="unsafe").mended[0].fixes == 1
    assert "正词" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("mark", "end"), [(b"", "\n"), (codecs.BOM_UTF8, "\n"), (b"", "\r\n"), (codecs.BOM_UTF8, "\r\n")]
)
def test_encoding_and_line_ends_stay(write: Write, mark: bytes, end: str) -> None:
    path = write(mark + BAD.replace("\n", end).encode())
    check(path, fix="safe")
    assert path.read_bytes() == mark + BAD.replace("坏词", "好词").replace("\n", end).encode()


def test_diff_writes_nothing(small: Command, write: Write) -> None:
    path = write(BAD)
    outcome = small("check", path, "--diff")
    assert outcome.out == (
        f"--- {path}\n+++ {path}\n@@ -8,2 +8,2 @@\n         body:\n"
        "-          - 有坏词。  # 注\n+          - 有好词。  # 注\n"
    )
    assert outcome.err.endswith("1 个文件，没有问题\n")
    assert path.read_text(encoding="utf-8") == BAD


def test_fix_that_needs_a_hand_is_told(small: Command, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = word_rule("W901", "坏词", "好: 词")
    monkeypatch.setattr(check_run, "check_drafts", functools.partial(check_drafts, rules=(rule,)))
    path = write(BAD)
    outcome = small("check", path, "--fix")
    assert outcome.code == 1
    assert outcome.err == f"{path}:9 W901 没有自动改：改后要换引号或转义，请手工改\n"
    assert path.read_text(encoding="utf-8") == BAD


def test_fixes_that_never_end_are_stopped(write: Write) -> None:
    rules = (word_rule("W901", "坏词", "歪词"), word_rule("W902", "歪词", "坏词"))
    path = write(BAD)
    outcome = check_drafts(Request((path,), fix="safe"), rules=rules)
    assert outcome.exit_code == 1


def test_a_file_that_cannot_be_written(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    path = write(BAD)
    monkeypatch.setattr("os.replace", refuse)
    outcome = check(path, fix="safe")
    assert outcome.exit_code == 2
    assert outcome.diagnostics[0].message.zh == "磁盘满了，没有写成；原来的文件没有动"
    assert (path.read_text(encoding="utf-8"), outcome.mended) == (BAD, ())


def test_a_path_that_cannot_be_looked_at(tmp_path: Path) -> None:
    outcome = check(tmp_path / ("长" * 300), Path("a\0b.yaml"))
    assert outcome.exit_code == 2
    assert codes(outcome) == ["E000", "E000"]


# Standard input


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_standard_input(small: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, BAD)
    outcome = small("check", "-", "--stdin-name", "稿件/055.yaml", "--format", "concise")
    assert (outcome.code, outcome.out.split("\n")[0]) == (1, "稿件/055.yaml:9:14: W901 错误 不用坏词")


def test_standard_input_finds_the_publication_beside_its_name(
    write: Write, habit: Callable[[str], None], tmp_path: Path
) -> None:
    habit("{ignore: [W901]}")
    outcome = check(Path("-"), stdin=BAD.encode(), stdin_name=str(tmp_path / "x.yaml"))
    assert codes(outcome) == []


def test_standard_input_mended_goes_to_standard_output(
    small: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, BAD)
    outcome = small("check", "-", "--fix")
    assert outcome.out == BAD.replace("坏词", "好词")
    assert outcome.err.endswith("1 个文件，没有问题\n")


@pytest.mark.parametrize(("mark", "end"), [(codecs.BOM_UTF8, "\n"), (b"", "\r\n"), (codecs.BOM_UTF8, "\r\n")])
def test_standard_input_keeps_its_encoding_and_line_ends(mark: bytes, end: str) -> None:
    outcome = check(Path("-"), stdin=mark + BAD.replace("\n", end).encode(), fix="safe")
    assert outcome.mended_stdin == mark + BAD.replace("坏词", "好词").replace("\n", end).encode()


# The series

SERIES = next(rule for rule in real.RULES if rule.code == "S001")


def test_numbers_and_items_of_the_files_are_compared(write: Write) -> None:
    for number in (50, 51):
        write(DRAFT.replace("number: 50", f"number: {number}"), f"{number}.yaml")
    outcome = check_drafts(Request((write(DRAFT, "52.yaml").parent,)), rules=(*RULES, SERIES))
    assert set(codes(outcome)) == {"S001"}
    assert {Path(item.file).name for item in outcome.diagnostics} == {"51.yaml", "52.yaml"}


def test_series_may_be_silenced(write: Write, tmp_path: Path) -> None:
    write(DRAFT, "50.yaml")
    again = DRAFT.replace("number: 50", "number: 51").replace("标题", "标题  # noqa: S001 再登")
    write(again, "51.yaml")
    assert codes(check_drafts(Request((tmp_path,)), rules=(*RULES, SERIES))) == []


# Surroundings


def test_layouts_findings_come_through_the_same_report(run: Command, write: Write) -> None:
    headline = "一" * 70
    outcome = run(
        "check", write(DRAFT.replace("标题", headline).replace("正文", "李喆。")), "--ignore", "S001"
    )
    assert " 提示 H001 标题排了" in outcome.out
    assert " 提示 Z002 “喆”" in outcome.out


def test_single_character_line_where_the_house_minds(write: Write) -> None:
    text = DRAFT.replace("正文", "——" * 13 + "一。")
    asked = text + "typesetting:\n  avoid_single_character_line: 是\n"
    assert codes(check(write(text))) == []
    assert codes(check(write(asked))) == ["H002"]


def test_github_summary(run: Command, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    path = write(DRAFT.replace("number", "numbr"))
    outcome = run("check", path, "--format", "github")
    assert outcome.out.startswith("::error file=")
    assert "| F001 |" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "summary.md"))
    outcome = run("check", path, "--format", "github")
    assert "任务小结写不进去" in outcome.err


def test_two_runs_say_the_same(run_process: Process, samples: Path) -> None:
    outcomes = {
        run_process("check", samples, env={"PYTHONHASHSEED": seed, "TZ": zone}).out
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(outcomes) == 1


def test_many_drafts_in_little_time(samples: Path, sample_text: str, tmp_path: Path) -> None:
    for number in range(50):
        text = sample_text.replace("number: 50", f"number: {number + 1}")
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    start = time.process_time()
    check(tmp_path)
    assert time.process_time() - start < 50 * 0.03  # 4 ms each where nothing else runs


def test_a_section_that_would_be_stranded_is_told_of_the_drafts_that_are_set(
    write: Callable[..., Path], run: Command
) -> None:
    body = "".join("          - 正文。\n" for _ in range(15))
    sections = DRAFT.replace("          - 正文\n", body) + (
        "  - name: 省外速览\n    items:\n      - headline: 标题二\n        body:\n          - 正文。\n"
    )
    drafts = [write(sections, f"{number:03}.yaml") for number in range(MOST_SET + 1)]
    one = run("check", drafts[0], "--format", "concise")
    assert (one.code, one.out.count("H003")) == (0, 1)
    assert "000.yaml:24:11: H003" in one.out
    many = run("check", *drafts, "--format", "concise", "--ignore", "S001")
    assert "H003" not in many.out
