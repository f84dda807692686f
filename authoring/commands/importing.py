"""`authoring import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from authoring.commands.shared import Shared
from authoring.diagnostics import Diagnostic, Lang, Message

if TYPE_CHECKING:
    from authoring.import_run import Result


def add_importing(cli: click.Group, shared: Shared) -> None:
    """Add the command to `cli`."""
    say = shared.say

    @cli.command(
        "import",
        options_metavar=shared.options,
        short_help=say("把 Word、文本的旧刊变成稿件。", "Make issues of Word files and texts."),
        help=say(
            "把已有的简报（.docx、.txt、.md）变成 YAML 稿件，并像 check 那样指出其中的差错。原文的每个字都有交代：归入稿件的、"
            "排版会自动生成的、归不进去的，最后一行说明各有多少。\n\n退出码：0 导入了，1 导入了但有错误，2 有文件读不出或写不进。",
            "Make YAML issues of existing ones (.docx, .txt, .md), and tell their mistakes as check does. Every character of "
            "the source is accounted for: placed in the issue, made by the format itself, or not placed.\n\n"
            "Exit code: 0 imported, 1 imported with errors in it, 2 could not run.",
        ),
        epilog=say(
            "\b\n例：\n  authoring import 第50期.docx -o 稿件\n  authoring import 旧刊\\*.txt -o 稿件\n"
            "  authoring import 改过的.docx --update 055.yaml --diff",
            "\b\nExamples:\n  authoring import 050.docx -o drafts\n  authoring import old/*.txt -o drafts\n"
            "  authoring import edited.docx --update 055.yaml --diff",
        ),
    )
    @click.argument(
        "files", nargs=-1, required=True, metavar=say("文件...", "FILE..."), type=click.Path(path_type=Path)
    )
    @shared.output_folder(
        "稿件写到哪个文件夹，文件名是期号。默认是当前文件夹。",
        "The folder the issue is written to, named by its number. Default: here.",
    )
    @click.option(
        "--update",
        type=click.Path(path_type=Path),
        metavar="ISSUE.yaml",
        help=say(
            "不另建稿件，只把文档里改动过的地方改到这份稿件里，注释和格式不动。",
            "Change this issue to what the document says, nothing else.",
        ),
    )
    @click.option(
        "--diff",
        is_flag=True,
        help=say(
            "与 --update 同用：只显示会怎么改，不写文件。",
            "With --update: show the changes instead of writing them.",
        ),
    )
    @click.option(
        "--publication",
        default="",
        metavar="ID",
        help=say(
            "刊物的代号。默认按刊名认。", "The publication's identifier. Default: told from the masthead."
        ),
    )
    @click.option(
        "--overwrite", is_flag=True, help=say("已有同名稿件时覆盖它。", "Replace an issue that is there.")
    )
    @shared.report_format
    @shared.fonts
    @shared.language
    @shared.quietly
    def import_(
        files: tuple[Path, ...],
        output: Path,
        update: Path | None,
        diff: bool,
        publication: str,
        overwrite: bool,
        form: str,
        fonts: Path | None,
        lang: Lang,
        quiet: bool,
    ) -> None:
        if update is not None:
            sys.exit(_update(files, update, diff, publication, form, fonts, lang, quiet))
        if diff:
            raise click.UsageError(say("--diff 要与 --update 同用", "--diff goes with --update"))
        from authoring.import_run import Request, import_files

        request = Request(files, output, publication, fonts, overwrite)
        results = import_files(request, shared.progress(lang, quiet))
        _show(results, form, lang, quiet)
        sys.exit(max(result.exit_code for result in results))


def _update(
    files: tuple[Path, ...],
    file: Path,
    diff: bool,
    publication: str,
    form: str,
    fonts: Path | None,
    lang: Lang,
    quiet: bool,
) -> int:
    """Update `file`, and tell what was changed in it: each change, or the diff."""
    from authoring.import_update import UpdateRequest, update_issue
    from authoring.text_diff import unified

    if len(files) > 1:
        told = Message("--update 一次只用一个文档", "--update takes one document")
        raise click.UsageError(told.text(lang))
    result = update_issue(UpdateRequest(files[0], file, publication, fonts, diff))
    for_person = _report((str(files[0]),), result.diagnostics, form, lang, quiet)
    if diff:
        click.echo(unified(result.before, result.after, str(file)), nl=False, err=not for_person)
    elif not quiet:
        for change in result.changes:
            click.echo(f"  {change.message.text(lang)}", err=not for_person)
        count = len(result.changes)
        said = Message(f"{file}  改了 {count} 处", f"{file}  {count} changed")
        same = Message(f"{file}  没有要改的", f"{file}  nothing to change")
        click.echo((said if count else same).text(lang), err=not for_person)
    return result.exit_code


def _show(results: tuple[Result, ...], form: str, lang: Lang, quiet: bool) -> None:
    """The report, then a line for each file that was written."""
    diagnostics = tuple(item for result in results for item in result.diagnostics)
    for_person = _report(tuple(result.source for result in results), diagnostics, form, lang, quiet)
    for result in results:
        if result.target is not None and not quiet:
            click.echo(_line(result).text(lang), err=not for_person)


def _report(
    files: tuple[str, ...], diagnostics: tuple[Diagnostic, ...], form: str, lang: Lang, quiet: bool
) -> bool:
    """Show the findings. Whether a person reads them: a report for a machine has standard output to itself."""
    from authoring import __version__
    from authoring.explain import pages
    from authoring.reporters import REPORTERS, Facts

    shown = [item for item in diagnostics if not quiet or item.severity == "error"]
    for_person = form in ("text", "concise")
    if shown or not for_person:
        click.echo(REPORTERS[form](shown, lang, Facts(files, pages(), 0, 0, __version__)), nl=False)
    return for_person


def _line(result: Result) -> Message:
    """What was written, and the coverage of the source."""
    coverage = result.coverage
    assert coverage is not None
    missing = coverage.read - coverage.placed
    return Message(
        f"{result.target}  {f'第{result.number}期' if result.number else '期号不明'}，{result.sections} 个栏目、{result.items} 条；"
        f"读入 {coverage.read} 字，归位 {coverage.placed} 字，未归位 {missing} 字",
        f"{result.target}  number {result.number or 'unknown'}, {result.sections} sections, {result.items} items; "
        f"{coverage.read} characters read, {coverage.placed} placed, {missing} not",
    )
