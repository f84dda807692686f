"""How often the rules speak up in text that is thought to be right: `python benchmarks/clean.py FILE...`.

Each line of the files is a paragraph of an issue of its own. Every finding is printed with its surroundings, to be read:
only a person can say which of them are false.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))

from authoring.checks import RULES, draft_of  # noqa: E402 (the path first)
from authoring.model import Issue  # noqa: E402
from authoring.source import known_publications, load_publication  # noqa: E402

AROUND = 20
"""Characters shown on either side of a finding."""
LONGEST = 4000
"""A longer line is cut: no paragraph is."""


def main() -> int:
    """Print every finding, then a row a rule: how many, and how many in 10,000 characters."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--publication", default="chuangxin-qudong-yaocan")
    parser.add_argument(
        "--only", default="", help="rules, by the beginning of their codes, with commas between"
    )
    options = parser.parse_args()
    publication = load_publication(known_publications(Path())[options.publication])[0]
    wanted = tuple(options.only.split(","))
    rules = [rule for rule in RULES if rule.code.startswith(wanted)]
    found: Counter[str] = Counter()
    characters = 0
    for file in options.files:
        for line in file.read_text(encoding="utf-8").splitlines():
            for text in (line[at : at + LONGEST] for at in range(0, len(line), LONGEST)):
                if not text.strip():
                    continue
                characters += len(text)
                item = {"headline": "标题", "body": [text]}
                issue = Issue.model_validate(
                    {
                        "publication": publication.id,
                        "number": 1,
                        "date": "2099-12-31",
                        "sections": [{"name": "要情", "items": [item]}],
                    }
                )
                draft = draft_of(issue, publication)
                for rule in rules:
                    for problem in rule.find(draft):
                        start, end = problem.at or (0, 0)
                        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
                        print(f"{rule.code}  {before}〔{text[start:end]}〕{after}  {problem.message.zh}")
                        found[rule.code] += 1
    print(f"\n{characters} characters\n\n| rule | found | in 10,000 characters |\n|---|---:|---:|")
    for rule in rules:
        if found[rule.code]:
            print(f"| {rule.code} | {found[rule.code]} | {found[rule.code] / characters * 10_000:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
