"""`authoring archive verify`: every file against its lock. Looks only; what is damaged is named."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from authoring.archive.lock import FileRecord, Lock
from authoring.archive.reading import checked_lock, opened
from authoring.archive.tree import ISSUE, LOCK, OUTPUTS, Damaged, Place, Tree, left_by_system
from authoring.diagnostics import NOTHING, Diagnostic, Message, Progress


class Verdict(NamedTuple):
    """How many issues and files were looked at, and what is wrong, in the order of the tree."""

    issues: int
    files: int
    damage: tuple[Diagnostic, ...]


def verify(archive: Path, tree: Tree, progress: Progress) -> Verdict:
    """Look at every issue of `tree`, the tree of `archive`."""
    damage = [_damage(archive / stray, _STRAY) for stray in tree.strays]
    files = 0
    for number, place in enumerate(tree.places, 1):
        progress(number, len(tree.places), place.folder)
        found = list(verify_issue(archive, place))
        damage += found
        files += len(OUTPUTS) + 3
    return Verdict(len(tree.places), files, tuple(damage))


_STRAY = Message("不是存档的一部分", "no part of the archive")


def verify_issue(archive: Path, place: Place) -> Iterator[Diagnostic]:
    """Everything that is wrong with the folder of one issue."""
    folder = place.path(archive)
    if os.path.islink(folder) or os.path.islink(folder.parent):
        yield _damage(folder, Message("是一个链接，不是文件夹", "a link, not a folder"))
        return
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        yield _damage(folder, Message("读不出来", "cannot be read"))
        return
    try:
        lock = checked_lock(archive, place)
    except Damaged as error:
        yield _damage(folder / LOCK, error.reason)
        for name in sorted(_expected(place) - set(names) - {LOCK}):
            yield _damage(folder / name, Message("缺失", "missing"))
        return
    records = {record.name: record for record in (*lock.inputs, *lock.outputs)}
    for name in sorted(_expected(place, lock) - records.keys() - {LOCK}):
        yield _damage(folder / LOCK, Message(f"没有登记 {name}", f"it does not list {name}"))
    for record in records.values():
        try:
            check_file(folder, record)
        except Damaged as error:
            yield _damage(folder / record.name, error.reason)
    for name in names:
        if name not in records and name != LOCK and not left_by_system(name):
            yield _damage(folder / name, Message("多出来的文件", "an extra file"))


def check_file(folder: Path, record: FileRecord) -> None:
    """Raise Damaged where the file of `record` in `folder` is not what was put there. No link is followed, and no more is
    read than the record says there is."""
    with opened(folder / record.name) as (file, size):
        if size != record.size:
            raise Damaged(
                f"被改动过：应为 {record.size} 字节，现有 {size} 字节",
                f"changed: {size} bytes, not {record.size}",
            )
        if hashlib.file_digest(file, "sha256").hexdigest() != record.sha256:
            raise Damaged("被改动过：内容与存档时不同", "changed: not the content that was archived")


def _expected(place: Place, lock: Lock | None = None) -> set[str]:
    """The files that every issue has, by name."""
    files = {ISSUE, LOCK, *(f"{place.stem}.{kind}" for kind in OUTPUTS)}
    return files | {f"{lock.publication}.yaml"} if lock is not None else files


def _damage(path: Path, reason: Message) -> Diagnostic:
    return Diagnostic(str(path), None, "error", "E000", NOTHING, reason)
