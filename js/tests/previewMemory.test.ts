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

test("a chat under way is remembered, without its token", (context) => {
  chat(context, {});
  assert.deepEqual(Object.keys(session), ["halochat-preview-chat"]);
  assert.ok(!session["halochat-preview-chat"].includes("token"));
  assert.deepEqual(rememberedChat(), state.chat);
});

test("a chat that has ended is forgotten", (context) => {
  chat(context, {});
  endChat();
  remember();
  assert.deepEqual(Object.keys(session), []);
});

test("nothing is remembered, or known, if the author wants that", (context) => {
  chat(context, { persistChatToken: false });
  assert.deepEqual(Object.keys(session), []);
  chat(context, {});
  startPreview(context, { persistChatToken: false });
  assert.equal(rememberedChat(), null);
});

test("an open window is remembered if the author wants that", (context) => {
  chat(context, {});
  assert.equal(wasOpen(), false);
  chat(context, { keepChatWindowOpen: true });
  assert.equal(wasOpen(), true);
  update({ open: false });
  remember();
  assert.equal(wasOpen(), false);
});

test("what was remembered stays until the preview has read it", (context) => {
  chat(context, {});
  startPreview(context);
  update({ ready: false });
  remember();
  assert.notEqual(rememberedChat(), null);
});

for (const spoilt of ["", "{", "null", "1", "{}", '{"messages": 1}']) {
  test(`a spoilt chat (${spoilt}) is no chat`, (context) => {
    startPreview(context);
    session["halochat-preview-chat"] = spoilt;
    assert.equal(rememberedChat(), null);
  });
}
