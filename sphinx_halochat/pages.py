"""Inserts the embed into the pages that Sphinx writes, and writes the loader."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.errors import ExtensionError
from sphinx.util import logging

from halochat import Page, PageContext, Problem
from sphinx_halochat.checks import source_path, sources, warn
from sphinx_halochat.config import BUILDERS, has_chat, site_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

log = logging.getLogger(__name__)

FOLDER = "_static/halochat"
THEME = "theme, or html_js_files"


def wrap_render(app: Sphinx) -> None:
    """Make the renderer of templates insert the embed into finished pages.

    Themes differ in the blocks and variables that they print, and none of these is on
    every kind of page. Therefore, the embed is inserted into the finished document.
    """
    if not has_chat(app):
        return
    templates = app.builder.templates
    render = templates.render
    reported_notes: set[Problem] = set()

    def render_with_chat(template: str, context: dict[str, Any]) -> str:
        html: str = render(template, context)
        if "halochat" not in context:
            return html
        page: Page = context["halochat"]
        if context["pagename"] == "search":  # its content is only the theme's
            for problem, _ in site_of(app).problems_in(html):
                warn(app, f"{THEME}: {problem}", None, "config")
        # The function in the context also makes the links of a 404 page absolute.
        link = partial(context["pathto"], resource=True)
        context_of_page = page_context(app, context["pagename"], link)
        for note in page.notes(context_of_page):
            if note not in reported_notes:
                reported_notes.add(note)
                log.info(str(note))
        return page.insert_into(html, context_of_page)

    templates.render = render_with_chat


def add_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the page with its options to the context of its template."""
    if not has_chat(app):
        return
    if doctree is not None and "halochat" in doctree:
        context["halochat"] = doctree["halochat"]
    else:
        context["halochat"] = site_of(app).page(source_path(app.env, pagename))


def write_assets(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of halochat, and remove those that are not needed."""
    if exception or app.builder.name not in BUILDERS:
        return
    output = Path(app.outdir)
    try:
        site_of(app).write_assets(output / FOLDER, output)
        site_of(app).remove_old_assets(output / FOLDER, output)
    except OSError as error:
        raise ExtensionError(str(error), modname="sphinx_halochat") from None


def update_kept_pages(app: Sphinx, exception: Exception | None) -> None:
    """Insert the embed into the pages that viewcode keeps from earlier builds.

    It writes a page again only when its module changes, not when an option changes.
    """
    if exception or app.builder.name not in BUILDERS:
        return
    output = Path(app.outdir)
    for file in (output / "_modules").rglob("*.html"):
        path = file.relative_to(output)
        if not file.is_file() or file.resolve() != output.resolve() / path:
            continue  # a link can lead out of the site
        name = path.with_suffix("").as_posix()
        if app.builder.name == "dirhtml" and name != "_modules/index":
            name = name.removesuffix("/index")
        to_root = "../" * (len(path.parts) - 1)
        context = page_context(app, name, f"{to_root}{{}}".format)
        site_of(app).page(name).insert_into_file(file, context)


def page_context(app: Sphinx, pagename: str, link: Callable[[str], str]) -> PageContext:
    """Return the context of a page: its path and its links."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    output = Path(builder.get_outfilename(pagename))
    return PageContext(
        output.relative_to(app.outdir).as_posix(),
        link=partial(_keep_anchor, link),
        asset=lambda name: link(f"{FOLDER}/{name}"),
        language=app.config.language or "en",
        sources=sources(app),
    )


def _keep_anchor(link: Callable[[str], str], url: str) -> str:
    """Return a link to a URL in the site with its anchor, which Sphinx would drop."""
    path, mark, anchor = url.partition("#")
    # Sphinx links a page to itself by `#`, which is not an address.
    target = link(path).rstrip("#") or path.rpartition("/")[2] or "./"
    return f"{target}{mark}{anchor}"
