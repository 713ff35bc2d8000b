"""The vendor's events and functions, as its Events API documents them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """A browser event of the widget; `detail` describes what it carries."""

    name: str
    detail: str
    summary: str


INBOUND_PREFIX = "haloChat_inboundEvent_"
OUTBOUND_PREFIX = "haloChat_outboundEvent_"
FUNCTION_PREFIX = "haloChat_functions_"

INBOUND = (
    Event("initialize", "", "Start a chat that waits because of `auto_initialize`."),
    Event(
        "openChatWindow",
        "{id_token?: text, retainPreviousChat?: boolean}",
        "Open the window, with a new chat when none is under way.",
    ),
    Event("closeChatWindow", "", "Close the window."),
    Event("loginStateChanged", "", "Forget the chat session and its connection."),
    Event("toggleFullScreen", "boolean", "Switch full screen on or off."),
    Event(
        "resize",
        "{width: pixels, height: pixels}",
        "Give the window a new size.",
    ),
    Event("reposition", "'bottom-left' and so on", "Move bubble and window."),
    Event(
        "repositionBubble",
        "{x: pixels, y: pixels}",
        "Put the bubble at a point, after a drag.",
    ),
    Event(
        "upgradeAnonChat",
        "{id_token: text}",
        "Hand an anonymous chat to the visitor who has signed in since.",
    ),
    Event("toggleMenu", "", "Open or close the chat's menu."),
    Event("endChat", "", "Ask the visitor whether to end the chat."),
)

_HEADER = "chat header"
OUTBOUND = (
    Event(
        "initialized",
        "{chatAvailable: boolean}",
        "The widget is set up; chat is available, or not at this hour.",
    ),
    Event("chatOpened", _HEADER, "The window was opened."),
    Event("chatClosed", "", "The window was closed."),
    Event("newMessage", "message", "A message came in."),
    Event(
        "upgradeAnonChat",
        "{success: boolean, error: text}",
        "The answer to the inbound event of that name.",
    ),
    Event("newChatStarting", "", "A new chat begins and is not saved yet."),
    Event("newChatStarted", _HEADER, "A new chat has begun and is saved."),
    Event("existingChatResumed", _HEADER, "An earlier chat goes on."),
    Event("messageSent", "message", "The visitor sent a message."),
    Event("chatEnded", _HEADER, "The chat was ended."),
    Event("awaitingAgent", _HEADER, "The chat waits for an agent."),
    Event("agentJoined", _HEADER, "An agent joined the chat."),
    Event("userTyping", "", "The visitor types."),
    Event("userStoppedTyping", "", "The visitor cleared what was typed."),
    Event("imStillHereConfirm", "", "The visitor is asked: are you still there?"),
    Event("imStillHereConfirmed", "", "The visitor is still there."),
)

FUNCTIONS = (
    Event(
        "getCurrentChatDetails",
        "list of chat headers",
        "Return the open conversations; an empty list when there is none.",
    ),
)
