"""A path in, a `Source` out: the issue checked against the schema, its publication found and applied."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from authoring.diagnostics import Diagnostic, Finding, InvalidIssue, Message, NodePath, by_place
from authoring.fields import IDENTIFIER
from authoring.model import Issue, Publication
from authoring.source.document import Document, Value, parse, read_document, read_text
from authoring.source.migrating import current_value
from authoring.source.schema import describe, validate

M = TypeVar("M", Issue, Publication)

_SHIPPED = Path(__file__).resolve().parents[1] / "publications"


class Source(NamedTuple):
    """An issue as it stands in its file, with its publication and the documents that both were read from."""

    path: Path
    issue: Issue
    publication: Publication
    document: Document
    publication_document: Document

    def diagnostics(self, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
        """Findings joined with their places, in the order of the file."""
        joined = [
            self._document_of(finding.path).diagnostic(finding, self.where(finding.path))
            for finding in findings
        ]
        return tuple(sorted(joined, key=by_place))

    def where(self, path: NodePath) -> Message:
        """`path` as an editor says it."""
        return describe(path, self._document_of(path).value)

    def _document_of(self, path: NodePath) -> Document:
        """The file that states the node: the issue's, else its publication's."""
        stated = path in self.document.spans or not path or path not in self.publication_document.spans
        return self.document if stated else self.publication_document


def load(path: Path | str, version: int | None = None) -> Source:
    """Read the issue at `path` and its publication.

    version: of the schema, for a file that names none (default: the current one); an older one is migrated in memory.
    Raises InvalidIssue with every error in the files, CannotRun where one cannot be read.
    """
    path = Path(path)
    return source_of(read_document(path), path, version=version)


def load_issue(path: Path, version: int | None = None) -> Issue:
    """The issue at `path` alone, without its publication. version, errors: as of `load`."""
    document = read_document(path)
    return validated(Issue, document, current_value(document, version))


def source_of(
    document: Document,
    path: Path,
    publications: dict[Path, tuple[Publication, Document]] | None = None,
    version: int | None = None,
) -> Source:
    """The issue in `document`, which was read from `path` (or would stand there), and its publication.

    publications: those read before, by file; one that is read here is added, so that a run over many issues reads it
    once. version: as `load` takes it. Raises as `load` does.
    """
    value = current_value(document, version)
    problems: list[Diagnostic] = []
    issue: Issue | None = None
    found: tuple[Publication, Document] | None = None
    try:
        issue = validated(Issue, document, value)
    except InvalidIssue as error:
        problems += error.diagnostics
    try:
        found = _publication_of(document, value, path.parent, {} if publications is None else publications)
    except InvalidIssue as error:
        problems += error.diagnostics
    if problems or issue is None or found is None:
        raise InvalidIssue(*sorted(problems, key=by_place))
    return Source(path, issue, found[0], document, found[1])


def load_publication(path: Path | str) -> tuple[Publication, Document]:
    """Read a publication's file; one whose text has not changed is remembered."""
    return _publication(str(path), read_text(Path(path), str(path)))


@lru_cache(maxsize=8)
def _publication(file: str, text: str) -> tuple[Publication, Document]:
    document = parse(text, file)
    publication = validated(Publication, document, document.value)
    stem = Path(file).stem
    if not publication.masthead.title:
        missing = Finding(
            "F002", "error", ("masthead",), Message("缺少 title（刊名）", "title is missing"), on_key=True
        )
        raise InvalidIssue(document.diagnostic(missing, describe(missing.path, document.value)))
    if publication.id != stem:
        other = Finding(
            "F005",
            "error",
            ("id",),
            Message(f"代号 {publication.id} 与文件名不同", f"id {publication.id} is not the file's name"),
            Message(f"改成 {stem}，或改文件名", f"make it {stem}, or rename the file"),
        )
        raise InvalidIssue(document.diagnostic(other, describe(other.path, document.value)))
    return publication, document


def known_publications(folder: Path) -> dict[str, Path]:
    """Publications by identifier: the shipped ones, then those in publications/ beside the issues, which win."""
    found: dict[str, Path] = {}
    for place in (_SHIPPED, folder / "publications"):
        with suppress(OSError):
            found |= {file.stem: file for file in sorted(place.glob("*.yaml"))}
    return found


def publication_file(identifier: str, folder: Path) -> Path | None:
    """The file of a publication: in `folder`, which has the issues, in publications/ there, or shipped; None for none."""
    if not IDENTIFIER.fullmatch(identifier):
        return None
    name = f"{identifier}.yaml"
    files = (place / name for place in (folder, folder / "publications", _SHIPPED))
    return next((file for file in files if file.is_file()), None)


def no_publication(identifier: str, folder: Path) -> tuple[Message, Message]:
    """What is told, and the hint, where `publication_file` finds none."""
    names = "、".join(known_publications(folder))
    return (
        Message(f"没有代号为 {identifier} 的刊物", f"there is no publication {identifier}"),
        Message(
            f"现有：{names}；新刊物把 {identifier}.yaml 放在稿件旁边",
            f"known: {names}; put a new one's {identifier}.yaml beside the issue",
        ),
    )


def _publication_of(
    document: Document, value: Value, folder: Path, read: dict[Path, tuple[Publication, Document]]
) -> tuple[Publication, Document] | None:
    """The issue's publication.

    None where the issue names none that could be one (which the schema has reported).
    """
    identifier = value.get("publication") if isinstance(value, dict) else None
    if not isinstance(identifier, str) or not IDENTIFIER.fullmatch(identifier):
        return None
    file = publication_file(identifier, folder)
    if file is not None:
        if file not in read:
            read[file] = load_publication(file)
        return read[file]
    unknown = Finding("F004", "error", ("publication",), *no_publication(identifier, folder))
    raise InvalidIssue(document.diagnostic(unknown, describe(unknown.path, document.value)))


def validated(kind: type[M], document: Document, value: Value) -> M:
    """`value`, the document's tree or one migrated from it, as a `kind`. Raises InvalidIssue with every error in it."""
    result = validate(kind, value)
    if isinstance(result, list):
        found = [document.diagnostic(finding, describe(finding.path, value)) for finding in result]
        raise InvalidIssue(*sorted(found, key=by_place))
    return result
