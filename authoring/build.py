"""`authoring build`: load, lay out, render and write each issue; report what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from authoring.attachment import Attachment
from authoring.diagnostics import AuthoringError, CannotRun, Diagnostic, Message, UnsettableText
from authoring.files import write_whole
from authoring.fonts import FontSet, find_fonts
from authoring.layout import Breaks, Layout, lay_out
from authoring.side_by_side import render_all
from authoring.source import Source, load
from authoring.source.document import bytes_of


class Reporter(Protocol):
    """Where a run tells what it does (the terminal, a test's list)."""

    def announce(self, text: str) -> None: ...
    def progress(self, number: int, total: int, name: str) -> None: ...
    def note(self, message: Message) -> None: ...
    def complain(self, diagnostics: tuple[Diagnostic, ...]) -> None: ...
    def pages(self, count: int) -> str: ...


def build_issues(
    issues: tuple[Path, ...],
    folder: Path,
    outputs: tuple[str, ...],
    font_folder: Path | None,
    reporter: Reporter,
    with_source: bool | None = None,
) -> int:
    """Build `issues` into `folder`; one that fails does not stop the others. Returns the exit code.

    with_source: whether outputs carry their YAML; None leaves it to the publication.
    Exit code: 0 all built, 1 an issue has errors, 2 something could not be read or written.
    """
    _refuse_clashes(issues)
    fonts = find_fonts(font_folder)
    worst = 0
    for number, path in enumerate(issues, 1):
        reporter.progress(number, len(issues), str(path))
        try:
            build_issue(path, folder, outputs, fonts, reporter, with_source)
        except AuthoringError as error:
            reporter.complain(error.diagnostics)
            worst = max(worst, error.exit_code)
    _mention_substitutes(fonts, reporter)
    return worst


def build_issue(
    path: Path,
    folder: Path,
    outputs: tuple[str, ...],
    fonts: FontSet,
    reporter: Reporter,
    with_source: bool | None = None,
) -> None:
    """Build one issue. Everything is rendered before anything is written."""
    source = load(path)
    layout = set_source(source, fonts)
    reporter.complain((*source.document.warnings, *source.diagnostics(layout.findings)))
    attached = attachment(source, path.name) if carries_source(source, with_source) else None
    written: list[Path] = []
    try:
        for output, data in zip(outputs, render_all(layout, outputs, attached), strict=True):
            target = folder / f"{path.stem}.{output}"
            write_whole(target, data)
            written.append(target)
    finally:
        widest = max((len(target.suffix) for target in written), default=0)
        for target in written:
            gap = " " * (2 + widest - len(target.suffix))
            reporter.announce(f"{target}{gap}{reporter.pages(len(layout.pages))}")


def set_source(source: Source, fonts: FontSet, recorded: Breaks | None = None) -> Layout:
    """The issue of `source` set into pages, with the breaks of an earlier setting where they are given.

    Raises UnsettableText with the places of what cannot be set.
    """
    try:
        return lay_out(source.issue, source.publication, fonts, recorded)
    except UnsettableText as error:
        raise type(error)(error.findings, source.diagnostics(error.findings)) from None


def carries_source(source: Source, wanted: bool | None) -> bool:
    """Whether outputs carry their YAML: as `wanted`, else as the publication says."""
    return source.publication.attach_source if wanted is None else wanted


def attachment(source: Source, name: str) -> Attachment:
    """The bytes that `source` was read from, as a file of `name` (bytes in it that are no text are replaced)."""
    return Attachment(name.encode("utf-8", "replace").decode(), bytes_of(source.path, source.document))


def _mention_substitutes(fonts: FontSet, reporter: Reporter) -> None:
    substituted = sum(resolved.substituted for resolved in fonts.roles.values())
    if substituted:
        reporter.note(
            Message(
                f"{substituted} 种用途的字体以开源字体代用，详见 authoring fonts",
                f"{substituted} roles are set in open substitute fonts; see authoring fonts",
            )
        )


def _refuse_clashes(issues: tuple[Path, ...]) -> None:
    """Two issues of one name, or one named twice, would overwrite each other's outputs."""
    seen: dict[str, Path] = {}
    for path in issues:
        earlier = seen.setdefault(path.stem.lower(), path)
        if earlier is not path:
            raise CannotRun.because(
                str(path),
                Message(
                    f"与 {earlier} 同名，输出会互相覆盖" if earlier != path else "同一份稿件写了两次",
                    f"has the name of {earlier}; outputs would clash" if earlier != path else "named twice",
                ),
                Message("分两次排，用 -o 输出到不同文件夹", "build them into different folders with -o"),
            )
