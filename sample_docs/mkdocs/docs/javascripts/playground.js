// The playground: forms that send events, a log of events, and a place to drop the bubble.
// Listeners are on the document, so they also work after instant navigation.
"use strict";

(() => {
  const OUTBOUND = `initialized chatOpened chatClosed newMessage upgradeAnonChat newChatStarting
    newChatStarted existingChatResumed messageSent chatEnded awaitingAgent agentJoined
    userTyping userStoppedTyping imStillHereConfirm imStillHereConfirmed`;
  const INBOUND = `initialize openChatWindow closeChatWindow loginStateChanged toggleFullScreen
    resize reposition repositionBubble upgradeAnonChat toggleMenu endChat`;

  const find = (id) => document.getElementById(id);

  function listen(names, prefix, arrow) {
    for (const name of names.split(/\s+/)) {
      window.addEventListener(prefix + name, ({ detail }) => log(arrow, name, detail));
    }
  }

  function log(arrow, name, detail) {
    const list = find("event-log");
    if (!list) return;
    const entry = document.createElement("div");
    entry.textContent = `${arrow} ${name} ${JSON.stringify(detail) ?? ""}`;
    list.append(entry);
    list.scrollTop = list.scrollHeight;
  }

  // Each form holds the detail of one event. The value of its button is the name of the event.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.playground")) return;
    event.preventDefault();
    const fields = [...form.elements].filter(({ name, value }) => name && value.trim());
    const detail = fields.map(({ name, type, value }) => [
      name,
      type === "number" ? Number(value) : value.trim(),
    ]);
    halochat.send(event.submitter.value, Object.fromEntries(detail));
    if ("id_token" in form.elements) form.reset();
  });

  document.addEventListener("click", ({ target }) => {
    if (target.id !== "get-chat-data") return;
    const details = window.haloChat_functions_getCurrentChatDetails;
    find("chat-data").value = details ? JSON.stringify(details(), null, 2) : "The chat is not loaded yet.";
  });

  window.addEventListener("haloChat_outboundEvent_initialized", ({ detail }) => {
    const status = find("connection");
    if (!status) return;
    status.textContent = detail.chatAvailable ? "Started" : "Chat is not available";
    status.dataset.available = detail.chatAvailable;
  });

  window.addEventListener("haloChat_outboundEvent_newMessage", ({ detail }) => {
    const box = find("new-messages");
    if (!box) return;
    box.value += `${JSON.stringify(detail)}\n`;
    box.scrollTop = box.scrollHeight;
  });

  // What `draggable_bubble` leaves to the page: to send where the bubble was dropped.
  document.addEventListener("dragover", (event) => {
    if (find("connection")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!find("connection")) return;
    event.preventDefault();
    halochat.send("repositionBubble", { x: event.clientX, y: event.clientY });
  });

  listen(INBOUND, "haloChat_inboundEvent_", "→");
  listen(OUTBOUND, "haloChat_outboundEvent_", "←");
})();
