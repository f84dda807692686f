"""Every rule against its fixture: what it must find, what it must stay silent on, and its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from authoring.checks import RULES, Draft, Problem, Rule
from authoring.diagnostics import NOTHING
from authoring.explain import pages
from authoring.fonts import find_fonts
from authoring.layout.preview import preview_findings
from authoring.layout.remarks import REMARKS
from tests.checks.cases import FOLDER, Case, cases, publication, verify
from tests.checks.table import TABLE

TOGETHER = frozenset(
    {"N001", "N002", "P001", "P002", "P003", "D001", "X001", "X002", "X003", "U001", "U002", "K001"}
)
"""Rules on one and the same characters: the fixes of one may begin no finding of another."""


def _headline_break(draft: Draft) -> list[Problem]:
    """Layout's H001 as if it were a rule."""
    found = preview_findings(draft.issue, publication(), find_fonts())
    return [Problem(one.path, one.message, one.hint, one.at) for one in found if one.rule == "H001"]


CHECKED = {rule.code: rule for rule in RULES} | {
    "H001": Rule("H001", "headline-break", "info", NOTHING, _headline_break)
}
EVERY = [
    pytest.param(CHECKED[code], case, id=f"{code}:{case.line}") for code in CHECKED for case in cases(code)
]


@pytest.mark.parametrize(("rule", "case"), EVERY)
def test_rule_finds_what_its_cases_mark(rule: Rule, case: Case) -> None:
    verify(case, rule, [CHECKED[code] for code in sorted(TOGETHER)] if rule.code in TOGETHER else ())


@pytest.mark.parametrize("code", CHECKED)
def test_rule_has_cases_of_both_kinds(code: str) -> None:
    firing = sum(case.fires for case in cases(code))
    assert firing >= 10
    assert len(cases(code)) - firing >= 10


def test_every_fixture_is_of_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(CHECKED)


def test_the_published_table_is_the_one_that_runs() -> None:
    known = {code: (page.name, page.severity) for code, page in pages().items()}
    assert {code: known.get(code) for code in TABLE} == TABLE


PAGES = {one.code: one.find for one in RULES} | {one.code: one.find for one in REMARKS}


@pytest.mark.parametrize("find", PAGES.values(), ids=PAGES)
def test_docstring_is_a_page_in_both_languages(find: Callable[..., object]) -> None:
    chinese, _, english = (find.__doc__ or "").partition("\n    ---\n")
    for part in ("为什么：", "例：", "改法：", "不报：", "依据：", "修复："):
        assert part in chinese
    assert "fix" in english.lower()
