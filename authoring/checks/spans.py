"""Stretches of a text that speak with another voice: quotations and titles."""

from __future__ import annotations

import re
from bisect import bisect_right

_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|《[^》]*》|〈[^〉]*〉|「[^」]*」")


class Quoted:
    """The quotations and titles of a text; `covers` says whether a place lies in one."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _QUOTED.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._ends[index]
