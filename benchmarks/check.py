"""How long `authoring check` takes an issue: `python benchmarks/check.py`.

Copies of samples/050.yaml, numbered apart, are checked in one call; start-up is measured by a call with one of them and
taken off. S001 is left out: every copy repeats the items of the others.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parents[1]


def seconds(folder: Path) -> float:
    """A whole call of the command on `folder`."""
    command = [
        sys.executable,
        "-m",
        "authoring",
        "check",
        str(folder),
        "--ignore",
        "S001",
        "--format",
        "concise",
    ]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = time.perf_counter()
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - before


def main() -> int:
    """Print the median of the runs: a whole call, and milliseconds an issue after start-up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--issues", type=int, default=1000, help="copies in one call (default 1000)")
    parser.add_argument("--runs", type=int, default=3, help="calls to take the median of (default 3)")
    options = parser.parse_args()
    text = (CHECKOUT / "samples" / "050.yaml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        one, many = Path(scratch, "one"), Path(scratch, "many")
        one.mkdir()
        many.mkdir()
        for number in range(1, options.issues + 1):
            copy = re.sub(r"(?m)^number: .*$", f"number: {number}", text)
            (many / f"{number:05}.yaml").write_text(copy, encoding="utf-8")
        (one / "00001.yaml").write_text(text, encoding="utf-8")
        start = median(seconds(one) for _ in range(options.runs + 1))
        whole = median(seconds(many) for _ in range(options.runs))
    each = (whole - start) / (options.issues - 1) * 1e3
    print(
        f"{options.issues} issues in one call: {whole:.2f} s; one: {start:.2f} s; {each:.1f} ms an issue after start-up"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
