// Follows instant navigation, which changes pages without a full load.

import { followMaterial } from "./material.ts";
import { followTurbo } from "./turbo.ts";

/** Calls back after each change of the page. */
export function followNavigation(changed: () => void): void {
  followMaterial(changed);
  followTurbo(changed);
}
