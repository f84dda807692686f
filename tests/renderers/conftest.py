from __future__ import annotations

import pytest

from authoring.layout import Layout
from authoring.renderers.docx import render
from tests.renderers.docx_reader import Package, set_sample


@pytest.fixture(scope="module", params=["050", "054"])
def layout(request: pytest.FixtureRequest) -> Layout:
    return set_sample(request.param)


@pytest.fixture(scope="module")
def package(layout: Layout) -> Package:
    return Package(render(layout))
