import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../preview/config.ts";
import { remember, rememberedChat, wasOpen } from "../preview/memory.ts";
import { endChat, ensureChat } from "../preview/session.ts";
import { state, update } from "../preview/store.ts";
import { showWindow } from "../preview/window.ts";
import { session } from "../shared/storage.ts";
import { startPreview } from "./previewPage.ts";

type Context = Parameters<typeof startPreview>[0];

function chat(context: Context, config: Config): void {
  for (const key of Object.keys(session)) delete session[key];
  startPreview(context, config);
  ensureChat("token");
  showWindow();
  remember();
}

test("an active chat is stored without its token", (context) => {
  chat(context, {});
  assert.deepEqual(Object.keys(session), ["halochat-preview-chat"]);
  assert.ok(!session["halochat-preview-chat"].includes("token"));
  assert.deepEqual(rememberedChat(), state.chat);
});

test("a chat that has ended is removed", (context) => {
  chat(context, {});
  endChat();
  remember();
  assert.deepEqual(Object.keys(session), []);
});

test("persistChatToken: false stores and reads nothing", (context) => {
  chat(context, { persistChatToken: false });
  assert.deepEqual(Object.keys(session), []);
  chat(context, {});
  startPreview(context, { persistChatToken: false });
  assert.equal(rememberedChat(), null);
});

test("keepChatWindowOpen: true stores whether the window is open", (context) => {
  chat(context, {});
  assert.equal(wasOpen(), false);
  chat(context, { keepChatWindowOpen: true });
  assert.equal(wasOpen(), true);
  update({ open: false });
  remember();
  assert.equal(wasOpen(), false);
});

test("nothing is overwritten before the preview is ready", (context) => {
  chat(context, {});
  startPreview(context);
  update({ ready: false });
  remember();
  assert.notEqual(rememberedChat(), null);
});

for (const damaged of ["", "{", "null", "1", "{}", '{"messages": 1}']) {
  test(`damaged data (${damaged}) is no chat`, (context) => {
    startPreview(context);
    session["halochat-preview-chat"] = damaged;
    assert.equal(rememberedChat(), null);
  });
}
