// Reads the options of the current page from the meta element in its head.

import { call, doc } from "../shared/dom.ts";

export type Load = "idle" | "interaction" | "click" | "eager" | "manual";

/** The content of `<meta name="halo-chat">`, written by the build. */
export interface PageOptions {
  page: string;
  enabled?: false;
  /** The address of the vendor's script. */
  script: string;
  /** The name of the bridge's file, which is in the same folder as the loader. */
  bridge?: string;
  load: Load;
  /** Seconds after which a chat that has not started is treated as failed. */
  timeout: number;
  consent?: boolean;
  hosts?: string[];
  fallback?: string;
  analytics?: "data_layer" | "gtag" | "plausible" | "matomo";
  /** The path of a global function that returns the visitor's identity token. */
  identity?: string;
  /** The properties of the widget that hold a path in the site. */
  media?: string[];
  /** The CSS of the launcher's corner, of its control, and of the icon. */
  launcher?: string[];
  /** The loader's own texts, and their language tag as `lang`. */
  texts: Record<string, string>;
  haloChatConfig: WidgetConfig;
}

/** The vendor's properties; those that the loader reads have a type. */
export interface WidgetConfig {
  autoInitialize?: boolean;
  enableInboundEvents?: boolean;
  hideNewChatBubble?: boolean;
  theme?: string;
  [property: string]: unknown;
}

/** The options of the current page. */
export let pageOptions: PageOptions;
/** The properties of its widget. Events are enabled, as the loader needs them. */
export let config: WidgetConfig;
let meta: string | undefined;

// A meta element in the body is content, which must not choose scripts or skip consent.
const META = "html>head>meta[name=halo-chat]";

/** Returns the options in a document as JSON. */
export function readMeta(owner: Document): string | undefined {
  const metas = Document.prototype.querySelectorAll.call(owner, META);
  return ([...metas].pop() as HTMLMetaElement | undefined)?.content;
}

/** Reads the options of the page; returns whether they have changed. */
export function readPage(): boolean {
  const before = meta;
  meta = readMeta(document) ?? '{"enabled":false}';
  if (meta === before) return false;
  pageOptions = JSON.parse(meta);
  config = {
    enableInboundEvents: true,
    enableOutboundEvents: true,
    ...pageOptions.haloChatConfig,
  };
  for (const name of pageOptions.media ?? [])
    config[name] = absolute(config[name] as string);
  return true;
}

/** Whether the page has chat, which also depends on the host. */
export function isOn(): boolean {
  const { enabled = true, hosts } = pageOptions;
  const isHere = !hosts || hosts.includes(location.hostname);
  if (!isHere) call("console.debug", "halochat: no chat, this host is not in `hosts`");
  return enabled && isHere;
}

/** Whether this document is a frame into which the page's head was copied. */
export function isCopiedHead(): boolean {
  try {
    return parent !== window && readMeta(parent.document) === readMeta(document);
  } catch {
    return false; // the parent has another origin
  }
}

/** Returns the absolute form of an address. */
export const absolute = (address = ""): string => new URL(address, doc.baseURI).href;
