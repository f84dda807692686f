"""Fixtures that the whole suite shares: the samples, a draft to break, and the command in both ways of running it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from authoring.cli import main

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("suite", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("suite")

DRAFT = """\
publication: chuangxin-qudong-yaocan
number: 50
date: 2025-10-13
sections:
  - name: 部委动态
    items:
      - headline: 标题
        body:
          - 正文
"""
"""The smallest issue; `number` stands on line 2, `headline` on line 7, the paragraph on line 9 from column 13."""


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left: its exit code and both streams."""

    code: int
    out: str
    err: str


class Command(Protocol):
    def __call__(self, *arguments: str | Path) -> Outcome: ...


class Process(Protocol):
    def __call__(
        self, *arguments: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None
    ) -> Outcome: ...


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def sample_text(samples: Path) -> str:
    return (samples / "050.yaml").read_text(encoding="utf-8")


@pytest.fixture
def draft() -> str:
    return DRAFT


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write text (as UTF-8, its line ends as they are) or bytes to an issue's file."""

    def write(content: str | bytes, name: str = "issue.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """The command inside this process: quick."""

    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(int(done.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def run_process() -> Process:
    """The command as a process of its own: what an editor's terminal sees."""

    def run(*arguments: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> Outcome:
        done = subprocess.run(
            command(*arguments), capture_output=True, env=environment(env), cwd=cwd, timeout=60, check=False
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def command(*arguments: str | Path) -> Sequence[str]:
    return [sys.executable, "-m", "authoring", *map(str, arguments)]


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """This process's environment with the checkout importable from anywhere."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(extra or {})}


def absent(what: str) -> None:
    """Skip the test for want of `what`; in CI nothing may be skipped, so fail there."""
    if "CI" in os.environ:
        pytest.fail(f"{what} is missing, and CI skips nothing")
    pytest.skip(f"{what} is missing")


def tool(name: str) -> str:
    """The path of an external program."""
    path = shutil.which(name)
    if path is None:
        absent(name)
    assert path is not None
    return path


@contextmanager
def without_privileges() -> Iterator[None]:
    """Permissions hold for root, too, in here."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
