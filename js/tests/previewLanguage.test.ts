import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf, fillIn, mergeTexts, readPageTexts } from "../preview/language.ts";
import { PREVIEW_TEXTS, WIDGET_TEXTS } from "../preview/texts.ts";
import { member, parse, stringsOf, toNumber } from "../preview/values.ts";

test("no text of the widget has the name of a text of the preview", () => {
  const names = [...Object.keys(PREVIEW_TEXTS), ...Object.keys(WIDGET_TEXTS)];
  assert.equal(new Set(names).size, names.length);
});

test("texts are read from the loader's options", () => {
  const options = { texts: { lang: "de", preview: { notice: "Vorschau", you: 1 } } };
  assert.deepEqual(readPageTexts(JSON.stringify(options)), {
    lang: "de",
    preview: { notice: "Vorschau" },
  });
});

for (const content of [undefined, null, "", "{", "null", "[]", '{"texts": 1}', '"x"']) {
  test(`the options ${content} contain no texts`, () => {
    assert.deepEqual(readPageTexts(content), { lang: "", preview: {} });
  });
}

test("missing and invalid texts are replaced by English ones", () => {
  const texts = mergeTexts({ send: "Senden", close: 1 }, { notice: "Vorschau" });
  assert.deepEqual(
    [texts.send, texts.close, texts.notice, texts.menu],
    ["Senden", "Close", "Vorschau", "Menu"],
  );
  for (const language of [undefined, null, "de", 1, []]) {
    assert.equal(mergeTexts(language, {}).send, "Send");
  }
});

test("the language option does not change texts of the preview", () => {
  assert.equal(mergeTexts({ notice: "Chat" }, {}).notice, PREVIEW_TEXTS.notice);
});

test("every placeholder is replaced, without special characters", () => {
  assert.equal(fillIn("@@@ of @@@", "$&"), "$& of $&");
  assert.equal(fillIn("@@@ unread", 2), "2 unread");
});

test("the writing direction follows the texts", () => {
  for (const [send, direction] of [
    ["Send", "ltr"],
    ["إرسال", "rtl"],
    ["שליחה", "rtl"],
    ["送信", "ltr"],
    ["", "ltr"],
  ]) {
    assert.equal(directionOf(mergeTexts({ send }, {})), direction, send);
  }
});

test("values of any type can be read", () => {
  assert.deepEqual(
    [
      member(null, "x"),
      member(undefined, "x"),
      member("a", "length"),
      member({ x: 1 }, "x"),
    ],
    [undefined, undefined, 1, 1],
  );
  assert.deepEqual(
    [parse("{}"), parse("{"), parse(null), parse(undefined)],
    [{}, null, null, null],
  );
  assert.deepEqual([toNumber("300px"), toNumber(" 5"), toNumber(1.5)], [300, 5, 1.5]);
  for (const value of ["", "px", null, undefined, {}, true]) {
    assert.ok(Number.isNaN(toNumber(value)), String(value));
  }
  assert.deepEqual(stringsOf({ a: "x", b: 1, c: null }), { a: "x" });
});
