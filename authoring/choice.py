"""Which rules count in a run, by code, name or a code's beginning; how many findings of one are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from authoring.checks import Rule
from authoring.diagnostics import Finding, Message
from authoring.explain import pages, unknown_rule

T = TypeVar("T")

MAX_FOUND = 100
"""Findings of one rule that are told of in a draft: one with more is broken as a whole."""
MORE = "Q002"
_ALWAYS = ("Y", "F", "E", "Z001")
"""Codes that no choice of rules hides: the issue could not be read, or cannot be set."""


class Choice:
    """Which rules count, by code, name or a code's beginning: all, or the selected; of these, none that is ignored."""

    def __init__(self, select: Iterable[str], ignore: Iterable[str]) -> None:
        self._select, self._ignore = tuple(select), tuple(ignore)

    def takes(self, code: str, name: str = "") -> bool:
        if code.startswith(_ALWAYS):
            return True
        selected = not self._select or named(self._select, code, name)
        return selected and not named(self._ignore, code, name)


def named(prefixes: Iterable[str], code: str, name: str) -> bool:
    return any(code.startswith(prefix.upper()) or prefix == name for prefix in prefixes)


def refuse_unknown(words: Iterable[str], rules: tuple[Rule, ...]) -> None:
    """A misspelt rule would check nothing, or ignore nothing, in silence."""
    known = pages(rules)
    for word in words:
        if not any(named([word], code, page.name) for code, page in known.items()):
            raise unknown_rule(word, word, known)


def few(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` with at most MAX_FOUND of each rule; of the others only their number is told (Q002)."""

    def more(message: Message) -> Finding:
        return Finding(MORE, "info", (), message)

    return at_most(findings, lambda finding: finding.rule, more)


def at_most(items: Iterable[T], code: Callable[[T], str], more: Callable[[Message], T]) -> list[T]:
    """`items` with at most MAX_FOUND of each code; `more` makes the one that tells how many others there are."""
    seen: Counter[str] = Counter()
    result = []
    for item in items:
        seen[code(item)] += 1
        if seen[code(item)] <= MAX_FOUND:
            result.append(item)
    for rule, number in seen.items():
        if number > MAX_FOUND:
            left = number - MAX_FOUND
            result.append(
                more(Message(f"另有 {left} 处 {rule} 没有列出", f"{left} more of {rule} are not listed"))
            )
    return result
