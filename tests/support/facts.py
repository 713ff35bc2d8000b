from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_TESTS = Path(__file__).parents[1]


def _read(name: str) -> Any:
    return json.loads((_TESTS / name).read_text(encoding="utf-8"))


# The vendor's contract, and values that break naive escaping and checking.
CONTRACT = _read("contract.json")
HOSTILE = _read("hostile.json")
