"""The two samples as printed: every finding is in the golden file with its reason, and nothing else is found."""

from __future__ import annotations

from authoring.checks import check, draft_of
from authoring.source import load
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "checks.txt"


def test_every_finding_on_the_samples_is_right_and_says_why() -> None:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()[1:]
    findings, reasons = lines[::2], lines[1::2]
    assert all(reason.startswith("# ") and len(reason) > 5 for reason in reasons)
    shown = []
    for name in ("050.yaml", "054.yaml"):
        source = load(ROOT / "samples" / name)
        for item in source.diagnostics(check(draft_of(source.issue, source.publication))):
            assert item.span is not None
            shown.append(f"{name}:{item.span.line}:{item.span.column}: {item.rule} {item.message.zh}")
    assert shown == findings
