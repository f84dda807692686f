"""What goes wrong when an editor types YAML, and how it is explained. A parser's own phrases never reach an editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from authoring.characters import name
from authoring.diagnostics import NOTHING, Diagnostic, Message, Span

_MAX_FOUND = 200
"""Traps told of in one file: one with more is broken as a whole."""
_MAX_SLOW = 100_000
"""Characters that the slow parser is given; a draft has 10,000."""
_NOT_YAML = yaml.reader.Reader.NON_PRINTABLE

Explanation = tuple[Message, Message]
"""What is wrong, and how to mend it."""

UTF16: Explanation = (
    Message("文件是 UTF-16 编码，应为 UTF-8", "the file is UTF-16, not UTF-8"),
    Message("在编辑器里“另存为”，编码选 UTF-8", "save it again as UTF-8"),
)
GB18030: Explanation = (
    Message("文件是 GB18030（GBK）编码，应为 UTF-8", "the file is GB18030, not UTF-8"),
    Message("在编辑器里“另存为”，编码选 UTF-8", "save it again as UTF-8"),
)
NOT_UTF8: Explanation = (
    Message("文件不是 UTF-8 文本", "the file is not UTF-8 text"),
    Message("确认选的是 .yaml 文件；在编辑器里“另存为”，编码选 UTF-8", "save it again as UTF-8"),
)
_NAME_THE_DRAFT = Message("写出 .yaml 稿件的文件名", "name the .yaml draft")
SIGNATURES: tuple[tuple[bytes, Explanation], ...] = (
    (b"PK\x03\x04", (Message("这是 Word 文档或压缩包，不是稿件", "a Word document or archive, not a draft"), _NAME_THE_DRAFT)),
    (b"\xd0\xcf\x11\xe0", (Message("这是旧版 Word 文档，不是稿件", "an old Word document, not a draft"), _NAME_THE_DRAFT)),
    (b"%PDF-", (Message("这是 PDF，不是稿件", "a PDF, not a draft"), _NAME_THE_DRAFT)),
)  # fmt: skip
"""Files of other kinds that an editor may name by mistake, by their first bytes."""
EMPTY: Explanation = (
    Message("文件是空的", "the file is empty"),
    Message("从 samples 里的样例抄起", "begin with a copy of a sample"),
)
TWO_DOCUMENTS: Explanation = (
    Message(
        "一个文件只能写一期：这里又开始了一份文档", "a second document begins here; a file holds one issue"
    ),
    Message(
        "删去这一行的 ---，或把后面的内容移到另一个文件", "take out the ---, or move the rest to another file"
    ),
)
ALIAS: Explanation = (
    Message("以 * 开头的文字被读成了 YAML 的引用", "text that begins with * is read as a YAML alias"),
    Message("给整段文字加引号；加粗用 **两个星号**", "put the text in quotes"),
)
ANCHOR: Explanation = (
    Message("以 & 开头的文字被读成了 YAML 的锚点", "text that begins with & is read as a YAML anchor"),
    Message("给整段文字加引号", "put the text in quotes"),
)
TAG: Explanation = (
    Message("以 ! 开头的文字被读成了 YAML 的类型标记", "text that begins with ! is read as a YAML tag"),
    Message("给整段文字加引号", "put the text in quotes"),
)
COMPLEX_KEY: Explanation = (
    Message("字段名只能是一个词", "a field's name must be a single word"),
    Message(
        "去掉 ? 或方括号、花括号；以它们开头的文字要加引号", "take out the ? or brackets, or quote the text"
    ),
)
TOO_DEEP: Explanation = (
    Message("层次太深，不像一期稿件", "nested too deep to be an issue"),
    Message("检查缩进和括号", "check indentation and brackets"),
)
TOO_LARGE: Explanation = (
    Message("文件太大，不像一期稿件", "too large to be an issue"),
    Message("确认选的是 .yaml 稿件", "check that this is the draft"),
)
DIRECTORY: Explanation = (
    Message("这是一个文件夹，不是文件", "this is a folder, not a file"),
    Message("写出文件夹里的 .yaml 文件名", "name the .yaml file in it"),
)
NOT_A_FILE: Explanation = (Message("不是普通文件", "not a regular file"), NOTHING)
NO_SUCH_FILE: Explanation = (
    Message("找不到这个文件", "no such file"),
    Message("检查文件名和所在文件夹", "check the name and the folder"),
)
NO_PERMISSION: Explanation = (
    Message("没有权限读这个文件", "no permission to read this file"),
    Message(
        "检查文件的权限，或是否被别的程序占用", "check its permissions, or whether another program holds it"
    ),
)
UNREADABLE: Explanation = (
    Message("读不出这个文件", "the file cannot be read"),
    Message("检查文件名和磁盘", "check the name and the disk"),
)


def duplicate_key(key: str, earlier: int) -> Explanation:
    return (
        Message(
            f"字段 {key} 写了两次（前一次在第{earlier}行）",
            f"field {key} stands twice (first on line {earlier})",
        ),
        Message("删去一个，或把内容并到一处", "take one out, or join the two"),
    )


def comment(rest: str) -> Explanation:
    shown = rest if len(rest) <= 20 else rest[:20] + "…"
    return (
        Message(f"“{shown}”是注释，不会排出来", f"“{shown}” is a comment and is not set"),
        Message("若是正文，给整段加引号", "quote the text if it is meant to be set"),
    )


def lost_comment(rest: str) -> Explanation:
    shown = rest if len(rest) <= 20 else rest[:20] + "…"
    return (
        Message(f"“{shown}”会被当作注释丢掉", f"“{shown}” would be dropped as a comment"),
        Message(
            "若是正文，给整段加引号；若是注释，在 # 后面空一格",
            "quote the text, or put a space after # in a comment",
        ),
    )


DASH: Explanation = (
    Message("列表的“-”后面缺空格，或不是半角的“-”", "a list's dash must be a hyphen and a space"),
    Message("写成“- ”加正文", "write “- ” and the text"),
)

_KEY = r"[A-Za-z_][A-Za-z_0-9-]*"
WIDE_INDENT: Explanation = (
    Message("缩进里有全角空格", "a full-width space in the indentation"),
    Message("缩进只用半角空格", "indent with plain spaces only"),
)
_LINE_TRAPS: tuple[tuple[re.Pattern[str], Message, Message], ...] = (
    (
        re.compile(r"^(?P<at><{7} .*|={7}$|>{7} .*)"),
        Message("这里有合并冲突的标记", "a merge conflict's marker stands here"),
        Message(
            "留下两段中要用的一段，删去 <<<<<<<、=======、>>>>>>> 三行",
            "keep the part that is wanted, and take out the three marker lines",
        ),
    ),
    (
        re.compile(rf"^\s*(?:- +)*{_KEY}\s*(?P<at>：)"),
        Message("字段名后面是全角冒号", "a full-width colon after a field's name"),
        Message("改成半角冒号加空格 “: ”", "use a colon and a space"),
    ),
    (
        re.compile(rf"^\s*(?:- +)*{_KEY}:(?P<at>[\u3000\xa0]+)"),
        Message("冒号后面是全角空格", "a full-width space after the colon"),
        Message("改成半角空格", "use a plain space"),
    ),
    (
        re.compile(r"^[ ]*(?P<at>\t+)"),
        Message("缩进里有制表符（Tab）", "a tab in the indentation"),
        Message("缩进只用空格", "indent with spaces only"),
    ),
    (
        re.compile(r"^[ ]*(?P<at>[\u3000\xa0]+)"),
        *WIDE_INDENT,
    ),
    (
        re.compile(rf"^\s*(?:- +)*{_KEY}(?P<at>:)(?=[^\s:/])"),
        Message("字段名的冒号后面缺空格", "no space after the colon"),
        Message("冒号后面加一个空格", "put a space after the colon"),
    ),
    (
        re.compile(r"^\s*(?P<at>-\t+|-[\u3000\xa0]+|[-–—－](?=[^\s\-–—－])|[–—－](?=\s))"),
        *DASH,
    ),
)
"""Seen line by line when the file cannot be parsed: all of them are reported at once."""

_SCALAR_TRAPS: tuple[tuple[re.Pattern[str], Message, Message], ...] = (
    (
        re.compile(
            r"""^\s*(?:- +|[A-Za-z_]+: +)+(?P<at>("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=\s*[^\s,\]}#:]).*)"""
        ),
        Message("引号没有包住整段文字", "the quotes do not enclose the whole text"),
        Message(
            "文字里的引号用中文引号“ ”，或用单引号把整段括起来",
            "use “ ” inside the text, or enclose it in single quotes",
        ),
    ),
    (
        re.compile(r"^\s*(?:- +|[A-Za-z_]+: +)+(?P<at>[\[{].*)"),
        Message(
            "以 [ 或 { 开头的文字被读成了 YAML 的括号",
            "text that begins with [ or { is read as YAML brackets",
        ),
        Message("给整段文字加引号", "put the text in quotes"),
    ),
    (
        re.compile(r"^\s*(?:- +|[A-Za-z_]+: +)+(?P<at>[*&!|>%@`?].*)"),
        Message("以符号开头的文字没有加引号", "text that begins with a symbol is not quoted"),
        Message("给整段文字加引号；加粗写成 “**…**” 时也要加引号", "put the text in quotes"),
    ),
    (
        re.compile(rf"^\s*(?:- +)*{_KEY}: +(?P<at>\S.*?: .*)"),
        Message(
            "文字里有半角冒号加空格，被读成了又一个字段",
            "a colon and a space inside the text read as another field",
        ),
        Message("改用全角冒号“：”，或给整段文字加引号", "use “：”, or put the text in quotes"),
    ),
)


def on_line(lines: list[str], number: int, file: str) -> Iterator[Diagnostic]:
    """The first trap that stands plainly on a line."""
    for pattern, message, hint in _LINE_TRAPS:
        match = pattern.match(lines[number - 1])
        if match:
            yield _diagnostic(file, lines, number, match.start("at") + 1, match.end("at") + 1, message, hint)
            return


def looks_mistyped(text: str) -> bool:
    """Whether a list entry of this plain text would be taken for a trap, were anything else wrong with its file."""
    return any(pattern.match(f"  - {text}") for pattern, _, _ in _LINE_TRAPS)


def explain(text: str, lines: list[str], file: str, error: yaml.YAMLError) -> list[Diagnostic]:
    """Why `text` is not YAML: every trap that stands plainly on a line, else what the parser stumbled over.

    error: what the fast parser said.
    """
    found = list(islice(_certain(lines, file), _MAX_FOUND))
    if found:
        return found
    problem, line, column = _stumble(text, lines, error)
    for number in (line, line - 1):
        if 1 <= number <= len(lines):
            for pattern, message, hint in _SCALAR_TRAPS:
                match = pattern.match(lines[number - 1])
                if match:
                    return [
                        _diagnostic(
                            file, lines, number, match.start("at") + 1, match.end("at") + 1, message, hint
                        )
                    ]
    message, hint = _problem(problem)
    return [_diagnostic(file, lines, line, column, column + 1, message, hint)]


def _certain(lines: list[str], file: str) -> Iterator[Diagnostic]:
    block_indent: int | None = None
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip(" "))
        if block_indent is not None and (not line.strip() or indent > block_indent):
            continue  # inside a block scalar anything may stand
        block_indent = indent if re.search(r"[:-] +[|>][+-]?\d?\s*(?:#.*)?$", line) else None
        if line.lstrip().startswith(("#", "---")):
            continue
        yield from on_line(lines, number, file)


def _stumble(text: str, lines: list[str], error: yaml.YAMLError) -> tuple[str, int, int]:
    """What PyYAML's own parser says and where: the pure Python one, whose phrases do not change with the platform.

    It is slow: a text far longer than any draft is left with the place that the fast parser gave.
    """
    if len(text) <= _MAX_SLOW:
        try:
            for _ in yaml.parse(text, Loader=yaml.SafeLoader):
                pass
        except yaml.YAMLError as slow:
            error = slow
        except RecursionError:
            return "too deep", 1, 1
    if isinstance(error, yaml.reader.ReaderError):
        at = _NOT_YAML.search(text)
        position = at.start() if at else 0
        before = re.split("\r\n|[\n\r\x85\u2028\u2029]", text[:position])
        return f"character {text[position : position + 1]}", len(before), len(before[-1]) + 1
    if not isinstance(error, yaml.MarkedYAMLError):
        return "", 1, 1
    problem = str(error.problem)
    unfinished = any(phrase in problem for phrase in _UNFINISHED)
    mark = (error.context_mark if unfinished else None) or error.problem_mark or error.context_mark
    if mark is None:
        return problem, 1, 1
    at_end = mark.line >= len(lines)
    return problem, min(mark.line + 1, len(lines)), 1 if at_end else mark.column + 1


_UNFINISHED = ("found unexpected end of stream", "could not find expected ':'")
"""What began at the context mark and never ended: the editor must look there, not where the parser gave up."""


_PROBLEMS: tuple[tuple[str, Message, Message], ...] = (
    (
        "could not find expected ':'",
        Message(
            "这里不成字段：缺少“字段名: ”，或上一行没有写完", "neither a field nor the rest of the line above"
        ),
        Message(
            "检查这一行和上一行的缩进、冒号和引号", "check the indentation, colon and quotes of both lines"
        ),
    ),
    (
        "mapping values are not allowed",
        Message("冒号的位置不对", "a colon where none may stand"),
        Message(
            "检查上一行是否缺冒号，或文字里有半角冒号要加引号", "check the line above, or quote the text"
        ),
    ),
    (
        "found unexpected end of stream",
        Message("引号或括号没有结束", "a quote or bracket is never closed"),
        Message("补上结束的引号或括号", "close it"),
    ),
    (
        "found unknown escape",
        Message("双引号里的反斜杠 \\ 有特殊含义", "a backslash inside double quotes is special"),
        Message("改用单引号，或写成两个反斜杠", "use single quotes, or double the backslash"),
    ),
    (
        "expected <block end>",
        Message("这一行的缩进和上面对不齐", "this line is not indented as those above"),
        Message(
            "同一层的行左边要对齐；检查上一段文字的引号", "align the lines of one level; check quotes above"
        ),
    ),
    (
        "block sequence entries are not allowed",
        Message("这里不能写“- ”", "no list may begin here"),
        Message("把“- ”移到下一行，并比上一行多缩进两格", "put the dash on the next line, indented by two"),
    ),
    (
        "too deep",
        Message("层次太深，不像一期稿件", "nested too deep to be an issue"),
        Message("检查缩进和括号", "check indentation and brackets"),
    ),
)


def _problem(problem: str) -> Explanation:
    if problem.startswith("character "):
        char = problem.removeprefix("character ")
        return (
            Message(f"文件里混进了控制字符 {name(char)}", f"control character {name(char)}"),
            Message("删去这个看不见的字符", "delete this invisible character"),
        )
    for phrase, message, hint in _PROBLEMS:
        if phrase in problem:
            return message, hint
    return (
        Message("这一行读不懂", "this line cannot be read"),
        Message(
            "检查缩进、冒号后的空格和引号；拿不准就给整段文字加单引号", "check indentation, colons and quotes"
        ),
    )


def _diagnostic(
    file: str, lines: list[str], line: int, start: int, end: int, message: Message, hint: Message
) -> Diagnostic:
    return Diagnostic(
        file, Span(line, start, line, end), "error", "Y001", NOTHING, message, hint, lines[line - 1]
    )
