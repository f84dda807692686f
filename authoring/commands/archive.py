"""`authoring archive`: add, list, show, find, verify, rebuild."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from authoring.commands.shared import Shared, day
from authoring.diagnostics import Lang, Message, columns

if TYPE_CHECKING:
    from authoring.archive.index import Hit, IssueRow
    from authoring.archive.lock import Lock
    from authoring.archive.tree import Place

DEFAULT = Path("archive")


def archive_option(shared: Shared) -> Callable[[Any], Any]:
    """`--archive DIR`, which every command of an archive takes."""
    return click.option(
        "--archive",
        type=click.Path(path_type=Path),
        default=DEFAULT,
        metavar="DIR",
        help=shared.say(
            "档案文件夹。默认是当前文件夹里的 archive。", "The archive's folder. Default: archive."
        ),
    )


def add_archive(cli: click.Group, shared: Shared) -> None:
    """Add the group of commands to `cli`."""
    say = shared.say
    where = archive_option(shared)

    @cli.group(
        options_metavar=shared.options,
        subcommand_metavar=say("命令 [参数]...", "COMMAND [ARGS]..."),
        short_help=say("存档、查找、核对往期。", "Keep past issues: add, find, verify."),
        help=say(
            "把印出的各期存进档案，日后可以查找、核对、原样重印。\n\n一期一个文件夹（archive/2025/050）：稿件、当时的刊物文件、PDF、"
            "DOCX，和记下一切的 lock.yaml。可以直接翻看，也可以放进 git。",
            "Keep issues as they were printed, to be found, verified and reprinted.\n\nA folder an issue (archive/2025/050): "
            "the YAML, the publication as it was, PDF, DOCX, and lock.yaml, which records it all.",
        ),
        epilog=say("例：authoring archive add 055.yaml", "Example: authoring archive add 055.yaml"),
    )
    def archive() -> None:
        pass

    @archive.command(
        options_metavar=shared.options,
        short_help=say("存入一期或几期。", "Add issues."),
        help=say(
            "排好一期，连同稿件和记录一起存入档案。\n\n同一期号不能存两次；缺号、日期倒退、重复登过的条目会指出来。中途断电或被"
            "终止，档案里要么没有这一期，要么是完整的一期。",
            "Set issues and put them into the archive with their YAML and a record.\n\nA number is taken once; a missing "
            "number, a date before the previous issue's, an item that already ran are told.",
        ),
        epilog=say(
            "\b\n例：\n  authoring archive add 055.yaml\n  authoring archive add samples/050.yaml samples/054.yaml --archive 档案",
            "\b\nExamples:\n  authoring archive add 055.yaml\n  authoring archive add samples/050.yaml samples/054.yaml",
        ),
    )
    @click.argument(
        "issues", nargs=-1, required=True, metavar=say("稿件...", "ISSUE..."), type=click.Path(path_type=Path)
    )
    @where
    @shared.fonts
    @shared.with_source
    @shared.language
    @shared.quietly
    def add(
        issues: tuple[Path, ...],
        archive: Path,
        fonts: Path | None,
        with_source: bool | None,
        lang: Lang,
        quiet: bool,
    ) -> None:
        from authoring.archive.store import add_issues

        sys.exit(add_issues(issues, archive, fonts, with_source, shared.terminal(lang, quiet)))

    @archive.command(
        "list",
        options_metavar=shared.options,
        short_help=say("列出各期，指出缺号。", "List the issues, and missing numbers."),
        help=say(
            "按年列出存了哪些期，缺了哪些号。",
            "List what is archived, by year, and which numbers are missing.",
        ),
        epilog=say("例：authoring archive list --archive 档案", "Example: authoring archive list"),
    )
    @where
    @shared.language
    def list_archive(archive: Path, lang: Lang) -> None:
        from authoring.archive.finding import listed
        from authoring.archive.tree import existing_tree, gap, missing_numbers

        tree = existing_tree(archive)
        rows = listed(archive, tree, shared.progress(lang, False))
        width = max(columns(row.place.said.text(lang)) for row in rows)
        for row in rows:
            click.echo(_row(row, width).text(lang))
        for key, numbers in missing_numbers(tree.places).items():
            click.echo(gap(*key, numbers).text(lang))

    @archive.command(
        options_metavar=shared.options,
        short_help=say("看一期存了什么。", "Show one issue."),
        help=say(
            "看一期：各栏目、条目在第几页，存了哪些文件，当时用的字体和程序版本。",
            "Show an issue: its items and their pages, its files, fonts and versions.",
        ),
        epilog=say(
            "\b\n例：\n  authoring archive show 50\n  authoring archive show 2025/增刊1",
            "\b\nExamples:\n  authoring archive show 50\n  authoring archive show 2025/50",
        ),
    )
    @click.argument("issue", metavar=say("期号", "NUMBER"))
    @click.option("--year", type=int, metavar="YEAR", help=say("哪一年的。", "Of which year."))
    @where
    @shared.language
    def show(issue: str, year: int | None, archive: Path, lang: Lang) -> None:
        from authoring.archive.reading import checked_lock
        from authoring.archive.tree import LOCK, Damaged, Refused, existing_tree, find_place

        place = find_place(existing_tree(archive).places, issue, archive, year)
        try:
            lock = checked_lock(archive, place)
        except Damaged as error:
            raise Refused.because(str(place.path(archive) / LOCK), error.reason) from None
        for said in _shown(archive, place, lock):
            click.echo(said.text(lang))

    @archive.command(
        options_metavar=shared.options,
        short_help=say("在各期里找词。", "Find words."),
        help=say(
            "在存档的标题和正文里找词，新的在前。写几个词（用空格隔开）就找同一条里都有的。",
            "Find words in headlines and texts, the latest first. Of several words, an item must have all.",
        ),
        epilog=say(
            "\b\n例：\n  authoring archive find 人形机器人\n  authoring archive find '孵化器 成都' --section 省内 --since 2024-01-01",
            "\b\nExamples:\n  authoring archive find 人形机器人\n  authoring archive find 孵化器 --section 省内 --since 2024-01-01",
        ),
    )
    @click.argument("words", nargs=-1, required=True, metavar=say("词...", "WORD..."))
    @click.option(
        "--section",
        default="",
        metavar=say("栏目", "NAME"),
        help=say("只找这个栏目。", "Only in this section."),
    )
    @click.option(
        "--since",
        callback=lambda context, parameter, value: day(value, shared.lang),
        metavar="2024-01-01",
        help=say("只找这一天以来的。", "Only issues of this day or later."),
    )
    @click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=20,
        metavar="N",
        help=say("最多列几条，默认 20。", "How many to list. Default: 20."),
    )
    @where
    @shared.language
    def find(
        words: tuple[str, ...], section: str, since: dt.date | None, limit: int, archive: Path, lang: Lang
    ) -> None:
        from authoring.archive.finding import search

        asked, day_since = " ".join(words), since.isoformat() if since else ""
        found = search(archive, asked, section, day_since, limit, shared.progress(lang, False))
        for hit in found.hits:
            _show_hit(hit, lang)
        if found.sections:
            names = "、".join(found.sections)
            told = Message(
                f"没有叫“{section}”的栏目，有：{names}", f"no section {section!r}; there are {names}"
            )
            click.echo(told.text(lang))
        shown = len(found.hits)
        rest = "" if shown == found.total else f"，只列出 {shown} 条（--limit 可改）"
        rest_en = "" if shown == found.total else f", {shown} listed (see --limit)"
        click.echo(Message(f"共 {found.total} 条{rest}", f"{found.total} items{rest_en}").text(lang))

    @archive.command(
        options_metavar=shared.options,
        short_help=say("逐个文件核对。", "Verify every file."),
        help=say(
            "把每个文件与 lock.yaml 的记录核对：缺失的、改动过的、多出来的都指出来。只看，不改。\n\n退出码：0 完好，1 有损坏。",
            "Check every file against lock.yaml: missing, changed and extra ones are named; nothing is touched.\n\nExit "
            "code: 0 sound, 1 damage.",
        ),
        epilog=say("例：authoring archive verify --archive 档案", "Example: authoring archive verify"),
    )
    @where
    @shared.language
    @shared.quietly
    def verify(archive: Path, lang: Lang, quiet: bool) -> None:
        from authoring.archive.tree import existing_tree
        from authoring.archive.verify import verify

        terminal = shared.terminal(lang, quiet)
        found = verify(archive, existing_tree(archive), terminal.progress)
        terminal.complain(found.damage)
        if found.damage:
            said = Message(
                f"{found.issues} 期里有 {len(found.damage)} 处损坏", f"{len(found.damage)} damaged places"
            )
        else:
            said = Message(
                f"{found.issues} 期、{found.files} 个文件，完好",
                f"{found.issues} issues, {found.files} files: sound",
            )
        terminal.announce(said.text(lang))
        sys.exit(1 if found.damage else 0)

    @archive.command(
        options_metavar=shared.options,
        short_help=say("重建查找用的索引。", "Make the index anew."),
        help=say(
            "照各期文件重建查找用的索引（.cache 里，删了也不要紧）。平常不用运行：索引旧了、坏了会自动重建。",
            "Make the index of `find` anew from the issues. Seldom needed: one that is stale or broken is made by itself.",
        ),
        epilog=say("例：authoring archive rebuild", "Example: authoring archive rebuild"),
    )
    @where
    @shared.language
    @shared.quietly
    def rebuild(archive: Path, lang: Lang, quiet: bool) -> None:
        from authoring.archive.index import list_issues
        from authoring.archive.indexing import refresh
        from authoring.archive.tree import existing_tree

        terminal = shared.terminal(lang, quiet)
        with closing(refresh(archive, existing_tree(archive), terminal.progress, anew=True)) as connection:
            count = len(list_issues(connection))
        terminal.announce(Message(f"重建了索引：{count} 期", f"index made: {count} issues").text(lang))


def _row(row: IssueRow, width: int) -> Message:
    """2025年第50期  2025-10-13  8 页  5 条."""
    names = row.place.said
    zh, en = (name + " " * (width - columns(name)) for name in (names.zh, names.en))
    if not row.pages:
        return Message(
            f"{zh}  读不出来，请运行 authoring archive verify", f"{en}  unreadable; see archive verify"
        )
    return Message(
        f"{zh}  {row.date}  {row.pages:2} 页  {row.items:2} 条" + ("  附有稿件" if row.attached else ""),
        f"{en}  {row.date}  {row.pages:2} pages  {row.items:2} items"
        + ("  with source" if row.attached else ""),
    )


def _shown(archive: Path, place: Place, lock: Lock) -> list[Message]:
    from authoring.archive.tree import ISSUE
    from authoring.diagnostics import AuthoringError
    from authoring.inline import headline_text, plain
    from authoring.source import load_issue

    said = [
        Message(
            f"{place.said.zh}  {lock.date}  {lock.pages} 页  {place.path(archive)}",
            f"{place.said.en}  {lock.date}  {lock.pages} pages  {place.path(archive)}",
        )
    ]
    try:
        issue = load_issue(place.path(archive) / ISSUE, lock.schema)
    except AuthoringError:
        issue = None
    for number, section in enumerate(issue.sections if issue is not None else ()):
        said.append(Message(f"【{plain(section.name)}】", f"[{plain(section.name)}]"))
        for position, item in enumerate(section.items):
            lines = lock.breaks.lines.get(("sections", number, "items", position, "headline"), ())
            page = f"{lines[0].page:4}" if lines else "   ?"
            said.append(
                Message(f"{page}  {headline_text(item.headline)}", f"{page}  {headline_text(item.headline)}")
            )
    for record in (*lock.inputs, *lock.outputs):
        said.append(Message(f"{record.name}  {record.size} 字节", f"{record.name}  {record.size} bytes"))
    attached = lock.source_attached
    said.append(
        Message(
            "PDF、DOCX 附有稿件" if attached else "PDF、DOCX 没有附稿件",
            "the outputs carry the source" if attached else "the outputs carry no source",
        )
    )
    fonts = "、".join(record.file for record in lock.fonts)
    said.append(Message(f"字体：{fonts}", f"fonts: {fonts}"))
    versions = "，".join(f"{name} {version}" for name, version in lock.versions.items())
    said.append(Message(f"版本：{versions}", f"versions: {versions}"))
    return said


def _show_hit(hit: Hit, lang: Lang) -> None:
    before, found, after = hit.snippet
    page = Message(f"第{hit.page}页", f"page {hit.page}").text(lang)
    click.echo(f"{hit.place.said.text(lang)}  {hit.date}  {page}  {hit.section}")
    click.echo(f"  {hit.headline}")
    click.echo(f"    {before}{click.style(found, bold=True)}{after}")
