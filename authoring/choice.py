"""Which rules count in a run, by code, name or a code's beginning."""

from __future__ import annotations

from collections.abc import Iterable

from authoring.checks import Rule
from authoring.explain import pages, unknown_rule

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
