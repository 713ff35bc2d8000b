"""Finds defects of a built page that keep chat from working, apart from options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from halochat import Trigger
from halochat.assets import asset_stem
from halochat.cli.built_site import BuiltSite
from halochat.csp import inline_hashes, origin
from halochat.document import Element
from halochat.embed import vendor_script_url
from halochat.inspection import EmbedData

_LOCAL_COPY = re.compile(r"(?:.*/)?assets/external/.*chat/index(?:\.\w+)?\.js")


def find_defects(
    built_site: BuiltSite, html: str, tags: list[Element], embeds: list[EmbedData]
) -> Iterator[str]:
    """Yield a message for each defect of a page with chat."""
    script = vendor_script_url(built_site.site.options)
    ids = 0
    for tag in tags:
        ids += tag.attributes.get("id") == "halo-chat"
        if tag.name == "script" and _LOCAL_COPY.fullmatch(
            tag.attributes.get("src", "")
        ):
            yield "Halo's script is loaded from a local copy in assets/external"
        if tag.attributes.get("http-equiv", "").lower() == "content-security-policy":
            yield from _blocked(tag.attributes.get("content", ""), tags, script)
    if ids > sum(embed["form"] == "snippet" for embed in embeds):
        yield "another element has the id halo-chat"
    yield from (str(problem) for problem, _ in Trigger.problems_in(html))


def used_assets(built_site: BuiltSite, path: str, tags: list[Element]) -> set[Path]:
    """Return the paths of the files of halochat that a built page loads."""
    names = [asset.name for asset in built_site.site.assets()]
    used = set()
    # An error page links from the root of the host.
    root = f"/{built_site.base.strip('/')}/".replace("//", "/")
    for tag in tags:
        src = tag.attributes.get("src", "")
        if tag.name != "script" or not asset_stem(src):
            continue
        if src.startswith("/") and not built_site.base:
            continue  # an error page, on a host whose paths are not known
        try:
            url = urlsplit(urljoin(f"{root}{quote(path)}", src))
        except ValueError:
            continue
        if url.netloc or not url.path.startswith(root):
            continue
        file = built_site.folder / unquote(url.path.removeprefix(root))
        used.add(file)
        if file.name in names:  # the loader needs the others in the same folder
            used |= {file.with_name(name) for name in names}
    return used


def _blocked(policy: str, tags: list[Element], script: str) -> Iterator[str]:
    """Yield a message for each part of the chat that the page's policy blocks."""
    words = [part.split() for part in policy.split(";")]
    directives = {name.lower(): set(sources) for name, *sources in filter(None, words)}
    names = ("script-src-elem", "script-src", "default-src")
    sources = next((directives[name] for name in names if name in directives), None)
    if sources is None:
        return
    exact = any(re.match("'(?:nonce|sha)", entry) for entry in sources)
    inline = "'unsafe-inline'" in sources and not exact
    if not inline and not sources.issuperset(inline_hashes(tags)):
        yield "the page's CSP blocks the inline script"
    home = origin(script)
    host = home.partition("//")[2]
    parents = {f"*{host[i:]}" for i in range(len(host)) if host[i] == "."}
    if sources.isdisjoint({"*", "https:", host, home, *parents}):
        yield f"the page's CSP blocks scripts from {home}"
