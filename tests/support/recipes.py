"""The recipes of the two guides: each is a section of a page below `recipes/`."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from sites import PROFILE

SAMPLES = Path(__file__).parents[2] / "sample_docs"
SHARED = SAMPLES / "shared"

LEFT_OUT = "# ... the three values from Halo"
OTHER_PAGES = {
    "index.md": "# Home",
    "contact.md": "# Contact",
    "blog/index.md": "# Blog",
    "support/index.md": "# Support",
}

_INCLUDE = re.compile(
    r'^--8<-- "(?P<snippet>.+)"$|^\.\. include:: (?:\.\./)+shared/(?P<file>.+)\n'
    r"   :parser: myst_parser\.sphinx_$",
    re.MULTILINE,
)
_PART = re.compile(
    r'^```(?P<language>\S+)(?: title="(?P<title>.+)")?\n(?P<code>(?:.*\n)*?)```$'
    r"|^\.\. code-block:: (?P<rst_language>\S+)\n(?:   :caption: (?P<caption>.+)\n)?"
    r"(?P<rst_code>(?:\n|   .*\n)+)"
    r"|^## (?P<heading>.+)$|^(?P<rst_heading>\S.*)\n-{3,}$",
    re.MULTILINE,
)


@dataclass
class Recipe:
    """A recipe: its text, its files by their paths, and its other code."""

    page: str
    title: str
    text: str = ""
    files: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    other: list[tuple[str, str]] = field(default_factory=list)

    def commands(self) -> list[str]:
        """Return the commands that readers type into a shell."""
        return [
            line.removeprefix("$ ")
            for language, code in self.other
            if language == "console"
            for line in code.splitlines()
            if line.startswith("$ ")
        ]


def _included(match: re.Match[str]) -> str:
    path = SHARED / (match["snippet"] or match["file"])
    return path.read_text(encoding="utf-8").rstrip("\n")


def read_recipes(host: str) -> dict[str, Recipe]:
    """Return the recipes of a guide, `mkdocs` or `sphinx`, by their titles."""
    folder = SAMPLES / ("mkdocs/docs" if host == "mkdocs" else host) / "recipes"
    recipes: dict[str, Recipe] = {}
    for page in sorted(folder.iterdir()):
        text = _INCLUDE.sub(_included, page.read_text(encoding="utf-8"))
        recipe = Recipe(page.stem, "")
        end = 0
        for part in _PART.finditer(text):
            recipe.text += text[end : part.start()]
            end = part.end()
            if title := part["heading"] or part["rst_heading"]:
                assert title not in recipes
                recipe = recipes[title] = Recipe(page.stem, title)
                continue
            language = part["language"] or part["rst_language"]
            code = part["code"]
            if code is None:
                code = textwrap.dedent(part["rst_code"]).strip("\n") + "\n"
            if path := part["title"] or part["caption"]:
                assert path not in recipe.files, (recipe.title, path)
                recipe.files[path] = code
                recipe.languages[path] = language
            else:
                recipe.other.append((language, code))
        recipe.text += text[end:]
    return recipes


def write_project(
    recipe: Recipe, folder: Path, config: str = "mkdocs.yml", **options: object
) -> None:
    """Write the files of a recipe, with the values from Halo and some pages.

    `options` are added to the values from Halo, or replace them.
    """
    pages = {f"docs/{path}": text for path, text in OTHER_PAGES.items()}
    for path, text in {**pages, **recipe.files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    values = [
        f"      {name}: {json.dumps(value)}"
        for name, value in {**PROFILE, **options}.items()
    ]
    yml = recipe.files[config].replace(f"      {LEFT_OUT}", "\n".join(values))
    (folder / config).write_text(
        f"site_name: Test\nvalidation: {{links: {{anchors: warn}}}}\n{yml}",
        encoding="utf-8",
    )
