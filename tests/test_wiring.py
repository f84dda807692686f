"""The files that an office copies: well formed, and calling the command as it is."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, Command

CI = ROOT / "docs" / "ci"
CALL = re.compile(r"authoring check [^\n>|]*")
FILES = (ROOT / ".pre-commit-hooks.yaml", CI / "github.yml", CI / "gitlab.yml")


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_calls_are_ones_that_the_command_takes(
    run: Command, samples: Path, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "050.yaml").write_bytes((samples / "050.yaml").read_bytes())
    calls = [call for call in CALL.findall(path.read_text(encoding="utf-8")) if ")" not in call]
    assert calls
    for call in calls:
        words = shlex.split(call.replace("$DRAFTS", str(tmp_path)))[1:]
        outcome = run(*words, *([] if str(tmp_path) in words else [tmp_path]))
        assert outcome.code in (0, 1), outcome.err


def test_hooks_take_drafts_and_leave_publications() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert {"id", "name", "entry", "language"} <= set(hook)
        taken = [
            name
            for name in ("055.yaml", "稿件/055.yml", "publications/a.yaml", "a/publications/b.yaml", ".pre-commit-config.yaml", ".github/workflows/check.yml", "a.txt", "2025/055/055.yaml", "archive/2025/050/issue.yaml", "档案/2025/增刊001/lock.yaml", "2025/050/chuangxin-qudong-yaocan.yaml")
            if re.search(hook["files"], name) and not re.search(hook["exclude"], name)
        ]  # fmt: skip
        assert taken == ["055.yaml", "稿件/055.yml", "2025/055/055.yaml"]


def test_services_files_are_well_formed() -> None:
    github = yaml.safe_load((CI / "github.yml").read_text(encoding="utf-8"))
    assert github["permissions"] == {"contents": "read"}
    assert [step["run"] for step in github["jobs"]["check"]["steps"] if "run" in step][-1].endswith("github")
    gitlab = yaml.safe_load((CI / "gitlab.yml").read_text(encoding="utf-8"))["稿件检查"]
    for report in gitlab["artifacts"]["reports"].values():
        assert any(f"> {report}" in line for line in gitlab["script"])


def test_editors_settings_name_schemas_that_are_there() -> None:
    settings = json.loads((CI / "vscode-settings.json").read_text(encoding="utf-8"))
    for schema in settings["yaml.schemas"]:
        assert (ROOT / schema).is_file()
