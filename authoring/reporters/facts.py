"""What a report needs besides the findings, and what several formats share."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from authoring.diagnostics import Diagnostic, Lang, Severity
from authoring.explain import RulePage

RANK: Final[Mapping[Severity, int]] = MappingProxyType({"error": 0, "warning": 1, "info": 2})
"""Gravest first."""
CONTEXT = 10
"""Characters on either side of the marked ones that tell one finding of a rule from another."""


class Facts(NamedTuple):
    """Of a run: the files that were checked, in order; the page of every rule; how many findings `--fix` would mend and
    how many a baseline accepted; the toolkit's version; how many entries of the baseline nothing matched."""

    files: tuple[str, ...]
    pages: Mapping[str, RulePage] = MappingProxyType({})
    fixable: int = 0
    accepted: int = 0
    version: str = ""
    stale: int = 0


def count(diagnostics: Iterable[Diagnostic]) -> Counter[Severity]:
    return Counter(item.severity for item in diagnostics)


def summary(diagnostics: Iterable[Diagnostic], lang: Lang, facts: Facts) -> str:
    """3 个文件，1 个错误，2 个提醒."""
    found = count(diagnostics)
    zh = [f"{len(facts.files)} 个文件"]
    en = [_plural(len(facts.files), "file")]
    for severity, name, word in (
        ("error", "错误", "error"),
        ("warning", "提醒", "warning"),
        ("info", "提示", "note"),
    ):
        number = found[severity]  # type: ignore[index]  # the three of Severity
        if number:
            zh.append(f"{number} 个{name}")
            en.append(_plural(number, word))
    if not found:
        zh.append("没有问题")
        en.append("nothing found")
    if facts.accepted:
        zh.append(f"基线已接受 {facts.accepted} 处")
        en.append(f"{facts.accepted} accepted by the baseline")
    if facts.stale:
        zh.append(f"基线里有 {facts.stale} 处已经没有了，用 --write-baseline 重写一份就会去掉")
        en.append(f"{facts.stale} of the baseline are gone: write it again with --write-baseline")
    if facts.fixable:
        zh.append(f"其中 {facts.fixable} 处加 --fix 就能改")
        en.append(f"{facts.fixable} of them mended by --fix")
    return "，".join(zh) if lang == "zh" else ", ".join(en)


def fingerprint_text(item: Diagnostic) -> str:
    """What a finding is about, whatever line it has moved to: the marked characters, those around them, the message."""
    context = ""
    if item.span is not None:
        start = item.span.column - 1
        end = item.span.end_column - 1 if item.span.end_line == item.span.line else len(item.source_line)
        context = item.source_line[max(0, start - CONTEXT) : end + CONTEXT].strip()
    return f"{context}\n{item.message.zh}"


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """A hash for each finding of its path, rule and text, not its line; the second of two alike gets another."""
    seen: Counter[tuple[str, str, str]] = Counter()
    result = []
    for item in diagnostics:
        key = (posix(item.file), item.rule, fingerprint_text(item))
        parts = [*key, *([str(seen[key])] if seen[key] else [])]
        seen[key] += 1
        result.append(hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:40])
    return result


def posix(file: str) -> str:
    """A path as services write it, on any system."""
    return file.replace("\\", "/").removeprefix("./")


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" + ("s" if number != 1 else "")
