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
    TEXT,
    OptionType,
    integer,
    json_mapping,
    one_of,
    simple_type,
    string_matching,
    word_or,
)

PIXELS = integer("a whole number of pixels from 1", 1)


class _EnablingValues:
    def __contains__(self, value: object) -> bool:
        return value not in (None, False, 0, "none", [])


ENABLING: Container[object] = _EnablingValues()
"""All values with which an option does something."""

Need = Literal["enable_inbound_events", "enable_outbound_events", "loader"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a site author may set."""

    name: str
    type: OptionType
    summary: str
    _: KW_ONLY
    required: bool = False
    example: str = ""
    """The value in the README, which stands for an author's own."""
    default: str | int | bool | None = None
    """The value if it is not set: documented, and sent only to the loader."""
    since: str = "2.172"
    """The Halo version that brought it; empty for options of our own."""
    page: bool = True
    """Whether a page may set it, or only the site."""
    media: Literal["image", "audio"] | None = None
    """What the URL leads to, for an option that names a file to load."""
    needs: Mapping[Need, Container[object]] = field(default_factory=dict)
    """What the option does not work without, with the values that need it."""

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
        "Address of your Halo API.",
        required=True,
        example="https://halo.example.com/api",
        page=False,
    ),
    Option("tenant_id", TEXT, "Tenant id, on hosted Halo only.", page=False),
    Option(
        "config_id",
        TEXT,
        "Id of the chat profile: Config > Chat > Chat Profiles.",
        required=True,
        example="your-chat-config-id",
    ),
    Option(
        "config_key",
        TEXT,
        "Key of the chat profile, beside its id; public in every page.",
        required=True,
        example="your-chat-config-key",
    ),
)

LOOK = (
    Option("colour", COLOUR, "Main colour of bubble and window."),
    Option(
        "theme",
        one_of("light", "dark", "auto"),
        "Colour scheme; `auto` follows the page's own light or dark state.",
        default="light",
        needs={"loader": ("auto",)},
    ),
    Option("height", PIXELS, "Height of the window."),
    Option("width", PIXELS, "Width of the window."),
    Option(
        "position",
        one_of("top-left", "top-right", "bottom-left", "bottom-right"),
        "Corner of bubble and window.",
    ),
    Option("icon", urls.MEDIA, "Picture on the bubble.", media="image"),
    Option(
        "icon_size",
        integer("a whole number of percent from 1 to 100", 1, 100),
        "Size of the icon, as a percentage of the bubble.",
        default=50,
    ),
    Option("bubble_container_styles", STYLES, "CSS of the bubble's container."),
    Option("bubble_styles", STYLES, "CSS of the bubble."),
    Option("window_styles", STYLES, "CSS of the window."),
    Option("include_font", BOOLEAN, "Load Poppins from Google's host.", default=True),
    Option(
        "frame_inherit_head", BOOLEAN, "Copy the page's head into the chat's frame."
    ),
    Option(
        "hide_header",
        BOOLEAN,
        "Hide the chat's header, for menus of your own.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "force_full_screen", BOOLEAN, "Open in full screen, without a way out of it."
    ),
)

BEHAVIOUR = (
    Option(
        "persist_chat_token",
        BOOLEAN,
        "Keep an anonymous chat over reloads, in a cookie.",
        default=True,
    ),
    Option(
        "chat_mode",
        one_of("heartbeat", "websocket"),
        "Connection of the agents' chat; no effect on visitors.",
        default="websocket",
    ),
    Option(
        "keep_chat_window_open",
        BOOLEAN,
        "Reopen the window on the next page, in session storage.",
    ),
    Option("sound", urls.MEDIA, "Sound of a new message.", media="audio"),
    Option(
        "show_end_chat_option_on_bubble",
        BOOLEAN,
        "Offer on the bubble to end the chat.",
    ),
    Option(
        "are_you_still_there_reopen_chat",
        BOOLEAN,
        "Reopen a minimised window to ask whether the visitor is there.",
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
        "Hide the bubble when it is not pressed for so many seconds.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "draggable_bubble",
        BOOLEAN,
        "Let visitors drag the bubble elsewhere.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option(
        "retain_previous_chat",
        BOOLEAN,
        "Resume the open chat of a visitor who signs in.",
        needs={"enable_inbound_events": ENABLING},
    ),
    Option("debug", BOOLEAN, "Log more to the browser's console."),
)

EVENTS = (
    Option(
        "auto_initialize",
        BOOLEAN,
        "Start at once; `false` waits for the event `initialize`.",
        default=True,
        needs={"enable_inbound_events": (False,)},
    ),
    Option(
        "enable_inbound_events",
        BOOLEAN,
        "Let the page control the chat; on unless `load` is `snippet`.",
    ),
    Option(
        "enable_outbound_events",
        BOOLEAN,
        "Let the chat tell the page of events; on unless `load` is `snippet`.",
    ),
    Option(
        "enable_functions",
        BOOLEAN,
        "Offer `haloChat_functions_getCurrentChatDetails()` to the page.",
    ),
)

TEXTS = (
    Option(
        "language",
        LANGUAGE,
        "The chat's language, or single texts of it; all 25 are sent.",
    ),
)

_LOADER_OPTIONS = (
    Option("enabled", BOOLEAN, "Whether there is chat.", default=True),
    Option(
        "load",
        one_of("idle", "interaction", "click", "eager", "manual", "snippet"),
        "When to load the chat; `snippet` is Halo's own block, without a loader.",
        default="idle",
        needs={"enable_inbound_events": ("click", "manual")},
    ),
    Option(
        "script_url",
        urls.SCRIPT,
        "Address of the chat's script, where it is not beside the API.",
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
        "Options for the pages that match a pattern; `false` is no chat.",
        page=False,
    ),
    Option(
        "hosts",
        urls.HOSTS,
        "The only host names on which chat may load; empty: any.",
        page=False,
        needs={"loader": ENABLING},
    ),
    Option(
        "consent",
        BOOLEAN,
        "Load nothing from Halo until the visitor has consented.",
        page=False,
        needs={"loader": ENABLING},
    ),
    Option(
        "fallback_url",
        urls.LINK,
        "Where a visitor is sent when there is no chat to be had.",
        needs={"loader": ENABLING},
    ),
    Option(
        "timeout",
        integer("a whole number of seconds from 1 to 600", 1, 600),
        "Seconds to wait for Halo before chat counts as failed.",
        default=15,
        needs={"loader": ENABLING},
    ),
    Option(
        "preview",
        word_or("auto", BOOLEAN),
        "Stand-in widget, without Halo; `auto`: while the site is served locally.",
        default="auto",
        page=False,
    ),
    Option(
        "analytics",
        one_of("none", "data_layer", "gtag", "plausible", "matomo"),
        "Tool of the page that is told of opened, started and ended chats.",
        default="none",
        page=False,
        needs={"loader": ENABLING, "enable_outbound_events": ENABLING},
    ),
    Option(
        "identity",
        string_matching(
            "the dotted name of a function of the page",
            r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*",
            example="shop.chatToken",
        ),
        "Function of the page that returns a visitor's identity token.",
        page=False,
        needs={"loader": ENABLING, "enable_inbound_events": ENABLING},
    ),
    Option(
        "extra",
        json_mapping("a mapping of properties that Halo has and this table lacks"),
        "Properties newer than this release, handed on as they are.",
    ),
)
LOADER = tuple(replace(option, since="") for option in _LOADER_OPTIONS)

PROPERTIES = (*PROFILE, *LOOK, *BEHAVIOUR, *EVENTS, *TEXTS)
GROUPS: Mapping[str, tuple[Option, ...]] = {
    "Chat profile": PROFILE,
    "Look": LOOK,
    "Behaviour": BEHAVIOUR,
    "Events": EVENTS,
    "Language": TEXTS,
    "Loading": LOADER,
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
