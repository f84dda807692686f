"""An archive as the series that an issue goes on from (S001): its issues, and where a further one stands."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from authoring.archive.reading import schema_of
from authoring.archive.tree import ISSUE, Place, Tree, existing_tree
from authoring.checks import History
from authoring.checks.history import supplement
from authoring.diagnostics import AuthoringError, Diagnostic, Progress
from authoring.model import Issue
from authoring.source import load_issue


class Archived(NamedTuple):
    """What an archive holds: its issues, and a warning for each that cannot be read."""

    issues: list[Issue]
    problems: list[Diagnostic]


def place_for(issue: Issue) -> Place:
    """Where `issue` stands in an archive."""
    return Place(issue.date.year, supplement(issue), issue.number)


def archived_issues(archive: Path, tree: Tree, progress: Progress | None = None) -> Archived:
    """Every issue in `archive`; one that is damaged does not stop the others."""
    found = Archived([], [])
    for number, place in enumerate(tree.places, 1):
        if progress is not None:
            progress(number, len(tree.places), place.folder)
        try:
            found.issues.append(load_issue(place.path(archive) / ISSUE, schema_of(archive, place)))
        except AuthoringError as error:
            found.problems.extend(problem._replace(severity="warning") for problem in error.diagnostics)
    return found


def history_of(archived: Archived) -> History:
    """The whole series, as far as it can be read."""
    return History(archived.issues, complete=True)


def history_before(archive: Path, issues: list[Issue]) -> tuple[History, list[Diagnostic]]:
    """What came before `issues` according to `archive`, one of them that is archived already left out; and the warnings.

    Raises CannotRun where there is no archive.
    """
    archived = archived_issues(archive, existing_tree(archive))
    again = {place_for(issue): issue for issue in issues}
    earlier = [issue for issue in archived.issues if again.get(place_for(issue)) != issue]
    return history_of(archived._replace(issues=earlier)), archived.problems
