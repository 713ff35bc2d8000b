// A widget as one may be written with React: a bubble, a window with a text field whose
// Enter key sends, and styles in JavaScript. `variant` in its configuration says where it
// renders: in the `container`, a `portal`, a `frame`, a `shadow` root, or both of the last
// two words in one (`portal shadow`). `editor` makes the field an editable element.
// biome-ignore lint/correctness/noUnusedImports: what becomes of the elements uses it
import React, { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

const { variant = "", ...config } = window.haloChatConfig;
const has = (word) => variant.includes(word);
const RULES = [
  ".chat-bubble { position: fixed; right: 20px; bottom: 20px; z-index: 77 }",
  ".chat-window { position: fixed; right: 20px; bottom: 90px; background: #fff }",
  ".chat-frame { position: fixed; right: 0; bottom: 0; border: 0; height: 300px }",
];

window.vendor ??= { runs: 0, calls: [], sent: [] };
window.vendor.runs += 1;

/** Insert the rules as CSS-in-JS does: into a style element that stays empty. */
function insertStyles(root) {
  const style = document.createElement("style");
  (root.head ?? root).append(style);
  for (const rule of RULES) style.sheet.insertRule(rule, style.sheet.cssRules.length);
}

function send(name, detail) {
  if (!config.enableOutboundEvents) return;
  const event = new CustomEvent(`haloChat_outboundEvent_${name}`, { detail });
  window.dispatchEvent(event);
}

function useInbound(name, act) {
  // Without a list of dependencies: added again whenever it renders.
  useEffect(() => {
    const type = `haloChat_inboundEvent_${name}`;
    const listener = (event) => {
      window.vendor.calls.push(name);
      act(event);
    };
    window.addEventListener(type, listener);
    return () => window.removeEventListener(type, listener);
  });
}

function Field({ onSend }) {
  const [text, setText] = useState("");
  const field = useRef(null);
  useEffect(() => field.current.focus(), []);
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    onSend(has("editor") ? field.current.textContent : text);
    setText("");
    if (has("editor")) field.current.textContent = "";
  };
  const shared = { ref: field, "aria-label": "Message", onKeyDown };
  return has("editor") ? (
    // biome-ignore lint/a11y/useSemanticElements: an editor for rich text is such a one
    <div role="textbox" tabIndex={0} contentEditable {...shared} />
  ) : (
    <textarea
      {...shared}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function Chat() {
  const [opened, setOpened] = useState(false);
  const [messages, setMessages] = useState([]);
  const before = useRef(opened);
  const open = () => setOpened(true);
  const close = () => setOpened(false);
  useInbound("openChatWindow", open);
  useInbound("closeChatWindow", close);
  useEffect(() => send("initialized", { chatAvailable: true }), []);
  useEffect(() => {
    if (before.current === opened) return;
    before.current = opened;
    if (opened) send("chatOpened", { id: 1, unread_count: 0, messages: [] });
    else send("chatClosed");
  });
  const onSend = (message) => {
    setMessages([...messages, message]);
    window.vendor.sent.push(message);
    send("messageSent", { message });
  };
  return (
    <>
      <button type="button" className="chat-bubble" onClick={open}>
        React bubble
      </button>
      {opened && (
        <div role="dialog" aria-label="React window" className="chat-window">
          <ul>
            {messages.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
          <Field onSend={onSend} />
          <button type="button" onClick={close}>
            Close
          </button>
        </div>
      )}
    </>
  );
}

function Frame() {
  const [body, setBody] = useState(null);
  const onLoad = ({ target }) => {
    insertStyles(target.contentDocument);
    setBody(target.contentDocument.body);
  };
  return (
    <iframe
      title="Chat"
      className="chat-frame"
      srcDoc="<!doctype html><html lang=en><title>Chat</title></html>"
      onLoad={onLoad}
    >
      {body && createPortal(<Chat />, body)}
    </iframe>
  );
}

/** Return the element to render into, and what to render. */
export function mount() {
  let root = document.getElementById("halo-chat");
  insertStyles(document);
  let content = has("frame") ? <Frame /> : <Chat />;
  if (has("portal")) {
    const portal = document.body.appendChild(document.createElement("div"));
    if (has("shadow")) root = portal;
    else content = createPortal(content, portal);
  }
  if (has("shadow")) {
    root = root.attachShadow({ mode: "open" });
    insertStyles(root);
  }
  return [content, root];
}
