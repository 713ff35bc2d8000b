/** The position and size of the bubble and the window, as layers of style objects. */

import { config, state, update } from "./store.ts";
import { member, toNumber } from "./values.ts";
import { isFull } from "./window.ts";

/** The distance from the edges of the screen in pixels. */
const MARGIN = 20;
/** The distance of the window from the edge next to the bubble, in pixels. */
const WINDOW_MARGIN = 92;

/** Return the styles that place an element in a corner, such as `top-left`. */
export function cornerStyles(corner: unknown, margin: number): unknown {
  const [, y, x] = /^(top|bottom)-(left|right)$/.exec(String(corner)) ?? [];
  return x && y && { inset: "auto", [y]: margin, [x]: MARGIN };
}

type Size = Readonly<Record<string, number>>;

/** Return the positive `width` and `height` of a value, in pixels. */
export function sizeStyles(value: unknown): Size {
  const size: Record<string, number> = {};
  for (const side of ["width", "height"]) {
    const length = toNumber(member(value, side));
    if (length > 0) size[side] = length;
  }
  return size;
}

export function dockStyles(): unknown[] {
  const { placement } = state;
  return [
    cornerStyles(config.position, MARGIN),
    config.bubbleContainerStyles,
    cornerStyles(placement.corner, MARGIN),
    placement.bubble,
  ];
}

export function bubbleStyles(): unknown[] {
  return [{ "--icon": `${toNumber(config.iconSize) || 50}%` }, config.bubbleStyles];
}

export function windowStyles(): unknown[] {
  const { placement } = state;
  return [
    sizeStyles(config),
    cornerStyles(config.position, WINDOW_MARGIN),
    config.windowStyles,
    cornerStyles(placement.corner, WINDOW_MARGIN),
    placement.size,
    isFull() && { inset: 0, width: "auto", height: "auto" },
  ];
}

// Inbound events

export function resize(size: Size): void {
  const { placement } = state;
  update({ placement: { ...placement, size: { ...placement.size, ...size } } });
}

export function reposition(corner: unknown): void {
  update({ placement: { size: state.placement.size, corner } });
}

/** Move the top left corner of the bubble to a point, within the screen. */
export function repositionBubble(x: number, y: number): void {
  const bubble = {
    inset: "auto",
    top: `clamp(0px, ${y}px, 100vh - 56px)`,
    left: `clamp(0px, ${x}px, 100vw - 56px)`,
  };
  update({ placement: { ...state.placement, bubble } });
}
