"""GitHub's annotations (workflow commands), and the job summary in Markdown.

GitHub shows at most ten errors and ten warnings of a step, so errors come first and what is left over is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from authoring.diagnostics import SEVERITIES, Diagnostic, Lang
from authoring.reporters.facts import RANK, Facts, posix, summary

SHOWN = 10
"""Annotations of one kind that GitHub shows for a step."""
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def github(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    ordered = sorted(diagnostics, key=lambda item: RANK[item.severity])
    lines = [_annotation(item, lang) for item in ordered]
    lines.append(summary(diagnostics, lang, facts))
    hidden = sum(max(0, sum(item.severity == severity for item in ordered) - SHOWN) for severity in _COMMANDS)
    if hidden:
        lines.append(
            f"GitHub 的标注每类只显示 {SHOWN} 处，另有 {hidden} 处见本日志和任务小结"
            if lang == "zh"
            else f"GitHub shows {SHOWN} annotations of a kind; {hidden} more stand in this log and the job summary"
        )
    return "\n".join(lines) + "\n"


def job_summary(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    """The run as Markdown, every finding in a table, gravest first."""
    zh = lang == "zh"
    lines = [f"### {'稿件检查' if zh else 'Drafts checked'}", "", summary(diagnostics, lang, facts), ""]
    if diagnostics:
        lines += [
            "| 位置 | 级别 | 规则 | 问题 | 改法 |" if zh else "| Place | Level | Rule | Finding | Mend |"
        ]
        lines += ["|---|---|---|---|---|"]
    for item in sorted(diagnostics, key=lambda item: RANK[item.severity]):
        place = posix(item.file) + (f":{item.span.line}" if item.span else "")
        where = item.where.text(lang)
        what = (f"{where}：" if zh else f"{where}: ") if where else ""
        cells = (
            f"`{place}`" if "`" not in place else place,
            SEVERITIES[item.severity].text(lang),
            item.rule,
            what + item.message.text(lang),
            item.hint.text(lang),
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n\n"


def _annotation(item: Diagnostic, lang: Lang) -> str:
    place = [f"file={_property(posix(item.file))}"]
    if item.span is not None:
        place.append(f"line={item.span.line}")
        place.append(f"endLine={item.span.end_line}")
        if item.span.line == item.span.end_line:  # GitHub refuses columns across lines
            place += [
                f"col={item.span.column}",
                f"endColumn={max(item.span.column, item.span.end_column - 1)}",
            ]
    place.append(f"title={_property(f'{item.rule} {SEVERITIES[item.severity].text(lang)}')}")
    hint = item.hint.text(lang)
    parts = [item.where.text(lang), item.message.text(lang)]
    if hint:
        parts.append(("改法：" if lang == "zh" else "Mend: ") + hint)
    return f"::{_COMMANDS[item.severity]} {','.join(place)}::{_data(chr(10).join(part for part in parts if part))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """`text` in a cell of a Markdown table: on one line, its signs shown as they are."""
    text = text.replace("\\", "\\\\").replace("|", "\\|").replace("\r", " ").replace("\n", " ")
    return text if text.startswith("`") else text.replace("<", "&lt;").replace("*", "\\*")
