"""Every option a site author can set, each declared once."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Literal

from halochat import urls
from halochat.css import COLOUR, STYLES
from halochat.languages import LANGUAGE
from halochat.naming import camel_case, normalize_name
from halochat.option_types import (
    BOOLEAN,
    STRING,
    OptionType,
    integer,
    json_mapping,
    one_of,
    simple_type,
    string_matching,
    word_or,
)

PIXELS = integer("a positive whole number of pixels", 1)


class _EnablingValues:
    def __contains__(self, value: object) -> bool:
        return value not in (None, False, 0, "none", [])


ENABLING: Container[object] = _EnablingValues()
"""All values with which an option does something."""

Need = Literal["enable_inbound_events", "enable_outbound_events", "loader"]


@dataclass(frozen=True, slots=True)
class Option:
    """An option that a site author can set."""

    name: str
    type: OptionType
    summary: str
    _: KW_ONLY
    required: bool = False
    example: str = ""
    """The placeholder for the value in the README."""
    default: str | int | bool | None = None
    """The documented value if it is not set. Only the loader's are sent."""
    since: str = "2.172"
    """The Halo version that introduced it; empty for an option of halochat."""
    page: bool = True
    """Whether a page can set it; if not, only the site can."""
    media: Literal["image", "audio"] | None = None
    """The kind of file, for an option whose value is the URL of a file."""
    needs: Mapping[Need, Container[object]] = field(default_factory=dict)
    """What the option requires, and the values that require it."""

    @property
    def key(self) -> str:
        """Return the name in the vendor's spelling."""
        return camel_case(self.name)

    @property
    def is_link(self) -> bool:
        """Whether the value may be a path in the site."""
        return self.type in (urls.LINK, urls.MEDIA)

    @property
    def directive_option(self) -> str:
        """Return the name in the spelling of docutils."""
        return self.name.replace("_", "-")


PROFILE = (
    Option(
        "chat_service_url",
        urls.ENDPOINT,
        "Address of the API of your Halo instance.",
        required=True,
        example="https://halo.example.com/api",
        page=False,
    ),
    Option(
        "tenant_id",
        STRING,
        "Tenant id; only instances that Halo hosts need it.",
        page=False,
    ),
    Option(
        "config_id",
        STRING,
        "Id of the chat profile, from Config > Chat > Chat Profiles in Halo.",
        required=True,
        example="your-chat-config-id",
    ),
    Option(
        "config_key",
        STRING,
        "Key of the chat profile; it is public, because every page contains it.",
        required=True,
        example="your-chat-config-key",
    ),
)

APPEARANCE = (
    Option("colour", COLOUR, "Main color of the bubble and the window."),
    Option(
        "theme",
        one_of("light", "dark", "auto"),
        "Color scheme of the chat; `auto` follows the light or dark mode of the page.",
        default="light",
        needs={"loader": ("auto",)},
    ),
    Option("height", PIXELS, "Height of the window in pixels."),
    Option("width", PIXELS, "Width of the window in pixels."),
    Option(
        "position",
        one_of("top-left", "top-right", "bottom-left", "bottom-right"),
        "Corner of the page in which the bubble and the window are shown.",
    ),
    Option("icon", urls.MEDIA, "Image on the bubble.", media="image"),
    Option(
        "icon_size",
        integer("a whole number from 1 to 100 (percent)", 1, 100),
        "Size of the icon, as a percentage of the bubble.",
        default=50,
    ),
    Option(
        "bubble_container_styles",
        STYLES,
        "CSS styles of the container around the bubble, such as its position.",
    ),
    Option("bubble_styles", STYLES, "CSS styles of the bubble, such as its shape."),
    Option("window_styles", STYLES, "CSS styles of the window, such as its position."),
    Option(
        "include_font",
        BOOLEAN,
        "Load the font Poppins from Google's server.",
        default=True,
    ),
    Option(
        "frame_inherit_head",
        BOOLEAN,
        "Copy the head of the page, including its styles, into the frame of the chat.",
    ),
    Option(
        "hide_header",
        BOOLEAN,
        "Hide the header of the chat, for example to use your own menu.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "force_full_screen",
        BOOLEAN,
        "Always open the window in full screen; visitors cannot make it smaller.",
    ),
)

BEHAVIOR = (
    Option(
        "persist_chat_token",
        BOOLEAN,
        "Keep the conversation of an anonymous visitor across pages, in a cookie.",
        default=True,
    ),
    Option(
        "chat_mode",
        one_of("heartbeat", "websocket"),
        "Connection type of the chat for agents; it has no effect on visitors.",
        default="websocket",
    ),
    Option(
        "keep_chat_window_open",
        BOOLEAN,
        "Keep an open window open on the next page; uses session storage.",
    ),
    Option(
        "sound", urls.MEDIA, "Sound that is played for a new message.", media="audio"
    ),
    Option(
        "show_end_chat_option_on_bubble",
        BOOLEAN,
        "Show a button on the bubble that ends the chat.",
    ),
    Option(
        "are_you_still_there_reopen_chat",
        BOOLEAN,
        "Reopen a minimized window to ask visitors whether they are still there.",
    ),
    Option(
        "hide_new_chat_bubble",
        BOOLEAN,
        "Hide the bubble while no conversation is open.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "hide_existing_chat_bubble",
        BOOLEAN,
        "Hide the bubble while a conversation is open.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "hide_bubble_inactivity_seconds",
        integer("a whole number of seconds"),
        "Hide the bubble if it is not clicked within this many seconds.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "draggable_bubble",
        BOOLEAN,
        "Let visitors drag the bubble; your own script must move it.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "retain_previous_chat",
        BOOLEAN,
        "Resume the open conversation of a visitor who signs in.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option("debug", BOOLEAN, "Log more messages to the browser's console."),
)

EVENTS = (
    Option(
        "auto_initialize",
        BOOLEAN,
        "Start the chat immediately; `false` waits for the event `initialize`.",
        default=True,
        needs={"enable_inbound_events": (False,)},
    ),
    Option(
        "enable_inbound_events",
        BOOLEAN,
        "Accept events from the page; on by default, unless `load` is `snippet`.",
    ),
    Option(
        "enable_outbound_events",
        BOOLEAN,
        "Send events to the page; on by default, unless `load` is `snippet`.",
    ),
    Option(
        "enable_functions",
        BOOLEAN,
        "Provide `haloChat_functions_getCurrentChatDetails()` to the page.",
    ),
)

TEXTS = (
    Option(
        "language",
        LANGUAGE,
        "Language of the chat, or a mapping that replaces single texts.",
    ),
)

_LOADER_OPTIONS = (
    Option("enabled", BOOLEAN, "Turn chat on or off.", default=True),
    Option(
        "load",
        one_of("idle", "interaction", "click", "eager", "manual", "snippet"),
        "When to load the chat; `snippet` inserts Halo's own code without the loader.",
        default="idle",
        needs={"enable_inbound_events": ("click", "manual")},
    ),
    Option(
        "script_url",
        urls.SCRIPT,
        "Address of Halo's script, if it is not at `/chat/index.js` beside `/api`.",
        page=False,
    ),
    Option(
        "pages",
        simple_type(
            "a mapping of path patterns to options, or to false",
            lambda value: isinstance(value, Mapping),
            {"type": "object"},
            None,
        ),
        "Options for the pages that match a pattern; `false` turns chat off there.",
        page=False,
    ),
    Option(
        "hosts",
        urls.HOSTS,
        "Host names on which chat is shown; an empty list allows every host.",
        page=False,
        needs={"loader": ENABLING},
    ),
    Option(
        "consent",
        BOOLEAN,
        "Request nothing from Halo before the visitor has consented.",
        page=False,
        needs={"loader": ENABLING},
    ),
    Option(
        "fallback_url",
        urls.LINK,
        "Where links to the chat lead when chat is not available.",
        needs={"loader": ENABLING},
    ),
    Option(
        "timeout",
        integer("a whole number of seconds from 1 to 600", 1, 600),
        "Seconds to wait for Halo before the chat counts as failed.",
        default=15,
        needs={"loader": ENABLING},
    ),
    Option(
        "preview",
        word_or("auto", BOOLEAN),
        "Show a preview instead of Halo's chat; `auto`: only under `mkdocs serve`.",
        default="auto",
        page=False,
    ),
    Option(
        "analytics",
        one_of("none", "data_layer", "gtag", "plausible", "matomo"),
        "Analytics tool to which the chat reports its events.",
        default="none",
        page=False,
        needs={"loader": ENABLING, "enable_outbound_events": ENABLING},
    ),
    Option(
        "identity",
        string_matching(
            "the name of a JavaScript function",
            r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*",
            example="shop.chatToken",
        ),
        "Name of your JavaScript function that returns the visitor's identity token.",
        page=False,
        needs={"loader": ENABLING, "enable_inbound_events": ENABLING},
    ),
    Option(
        "extra",
        json_mapping("a mapping of Halo's property names to values"),
        "Properties of Halo that this release does not know, sent to Halo unchanged.",
    ),
)
LOADER = tuple(replace(option, since="") for option in _LOADER_OPTIONS)

PROPERTIES = (*PROFILE, *APPEARANCE, *BEHAVIOR, *EVENTS, *TEXTS)
GROUPS: Mapping[str, tuple[Option, ...]] = {
    "Chat profile": PROFILE,
    "Appearance": APPEARANCE,
    "Behavior": BEHAVIOR,
    "Events": EVENTS,
    "Language": TEXTS,
    "Build and loading": LOADER,
}
OPTIONS: Mapping[str, Option] = {
    option.name: option for group in GROUPS.values() for option in group
}
_BY_NORMALIZED_NAME = {normalize_name(name): option for name, option in OPTIONS.items()}


def find_option(name: object) -> Option | None:
    """Return the option of a name, regardless of case, hyphens and underscores."""
    if not isinstance(name, str):
        return None
    return _BY_NORMALIZED_NAME.get(normalize_name(name))
