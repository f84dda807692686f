"""Everything a finding holds, as JSON: for programs that no other format serves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from authoring.diagnostics import Diagnostic, Fix, Lang
from authoring.reporters.facts import Facts, count, fingerprints


def json_report(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    """An object of `files`, `summary` and `findings`. Lines and columns count from 1, columns in characters, ends
    exclusive; the offsets of a fix's edits count from 0 in the text at their path."""
    found = count(diagnostics)
    report = {
        "version": 1,
        "files": list(facts.files),
        "summary": {
            "errors": found["error"],
            "warnings": found["warning"],
            "notes": found["info"],
            "accepted": facts.accepted,
            "stale": facts.stale,
            "fixable": facts.fixable,
        },
        "findings": [
            _finding(item, lang, fingerprint)
            for item, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _finding(item: Diagnostic, lang: Lang, fingerprint: str) -> dict[str, Any]:
    return {
        "file": item.file,
        "line": item.span.line if item.span else None,
        "column": item.span.column if item.span else None,
        "end_line": item.span.end_line if item.span else None,
        "end_column": item.span.end_column if item.span else None,
        "rule": item.rule,
        "severity": item.severity,
        "where": item.where.text(lang),
        "message": item.message.text(lang),
        "hint": item.hint.text(lang),
        "source": item.source_line,
        "fingerprint": fingerprint,
        "fix": _fix(item.fix) if item.fix else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "safe": fix.safe,
        "edits": [
            {"path": list(edit.path), "start": edit.start, "end": edit.end, "text": edit.text}
            for edit in fix.edits
        ],
    }
