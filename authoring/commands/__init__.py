"""Commands of `authoring` that fill a module each: a function adds them to the command, and they may print."""

from __future__ import annotations

from authoring.commands.archive import add_archive
from authoring.commands.checking import add_checking
from authoring.commands.importing import add_importing
from authoring.commands.migrating import add_migrating
from authoring.commands.new import add_new
from authoring.commands.reprint import add_reprint
from authoring.commands.shared import Shared

__all__ = [
    "Shared",
    "add_archive",
    "add_checking",
    "add_importing",
    "add_migrating",
    "add_new",
    "add_reprint",
]
