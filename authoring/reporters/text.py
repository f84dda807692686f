"""For a person at a terminal: each finding with its line, carets under its characters, how to mend it, and a sum."""

from __future__ import annotations

from collections.abc import Sequence

from authoring.diagnostics import Diagnostic, Lang, report
from authoring.reporters.facts import Facts, summary

_SAID_BY_MESSAGE = "EFHIJQWYZ"
"""Kinds of finding (files, fields, layout, import, noqa, YAML, characters) whose message says all; those of rules stand
under the rule's title."""


def text(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    titles = {code: page.title for code, page in facts.pages.items() if code[0] not in _SAID_BY_MESSAGE}
    return (
        "\n".join([*report(diagnostics, lang, facts.pages, titles), summary(diagnostics, lang, facts)]) + "\n"
    )
