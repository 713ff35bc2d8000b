// Consent by `halochat.allow()` and `halochat.deny()`, for dialogs of the site.

import { local } from "../../shared/storage.ts";
import type { ConsentSource } from "./index.ts";

const KEY = "halochat-consent";

export const allow = (): void => {
  local[KEY] = "1";
};

export const ownApi: ConsentSource = {
  granted: () => local[KEY],
  withdraw: () => delete local[KEY],
};
