"""Write the loader's embed by hand, for pages that no generator builds."""

from __future__ import annotations

import html
import json
from pathlib import Path

_ROOT = Path(__file__).parents[2]
LOADER = (_ROOT / "halochat/static/halochat.js").read_text("utf-8")
BRIDGE = (_ROOT / "halochat/static/bridge.js").read_text("utf-8")
TURBO = _ROOT / "node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js"
OFF = '<meta name="halo-chat" content="{&quot;enabled&quot;:false}" />'
CONFIG = {
    "chatServiceUrl": "https://halo.example.com/api",
    "configId": "1",
    "configKey": "key",
}
TEXTS = {
    "lang": "en",
    "chat": "Live Chat",
    "open": "Open chat",
    "loading": "Loading chat…",
    "opened": "Chat is open.",
    "unavailable": "Chat is not available right now.",
    "consent": "Chat needs your consent first.",
    "fallback": "Other ways to get help",
}


def meta(script: str, config: dict[str, object] | None = None, **page: object) -> str:
    """Return the meta element of a page with chat; `page` overrides defaults."""
    data = {
        "script": script,
        "bridge": "/bridge.js",
        "load": "click",
        "timeout": 15,
        "texts": TEXTS,
        "haloChatConfig": {**CONFIG, **(config or {})},
        **page,
    }
    return f'<meta name="halo-chat" content="{html.escape(json.dumps(data))}" />'
