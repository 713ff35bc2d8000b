"""Check the files that other services read against the schemas of these services."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCHEMAS = {
    "github-workflows": ".github/workflows/*.yml",
    "github-issue-forms": ".github/ISSUE_TEMPLATE/[!c]*.yml",
    "github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
    "dependabot": ".github/dependabot.yml",
    "readthedocs": ".readthedocs.yaml",
}

for name, pattern in SCHEMAS.items():
    files = sorted(map(str, ROOT.glob(pattern)))
    command = [sys.executable, "-m", "check_jsonschema", "--quiet", "--builtin-schema"]
    if not files or subprocess.run([*command, f"vendor.{name}", *files]).returncode:
        raise SystemExit(f"{pattern}: does not match the schema {name}")
