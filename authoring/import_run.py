"""`authoring import`: read each file, recover its issue, hold it against the rules, write its YAML; prints nothing.

file ── reader ── signs, assemble ── headline breaks, habits of the print ── rules ── YAML
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from authoring.as_printed import like_print, needless_breaks
from authoring.checks import RULES, check, draft_of
from authoring.choice import MORE, Choice, at_most, few
from authoring.diagnostics import (
    AuthoringError,
    CannotRun,
    Diagnostic,
    Finding,
    Message,
    NodePath,
    Progress,
    UnsettableText,
    by_place,
)
from authoring.draft_files import Sought, drafts_in
from authoring.files import write_new, write_whole
from authoring.fonts import FontSet, find_fonts
from authoring.importers import IMPORTERS, read, recover
from authoring.importers.document import Note, Reading, Recovered, Sourced
from authoring.importers.imported import Coverage, Imported
from authoring.importers.signs_text import likeness, squeezed
from authoring.inline import HEADLINE_BREAK, plain
from authoring.layout import Layout
from authoring.layout.preview import preview_findings
from authoring.model import Issue, Publication, Typesetting
from authoring.source import known_publications, load_publication, no_publication, publication_file
from authoring.source.document import read_bytes
from authoring.source.schema import validate
from authoring.source.writing import issue_yaml

MAX_BYTES = 64_000_000
"""A DOCX with pictures is some megabytes."""
_SOURCES = Sought(tuple(IMPORTERS), Message("可以导入的文件", "file to import"))
_HEAD = 40
"""Paragraphs at the beginning in which the masthead's title is looked for."""
_SCHEMA = Path("schemas/issue.schema.json")
_NAMED = 0.7
"""Two names as alike as this are one body, misspelt."""
_DEFAULT = "chuangxin-qudong-yaocan"


class Request(NamedTuple):
    """What to import, and where to. publication: an identifier, "" to tell it from the masthead. overwrite: replace a
    file that is there."""

    paths: tuple[Path, ...]
    folder: Path
    publication: str = ""
    fonts: Path | None = None
    overwrite: bool = False


class Result(NamedTuple):
    """A file that was imported: what was written (None where nothing could be), and how much of it found its place."""

    source: str
    target: Path | None
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage | None = None
    number: str = ""
    sections: int = 0
    items: int = 0
    exit_code: int = 0


class Import(NamedTuple):
    """An issue that was recovered: its tree, its model where the tree is valid, and everything there is to say of it."""

    imported: Imported
    publication: Publication
    issue: Issue | None
    diagnostics: tuple[Diagnostic, ...]


def import_files(request: Request, progress: Progress) -> tuple[Result, ...]:
    """Import what `request` names; a file that cannot be read does not stop the others.

    Exit code of a result: 0 imported, 1 imported with errors in it, 2 not read or not written.
    """
    fonts = find_fonts(request.fonts)
    files, problems = drafts_in(request.paths, sought=_SOURCES)
    results = [Result(problem.file, None, (problem,), exit_code=2) for problem in problems]
    written: dict[Path, Path] = {}
    for number, (path, name) in enumerate(files, 1):
        progress(number, len(files), name)
        try:
            results.append(_import_file(path, request, fonts, written))
        except AuthoringError as error:
            results.append(Result(str(path), None, error.diagnostics, exit_code=error.exit_code))
    return tuple(results)


def _import_file(path: Path, request: Request, fonts: FontSet, written: dict[Path, Path]) -> Result:
    """Import one file. written: the files that this run has written, each with its source; this one is added."""
    one = import_issue(path, request.publication, fonts)
    value = one.imported.value
    target = request.folder / _file_name(value, path)
    if target in written:
        raise CannotRun.because(
            str(path),
            Message(
                f"与 {written[target]} 同是 {target.name}，没有写",
                f"{written[target]} gave {target.name} already",
            ),
            Message("分两次导入，用 -o 写到不同文件夹", "import it into another folder with -o"),
        )
    text = issue_yaml(value, schema=_schema_beside(target), comments=_comments(value))
    if request.overwrite:
        write_whole(target, text.encode())
    else:
        write_new(target, text.encode())
    written[target] = path
    errors = any(item.severity == "error" for item in one.diagnostics)
    sections = value.get("sections")
    count = [len(section["items"]) for section in sections] if isinstance(sections, list) else []
    return Result(
        str(path),
        target,
        one.diagnostics,
        one.imported.coverage(),
        str(value.get("number", "")),
        len(count),
        sum(count),
        1 if errors else 0,
    )


def import_issue(path: Path, publication_id: str, fonts: FontSet) -> Import:
    """The issue that the file at `path` holds, with everything that there is to say of it.

    Raises CannotRun where the file cannot be read, InvalidIssue where it is not what its name says.
    """
    reading = read(read_bytes(path, str(path), MAX_BYTES), str(path))
    publication, notes = _publication(reading, path.parent, publication_id)
    recovered = recover(reading, publication)
    recovered.notes += notes
    _like_print(recovered, publication, fonts)
    recovered.notes += _other_sections(recovered)
    if reading.own is None:
        recovered.notes += _other_issuers(recovered, publication)
    imported = Imported(reading, recovered)
    recovered.notes += _unplaced(imported)
    validated = validate(Issue, imported.value)
    issue = None if isinstance(validated, list) else validated
    findings = (
        [*validated, *_despite(imported.value, publication, recovered, fonts)]
        if isinstance(validated, list)
        else _findings(validated, publication, recovered, fonts)
    )
    told = at_most(recovered.notes, lambda note: note.code, lambda message: Note(MORE, "info", message))
    diagnostics = [*imported.noted(told), *imported.diagnostics(few(findings))]
    return Import(imported, publication, issue, tuple(sorted(diagnostics, key=by_place)))


def _publication(reading: Reading, folder: Path, wanted: str) -> tuple[Publication, list[Note]]:
    """The publication that was asked for, or whose title the source names; else the shipped one, which is noted."""
    own = reading.own.publication if reading.own is not None else ""
    file = publication_file(wanted or own, folder)
    if file is not None:
        return load_publication(file)[0], []
    if wanted:
        raise CannotRun.because(wanted, *no_publication(wanted, folder))
    known = known_publications(folder)
    head = [squeezed(paragraph.content.text) for paragraph in reading.paragraphs[:_HEAD]]
    for path in known.values():
        publication = load_publication(path)[0]
        title = squeezed(plain(publication.masthead.title))
        if any(line.startswith(title) for line in head):
            return publication, []
    told = Note(
        "J003",
        "warning",
        Message(f"看不出是哪种刊物，按 {_DEFAULT} 导入", f"no known masthead; imported as {_DEFAULT}"),
        Message("用 --publication 指明", "name it with --publication"),
    )
    return load_publication(known[_DEFAULT])[0], [told]


def _like_print(recovered: Recovered, publication: Publication, fonts: FontSet) -> None:
    """Take out headline breaks that layout makes by itself, and state the habits that the print's page ends show."""
    value = Imported(Reading("", (), ()), recovered).value
    issue = validate(Issue, value)
    if isinstance(issue, list):
        return
    try:
        for path in sorted(needless_breaks(issue, publication, fonts) - recovered.settled, key=str):
            _drop_breaks(recovered, path)
        match = like_print(issue, publication, fonts, recovered.page_ends)
    except UnsettableText:
        return  # the rules' preview reports it
    recovered.notes += _other_pages(recovered, match.layout)
    if match.habits is None:
        if match.met < match.known:
            told = Message(
                f"原文有 {match.known} 处换页，按现行习惯排有 {match.met} 处相同",
                f"{match.met} of {match.known} page ends fall where the source has them",
            )
            hint = Message("要与原件逐页相同，写明 typesetting", "state typesetting to get the same pages")
            recovered.notes.append(Note("J004", "info", told, hint))
        return
    recovered.value["typesetting"] = _stated(match.habits)


def _other_pages(recovered: Recovered, layout: Layout) -> Iterator[Note]:
    """A note for each section that the contents of the source have on another page than it is set on."""
    pages = {squeezed(entry.text): entry.page for entry in layout.contents if entry.level == 1}
    for name, page in recovered.listed_sections:
        here = pages.get(squeezed(name.text))
        if here is not None and page and here != page:
            told = Message(
                f"目录作第{page}页，现在排在第{here}页", f"listed on page {page}, now set on page {here}"
            )
            yield Note(
                "J005", "info", told, Message("目录的页码按排版生成", "the contents are made anew"), name
            )


def _stated(habits: Typesetting) -> dict[str, object]:
    return {
        name: getattr(habits, name) for name in Typesetting.model_fields if name in habits.model_fields_set
    }


def _drop_breaks(recovered: Recovered, path: NodePath) -> None:
    node: object = recovered.value
    for part in path[:-1]:
        node = node[part]  # type: ignore[index]  # a path of this very tree
    assert isinstance(node, dict)
    headline = node[path[-1]]
    assert isinstance(headline, Sourced)
    while HEADLINE_BREAK in headline.text:
        at = headline.text.index(HEADLINE_BREAK)
        left, right = headline.text[at - 1 : at], headline.text[at + 1 : at + 2]
        space = (
            headline.cut(at, at + 1).typed(" ") if left.isascii() and right.isascii() else headline.cut(0, 0)
        )
        headline = headline.cut(0, at).join(space).join(headline.cut(at + 1))
    node[path[-1]] = headline


def _findings(
    issue: Issue, publication: Publication, recovered: Recovered, fonts: FontSet
) -> Iterable[Finding]:
    """What the rules and layout say of the issue, under the publication's choice of rules."""
    choice = Choice(publication.checks.select, publication.checks.ignore)
    listed = None if recovered.contents is None else [entry.text for entry in recovered.contents]
    draft = draft_of(issue, publication, contents=listed)
    findings = list(check(draft, tuple(rule for rule in RULES if choice.takes(rule.code, rule.name))))
    try:
        findings += preview_findings(issue, publication, fonts)
    except UnsettableText as error:
        findings += error.findings
    return findings


def _despite(
    value: dict[str, object], publication: Publication, recovered: Recovered, fonts: FontSet
) -> Iterator[Finding]:
    """What there is to say of an issue that lacks something: it is checked with that made up, which is not judged."""
    whole = copy.deepcopy(value)
    made_up = set(_made_up(whole))
    issue = validate(Issue, whole)
    if isinstance(issue, list):
        return
    for finding in _findings(issue, publication, recovered, fonts):
        if not any(finding.path[: len(path)] == path for path in made_up):
            yield finding


def _made_up(value: dict[str, Any]) -> Iterator[NodePath]:
    """Put something into each required field of the tree that is empty; the paths of those."""
    imprint = value.get("imprint") or {}
    for name, something in (("number", "1"), ("date", imprint.get("date") or "2000-01-01")):
        if name not in value or not _is_valid(value, name):
            value[name] = something
            yield (name,)
    for at, section in enumerate(value.get("sections") or []):
        if not section["name"]:
            section["name"] = "栏目"
            yield ("sections", at, "name")
        for number, item in enumerate(section["items"]):
            path: NodePath = ("sections", at, "items", number)
            for name, text in (("headline", "标题"), ("body", ["正文。"])):
                if not item[name]:
                    item[name] = text
                    yield (*path, name)


def _is_valid(value: dict[str, Any], name: str) -> bool:
    found = validate(Issue, {**value, "sections": []})
    return not isinstance(found, list) or all(finding.path[:1] != (name,) for finding in found)


def _other_sections(recovered: Recovered) -> Iterator[Note]:
    """A note for each section that either the contents or the body lacks."""
    if recovered.contents is None or not recovered.listed_sections:
        return
    sections = recovered.value.get("sections")
    names = [section["name"] for section in sections] if isinstance(sections, list) else []
    listed = [name for name, _ in recovered.listed_sections]
    hint = Message("核对栏目名", "check the section's name")
    for name in listed:
        if squeezed(name.text) not in [squeezed(other.text) for other in names]:
            told = Message(f"正文没有目录上的栏目“{name.text}”", f"the body has no section {name.text!r}")
            yield Note("T001", "error", told, hint, name)
    for name in names:
        if name.text and squeezed(name.text) not in [squeezed(other.text) for other in listed]:
            told = Message(f"目录上没有栏目“{name.text}”", f"the contents have no section {name.text!r}")
            yield Note("T001", "error", told, hint, name)


def _other_issuers(recovered: Recovered, publication: Publication) -> Iterator[Note]:
    """A note for each line of the masthead that was taken for an issuer and is none of the publication's, and for
    issuers in another order or fewer of them. What is nearly one is misspelt: O001 says so."""
    masthead = recovered.value.get("masthead")
    issuers: list[Sourced] = masthead.get("issuers", []) if isinstance(masthead, dict) else []
    usual = [squeezed(plain(name)) for name in publication.masthead.issuers]
    here = [squeezed(issuer.text) for issuer in issuers]
    strange = [issuer for issuer, name in zip(issuers, here, strict=True) if likeness(name, usual) < _NAMED]
    hint = Message("核对报头", "check the masthead")
    for issuer in strange:
        told = Message(
            f"“{issuer.text}”不是刊物的印发机关，按印发机关导入",
            f"{issuer.text!r} is no issuer of the publication; imported as one",
        )
        yield Note("J006", "warning", told, hint, issuer)
    if issuers and not strange and here != usual and set(here) <= set(usual):
        told = Message(
            "印发机关的次序或数目与刊物不同", "issuers are fewer than the publication's, or in another order"
        )
        yield Note("J006", "warning", told, hint, issuers[0])


def _unplaced(imported: Imported) -> Iterator[Note]:
    """A note for each stretch of the source that is in no part of the issue."""
    told = Message("这些字没有归入稿件", "this text has no place in the issue")
    hint = Message("该印的，写进稿件；不该印的，不用管", "put it into the issue where it belongs there")
    return (Note("J001", "warning", told, hint, piece) for piece in imported.coverage().unplaced)


def _file_name(value: dict[str, object], source: Path) -> str:
    number = value.get("number")
    return (
        f"{int(number):03d}.yaml" if isinstance(number, str) and number.isdecimal() else f"{source.stem}.yaml"
    )


def _comments(value: dict[str, object]) -> dict[NodePath, str]:
    """What the YAML says beside fields that an editor does not expect."""
    habits = f"第{value.get('number')}期印刷时的习惯，与刊物现行习惯不同"
    return {("typesetting",): habits} if "typesetting" in value else {}


def _schema_beside(target: Path) -> str:
    """The path of the issues' schema from `target`'s folder, where a folder above it has one."""
    folder = target.resolve().parent
    for depth, above in enumerate([folder, *folder.parents][:4]):
        if (above / _SCHEMA).is_file():
            return "/".join([*[".."] * depth, *_SCHEMA.parts])
    return ""
