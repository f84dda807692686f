"""`authoring migrate`: files of older schema versions moved up to the current one, what did not change kept; prints nothing.

drafts ── document ── migrated tree ── checked against the model ── updated text ── written
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from authoring.diagnostics import AuthoringError, Diagnostic, Progress
from authoring.draft_files import drafts_in
from authoring.files import write_whole
from authoring.model import SCHEMA_VERSION, Issue
from authoring.source.document import Document, decode, encode, parse, read_bytes
from authoring.source.loading import validated
from authoring.source.migrating import FIELD, MIGRATIONS, Migration, current_value, schema_version
from authoring.source.raw import Raw
from authoring.updating import Change, updated


class Request(NamedTuple):
    """What to migrate. diff: show instead of writing. version: of files that name none (default: the current one)."""

    paths: tuple[Path, ...]
    diff: bool = False
    version: int | None = None


class Versions(NamedTuple):
    """The history of the schema that a run goes by; tests bring their own."""

    migrations: Mapping[int, Migration] = MIGRATIONS
    current: int = SCHEMA_VERSION


_NOW = Versions()


class Result(NamedTuple):
    """What became of a file: its text before and after (equal where it was current already), and its version before."""

    file: str
    before: str = ""
    after: str = ""
    version: int = 0
    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    exit_code: int = 0


def migrate_files(request: Request, progress: Progress, versions: Versions = _NOW) -> tuple[Result, ...]:
    """Migrate what `request` names; a file that cannot be does not stop the others.

    A result's exit code: 0 current now, 1 the file has errors, 2 not read or not written.
    """
    files, problems = drafts_in(request.paths)
    results = [Result(item.file, diagnostics=(item,), exit_code=2) for item in problems]
    for number, (path, name) in enumerate(files, 1):
        progress(number, len(files), name)
        try:
            results.append(_migrate(path, name, request, versions))
        except AuthoringError as error:
            results.append(Result(name, diagnostics=error.diagnostics, exit_code=error.exit_code))
    return tuple(results)


def migrated_text(
    document: Document, version: int | None, versions: Versions
) -> tuple[str, tuple[Change, ...]]:
    """The file's text in the current version, and what was changed. A file that names its version names the new one.

    Raises InvalidIssue where it cannot be migrated or what comes of it is no issue.
    """
    tree = current_value(document, version, versions.migrations, versions.current)
    validated(Issue, document, tree)
    if isinstance(document.value, dict) and FIELD in document.value:
        tree = {FIELD: str(versions.current), **tree}
    made = updated(document, tree)
    return _with_comments(document, made.text), made.changes


def _migrate(path: Path, name: str, request: Request, versions: Versions) -> Result:
    data = read_bytes(path, name)
    document = parse(decode(data, name), name)
    version = schema_version(document, request.version or versions.current)
    if version == versions.current:
        current_value(document, version, versions.migrations, versions.current)
        return Result(name, document.text, document.text, version)
    text, changes = migrated_text(document, request.version, versions)
    if text != document.text and not request.diff:
        write_whole(path, encode(text, data))
    return Result(name, document.text, text, version, changes)


def _with_comments(document: Document, text: str) -> str:
    """`text` with the comments of what is not in it any more at its beginning: a migration loses none."""
    before, after = (
        Counter(Raw(one).comments(0, len(one.text))) for one in (document, parse(text, document.file))
    )
    lost = list((before - after).elements())
    if not lost:
        return text
    newline = Raw(document).newline
    return "".join(f"# {comment}".rstrip() + newline for comment in lost) + text
