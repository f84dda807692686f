"""How an archive of many issues behaves: `python benchmarks/archive.py --issues 1000`.

Varied issues are made from the samples (sentences and points in another order, another place and figure in each
headline), fifty a year. Each command is a whole process; `find` is run several times for each word, and the median told.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import yaml

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))
from authoring.archive.index import current, find  # noqa: E402  # this checkout's, as in the processes
from authoring.archive.tree import read_tree  # noqa: E402

A_YEAR = 50
PLACES = [
    "成都",
    "绵阳",
    "德阳",
    "宜宾",
    "泸州",
    "南充",
    "自贡",
    "攀枝花",
    "乐山",
    "内江",
    "遂宁",
    "广元",
    "广安",
    "达州",
    "雅安",
    "巴中",
    "资阳",
    "眉山",
]
ASKED = ("科技", "人形机器人", "链", "AI", "先使用后付费", "“先使用后付费”", "孵化器 成都", "不在其中的词")


def issues(count: int) -> Iterator[tuple[str, str]]:
    """`count` issues, each with its file's name, the same every time."""
    chance = random.Random(1)
    items: list[tuple[str, Any]] = []
    for name in ("050", "054"):
        sample = yaml.safe_load((CHECKOUT / "samples" / f"{name}.yaml").read_text(encoding="utf-8"))
        items += [(section["name"], item) for section in sample["sections"] for item in section["items"]]
    for index in range(count):
        year, number = 2006 + index // A_YEAR, index % A_YEAR + 1
        sections: dict[str, list[Any]] = {"部委动态": [], "省外速览": [], "省内要情": []}
        for position, (section, item) in enumerate(chance.sample(items, 6)):
            sections[section].append(_varied(item, chance, f"{year}-{number}-{position}"))
        value = {
            "publication": "chuangxin-qudong-yaocan",
            "number": number,
            "date": dt.date(year, 1, 1) + dt.timedelta(days=7 * (number - 1)),
            "sections": [{"name": name, "items": found} for name, found in sections.items() if found],
        }
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)
        yield f"{year}-{number:03}.yaml", text


def _varied(item: Any, chance: random.Random, mark: str) -> Any:
    body: list[Any] = []
    for block in item["body"]:
        if isinstance(block, dict):
            points = [_shuffled(point, chance) for point in block["points"]]
            body.append({"points": chance.sample(points, len(points))})
        else:
            body.append(f"{chance.choice(PLACES)}消息，{_shuffled(block, chance)}")
    body[0] = f"编号{mark}。{body[0]}" if isinstance(body[0], str) else body[0]
    return {"headline": f"{chance.choice(PLACES)}{chance.randint(2, 99)}项：{item['headline']}", "body": body}


def _shuffled(text: str, chance: random.Random) -> str:
    sentences = [sentence for sentence in text.split("。") if sentence]
    return "。".join(chance.sample(sentences, len(sentences))) + "。"


def call(folder: Path, *arguments: str) -> tuple[float, str]:
    """A whole call of the command in `folder`: its seconds and what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(CHECKOUT)
    before = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "authoring", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - before
    if done.returncode > 1:  # 1: findings
        sys.exit(f"{' '.join(arguments)}: {done.stderr.decode()[-2000:]}")
    return seconds, done.stdout.decode()


def answer(archive: Path, asked: str) -> float:
    """The seconds that one answer takes: whether the index is up to date, and what it finds."""
    before = time.perf_counter()
    connection = current(archive, read_tree(archive))
    assert connection is not None
    find(connection, asked)
    connection.close()
    return time.perf_counter() - before


def main() -> int:
    """Make the issues, run the commands, print what each took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--issues", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--runs", type=int, default=11, help="runs of each find (default 11)")
    parser.add_argument("--keep", type=Path, help="leave issues and archive in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        drafts = folder / "drafts"
        drafts.mkdir(parents=True, exist_ok=True)
        *files, last = issues(options.issues + 1)
        for name, text in files:
            (drafts / name).write_text(text, encoding="utf-8")
        (folder / last[0]).write_text(last[1], encoding="utf-8")
        shutil.rmtree(folder / "archive", ignore_errors=True)

        names = [f"drafts/{name}" for name, _ in files]
        report("add, all in one call", call(folder, "archive", "add", "-q", *names)[0], len(names))
        report("add, one more", call(folder, "archive", "add", "-q", last[0])[0])
        report("list", call(folder, "archive", "list")[0])
        report("verify", call(folder, "archive", "verify")[0], len(names) + 1)
        report("rebuild", call(folder, "archive", "rebuild")[0], len(names) + 1)
        report("check against it", call(folder, "check", last[0], "--archive", "archive")[0])
        for asked in ASKED:
            runs = [call(folder, "archive", "find", asked) for _ in range(options.runs)]
            found = runs[0][1].splitlines()[-1]
            report(f"find {asked}", median(seconds for seconds, _ in runs), note=found)
            report(
                "  of which the answer",
                median(answer(folder / "archive", asked) for _ in range(options.runs)),
            )
        index = folder / "archive" / ".cache" / "index.sqlite3"
        print(f"the index has {index.stat().st_size / 1e6:.1f} MB")
    return 0


def report(what: str, seconds: float, count: int = 0, note: str = "") -> None:
    each = f"  {seconds / count * 1e3:.1f} ms each" if count else ""
    print(f"{what:24} {seconds * 1e3:9.0f} ms{each}  {note}".rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
