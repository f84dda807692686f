"""Files meant to hurt, or merely broken beyond recognition: refused in plain words, at once, with the right exit code.

`corpus/` holds those that are easier kept as files: a new one goes there, with a row in EXPECTED.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from authoring.source.document import MAX_BYTES
from tests.conftest import DRAFT, Command, Process, environment

CORPUS = Path(__file__).with_name("corpus")
SECONDS = 2.0

EXPECTED = {
    "alias-bomb.yaml": (1, "以 & 开头的文字被读成了 YAML 的锚点"),
    "merge-key.yaml": (1, "未知字段 <<"),
    "python-object.yaml": (1, "以 ! 开头的文字被读成了 YAML 的类型标记"),
    "json.yaml": (0, ""),
    "html.yaml": (1, "这里应是“字段: 值”"),
    "word-paste.yaml": (1, "字段名后面是全角冒号"),
    "conflict-markers.yaml": (1, "这里有合并冲突的标记"),
    "path-as-publication.yaml": (1, "里有不能用的字符"),
    "question-mark-key.yaml": (1, "字段名只能是一个词"),
    "many-errors.yaml": (1, "未知字段"),
    "percent-directive.yaml": (1, "错误"),
    "unassigned.yaml": (1, "没有分配给任何字符"),
    "private-use.yaml": (1, "私用区字符 U+E000"),
    "direction-marks.yaml": (0, "看不见的字符 U+202E"),
    "full-width-colon.yaml": (1, "字段名后面是全角冒号"),
    "no-space-after-colon.yaml": (1, "字段名的冒号后面缺空格"),
    "no-space-after-dash.yaml": (1, "列表的“-”后面缺空格，或不是半角的“-”"),
    "tab-indent.yaml": (1, "缩进里有制表符（Tab）"),
    "full-width-indent.yaml": (1, "缩进里有全角空格"),
    "duplicate-key.yaml": (1, "字段 number 写了两次（前一次在第2行）"),
    "lost-comment.yaml": (1, "“#3 条。”会被当作注释丢掉"),
    "inner-quotes.yaml": (1, "引号没有包住整段文字"),
    "percent.yaml": (1, "以符号开头的文字没有加引号"),
    "star.yaml": (1, "以符号开头的文字没有加引号"),
    "bracket.yaml": (1, "以 [ 或 { 开头的文字被读成了 YAML 的括号"),
    "brace.yaml": (1, "以 [ 或 { 开头的文字被读成了 YAML 的括号"),
    "at-sign.yaml": (1, "以符号开头的文字没有加引号"),
    "backtick.yaml": (1, "以符号开头的文字没有加引号"),
    "colon-in-headline.yaml": (1, "文字里有半角冒号加空格，被读成了又一个字段"),
    "colon-in-body.yaml": (1, "这段文字被读成了“字段: 值”"),
    "unclosed-quote.yaml": (1, "引号或括号没有结束"),
    "unknown-field.yaml": (1, "未知字段 headlne，是不是 headline？"),
    "chinese-field.yaml": (1, "未知字段 标题，是不是 headline？"),
    "missing-number.yaml": (1, "缺少 number（期号）"),
    "missing-sections.yaml": (1, "缺少 sections（栏目）"),
    "empty-sections.yaml": (1, "至少要有一项"),
    "empty-headline.yaml": (1, "没有内容"),
    "empty-body.yaml": (1, "没有内容"),
    "body-not-a-list.yaml": (1, "这里应是列表"),
    "number-in-words.yaml": (1, "应为数字，实为“第五十期”"),
    "number-zero.yaml": (1, "数字应从 1 起，实为“0”"),
    "no-such-day.yaml": (1, "没有这一天：2025-02-30"),
    "not-a-date.yaml": (1, "不是日期：“下周五”"),
    "no-such-publication.yaml": (1, "没有代号为 chuangxin 的刊物"),
    "points-misspelt.yaml": (1, "未知字段 point，是不是 points？"),
    "points-and-heading.yaml": (1, "heading 不能和别的内容写在同一段"),
    "wrong-level.yaml": (1, "不能是 4"),
    "wrong-setting.yaml": (1, "不能是 wide"),
    "two-documents.yaml": (1, "一个文件只能写一期：这里又开始了一份文档"),
    "only-a-comment.yaml": (1, "文件是空的"),
    "truncated.yaml": (1, "引号或括号没有结束"),
    "bar-headline.yaml": (1, "没有内容"),
    "zero-width-headline.yaml": (1, "没有内容"),
    "emoji.yaml": (1, "没有字体能显示“👍”（U+1F44D THUMBS UP SIGN）"),
    "control-character.yaml": (1, "正文里混进了控制字符 U+0007"),
    "text-file.yaml": (1, "这里应是“字段: 值”，实为“近日，国家数据局印发通知。”"),
    "no-room.yaml": (1, "太长，一行放不下"),
    "code-fence.yaml": (1, "这一行读不懂"),
    "curly-quoted-field.yaml": (1, "未知字段 “headline”，是不是 headline？"),
    "english-date.yaml": (1, "不是日期：“Oct 13, 2025”"),
    "xml.yaml": (1, '这里应是“字段: 值”，实为“<?xml version="1.0"?…”'),
    "equals-sign.yaml": (1, "这里不成字段：缺少“字段名: ”，或上一行没有写完"),
    "points-without-list.yaml": (1, "这里应是列表"),
    "null-section.yaml": (1, "没有内容"),
    "list-on-top.yaml": (1, "这里应是字段，不是列表"),
}


def fill(line: str) -> str:
    """As many lines as a file may have, with room for a draft around them."""
    return line * ((MAX_BYTES - 300) // len(line.encode()))


GENERATED: dict[str, tuple[str | bytes, str]] = {
    "100 levels": ("\n".join("  " * level + "a:" for level in range(100)), "层次太深"),
    "GB18030": (DRAFT.encode("gb18030"), "文件是 GB18030（GBK）编码"),
    "UTF-16": (DRAFT.encode("utf-16"), "文件是 UTF-16 编码"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版 Word 文档，不是稿件"),
    "zero bytes": (b"\0" * 1000, "控制字符 U+0000"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "这是 PDF，不是稿件"),
    "DOCX": (
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2",
        "这是 Word 文档或压缩包，不是稿件",
    ),
    "lone surrogate": (b"a: \xed\xa0\x80", "文件不是 UTF-8 文本"),
    "3000 brackets": ("[" * 3000, "层次太深"),
    "brackets without end": ("[" * 400_000, "层次太深"),
    "deep blocks": ("\n".join(" " * level + "- " for level in range(900)), "层次太深"),
    "one long flow": ("a: [" + fill("a,") + "]", "文件太大"),
    "many entries": ("a: [" + "a," * 19_000 + "]", "缺少 publication"),
    "aliases on one line": ("a: [" + fill("*a,") + "]", "以 * 开头的文字"),
    "one field over and over": (fill("a: 1\n"), "字段 a 写了两次"),
    "a million tabs": (fill("\t\n") + "[", "制表符"),
    "open quote before all": ('"' + fill("文字\n"), "引号或括号没有结束"),
    "wrong entries": (DRAFT + "          - []\n" * 19_000, "正文里不能直接放列表"),
    "wrong at the very end": (DRAFT + "          - 文\n" * 19_000 + "        } \n", "读不懂"),
    "one endless line": (DRAFT + "          - " + " " * 400_000 + "#x", "会被当作注释丢掉"),
    "backslashes": ('- "' + fill("\\"), "错误"),
}


@pytest.fixture
def quick() -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < SECONDS


def test_every_file_of_the_corpus_is_expected() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(EXPECTED)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", EXPECTED)
def test_corpus(run: Command, tmp_path: Path, name: str) -> None:
    code, message = EXPECTED[name]
    outcome = run("build", CORPUS / name, "--to", "trace", "-o", tmp_path)
    assert outcome.code == code, outcome.err
    assert message in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ([] if code else [Path(name).stem + ".trace"])


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("content", "message"), GENERATED.values(), ids=GENERATED)
def test_generated(run: Command, write: Callable[..., Path], content: str | bytes, message: str) -> None:
    outcome = run("build", write(content), "--to", "trace")
    assert outcome.code == 1
    assert message in outcome.err
    assert len(outcome.err) < 200_000


@pytest.mark.usefixtures("quick")
def test_fifty_megabytes_are_not_read(run: Command, write: Callable[..., Path]) -> None:
    outcome = run("check", write(b"a" * 50_000_000))
    assert outcome.code == 1
    assert "文件太大" in outcome.out


def test_the_whole_corpus_in_one_call_keeps_its_words(run_process: Process) -> None:
    outcome = run_process("check", CORPUS, "--format", "concise")
    assert outcome.code == 1
    assert "Traceback" not in outcome.out + outcome.err
    assert {line.partition(":")[0].rpartition("/")[2] for line in outcome.out.splitlines()} >= {
        name for name, (code, _) in EXPECTED.items() if code
    }


MEASURED = """\
import atexit, pathlib
from authoring.cli import main

status = pathlib.Path("/proc/self/status")
atexit.register(lambda: pathlib.Path("peak").write_text(status.read_text().partition("VmHWM:")[2].split()[0]))
main()
"""
"""The command, which at its end writes the most memory that it ever held, in kB, to the file `peak`."""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's own peak")
def test_the_whole_corpus_in_one_call_stays_small(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MEASURED, "check", str(CORPUS), "-q"]
    subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=False, timeout=60)
    assert 10_000 < int((tmp_path / "peak").read_text()) < 500_000


def test_no_traceback_reaches_the_terminal(run_process: Process, write: Callable[..., Path]) -> None:
    outcome = run_process("build", write(b"[" * 100_000), CORPUS / "alias-bomb.yaml")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
