"""What a value in an issue may be: text, numbers, dates and yes or no as editors type them, read with care."""

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from authoring.inline import headline_lines, plain

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]*")
IDENTIFIER_PATTERN = f"^{IDENTIFIER.pattern}$"


def day_of(value: object) -> object:
    """Read a date as editors type it: 2025-10-13, 2025/10/13, 2025.10.13 or 2025年10月13日."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", _narrow(value))
    if match is None:
        raise PydanticCustomError("date_form", "not a date")
    try:
        date = dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        raise PydanticCustomError("date_impossible", "no such day") from None
    if date.year < 1900:
        raise PydanticCustomError("date_impossible", "no year of an issue")
    return date


def whole_number(value: object) -> object:
    """Read a whole number from text: 054 is 54, and full-width digits count as digits."""
    if isinstance(value, str):
        digits = _narrow(value)
        if not re.fullmatch(r"[0-9]{1,9}", digits):
            raise PydanticCustomError("number_form", "not a whole number")
        return int(digits)
    return value


def yes_or_no(value: object) -> object:
    """Read 是/否, yes/no, on/off, true/false; YAML's own guess at these words is never used."""
    words = {
        "是": True,
        "yes": True,
        "on": True,
        "true": True,
        "否": False,
        "no": False,
        "off": False,
        "false": False,
    }
    return words.get(value.strip().lower(), value) if isinstance(value, str) else value


_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0D: "-", 0xFF0F: "/", 0xFF0E: "."}


def _narrow(text: str) -> str:
    return text.translate(_FULL_WIDTH).strip()


def not_blank(value: object) -> object:
    """Refuse text of which nothing would be set: white space, invisible characters, `**` around nothing."""
    if isinstance(value, str) and not plain(value).strip():
        raise PydanticCustomError("blank", "blank text")
    return value


def _headline(value: object) -> object:
    if isinstance(value, str) and not headline_lines(value):
        raise PydanticCustomError("blank", "blank text")
    return value


Text = Annotated[str, BeforeValidator(not_blank), Field(min_length=1)]
Headline = Annotated[Text, BeforeValidator(_headline)]
Number = Annotated[
    int,
    BeforeValidator(whole_number),
    Field(ge=1),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]+$"}),
]
Day = Annotated[
    dt.date,
    BeforeValidator(day_of),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$"}),
]
Flag = Annotated[
    bool,
    BeforeValidator(yes_or_no),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["是", "否"]}]}),
]
