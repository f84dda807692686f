"""Print one of the README's two commands, so that what is tested is what a reader would type."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def command(name: str, readme: str) -> str:
    """The shell line of README that builds the sample ("build") or runs the tests ("test")."""
    lines = re.findall(r"^(python3 -m venv .*)$", readme, re.MULTILINE)
    wanted = {"build": "authoring build", "test": "pytest"}[name]
    (line,) = [line for line in lines if wanted in line]
    return str(line)


if __name__ == "__main__":
    print(command(sys.argv[1], Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")))
