"""Files of an archive, which may have been tampered with: never a link followed, never more read than there should be."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from authoring.archive.lock import MAX_LOCK, Lock, read_lock
from authoring.archive.tree import LOCK, Damaged, Place

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_SCHEMA = re.compile(rb'^  schema: "?([1-9][0-9]{0,8})"?$', re.MULTILINE)


@contextmanager
def opened(path: Path) -> Iterator[tuple[BufferedReader, int]]:
    """The regular file at `path` and its size. Raises Damaged for what is none, a link above all."""
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            raise Damaged("是一个链接，不是文件", "a link, not a file")
        handle = os.open(path, os.O_RDONLY | _NO_LINK | _NO_WAIT | _BINARY)
    except FileNotFoundError:
        raise Damaged("缺失", "missing") from None
    except (OSError, ValueError):
        raise Damaged("读不出来", "cannot be read") from None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise Damaged("不是文件", "not a file")
        try:
            yield file, status.st_size
        except OSError:
            raise Damaged("读不出来", "cannot be read") from None


def checked_lock(archive: Path, place: Place) -> Lock:
    """The lock of the issue at `place`. Raises Damaged."""
    with opened(place.path(archive) / LOCK) as (file, _):
        lock = read_lock(file.read(MAX_LOCK + 1))
    if lock.place != place:
        raise Damaged(f"记的是 {lock.place.folder}", f"it is that of {lock.place.folder}")
    return lock


def lock_of(archive: Path, place: Place) -> Lock | None:
    """The lock of the issue at `place`, where it has one that can be read."""
    try:
        return checked_lock(archive, place)
    except Damaged:
        return None


def schema_of(archive: Path, place: Place) -> int | None:
    """The version of the schema that the issue at `place` is written in, by the one line of its lock that says so: to
    compare an issue with a thousand others, not every lock needs to be understood."""
    try:
        with opened(place.path(archive) / LOCK) as (file, _):
            found = _SCHEMA.search(file.read(MAX_LOCK))
    except Damaged:
        return None
    return int(found[1]) if found else None
