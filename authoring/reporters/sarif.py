"""SARIF 2.1.0 (OASIS), for code scanning services: one run, its rules with their pages, a result a finding."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from authoring.diagnostics import Diagnostic, Lang
from authoring.reporters.facts import Facts, fingerprints, posix

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    """Columns count in characters (`unicodeCodePoints`), ends exclusive, as SARIF has them."""
    codes = list(dict.fromkeys([*facts.pages, *(item.rule for item in diagnostics)]))
    index = {code: number for number, code in enumerate(codes)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "authoring",
                        **({"version": facts.version} if facts.version else {}),
                        "rules": [_rule(code, lang, facts) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "language": "zh-CN" if lang == "zh" else "en-US",
                "artifacts": [{"location": {"uri": _uri(file)}} for file in facts.files],
                "results": [
                    _result(item, lang, index[item.rule], fingerprint)
                    for item, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
                ],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, lang: Lang, facts: Facts) -> dict[str, Any]:
    page = facts.pages.get(code)
    if page is None:
        return {"id": code}
    body = page.body.text(lang) or page.title.text(lang)
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in page.name.split("-")),
        "shortDescription": {"text": page.title.text(lang)},
        "fullDescription": {"text": body.split("\n\n")[0]},
        "help": {"text": body, "markdown": body},
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _result(item: Diagnostic, lang: Lang, index: int, fingerprint: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(item.file)}}
    if item.span is not None:
        region: dict[str, Any] = {
            "startLine": item.span.line,
            "startColumn": item.span.column,
            "endLine": item.span.end_line,
            "endColumn": item.span.end_column,
        }
        if item.source_line:
            location["contextRegion"] = {
                "startLine": item.span.line,
                "endLine": item.span.end_line,
                "snippet": {"text": item.source_line},
            }
        location["region"] = region
    hint = item.hint.text(lang)
    text = item.message.text(lang)
    if hint:
        text += f"。改法：{hint}" if lang == "zh" else f". Mend: {hint}"
    where = item.where.text(lang)
    place: dict[str, Any] = {"physicalLocation": location}
    if where:
        place["logicalLocations"] = [{"fullyQualifiedName": where}]
    return {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": _LEVELS[item.severity],
        "message": {"text": text},
        "locations": [place],
        "partialFingerprints": {"pathRuleText/v1": fingerprint},
    }


def _uri(file: str) -> str:
    """A relative reference, percent-encoded; an absolute path becomes a file: URI."""
    path = quote(posix(file).encode("utf-8", "surrogateescape"))
    if posix(file).startswith("/"):
        return f"file://{path}"
    if posix(file)[1:3] == ":/":
        return "file:///" + path.replace("%3A", ":", 1)
    return path
