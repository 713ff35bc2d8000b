// Written by python tools/generate.py from halochat/languages/en.yml: change that instead.

export const WIDGET_TEXTS = {
  newChatName: "Start a new Chat",
  liveChatName: "Live Chat",
  ticket: "Ticket",
  ended: "Ended",
  unreadCount: "@@@ unread message(s)",
  remove: "Remove",
  dangerousMessage: "Content has been blocked due to being potentially dangerous",
  loadOld: "Load older messages",
  chatDetails: "Chat Details",
  save: "Save",
  cancel: "Cancel",
  close: "Close",
  namePlaceholder: "Enter a name for this Chat",
  copyTranscript: "Copy Transcript",
  endChat: "End this Chat",
  restartChat: "Restart Chat",
  participants: "Participants",
  add: "Add",
  sendCanned: "Send a Canned Message",
  messagePlaceholder: "Type your message and press Enter to send",
  changeIcon: "Change Icon",
  send: "Send",
  newChatRequest: "New Chat Request",
  isTyping: "@@@ is typing",
  waitingForAgent: "Waiting for an Agent to join",
};

export const PREVIEW_TEXTS = {
  notice: "Preview: no message is sent",
  menu: "Menu",
  full: "Full screen",
  stillThere: "Are you still there?",
  stillHere: "I am still here",
  noTicket: "A preview makes no ticket.",
  agentsOnly: "Only agents see these in Halo:",
  you: "You",
  copied: "Copied",
  agent: "Preview agent",
  greeting: "Hello! This is a preview, so I am only a script. Try writing to me.",
  canned: "This is how a canned message from an agent arrives.",
  answer1:
    "In a real Halo system, an agent would be reading this now and could answer you here.",
  answer2:
    "A real chat is kept by Halo and can become a ticket. Here it stays in this tab.",
  answer3:
    "The menu works in the preview too: details, transcript, and ending the chat.",
};
