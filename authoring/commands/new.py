"""`authoring new`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from authoring.commands.shared import Shared, day
from authoring.diagnostics import Lang, Message


def add_new(cli: click.Group, shared: Shared, today: Callable[[], dt.date]) -> None:
    """Add the command to `cli`. today: what the date is where none is given; nothing else reads the clock."""
    say = shared.say

    @cli.command(
        options_metavar=shared.options,
        short_help=say("建下一期的稿件。", "Make the next issue's file."),
        help=say(
            "照上一期建下一期的稿件：期号加一，栏目照刊物，每处该写什么有注释。不覆盖已有的文件。",
            "Make the next issue's file from the previous one: the next number, the publication's sections, comments that "
            "say what to write. Nothing is overwritten.",
        ),
        epilog=say(
            "\b\n例：\n  authoring new\n  authoring new --date 2025-12-05 --from samples/054.yaml -o drafts",
            "\b\nExamples:\n  authoring new\n  authoring new --date 2025-12-05 --from samples/054.yaml -o drafts",
        ),
    )
    @click.option(
        "--date",
        callback=lambda context, parameter, value: day(value, shared.lang),
        metavar="2025-12-05",
        help=say("本期日期，默认今天。", "The issue's date. Default: today."),
    )
    @click.option(
        "--from",
        "previous",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=say("上一期的文件。默认是文件夹里期号最大的。", "The previous issue. Default: the highest number in the folder."),
    )  # fmt: skip
    @shared.output_folder("放在哪个文件夹。默认是当前文件夹。", "The folder it is written to. Default: here.")
    @shared.language
    def new(date: dt.date | None, previous: Path | None, output: Path, lang: Lang) -> None:
        from authoring.new_issue import write_new_issue

        made = write_new_issue(date or today(), output, previous)
        said = Message(
            f"{made.path}  第{made.number}期，接在 {made.previous} 之后",
            f"{made.path}  number {made.number}, after {made.previous}",
        )
        click.echo(said.text(lang))
