"""GitLab's Code Quality report: a JSON list that a job hands over as `artifacts:reports:codequality`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from authoring.diagnostics import Diagnostic, Lang
from authoring.reporters.facts import Facts, fingerprints, posix

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    """The fingerprint is of path, rule and text, so that a finding that moved to another line is the same one."""
    issues = [
        {
            "description": _description(item, lang),
            "check_name": item.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[item.severity],
            "location": {
                "path": posix(item.file),
                "lines": {
                    "begin": item.span.line if item.span else 1,
                    "end": item.span.end_line if item.span else 1,
                },
            },
        }
        for item, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _description(item: Diagnostic, lang: Lang) -> str:
    where, hint = item.where.text(lang), item.hint.text(lang)
    if lang == "zh":
        return (f"{where}：" if where else "") + item.message.zh + (f"（改法：{hint}）" if hint else "")
    return (f"{where}: " if where else "") + item.message.en + (f" (mend: {hint})" if hint else "")
