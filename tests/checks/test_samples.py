"""The two samples as printed: every finding is in the golden file with its reason, and nothing else is found."""

from __future__ import annotations

from pathlib import Path

from authoring.checks import check, draft_of
from authoring.source import load
from tests.conftest import ROOT, Command

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


def test_a_space_that_yaml_makes_of_a_folded_line_is_no_finding(run: Command, tmp_path: Path) -> None:
    draft = tmp_path / "055.yaml"
    draft.write_text(
        "publication: chuangxin-qudong-yaocan\nnumber: 55\ndate: 2025-12-01\nsections:\n  - name: 部委动态\n    items:\n"
        "      - headline: 标题\n        body:\n          - 近日，有关部门印发通知，\n            部署工作，推动\n"
        "            发展。\n          - 近日，国家 数据局印发通知。\n",
        encoding="utf-8",
    )
    outcome = run("check", draft, "--format", "concise")
    assert [line.split(": ")[0] for line in outcome.out.splitlines() if "X003" in line] == [f"{draft}:12:18"]
