"""`authoring reprint` and `authoring extract`: what was printed, again; what lies inside an output, out of it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from authoring.commands.archive import archive_option
from authoring.commands.shared import Shared
from authoring.diagnostics import Lang, Message

STDOUT = "-"


def add_reprint(cli: click.Group, shared: Shared) -> None:
    """Add the two commands to `cli`."""
    say = shared.say
    where = archive_option(shared)

    @cli.command(
        options_metavar=shared.options,
        short_help=say("照存档原样重印一期。", "Reprint an archived issue."),
        help=say(
            "照存档的记录重印一期：用存档的稿件和当时的刊物文件，日期还是当时的日期。程序没变，印出来逐字节相同；程序或字体变了，断行、"
            "分页仍照当时的，并逐页逐行列出有什么不同。",
            "Set an archived issue again from its record, with the issue and publication of the archive. With the same engine: "
            "the same bytes. With another: the same breaks, and a report of what differs, by page and line.",
        ),
        epilog=say(
            "\b\n例：\n  authoring reprint 50 -o 重印\n  authoring reprint 2025/增刊1 --archive 档案\n"
            "  authoring reprint 50 --fresh -o 新排",
            "\b\nExamples:\n  authoring reprint 50 -o reprint\n  authoring reprint 2025/50 --archive archive\n"
            "  authoring reprint 50 --fresh -o fresh",
        ),
    )
    @click.argument("issue", metavar=say("期号", "NUMBER"))
    @click.option("--year", type=int, metavar="YEAR", help=say("哪一年的。", "Of which year."))
    @shared.output_folder("印到哪个文件夹，默认是当前文件夹。", "Output folder. Default: here.")
    @click.option(
        "--fresh",
        is_flag=True,
        help=say(
            "不管当时的断行、分页，重新排；报告照列。", "Break lines and pages anew, with the same report."
        ),
    )
    @where
    @shared.fonts
    @shared.language
    @shared.quietly
    def reprint(
        issue: str,
        year: int | None,
        output: Path,
        fresh: bool,
        archive: Path,
        fonts: Path | None,
        lang: Lang,
        quiet: bool,
    ) -> None:
        from authoring.archive.reprint import reprint as implementation
        from authoring.archive.tree import existing_tree, find_place

        place = find_place(existing_tree(archive).places, issue, archive, year)
        terminal = shared.terminal(lang, quiet)
        done = implementation(archive, place, output, fonts, fresh, terminal)
        for said in done.report:
            terminal.announce(said.text(lang))
        sys.exit(0 if done.kept else 1)

    @cli.command(
        options_metavar=shared.options,
        short_help=say("取出附在 PDF、DOCX 里的稿件。", "Take the YAML out of a PDF or DOCX."),
        help=say(
            "取出排版时附在 PDF 或 DOCX 里的稿件（build --with-source），与当时的稿件逐字节相同。",
            "Take out the YAML that build --with-source put into a PDF or DOCX, byte for byte.",
        ),
        epilog=say(
            "\b\n例：\n  authoring extract 050.pdf\n  authoring extract 050.docx -o 找回.yaml\n  authoring extract 050.pdf -o -",
            "\b\nExamples:\n  authoring extract 050.pdf\n  authoring extract 050.docx -o found.yaml\n  authoring extract 050.pdf -o -",
        ),
    )
    @click.argument("file", metavar=say("文件", "FILE"), type=click.Path(path_type=Path))
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE|-",
        help=say(
            "写到哪个文件，- 是屏幕输出。默认与 FILE 同名、扩展名为 .yaml。",
            "The file to write, or - for standard output. Default: FILE's name with .yaml, here.",
        ),
    )
    @click.option(
        "--overwrite", is_flag=True, help=say("已有同名文件时覆盖它。", "Replace a file that is there.")
    )
    @shared.language
    def extract(file: Path, output: Path | None, overwrite: bool, lang: Lang) -> None:
        from authoring.extract import extract as implementation
        from authoring.files import write_new, write_whole

        found = implementation(file)
        if output is not None and str(output) == STDOUT:
            click.echo(found.data, nl=False)
            return
        target = output if output is not None else Path(f"{file.stem}.yaml")
        (write_whole if overwrite else write_new)(target, found.data)
        size = len(found.data)
        click.echo(Message(f"{target}  {size} 字节", f"{target}  {size} bytes").text(lang))
