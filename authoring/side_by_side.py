"""Several outputs of one layout at once: rendering is half of a short run, and most of that is loading libraries.

A forked child renders each output but the first and hands its bytes back through a pipe. Where the system cannot fork
safely, or a child fails for whatever reason, the output is rendered here: the same function of the same layout, so the
same bytes or the same error.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from authoring.renderers import render

if TYPE_CHECKING:
    from authoring.attachment import Attachment
    from authoring.layout.document import Layout


def render_all(layout: Layout, outputs: tuple[str, ...], source: Attachment | None = None) -> list[bytes]:
    """The bytes of `layout` as each of `outputs`, with `source` inside those that can carry it."""
    children = [_start(layout, output, source) for output in outputs[1:]] if _can_fork() else []
    rendered = [render(layout, output, source) for output in outputs[:1]]
    for index, output in enumerate(outputs[1:]):
        data = _collect(*children[index]) if index < len(children) else None
        rendered.append(data if data is not None else render(layout, output, source))
    return rendered


def _can_fork() -> bool:
    """Only where fork is safe (macOS's libraries are not made for it) and a second processor is there to use it."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _start(layout: Layout, output: str, source: Attachment | None) -> tuple[int, int]:
    """Begin rendering in a child; return its number and the end of the pipe that its bytes come out of."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(render(layout, output, source))
        status = 0
    finally:
        os._exit(status)  # none of the parent's clean-up is the child's


def _collect(child: int, reading: int) -> bytes | None:
    """What the child rendered; None where it failed."""
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    with suppress(ChildProcessError):
        return data if os.waitpid(child, 0)[1] == 0 else None
    return None
