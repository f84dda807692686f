"""The next issue's file from the previous one's: its number and one more, the publication's sections, and comments that
tell an editor what to write. The texts are left empty, so that `authoring check` lists what is still to be filled in.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from authoring.diagnostics import AuthoringError, CannotRun, Message
from authoring.files import write_new
from authoring.inline import plain
from authoring.source import Source, load
from authoring.source.writing import scalar

_SCHEMA_LINE = re.compile(r"#\s*yaml-language-server:\s*\$schema=(\S+)")
_DEFAULT_WIDTH = 3


class NewIssue(NamedTuple):
    """A file that was written: its path, its number, and the file it follows."""

    path: Path
    number: int
    previous: Path


def write_new_issue(date: dt.date, folder: Path, previous: Path | None = None) -> NewIssue:
    """Write the file of the issue that follows `previous` (without it, the highest number in `folder`) into `folder`.

    Raises CannotRun where there is no previous issue or the file is there already, InvalidIssue where the previous one
    cannot be read. Nothing is overwritten.
    """
    path = previous if previous is not None else latest_issue(folder)
    source = load(path)
    number = source.issue.number + 1
    target = folder / _file_name(path, source.issue.number)
    text = issue_text(source, number, date, target)
    write_new(target, text.encode())
    return NewIssue(target, number, path)


def latest_issue(folder: Path) -> Path:
    """The issue of the latest year and highest number among the .yaml files in `folder`; files that are none are skipped."""
    found: list[tuple[int, int, Path]] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    except OSError:
        files = []
    for path in files:
        try:
            issue = load(path).issue
        except AuthoringError:
            continue
        found.append((issue.date.year, issue.number, path))
    if not found:
        raise CannotRun.because(
            str(folder),
            Message("这里没有上一期的稿件", "there is no previous issue here"),
            Message("用 --from 指明上一期的文件", "name the previous issue's file with --from"),
        )
    return max(found)[2]


def issue_text(source: Source, number: int, date: dt.date, target: Path) -> str:
    """The text of a new issue's file at `target`, in the manner of the publication of `source`."""
    publication = source.publication
    names = publication.sections or tuple(section.name for section in source.issue.sections)
    title = plain(publication.masthead.title)
    new_year = date.year != source.issue.date.year
    lines = [
        *_schema_line(source, target),
        f"# 《{title}》第{number}期。写好以后：authoring check {target.name} 查差错，authoring build {target.name} 排版。",
        "# 冒号用半角，后面空一格；缩进用空格，不用制表符。以 # 开头的是注释，不会印出来。",
        f"publication: {source.issue.publication}",
        f"number: {number}" + ("  # 跨年了：若期号从1重新起算，改这里" if new_year else ""),
        f"date: {date.isoformat()}  # 本期日期",
        "sections:",
    ]
    for index, name in enumerate(names):
        lines += _section(name, with_comments=index == 0)
    return "\n".join(lines) + "\n"


def _section(name: str, *, with_comments: bool) -> Iterable[str]:
    """A section with one empty item; the first says what goes where."""

    def comment(text: str) -> str:
        return f"  # {text}" if with_comments else ""

    yield f"  - name: {scalar(name)}{comment('栏目名，不写【】；本期没有的栏目整段删去')}"
    yield "    items:"
    yield f"      - headline:{comment('标题。一行放不下会按词自动分行；要自己定断行处，在该处写一条竖线 |')}"
    yield "        body:"
    yield f"          -{comment('第一段：时间、单位、做了什么。每段以“- ”开头，汉字与数字之间不打空格')}"
    yield f"          - points:{comment('编号段落，（1）（2）（3）自动编，不要自己写；没有就删去')}"
    yield f"              -{comment('先用一句话概括，以句号结束，再写具体内容')}"


def _schema_line(source: Source, target: Path) -> list[str]:
    """The line that tells an editor's plug-in the schema, its path made right for `target`; none where there was none."""
    match = next((found for line in source.document.lines[:5] if (found := _SCHEMA_LINE.match(line))), None)
    if match is None:
        return []
    schema = match[1]
    if "://" not in schema and not Path(schema).is_absolute():
        try:
            schema = os.path.relpath(source.path.parent / schema, target.parent).replace("\\", "/")
        except ValueError:  # another drive
            schema = str(source.path.parent / schema)
    return [f"# yaml-language-server: $schema={schema}"]


def _file_name(previous: Path, number: int) -> str:
    """The previous file's name with the next number in it, as wide as it was: 054.yaml, 第54期.yaml."""
    runs = [match for match in re.finditer(r"[0-9]+", previous.stem) if int(match[0]) == number]
    if not runs:
        return f"{number + 1:0{_DEFAULT_WIDTH}d}.yaml"
    last = runs[-1]
    stem = f"{previous.stem[: last.start()]}{number + 1:0{len(last[0])}d}{previous.stem[last.end() :]}"
    return stem + previous.suffix
