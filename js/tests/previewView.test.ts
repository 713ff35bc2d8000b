import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../preview/config.ts";
import { typeDraft } from "../preview/conversation.ts";
import { showDetails } from "../preview/details.ts";
import { endChat, ensureChat } from "../preview/session.ts";
import { texts, update } from "../preview/store.ts";
import { bubble } from "../preview/view/bubble.ts";
import type { Description } from "../preview/view/elements.ts";
import { panel } from "../preview/view/panel.ts";
import { showEnding, showWindow, toggleMenu } from "../preview/window.ts";
import { pass, startPreview } from "./previewPage.ts";

type Context = Parameters<typeof startPreview>[0];

function open(context: Context, config?: Config): void {
  startPreview(context, config);
  ensureChat();
  showWindow();
}

/** Return the elements of a description, or those with a class. */
function find(within: Description, name = ""): Description[] {
  const inside = within.children.flatMap((child) =>
    typeof child === "string" ? [] : find(child),
  );
  const all = [within, ...inside];
  const classes = ({ attributes }: Description) => `${attributes.class}`.split(" ");
  return name ? all.filter((one) => classes(one).includes(name)) : all;
}

function only(within: Description, name: string): Description {
  const found = find(within, name);
  assert.equal(found.length, 1, name);
  return found[0];
}

/** Return the names of the hidden parts. */
function hidden(within: Description, ...names: string[]): string[] {
  return names.filter((name) => only(within, name).attributes.hidden);
}

const status = () => only(panel(), "status").children[0];
const label = () => only(bubble(), "bubble").attributes.title;

test("the status describes the stage of the chat", (context) => {
  open(context);
  assert.equal(status(), texts.waitingForAgent);
  pass(context, 1300);
  assert.equal(status(), "");
  pass(context, 400);
  assert.equal(status(), "Preview agent is typing");
  endChat();
  assert.equal(status(), texts.ended);
});

test("the window shows the parts of its view", (context) => {
  open(context);
  const parts = ["menu", "chat", "details", "ending", "composer", "ended", "ask"];
  assert.deepEqual(hidden(panel(), ...parts), [
    "menu",
    "details",
    "ending",
    "ended",
    "ask",
  ]);
  showDetails("name");
  toggleMenu();
  update({ asking: true });
  assert.deepEqual(hidden(panel(), ...parts), ["chat", "ending", "ended"]);
  showEnding();
  assert.deepEqual(hidden(panel(), ...parts), ["menu", "details", "ended"]);
  assert.equal(only(panel(), "chat").attributes.inert, true);
  endChat();
  assert.deepEqual(hidden(panel(), "composer", "ended"), ["composer"]);
});

test("a message is text with its author", (context) => {
  open(context);
  pass(context, 2900);
  const [sender, text] = only(panel(), "message").children as Description[];
  assert.deepEqual(sender.children, ["Preview agent: "]);
  assert.deepEqual(text.children, [texts.greeting]);
});

test("an empty message cannot be sent", (context) => {
  open(context);
  const isDisabled = () => only(panel(), "send").attributes.disabled;
  assert.equal(isDisabled(), true);
  typeDraft(" ");
  assert.equal(isDisabled(), true);
  typeDraft("Hello");
  assert.equal(isDisabled(), false);
  assert.equal(only(panel(), "draft").attributes.value, "Hello");
});

test("the label of the bubble includes unread messages", (context) => {
  startPreview(context);
  assert.equal(label(), texts.newChatName);
  ensureChat();
  assert.equal(label(), texts.liveChatName);
  pass(context, 2900);
  assert.equal(label(), "Live Chat, 1 unread message(s)");
  assert.deepEqual(only(bubble(), "badge").children, ["1"]);
});

for (const [config, before, during] of [
  [{}, false, false],
  [{ hideNewChatBubble: true }, true, false],
  [{ hideExistingChatBubble: true }, false, true],
  [{ hideNewChatBubble: "yes" }, false, false],
] as [Config, boolean, boolean][]) {
  test(`${JSON.stringify(config)} hides the bubble: ${before} without a chat, ${during} with one`, (context) => {
    startPreview(context, config);
    const isHidden = () => only(bubble(), "dock").attributes.hidden;
    assert.equal(isHidden(), before);
    ensureChat();
    assert.equal(isHidden(), during);
    update({ inactive: true });
    assert.equal(isHidden(), true);
  });
}

test("the bubble is hidden while the window covers the page", (context) => {
  startPreview(context, { forceFullScreen: true });
  assert.equal(only(bubble(), "dock").attributes.hidden, false);
  update({ open: true });
  assert.equal(only(bubble(), "dock").attributes.hidden, true);
});

test("showEndChatOptionOnBubble applies while a chat is active", (context) => {
  startPreview(context, { showEndChatOptionOnBubble: true });
  assert.deepEqual(hidden(bubble(), "end"), ["end"]);
  ensureChat();
  assert.deepEqual(hidden(bubble(), "end"), []);
});

test("an icon that cannot be loaded is replaced by the default", (context) => {
  startPreview(context, { icon: "/icon.svg" });
  const image = () => only(bubble(), "bubble").children[0] as Description;
  assert.equal(image().attributes.src, "/icon.svg");
  (image().attributes.onerror as () => void)();
  assert.equal(image().tag, "svg");
});

test("the saved name is the name of the window", (context) => {
  open(context);
  assert.equal(panel().attributes["aria-label"], "Live Chat");
  update({ view: "details", name: "Invoices" });
  const save = only(panel(), "foot").children[1] as Description;
  (save.attributes.onclick as () => void)();
  assert.equal(panel().attributes["aria-label"], "Invoices");
});
