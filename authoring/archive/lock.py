"""lock.yaml: what was printed, with what, and where every line and page broke. A Lock to text, and text to a Lock.

issue, versions, fonts, inputs, outputs    YAML that a person reads
breaks                                     a line a paragraph: its node, then p and the page, then where lines end
checksum                                   of everything above it, so that damage to the record itself is seen
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

from authoring.archive.tree import Damaged, Place
from authoring.diagnostics import AuthoringError, NodePath
from authoring.layout.breaks import Breaks, LineBreak
from authoring.source.document import parse

FORM: Final = 1
"""The version of the lock's own form."""
MAX_LOCK: Final = 4_000_000
"""An issue's lock has some 8 kB; that of the largest issue that can be read, some 2 MB."""

_CHECKSUM: Final = re.compile(rb"checksum: ([0-9a-f]{64})\n\Z")
_PLAIN: Final = re.compile(r"[\w][\w.+ /-]*[\w]|\w")
_NAME: Final = re.compile(r"[^\x00-\x1f/\\:]{1,200}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DIGITS: Final = re.compile(r"[0-9]{1,9}")
_BREAKS: Final = re.compile(r"(?P<path>[a-z_]+(?:\.[a-z_]+|\.\d{1,5})*) (?P<ends>(?: p?\d{1,7})+)")

T = TypeVar("T")


class FileRecord(NamedTuple):
    """A file of the folder: its name, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, data: bytes) -> FileRecord:
        return cls(name, len(data), hashlib.sha256(data).hexdigest())


class FontRecord(NamedTuple):
    """A font that was used: its file, the number of the face within it, the roles it was for, those it helped out in, its SHA-256."""

    file: str
    face: int
    roles: tuple[str, ...]
    fallback_for: tuple[str, ...]
    sha256: str


class Lock(NamedTuple):
    """The record of an archived issue. versions: of everything that changes bytes, by name; schema among them."""

    place: Place
    publication: str
    date: dt.date
    pages: int
    source_attached: bool
    versions: Mapping[str, str]
    fonts: tuple[FontRecord, ...]
    inputs: tuple[FileRecord, ...]
    outputs: tuple[FileRecord, ...]
    breaks: Breaks

    @property
    def schema(self) -> int | None:
        """The version of the schema that the issue is written in."""
        version = self.versions.get("schema", "")
        return int(version) if re.fullmatch("[0-9]{1,9}", version) else None


def write_lock(lock: Lock) -> bytes:
    """The lock as its file holds it."""
    place = lock.place
    lines = [
        f"# 存档记录：{place.said.zh}当时怎么排的，照它可以原样重印（authoring reprint {place.folder}）。",
        "# 由程序写、由程序核对（authoring archive verify），请不要改动。",
        f"lock: {FORM}",
        "issue:",
        f"  publication: {lock.publication}",
        *([f"  supplement: {_scalar(place.supplement)}"] if place.supplement else []),
        f"  number: {place.number}",
        f"  date: {lock.date.isoformat()}",
        f"  pages: {lock.pages}",
        f"  source_attached: {'是' if lock.source_attached else '否'}",
        "versions:",
        *(f"  {name}: {_scalar(version)}" for name, version in lock.versions.items()),
        "fonts:" if lock.fonts else "fonts: []",
    ]
    for font in lock.fonts:
        lines += [f"  - file: {_scalar(font.file)}", f"    face: {font.face}"]
        lines += [
            f"    roles: [{', '.join(font.roles)}]",
            f"    fallback_for: [{', '.join(font.fallback_for)}]",
        ]
        lines.append(f"    sha256: {font.sha256}")
    for title, records in (("inputs", lock.inputs), ("outputs", lock.outputs)):
        lines.append(f"{title}:")
        for record in records:
            lines += [f"  - name: {_scalar(record.name)}", f"    size: {record.size}"]
            lines.append(f"    sha256: {record.sha256}")
    lines += [
        f"imprint_page: {lock.breaks.imprint}",
        "# 每行一段：所在之处，p 后面是页码，再后面是各行末尾在第几个字",
    ]
    lines += ["breaks: |", *(f"  {line}" for line in _break_lines(lock.breaks))]
    text = "\n".join(lines) + "\n"
    return f"{text}checksum: {hashlib.sha256(text.encode()).hexdigest()}\n".encode()


def read_lock(data: bytes) -> Lock:
    """The lock in `data`. Raises Damaged where it is none, or not as it was written."""
    if len(data) > MAX_LOCK:
        raise Damaged("大得不正常", "abnormally large")
    end = _CHECKSUM.search(data)
    if end is None:
        raise Damaged("不完整：末尾没有校验值", "incomplete: it lacks its checksum")
    if hashlib.sha256(data[: end.start()]).hexdigest() != end[1].decode():
        raise Damaged("内容被改动过，与末尾的校验值不符", "changed: its checksum does not match")
    try:
        value = parse(data.decode(), "lock.yaml").value
    except (AuthoringError, UnicodeDecodeError):
        raise Damaged("不是存档记录", "not a lock") from None
    if not isinstance(value, dict) or value.get("lock") != str(FORM):
        raise Damaged("不是这一版程序认识的存档记录", "not a form of lock that this version knows")
    try:
        return _lock(value)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise Damaged("缺少内容，或内容不合格式", "something in it is missing or malformed") from None


def _lock(value: dict[str, Any]) -> Lock:
    """The lock in a tree of texts. Raises any of the errors that wrong shapes raise."""
    issue = value["issue"]
    date = dt.date.fromisoformat(issue["date"])
    place = Place(date.year, issue.get("supplement", ""), _number(issue["number"]))
    versions = {str(name): str(version) for name, version in value["versions"].items()}
    return Lock(
        place,
        _matching(_NAME, issue["publication"]),
        date,
        _number(issue["pages"]),
        {"是": True, "否": False}[issue["source_attached"]],
        versions,
        tuple(_font(entry) for entry in value["fonts"]),
        _each(_file, value["inputs"]),
        _each(_file, value["outputs"]),
        Breaks(dict(map(_paragraph, value["breaks"].splitlines())), _number(value["imprint_page"])),
    )


def _font(entry: dict[str, Any]) -> FontRecord:
    return FontRecord(
        _matching(_NAME, entry["file"]),
        _number(entry["face"]),
        _each(str, entry["roles"]),
        _each(str, entry["fallback_for"]),
        _matching(_SHA256, entry["sha256"]),
    )


def _file(entry: dict[str, Any]) -> FileRecord:
    return FileRecord(
        _matching(_NAME, entry["name"]), _number(entry["size"]), _matching(_SHA256, entry["sha256"])
    )


def _each(read: Callable[[Any], T], values: list[Any]) -> tuple[T, ...]:
    return tuple(read(value) for value in values)


def _number(text: str) -> int:
    """Bounded, since it goes on to places that bound what they take."""
    return int(_matching(_DIGITS, text))


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text) or text in (".", ".."):
        raise ValueError(text)
    return text


def _break_lines(breaks: Breaks) -> list[str]:
    """sections.0.items.0.body.0  p2 28 56 p3 84."""
    lines = []
    for path, stops in breaks.lines.items():
        parts = [".".join(map(str, path)) + " "]
        page = 0
        for stop in stops:
            parts += [f"p{stop.page}"] * (stop.page != page) + [str(stop.end)]
            page = stop.page
        lines.append(" ".join(parts))
    return lines


def _paragraph(line: str) -> tuple[NodePath, tuple[LineBreak, ...]]:
    match = _BREAKS.fullmatch(line)
    if match is None:
        raise ValueError(line)
    path = tuple(int(part) if part.isdigit() else part for part in match["path"].split("."))
    stops = []
    page = 0
    for word in match["ends"].split():
        if word.startswith("p"):
            page = int(word[1:])
        else:
            stops.append(LineBreak(int(word), page))
    return path, tuple(stops)


def _scalar(text: str) -> str:
    """`text` as YAML: plain where nothing in it could be taken for YAML's own, else in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
