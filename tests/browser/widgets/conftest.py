from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from widgets import Case, Visit


@pytest.fixture
def visit(
    page: Page, tmp_path: Path, serve: Callable[[Path], Any]
) -> Callable[[Case], Visit]:
    """Return a visitor for a case."""
    return lambda case: Visit(page, serve(tmp_path), case)
