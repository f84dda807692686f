"""Plant mistakes in clean text and see which `authoring check` finds: `python benchmarks/mutations.py`.

Each kind of mistake is planted at random places of the two samples, one at a time; it counts as found when its rule
reports the line it stands on. Clean text is both samples with the findings that are right (tests/golden/checks.txt) set
aside: whatever else is reported there is a false finding.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1]))

from authoring.checks import check, draft_of
from authoring.diagnostics import InvalidIssue
from authoring.source.document import parse
from authoring.source.loading import source_of

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
BODIES = (
    "国家发展改革委",
    "国家数据局",
    "工业和信息化部",
    "四川省科学技术厅",
    "中国证监会",
    "金融监管总局",
    "省卫生健康委",
)
LIKELY = "技术科学学院院员员会委办公室厅局部信息化工业改革发展国家省市中国数据监管卫生健康"
"""Characters that a slip puts into a body's name."""


class Planted(NamedTuple):
    """A draft with one mistake: the whole text, the line the mistake stands on, the rule that should see it."""

    text: str
    line: int
    rule: str


def _paragraphs(lines: list[str]) -> list[int]:
    """The numbers of the lines that are body text."""
    return [number for number, line in enumerate(lines) if re.match(r"\s+- [^:]{30,}$", line)]


def _replaced(
    lines: list[str], number: int, old: str, new: str, rng: random.Random, rule: str
) -> Planted | None:
    """Replace one random occurrence of `old` on a line."""
    places = [match.start() for match in re.finditer(re.escape(old), lines[number])]
    if not places:
        return None
    at = rng.choice(places)
    line = lines[number][:at] + new + lines[number][at + len(old) :]
    return Planted("\n".join([*lines[:number], line, *lines[number + 1 :]]), number + 1, rule)


def drop_closing(lines: list[str], rng: random.Random) -> Planted | None:
    return _replaced(lines, rng.choice(_paragraphs(lines)), rng.choice("”》）"), "", rng, "P001")


def drop_opening(lines: list[str], rng: random.Random) -> Planted | None:
    return _replaced(lines, rng.choice(_paragraphs(lines)), rng.choice("“《（"), "", rng, "P001")


def swap_quotes(lines: list[str], rng: random.Random) -> Planted | None:
    return _replaced(lines, rng.choice(_paragraphs(lines)), "“", "”", rng, "P001")


def half_width(lines: list[str], rng: random.Random) -> Planted | None:
    mark, half = rng.choice((("，", ","), ("；", ";"), ("（", "("), ("）", ")")))
    return _replaced(lines, rng.choice(_paragraphs(lines)), mark, half, rng, "P002")


def name_slip(lines: list[str], rng: random.Random) -> Planted | None:
    """A body's name with one character changed, dropped or doubled, at the start of a sentence."""
    name = rng.choice(BODIES)
    at = rng.randrange(1, len(name) - 1)
    other = rng.choice([char for char in LIKELY if char != name[at]])
    slip = rng.choice(
        (name[:at] + other + name[at + 1 :], name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:])
    )
    if slip in BODIES or slip == name:
        return None
    return _replaced(
        lines, rng.choice(_paragraphs(lines)), "。", f"。{slip}印发通知，部署有关工作。", rng, "O001"
    )


def bad_date(lines: list[str], rng: random.Random) -> Planted | None:
    date = rng.choice(("2025年09月3日", "2025年13月5日", "2025年2月30日", "2025年4月31日", "2025年6月05日"))
    return _replaced(lines, rng.choice(_paragraphs(lines)), "。", f"。{date}，有关会议召开。", rng, "D001")


def _typed_markers(
    lines: list[str], markers: tuple[str, ...], wrong: int, rule: str, rng: random.Random
) -> Planted:
    """An item whose paragraphs carry typed markers, one of them wrong."""
    start = next(
        n for n in rng.sample(range(len(lines)), len(lines)) if re.match(r"        body:$", lines[n])
    )
    body = [f"          - {marker}强化要素保障。各地要加大支持力度，确保政策落地见效。" for marker in markers]
    text = [*lines[: start + 1], *body, *lines[start + 1 :]]
    return Planted("\n".join(text), start + 2 + wrong, rule)


def wrong_form(lines: list[str], rng: random.Random) -> Planted | None:
    wrong = rng.randrange(1, 4)
    form = rng.choice(("({})", "{}）", "（{})", "({}）"))
    markers = tuple(form.format(n) if n == wrong + 1 else f"（{n}）" for n in range(1, 6))
    return _typed_markers(lines, markers, wrong, "N001", rng)


def wrong_number(lines: list[str], rng: random.Random) -> Planted | None:
    wrong = rng.randrange(1, 5)
    shift = rng.choice((-1, 1))
    markers = tuple(f"（{n + (shift if n > wrong else 0)}）" for n in range(1, 6))
    return _typed_markers(lines, markers, wrong, "N002", rng)


def other_issuer(lines: list[str], rng: random.Random) -> Planted | None:
    name = rng.choice(
        ("中共四川省委科技委员会办公厅", "四川省科学技术厅办公室", "中共四川省委科学技术委员会办公室")
    )
    return Planted("\n".join([*lines, "imprint:", f"  issuer: {name}"]), len(lines) + 2, "M001")


def no_full_stop(lines: list[str], rng: random.Random) -> Planted | None:
    label, line = rng.choice(
        (
            ("主送", "省委科技委主任、副主任、委员，中央科技办"),
            ("抄送", "西部（成都）科学城管委会，各市（州）科技局"),
        )
    )
    added = ["imprint:", "  distribution:", f"    - label: {label}", "      recipients:", f"        - {line}"]
    return Planted("\n".join([*lines, *added]), len(lines) + 5, "R001")


KINDS: dict[str, Callable[[list[str], random.Random], Planted | None]] = {
    "a closing mark dropped": drop_closing,
    "an opening mark dropped": drop_opening,
    "a quote turned round": swap_quotes,
    "a half-width mark": half_width,
    "a slip in a body's name": name_slip,
    "an impossible date": bad_date,
    "a marker of another form": wrong_form,
    "a number skipped or repeated": wrong_number,
    "another issuer at the foot": other_issuer,
    "recipients without a full stop": no_full_stop,
}


def found(text: str) -> set[tuple[str, int]]:
    """Rule and line of everything that is reported in `text`."""
    source = source_of(parse(text, "draft.yaml"), SAMPLES / "draft.yaml")
    findings = check(draft_of(source.issue, source.publication))
    return {(item.rule, item.span.line) for item in source.diagnostics(findings) if item.span}


def runs(
    kind: Callable[[list[str], random.Random], Planted | None], count: int, rng: random.Random
) -> Iterator[Planted]:
    texts = [
        path.read_text(encoding="utf-8").rstrip("\n").split("\n") for path in sorted(SAMPLES.glob("*.yaml"))
    ]
    made = 0
    while made < count:
        planted = kind(list(rng.choice(texts)), rng)
        if planted is not None:
            made += 1
            yield planted


def main() -> int:
    """Print a row a kind and the closing figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="how many of each kind (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the random places (default 1)")
    parser.add_argument("--missed", action="store_true", help="show what was missed")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    total: Counter[str] = Counter()
    print("| planted | rule | found |\n|---|---|---:|")
    for name, kind in KINDS.items():
        hits = 0
        for planted in runs(kind, options.count, rng):
            try:
                hit = (planted.rule, planted.line) in found(planted.text)
            except InvalidIssue:
                hit = True  # the loader stops it already, on its line
            hits += hit
            if options.missed and not hit:
                print("missed:", planted.rule, planted.line, planted.text.split("\n")[planted.line - 1][:120])
        total["found"] += hits
        total["planted"] += options.count
        print(f"| {name} | {planted.rule} | {hits / options.count:.1%} |")
    print(f"| **all** | | **{total['found'] / total['planted']:.1%}** |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
