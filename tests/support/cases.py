from __future__ import annotations

from typing import Any

import pytest


def only_with_full(*values: object) -> list[Any]:
    """Return values for `parametrize` that `make test` leaves out."""
    return [pytest.param(value, marks=pytest.mark.full) for value in values]
