"""Compare the mutants that survived the tests with those that are known to.

    python tests/mutants/survivors.py

Run it after `mutmut run`, in the same folder. `equivalent.toml` lists the mutants that
no test can or need notice, each with the reason.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

KNOWN = Path(__file__).with_name("equivalent.toml")


def mutmut(*arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    known = {
        (one["before"], one["after"])
        for one in tomllib.loads(KNOWN.read_text("utf-8"))["equivalent"]
    }
    new = []
    for line in mutmut("results").splitlines():
        name, _, status = line.strip().partition(": ")
        # A mutant that never ends was noticed.
        if status not in ("survived", "no tests", "suspicious"):
            continue
        changes: dict[str, list[str]] = {"-": [], "+": []}
        for changed in mutmut("show", name).splitlines():
            if changed[:1] in changes and changed[:3] not in ("---", "+++"):
                changes[changed[0]].append(changed[1:].strip())
        change = (" ".join(changes["-"]), " ".join(changes["+"]))
        if change not in known:
            new.append(f"{name}\n  - {change[0]}\n  + {change[1]}")
    if new:
        message = "Write a test for each, or add it to tests/mutants/equivalent.toml."
        sys.exit("\n".join([*new, f"{len(new)} mutants survived. {message}"]))


if __name__ == "__main__":
    main()
