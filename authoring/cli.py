"""The command `authoring`. It and `commands` alone print, exit or look at the terminal."""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

os.environ.setdefault(
    "PYDANTIC_DISABLE_PLUGINS", "__all__"
)  # no plug-in changes how an issue reads; faster start

import click

from authoring import __version__
from authoring.click_zh import speak
from authoring.commands import (
    Shared,
    add_archive,
    add_checking,
    add_importing,
    add_migrating,
    add_new,
    add_reprint,
)
from authoring.diagnostics import AuthoringError, Diagnostic, Lang, Message, report

OUTPUTS = ("pdf", "docx", "trace")
DEFAULT_OUTPUTS = "pdf,docx"


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command with `arguments` (default: the process's own) and exit: 0 done, 1 errors found, 2 could not run."""
    # what start-up makes stays: looking through it again and again for garbage finds nothing
    gc.set_threshold(100_000, 20, 20)
    words = patterns_expanded(sys.argv[1:]) if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # a path is shown as it was given
    lang = _language(words)
    try:
        make_cli(lang).main(words, prog_name="authoring", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except AuthoringError as error:
        _complain(error.diagnostics, lang)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(Message("已中断", "interrupted").text(lang), err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:  # standard output is full or closed; what was to be written is
        with suppress(OSError):
            click.echo(
                Message(f"屏幕输出写不出去：{error}", f"standard output: {error}").text(lang), err=True
            )
        sys.stdout = None
        sys.exit(2)
    except MemoryError:
        click.echo(Message("内存不够", "out of memory").text(lang), err=True)
        sys.exit(2)
    sys.exit(0)


def make_cli(lang: Lang) -> click.Group:
    """The command and its subcommands, speaking `lang`."""
    speak(lang)

    shared = Shared(lang, Terminal)
    say = shared.say

    @click.group(
        options_metavar=shared.options,
        subcommand_metavar=say("命令 [参数]...", "COMMAND [ARGS]..."),
        help=say(
            "《创新驱动要参》编排工具：一份 YAML 稿件，排出公文格式的 PDF 和 DOCX。",
            "Set a briefing from YAML into its official PDF and DOCX.",
        ),
        epilog=say(
            "例：authoring build samples/050.yaml -o out", "Example: authoring build samples/050.yaml -o out"
        ),
    )
    @click.version_option(__version__, prog_name="authoring")
    @shared.language
    def cli(lang: str) -> None:
        pass

    @cli.command(
        options_metavar=shared.options,
        short_help=say("排出 PDF 和 DOCX。", "Set issues into PDF and DOCX."),
        help=say(
            "把一期或几期稿件排成 PDF 和 DOCX。\n\n输出文件与稿件同名：050.yaml 排成 050.pdf 和 050.docx。",
            "Set one or more issues into PDF and DOCX.\n\nOutputs take the issue's name: 050.yaml gives 050.pdf and "
            "050.docx.",
        ),
        epilog=say(
            "\b\n例：\n  authoring build 055.yaml\n  authoring build samples/050.yaml samples/054.yaml -o out\n"
            "  authoring build 055.yaml --to pdf --fonts D:\\字体",
            "\b\nExamples:\n  authoring build 055.yaml\n  authoring build samples/050.yaml samples/054.yaml -o out\n"
            "  authoring build 055.yaml --to pdf --fonts ~/fonts",
        ),
    )
    @click.argument(
        "issues", nargs=-1, required=True, metavar=say("稿件...", "ISSUE..."), type=click.Path(path_type=Path)
    )
    @shared.output_folder(
        "输出到哪个文件夹；没有就新建。默认是当前文件夹。",
        "Output folder, made where missing. Default: here.",
    )
    @click.option(
        "--to",
        default=DEFAULT_OUTPUTS,
        callback=lambda context, parameter, value: _outputs(value, lang),
        metavar="pdf,docx",
        help=say(
            "要哪几种输出，用逗号隔开。默认 pdf,docx。", "Outputs, separated by commas. Default: pdf,docx."
        ),
    )
    @shared.fonts
    @shared.with_source
    @shared.language
    @shared.quietly
    def build(
        issues: tuple[Path, ...],
        output: Path,
        to: tuple[str, ...],
        fonts: Path | None,
        with_source: bool | None,
        lang: Lang,
        quiet: bool,
    ) -> None:
        from authoring.build import build_issues

        sys.exit(build_issues(issues, output, to, fonts, Terminal(lang, quiet), with_source))

    @cli.command(
        options_metavar=shared.options,
        short_help=say("打印 JSON Schema。", "Print the JSON Schema."),
        help=say(
            "打印稿件（issue）或刊物（publication）的 JSON Schema，供编辑器补全和提示。",
            "Print a JSON Schema.",
        ),
    )
    @click.argument("kind", type=click.Choice(["issue", "publication"]), default="issue")
    @shared.language
    def schema(kind: str, lang: str) -> None:
        from authoring.schema import json_schema

        click.echo(json_schema(kind), nl=False)

    @cli.command(
        "fonts",
        options_metavar=shared.options,
        short_help=say("列出各处所用的字体。", "List the fonts in use."),
        help=say(
            "列出每种用途的字体：公文要求的字体、实际使用的文件、是否代用。",
            "List each role with the official font, the file it resolves to, and whether that is a substitute.",
        ),
        epilog=say(
            '例：authoring fonts --fontconfig > fonts.conf，再运行 FONTCONFIG_FILE="$PWD/fonts.conf" soffice 050.docx（要写全路径）',
            'Example: authoring fonts --fontconfig > fonts.conf; FONTCONFIG_FILE="$PWD/fonts.conf" soffice 050.docx',
        ),
    )
    @shared.fonts
    @click.option(
        "--fontconfig",
        is_flag=True,
        help=say(
            "打印 fontconfig 配置，让 LibreOffice 用这些文件显示公文字体名。", "Print a fontconfig file."
        ),
    )
    @shared.language
    def list_fonts(fonts: Path | None, fontconfig: bool, lang: Lang) -> None:
        from authoring.fonts import find_fonts
        from authoring.fonts.report import font_table, fontconfig_file

        found = find_fonts(fonts)
        click.echo(fontconfig_file(found) if fontconfig else font_table(found, lang), nl=False)

    add_checking(cli, shared)
    add_new(cli, shared, dt.date.today)
    add_importing(cli, shared)
    add_migrating(cli, shared)
    add_archive(cli, shared)
    add_reprint(cli, shared)
    return cli


class Terminal:
    """Where a run reports: announcements on standard output, everything else on standard error."""

    def __init__(self, lang: Lang, quiet: bool) -> None:
        self.lang = lang
        self.quiet = quiet

    def announce(self, text: str) -> None:
        """A file that was written."""
        if not self.quiet:
            click.echo(text)

    def progress(self, number: int, total: int, name: str) -> None:
        """Which of several issues is being set; only for a person at a terminal."""
        if total > 1 and not self.quiet and sys.stderr.isatty():
            click.echo(f"[{number}/{total}] {name}", err=True)

    def note(self, message: Message) -> None:
        if not self.quiet:
            click.echo(message.text(self.lang), err=True)

    def pages(self, count: int) -> str:
        return f"{count} 页" if self.lang == "zh" else f"{count} page" + ("s" if count != 1 else "")

    def complain(self, diagnostics: Iterable[Diagnostic]) -> None:
        shown = [item for item in diagnostics if not self.quiet or item.severity == "error"]
        _complain(shown, self.lang)


def _complain(diagnostics: Iterable[Diagnostic], lang: Lang) -> None:
    for line in report(diagnostics, lang):
        click.echo(line, err=True)


def _outputs(value: str, lang: Lang) -> tuple[str, ...]:
    chosen = tuple(
        dict.fromkeys(part.strip().lower() for part in value.replace("，", ",").split(",") if part.strip())
    )
    unknown = [name for name in chosen if name not in OUTPUTS]
    if unknown or not chosen:
        shown = unknown[0] if unknown else value
        message = Message(
            f"没有“{shown}”这种输出；可选：{'、'.join(OUTPUTS)}",
            f"{shown!r} is no output; known: {', '.join(OUTPUTS)}",
        )
        raise click.BadParameter(message.text(lang))
    return chosen


def patterns_expanded(words: list[str]) -> list[str]:
    """`words` with each pattern (drafts\\*.yaml) as the files that it matches: what every shell does but that of Windows."""
    if os.name != "nt":
        return words
    import glob  # only that shell needs it

    return [
        name
        for word in words
        for name in ((sorted(glob.glob(word)) if glob.has_magic(word) else []) or [word])
    ]


def _language(words: list[str]) -> Lang:
    """The language asked for, read before the options are: help and usage errors speak it too."""
    for index, word in enumerate(words):
        if word == "--lang=en" or (word == "--lang" and words[index + 1 : index + 2] == ["en"]):
            return "en"
    return "zh"
