"""Checks links, patterns and triggers once the files of the site are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.util import logging

from halochat import SiteFiles
from halochat.config_files import front_matter, misspelled_keys
from sphinx_halochat.config import BUILDERS, site_of, warn_of_option

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

log = logging.getLogger(__name__)

Check = Callable[[SiteFiles], Iterable[str]]
"""A function that returns messages about links, given the files of the site."""

# Pages without a source, and folders of files that only some builders write.
_PAGES = ("genindex", "modindex", "py-modindex", "search")
_FOLDERS = ("_downloads/", "_images/", "_modules/", "_sources/")


@dataclass(slots=True)
class _Reports:
    reported: set[tuple[str | None, str]] = field(default_factory=set)
    links: list[tuple[str | None, Check]] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)


_reports: WeakKeyDictionary[Sphinx, _Reports] = WeakKeyDictionary()


def _of(app: Sphinx) -> _Reports:
    return _reports.setdefault(app, _Reports())


def warn(
    app: Sphinx,
    message: str,
    location: nodes.Node | str | None,
    subtype: str = "directive",
) -> None:
    """Log a warning with its location in the sources, once per build."""
    if isinstance(location, nodes.Node):
        location = logging.get_node_location(location)
    if (location, message) not in _of(app).reported:
        _of(app).reported.add((location, message))
        log.warning(message, location=location, type="halochat", subtype=subtype)


def check_links_later(app: Sphinx, node: nodes.Node, check: Check) -> None:
    """Schedule a check of links for when all files of the site are known."""
    _of(app).links.append((logging.get_node_location(node), check))


def check_content(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Warn of wrong triggers in raw HTML, and of front matter, which has no effect."""
    for node in doctree.findall(nodes.raw):
        if "html" in node.get("format", "").split():
            for problem, _ in site_of(app).problems_in(node.astext()):
                warn(app, str(problem), node)
    metadata = app.env.metadata.get(docname, {})
    keys = [key for key in metadata if front_matter({key: True})]
    for key in keys + misspelled_keys(metadata):
        path = app.env.doc2path(docname)
        text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
        lines = enumerate(text.splitlines(), 1)
        line = next((n for n, line in lines if line.lstrip(" :\"'").startswith(key)), 1)
        is_markdown = text.startswith("---")
        example = "```{halo-chat} off```" if is_markdown else ".. halo-chat:: off"
        message = (
            f"{key}: options in the metadata of a page have no effect in Sphinx; "
            f"write a directive instead, such as {example}"
        )
        warn(app, message, f"{path}:{line}")


def check_site(app: Sphinx, exception: Exception | None) -> None:
    """Warn of links that lead nowhere, and of patterns without an effect."""
    if exception:
        return
    site = site_of(app)
    files = site_files(app)
    for problem in files.broken_links(site.options):
        warn_of_option(problem.written_in("python"))
    for problem in site.pattern_problems(_page_paths(app)):
        if _knows_all_pages(app) or str(problem.path[-1]).endswith(
            tuple(app.config.source_suffix)
        ):
            warn_of_option(problem)
    for location, check in _of(app).links:
        for message in check(files):
            warn(app, message, location, "link")


def source_path(env: BuildEnvironment, pagename: str) -> str:
    """Return the path that patterns match: the source of a page, or else its name."""
    if pagename not in env.found_docs:
        return pagename
    return Path(env.doc2path(pagename, base=False)).as_posix()


def sources(app: Sphinx) -> dict[str, str]:
    """Return the paths of pages in the site, by their docnames and source files."""
    found = _of(app).sources
    if not found:
        for docname in sorted(app.env.found_docs):
            target = f"{docname}.html"
            if app.builder.name in BUILDERS:
                target = _target(app.builder, docname)
            found[docname] = found[source_path(app.env, docname)] = target
    return found


def _target(builder: Builder, docname: str) -> str:
    target = builder.get_target_uri(docname)
    # `singlehtml` returns an anchor in its only page.
    is_part = target.startswith("#")
    return f"{builder.config.root_doc}.html{target}" if is_part else target


def site_files(app: Sphinx) -> SiteFiles:
    """Return the pages and files of the site, as far as the builder knows them."""
    pages = {*app.config.html_additional_pages, *_PAGES}
    if app.builder.name in BUILDERS:
        known = set(sources(app).values())
        built = SiteFiles.in_folder(Path(app.outdir), sources(app))
        return SiteFiles(sources(app), lambda path: path in known or built.exists(path))
    # All paths that an HTML builder could write for a page.
    pages |= app.env.found_docs
    known = {form for page in pages for form in (page, f"{page}.html", f"{page}/")}
    known |= {f"{page}/index.html" for page in pages} | {
        page.removesuffix("index") for page in pages if page.endswith("/index")
    }
    return SiteFiles(sources(app), lambda path: path in known or _is_static(app, path))


def _is_static(app: Sphinx, path: str) -> bool:
    """Tell whether an HTML builder copies a file into the site."""
    config = app.config
    paths = partial(map, Path(app.confdir).joinpath)
    if path.startswith(_FOLDERS) or _is_copied(paths(config.html_extra_path), path):
        return True
    if not path.startswith("_static/"):
        return False
    images = [image for image in (config.html_logo, config.html_favicon) if image]
    static_paths = paths([*config.html_static_path, *images])
    return _is_copied(static_paths, path.removeprefix("_static/"))


def _is_copied(paths: Iterable[Path], name: str) -> bool:
    return any(
        (path / name).exists() if path.is_dir() else path.name == name for path in paths
    )


def _knows_all_pages(app: Sphinx) -> bool:
    """Tell whether all pages that extensions add are known."""
    has_listeners = app.events.listeners.get("html-collect-pages")
    return app.builder.name in BUILDERS or not has_listeners


def _page_paths(app: Sphinx) -> set[str]:
    docnames = app.env.found_docs
    paths = {source_path(app.env, docname) for docname in docnames}
    others = {*app.config.html_additional_pages, *_PAGES}
    if app.builder.name in BUILDERS and site_of(app).options.get("pages"):
        folder = Path(app.outdir)
        for file in folder.rglob("*.html"):
            name = file.relative_to(folder).with_suffix("").as_posix()
            names = {name, name.removesuffix("/index")}
            others |= names if docnames.isdisjoint(names) else set()
    return paths | (others - docnames)
