"""`authoring check` and `authoring explain`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from authoring.commands.shared import Shared
from authoring.diagnostics import AuthoringError, CannotRun, Lang, Message, report

if TYPE_CHECKING:
    from authoring.check_run import Outcome, Request

_SUMMARY = "GITHUB_STEP_SUMMARY"


def add_checking(cli: click.Group, shared: Shared) -> None:
    """Add the two commands to `cli`."""
    say = shared.say

    def rules_option(name: str, zh: str, en: str) -> Callable[[Any], Any]:
        return click.option(
            name,
            multiple=True,
            callback=lambda context, parameter, value: _codes(value),
            metavar="N002,P",
            help=say(zh, en),
        )

    def file_option(name: str, zh: str, en: str) -> Callable[[Any], Any]:
        return click.option(name, type=click.Path(path_type=Path), metavar="FILE", help=say(zh, en))

    @cli.command(
        options_metavar=shared.options,
        short_help=say("查出稿件里的差错。", "Find mistakes in drafts."),
        help=say(
            "检查稿件：序号、标点、日期、单位名称、口吻、期号……\n\n可以写文件，也可以写文件夹（查里面所有的 .yaml）；写 - "
            "查标准输入。\n\n退出码：0 没有错误，1 有错误，2 有文件读不出或写不进。",
            "Check drafts: numbering, marks, dates, names of bodies, point of view, the series.\n\nName files or folders "
            "(every .yaml in them), or - for standard input.\n\nExit code: 0 no errors, 1 errors, 2 could not run.",
        ),
        epilog=say(
            "\b\n例：\n  authoring check 055.yaml\n  authoring check 稿件 --diff\n  authoring check 055.yaml --fix\n"
            "  authoring check 旧刊 --write-baseline 基线.json\n  authoring check 旧刊 --baseline 基线.json\n\n"
            "某一行不查某条规则，在行末写：# noqa: N002 原因",
            "\b\nExamples:\n  authoring check 055.yaml\n  authoring check drafts --diff\n  authoring check 055.yaml --fix\n"
            "  authoring check old --write-baseline baseline.json\n  authoring check old --baseline baseline.json\n\n"
            "To silence a rule on a line, end it with: # noqa: N002 reason",
        ),
    )
    @click.argument(
        "drafts",
        nargs=-1,
        required=True,
        metavar=say("稿件或文件夹...", "DRAFT..."),
        type=click.Path(path_type=Path),
    )
    @shared.report_format
    @click.option(
        "--fix", is_flag=True, help=say("改掉能放心改的，注释和格式不动。", "Apply the safe fixes.")
    )
    @click.option(
        "--unsafe-fixes", is_flag=True, help=say("连可能改变意思的也改。", "Apply every fix, also those that may change the meaning.")
    )  # fmt: skip
    @click.option(
        "--diff", is_flag=True, help=say("只显示会怎么改，不写文件。", "Show the fixes instead of writing them.")
    )  # fmt: skip
    @rules_option("--select", "只用这些规则。", "Only these rules.")
    @rules_option("--ignore", "不用这些规则。", "Not these rules.")
    @file_option("--baseline", "接受这份基线里列出的旧问题。", "Accept the findings listed in this file.")
    @file_option("--write-baseline", "把现有的问题都写进一份基线。", "List all present findings in a file.")
    @click.option(
        "--stdin-name",
        default="",
        metavar="FILE",
        help=say("标准输入算作哪个文件。", "The file that standard input stands for."),
    )
    @click.option(
        "--archive",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=say(
            "期号、日期、条目与这个档案里的往期核对（S001）。",
            "Compare with the issues of this archive (S001).",
        ),
    )
    @shared.fonts
    @shared.language
    @shared.quietly
    def check(
        drafts: tuple[Path, ...],
        form: str,
        fix: bool,
        unsafe_fixes: bool,
        diff: bool,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        baseline: Path | None,
        write_baseline: Path | None,
        stdin_name: str,
        archive: Path | None,
        fonts: Path | None,
        lang: Lang,
        quiet: bool,
    ) -> None:
        from authoring.check_run import Request, check_drafts
        from authoring.draft_files import STDIN
        from authoring.source.document import MAX_BYTES

        reads_stdin = any(str(path) == STDIN for path in drafts)
        request = Request(
            drafts,
            select,
            ignore,
            "unsafe" if unsafe_fixes else "safe" if fix or diff else "",
            diff,
            baseline,
            write_baseline,
            fonts,
            sys.stdin.buffer.read(MAX_BYTES + 1) if reads_stdin else b"",
            stdin_name,
            archive,
        )
        outcome = check_drafts(request, shared.progress(lang, quiet))
        _show(request, outcome, form, lang, quiet)
        sys.exit(outcome.exit_code)

    @cli.command(
        options_metavar=shared.options,
        short_help=say("说明一条规则。", "Explain a rule."),
        help=say(
            "说明一条规则：查什么、为什么、例子、怎么改。不写规则就列出全部。",
            "Explain a rule: what it finds, why, an example, how it is mended. Without one, list them all.",
        ),
        epilog=say("例：authoring explain N002", "Example: authoring explain N002"),
    )
    @click.argument("rule", required=False, metavar=say("规则", "RULE"))
    @shared.language
    def explain(rule: str | None, lang: Lang) -> None:
        from authoring.explain import explain as page
        from authoring.explain import table

        click.echo(page(rule, lang) if rule else table(lang), nl=False)


def _show(request: Request, outcome: Outcome, form: str, lang: Lang, quiet: bool) -> None:
    """What was mended, what was not, and the report: on standard output, unless that carries the mended draft."""
    from authoring import __version__
    from authoring.explain import pages
    from authoring.reporters import REPORTERS, Facts, job_summary
    from authoring.text_diff import unified

    aside = outcome.mended_stdin is not None and not request.diff
    if aside:
        click.echo(outcome.mended_stdin, nl=False)
    for mended in outcome.mended:
        if request.diff:
            click.echo(unified(mended.before, mended.after, mended.file), nl=False)
        elif not quiet:
            said = Message(f"{mended.file}  改了 {mended.fixes} 处", f"{mended.file}  {mended.fixes} fixed")
            click.echo(said.text(lang), err=True)
    for diagnostic, reason in outcome.left_out:
        if not quiet:
            place = f"{diagnostic.file}:{diagnostic.span.line}" if diagnostic.span else diagnostic.file
            said = Message(
                f"{place} {diagnostic.rule} 没有自动改：{reason.zh}",
                f"{place} {diagnostic.rule} not fixed: {reason.en}",
            )
            click.echo(said.text(lang), err=True)
    shown = [item for item in outcome.diagnostics if not quiet or item.severity == "error"]
    fixable = 0 if request.fix and not request.diff else outcome.fixable
    facts = Facts(outcome.files, pages(), fixable, outcome.accepted, __version__, outcome.stale)
    click.echo(REPORTERS[form](shown, lang, facts), nl=False, err=aside or (request.diff and form == "text"))
    summary_file = os.environ.get(_SUMMARY)
    if form == "github" and summary_file:
        _append(Path(summary_file), job_summary(shown, lang, facts), lang)


def _append(path: Path, text: str, lang: Lang) -> None:
    """Add the job summary to the file that GitHub names; a report that was given is not undone by its failure."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        error: AuthoringError = CannotRun.because(
            str(path), Message("任务小结写不进去", "the job summary cannot be written")
        )
        for line in report(error.diagnostics, lang):
            click.echo(line, err=True)


def _codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Codes as editors type them: several in one option, behind commas of either width."""
    parts = (
        part.strip() for value in values for part in value.replace("，", ",").replace("、", ",").split(",")
    )
    return tuple(dict.fromkeys(part for part in parts if part))
