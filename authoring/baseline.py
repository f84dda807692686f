"""A baseline: the findings that an archive already has, accepted by path, rule and text; lines do not matter.

The file is JSON that git can hold and a person can read: one entry a finding, `count` where several are alike.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from authoring.diagnostics import CannotRun, Diagnostic, Message
from authoring.reporters.facts import fingerprint_text


class Entry(NamedTuple):
    """A finding as a baseline knows it: the file relative to the baseline's folder, with slashes."""

    path: str
    rule: str
    text: str


class Baseline(NamedTuple):
    """What is accepted, each entry as often as it is listed. `folder` is the one its paths are relative to."""

    folder: Path
    entries: Counter[Entry]

    def left(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Those of a file's `diagnostics` (all that it has of their rules) that are not listed, or beyond those listed."""
        seen: Counter[Entry] = Counter()
        result = []
        for item in diagnostics:
            entry = self.entry(item)
            seen[entry] += 1
            if item.rule == "E000" or seen[entry] > self.entries[entry]:
                result.append(item)
        return result

    def entry(self, diagnostic: Diagnostic) -> Entry:
        """`diagnostic` as this baseline would list it."""
        return _entry(diagnostic, self.folder)

    def path(self, file: str) -> str:
        """`file` as this baseline names it."""
        return _relative(file, self.folder)

    def unmatched(self, matched: Counter[Entry], looked: Callable[[str, str], bool]) -> int:
        """How many entries are left when `matched` are taken away: those of a path and rule that were looked for, and
        those of files that are gone."""
        left = self.entries - matched
        return sum(
            number
            for entry, number in left.items()
            if looked(entry.path, entry.rule) or not os.path.lexists(self.folder / entry.path)
        )


def read_baseline(path: Path) -> Baseline:
    """The baseline in the file at `path`. Raises CannotRun where it cannot be read or is none."""
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["accepted"]
        entries: Counter[Entry] = Counter()
        for row in listed:
            entries[Entry(str(row["path"]), str(row["rule"]), str(row["text"]))] += int(row.get("count", 1))
    except OSError:
        raise CannotRun.because(
            str(path),
            Message("读不出基线文件", "the baseline cannot be read"),
            Message("先用 --write-baseline 写一份", "write one with --write-baseline"),
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CannotRun.because(
            str(path),
            Message("这不是基线文件", "this is no baseline"),
            Message("用 --write-baseline 重新写一份", "write it again with --write-baseline"),
        ) from None
    return Baseline(path.parent, entries)


def baseline_file(diagnostics: Iterable[Diagnostic], path: Path) -> bytes:
    """The bytes of a baseline at `path` that accepts `diagnostics`."""
    entries = Counter(_entry(item, path.parent) for item in diagnostics)
    rows = [
        {**entry._asdict(), **({"count": number} if number > 1 else {})}
        for entry, number in sorted(entries.items())
    ]
    return (json.dumps({"version": 1, "accepted": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(diagnostic: Diagnostic, folder: Path) -> Entry:
    return Entry(_relative(diagnostic.file, folder), diagnostic.rule, fingerprint_text(diagnostic))


def _relative(file: str, folder: Path) -> str:
    try:
        path = os.path.relpath(file, folder)
    except ValueError:  # another drive
        path = file
    return path.replace("\\", "/")
