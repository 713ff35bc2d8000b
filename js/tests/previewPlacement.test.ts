import assert from "node:assert/strict";
import { test } from "node:test";
import { inbound } from "../preview/inbound.ts";
import {
  bubbleStyles,
  cornerStyles,
  dockStyles,
  sizeStyles,
  windowStyles,
} from "../preview/placement.ts";
import { state, update } from "../preview/store.ts";
import { startPreview } from "./previewPage.ts";

/** Merge layers as the browser does. */
function merge(layers: unknown[]): Record<string, unknown> {
  return Object.assign({}, ...layers);
}

test("a corner sets two sides and resets the others", () => {
  assert.deepEqual(cornerStyles("top-left", 92), { inset: "auto", top: 92, left: 20 });
  assert.deepEqual(cornerStyles("bottom-right", 20), {
    inset: "auto",
    bottom: 20,
    right: 20,
  });
});

test("an unknown corner has no styles", () => {
  for (const corner of [
    undefined,
    null,
    "",
    "left-top",
    "top-left ",
    "top",
    1,
    {},
    [],
  ]) {
    assert.deepEqual({ ...Object(cornerStyles(corner, 20)) }, {}, String(corner));
  }
});

test("sizes are positive numbers or strings", () => {
  assert.deepEqual(sizeStyles({ width: 300, height: "500px" }), {
    width: 300,
    height: 500,
  });
  for (const value of [
    null,
    3,
    { width: 0, height: -1 },
    { width: "wide", height: {} },
  ]) {
    assert.deepEqual(sizeStyles(value), {});
  }
});

test("configured styles override the corner, and events override both", (context) => {
  const styles = { bottom: "100px" };
  startPreview(context, {
    position: "bottom-left",
    bubbleContainerStyles: styles,
    windowStyles: styles,
    width: 400,
  });
  assert.deepEqual(merge(dockStyles()), { inset: "auto", left: 20, ...styles });
  assert.deepEqual(merge(windowStyles()), {
    inset: "auto",
    left: 20,
    width: 400,
    ...styles,
  });
  inbound.reposition("top-right");
  inbound.resize({ width: "350" });
  inbound.resize({ height: 500 });
  const { top, right } = merge(dockStyles());
  assert.deepEqual([top, right], [20, 20]);
  const { width, height } = merge(windowStyles());
  assert.deepEqual([merge(windowStyles()).top, width, height], [92, 350, 500]);
});

test("the bubble moves to a point and back to a corner", (context) => {
  startPreview(context);
  inbound.repositionBubble({ x: 100, y: "200" });
  const { left, top, inset } = merge(dockStyles());
  assert.deepEqual(
    [left, top, inset],
    ["clamp(0px, 100px, 100vw - 56px)", "clamp(0px, 200px, 100vh - 56px)", "auto"],
  );
  inbound.resize({ width: 300 });
  inbound.reposition("top-left");
  assert.deepEqual(state.placement, { corner: "top-left", size: { width: 300 } });
});

test("a full screen window overrides sizes and sides", (context) => {
  startPreview(context, { windowStyles: { bottom: "9px", zIndex: 7 }, height: 300 });
  update({ fullScreen: true });
  const { inset, width, height, zIndex } = merge(windowStyles());
  assert.deepEqual([inset, width, height, zIndex], [0, "auto", "auto", 7]);
});

for (const [size, share] of [
  [undefined, "50%"],
  [80, "80%"],
  ["30", "30%"],
  ["wide", "50%"],
]) {
  test(`iconSize: ${size} is ${share} of the bubble`, (context) => {
    startPreview(context, { iconSize: size, bubbleStyles: { opacity: 0.5 } });
    assert.deepEqual(merge(bubbleStyles()), { "--icon": share, opacity: 0.5 });
  });
}
