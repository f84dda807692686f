"""`authoring import --update`: what a person changed in a document, changed in the issue's YAML; prints nothing.

document ── import ──┐
                     ├── the tree that the file shall hold ── the file's text with only what changed changed
YAML ── load ────────┘
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from authoring.diagnostics import CannotRun, Diagnostic, InvalidIssue, Message
from authoring.files import write_whole
from authoring.fonts import find_fonts
from authoring.import_run import import_issue
from authoring.importers.imported import Coverage
from authoring.inline import headline_text
from authoring.model import SCHEMA_VERSION, Issue
from authoring.source import load, schema_version
from authoring.source.document import bytes_of, encode
from authoring.unseen import same_when_set, with_unseen
from authoring.updating import Change, updated


class UpdateRequest(NamedTuple):
    """A document to import, and the issue's file to change. diff: only show it."""

    document: Path
    file: Path
    publication: str = ""
    fonts: Path | None = None
    diff: bool = False


class UpdateResult(NamedTuple):
    """The file's text before and after, what was changed in it, and what there is to say of the document."""

    before: str
    after: str
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage
    exit_code: int


def update_issue(request: UpdateRequest) -> UpdateResult:
    """Change the issue's file to what the document says; what the document does not show stays.

    Exit code: 0 updated, 1 updated, and there are errors in it. Raises InvalidIssue where either is no valid issue,
    CannotRun where they are two different issues, the file is of an older schema, or one cannot be read or written; nothing
    is changed then.
    """
    one = import_issue(request.document, request.publication, find_fonts(request.fonts))
    source = load(request.file)
    if one.issue is None:
        raise InvalidIssue(*one.diagnostics)
    document = source.document
    _refuse_another(one.issue, source.issue, request)
    _refuse_old(schema_version(document), request)
    wanted = with_unseen(document.value, source.issue, one.imported.value, one.issue, source.publication)
    update = updated(document, wanted, same=same_when_set)
    if update.changes and not request.diff:
        write_whole(request.file, encode(update.text, bytes_of(request.file, document)))
    errors = any(item.severity == "error" for item in one.diagnostics)
    return UpdateResult(
        document.text, update.text, update.changes, one.diagnostics, one.imported.coverage(), int(errors)
    )


def _refuse_old(version: int, request: UpdateRequest) -> None:
    """Refuse a file in an older form than the current one: its tree and the document's would differ everywhere."""
    if version < SCHEMA_VERSION:
        raise CannotRun.because(
            str(request.file),
            Message("这份稿件是旧版格式，没有改", "is of an older schema and was not changed"),
            Message(f"先升级：authoring migrate {request.file}", f"first: authoring migrate {request.file}"),
        )


def _refuse_another(read: Issue, issue: Issue, request: UpdateRequest) -> None:
    """Refuse a document of another issue than the file's: of another publication, or of another number with no headline
    in common. One that was only numbered anew is the same issue."""
    common = not _headlines(read).isdisjoint(_headlines(issue))
    if read.publication == issue.publication and (read.number == issue.number or common):
        return
    raise CannotRun.because(
        str(request.document),
        Message(
            f"是另一期（第{read.number}期），{request.file} 是第{issue.number}期，没有改",
            f"is another issue, No. {read.number}; {request.file} is No. {issue.number} and was not changed",
        ),
        Message(
            "检查文件名；要新建稿件就不写 --update", "check the names; without --update an issue is made"
        ),
    )


def _headlines(issue: Issue) -> set[str]:
    return {headline_text(item.headline) for section in issue.sections for item in section.items}
