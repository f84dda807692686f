"""For a person at a terminal: each finding with its line, carets under its characters, how to mend it, and a sum."""

from __future__ import annotations

from collections.abc import Sequence

from authoring.diagnostics import Diagnostic, Lang, report
from authoring.reporters.facts import Facts, summary


def text(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    return "\n".join([*report(diagnostics, lang, facts.pages), summary(diagnostics, lang, facts)]) + "\n"
