"""Keep the outcome of each case of the matrix in `results.json`.

The file is committed, and `tools/generate.py` makes the guides' tables of it.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import platform
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("results.json")


def load() -> dict[str, dict[str, dict[str, Any]]]:
    """Return the results: by section, then by case."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def record(section: str, case: str, result: dict[str, Any]) -> None:
    """Write the result of a case in place of its previous one."""
    results = load()
    today = datetime.date.today().isoformat()
    results.setdefault(section, {})[case] = {"date": today, **result}
    text = json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False)
    # Another session may read it at the same time.
    temporary = FILE.with_suffix(".tmp")
    temporary.write_text(f"{text}\n", encoding="utf-8")
    temporary.replace(FILE)


def environment(packages: Sequence[str]) -> dict[str, Any]:
    """Return the versions of Python and of installed packages."""
    return {
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in packages},
    }


def main(case: str, report: str, *packages: str) -> str | None:
    """Record a report of pytest in the JUnit format; return why it is not a success."""
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314
    assert suite is not None
    count = {key: int(suite.attrib[key]) for key in ("tests", "failures", "errors")}
    failed = count["failures"] + count["errors"]
    skipped = int(suite.attrib["skipped"])
    passed = count["tests"] - failed - skipped
    result = {"passed": passed, "failed": failed, "skipped": skipped}
    record("versions", case, {**environment(packages), **result})
    return None if passed and not failed else f"{case}: {result}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
