"""What every command is given: its language, and the options that all of them have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from authoring.diagnostics import Lang, Message

if TYPE_CHECKING:
    from authoring.build import Reporter

Progress = Callable[[int, int, str], None]


class Shared(NamedTuple):
    """lang: of help. options: what usage calls options. language, fonts, with_source: decorators. progress: where a run
    tells how far it is, for a language and whether to be quiet; terminal: where it tells anything."""

    lang: Lang
    options: str
    language: Callable[[Any], Any]
    fonts: Callable[[Any], Any]
    progress: Callable[[Lang, bool], Progress]
    with_source: Callable[[Any], Any]
    terminal: Callable[[Lang, bool], Reporter]

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def day(value: str | None, lang: Lang) -> dt.date | None:
    """A date as editors type it, as in an issue's file."""
    if value is None:
        return None
    match = re.fullmatch(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*", value)
    try:
        if match is None:
            raise ValueError
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        message = Message(f"不是日期：“{value}”，写成 2025-12-05", f"{value!r} is no date; write 2025-12-05")
        raise click.BadParameter(message.text(lang)) from None
