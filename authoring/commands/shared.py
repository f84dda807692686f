"""What every command is given: its language, and the options that all of them have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from authoring.diagnostics import Lang, Message, Progress

if TYPE_CHECKING:
    from authoring.build import Reporter


Decorator = Callable[[Any], Any]

FORMATS = ("text", "concise", "json", "github", "gitlab", "sarif", "junit")
"""The names of `reporters.REPORTERS`, which takes its time to load."""


class Shared(NamedTuple):
    """lang: of help. terminal: where a run tells anything, for a language and whether to be quiet."""

    lang: Lang
    terminal: Callable[[Lang, bool], Reporter]

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def progress(self, lang: Lang, quiet: bool) -> Progress:
        """Where a run tells how far it is."""
        return self.terminal(lang, quiet).progress

    @property
    def options(self) -> str:
        """What usage calls options."""
        return self.say("[选项]", "[OPTIONS]")

    @property
    def language(self) -> Decorator:
        return click.option(
            "--lang",
            type=click.Choice(["zh", "en"]),
            default=self.lang,
            metavar="zh|en",
            help=self.say("提示所用的语言。", "Language of messages."),
        )

    @property
    def quietly(self) -> Decorator:
        return click.option("-q", "--quiet", is_flag=True, help=self.say("只报错误。", "Report errors only."))

    @property
    def fonts(self) -> Decorator:
        return click.option(
            "--fonts",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help=self.say(
                "存放字体的文件夹，优先于系统里装的字体。", "A folder of fonts that go before installed ones."
            ),
        )

    @property
    def with_source(self) -> Decorator:
        return click.option(
            "--with-source/--no-with-source",
            default=None,
            help=self.say(
                "把稿件的 YAML 附在 PDF 和 DOCX 里，authoring extract 可以取出。默认看刊物的 attach_source（平常不附）。",
                "Put the YAML inside PDF and DOCX, for authoring extract. Default: the publication's attach_source (off).",
            ),
        )

    @property
    def report_format(self) -> Decorator:
        return click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS),
            default="text",
            metavar="FORMAT",
            help=self.say(
                f"报告的格式：{'、'.join(FORMATS)}。", f"Form of the report: {', '.join(FORMATS)}."
            ),
        )

    def output_folder(self, zh: str, en: str) -> Decorator:
        """`-o DIR`. zh, en: what is written there."""
        return click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            default=Path("."),
            metavar="DIR",
            help=self.say(zh, en),
        )


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
