"""`authoring check`: find the drafts, load and check each, mend what may be mended; prints nothing.

drafts ── load ── rules, preview ── noqa, baseline ── fixes ── series ── Outcome
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from authoring.baseline import Baseline, Entry, baseline_file, read_baseline
from authoring.checks import RULES, Draft, History, Rule, check, draft_of
from authoring.choice import Choice, few, named, refuse_unknown
from authoring.diagnostics import (
    AuthoringError,
    Diagnostic,
    Finding,
    InvalidIssue,
    Message,
    Progress,
    UnsettableText,
    by_place,
)
from authoring.draft_files import STDIN, drafts_in
from authoring.explain import pages
from authoring.files import write_whole
from authoring.fixing import NOT_PROVED, LeftOut, apply_fixes
from authoring.fonts import FontSet, find_fonts
from authoring.layout.preview import preview_findings
from authoring.model import Issue, Publication
from authoring.noqa import STALE, Silencer
from authoring.source import Document, Source, source_of
from authoring.source.document import MAX_BYTES, decode, encode, parse, read_bytes

SERIES = "S001"
MOST_SET = 20
"""Drafts of one call that are set into pages, as an editor or a pull request names them; setting one takes longer than
checking it, and of a whole archive nobody asks how its pages look."""
ROUNDS = 50
"""Fixes may make room for others: the draft is checked and mended again until nothing changes, at most this often."""
_UNSETTLED = Message("几处改动互相抵消，一处都没有改", "fixes undo each other; nothing was changed")


class Request(NamedTuple):
    """What to check, and how. fix: "" only looks, "safe" and "unsafe" mend; diff: shows instead of writing.

    stdin: the bytes of standard input, named `-` among `paths`; stdin_name: what messages call them, and the place
    that its publication is looked for from. archive: the archive that drafts must go on from (S001).
    """

    paths: tuple[Path, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fix: Literal["", "safe", "unsafe"] = ""
    diff: bool = False
    baseline: Path | None = None
    write_baseline: Path | None = None
    fonts: Path | None = None
    stdin: bytes = b""
    stdin_name: str = ""
    archive: Path | None = None


class Mended(NamedTuple):
    """A file that fixes changed (or, with `diff`, would change): its text before and after, and how many were applied."""

    file: str
    before: str
    after: str
    fixes: int


class Outcome(NamedTuple):
    """What a run found and did. diagnostics: what is left, by file and place. mended_stdin: standard input mended, None
    where it was not among the drafts or nothing was to be mended. stale: entries of the baseline that nothing matched."""

    exit_code: int
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...]
    accepted: int = 0
    stale: int = 0
    fixable: int = 0
    mended: tuple[Mended, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    mended_stdin: bytes | None = None


@dataclass(slots=True)
class _Draft:
    """A file on its way through a run. found: findings with their places, what noqa and baseline silence taken out."""

    name: str
    source: Source | None = None
    draft: Draft | None = None
    choice: Choice = field(default_factory=lambda: Choice((), ()))
    silencer: Silencer | None = None
    found: list[Diagnostic] = field(default_factory=list)
    exit_code: int = 0


def check_drafts(
    request: Request,
    progress: Progress | None = None,
    rules: tuple[Rule, ...] = RULES,
) -> Outcome:
    """Check what `request` names; a file that cannot be read or loaded does not stop the others.

    Exit code: 0 nothing to stop for, 1 errors found, 2 something could not be read or written. Warnings and notes are
    errors where the publication's `checks.errors` names their rules. Raises CannotRun for a request that makes no sense.
    """
    refuse_unknown([*request.select, *request.ignore], rules)
    files, problems = drafts_in(request.paths, request.stdin_name)
    run = _Run(request, rules, sets_pages=len(files) <= MOST_SET)
    drafts: list[_Draft] = []
    for number, (path, name) in enumerate(files, 1):
        if progress is not None:
            progress(number, len(files), name)
        drafts.append(run.check(path, name))
    run.check_series(drafts)
    for draft in drafts:
        run.find_stale(draft)
    return run.outcome(drafts, problems)


@dataclass(slots=True)
class _Shared:
    """The noqa comments of a publication's file. whole: whether a draft had all of its texts in view."""

    silencer: Silencer
    whole: bool = False


class _Run:
    """One run: what its files share (fonts, publications, baseline) and what it has counted."""

    def __init__(self, request: Request, rules: tuple[Rule, ...], *, sets_pages: bool) -> None:
        self.request = request
        self.sets_pages = sets_pages
        self.rules = rules
        self.known = pages(rules)
        self.names = {code: page.name for code, page in self.known.items()}
        self.baseline: Baseline | None = None
        if request.baseline and not request.write_baseline:  # one that is written lists all that there is
            self.baseline = read_baseline(request.baseline)
        self.matched: Counter[Entry] = Counter()
        self.shared: dict[str, _Shared] = {}
        self.publications: dict[Path, tuple[Publication, Document]] = {}
        self._fonts: FontSet | None = None
        self.written = 0
        self.mended: list[Mended] = []
        self.left_out: list[LeftOut] = []
        self.mended_stdin: bytes | None = None
        self.notes: list[Diagnostic] = []

    @property
    def fonts(self) -> FontSet:
        if self._fonts is None:
            self._fonts = find_fonts(self.request.fonts)
        return self._fonts

    def check(self, path: Path, name: str) -> _Draft:
        """Load and check one draft, and mend it where that was asked for."""
        try:
            document, data = self._read(path, name)
            source = source_of(document, self._place(path, name), self.publications)
            draft = self._examined(source)
            if self.request.fix:
                draft = self._mend(draft, path, data)
            return self._accepted(draft)
        except AuthoringError as error:
            return self._accepted(_Draft(name, found=list(error.diagnostics), exit_code=error.exit_code))

    def check_series(self, drafts: list[_Draft]) -> None:
        """Each draft against those of its publication that stand before it by number (S001)."""
        rules = tuple(rule for rule in self.rules if rule.code == SERIES)
        numbered = [(one, one.draft) for one in drafts if one.draft is not None and one.choice.takes(SERIES)]
        numbered.sort(key=lambda pair: (pair[1].issue.date.year, pair[1].issue.number, pair[1].issue.date))
        history = self._history([draft.issue for _, draft in numbered])
        for one, draft in numbered:
            findings = check(draft._replace(history=history), rules)
            history.add(draft.issue)
            if findings:
                found = self._not_accepted(self._joined(one, findings))
                one.found = sorted([*one.found, *found], key=_by_place_and_rule)

    def _history(self, issues: list[Issue]) -> History:
        """What came before `issues`, the drafts of this run: the archive, where one is given."""
        if self.request.archive is None or not issues:
            return History()
        from authoring.archive.series import history_before  # only an archive needs it

        history, self.notes = history_before(self.request.archive, issues)
        return history

    def find_stale(self, one: _Draft) -> None:
        """Add the noqa comments of a draft that were of no use; with the first draft of a publication, those in its
        file, once any draft had that file's texts in view."""
        if (
            one.source is None
            or one.silencer is None
            or not one.choice.takes(STALE, self.names.get(STALE, ""))
        ):
            return
        silencers = [one.silencer]
        shared = self.shared.pop(one.source.publication_document.file, None)
        if shared is not None and shared.whole:
            silencers.append(shared.silencer)
        for silencer in silencers:
            stale = silencer.stale(self.known, lambda code: one.choice.takes(code, self.names.get(code, "")))
            one.found = sorted(
                [*one.found, *self._not_accepted(self._weighed(one, stale))], key=_by_place_and_rule
            )

    def outcome(self, drafts: list[_Draft], problems: list[Diagnostic]) -> Outcome:
        diagnostics = tuple(
            dict.fromkeys([*problems, *self.notes, *(item for one in drafts for item in one.found)])
        )
        if self.request.write_baseline is not None:
            keep = [item for item in diagnostics if item.rule != "E000"]
            write_whole(self.request.write_baseline, baseline_file(keep, self.request.write_baseline))
            self.written = len(keep)
            diagnostics = tuple(item for item in diagnostics if item.rule == "E000")
        could_not = problems or any(one.exit_code == 2 for one in drafts)
        errors = any(item.severity == "error" for item in diagnostics)
        return Outcome(
            2 if could_not else 1 if errors else 0,
            diagnostics,
            tuple(one.name for one in drafts),
            self.written + self.matched.total(),
            self._unmatched(drafts),
            sum(item.fix is not None and item.fix.safe for item in diagnostics),
            tuple(self.mended),
            tuple(self.left_out),
            self.mended_stdin,
        )

    def _unmatched(self, drafts: list[_Draft]) -> int:
        """How many entries of the baseline no finding of this run matched, of those that it could have."""
        if self.baseline is None:
            return 0
        choices = {self.baseline.path(one.name): one.choice for one in drafts if one.source is not None}
        return self.baseline.unmatched(
            self.matched,
            lambda path, rule: path in choices and choices[path].takes(rule, self.names.get(rule, "")),
        )

    def _read(self, path: Path, name: str) -> tuple[Document, bytes]:
        """The document at `path`, and its bytes: what is written back keeps their BOM."""
        data = self.request.stdin[: MAX_BYTES + 1] if str(path) == STDIN else read_bytes(path, name)
        return parse(decode(data, name), name), data

    def _place(self, path: Path, name: str) -> Path:
        return Path(self.request.stdin_name or "stdin.yaml") if str(path) == STDIN else path

    def _examined(self, source: Source) -> _Draft:
        """Everything that rules and layout find in a draft, in the order of its file."""
        checks = source.publication.checks
        one = _Draft(
            source.document.file,
            source,
            draft_of(source.issue, source.publication),
            Choice(self.request.select or checks.select, (*self.request.ignore, *checks.ignore)),
            Silencer(source.document),
        )
        assert one.draft is not None
        base = source.publication_document
        shared = self.shared.setdefault(base.file, _Shared(Silencer(base)))
        shared.whole = shared.whole or not source.issue.model_fields_set & {"masthead", "contents", "imprint"}
        rules = tuple(rule for rule in self.rules if one.choice.takes(rule.code, rule.name))
        findings = list(check(one.draft, rules))
        try:
            findings += preview_findings(source.issue, source.publication, self.fonts, pages=self.sets_pages)
        except UnsettableText as error:
            findings += error.findings
        found = [*source.document.warnings, *self._joined(one, few(findings))]
        one.found = sorted(found, key=_by_place_and_rule)
        return one

    def _joined(self, one: _Draft, findings: Iterable[Finding]) -> list[Diagnostic]:
        """`findings` of a draft with their places, without those that the choice of rules or a noqa takes out."""
        assert one.source is not None
        assert one.silencer is not None
        result = []
        for finding in findings:
            if not one.choice.takes(finding.rule, self.names.get(finding.rule, "")):
                continue
            (item,) = one.source.diagnostics([finding])
            if _is_fold(item):
                continue
            silencer = one.silencer
            if item.file != one.source.document.file:
                silencer = self.shared[item.file].silencer
            if not silencer.silences(item, finding.path):
                result.append(item)
        return self._weighed(one, result)

    def _weighed(self, one: _Draft, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """`diagnostics`, those that the publication wants as errors made so."""
        errors = one.source.publication.checks.errors if one.source is not None else ()
        return [
            item._replace(severity="error")
            if errors and named(errors, item.rule, self.names.get(item.rule, ""))
            else item
            for item in diagnostics
        ]

    def _accepted(self, one: _Draft) -> _Draft:
        one.found = self._not_accepted(one.found)
        return one

    def _not_accepted(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        if self.baseline is None:
            return diagnostics
        left = self.baseline.left(diagnostics)
        new = set(left)
        self.matched.update(self.baseline.entry(item) for item in diagnostics if item not in new)
        return left

    def _mend(self, one: _Draft, path: Path, data: bytes) -> _Draft:
        """Apply the fixes that were asked for until nothing changes; write the file, unless a diff is wanted."""
        assert one.source is not None
        before = one.source.document.text
        first, count = one, 0
        seen = {before}
        left_out: tuple[LeftOut, ...] = ()
        for _ in range(ROUNDS):
            source = one.source
            wanted = one.found if self.baseline is None else self.baseline.left(one.found)
            fixed = apply_fixes(source.document, wanted, unsafe=self.request.fix == "unsafe")
            left_out = fixed.left_out
            if fixed.text == source.document.text:
                break
            if fixed.text in seen:
                one = first
                left_out = (*left_out, *(LeftOut(item, _UNSETTLED) for item in fixed.applied))
                break
            seen.add(fixed.text)
            try:
                document = parse(fixed.text, source.document.file)
                mended = source_of(document, source.path, self.publications)
            except InvalidIssue:  # the values are proved, but the schema refuses them
                left_out = (*left_out, *(LeftOut(item, NOT_PROVED) for item in fixed.applied))
                break
            count += len(fixed.applied)
            one = self._examined(mended)
            assert one.source is not None
        self.left_out += left_out
        assert one.source is not None
        after = one.source.document.text
        if str(path) == STDIN:
            self.mended_stdin = encode(after, data)
        elif after != before and not self.request.diff:
            write_whole(path, encode(after, data))
        if after != before:
            self.mended.append(Mended(one.name, before, after, count))
        return one


def _is_fold(item: Diagnostic) -> bool:
    """Whether a space is the end of a line that YAML folds: no editor typed it, and layout drops it."""
    return item.rule == "X003" and item.span is not None and item.span.column > len(item.source_line)


def _by_place_and_rule(item: Diagnostic) -> tuple[str, int, int, str]:
    return *by_place(item), item.rule
