import assert from "node:assert/strict";
import { test } from "node:test";
import { applyStyles, propertyName } from "../shared/styles.ts";

/** Return an element that accepts a few properties, and its inline styles. */
function makeElement(): [HTMLElement, Record<string, string>] {
  const values: Record<string, string> = {};
  const style = {
    set cssText(text: string) {
      assert.equal(text, "");
      for (const name of Object.keys(values)) delete values[name];
    },
    setProperty(name: string, value: string) {
      const isKnown =
        (name === "width" && /^[\d.]+px$|^auto$/.test(value)) ||
        (name === "z-index" && /^\d+$/.test(value)) ||
        (name === "line-height" && /^[\d.]+(px)?$/.test(value)) ||
        name.startsWith("--");
      if (isKnown) values[name] = value;
    },
  };
  return [{ style } as unknown as HTMLElement, values];
}

test("numbers are pixels unless the property accepts plain numbers", () => {
  const [element, values] = makeElement();
  applyStyles(element, { width: 300, zIndex: 7, lineHeight: 1.5, "--share": 2 });
  assert.deepEqual(values, {
    width: "300px",
    "z-index": "7",
    "line-height": "1.5",
    "--share": "2",
  });
});

test("later layers override earlier ones and replace previous styles", () => {
  const [element, values] = makeElement();
  applyStyles(element, { width: 1, zIndex: 1 });
  applyStyles(element, { width: 2, lineHeight: 2 }, undefined, { width: "auto" });
  assert.deepEqual(values, { width: "auto", "line-height": "2" });
});

test("unknown names and values are ignored", () => {
  const [element, values] = makeElement();
  const unknown = JSON.parse(
    '{"length": 1, "parentRule": 2, "setProperty": "x", "cssText": "width: 1px",' +
      '"item": 0, "__proto__": {"width": 9}, "constructor": "x", "wdith": "3px"}',
  );
  applyStyles(element, { width: 3 }, unknown);
  const layers = [
    null,
    false,
    "text",
    7,
    [1],
    { width: {} },
    { width: null, zIndex: "x" },
  ];
  applyStyles(element, { width: 3 }, unknown, ...layers);
  assert.deepEqual(values, { width: "3px" });
});

test("names are converted to the spelling of style sheets", () => {
  for (const [name, property] of [
    ["borderTopLeftRadius", "border-top-left-radius"],
    ["border-radius", "border-radius"],
    ["WebkitMaskImage", "-webkit-mask-image"],
    ["webkitMaskImage", "-webkit-mask-image"],
    ["MozAppearance", "-moz-appearance"],
    ["--myColor", "--myColor"],
  ]) {
    assert.equal(propertyName(name), property);
  }
});
