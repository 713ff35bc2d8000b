from __future__ import annotations

from collections.abc import Mapping

from embedding import embed_chat
from server import Server
from vendor import Vendor

DOCUMENT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>Page</title>
<meta name="viewport" content="width=device-width" /></head>
<body>{}</body></html>
"""
TALL = '<div style="height: 3000px">Text</div>'
HOME = {"index.html": f"<h1>Home</h1>{TALL}"}
PROFILE = {"config_id": "profile-1", "config_key": "key-1"}


def is_document(html: str) -> bool:
    return html.lstrip().lower().startswith("<!doctype")


def serve_pages(
    server: Server,
    vendor: Vendor,
    pages: Mapping[str, str] | None = None,
    layers: Mapping[str, object] | None = None,
    /,
    **options: object,
) -> None:
    """Serve HTML pages with chat, from whole documents or the content of the body."""
    given = {"chat_service_url": vendor.api, **PROFILE, **options}
    documents = {
        path: html if is_document(html) else DOCUMENT.format(html)
        for path, html in (pages or HOME).items()
    }
    files = embed_chat({**given, "pages": layers or {}}, documents)
    for path, text in files.items():
        kind = "text/javascript" if path.endswith(".js") else "text/html"
        server.answer(f"/{path}", text, type=kind)
        folder, _, name = f"/{path}".rpartition("/")
        if name == "index.html":
            server.answer(f"{folder}/", text, type=kind)
