import assert from "node:assert/strict";
import { test } from "node:test";
import { lightness } from "../shared/colors.ts";

test("reads how light a computed color is, in each of its notations", () => {
  const colors: [string, number | undefined][] = [
    ["rgb(0, 0, 0)", 0],
    ["rgb(255, 255, 255)", 1],
    ["rgba(255, 255, 255, 0.8)", 1],
    ["rgba(0, 0, 0, 0)", undefined],
    ["rgba(0, 0, 0, 0.4)", undefined],
    ["color(srgb 0.9 0.9 0.9)", 0.9],
    ["color(display-p3 0.2 0.2 0.2)", 0.2],
    ["color(rec2020 0.2 0.2 0.2 / 0.1)", undefined],
    ["oklch(0.25 0.02 260)", 0.25],
    ["oklab(0.9 0 0 / 0.9)", 0.9],
    ["lab(95 0 0)", 0.95],
    ["lch(12.5 3 40)", 0.125],
  ];
  for (const [color, expected] of colors) {
    assert.deepEqual([color, lightness(color)], [color, expected]);
  }
});

test("takes green for lighter than red, and red for lighter than blue", () => {
  const [red = 0, green = 0, blue = 0] = [
    "rgb(255, 0, 0)",
    "rgb(0, 255, 0)",
    "rgb(0, 0, 255)",
  ].map(lightness);
  assert.ok(green > red && red > blue);
});
