"""Click's own sentences in Chinese. Click marks them for gettext but ships no catalogue, and the process's locale is not
asked: an editor reads Chinese on any machine."""

from __future__ import annotations

import gettext

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from authoring.diagnostics import Lang

CHINESE = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "看说明：{command} {option}",
    "No such option: {name}": "没有这个选项：{name}",
    "No such option {name!r}.": "没有这个选项：{name}",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "No such command {name!r}.": "没有这个命令：{name}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写内容。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写内容。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 之内。",
    "Aborted!": "已中断。",
    "default: {default}": "默认 {default}",
    "required": "必填",
}
PLURALS = {
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "{value!r} is not {choice}.": "“{value}”不能用，只能写 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不能用，可选：{choices}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Possible options: {possibilities})": "（相近的选项：{possibilities}）",
    "(Did you mean one of: {possibilities}?)": "（是不是 {possibilities}？）",
}

_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def speak(lang: Lang) -> None:
    """Make Click say every sentence of CHINESE and PLURALS in `lang`; it has no others that this command calls forth."""
    one, many = (_one, _many) if lang == "zh" else (gettext.gettext, gettext.ngettext)
    for module in _MODULES:
        if hasattr(module, "_"):
            module._ = one  # type: ignore[attr-defined]  # the name that Click gives gettext
        if hasattr(module, "ngettext"):
            module.ngettext = many  # type: ignore[attr-defined]


def _one(sentence: str) -> str:
    return CHINESE.get(sentence, sentence)


def _many(singular: str, plural: str, count: int) -> str:
    return PLURALS.get(singular) or CHINESE.get(singular) or (singular if count == 1 else plural)
