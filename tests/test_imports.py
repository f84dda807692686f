"""Who may import whom, by `ast`; no cycles; no module that has grown beyond one subject."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "authoring"

VALUES = {"diagnostics", "characters"}
MODEL = {"model", "inline", "wording", *VALUES}
ALLOWED: dict[str, set[str]] = {
    "__init__": {"source", "layout", "renderers", "fonts", "model", "attachment"},
    "__main__": {"cli"},
    "characters": set(),
    "diagnostics": set(),
    "attachment": set(),
    "style": set(),
    "words": set(),
    "click_zh": {"diagnostics"},
    "fields": {"inline"},
    "model": {"fields"},
    "inline": {"characters"},
    "wording": {"model", "inline", "diagnostics"},
    "schema": {"model"},
    "files": {"diagnostics"},
    "source": {"model", "fields", *VALUES},
    "fonts": {"style", *VALUES},
    "layout": {"fonts", "style", "words", *MODEL},
    "renderers": {"layout.document", "record", "fonts", "style", "attachment", *MODEL},
    "markers": {"wording"},
    "checks": {"markers", "words", *MODEL},
    "importers": {"source", "markers", "record", "renderers.docx_styles", *MODEL},
    "as_printed": {"layout", "fonts", "model", "inline", "diagnostics"},
    "record": {"inline"},
    "unseen": {"inline", "model"},
    "text_diff": set(),
    "updating": {"source", "fields", "diagnostics"},
    "migrate_run": {"source", "updating", "draft_files", "files", "model", "diagnostics"},
    "import_update": {
        "import_run",
        "importers",
        "source",
        "files",
        "fonts",
        "unseen",
        "updating",
        "inline",
        "model",
        "diagnostics",
    },
    "import_run": {
        "importers",
        "as_printed",
        "draft_files",
        "choice",
        "checks",
        "source",
        "layout",
        "fonts",
        "files",
        "model",
        "inline",
        "diagnostics",
    },
    "archive": {
        "source",
        "checks",
        "layout",
        "fonts",
        "files",
        "build",
        "side_by_side",
        "style",
        "model",
        "inline",
        "wording",
        "diagnostics",
    },
    "extract": {"attachment", "diagnostics"},
    "side_by_side": {"renderers", "layout.document", "attachment"},
    "build": {"source", "layout", "fonts", "files", "side_by_side", "attachment", "diagnostics"},
    "explain": {"checks", "layout.remarks", "diagnostics"},
    "reporters": {"explain", "diagnostics"},
    "fixing": {"source", "diagnostics"},
    "noqa": {"source", "diagnostics"},
    "choice": {"checks", "explain", "diagnostics"},
    "baseline": {"reporters", "diagnostics"},
    "check_run": {
        "source",
        "checks",
        "layout",
        "fonts",
        "files",
        "fixing",
        "noqa",
        "baseline",
        "choice",
        "explain",
        "draft_files",
        "archive",
        "model",
        "diagnostics",
    },
    "draft_files": {"files", "diagnostics"},
    "new_issue": {"source", "files", "inline", "diagnostics"},
    "commands": {
        "check_run",
        "draft_files",
        "import_run",
        "import_update",
        "text_diff",
        "migrate_run",
        "model",
        "new_issue",
        "explain",
        "reporters",
        "source",
        "build",
        "archive",
        "extract",
        "files",
        "inline",
        "diagnostics",
    },
}
"""Part -> what it may import. `cli` may import everything; a part that is not here may import nothing."""

LONG: dict[str, str] = {}
"""Modules over 400 lines, each with its reason."""

MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imports(path: Path) -> set[str]:
    """The modules of the package that `path` imports anywhere in it, also for type checking, without `authoring.`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            submodules = {f"{node.module}.{alias.name}" for alias in node.names}
            known = {
                name
                for name in submodules
                if name.removeprefix("authoring.").removesuffix(".__init__") in TARGETS
            }
            found |= known or {str(node.module)}
    return {name.removeprefix("authoring.") for name in found if name.startswith("authoring.")}


TARGETS = {name.removesuffix(".__init__") for name in MODULES}


def part(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_only_what_its_part_may(module: str) -> None:
    if module == "cli":
        return
    allowed = {part(module), *ALLOWED.get(part(module), set())}
    refused = {name for name in imports(MODULES[module]) if part(name) not in allowed and name not in allowed}
    assert refused == set(), f"authoring.{module} must not import them"


@pytest.mark.parametrize("name", ALLOWED)
def test_part_imports_all_that_it_may(name: str) -> None:
    used = {found for module in MODULES if part(module) == name for found in imports(MODULES[module])}
    needless = {one for one in ALLOWED[name] if not any(f"{found}.".startswith(f"{one}.") for found in used)}
    assert needless == set(), f"authoring.{name} imports none of them; take them out of its row"


def test_no_renderer_imports_another() -> None:
    renderers = {name for name in MODULES if part(name) == "renderers" and name != "renderers.__init__"}
    family = {name: name.removeprefix("renderers.").partition("_")[0] for name in renderers}
    crossing = {
        (name, other)
        for name in renderers
        for other in imports(MODULES[name]) & renderers
        if family[name] != family[other]
    }
    assert crossing == set()


def test_no_module_is_in_a_cycle() -> None:
    graph = {
        name.removesuffix(".__init__"): imports(path) - {name.removesuffix(".__init__")}
        for name, path in MODULES.items()
    }
    # A package's door imports its rooms; a room that names the door means the rooms behind it.
    list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", MODULES)
def test_module_has_one_subject(module: str) -> None:
    length = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert length <= 400 or module in LONG


def test_every_reason_is_still_needed() -> None:
    assert {
        module for module in LONG if len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 400
    } == set()


def test_only_the_command_prints_or_exits() -> None:
    talking = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "exit", "sys.exit", "click.echo", "input")
    }
    assert talking <= {
        "cli",
        "commands.archive",
        "commands.checking",
        "commands.importing",
        "commands.migrating",
        "commands.new",
        "commands.reprint",
    }


def test_nothing_that_is_printed_reads_the_clock() -> None:
    clocks = ("now", "today", "time.time", "utcnow", "localtime", "random", "uuid4")
    reading = {
        (name, ast.unparse(node.func))
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(clocks)
    }
    assert reading == {
        ("commands.new", "today")
    }  # the date of a new issue where none is given; `cli` hands it in
