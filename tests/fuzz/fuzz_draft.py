"""Coverage-guided fuzzing of the loader and the checks, by hand: `pip install atheris`, then
`python tests/fuzz/fuzz_draft.py CORPUS_DIR -max_total_time=600`. Anything but a diagnostic is a crash.

Record: see tests/fuzz/README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris  # not among the test requirements: run by hand

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["authoring"]):
    from authoring.checks import check, draft_of
    from authoring.diagnostics import AuthoringError, report
    from authoring.source.document import decode, parse
    from authoring.source.loading import source_of

HERE = Path("draft.yaml")


def one_input(data: bytes) -> None:
    """Read `data` as a draft, check it, and write the report."""
    try:
        source = source_of(parse(decode(data, "draft.yaml"), "draft.yaml"), HERE)
        diagnostics = source.diagnostics(check(draft_of(source.issue, source.publication)))
    except AuthoringError as error:
        diagnostics = error.diagnostics
    report(diagnostics, "zh")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
