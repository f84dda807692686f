"""An issue in, findings out: what a machine can see is wrong with a draft. Everything is offline.

A rule is a function in one of the modules below, a row in RULES, and a fixture in tests/checks/cases/. Its docstring is
its published page: `authoring explain N002` prints it.
"""

from __future__ import annotations

from authoring.checks.draft import Draft, Problem, TextNode, draft_of
from authoring.checks.history import History
from authoring.checks.registry import RULES, Rule, check

__all__ = ["RULES", "Draft", "History", "Problem", "Rule", "TextNode", "check", "draft_of"]
