"""Diagnostics in, the text of a report out, in one of the formats that people, editors and CI services read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from authoring.diagnostics import Diagnostic, Lang
from authoring.reporters.concise import concise
from authoring.reporters.facts import Facts
from authoring.reporters.github import github, job_summary
from authoring.reporters.gitlab import gitlab
from authoring.reporters.json_report import json_report
from authoring.reporters.sarif import sarif
from authoring.reporters.text import text

__all__ = ["REPORTERS", "Facts", "Reporter", "job_summary"]

Reporter = Callable[[Sequence[Diagnostic], Lang, Facts], str]


def _junit(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    from authoring.reporters.junit import junit  # start-up: no other format needs the XML library

    return junit(diagnostics, lang, facts)


REPORTERS: Final[Mapping[str, Reporter]] = MappingProxyType(
    {
        "text": text,
        "concise": concise,
        "json": json_report,
        "github": github,
        "gitlab": gitlab,
        "sarif": sarif,
        "junit": _junit,
    }
)
