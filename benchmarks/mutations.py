"""Plant mistakes in clean text and see which `authoring check` finds: `python benchmarks/mutations.py`.

Each kind of mistake of the rules' table (mistakes.py) is planted at random places of the two samples, one at a time; it
counts as found when its rule reports the line it stands on. The samples themselves give no false finding: every finding
on them is listed with its reason in tests/golden/checks.txt.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))

from authoring.checks import RULES, check, draft_of  # noqa: E402
from authoring.diagnostics import Finding, InvalidIssue  # noqa: E402
from authoring.fonts import find_fonts  # noqa: E402
from authoring.layout.preview import preview_findings  # noqa: E402
from authoring.source import load  # noqa: E402
from authoring.source.document import parse  # noqa: E402
from authoring.source.loading import source_of  # noqa: E402
from benchmarks.mistakes import BESIDES, KINDS, Kind, Planted, Sample  # noqa: E402 (the path first)

SAMPLES = ROOT / "samples"
SEVERITIES = {rule.code: rule.severity for rule in RULES}


class Row(NamedTuple):
    """Of a kind: how many were planted and how many were found, and some that were not."""

    kind: Kind
    planted: int
    found: int
    missed: tuple[Planted, ...]


def found(planted: Planted) -> set[tuple[str, int]]:
    """Rule and line of everything that is reported; the loader's refusal counts under any rule's name."""
    try:
        source = source_of(parse("\n".join(planted.lines), "draft.yaml"), SAMPLES / "draft.yaml")
    except InvalidIssue as error:
        return {("*", item.span.line) for item in error.diagnostics if item.span}
    draft = draft_of(source.issue, source.publication, contents=planted.contents, history=planted.history)
    findings: list[Finding] = [*check(draft)]
    if len(max(planted.lines, key=len)) and planted.contents is None and planted.history is None:
        findings += preview_findings(source.issue, source.publication, find_fonts())
    return {(item.rule, item.span.line) for item in source.diagnostics(findings) if item.span}


def samples() -> tuple[Sample, ...]:
    read = []
    for path in sorted(SAMPLES.glob("*.yaml")):
        source = load(path)
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        read.append(Sample(lines, source.issue, source.publication))
    return tuple(read)


def plant(kind: Kind, count: int, rng: random.Random, texts: tuple[Sample, ...]) -> Iterator[Planted]:
    made = 0
    while made < count:
        planted = kind.plant(rng.choice(texts), rng)
        if planted is not None:
            made += 1
            yield planted


def measured(kind: Kind, count: int, rng: random.Random, texts: tuple[Sample, ...]) -> Row:
    missed = []
    for planted in plant(kind, count, rng, texts):
        if not found(planted) & {(kind.rule, planted.line), ("*", planted.line)}:
            missed.append(planted)
    return Row(kind, count, count - len(missed), tuple(missed))


def main() -> int:
    """Print a row a kind and the closing figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="how many of each kind (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the random places (default 1)")
    parser.add_argument("--missed", action="store_true", help="show what was missed")
    parser.add_argument("--only", default="", help="one rule")
    options = parser.parse_args()
    texts = samples()
    total: Counter[str] = Counter()
    print("| rule | planted | found |\n|---|---|---:|")
    for kind in (*KINDS, *BESIDES):
        if options.only and kind.rule != options.only:
            continue
        rng = random.Random(f"{options.seed} {kind.name}")
        row = measured(kind, options.count, rng, texts)
        print(f"| {kind.rule} | {kind.name} | {row.found / row.planted:.1%} |", flush=True)
        if options.missed:
            for planted in row.missed[:12]:
                print("  missed:", planted.line, planted.lines[planted.line - 1].strip()[:160])
        if kind not in BESIDES:
            level = SEVERITIES.get(kind.rule, "info")
            total.update({(f"{level} found"): row.found, f"{level} planted": row.planted})
    for level in ("error", "warning", "info"):
        if total[f"{level} planted"]:
            print(
                f"| **{level}** | all of this level | **{total[f'{level} found'] / total[f'{level} planted']:.1%}** |"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
