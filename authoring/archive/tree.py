"""Names and places in an archive: archive/2025/050, and 增刊 beside it, numbered apart, as archive/2025/增刊001."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from authoring.diagnostics import NOTHING, AuthoringError, CannotRun, Diagnostic, Message

CACHE: Final = ".cache"
"""What may be deleted at any time: the index, folders on their way in."""
ISSUE: Final = "issue.yaml"
LOCK: Final = "lock.yaml"
OUTPUTS: Final = ("pdf", "docx")

_OF_A_SYSTEM: Final = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|~\$.*", re.IGNORECASE)
_YEAR: Final = re.compile(r"[1-9]\d{3}")
_STEM: Final = re.compile(r"(?P<supplement>[\u4e00-\u9fff]{0,4})(?P<number>\d{1,9})")
_REFERENCE: Final = re.compile(
    r"(?:(?P<year>[1-9]\d{3})\s*(?:[/\\-]|年)\s*)?(?P<supplement>[\u4e00-\u9fff]{0,4}?)第?\s*(?P<number>\d{1,9})\s*期?"
)


class Refused(AuthoringError):
    """What was asked for would do harm, or is not there: a number twice, damage, no such issue."""

    exit_code = 1

    @classmethod
    def because(cls, file: str, message: Message, hint: Message = NOTHING) -> Refused:
        return cls(Diagnostic(file, None, "error", "E000", NOTHING, message, hint))


class Damaged(Exception):
    """A file of the archive is not what it should be. reason: what is wrong with it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Message(zh, en)


class Place(NamedTuple):
    """Where an issue stands. supplement: 增刊, 特刊 …, nothing for an issue of the series; each is numbered apart."""

    year: int
    supplement: str
    number: int

    @property
    def stem(self) -> str:
        """The folder's name, and that of the outputs: 050, 增刊001."""
        return f"{self.supplement}{self.number:03d}"

    @property
    def folder(self) -> str:
        """The folder from the archive: 2025/050."""
        return f"{self.year}/{self.stem}"

    def path(self, archive: Path) -> Path:
        return archive / str(self.year) / self.stem

    @property
    def said(self) -> Message:
        """2025年第50期."""
        return Message(
            f"{self.year}年{self.supplement}第{self.number}期",
            f"{self.year} {self.supplement}No. {self.number}",
        )


def place_of(folder: str) -> Place | None:
    """The place whose folder is called so; None for any other name."""
    year, _, stem = folder.partition("/")
    match = _STEM.fullmatch(stem)
    if not _YEAR.fullmatch(year) or match is None:
        return None
    place = Place(int(year), match["supplement"], int(match["number"]))
    return place if place.folder == folder else None


def left_by_system(name: str) -> bool:
    """Whether a file of this name is what macOS, Windows or Word leave in a folder that somebody looks at."""
    return _OF_A_SYSTEM.fullmatch(name) is not None


class Tree(NamedTuple):
    """What stands in an archive: the places in their order, and whatever in its years is none."""

    places: tuple[Place, ...]
    strays: tuple[str, ...]


def read_tree(archive: Path) -> Tree:
    """What stands in `archive`; nothing where there is no such folder. Raises CannotRun where it cannot be read."""
    places: list[Place] = []
    strays: list[str] = []
    try:
        for year in sorted(name for name in os.listdir(archive) if _YEAR.fullmatch(name)):
            if not os.path.isdir(archive / year):
                strays.append(year)
                continue
            with os.scandir(
                archive / year
            ) as entries:  # which mostly knows what each is without another look
                for entry in entries:
                    place = place_of(f"{year}/{entry.name}")
                    if place is not None and entry.is_dir():
                        places.append(place)
                    elif not left_by_system(entry.name):
                        strays.append(f"{year}/{entry.name}")
    except FileNotFoundError:
        return Tree((), ())
    except OSError:
        raise CannotRun.because(
            str(archive),
            Message("这个文件夹读不出来", "the folder cannot be read"),
            Message("检查 --archive 后面的路径", "check --archive"),
        ) from None
    return Tree(tuple(sorted(places)), tuple(sorted(strays)))


def existing_tree(archive: Path) -> Tree:
    """What stands in `archive`. Raises CannotRun where there is no archive."""
    tree = read_tree(archive)
    if not tree.places:
        raise CannotRun.because(
            str(archive),
            Message("这里没有存档", "there is no archive here"),
            Message(
                "用 --archive 指明档案文件夹；存第一期用 authoring archive add",
                "name it with --archive; authoring archive add makes one",
            ),
        )
    return tree


def find_place(places: Iterable[Place], reference: str, archive: Path, year: int | None = None) -> Place:
    """The one place that an archivist means by 50, 050, 2025/50, 2025年第50期, 增刊1.

    Raises CannotRun where it is no reference, Refused where no issue, or several years', answers to it.
    """
    match = _REFERENCE.fullmatch(reference.strip().rstrip("/\\"))
    if match is None:
        raise CannotRun.because(
            reference,
            Message("不是期号", "not the number of an issue"),
            Message("写成 50、2025/50 或 2025/增刊1", "write 50, 2025/50 or 2025/增刊1"),
        )
    stated = int(match["year"]) if match["year"] else None
    if stated is not None and year is not None and stated != year:
        raise CannotRun.because(reference, Message(f"与 --year {year} 矛盾", f"contradicts --year {year}"))
    wanted = stated or year
    same = [
        place
        for place in sorted(places)
        if (place.supplement, place.number) == (match["supplement"], int(match["number"]))
    ]
    found = [place for place in same if wanted in (None, place.year)]
    if len(found) == 1:
        return found[0]
    if found:
        years = "、".join(place.folder for place in found)
        raise Refused.because(
            reference,
            Message(f"有几年都有这一期：{years}", f"several years have it: {years}"),
            Message(f"写明年份，如 {found[-1].folder}", f"name the year: {found[-1].folder}"),
        )
    others = "、".join(place.folder for place in same)
    hint = Message(f"有 {others}", f"there is {others}") if others else NOTHING
    label = f"{wanted}/{match['supplement']}{match['number']}" if wanted else reference
    raise Refused.because(label, Message(f"没有存过这一期（{archive}）", f"not in {archive}"), hint)


def missing_numbers(places: Iterable[Place]) -> dict[tuple[int, str], list[int]]:
    """By year and kind, the numbers between the first and the last that are not there; only where there are some."""
    numbers: dict[tuple[int, str], set[int]] = {}
    for place in places:
        numbers.setdefault((place.year, place.supplement), set()).add(place.number)
    return {
        key: gaps
        for key, found in sorted(numbers.items())
        if (gaps := _gaps(sorted(found)))
    }  # fmt: skip


MOST_GAPS: Final = 1000
"""A mistyped number (99999999) is not the loss of millions of issues."""


def _gaps(numbers: list[int]) -> list[int]:
    gaps: list[int] = []
    for earlier, later in pairwise(numbers):
        gaps += range(earlier + 1, min(later, earlier + 1 + MOST_GAPS))
    return gaps[:MOST_GAPS]


def gap(year: int, kind: str, numbers: list[int]) -> Message:
    """What is said of numbers that are missing: runs as 51—53."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    listed = [str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs]
    return Message(
        f"{year}年{kind}缺第{'、'.join(listed)}期", f"{year}: {kind}No. {', '.join(listed)} missing"
    )
