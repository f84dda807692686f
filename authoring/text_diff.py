"""Two versions of a text in, what changed out, as `diff -u` shows it."""

from __future__ import annotations

import difflib


def unified(before: str, after: str, file: str) -> str:
    """The differing lines with one line around them; nothing where the texts are equal."""
    return "".join(difflib.unified_diff(_lines(before), _lines(after), file, file, n=1))


def _lines(text: str) -> list[str]:
    """Lines with a plain end, so that a diff shows no carriage returns."""
    return [f"{line}\n" for line in text.replace("\r\n", "\n").removesuffix("\n").split("\n")]
