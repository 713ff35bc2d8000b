// Written by python tools/generate.py from halochat/events.py: change that instead.

export const INBOUND_PREFIX = "haloChat_inboundEvent_";
export const OUTBOUND_PREFIX = "haloChat_outboundEvent_";
export const FUNCTION_PREFIX = "haloChat_functions_";

export type InboundEvent =
  | "initialize"
  | "openChatWindow"
  | "closeChatWindow"
  | "loginStateChanged"
  | "toggleFullScreen"
  | "resize"
  | "reposition"
  | "repositionBubble"
  | "upgradeAnonChat"
  | "toggleMenu"
  | "endChat";

export type OutboundEvent =
  | "initialized"
  | "chatOpened"
  | "chatClosed"
  | "newMessage"
  | "upgradeAnonChat"
  | "newChatStarting"
  | "newChatStarted"
  | "existingChatResumed"
  | "messageSent"
  | "chatEnded"
  | "awaitingAgent"
  | "agentJoined"
  | "userTyping"
  | "userStoppedTyping"
  | "imStillHereConfirm"
  | "imStillHereConfirmed";
