"""`authoring reprint`: an archived issue set again from its lock, and a report of what differs.

The issue and the publication are those of the archive, the date is the issue's own, the breaks are those that were printed:
today's publication, clock and rules of breaking have no say, unless a fresh setting is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from authoring.archive.compare import (
    CONTENTS,
    Difference,
    Row,
    differences,
    lost,
    overfull,
    recut,
    rows,
)
from authoring.archive.engine import fonts_like, fonts_of, versions
from authoring.archive.lock import FileRecord, FontRecord, Lock
from authoring.archive.reading import checked_lock
from authoring.archive.tree import ISSUE, LOCK, OUTPUTS, Damaged, Place, Refused
from authoring.archive.verify import check_file
from authoring.build import Reporter, attachment, set_source
from authoring.diagnostics import NOTHING, CannotRun, Diagnostic, Message, NodePath
from authoring.files import write_whole
from authoring.fonts import ROLES, FontSet
from authoring.layout import Layout
from authoring.side_by_side import render_all
from authoring.source import Source, load

MOST_LINES = 200
"""Lines of difference that a report shows; one with more has another page throughout."""


class Reprint(NamedTuple):
    """What came of it. report: what is the same and what differs. kept: whether every recorded break was kept."""

    report: tuple[Message, ...]
    kept: bool


def reprint(
    archive: Path, place: Place, folder: Path, font_folder: Path | None, fresh: bool, reporter: Reporter
) -> Reprint:
    """Set the issue at `place` again and write its outputs into `folder`.

    fresh: break lines and pages anew instead of keeping those of the record. Raises Refused where lock or inputs are
    damaged, CannotRun where `folder` lies in the archive or cannot be written to.
    """
    _refuse_archive(archive, folder)
    lock = _sound_lock(archive, place)
    source = load(place.path(archive) / ISSUE, version=lock.schema)
    fonts = fonts_like(lock.fonts, font_folder)
    kept, anew = set_source(source, fonts, lock.breaks), set_source(source, fonts)
    chosen = anew if fresh else kept
    carried = attachment(source, f"{place.stem}.yaml") if lock.source_attached else None
    names = [f"{place.stem}.{kind}" for kind in OUTPUTS]
    made = dict(zip(names, render_all(chosen, OUTPUTS, carried), strict=True))
    for name, data in made.items():
        write_whole(folder / name, data)
        gap = " " * (2 + max(map(len, made)) - len(name))
        reporter.announce(f"{folder / name}{gap}{reporter.pages(len(chosen.pages))}")
    report = [
        *_engine(lock),
        *_fonts(lock, chosen, fonts),
        *_outputs(lock, made),
        *_breaks(source, lock, kept, anew, fresh),
    ]
    return Reprint(tuple(report), kept=fresh or not lost(lock.breaks, kept.breaks))


def _refuse_archive(archive: Path, folder: Path) -> None:
    if folder.resolve().is_relative_to(archive.resolve()):
        raise CannotRun.because(
            str(folder),
            Message("不能印到档案里面", "that is inside the archive"),
            Message("用 -o 指另一个文件夹", "name another folder with -o"),
        )


def _sound_lock(archive: Path, place: Place) -> Lock:
    """The lock of an issue whose lock and inputs are as they were archived (its outputs need not be)."""
    folder = place.path(archive)
    hint = Message(
        "从备份（如 git）恢复这个文件；当时的输出仍在该文件夹里，可直接使用",
        "restore it from a backup such as git; the outputs of the time are still there",
    )
    try:
        lock = checked_lock(archive, place)
    except Damaged as error:
        raise Refused.because(str(folder / LOCK), error.reason, hint) from None
    damage = []
    for record in lock.inputs:
        try:
            check_file(folder, record)
        except Damaged as error:
            file = str(folder / record.name)
            damage.append(Diagnostic(file, None, "error", "E000", NOTHING, error.reason, hint))
    listed = {record.name for record in lock.inputs}
    for name in sorted({ISSUE, f"{lock.publication}.yaml"} - listed):
        told = Message(f"没有登记 {name}", f"it does not list {name}")
        damage.append(Diagnostic(str(folder / LOCK), None, "error", "E000", NOTHING, told, hint))
    if damage:
        raise Refused(*damage)
    return lock


def _engine(lock: Lock) -> Iterator[Message]:
    now = versions()
    changed = [
        f"{name} {lock.versions.get(name, '—')} → {now.get(name, '—')}"
        for name in dict.fromkeys([*lock.versions, *now])
        if lock.versions.get(name) != now.get(name)
    ]
    if changed:
        yield Message(f"引擎有变：{'，'.join(changed)}", f"engine: {', '.join(changed)}")
    else:
        yield Message("引擎：与存档时相同", "engine: the same")


def _fonts(lock: Lock, layout: Layout, fonts: FontSet) -> Iterator[Message]:
    """The fonts of the record that are not there or have changed, and those that are used instead."""
    now = {(record.file, record.face): record for record in fonts_of(layout, fonts)}
    then = {(record.file, record.face): record for record in lock.fonts}
    same = True
    for key in dict.fromkeys([*then, *now]):
        record = then.get(key) or now[key]
        name = _named(record)
        if key not in now:
            yield Message(f"字体缺少：{name.zh}，存档时用的", f"font missing: {name.en}")
        elif key not in then:
            yield Message(f"字体新增：{name.zh}，存档时没用", f"font added: {name.en}")
        elif then[key].sha256 != now[key].sha256:
            yield Message(f"字体不同：{name.zh}已不是存档时的那个文件", f"font changed: {name.en}")
        else:
            continue
        same = False
    if same:
        yield Message("字体：与存档时相同", "fonts: the same")


def _named(record: FontRecord) -> Message:
    """A font with what it is for: Tinos-Regular.ttf（数字和西文）."""
    titles = {spec.role: spec.title for spec in ROLES}
    roles: tuple[str, ...] = record.roles or record.fallback_for
    zh = "、".join(title for role, title in titles.items() if role in roles)
    return Message(f"{record.file}（{zh}）" if zh else record.file, f"{record.file} ({', '.join(roles)})")


def _outputs(lock: Lock, made: dict[str, bytes]) -> Iterator[Message]:
    recorded = {record.name: record for record in lock.outputs}
    for name, data in made.items():
        if recorded.get(name) == FileRecord.of(name, data):
            yield Message(f"{name}：与存档逐字节相同", f"{name}: the same bytes as archived")
        else:
            yield Message(f"{name}：与存档的字节不同", f"{name}: not the bytes that were archived")


def _breaks(source: Source, lock: Lock, kept: Layout, anew: Layout, fresh: bool) -> Iterator[Message]:
    """What was kept, and every line that a fresh setting breaks otherwise than recorded."""
    yield from _not_kept(source, lock, kept, fresh)
    for path, wide in () if fresh else overfull(kept):
        place = _place(wide)
        where = _where(source, path)
        yield Message(
            f"超出版心 {wide.beyond.mm:.1f} 毫米：{place.zh}  {where.zh}",
            f"{wide.beyond.mm:.1f} mm out of the text area: {place.en}  {where.en}",
        )
    found = differences(lock.breaks, kept, anew)
    if not found:
        if not lost(lock.breaks, anew.breaks):
            yield Message("重新排也是同样的断行、分页", "a fresh setting breaks alike")
        return
    pages = sorted({row.page for one in found if (row := one.kept or one.fresh) is not None})
    yield Message(
        f"重新排有 {len(found)} 行不同，在第 {'、'.join(map(str, pages))} 页（存档 {lock.pages} 页，重新排 {len(anew.pages)} 页）：",
        f"a fresh setting differs in {len(found)} lines, on pages {', '.join(map(str, pages))} ({lock.pages} pages recorded, {len(anew.pages)} fresh):",
    )
    for one in found[:MOST_LINES]:
        yield from _difference(source, one)
    if len(found) > MOST_LINES:
        more = len(found) - MOST_LINES
        yield Message(f"  另有 {more} 行，不再列出", f"  and {more} lines more")


def _not_kept(source: Source, lock: Lock, kept: Layout, fresh: bool) -> Iterator[Message]:
    """The paragraphs that do not stand as recorded, each with its first line that does not. Of a fresh setting only
    those whose text is no longer that of the record: the others' lines are compared with it one by one."""
    not_kept = lost(lock.breaks, kept.breaks)
    told = [path for path in not_kept if not fresh or recut(lock.breaks, kept.breaks, path)]
    if told:
        yield Message(
            f"有 {len(told)} 段没能照存档断行、分页：",
            f"{len(told)} paragraphs could not keep their breaks:",
        )
        lines = rows(kept)
        for path in told[:MOST_LINES]:
            moved = _moved(lock, kept, path, lines.get(path, []))
            where = _where(source, path)
            yield Message(f"  {where.zh}：{moved.zh}", f"  {where.en}: {moved.en}")
        if len(told) > MOST_LINES:
            more = len(told) - MOST_LINES
            yield Message(f"  另有 {more} 段，不再列出", f"  and {more} paragraphs more")
    elif not fresh:
        yield Message("断行、分页：全部照存档", "breaks: all as recorded")


def _moved(lock: Lock, kept: Layout, path: NodePath, lines: list[Row]) -> Message:
    """How the paragraph at `path` now differs from the record: its first line that is another, or on another page."""
    if recut(lock.breaks, kept.breaks, path):
        return Message(
            "文字与存档的断行对不上，是重新断的", "the text is not that of the record; broken anew"
        )
    stops, now = lock.breaks.lines.get(path, ()), kept.breaks.lines.get(path, ())
    moved = [at for at, (then, is_now) in enumerate(zip(stops, now, strict=True)) if then != is_now]
    if not moved:  # the imprint as a whole, which may have no lines
        then, page = lock.breaks.imprint, _on_page(kept.breaks.imprint)
        return Message(f"存档在第{then}页，现在在{page.zh}", f"was on page {then}, is on {page.en}")
    first = moved[0]
    then, place = stops[first].page, _place(lines[first]) if first < len(lines) else _on_page(now[first].page)
    return Message(
        f"第{first + 1}行存档在第{then}页，现在在{place.zh}",
        f"line {first + 1} was on page {then}, is on {place.en}",
    )


def _difference(source: Source, one: Difference) -> Iterator[Message]:
    row = one.kept or one.fresh
    assert row is not None
    place, where = _place(row), _where(source, one.path)
    yield Message(f"  {place.zh}  {where.zh}", f"  {place.en}  {where.en}")
    for label_zh, label_en, line in (("存档", "recorded", one.kept), ("重排", "fresh", one.fresh)):
        text = Message("（没有这一行）", "(no such line)") if line is None else Message(line.text, line.text)
        page = line.page if line is not None and line.page != row.page else 0
        moved = Message(f"（第{page}页）", f"(page {page}) ") if page else NOTHING
        yield Message(f"    {label_zh}：{moved.zh}{text.zh}", f"    {label_en}: {moved.en}{text.en}")


def _place(row: Row) -> Message:
    if not row.line:
        return _on_page(row.page)
    return Message(f"第{row.page}页第{row.line}行", f"page {row.page}, line {row.line}")


def _on_page(page: int) -> Message:
    return Message(f"第{page}页", f"page {page}")


def _where(source: Source, path: NodePath) -> Message:
    """A paragraph as an editor says it; one of the contents behind 本期要点."""
    if path[0] != CONTENTS:
        return source.where(path)
    where = source.where(path[1:])
    return Message(f"本期要点 › {where.zh}", f"contents › {where.en}")
