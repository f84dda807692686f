"""`authoring migrate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from authoring.commands.shared import Shared
from authoring.diagnostics import Lang, Message, report

if TYPE_CHECKING:
    from authoring.migrate_run import Result


def add_migrating(cli: click.Group, shared: Shared) -> None:
    """Add the command to `cli`."""
    say = shared.say

    @cli.command(
        options_metavar=shared.options,
        short_help=say("把旧版格式的稿件升到现行版本。", "Move files up to the current schema."),
        help=say(
            "把旧版格式的稿件升到现行版本：只改格式变了的地方，注释、引号、空行、排列都不动。不升也照样能排。\n\n"
            "可以写文件，也可以写文件夹。退出码：0 都是现行版本了，1 有稿件升不上去，2 有文件读不出或写不进。",
            "Move files of older schema versions up to the current one. Only what the schema changed is changed; comments, "
            "quotes, blank lines and layout stay. Old files build without it, too.\n\nName files or folders. Exit code: 0 all "
            "are current now, 1 a file cannot be migrated, 2 could not run.",
        ),
        epilog=say(
            "\b\n例：\n  authoring migrate 旧刊 --diff\n  authoring migrate 050.yaml 054.yaml\n"
            "  authoring migrate 050.yaml --from 1",
            "\b\nExamples:\n  authoring migrate old --diff\n  authoring migrate 050.yaml 054.yaml\n"
            "  authoring migrate 050.yaml --from 1",
        ),
    )
    @click.argument(
        "files",
        nargs=-1,
        required=True,
        metavar=say("稿件或文件夹...", "FILE..."),
        type=click.Path(path_type=Path),
    )
    @click.option(
        "--diff",
        is_flag=True,
        help=say("只显示会怎么改，不写文件。", "Show the changes instead of writing them."),
    )
    @click.option(
        "--from",
        "version",
        type=click.IntRange(min=1),
        metavar="N",
        help=say(
            "没有写格式版本的稿件算作第几版。默认算现行版本。",
            "The version of files that name none. Default: the current one.",
        ),
    )
    @shared.language
    @shared.quietly
    def migrate(files: tuple[Path, ...], diff: bool, version: int | None, lang: Lang, quiet: bool) -> None:
        from authoring.migrate_run import Request, migrate_files

        results = migrate_files(Request(files, diff, version), shared.progress(lang, quiet))
        for result in results:
            _show(result, diff, lang, quiet)
        sys.exit(max((result.exit_code for result in results), default=0))


def _show(result: Result, as_diff: bool, lang: Lang, quiet: bool) -> None:
    """What became of a file: its diff, or a line; errors on standard error."""
    from authoring.model import SCHEMA_VERSION
    from authoring.text_diff import unified

    for line in report(result.diagnostics, lang):
        click.echo(line, err=True)
    if result.exit_code:
        return
    if as_diff:
        click.echo(unified(result.before, result.after, result.file), nl=False)
    if quiet:
        return
    file, version = result.file, result.version
    if version == SCHEMA_VERSION:
        said = Message(
            f"{file}  已是现行的第{version}版，没有动",
            f"{file}  is of version {version} already; left as it is",
        )
    else:
        said = Message(
            f"{file}  从第{version}版升到第{SCHEMA_VERSION}版，改了 {len(result.changes)} 处",
            f"{file}  from version {version} to {SCHEMA_VERSION}, {len(result.changes)} changes",
        )
    click.echo(said.text(lang), err=as_diff)
    for change in result.changes:
        click.echo(f"  {change.message.text(lang)}", err=True)
