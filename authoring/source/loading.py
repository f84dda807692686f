"""A path in, a `Source` out: the issue checked against the schema, its publication found and applied."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from authoring.diagnostics import Diagnostic, Finding, InvalidIssue, Message, NodePath
from authoring.model import Issue, Publication
from authoring.source.document import Document, read_document
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
        return tuple(sorted(joined, key=_by_place))

    def where(self, path: NodePath) -> Message:
        """`path` as an editor says it."""
        return describe(path, self._document_of(path).value)

    def _document_of(self, path: NodePath) -> Document:
        """The file that states the node: the issue's, else its publication's."""
        stated = path in self.document.spans or not path or path not in self.publication_document.spans
        return self.document if stated else self.publication_document


def load(path: Path | str) -> Source:
    """Read the issue at `path` and its publication.

    Raises InvalidIssue with every error in the files, CannotRun where one cannot be read.
    """
    path = Path(path)
    return source_of(read_document(path), path)


def source_of(
    document: Document, path: Path, publications: dict[Path, tuple[Publication, Document]] | None = None
) -> Source:
    """The issue in `document`, which was read from `path` (or would stand there), and its publication.

    publications: those read before, by file; one that is read here is added, so that a run over many issues reads it
    once. Raises as `load` does.
    """
    issue = _validated(Issue, document)
    publication, publication_document = _publication_of(
        issue, document, path.parent, {} if publications is None else publications
    )
    return Source(path, issue, publication, document, publication_document)


def load_publication(path: Path | str) -> tuple[Publication, Document]:
    """Read a publication's file."""
    document = read_document(Path(path))
    publication = _validated(Publication, document)
    if not publication.masthead.title:
        missing = Finding(
            "F002", "error", ("masthead",), Message("缺少 title（刊名）", "title is missing"), on_key=True
        )
        raise InvalidIssue(document.diagnostic(missing, describe(missing.path, document.value)))
    return publication, document


def known_publications(folder: Path) -> dict[str, Path]:
    """Publications by identifier: the shipped ones, then those beside the issues (which win)."""
    found: dict[str, Path] = {}
    for place in (_SHIPPED, folder / "publications", folder):
        try:
            files = sorted(place.glob("*.yaml")) if place != folder else []
        except OSError:
            files = []
        found.update({file.stem: file for file in files})
    return found


def _publication_of(
    issue: Issue, document: Document, folder: Path, read: dict[Path, tuple[Publication, Document]]
) -> tuple[Publication, Document]:
    """The issue's publication: a file of its name beside the issue, in publications/ there, or shipped."""
    name = f"{issue.publication}.yaml"
    for file in (folder / name, folder / "publications" / name, _SHIPPED / name):
        if file in read:
            return read[file]
        if file.is_file():
            read[file] = load_publication(file)
            return read[file]
    names = "、".join(known_publications(folder))
    unknown = Finding(
        "F004",
        "error",
        ("publication",),
        Message(f"没有代号为 {issue.publication} 的刊物", f"there is no publication {issue.publication}"),
        Message(
            f"现有：{names}；新刊物把 {name} 放在稿件旁边",
            f"known: {names}; put a new one's {name} beside the issue",
        ),
    )
    raise InvalidIssue(document.diagnostic(unknown, describe(unknown.path, document.value)))


def _validated(kind: type[M], document: Document) -> M:
    result = validate(kind, document.value)
    if isinstance(result, list):
        found = [document.diagnostic(finding, describe(finding.path, document.value)) for finding in result]
        raise InvalidIssue(*sorted(found, key=_by_place))
    return result


def _by_place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (diagnostic.file, span.line, span.column) if span else (diagnostic.file, 0, 0)
