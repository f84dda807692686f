"""A line a finding, as editors and `grep` read them."""

from __future__ import annotations

from collections.abc import Sequence

from authoring.diagnostics import SEVERITIES, Diagnostic, Lang
from authoring.reporters.facts import Facts, summary


def concise(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    lines = []
    for item in diagnostics:
        place = f"{item.file}:{item.span.line}:{item.span.column}" if item.span else item.file
        lines.append(f"{place}: {item.rule} {SEVERITIES[item.severity].text(lang)} {item.message.text(lang)}")
    return "\n".join([*lines, summary(diagnostics, lang, facts)]) + "\n"
