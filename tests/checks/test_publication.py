"""The publication's settings that rules heed: its words, its bodies, its region."""

from __future__ import annotations

from authoring.checks import RULES, draft_of
from authoring.checks.phrases import banned_word
from authoring.model import BannedWords, Issue
from tests.checks.cases import Case, Text, built, publication


def issue_with(*texts: Text) -> Issue:
    return Issue.model_validate(built(Case(1, texts)).issue)


def test_publication_adds_and_excepts_words() -> None:
    words = BannedWords.model_validate({"add": ["遥遥领先"], "except": ["两岸三地"]})
    issue = issue_with(Text("paragraph", 0, "遥遥领先，两岸三地。"))
    draft = draft_of(issue, publication().model_copy(update={"banned_words": words}))
    assert [found.at for found in banned_word(draft)] == [(0, 4)]


def test_publication_without_bodies_or_region_is_left_alone() -> None:
    bare = publication().model_copy(update={"bodies": (), "region": None})
    texts = (Text("headline", 0, "天津出台办法"), Text("paragraph", 0, "四川省科技术厅派员到我市学习。"))
    assert [found for rule in RULES for found in rule.find(draft_of(issue_with(*texts), bare))] == []
