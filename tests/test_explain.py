"""`authoring explain`: a rule's docstring is its page, in either language."""

from __future__ import annotations

import pytest

from authoring.checks import RULES
from authoring.diagnostics import CannotRun
from authoring.explain import explain, pages, rule_page, table
from tests.conftest import Command
from tests.rules import RULES as SMALL


def test_the_docstring_is_the_page() -> None:
    assert (
        explain("w901", "zh", SMALL) == "W901 word-w901  错误\n用词\n\n不用这个词。\n\n为什么：有更好的。\n"
    )
    assert explain("word-w902", "en", SMALL) == "W902 word-w902  warning\na word\n\nNot this word.\n"


def test_nearest_is_offered() -> None:
    with pytest.raises(CannotRun, match="没有规则 W91，是不是 W901？"):
        explain("W91", "zh", SMALL)


def test_what_is_found_outside_the_rules_is_explained_too() -> None:
    for code in pages(()):
        for lang in ("zh", "en"):
            assert explain(code, lang, ()).startswith(code)


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_has_a_page_in_both_languages(rule: object) -> None:
    page = rule_page(next(known for known in RULES if known is rule))
    assert page.body.zh
    assert page.body.en
    assert page.body.zh != page.body.en, f"{page.code}: no line --- in its docstring"


def test_command(run: Command) -> None:
    outcome = run("explain", "z002")
    assert (outcome.code, outcome.out.splitlines()[0]) == (0, "Z002 fallback-font  提示")
    assert run("explain").out == table("zh")
    assert len(table("en").splitlines()) == len(pages())
    outcome = run("explain", "Z02")
    assert outcome.code == 2
    assert "是不是 Z00" in outcome.err
