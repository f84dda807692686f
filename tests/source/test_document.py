"""Files that are no draft at all: what is said of them, and that nothing hangs or raises raw."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.diagnostics import CannotRun, InvalidIssue
from authoring.source import load, read_document
from authoring.source.document import MAX_BYTES, parse
from tests.conftest import absent, without_privileges


def refusal(path: Path) -> str:
    with pytest.raises(CannotRun) as refused:
        read_document(path)
    (found,) = refused.value.diagnostics
    assert found.span is None
    assert found.file == str(path)
    return found.message.zh


def test_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "055.yaml") == "找不到这个文件"


def test_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "这是一个文件夹，不是文件"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no FIFOs")
def test_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert refusal(pipe) == "不是普通文件"


def test_file_through_which_a_path_leads(write: Callable[..., Path]) -> None:
    assert refusal(write("a: b") / "055.yaml") == "读不出这个文件"


def test_name_that_no_system_takes(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a\0b.yaml") == "读不出这个文件"


def test_name_that_is_too_long(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("稿" * 300)) == "读不出这个文件"


def test_no_permission(write: Callable[..., Path], draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refusal(write(draft)) == "没有权限读这个文件"


def test_no_permission_for_real(write: Callable[..., Path], draft: str) -> None:
    path = write(draft)
    path.chmod(0)
    with without_privileges():
        assert refusal(path) == "没有权限读这个文件"


def test_file_that_is_too_large(write: Callable[..., Path]) -> None:
    with pytest.raises(InvalidIssue) as refused:
        read_document(write(b"#" * (MAX_BYTES + 1)))
    assert refused.value.diagnostics[0].message.zh == "文件太大，不像一期稿件"


def test_file_of_the_greatest_size_is_read(write: Callable[..., Path]) -> None:
    assert read_document(write(b"a: " + b"b" * (MAX_BYTES - 3))).value == {"a": "b" * (MAX_BYTES - 3)}


def test_name_in_messages_can_be_chosen(write: Callable[..., Path]) -> None:
    assert read_document(write("a: b"), "稿件.yaml").file == "稿件.yaml"


def test_every_node_and_key_has_its_place() -> None:
    document = parse('a: 一\n"b":\n  - 二\n  - {c: 三}\n', "issue.yaml")
    places = {path: (span.line, span.column) for path, span in document.spans.items()}
    assert places == {
        (): (1, 1),
        ("a",): (1, 4),
        ("b",): (3, 3),
        ("b", 0): (3, 5),
        ("b", 1): (4, 5),
        ("b", 1, "c"): (4, 9),
    }
    assert {path: (span.line, span.column) for path, span in document.keys.items()} == {
        ("a",): (1, 1),
        ("b",): (2, 1),
        ("b", 1, "c"): (4, 6),
    }


def test_columns_count_characters_not_bytes() -> None:
    document = parse("{a: 喆𬀩, b: 文}", "issue.yaml")
    assert document.spans["b",].column == 12


def test_unknown_publication_names_those_that_are_known(write: Callable[..., Path], draft: str) -> None:
    with pytest.raises(InvalidIssue) as refused:
        load(write(draft.replace("chuangxin-qudong-yaocan", "chuangxin")))
    (found,) = refused.value.diagnostics
    assert found.span is not None
    assert (found.span.line, found.span.column, found.message.zh) == (1, 14, "没有代号为 chuangxin 的刊物")
    assert "chuangxin-qudong-yaocan" in found.hint.zh


@pytest.mark.parametrize("place", ["neibu.yaml", "publications/neibu.yaml"])
def test_publication_beside_the_issue_is_found(write: Callable[..., Path], draft: str, place: str) -> None:
    write("id: neibu\nmasthead:\n  title: 内部简报\n", place)
    assert (
        load(write(draft.replace("chuangxin-qudong-yaocan", "neibu"))).publication.masthead.title
        == "内部简报"
    )


def test_errors_of_a_publication_name_its_file(write: Callable[..., Path], draft: str) -> None:
    publication = write("id: neibu\nmasthead:\n  titel: 内部简报\n", "neibu.yaml")
    with pytest.raises(InvalidIssue) as refused:
        load(write(draft.replace("chuangxin-qudong-yaocan", "neibu")))
    assert {found.file for found in refused.value.diagnostics} == {str(publication)}


def test_publication_without_a_title_is_refused(write: Callable[..., Path]) -> None:
    write("id: neibu\nmasthead:\n  number_line: 第{number}期\n", "neibu.yaml")
    with pytest.raises(InvalidIssue, match="缺少 title"):
        load(
            write(
                "publication: neibu\nnumber: 1\ndate: 2025-1-1\nsections: [{name: a, items: [{headline: b, body: [c]}]}]"
            )
        )


def test_absent_tools_fail_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="soffice is missing"):
        absent("soffice")
