"""Files, and folders of files, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from authoring.diagnostics import CannotRun, Message

LEFTOVER = "adding-"
"""How the name of a folder that is being made begins."""
ARCHIVED = frozenset({"issue.yaml", "lock.yaml"})
"""A folder that holds both is an issue in an archive: nothing there may be changed."""


def is_archived(folder: str | Path) -> bool:
    """Whether `folder` is an issue in an archive."""
    return all(os.path.lexists(os.path.join(folder, name)) for name in ARCHIVED)


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`: into a temporary file beside it, to the disk, then renamed over it.

    Whatever happens, `path` is either as it was or complete. Raises CannotRun, with nothing changed, where the folder or
    disk refuses, and where it is an issue in an archive.
    """
    if is_archived(path.parent):
        raise CannotRun.because(
            str(path),
            Message(
                "这是档案里的一期，不能改，也不能往里写",
                "that is an issue in an archive; it is left as it is",
            ),
            Message("改原来的稿件；输出用 -o 写到别的文件夹", "change the draft; write elsewhere with -o"),
        )
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        handle, temporary = tempfile.mkstemp(prefix=".authoring-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _usual_mode(path))
        os.replace(temporary, path)
        temporary = None
        _sync_folder(path.parent)
    except OSError as error:
        raise CannotRun.because(str(path), _reason(error)) from None
    finally:
        if temporary is not None:
            _remove(temporary)


def write_new(path: Path, data: bytes) -> None:
    """Write `data` to `path`, where no file may be yet. Raises CannotRun, with nothing changed, also where there is one."""
    _reserve(path)
    try:
        write_whole(path, data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _reserve(path: Path) -> None:
    """Make an empty file of that name, which fails where there is one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("xb").close()
    except FileExistsError:
        raise CannotRun.because(
            str(path),
            Message("已经有这个文件，没有覆盖", "is there already; it was not overwritten"),
            Message("改名或移走它，或用 -o 写到别的文件夹", "move it away, or write elsewhere with -o"),
        ) from None
    except OSError:
        raise CannotRun.because(
            str(path),
            Message("写不进去", "cannot be written"),
            Message("检查文件夹和权限", "check the folder"),
        ) from None


def write_folder_whole(target: Path, files: Mapping[str, bytes], scratch: Path) -> None:
    """Make the folder `target` with `files`: in a temporary folder under `scratch`, to the disk, then renamed.

    scratch: a folder on the same disk. Whatever happens, `target` is either not there or complete; what is left in
    `scratch` begins with LEFTOVER. Raises FileExistsError where `target` is there already, CannotRun where the disk refuses.
    """
    temporary: Path | None = None
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=LEFTOVER, dir=scratch))
        for name, data in files.items():
            _write(temporary / name, data)
        os.chmod(temporary, _new_mode(0o777))
        _sync_folder(temporary)
        if target.exists():  # on some systems an empty folder would be replaced
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        os.rename(temporary, target)
        temporary = None
        _sync_folder(target.parent)
        _sync_folder(target.parent.parent)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY) and target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        raise CannotRun.because(str(target), _reason(error)) from None
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _usual_mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the process gives new files."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return _new_mode(0o666)


def _new_mode(most: int) -> int:
    mask = os.umask(0)
    os.umask(mask)
    return most & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where the system can (Windows cannot open a folder)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


_REASONS: dict[int, Message] = {
    errno.ENOSPC: Message("磁盘满了，没有写成", "the disk is full; not written"),
    errno.EDQUOT if hasattr(errno, "EDQUOT") else -1: Message(
        "磁盘配额用完了，没有写成", "the disk quota is used up"
    ),
    errno.EROFS: Message("磁盘是只读的，没有写成", "the disk is read-only; not written"),
    errno.EACCES: Message(
        "写不进去：没有权限，或文件正被 Word、WPS 打开",
        "not written: no permission, or the file is open in another program",
    ),
    errno.EPERM: Message("写不进去：没有权限", "not written: no permission"),
    errno.EISDIR: Message("写不进去：同名的是一个文件夹", "not written: a folder of that name is there"),
    errno.ENOTDIR: Message(
        "写不进去：输出路径里有一段不是文件夹", "not written: a part of the path is not a folder"
    ),
    errno.EEXIST: Message(
        "写不进去：输出文件夹的位置上已有一个文件", "not written: a file is where the folder should be"
    ),
    errno.ENAMETOOLONG: Message("写不进去：文件名太长", "not written: the name is too long"),
}


def _reason(error: OSError) -> Message:
    unknown = Message(f"没有写成（系统错误 {error.errno}）", f"not written (system error {error.errno})")
    reason = _REASONS.get(error.errno or 0, unknown)
    return Message(f"{reason.zh}；原来的文件没有动", f"{reason.en}; a previous file is untouched")
