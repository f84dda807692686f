"""Finding font files: the user's folder, the system's folders, the open fonts of the package."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from authoring.diagnostics import CannotRun, Message
from authoring.fonts.face import Face
from authoring.fonts.roles import ROLES, FontSet, resolve

_FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


def find_fonts(folder: Path | None = None, *, installed: bool = True) -> FontSet:
    """The fonts to set with: those of `folder` first, then installed ones (unless told not to), then the open set.

    Fonts of `folder` are known by their own names, whatever the file is called; those that belong to no role serve
    every role as last fallback (rare characters). Raises CannotRun where `folder` is no folder or holds no font.
    """
    user: dict[str, tuple[Path, int]] = dict(_installed_fonts()) if installed else {}
    extras: list[Path] = []
    if folder is not None:
        known = {name.lower() for spec in ROLES for name in spec.families}
        for path in _font_files_of(folder):
            names = _families(path)
            user.update({name: place for name, place in names.items() if name in known})
            if known.isdisjoint(names):
                extras.append(path)
    return resolve(user, tuple(extras), open_fonts_folder())


@lru_cache(maxsize=1)
def open_fonts_folder() -> Path:
    """Where the open fonts lie: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "open", package.parents[1] / "fonts"):
        if (folder / "Tinos-Regular.ttf").is_file():
            return folder
    raise CannotRun.because(
        str(package / "open"),
        Message(
            "找不到随软件附带的字体，请重新安装",
            "the fonts that ship with the package are missing; reinstall it",
        ),
    )


def _font_files_of(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CannotRun.because(
            str(folder),
            Message("字体文件夹不存在", "no such font folder"),
            Message("检查 --fonts 后面的路径", "check --fonts"),
        )
    files = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in _FONT_SUFFIXES and path.is_file()
    )
    if not files:
        raise CannotRun.because(
            str(folder),
            Message(
                "文件夹里没有字体文件（.ttf、.otf、.ttc）", "the folder holds no font file (.ttf, .otf, .ttc)"
            ),
        )
    return files


def _families(path: Path) -> dict[str, tuple[Path, int]]:
    """The names of every face in `path`, each with its place; nothing for a file that is no font."""
    found: dict[str, tuple[Path, int]] = {}
    for index in range(8 if path.suffix.lower() in (".ttc", ".otc") else 1):
        face = Face(path, index)
        if not face.is_usable:
            break
        found.update(dict.fromkeys(face.names(), (path, index)))
    if not found:
        raise CannotRun.because(str(path), Message("不是有效的字体文件", "not a usable font file"))
    return found


def _installed_fonts() -> Iterator[tuple[str, tuple[Path, int]]]:
    """Official fonts installed on this machine: looked for by their usual file names, known by their own names.

    A font's own name is what counts; the file name only saves opening every font of the system at every start.
    """
    hints = tuple({hint for spec in ROLES for hint in spec.hints})
    known = {name.lower() for spec in ROLES for name in spec.families}
    for top in _system_folders():
        for folder, folders, names in os.walk(top):
            folders.sort()  # whichever of two copies is found last counts, on every machine the same
            for name in sorted(names):
                lower = name.lower()
                if lower.endswith(_FONT_SUFFIXES) and any(hint in lower for hint in hints):
                    try:
                        families = _families(Path(folder, name))
                    except (CannotRun, OSError):
                        continue  # a broken font of the system is none of the editor's business
                    yield from ((family, place) for family, place in families.items() if family in known)


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        local = os.environ.get("LOCALAPPDATA")
        return [windows] + ([Path(local, "Microsoft", "Windows", "Fonts")] if local else [])
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data / "fonts", home / ".fonts"]
