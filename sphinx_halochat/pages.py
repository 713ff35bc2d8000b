"""The pages that Sphinx writes, and our files beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.util import logging

from halochat import document, embed
from halochat.layers import resolve
from sphinx_halochat.config import BUILDERS, has_chat
from sphinx_halochat.directive import source_path
from sphinx_halochat.triggers import keep_anchor

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

log = logging.getLogger(__name__)

FOLDER = "_static/halochat"


def wrap_render(app: Sphinx) -> None:
    """Place the embed in what the theme's templates make of a page.

    Themes differ in the blocks and variables that they print, and none of those is on
    every kind of page; the finished document is.
    """
    if not has_chat(app):
        return
    templates = app.builder.templates
    render = templates.render
    notes: set[str] = set()

    def render_with_chat(template: str, context: dict[str, Any]) -> str:
        html: str = render(template, context)
        if "halochat" not in context:
            return html
        # The page's own, because that of a 404 page is absolute.
        link = partial(context["pathto"], resource=True)
        place = _place(app, context["pagename"], link)
        made = embed.render(context["halochat"], place)
        if made.note and made.note not in notes:
            notes.add(made.note)
            log.info(made.note)
        return document.place(html, made)

    templates.render = render_with_chat


def add_options(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the page's options on to where it is rendered."""
    if not has_chat(app):
        return
    if doctree is not None and "halochat" in doctree:
        context["halochat"] = doctree["halochat"]
    else:
        path = source_path(app.env, pagename)
        context["halochat"] = resolve(app.config.halochat_options, path)


def write_assets(app: Sphinx, exception: Exception | None) -> None:
    """Write our files where they are not yet, and remove those of other versions."""
    folder = Path(app.outdir, FOLDER)
    if exception or app.builder.name not in BUILDERS:
        return
    assets = {item.name: item for item in embed.assets(app.config.halochat_options)}
    if assets:
        folder.mkdir(parents=True, exist_ok=True)
    there = {path.name for path in folder.glob("*.js")}
    for name in there - assets.keys():
        if re.fullmatch(r"(?:halochat|preview)\.[0-9a-f]{8}\.js", name):
            (folder / name).unlink()
    for name in assets.keys() - there:
        (folder / name).write_text(assets[name].text, encoding="utf-8", newline="\n")


def renew_kept_pages(app: Sphinx, exception: Exception | None) -> None:
    """Place the embed in the pages that viewcode keeps from earlier builds.

    It writes those anew only when a module has changed, not when an option has.
    """
    if exception or app.builder.name not in BUILDERS:
        return
    for file in Path(app.outdir, "_modules").rglob("*.html"):
        name = file.relative_to(app.outdir).with_suffix("").as_posix()
        if app.builder.name == "dirhtml" and name != "_modules/index":
            name = name.removesuffix("/index")
        to_root = "../" * (len(file.relative_to(app.outdir).parts) - 1)
        options = resolve(app.config.halochat_options, name)
        place = _place(app, name, f"{to_root}{{}}".format)
        html = file.read_text(encoding="utf-8")
        renewed = document.place(html, embed.render(options, place))
        if renewed != html:
            file.write_text(renewed, encoding="utf-8", newline="\n")


def _place(app: Sphinx, pagename: str, link: Callable[[str], str]) -> embed.Place:
    builder = cast("StandaloneHTMLBuilder", app.builder)
    output = Path(builder.get_outfilename(pagename))
    return embed.Place(
        output.relative_to(app.outdir).as_posix(),
        link=lambda address: keep_anchor(link, address),
        asset=lambda name: link(f"{FOLDER}/{name}"),
        language=app.config.language or "en",
    )
