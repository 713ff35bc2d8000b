"""Build a small site without chat and with it, and compare every file of the two.

    python compare.py themes mkdocs material

builds one case of `themes.toml` or `plugins.toml`, in an environment that has the host,
the packages of the case and the project, and prints the result as JSON.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from results import environment

BASE = "https://docs.example.com/en/latest/"
PROFILE = {
    "chat_service_url": "https://halo.acme.test/api",
    "config_id": "profile-1",
    "config_key": "key-1",
}
# Two builds differ in nothing that is drawn, or read from the clock.
EPOCH = 1767225600
ENVIRONMENT = {
    **os.environ,
    "GIT_AUTHOR_DATE": f"{EPOCH} +0000",
    "GIT_COMMITTER_DATE": f"{EPOCH} +0000",
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": str(EPOCH),
    "TZ": "UTC",
}
AUTHOR = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
GIT = [
    ["init", "--quiet"],
    ["add", "."],
    [*AUTHOR, "commit", "--quiet", "--allow-empty", "--message=Change"],
]
OUR_FILES = re.compile(r"(halochat|bridge|preview)\.[0-9a-f]{8}\.js")
HEAD_TAGS = set("html head base link meta noscript script style template title".split())
DECOY = "</head><body></body></html>"

Case = Mapping[str, Any]
Settings = dict[str, Any]


class BuildError(Exception):
    """The site does not build; the reason is a line of the log."""


# --- The two forms of the embed -------------------------------------------------------


class Form(NamedTuple):
    """What is expected of a form of the embed in a page."""

    embed: re.Pattern[str]
    positions: Sequence[str]
    is_on: Callable[[str], bool]


FORMS = {
    "idle": Form(
        re.compile(
            r'\n<meta name="halo-chat" content="[^"<>]*" />'
            r'\n<script src="([^"<>]+)" defer></script>'
        ),
        ["head/meta", "head/script"],
        lambda page: True,  # a page without chat has the tags, too
    ),
    "snippet": Form(
        re.compile(
            r'<div id="halo-chat"></div>\n<script>\nvar haloChatConfig = \{[^<]*\}\n'
            r'</script>\n<script src="([^"<>]+)"></script>\n(?=</body|</html|\Z)',
            re.IGNORECASE,
        ),
        ["body/div", "body/script"],
        lambda page: not page.startswith("guide/off"),
    ),
}


# --- The two hosts --------------------------------------------------------------------


class Host(NamedTuple):
    """How a host's site is written and built."""

    files: Mapping[str, str]
    configuration: Callable[[Settings, bool], tuple[str, str]]
    command: Sequence[str]
    strict: str
    # Files, and text in files, that differ because the configuration does.
    ignored: Sequence[str]
    volatile: str


def mkdocs_settings(kind: str, name: str, case: Case) -> Settings:
    """Return what a case sets in `mkdocs.yml`."""
    options = case.get("options", {})
    settings = {
        "site_name": "Test",
        "site_url": BASE,
        "repo_url": "https://git.example.com/owner/name",
        "theme": {"name": case.get("theme", "mkdocs")},
        "plugins": ["search"],
    }
    if kind == "themes":
        settings["theme"] = {"name": name, **options}
    else:
        settings["plugins"] = ["search", {name: options}]
    return {**settings, **case.get("settings", {})}


def mkdocs_configuration(settings: Settings, first: bool) -> tuple[str, str]:
    """Return `mkdocs.yml`, with our plugin first or last if it has options."""
    options = settings.pop("halochat", None)
    plugins = [*settings["plugins"]]
    if options:
        plugins.insert(0 if first else len(plugins), {"halochat": options})
    # JSON is YAML.
    return "mkdocs.yml", json.dumps({**settings, "plugins": plugins})


def sphinx_settings(kind: str, name: str, case: Case) -> Settings:
    """Return what a case sets in `conf.py`."""
    settings: Settings = {"project": "Test", "language": "en"}
    settings["html_theme"] = case.get("theme", "alabaster")
    settings["extensions"] = ["sphinx.ext.autodoc", "sphinx.ext.viewcode"]
    if kind == "themes":
        settings["html_theme"] = name
        settings["html_theme_options"] = case.get("options", {})
    else:
        settings["extensions"] += [name]
    settings["extensions"] += case.get("extensions", [])
    return {**settings, **case.get("settings", {}), "code": case.get("code", "")}


def sphinx_configuration(settings: Settings, first: bool) -> tuple[str, str]:
    """Return `conf.py`, with our extension first or last if it has options."""
    options = settings.pop("halochat", None)
    code = settings.pop("code")
    extensions = [*settings["extensions"]]
    if options:
        extensions.insert(0 if first else len(extensions), "sphinx_halochat")
        settings["halochat_options"] = options
    lines = [f"{k} = {v!r}" for k, v in {**settings, "extensions": extensions}.items()]
    path = "import sys\nsys.path.insert(0, __file__.rpartition('/')[0])"
    return "docs/conf.py", "\n".join([path, *lines, code, ""])


SETTINGS = {"mkdocs": mkdocs_settings, "sphinx": sphinx_settings}
HOSTS = {
    "mkdocs": Host(
        {
            "docs/index.md": "# Home\n\nText, and [a link](guide/page.md).\n",
            "docs/guide/page.md": f"# Page\n\n## Part\n\n```html\n{DECOY}\n```\n\n"
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "docs/guide/off.md": "---\nhalochat: false\n---\n# Off\n\nText.\n",
        },
        mkdocs_configuration,
        ["mkdocs", "build"],
        "--strict",
        ["sitemap.xml.gz"],
        "",
    ),
    "sphinx": Host(
        {
            "docs/index.rst": "Home\n====\n\nText.\n\n"
            ".. toctree::\n\n   guide/page\n   api\n",
            "docs/guide/page.rst": "Page\n====\n\nPart\n----\n\n.. index:: word\n\n"
            f".. code-block:: html\n\n   {DECOY}\n",
            "docs/api.rst": "API\n===\n\n.. automodule:: themed\n   :members:\n",
            "docs/themed.py": '"""Module."""\n\n\ndef call():\n    """Call."""\n',
        },
        sphinx_configuration,
        ["sphinx", "-Nb", "html", "docs", "site"],
        "-W",
        [".buildinfo*", ".doctrees/*"],
        r',"sphinx_halochat":\d+',
    ),
}


class Site(NamedTuple):
    """A built site."""

    folder: Path
    warnings: Sequence[str]
    # Patterns for paths that are not compared, and for text that differs every time.
    ignored: Sequence[str]
    volatile: str

    def names(self) -> set[str]:
        """Return the paths of its files."""
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        names = (path.relative_to(self.folder).as_posix() for path in paths)
        return {name for name in names if not matches(name, self.ignored)}

    def text(self, name: str) -> str:
        """Return the text of a file, without what differs every time."""
        text = (self.folder / name).read_bytes().decode("utf-8", "replace")
        return re.sub(self.volatile, "", text) if self.volatile else text

    def pages(self, unreached: Sequence[str]) -> set[str]:
        """Return the paths of the pages that the host makes: whole documents."""
        document = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype|html)\b", re.I | re.S)
        return {
            name
            for name in self.names()
            if name.endswith(".html")
            and not matches(name, ["_static/*", *unreached])
            and document.match(self.text(name))
        }


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Return whether a path matches one of the patterns."""
    return any(fnmatch(name, pattern) for pattern in patterns)


def build(host: Host, case: Case, settings: Settings, project: Path, name: str) -> Site:
    """Build a site into a folder of this name beside the project."""
    shutil.rmtree(project, ignore_errors=True)  # some plugins write into it
    path, configuration = host.configuration({**settings}, case.get("first", False))
    files = {**host.files, **case.get("files", {}), path: configuration}
    for file, text in files.items():
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        (project / file).write_text(text, encoding="utf-8")
        os.utime(project / file, (EPOCH, EPOCH))
    if case.get("git"):
        for command in GIT:
            subprocess.run(["git", *command], cwd=project, env=ENVIRONMENT, check=True)
    done = subprocess.run(
        [sys.executable, "-m", *host.command, *[host.strict] * case["strict"]],
        cwd=project,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    log = (done.stdout + done.stderr).replace(str(project), "").splitlines()
    if done.returncode:
        raise BuildError(telling_line(log))
    folder = (project / "site").rename(project.with_name(name))
    warnings = [line for line in log if "WARNING" in line]
    ignored = [*host.ignored, *case.get("ignored", [])]
    volatile = "|".join(filter(None, [host.volatile, case.get("volatile")]))
    return Site(folder, warnings, ignored, volatile)


def telling_line(log: Sequence[str]) -> str:
    """Return the line of a log that tells most about a failure.

    Folders and addresses in memory, which differ each time, are left out.
    """
    lines = [line.strip() for line in log if line.strip()]
    telling = [line for line in lines if re.search("Error|ERROR|WARNING|error:", line)]
    line = (telling or lines or ["no message"])[-1]
    line = re.sub(r" at 0x[0-9a-f]+", "", line)
    return re.sub(r"(?<![\w:/])/(?:[^/\s'\"]+/)+", "", line)[:200]


# --- Comparing ------------------------------------------------------------------------


class Positions(HTMLParser):
    """Finds what is ours in a page, and whether it is in the head or the body."""

    def __init__(self) -> None:
        super().__init__()
        self.part = "head"
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Minifiers leave out the tags of head and body.
        if tag not in HEAD_TAGS:
            self.part = "body"
        given = dict(attrs)
        source = given.get("src") or ""
        named = "halo-chat" in (given.get("name"), given.get("id"))
        if named or OUR_FILES.search(source) or source.endswith("/chat/index.js"):
            self.found.append(f"{self.part}/{tag}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self.part = "body"


def defects(
    old: Site, new: Site, form: Form, unreached: Sequence[str]
) -> Iterator[str]:
    """Yield what should not differ between a site without and with chat."""
    yield from (line for line in new.warnings if line not in old.warnings)
    before, after = old.names(), new.names()
    ours = {name for name in after - before if OUR_FILES.fullmatch(Path(name).name)}
    yield from (f"{name}: added" for name in sorted(after - before - ours))
    yield from (f"{name}: missing" for name in sorted(before - after))
    pages = old.pages(unreached)
    if len(pages) < 3:
        yield f"only {len(pages)} pages"
    for name in sorted(before & after):
        texts = old.text(name), new.text(name)
        if name in pages and form.is_on(name):
            yield from page_defects(new, name, *texts, form)
        elif texts[0] != texts[1]:
            yield f"{name}: differs"


def page_defects(
    site: Site, name: str, before: str, after: str, form: Form
) -> Iterator[str]:
    """Yield what is wrong with a page with chat."""
    found = [*form.embed.finditer(after)]
    if len(found) != 1:
        yield f"{name}: {len(found)} embeds"
        return
    positions = Positions()
    positions.feed(after)
    if positions.found != form.positions:
        yield f"{name}: found in {positions.found}"
    url = urljoin(urljoin(BASE, name), found[0][1])
    path = urlsplit(url).path.removeprefix(urlsplit(BASE).path)
    if url.startswith(BASE) and not (site.folder / path).is_file():
        yield f"{name}: {found[0][1]} does not exist"
    start, end = found[0].span()
    if after[:start] + after[end:] != before:
        yield f"{name}: differs in more than the embed"


def run(kind: str, host_name: str, name: str) -> dict[str, Any]:
    """Build a case without chat and in each form, and return its result."""
    host, case = HOSTS[host_name], {"strict": True, **cases(kind)[host_name][name]}
    settings = SETTINGS[host_name](kind, name, case)
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary).resolve() / "project"
        try:
            old = build(host, case, settings, project, "without")
        except BuildError as error:
            # Its own warnings are no reason not to try it.
            case["strict"] = False
            try:
                old = build(host, case, settings, project, "without")
            except BuildError:
                return {"outcome": "does not build", "reason": str(error)}
        unreached = case.get("unreached", [])
        result = {"pages": len(old.pages(unreached)), "strict": case["strict"]}
        found: list[str] = []
        for form in FORMS if kind == "themes" else ["idle"]:
            ours = {**settings, "halochat": {**PROFILE, "load": form}}
            try:
                new = build(host, case, ours, project, form)
            except BuildError as error:
                found.append(f"{form}: does not build: {error}")
                continue
            expected = FORMS[form]
            if form == "idle" and "embed" in case:
                expected = expected._replace(embed=re.compile(case["embed"]))
            wrong = defects(old, new, expected, unreached)
            found += [f"{form}: {defect}" for defect in wrong]
    if found:
        return {"outcome": "failed", **result, "defects": found[:20]}
    return {"outcome": "passed", **result}


def cases(kind: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the themes or the plugins: by host, then by name."""
    file = Path(__file__).with_name(f"{kind}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def main(kind: str, host: str, name: str) -> None:
    """Build a case, and print its result with what was installed."""
    package = re.split(r"[^\w.-]", cases(kind)[host][name]["package"])[0]
    result = {**environment([host, package]), **run(kind, host, name)}
    print(json.dumps({"package": package, **result}))


if __name__ == "__main__":
    main(*sys.argv[1:])
