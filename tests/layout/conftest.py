from __future__ import annotations

import os

import pytest


@pytest.fixture
def update_golden() -> bool:
    """Set UPDATE_GOLDEN=1 to rewrite the golden files; then read the diff."""
    return os.environ.get("UPDATE_GOLDEN") == "1"
