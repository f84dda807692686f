"""One process at a time adds to an archive; what a killed one left behind is swept away by the next."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from authoring.archive.tree import CACHE
from authoring.diagnostics import CannotRun, Message
from authoring.files import LEFTOVER, write_whole

_WAIT: Final = 0.1
"""Seconds between two looks at a lock, where the system cannot be told to wait."""


def cache_folder(archive: Path) -> Path:
    """The archive's folder of things that may be deleted, made where it is missing, and hidden from git."""
    folder = archive / CACHE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            write_whole(ignore, b"*\n")
    except OSError:
        raise _not_writable(archive) from None
    return folder


def _not_writable(archive: Path) -> CannotRun:
    return CannotRun.because(
        str(archive),
        Message("档案文件夹写不进去", "the archive cannot be written to"),
        Message("检查路径和权限", "check the path and its permissions"),
    )


@contextmanager
def keeping(archive: Path, waiting: Callable[[], None]) -> Iterator[Path]:
    """Hold `archive` for this process alone, and yield its cache folder, swept of what an interrupted run left.

    waiting: called once where another process holds it. The system lets go of the hold when a process ends, however
    it does. Where the disk knows no locks (some network drives), nothing is held and nothing swept.
    """
    folder = cache_folder(archive)
    _hold_bytes(archive)
    try:
        file = (folder / "lock").open("a+b")
    except OSError:
        raise _not_writable(archive) from None
    with file:
        held = _hold(file, waiting)
        if held:
            for leftover in folder.glob(f"{LEFTOVER}*"):
                shutil.rmtree(leftover, ignore_errors=True)
        yield folder


def _hold_bytes(archive: Path) -> None:
    """Tell git, which on Windows may change line ends, to leave every byte of the archive as it is."""
    attributes = archive / ".gitattributes"
    if not attributes.exists():
        write_whole(attributes, b"* -text\n")


def _hold(file: IO[bytes], waiting: Callable[[], None]) -> bool:
    try:
        if _try(file):
            return True
        waiting()
        while not _try(file):
            time.sleep(_WAIT)
    except OSError:
        return False
    return True


def _try(file: IO[bytes]) -> bool:
    """Whether the lock on `file` was free and is now ours. Raises OSError where the disk has none."""
    if sys.platform == "win32":
        import msvcrt

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
