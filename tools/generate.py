"""Write the files that derive from the tables of the package.

python tools/generate.py           write guides, schemas and TypeScript
python tools/generate.py --check   only report files that are not up to date
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

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
from halochat.options import GROUPS, Option
from halochat.syntaxes import SYNTAXES

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "python tools/generate.py"
FOLDER = Path(halochat.languages.__file__).parent
PREVIEW = Path(__file__).with_name("preview.yml")
RESULTS = ROOT / "tests/compatibility/results.json"
COMPATIBILITY = {
    "versions": "Releases",
    "mkdocs themes": "Themes of MkDocs",
    "mkdocs plugins": "Plugins of MkDocs",
    "sphinx themes": "Themes of Sphinx",
    "sphinx plugins": "Extensions of Sphinx",
}
NOT_BUILT = {
    "cannot be installed": "they cannot be installed with the newest releases",
    "does not build": "they do not build without chat either",
}
DETAILS = Path(__file__).with_name("reference.yml")
DOCS = ROOT / "sample_docs" / "mkdocs" / "docs"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
API = ROOT / "js" / "loader" / "api.ts"
REFERENCE = re.compile(r"\{(option|page):([\w-]+)\}")


class Entry(NamedTuple):
    """An entry of a reference. Text holds code in single backticks.

    References are `{option:NAME}`, `{event:NAME}` and `{page:NAME}`.
    """

    anchor: str
    title: str
    summary: str
    facts: Sequence[tuple[str, str]]
    example: str = ""


class Section(NamedTuple):
    """A group of entries in a reference."""

    title: str
    anchor: str
    text: str
    entries: Sequence[Entry]


def options(host: str) -> Iterator[Section]:
    """Yield a section for each group of options, as one host spells them."""
    for title, group in GROUPS.items():
        entries = [option_entry(option, host) for option in group]
        anchor = f"group-{title.lower().replace(' ', '-')}"
        yield Section(title, anchor, GROUP_TEXTS.get(title, ""), entries)


GROUP_TEXTS = {
    "Chat profile": "The values from Halo. `chat_service_url`, `config_id` and "
    "`config_key` are required.",
    "Build and loading": "These are options of halochat-docs, not of Halo.",
}


def option_entry(option: Option, host: str) -> Entry:
    """Return the entry of an option."""
    details = detail(option, host)
    facts = [
        ("Accepts", examples_as_code(option.type.label)),
        ("Default", default(option)),
        ("Set in", places(option, host, details.get("note", ""))),
        ("Requires", requirements(option)),
        ("Halo's name", code(option.key) if option.since else ""),
        ("Since", f"Halo {option.since}" if option.since else ""),
        (
            "See also",
            ", ".join(
                [
                    f"{{page:{details['page']}}}",
                    *(f"{{option:{name}}}" for name in details.get("related", ())),
                ]
            ),
        ),
    ]
    value = details["example"]
    return Entry(
        option.name,
        option.name,
        in_language_of(host, option.summary),
        [(label, in_language_of(host, text)) for label, text in facts if text],
        yaml_example(option.name, value)
        if host == "mkdocs"
        else python_example(option.name, value),
    )


def detail(option: Option, host: str) -> dict[str, Any]:
    """Return the entry of an option in `reference.yml`, for one host."""
    found = details_of_options().get(option.name)
    if found is None:
        raise SystemExit(f"tools/reference.yml: add an entry for {option.name}")
    return {**found, **found.get(host, {})}


@cache
def details_of_options() -> dict[str, dict[str, Any]]:
    """Return the entries of all options in `reference.yml`."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(DETAILS.read_text("utf-8"))
    return loaded


def in_language_of(host: str, text: str) -> str:
    """Return a text in the terms of a host's configuration file."""
    return SYNTAXES["yaml" if host == "mkdocs" else "python"].spell(text)


def yaml_example(name: str, value: object) -> str:
    """Return an option as it is written in `mkdocs.yml`."""
    return yaml.safe_dump({name: value}, sort_keys=False).rstrip().replace("'", '"')


def python_example(name: str, value: object) -> str:
    """Return an option as it is written in `halochat_options`."""
    return f"{quoted(name)}: {quoted(value)},"


def quoted(value: object) -> str:
    """Return a value in Python, with the quotation marks of a formatter."""
    return repr(value).replace("'", '"')


def examples_as_code(label: str) -> str:
    """Mark the examples in a type's label: in quotes, in braces or in brackets."""
    return re.sub(
        r"'([^']+)'|(\{[^}]+\}|\[[^]]+\])",
        lambda match: code(match[1] or match[2]),
        label,
    )


def places(option: Option, host: str, note: str) -> str:
    """Return where an option may be set."""
    if not option.page:
        return "the site only"
    if host == "mkdocs":
        page = "front matter"
    elif option.type.from_text is not None:
        page = f"the directive option {code(f':{option.directive_option}:')}"
    else:
        page = "the body of the directive"
    return f"the site, patterns, {page}" + (f". {note}" if note else "")


def requirements(option: Option) -> str:
    """Return the options that an option requires."""
    texts = []
    for need, values in option.needs.items():
        words = {
            "loader": "any {option:load} except `snippet`",
            "enable_inbound_events": "{option:enable_inbound_events}",
            "enable_outbound_events": "{option:enable_outbound_events}",
        }[need]
        if isinstance(values, tuple):
            given = " or ".join(code(str(value).lower()) for value in values)
            words += f", if the value is {given}"
        texts.append(words)
    return "; ".join(texts)


def default(option: Option) -> str:
    """Return an option's default as it is written in a configuration."""
    if option.required:
        return "none; required"
    return "" if option.default is None else code(str(option.default).lower())


def events(
    title: str, anchor: str, text: str, prefix: str, found: Sequence[Event]
) -> Section:
    """Return a section for a list of the vendor's events or functions."""
    label = "Returns" if prefix == FUNCTION_PREFIX else "Detail"
    entries = [
        Entry(
            f"{prefix}{event.name}",
            f"{prefix}{event.name}" + ("()" if prefix == FUNCTION_PREFIX else ""),
            event.summary,
            [(label, code(event.detail))] if event.detail else [],
        )
        for event in found
    ]
    return Section(title, anchor, text, entries)


def vendor_api() -> Iterator[Section]:
    """Yield a section for each part of Halo's Events API."""
    yield events(
        "Inbound events",
        "inbound-events",
        "Your page sends these events to the chat. They work unless you turn "
        "{option:enable_inbound_events} off. In `halochat.send()`, and in links and "
        "buttons, use the short name, such as `resize`.",
        INBOUND_PREFIX,
        INBOUND,
    )
    yield events(
        "Outbound events",
        "outbound-events",
        "The chat sends these events to `window`, unless you turn "
        "{option:enable_outbound_events} off. A chat header is an object. Halo "
        "documents its members `id`, `unread_count` and `messages`.",
        OUTBOUND_PREFIX,
        OUTBOUND,
    )
    yield events(
        "Function",
        "function",
        "Halo adds this function to `window` if {option:enable_functions} is on.",
        FUNCTION_PREFIX,
        FUNCTIONS,
    )


def loader_api() -> tuple[Section, Section]:
    """Return the sections of the loader's members and events, from its types."""
    text = API.read_text(encoding="utf-8")
    members = [
        Entry(
            f"halochat.{name}",
            f"halochat.{name}" + (f"({parameters(call)})" if call else ""),
            comment_text(comment),
            [],
        )
        for comment, name, call in re.findall(
            r"/\*\*([^/]+)\*/\n  (?:readonly )?(\w+)(\(.*\): void)?", text
        )
    ]
    sent = [
        Entry(name, name, comment_text(comment), [])
        for comment, name in re.findall(r'/\*\*([^/]+)\*/\n    "([\w:]+)"', text)
    ]
    return (
        Section(
            "JavaScript API",
            "javascript-api",
            "`window.halochat` exists on every page with the loader. {page:javascript} "
            "explains how to use it.",
            members,
        ),
        Section(
            "Loader events",
            "loader-events",
            "The loader sends these events to `document`.",
            sent,
        ),
    )


def comment_text(comment: str) -> str:
    """Return the text of a documentation comment without its asterisks."""
    return " ".join(re.sub(r"^ *\*", "", comment, flags=re.MULTILINE).split())


def parameters(call: str) -> str:
    """Return the names of the parameters in a TypeScript signature."""
    return ", ".join(re.findall(r"[(,] ?(\w+\??):", call))


TEXTS_INTRODUCTION = (
    "The option {option:language} accepts these texts as a mapping. `@@@` stands for a "
    "number or a name."
)


def text_rows() -> list[tuple[str, str]]:
    """Return the name of each text of the chat, and the text in English."""
    return [(code(name), text) for name, text in ENGLISH.widget.items()]


def language(text: str) -> str:
    """Return the name of a language, from the first line of its file."""
    found = re.match(r"# (.+?)\.(?:\s)", text)
    if found is None:
        raise ValueError(f"expected '# Name (own name).', got {text[:40]!r}")
    return found[1]


INTRODUCTION = {
    "mkdocs": "Set the options under `plugins: halochat` in `mkdocs.yml`. You can also "
    "use Halo's names, and names with hyphens. "
    '"Patterns" under "Set in" are those in {option:pages}.',
    "sphinx": "Set the options in `halochat_options` in `conf.py`. You can also use "
    "Halo's names, and names with hyphens. "
    '"Patterns" under "Set in" are those in {option:pages}.',
}
DEFAULTS = (
    "Most sites need only the ten options in {page:configure}. If you do not set an "
    "option of Halo, Halo uses its own default. The defaults below are those that Halo "
    "documents."
)
EVENTS_INTRODUCTION = (
    "Your scripts can call these functions, send these events, and listen to them. Try "
    "them on the page {page:playground}."
)


# --- The two markups -----------------------------------------------------------------


def code(text: str) -> str:
    """Mark a text as code, for both markups."""
    return f"`{text}`"


def markdown() -> str:
    """Return the page of options of the MkDocs guide."""
    lines = markdown_page("Options", INTRODUCTION["mkdocs"], DEFAULTS)
    lines += markdown_sections(options("mkdocs"))
    lines += ["## Texts { #texts }\n", markdown_links(TEXTS_INTRODUCTION) + "\n"]
    lines += [*markdown_table(("Text", "In English"), *text_rows()), ""]
    return "\n".join(lines)


def markdown_events() -> str:
    """Return the page of the JavaScript API and events of the MkDocs guide."""
    lines = markdown_page("JavaScript API and events", EVENTS_INTRODUCTION)
    lines += markdown_sections([*loader_api(), *vendor_api()])
    return "\n".join(lines)


def markdown_page(title: str, *texts: str) -> list[str]:
    """Return the first lines of a page."""
    return [
        f"<!-- Written by {COMMAND}: change the tables in halochat/ instead. -->\n",
        f"# {title}\n",
        *(f"{markdown_links(text)}\n" for text in texts),
    ]


def markdown_sections(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the lines of sections, with an anchor for each entry."""
    for section in sections:
        yield f"## {section.title} {{ #{section.anchor} }}\n"
        if section.text:
            yield markdown_links(section.text) + "\n"
        for entry in section.entries:
            yield f"### `{entry.title}` {{ #{entry.anchor} }}\n"
            yield markdown_links(entry.summary) + "\n"
            for label, text in entry.facts:
                yield f"- **{label}**: {markdown_links(text)}"
            if entry.facts:
                yield ""
            if entry.example:
                yield f"```yaml\n{entry.example}\n```\n"


def markdown_links(text: str) -> str:
    """Resolve the references of a text."""

    def link(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "option":
            return f"[`{name}`](reference.md#{name})"
        page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
        (title, *_) = re.findall(r"^# (.+)$", page, re.MULTILINE)
        return f"[{title}]({name}.md)"

    return REFERENCE.sub(link, text)


def markdown_table(header: Sequence[str], *rows: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a table."""
    for row in (header, ["---"] * len(header), *rows):
        yield f"| {' | '.join(row)} |".replace("\n", "<br>")


def preview() -> str:
    """Return the table about properties in the preview, for both guides."""
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
    """Return the table of languages, for both guides."""
    files = {
        path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml")
    }
    rows = [(code(tag), language(text)) for tag, text in sorted(files.items())]
    note = f"<!-- Written by {COMMAND} from halochat/languages/. -->\n"
    return "\n".join([note, *markdown_table(("Tag", "Language"), *rows), ""])


def defects() -> str:
    """Return the list, for both guides, of the defects in CONTRIBUTING."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| `tests/\S+::\w+` \|$", text, re.MULTILINE)
    note = f"<!-- Written by {COMMAND} from CONTRIBUTING.md. -->\n"
    introduction = (
        "Plugins that add a script to a documentation site often have the same "
        "defects. The following defects were found in published plugins for several "
        "generators. In this project, a test fails if one of them is present.\n"
    )
    return "\n".join([note, introduction, *(f"- {row}" for row in rows), ""])


def compatibility() -> str:
    """Return the tables with the results of `nox`, for both guides."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    note = f"<!-- Written by {COMMAND} from tests/compatibility/{RESULTS.name}. -->\n"
    lines = [note]
    for section, title in COMPATIBILITY.items():
        cases = results[section]
        dates = sorted({case["date"] for case in cases.values()})
        when = " to ".join(dict.fromkeys([dates[0], dates[-1]]))
        if section == "versions":
            table = [f"Tested: {when}.\n", *tested_versions(cases)]
        else:
            counts = Counter(case["outcome"] for case in cases.values())
            found = f"{counts['passed']} passed, {counts['failed']} failed"
            host = section.partition(" ")[0]
            table = [f"Tested: {when}. {found}.\n", *tested_packages(host, cases)]
        lines += [f"## {title}\n", *table, ""]
    return "\n".join(lines)


def tested_versions(cases: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the table of the releases that the tests ran on."""
    header = ("Tests", "Python", "Releases", "Passed", "Failed")
    rows = [
        (
            name,
            case["python"],
            ", ".join(map(" ".join, case["versions"].items())),
            str(case["passed"]),
            str(case["failed"]),
        )
        for name, case in cases.items()
    ]
    yield from markdown_table(header, *rows)


def tested_packages(host: str, cases: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the table of packages, and the list of those without a result."""
    header = ("Name", "Release", "Host", "Pages", "Strict", "Result")
    rows = [
        (
            code(name),
            f"{case['package']} {case['versions'][case['package']]}",
            f"{host} {case['versions'][host]}",
            str(case["pages"]),
            "yes" if case["strict"] else "no",
            case["outcome"],
        )
        for name, case in cases.items()
        if "pages" in case
    ]
    yield from markdown_table(header, *rows)
    for outcome, reason in NOT_BUILT.items():
        names = [name for name, case in cases.items() if case["outcome"] == outcome]
        if names:
            yield f"\nWithout a result, because {reason}:"
            yield f"{', '.join(map(code, names))}."


def restructured_text() -> str:
    """Return the page of options of the Sphinx guide."""
    lines = rst_page("Options", INTRODUCTION["sphinx"], DEFAULTS)
    for section in options("sphinx"):
        lines += rst_section(section)
        for entry in section.entries:
            lines += rst_object("confval", entry)
    texts = rst_markup(in_language_of("sphinx", TEXTS_INTRODUCTION))
    lines += [".. _reference-texts:\n", *heading("Texts", "-"), f"{texts}\n"]
    lines.append(".. list-table::\n   :header-rows: 1\n")
    for row in (("Text", "In English"), *text_rows()):
        lines.append("   * - " + "\n     - ".join(map(rst_markup, row)))
    return "\n".join([*lines, ""])


def restructured_events() -> str:
    """Return the page of the JavaScript API and events of the Sphinx guide."""
    lines = rst_page("JavaScript API and events", EVENTS_INTRODUCTION)
    for section in (*loader_api(), *vendor_api()):
        lines += rst_section(section)
        for entry in section.entries:
            if section.anchor == "javascript-api":
                kind = "js:function" if entry.title.endswith(")") else "js:data"
            else:
                kind = "js:function" if section.anchor == "function" else "event"
            lines += rst_object(kind, entry)
    return "\n".join(lines)


def rst_page(title: str, *texts: str) -> list[str]:
    """Return the first lines of a page."""
    return [
        f".. Written by {COMMAND}: change the tables in halochat/ instead.\n",
        *heading(title, "="),
        *(f"{rst_markup(text)}\n" for text in texts),
    ]


def rst_section(section: Section) -> list[str]:
    """Return the heading and the text of a section, with a label."""
    label = section.anchor.removeprefix("group-")
    text = [rst_markup(section.text) + "\n"] if section.text else []
    return [f".. _reference-{label}:\n", *heading(section.title, "-"), *text]


def rst_object(kind: str, entry: Entry) -> Iterator[str]:
    """Yield the lines of a description of an object, which Sphinx's indices list."""
    title = re.sub(r"(, )?(\w+)\?", r"[\1\2]", entry.title)
    yield f".. {kind}:: {title}\n"
    yield f"   {rst_markup(entry.summary)}\n"
    for label, text in entry.facts:
        yield f"   - **{label}**: {rst_markup(text)}"
    if entry.facts:
        yield ""
    if entry.example:
        code = entry.example.replace("\n", "\n      ")
        yield f"   .. code-block:: python\n\n      {code}\n"


def rst_markup(text: str) -> str:
    """Double the backticks around code, and resolve the references of a text."""
    roles = {"option": "confval", "page": "doc"}
    return REFERENCE.sub(
        lambda match: f":{roles[match[1]]}:`{match[2]}`", text.replace("`", "``")
    )


def heading(title: str, underline: str) -> list[str]:
    """Return a heading."""
    return [title, underline * len(title) + "\n"]


def schema(host: str) -> str:
    """Return the JSON schema for a host, as the command prints it."""
    return json.dumps(schema_for(host), indent=2) + "\n"


# --- Modules of the browser code ------------------------------------------------------

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
            # The formatter breaks long lines in this way.
            lines.append(line if len(line) <= 88 else line.replace(": ", ":\n    ", 1))
        lines.append("};\n")
    return "\n".join(lines)


PAGES: Mapping[str, Callable[[], str]] = {
    "js/shared/events.ts": typescript_events,
    "js/preview/texts.ts": typescript_texts,
    "sample_docs/mkdocs/docs/reference.md": markdown,
    "sample_docs/mkdocs/docs/events.md": markdown_events,
    "sample_docs/sphinx/reference.rst": restructured_text,
    "sample_docs/sphinx/events.rst": restructured_events,
    "sample_docs/shared/defects.md": defects,
    "sample_docs/shared/languages-table.md": languages,
    "sample_docs/shared/preview-table.md": preview,
    "sample_docs/shared/compatibility-tables.md": compatibility,
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
