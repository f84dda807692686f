"""Paths as an editor names them in, the files of drafts out."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from authoring.diagnostics import CannotRun, Diagnostic, Message

STDIN = "-"
_PUBLICATIONS = "publications"
_EXTENSIONS = (".yaml", ".yml")


def drafts_in(paths: Iterable[Path], stdin_name: str = "") -> tuple[list[tuple[Path, str]], list[Diagnostic]]:
    """The drafts that `paths` name, each once, with the name that messages give it; and what is wrong with the paths.

    A folder stands for its .yaml and .yml files, sorted, also those deeper; folders of publications and hidden ones
    are left out. A pattern (*.yaml) that no shell has expanded stands for what it matches. A file that is named in two
    ways is the file by its first name.
    """
    files: dict[str, tuple[Path, str]] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        if str(path) == STDIN:
            files[STDIN] = (path, stdin_name or "<标准输入>")
            continue
        found, problem = _named(path)
        problems += problem
        for file in found:
            files.setdefault(_identity(file), (file, str(file)))
    return list(files.values()), problems


def _named(path: Path) -> tuple[list[Path], tuple[Diagnostic, ...]]:
    """The files that one path stands for, and what is wrong with it."""
    if os.path.isdir(path):  # False, not an error, where the path cannot be looked at
        found = list(_walk(path))
        if not found:
            return [], CannotRun.because(
                str(path),
                Message("这个文件夹里没有稿件", "there is no draft in this folder"),
                Message("稿件是 .yaml 文件", "drafts are .yaml files"),
            ).diagnostics
        return found, ()
    if re.search(r"[*?\[]", str(path)) and not os.path.lexists(path):
        found = [
            Path(name)
            for name in sorted(glob.glob(str(path), recursive=True))
            if name.lower().endswith(_EXTENSIONS) and os.path.isfile(name)
        ]
        if not found:
            return [], CannotRun.because(
                str(path),
                Message("没有相符的稿件", "no draft matches"),
                Message("检查文件名", "check the name"),
            ).diagnostics
        return found, ()
    if not os.path.lexists(path):
        meant = next((name for end in _EXTENSIONS if os.path.isfile(name := f"{path}{end}")), None)
        if meant is not None:
            return [], CannotRun.because(
                str(path),
                Message("找不到这个文件", "no such file"),
                Message(f"是不是 {meant}？", f"did you mean {meant}?"),
            ).diagnostics
    return [path], ()


def _identity(path: Path) -> str:
    """What is the same for two names of one file."""
    try:
        return os.path.normcase(os.path.realpath(path))
    except (OSError, ValueError):  # it cannot be looked at, which reading it will say
        return str(path)


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != _PUBLICATIONS and not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(_EXTENSIONS) and not name.startswith("."):
                yield Path(place, name)
