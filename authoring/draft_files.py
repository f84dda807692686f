"""Paths as an editor names them in, the files of drafts out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from authoring.diagnostics import CannotRun, Diagnostic, Message

STDIN = "-"
_PUBLICATIONS = "publications"


def drafts_in(paths: Iterable[Path], stdin_name: str = "") -> tuple[list[tuple[Path, str]], list[Diagnostic]]:
    """The drafts that `paths` name, each once, with the name that messages give it; and what is wrong with the paths.

    A folder stands for its .yaml and .yml files, sorted, also those deeper; folders of publications and hidden ones
    are left out.
    """
    files: dict[Path, str] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        if str(path) == STDIN:
            files[path] = stdin_name or ("<标准输入>")
        elif os.path.isdir(path):  # False, not an error, where the path cannot be looked at
            found = list(_walk(path))
            if not found:
                problems += CannotRun.because(
                    str(path),
                    Message("这个文件夹里没有稿件", "there is no draft in this folder"),
                    Message("稿件是 .yaml 文件", "drafts are .yaml files"),
                ).diagnostics
            files.update((file, str(file)) for file in found if file not in files)
        else:
            files.setdefault(path, str(path))
    return list(files.items()), problems


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != _PUBLICATIONS and not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield Path(place, name)
