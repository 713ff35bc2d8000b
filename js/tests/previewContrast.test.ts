import assert from "node:assert/strict";
import { test } from "node:test";
import { textColorOn } from "../preview/contrast.ts";

function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("the contrast is at least 4.5 on every color", () => {
  const steps = Array.from({ length: 18 }, (_, step) => step * 15);
  for (const red of steps) {
    for (const green of steps) {
      for (const blue of steps) {
        const text = textColorOn(`rgb(${red}, ${green}, ${blue})`);
        const back = luminance([red, green, blue]) + 0.05;
        const contrast = text === "#fff" ? 1.05 / back : back / 0.05;
        assert.ok(contrast >= 4.5, `${text} on rgb(${red}, ${green}, ${blue})`);
      }
    }
  }
});

test("white is preferred if its contrast suffices", () => {
  assert.equal(textColorOn("rgb(39, 87, 216)"), "#fff");
  assert.equal(textColorOn("rgba(118, 118, 118, 0.5)"), "#fff");
  assert.equal(textColorOn("rgb(119, 119, 119)"), "#000");
});
