"""The rules as one table that can be read, and the function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from authoring.checks.draft import Draft, Problem
from authoring.diagnostics import Finding, Message, Severity


class Rule(NamedTuple):
    """A rule: code, name (what is wrong, as a slug), severity, title in both languages, and the function that finds it."""

    code: str
    name: str
    severity: Severity
    title: Message
    find: Callable[[Draft], Iterable[Problem]]


RULES: Final[tuple[Rule, ...]] = ()
"""Every rule, in the order of their codes' first appearance in a report: gravest first."""


def check(draft: Draft, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Every finding of `rules` in `draft`, in the order of the rules (places are the reporter's to sort by)."""
    return tuple(
        Finding(rule.code, rule.severity, found.path, found.message, found.hint, found.at, fix=found.fix)
        for rule in rules
        for found in rule.find(draft)
    )


def selected(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules whose code or name begins with one of `select` (all where it is empty) and with none of `ignore`."""
    wanted, unwanted = tuple(select), tuple(ignore)

    def named(rule: Rule, prefixes: tuple[str, ...]) -> bool:
        return any(rule.code.startswith(prefix.upper()) or rule.name == prefix for prefix in prefixes)

    return tuple(
        rule
        for rule in RULES
        if (not wanted or named(rule, wanted)) and not (unwanted and named(rule, unwanted))
    )
