"""Values against the model: every error at once, as findings in an editor's words."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from authoring import model
from authoring.diagnostics import NOTHING, Finding, Message, NodePath
from authoring.source import traps

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=model.Model)

_PARTS: dict[str, type[model.Model]] = {
    "sections": model.Section,
    "items": model.Item,
    "masthead": model.Masthead,
    "contents": model.Contents,
    "imprint": model.Imprint,
    "distribution": model.Distribution,
    "typesetting": model.Typesetting,
}
MAX_FINDINGS = 200
"""Beyond these the file is broken as a whole, and more would help nobody."""
_BLOCKS: tuple[type[model.Model], ...] = (model.Points, model.Heading)


def validate(kind: type[M], value: Any) -> M | list[Finding]:
    """`value` as a `kind`, or everything that is wrong with it."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[:MAX_FINDINGS]
        misspelt = {
            (*_node_path(detail)[:-1], _intended(detail, kind))
            for detail in details
            if detail["type"] == "extra_forbidden"
        }
        found = (
            _finding(detail, kind, value)
            for detail in details
            if detail["type"] != "missing" or _node_path(detail) not in misspelt
        )
        return [finding for finding in found if finding is not None]


def describe(path: NodePath, value: Any) -> Message:
    """`path` as an editor says it: 部委动态 › 第1条 › 标题."""
    zh: list[str] = []
    en: list[str] = []
    for index, part in enumerate(path):
        parent = path[index - 1] if index else ""
        if isinstance(part, int):
            name = _section_name(value, part) if parent == "sections" else ""
            unit = {"items": "条", "body": "段", "points": "点", "sections": "栏"}.get(str(parent), "项")
            zh.append(name or f"第{part + 1}{unit}")
            en.append(name or f"{str(parent).removesuffix('s')} {part + 1}")
        elif part not in ("sections", "items", "body", "points") or index == len(path) - 1:
            zh.append(_title(part) or str(part))
            en.append(str(part))
    return Message(" › ".join(zh), " › ".join(en))


def _finding(detail: ErrorDetails, kind: type[model.Model], value: Any) -> Finding | None:
    """One of pydantic's errors as a finding, at the deepest node of its `loc` that is in `value`.

    None for what only follows from another error (a list that is empty because its entries were not valid).
    """
    path: list[str | int] = []
    here = value
    rest: str | int | None = None
    for part in _node_path(detail):
        in_list = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if in_list or (isinstance(here, dict) and part in here):
            here = here[part]
        else:
            rest = part
            continue
        path.append(part)
    where = tuple(path)
    error = detail["type"]
    if error == "missing":
        field = str(rest)
        title = _title(field)
        return Finding(
            "F002",
            "error",
            where,
            Message(f"缺少 {field}" + (f"（{title}）" if title else ""), f"{field} is missing"),
            Message(f"加上一行 {field}: ……", f"add {field}:"),
            on_key=True,
        )
    if error == "extra_forbidden":
        return _unknown_field(where, kind)
    if error == "too_short" and here:
        return None
    message, hint = _wrong_value(error, detail.get("ctx") or {}, here, where)
    return Finding("F003", "error", where, message, hint)


def _unknown_field(path: NodePath, kind: type[model.Model]) -> Finding:
    field = str(path[-1])
    known = fields_at(path[:-1], kind)
    guess = _guess(field, known)
    if guess == field:  # points and heading in one entry: each is known, and they exclude each other
        return Finding(
            "F001",
            "error",
            path,
            Message(
                f"{field} 不能和别的内容写在同一段", f"{field} may not stand in one entry with the others"
            ),
            Message(
                "points 和 heading 分成两段，各以“- ”开头", "make points and heading entries of their own"
            ),
            on_key=True,
        )
    return Finding(
        "F001",
        "error",
        path,
        Message(
            f"未知字段 {field}" + (f"，是不是 {guess}？" if guess else ""),
            f"unknown field {field}" + (f"; did you mean {guess}?" if guess else ""),
        ),
        NOTHING if guess else Message(f"这里可以写：{'、'.join(known)}", f"known here: {', '.join(known)}"),
        on_key=True,
    )


def _intended(detail: ErrorDetails, kind: type[model.Model]) -> str:
    """The field that an unknown one was meant to be, "" where none is near: that one is not missing as well."""
    path = _node_path(detail)
    return _guess(str(path[-1]), fields_at(path[:-1], kind))


def _node_path(detail: ErrorDetails) -> NodePath:
    """The error's `loc` without the name of the union's branch that pydantic puts after a block's number."""
    loc = detail["loc"]
    return tuple(
        part
        for index, part in enumerate(loc)
        if not (index > 1 and loc[index - 2] == "body" and isinstance(loc[index - 1], int))
    )


def fields_at(path: NodePath, kind: type[model.Model]) -> dict[str, str]:
    """The names and titles of the fields that may stand in the mapping at `path`."""
    models = _models_at(path, kind)
    return {
        info.alias or name: info.title or "" for part in models for name, info in part.model_fields.items()
    }


def _guess(field: str, known: dict[str, str]) -> str:
    """The name that `field` was likely meant to be, by its spelling or its Chinese title; "" where none is near."""
    by_title = [name for name, title in known.items() if title and title == field]
    close = difflib.get_close_matches(field.lower(), known, n=1, cutoff=0.6)
    return (by_title or close or [""])[0]


def _models_at(path: NodePath, kind: type[model.Model]) -> tuple[type[model.Model], ...]:
    """The models whose fields may stand in the mapping at `path`."""
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return (kind,)
    if names[-1] == "body":
        return _BLOCKS
    return (_PARTS[names[-1]],) if names[-1] in _PARTS else ()


def _wrong_value(error: str, context: dict[str, Any], value: Any, path: NodePath) -> tuple[Message, Message]:
    """What is wrong with `value`, and how to mend it."""
    if value is None:
        return Message("没有内容", "left empty"), Message(
            "补上内容，或删去这一项", "fill it in, or take it out"
        )
    if error in ("string_type", "blank", "string_too_short"):
        return _not_text(value)
    if error in ("tuple_type", "list_type") and isinstance(value, str) and value[:1] in "-–—－":
        return traps.DASH
    if error in ("tuple_type", "list_type"):
        return (
            Message("这里应是列表", "a list is wanted here"),
            Message("另起一行，每项以“- ”开头", "write each entry on its own line after “- ”"),
        )
    if error in ("model_type", "model_attributes_type", "dict_type"):
        return _not_mapping(value)
    if error == "block_kind":
        return _not_a_block(value)
    if error == "literal_error":
        return (
            Message(f"不能是 {_short(value)}", f"{_short(value)} is not known here"),
            Message(f"可以写：{_choices(context, '、')}", f"use one of {_choices(context, ', ')}"),
        )
    if error in _SIMPLE:
        message, hint = _SIMPLE[error]
        shown = _short(value)
        return Message(message.zh.format(shown), message.en.format(shown)), hint
    return Message(f"内容不合要求：{_short(value)}", f"not valid: {_short(value)}"), NOTHING


_SIMPLE: dict[str, tuple[Message, Message]] = {
    "number_form": (
        Message("应为数字，实为“{}”", "a number is wanted, not “{}”"),
        Message("只写阿拉伯数字", "write digits only"),
    ),
    "int_type": (Message("应为数字", "a number is wanted"), Message("只写阿拉伯数字", "write digits only")),
    "greater_than_equal": (
        Message("数字应从 1 起，实为“{}”", "at least 1 is wanted, not “{}”"),
        Message("写 1 或更大的数", "write 1 or more"),
    ),
    "date_form": (
        Message("不是日期：“{}”", "not a date: “{}”"),
        Message("写成 2025-10-13", "write it as 2025-10-13"),
    ),
    "date_impossible": (
        Message("没有这一天：{}", "there is no such day: {}"),
        Message("检查月份和日期", "check month and day"),
    ),
    "too_short": (
        Message("至少要有一项", "at least one entry is wanted"),
        Message("补上内容，每项以“- ”开头", "add one after “- ”"),
    ),
    "bool_parsing": (
        Message("应为“是”或“否”，实为“{}”", "yes or no is wanted, not “{}”"),
        Message("写 是 或 否", "write yes or no"),
    ),
    "bool_type": (
        Message("应为“是”或“否”", "yes or no is wanted"),
        Message("写 是 或 否", "write yes or no"),
    ),
    "string_pattern_mismatch": (
        Message("代号“{}”里有不能用的字符", "“{}” has characters that an identifier may not have"),
        Message(
            "只用小写字母、数字和连字符，如 chuangxin-qudong-yaocan",
            "use lower-case letters, digits and hyphens",
        ),
    ),
    "date_type": (Message("不是日期", "not a date"), Message("写成 2025-10-13", "write it as 2025-10-13")),
}


def _not_text(value: Any) -> tuple[Message, Message]:
    if isinstance(value, dict):
        return (
            Message("这段文字被读成了“字段: 值”", "this text was read as a field and its value"),
            Message(
                "文字里的半角冒号改成全角“：”，或给整段加引号", "use “：” in the text, or put it in quotes"
            ),
        )
    if isinstance(value, list):
        return (
            Message("这里应是一段文字，不是列表", "a text is wanted here, not a list"),
            Message("以 [ 开头的文字要加引号；列表请分段写", "quote a text that begins with ["),
        )
    return Message("没有内容", "left empty"), Message("补上文字，或删去这一项", "fill it in, or take it out")


def _not_mapping(value: Any) -> tuple[Message, Message]:
    if isinstance(value, str) and "：" in value[:30]:
        return (
            Message("字段名后面是全角冒号", "a full-width colon after a field's name"),
            Message("改成半角冒号加空格 “: ”", "use a colon and a space"),
        )
    if isinstance(value, list):
        return (
            Message("这里应是字段，不是列表", "fields are wanted here, not a list"),
            Message("去掉行首的“- ”", "take out the “- ”"),
        )
    return (
        Message(
            f"这里应是“字段: 值”，实为“{_short(value)}”", f"fields are wanted here, not “{_short(value)}”"
        ),
        Message("检查冒号和缩进", "check colon and indentation"),
    )


def _not_a_block(value: Any) -> tuple[Message, Message]:
    known = [name for part in _BLOCKS for name in part.model_fields]
    if isinstance(value, dict):
        keys = [str(key) for key in value]
        close = [
            match for key in keys for match in difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.6)
        ]
        if close:
            return (
                Message(
                    f"未知字段 {keys[0]}，是不是 {close[0]}？",
                    f"unknown field {keys[0]}; did you mean {close[0]}?",
                ),
                NOTHING,
            )
        return _not_text(value)
    return (
        Message("正文里不能直接放列表", "a list may not stand in a body by itself"),
        Message("编号段落写在 points: 下面", "put numbered paragraphs under points:"),
    )


def _choices(context: dict[str, Any], separator: str) -> str:
    expected = str(context.get("expected", "")).replace("'", "")
    return expected.replace(" or ", ", ").replace(", ", separator)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 20 else text[:20] + "…"


def _title(field: str | int) -> str:
    every: tuple[type[model.Model], ...] = (model.Issue, model.Publication, *_PARTS.values(), *_BLOCKS)
    for part in every:
        for name, info in part.model_fields.items():
            if str(field) == (info.alias or name) and info.title:
                return info.title
    return {"folio": "页码"}.get(str(field), "")


def _section_name(value: Any, index: int) -> str:
    try:
        name = value["sections"][index]["name"]
    except (KeyError, IndexError, TypeError):
        return ""
    return name if isinstance(name, str) else ""
