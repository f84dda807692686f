"""`authoring archive add`: set an issue, record how, and put it into the tree, whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from authoring.archive import indexing
from authoring.archive.engine import fonts_of, versions
from authoring.archive.keeping import keeping
from authoring.archive.lock import FileRecord, Lock, write_lock
from authoring.archive.series import archived_issues, history_of, place_for
from authoring.archive.tree import (
    ISSUE,
    LOCK,
    OUTPUTS,
    Place,
    Refused,
    gap,
    missing_numbers,
    read_tree,
)
from authoring.build import Reporter, attachment, carries_source, set_source
from authoring.checks import draft_of
from authoring.checks.imprint import series
from authoring.diagnostics import AuthoringError, Finding, Message
from authoring.files import write_folder_whole
from authoring.fonts import FontSet, find_fonts
from authoring.side_by_side import render_all
from authoring.source import Source, load, load_issue, schema_version
from authoring.source.document import bytes_of

_WAITING = Message(
    "另一个程序正在往这个档案里存，等它存完……", "another process is adding to this archive; waiting"
)


def add_issues(
    issues: tuple[Path, ...],
    archive: Path,
    font_folder: Path | None,
    with_source: bool | None,
    reporter: Reporter,
) -> int:
    """Add `issues` to `archive` in the order of their dates; one that is refused does not stop the others.

    Returns the exit code: 0 all added, 1 one was refused or has errors, 2 something could not be read or written.
    """
    with keeping(
        archive, lambda: reporter.note(_WAITING)
    ) as scratch:  # first: may the archive be written at all?
        run = _Adding(archive, find_fonts(font_folder), with_source, scratch, reporter)
        for number, path in enumerate(run.in_order(issues), 1):
            reporter.progress(number, len(issues), str(path))
            run.attempt(run.add, path)
        run.tell_gaps()
    indexing.refresh_quietly(archive, reporter.progress)
    return run.exit_code


class _Adding:
    """One run: what its issues share, and what they are compared with."""

    def __init__(
        self, archive: Path, fonts: FontSet, with_source: bool | None, scratch: Path, reporter: Reporter
    ) -> None:
        self.archive, self.fonts, self.with_source = archive, fonts, with_source
        self.scratch, self.reporter = scratch, reporter
        self.exit_code = 0
        self.added: list[Place] = []
        found = archived_issues(archive, read_tree(archive), reporter.progress)
        self.history = history_of(found)
        self.publications = {issue.publication for issue in found.issues}
        reporter.complain(tuple(found.problems))

    def attempt(self, work: Callable[[Path], None], path: Path) -> None:
        try:
            work(path)
        except AuthoringError as error:
            self.reporter.complain(error.diagnostics)
            self.exit_code = max(self.exit_code, error.exit_code)

    def in_order(self, paths: tuple[Path, ...]) -> Iterator[Path]:
        """`paths` by date and number, so that each is compared with those before it; what cannot be read is told."""
        if len(paths) == 1:
            yield from paths
            return
        dated: list[tuple[dt.date, int, Path]] = []

        def look(path: Path) -> None:
            issue = load_issue(path)
            dated.append((issue.date, issue.number, path))

        for path in paths:
            self.attempt(look, path)
        yield from (path for _, _, path in sorted(dated))

    def add(self, path: Path) -> None:
        source = load(path)
        place = place_for(source.issue)
        self._refuse_second(source, place)
        self._compare(source)
        pages = self._put(source, place)
        self.history.add(source.issue)
        self.publications.add(source.issue.publication)
        self.added.append(place)
        self.reporter.announce(f"{place.path(self.archive)}  {self.reporter.pages(pages)}")

    def tell_gaps(self) -> None:
        """Numbers that are not there, in the years that were added to."""
        touched = {(place.year, place.supplement) for place in self.added}
        for key, numbers in missing_numbers(read_tree(self.archive).places).items():
            if key in touched:
                self.reporter.note(gap(*key, numbers))

    def _refuse_second(self, source: Source, place: Place) -> None:
        target = place.path(self.archive)
        if target.exists():
            raise _number_twice(source, target)
        publication = source.issue.publication
        others = "、".join(sorted(self.publications - {publication}))
        if others:
            told = Message(f"这个档案存的是 {others}", f"this archive is that of {others}")
            hint = Message(
                "另一种刊物用 --archive 另设一个档案", "give another publication its own with --archive"
            )
            raise Refused(*source.diagnostics([Finding("S001", "error", ("publication",), told, hint)]))

    def _compare(self, source: Source) -> None:
        """Tell what S001 finds. What was printed goes into the archive all the same."""
        draft = draft_of(source.issue, source.publication, history=self.history)
        found = [
            Finding("S001", "warning", problem.path, problem.message, problem.hint, problem.at)
            for problem in series(draft)
        ]
        self.reporter.complain(source.diagnostics(found))

    def _put(self, source: Source, place: Place) -> int:
        """Set the issue and write its folder; returns the number of pages."""
        layout = set_source(source, self.fonts)
        self.reporter.complain((*source.document.warnings, *source.diagnostics(layout.findings)))
        carried = attachment(source, f"{place.stem}.yaml")
        attached = carries_source(source, self.with_source)
        rendered = render_all(layout, OUTPUTS, carried if attached else None)
        document = source.publication_document
        inputs = {
            ISSUE: carried.data,
            f"{source.issue.publication}.yaml": bytes_of(Path(document.file), document),
        }
        outputs = {f"{place.stem}.{kind}": data for kind, data in zip(OUTPUTS, rendered, strict=True)}
        if len({*inputs, *outputs, LOCK}) < len(inputs) + len(outputs) + 1:
            raise Refused.because(
                str(source.path),
                Message("刊物的代号与档案里的文件同名", "the publication's id is a file's name"),
            )
        lock = Lock(
            place,
            source.issue.publication,
            source.issue.date,
            len(layout.pages),
            attached,
            {**versions(), "schema": str(schema_version(source.document))},
            fonts_of(layout, self.fonts),
            tuple(FileRecord.of(name, data) for name, data in inputs.items()),
            tuple(FileRecord.of(name, data) for name, data in outputs.items()),
            layout.breaks,
        )
        files = {**inputs, **outputs, LOCK: write_lock(lock)}
        target = place.path(self.archive)
        try:
            write_folder_whole(target, files, self.scratch)
        except FileExistsError:
            raise _number_twice(source, target) from None
        return len(layout.pages)


def _number_twice(source: Source, target: Path) -> Refused:
    told = Message(f"这一期已经存过：{target}", f"already archived: {target}")
    hint = Message(
        "核对期号和日期；存错了的，先把那个文件夹移走",
        "check number and date; a folder that is wrong must be moved away first",
    )
    return Refused(*source.diagnostics([Finding("S001", "error", ("number",), told, hint)]))
