"""Paths as an editor names them in, the files of drafts out."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from authoring.diagnostics import CannotRun, Diagnostic, Message
from authoring.files import ARCHIVED, is_archived

STDIN = "-"
_PUBLICATIONS = "publications"


class Sought(NamedTuple):
    """What a folder or a pattern stands for: files of these extensions, and what messages call them."""

    extensions: tuple[str, ...]
    name: Message


DRAFTS = Sought((".yaml", ".yml"), Message("稿件", "draft"))


def drafts_in(
    paths: Iterable[Path], stdin_name: str = "", sought: Sought = DRAFTS
) -> tuple[list[tuple[Path, str]], list[Diagnostic]]:
    """The files that `paths` name, each once, with the name that messages give it; and what is wrong with the paths.

    A folder stands for its files of the extensions that are sought, sorted, also those deeper; folders of publications, of
    archived issues and hidden ones are left out. A pattern (*.yaml) that no shell has expanded stands for what it matches, archived issues
    left out, too. A file that is named in two ways is the file by its first name.
    """
    files: dict[str, tuple[Path, str]] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        if str(path) == STDIN:
            files[STDIN] = (path, stdin_name or "<标准输入>")
            continue
        found, problem = _named(path, sought)
        problems += problem
        for file in found:
            files.setdefault(_identity(file), (file, str(file)))
    return list(files.values()), problems


def _named(path: Path, sought: Sought) -> tuple[list[Path], tuple[Diagnostic, ...]]:
    """The files that one path stands for, and what is wrong with it."""
    zh, en = sought.name
    if os.path.isdir(path):  # False, not an error, where the path cannot be looked at
        found = list(_walk(path, sought.extensions))
        if not found:
            return [], CannotRun.because(
                str(path),
                Message(f"这个文件夹里没有{zh}", f"there is no {en} in this folder"),
                Message(
                    f"{zh}是 {'、'.join(sought.extensions)} 文件",
                    f"looked for {', '.join(sought.extensions)}",
                ),
            ).diagnostics
        return found, ()
    if re.search(r"[*?\[]", str(path)) and not os.path.lexists(path):
        found = [
            Path(name)
            for name in sorted(glob.glob(str(path), recursive=True))
            if name.lower().endswith(sought.extensions)
            and os.path.isfile(name)
            and not is_archived(os.path.dirname(name))
        ]
        if not found:
            return [], CannotRun.because(
                str(path),
                Message(f"没有相符的{zh}", f"no {en} matches"),
                Message("检查文件名", "check the name"),
            ).diagnostics
        return found, ()
    if not os.path.lexists(path):
        meant = next((name for end in sought.extensions if os.path.isfile(name := f"{path}{end}")), None)
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


def _walk(folder: Path, extensions: tuple[str, ...]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        if set(names) >= ARCHIVED:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if name != _PUBLICATIONS and not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(extensions) and not name.startswith("."):
                yield Path(place, name)
