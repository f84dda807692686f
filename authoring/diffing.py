"""A file's text before and after in, what `diff -u` shows out."""

from __future__ import annotations

import difflib


def diff(file: str, before: str, after: str) -> str:
    """What changed in `file`, "" where nothing did."""
    return "".join(difflib.unified_diff(_lines(before), _lines(after), file, file, n=1))


def _lines(text: str) -> list[str]:
    """Lines with a plain end, so that a diff shows no carriage returns."""
    return [f"{line}\n" for line in text.replace("\r\n", "\n").removesuffix("\n").split("\n")]
