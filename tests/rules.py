"""Small rules for tests of what stands around the rules: they mark a word, and know how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.checks import Draft, Problem, Rule
from authoring.diagnostics import NOTHING, Edit, Fix, Message, Severity


def word_rule(
    code: str, word: str, better: str | None, severity: Severity = "error", *, safe: bool = True
) -> Rule:
    """A rule `code` that finds `word` in every text and would write `better`."""

    def find(draft: Draft) -> Iterator[Problem]:
        """不用这个词。

        为什么：有更好的。
        ---
        Not this word.
        """
        for node in draft.nodes:
            at = node.text.find(word)
            while at >= 0:
                end = at + len(word)
                fix = None if better is None else Fix(safe, (Edit(node.path, at, end, better),))
                hint = NOTHING if better is None else Message(f"改为{better}", f"write {better}")
                yield Problem(node.path, Message(f"不用{word}", f"not {word}"), hint, (at, end), fix)
                at = node.text.find(word, end)

    return Rule(code, f"word-{code.lower()}", severity, Message("用词", "a word"), find)


RULES = (
    word_rule("W901", "坏词", "好词"),
    word_rule("W902", "疑词", "正词", "warning", safe=False),
    word_rule("W903", "淡词", None, "info"),
)
