"""JUnit's XML, which every CI server shows: a suite a file, a failed case a finding, a passed one where there is none.

Notes are passed cases with the note as their output: they stop nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from authoring.diagnostics import Diagnostic, Lang, report
from authoring.reporters.facts import Facts, posix

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(diagnostics: Sequence[Diagnostic], lang: Lang, facts: Facts) -> str:
    """Errors and warnings fail their case (type `error` or `warning`); notes do not."""
    root = etree.Element("testsuites", name="authoring check")
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in facts.files}
    for item in diagnostics:
        by_file.setdefault(item.file, []).append(item)
    for file, found in by_file.items():
        failures = sum(item.severity != "info" for item in found)
        suite = etree.SubElement(
            root,
            "testsuite",
            name=_clean(posix(file)),
            tests=str(max(1, len(found))),
            failures=str(failures),
            errors="0",
        )
        if not found:
            etree.SubElement(suite, "testcase", name="authoring check", classname=_clean(posix(file)))
        for item in found:
            _case(suite, item, lang, facts)
    every = [item for found in by_file.values() for item in found]
    root.set("tests", str(sum(max(1, len(found)) for found in by_file.values())))
    root.set("failures", str(sum(item.severity != "info" for item in every)))
    root.set("errors", "0")
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data.decode() + "\n"


def _case(suite: etree._Element, item: Diagnostic, lang: Lang, facts: Facts) -> None:
    place = f":{item.span.line}:{item.span.column}" if item.span else ""
    case = etree.SubElement(
        suite,
        "testcase",
        name=_clean(f"{item.rule}{place} {item.message.text(lang)}"),
        classname=_clean(posix(item.file)),
    )
    detail = _clean("\n".join(report([item], lang, facts.pages)))
    if item.severity == "info":
        etree.SubElement(case, "system-out").text = detail
    else:
        failure = etree.SubElement(
            case, "failure", type=item.severity, message=_clean(item.message.text(lang))
        )
        failure.text = detail


def _clean(text: str) -> str:
    """`text` without what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
