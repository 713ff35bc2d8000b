"""Write what derives from the tables of the package: guides, schemas, TypeScript.

python tools/generate.py           write them
python tools/generate.py --check   only tell whether they are up to date
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import yaml

import halochat.languages
from halochat.cli.schema import schema_for
from halochat.events import (
    FUNCTION_PREFIX,
    FUNCTIONS,
    INBOUND,
    INBOUND_PREFIX,
    OUTBOUND,
    OUTBOUND_PREFIX,
    Event,
)
from halochat.languages import ENGLISH
from halochat.options import GROUPS, PROPERTIES, Option

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "python tools/generate.py"
OLDEST = min(option.since for option in PROPERTIES)
FOLDER = Path(halochat.languages.__file__).parent
PREVIEW = Path(__file__).with_name("preview.yml")


class Section(NamedTuple):
    """A heading, a sentence, and a table.

    Code stands in single backticks; a cell may have several lines.
    """

    title: str
    text: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def options(host: str) -> Iterator[Section]:
    """Yield a section for each group of options, as one host spells them."""
    place = {"mkdocs": "Front matter", "sphinx": "Directive"}[host]
    texts = {
        "Chat profile": "The values from Halo. The address and both of the profile's "
        "values are required.",
        "Loading": "These are not Halo's: the loader and the build understand them.",
    }
    for title, group in GROUPS.items():
        yield Section(
            title,
            texts.get(title, ""),
            ("Option", "What it does", "Value", "Default", place),
            [
                (
                    names(option),
                    option.summary,
                    examples_as_code(option.type.label),
                    default(option),
                    on_a_page(option, host),
                )
                for option in group
            ],
        )


def names(option: Option) -> str:
    """Return an option's name, and below it Halo's where that is another."""
    lines = [code(option.name)]
    if option.since and option.key != option.name:
        lines.append(code(option.key))
    if option.since > OLDEST:
        lines.append(f"since {option.since}")
    return "\n".join(lines)


def examples_as_code(label: str) -> str:
    """Mark the examples in a kind's label: in quotes, or mappings in braces."""
    return re.sub(
        r"'([^']+)'|(\{[^}]+\})", lambda found: code(found[1] or found[2]), label
    )


def on_a_page(option: Option, host: str) -> str:
    """Return how a page sets an option; empty where only the site can."""
    if not option.page:
        return ""
    if host == "mkdocs":
        return "yes"
    as_text = option.type.from_text is not None
    return code(f":{option.directive_option}:") if as_text else "in the body"


def default(option: Option) -> str:
    """Return an option's default as it is written in a configuration."""
    value = option.default
    if option.required:
        return "required"
    return "" if value is None else code(str(value).lower())


def events(title: str, text: str, prefix: str, found: Sequence[Event]) -> Section:
    """Return a section for a list of events."""
    rows = [
        (code(event.name), event.summary, code(event.detail) if event.detail else "")
        for event in found
    ]
    return Section(
        title, text.format(prefix=prefix), ("Name", "What it does", "Detail"), rows
    )


def api() -> Iterator[Section]:
    """Yield a section for each part of the Events API."""
    yield events(
        "Inbound events",
        "From the page to the chat, with `enable_inbound_events`. The full name of an "
        "event begins with `{prefix}`; `halochat.send()` and triggers take the short "
        "one.",
        INBOUND_PREFIX,
        INBOUND,
    )
    yield events(
        "Outbound events",
        "From the chat to the page, on `window`, with `enable_outbound_events`. The "
        "full name begins with `{prefix}`. Of a chat header only `id`, `unread_count` "
        "and `messages` are documented.",
        OUTBOUND_PREFIX,
        OUTBOUND,
    )
    yield events(
        "Function",
        "On `window`, with `enable_functions`. The full name begins with `{prefix}`.",
        FUNCTION_PREFIX,
        FUNCTIONS,
    )


def texts() -> Section:
    """Return the section for the chat's texts."""
    return Section(
        "Texts",
        "What `language` takes as a mapping. `@@@` stands for a number or a name.",
        ("Text", "In English"),
        [(code(name), text) for name, text in ENGLISH.widget.items()],
    )


def language(text: str) -> str:
    """Return a language's name, which begins its file."""
    found = re.match(r"# (.+?)\.(?:\s)", text)
    if found is None:
        raise ValueError(f"expected '# Name (own name).', got {text[:40]!r}")
    return found[1]


INTRODUCTION = {
    "mkdocs": "Options as they are spelt in `mkdocs.yml`, and below them Halo's names, "
    "which are understood as well. Front matter takes the options marked so; the "
    "others are the site's alone.",
    "sphinx": "Options as they are spelt in `halochat_options` in `conf.py`, and below "
    "them Halo's names, which are understood as well. What the directive does not take "
    "is the site's alone.",
}
DEFAULTS = (
    "Defaults are the documented ones; Halo's are not sent. What has none is left to "
    f"Halo. Halo's properties are those of its guide of version {OLDEST}."
)


def sections(host: str) -> list[Section]:
    """Return all of a host's reference."""
    return [*options(host), *api(), texts()]


# --- The two markups -----------------------------------------------------------------


def code(text: str) -> str:
    """Mark a text as code, for both markups."""
    return f"`{text}`"


def markdown() -> str:
    """Return the page of the MkDocs guide."""
    lines = [
        "---\nhide: [toc]\n---\n",
        f"<!-- Written by {COMMAND}: change the tables in halochat/ instead. -->\n",
        "# Reference\n",
        INTRODUCTION["mkdocs"] + "\n",
        DEFAULTS + "\n",
    ]
    for section in sections("mkdocs"):
        lines.append(f"## {section.title}\n")
        if section.text:
            lines.append(section.text + "\n")
        lines += [*markdown_table(section.header, *section.rows), ""]
    return "\n".join(lines)


def markdown_table(header: Sequence[str], *rows: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a table."""
    for row in (header, ["---"] * len(header), *rows):
        yield f"| {' | '.join(row)} |".replace("\n", "<br>")


def preview() -> str:
    """Return the table, for both guides, of what the preview shows of each property."""
    rows = [
        (
            "\n".join(map(code, entry["options"])),
            entry["shows"],
            entry.get("cannot", ""),
        )
        for entry in yaml.safe_load(PREVIEW.read_text(encoding="utf-8"))
    ]
    header = ("Option", "The preview shows", "It cannot show")
    note = f"<!-- Written by {COMMAND}: change tools/{PREVIEW.name} instead. -->\n"
    return "\n".join([note, *markdown_table(header, *rows), ""])


def languages() -> str:
    """Return the table, for both guides, of the languages there are."""
    files = {
        path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml")
    }
    rows = [(code(tag), language(text)) for tag, text in sorted(files.items())]
    note = f"<!-- Written by {COMMAND} from halochat/languages/. -->\n"
    return "\n".join([note, *markdown_table(("Tag", "Language"), *rows), ""])


def restructured_text() -> str:
    """Return the page of the Sphinx guide."""
    lines = [
        f".. Written by {COMMAND}: change the tables in halochat/ instead.\n",
        *heading("Reference", "="),
        literal(INTRODUCTION["sphinx"]) + "\n",
        literal(DEFAULTS) + "\n",
    ]
    for section in sections("sphinx"):
        label = section.title.lower().replace(" ", "-")
        lines += [f".. _reference-{label}:\n", *heading(section.title, "-")]
        if section.text:
            lines.append(literal(section.text) + "\n")
        lines.append(".. list-table::\n   :header-rows: 1\n   :class: reference\n")
        for row in (section.header, *section.rows):
            lines.append("   * " + "\n     ".join(map(list_cell, row)))
        lines.append("")
    return "\n".join(lines)


def list_cell(text: str) -> str:
    """Return a cell of a list table; several lines are a line block."""
    lines = literal(text).split("\n")
    marks = ["| "] * len(lines) if len(lines) > 1 else [""]
    cell = "\n       ".join(map(str.__add__, marks, lines))
    return f"- {cell}".rstrip()


def heading(title: str, underline: str) -> list[str]:
    """Return a heading."""
    return [title, underline * len(title) + "\n"]


def literal(text: str) -> str:
    """Double the backticks around code."""
    return text.replace("`", "``")


def schema(host: str) -> str:
    """Return the JSON schema for a host, as the command prints it."""
    return json.dumps(schema_for(host), indent=2) + "\n"


# --- What the browser code shares with the package ------------------------------------

TYPESCRIPT = f"// Written by {COMMAND} from {{source}}: change that instead.\n"


def typescript_events() -> str:
    """Return the module of event names for the browser code."""
    lines = [TYPESCRIPT.format(source="halochat/events.py")]
    prefixes = {"INBOUND": INBOUND_PREFIX, "OUTBOUND": OUTBOUND_PREFIX}
    prefixes["FUNCTION"] = FUNCTION_PREFIX
    lines += [
        f'export const {name}_PREFIX = "{prefix}";' for name, prefix in prefixes.items()
    ]
    for name, found in {"InboundEvent": INBOUND, "OutboundEvent": OUTBOUND}.items():
        names = "".join(f'\n  | "{event.name}"' for event in found)
        lines.append(f"\nexport type {name} ={names};")
    return "\n".join([*lines, ""])


def typescript_texts() -> str:
    """Return the module of English texts for the preview widget."""
    lines = [TYPESCRIPT.format(source="halochat/languages/en.yml")]
    for name, found in {"WIDGET": ENGLISH.widget, "PREVIEW": ENGLISH.preview}.items():
        lines.append(f"export const {name}_TEXTS = {{")
        for key, text in found.items():
            line = f"  {key}: {json.dumps(text)},"
            # As the formatter breaks a line that is too long.
            lines.append(line if len(line) <= 88 else line.replace(": ", ":\n    ", 1))
        lines.append("};\n")
    return "\n".join(lines)


PAGES = {
    "js/shared/events.ts": typescript_events,
    "js/preview/texts.ts": typescript_texts,
    "sample_docs/mkdocs/docs/reference.md": markdown,
    "sample_docs/sphinx/reference.rst": restructured_text,
    "sample_docs/shared/languages-table.md": languages,
    "sample_docs/shared/preview-table.md": preview,
    **{
        f"sample_docs/mkdocs/docs/schemas/{host}.json": partial(schema, host)
        for host in ("mkdocs", "material", "sphinx", "file")
    },
}


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` name those that are not up to date."""
    stale = []
    for name, page in PAGES.items():
        path = ROOT / name
        text = page()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name}: not up to date" if "--check" in arguments else name)
    if stale and "--check" in arguments:
        print(f"Run: {COMMAND}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
