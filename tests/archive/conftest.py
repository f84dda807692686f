"""An archive of both samples, made once; tests that change it work on a copy."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.archive.store import add_issues
from authoring.diagnostics import Diagnostic, Message
from tests.conftest import ROOT

SAMPLES = (ROOT / "samples" / "050.yaml", ROOT / "samples" / "054.yaml")


class Recorder:
    """A reporter that keeps what it is told."""

    def __init__(self) -> None:
        self.announced: list[str] = []
        self.notes: list[Message] = []
        self.complaints: list[Diagnostic] = []
        self.steps: list[tuple[int, int, str]] = []

    def announce(self, text: str) -> None:
        self.announced.append(text)

    def progress(self, number: int, total: int, name: str) -> None:
        self.steps.append((number, total, name))

    def note(self, message: Message) -> None:
        self.notes.append(message)

    def complain(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.complaints += diagnostics

    def pages(self, count: int) -> str:
        return f"{count} 页"


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive; not to be changed."""
    folder = tmp_path_factory.mktemp("both") / "archive"
    assert add_issues(SAMPLES, folder, None, None, Recorder()) == 0
    return folder


@pytest.fixture
def archive(both: Path, tmp_path: Path) -> Path:
    """A copy of the archive, with its index."""
    folder = tmp_path / "archive"
    shutil.copytree(both, folder)
    return folder


@pytest.fixture
def issue(tmp_path: Path) -> Callable[..., Path]:
    """A small issue's file."""

    def make(number: int, date: str = "2025-11-01", headline: str = "", masthead: str = "") -> Path:
        path = tmp_path / f"{date}-{number}.yaml"
        head = f"masthead:\n  number_line: {masthead}\n" if masthead else ""
        path.write_text(
            f"publication: chuangxin-qudong-yaocan\nnumber: {number}\ndate: {date}\n{head}sections:\n"
            f"  - name: 部委动态\n    items:\n      - headline: {headline or f'第{number}件事（{date}）'}\n"
            f"        body:\n          - 正文一段，编号 {number}。\n",
            encoding="utf-8",
        )
        return path

    return make


def snapshot(folder: Path) -> dict[str, str]:
    """Every file under `folder` but the cache, with its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def relock(lock: Path, change: Callable[[str], str]) -> None:
    """Change a lock as one would who also mends its checksum."""
    text = lock.read_text(encoding="utf-8").rpartition("checksum: ")[0]
    changed = change(text)
    assert changed != text
    lock.write_text(f"{changed}checksum: {hashlib.sha256(changed.encode()).hexdigest()}\n", encoding="utf-8")
