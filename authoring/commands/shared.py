"""What every command is given: its language, and the options that all of them have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from authoring.diagnostics import Lang

Progress = Callable[[int, int, str], None]


class Shared(NamedTuple):
    """lang: of help. options: what usage calls options. language, fonts: decorators. progress: where a run tells how
    far it is, for a language and whether to be quiet."""

    lang: Lang
    options: str
    language: Callable[[Any], Any]
    fonts: Callable[[Any], Any]
    progress: Callable[[Lang, bool], Progress]

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en
