"""The vendor's events and functions, as its Events API documents them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """A browser event of the widget; `detail` describes its data."""

    name: str
    detail: str
    summary: str


INBOUND_PREFIX = "haloChat_inboundEvent_"
OUTBOUND_PREFIX = "haloChat_outboundEvent_"
FUNCTION_PREFIX = "haloChat_functions_"

INBOUND = (
    Event(
        "initialize", "", "Start a chat that waits because `auto_initialize` is off."
    ),
    Event(
        "openChatWindow",
        "{id_token?: string, retainPreviousChat?: boolean}",
        "Open the window, and start a new chat if no chat is open.",
    ),
    Event("closeChatWindow", "", "Close the window."),
    Event(
        "loginStateChanged",
        "",
        "Forget the chat session after a visitor has signed in or out.",
    ),
    Event("toggleFullScreen", "boolean", "Turn full screen on or off."),
    Event(
        "resize",
        "{width: number, height: number}",
        "Change the size of the window, in pixels.",
    ),
    Event(
        "reposition",
        "string",
        "Move the bubble and the window to a corner, such as `bottom-left`.",
    ),
    Event(
        "repositionBubble",
        "{x: number, y: number}",
        "Move the bubble to a point, in pixels from the left and from the top.",
    ),
    Event(
        "upgradeAnonChat",
        "{id_token: string}",
        "Assign an anonymous chat to a visitor who has signed in.",
    ),
    Event("toggleMenu", "", "Open or close the menu of the chat."),
    Event("endChat", "", "Ask the visitor whether to end the chat."),
)

_HEADER = "chat header"
OUTBOUND = (
    Event(
        "initialized",
        "{chatAvailable: boolean}",
        "The widget has started; `chatAvailable` is false outside of working hours.",
    ),
    Event("chatOpened", _HEADER, "The window was opened."),
    Event("chatClosed", "", "The window was closed."),
    Event("newMessage", "message", "A message arrived."),
    Event(
        "upgradeAnonChat",
        "{success: boolean, error: string}",
        "The answer to the inbound event of the same name.",
    ),
    Event("newChatStarting", "", "A new chat is starting and is not saved yet."),
    Event("newChatStarted", _HEADER, "A new chat has started and is saved."),
    Event("existingChatResumed", _HEADER, "An earlier chat was resumed."),
    Event("messageSent", "message", "The visitor sent a message."),
    Event("chatEnded", _HEADER, "The chat ended."),
    Event("awaitingAgent", _HEADER, "The chat is waiting for an agent."),
    Event("agentJoined", _HEADER, "An agent joined the chat."),
    Event("userTyping", "", "The visitor is typing."),
    Event("userStoppedTyping", "", "The visitor deleted what they had typed."),
    Event(
        "imStillHereConfirm", "", "The chat asks whether the visitor is still there."
    ),
    Event(
        "imStillHereConfirmed", "", "The visitor confirmed that they are still there."
    ),
)

FUNCTIONS = (
    Event(
        "getCurrentChatDetails",
        "array of chat headers",
        "Return the open conversations, or an empty list.",
    ),
)
