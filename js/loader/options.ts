// The options of the page we are on, as its meta element in the head carries them.

import { call, doc } from "../shared/dom.ts";

export type Load = "idle" | "interaction" | "click" | "eager" | "manual";

/** The content of `<meta name="halo-chat">`, written by the build. */
export interface PageOptions {
  page: string;
  enabled?: false;
  /** The address of the vendor's script. */
  script: string;
  /** The name of the bridge's file, which lies beside the loader. */
  bridge?: string;
  load: Load;
  /** Seconds until a chat that does not start counts as failed. */
  timeout: number;
  consent?: boolean;
  hosts?: string[];
  fallback?: string;
  analytics?: "data_layer" | "gtag" | "plausible" | "matomo";
  /** The path of a global function that returns the visitor's identity token. */
  identity?: string;
  /** The properties of the widget that hold a path in the site. */
  media?: string[];
  /** The CSS of the launcher's corner, its control, and the icon in that. */
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

/** The options of the page we are on. */
export let page: PageOptions;
/** The properties of its widget. Without events nothing is known of the widget's state. */
export let config: WidgetConfig;
let meta: string | undefined;

// A meta in the body is content, and content must not choose scripts or lift consent.
const META = "html>head>meta[name=halo-chat]";

/** Returns the options in a document as text. */
export function readMeta(owner: Document): string | undefined {
  const metas = Document.prototype.querySelectorAll.call(owner, META);
  return ([...metas].pop() as HTMLMetaElement | undefined)?.content;
}

/** Reads the options of the page; returns whether they are others than before. */
export function readPage(): boolean {
  const before = meta;
  meta = readMeta(document) ?? '{"enabled":false}';
  if (meta === before) return false;
  page = JSON.parse(meta);
  config = {
    enableInboundEvents: true,
    enableOutboundEvents: true,
    ...page.haloChatConfig,
  };
  for (const name of page.media ?? []) config[name] = absolute(config[name] as string);
  return true;
}

/** Whether the page has chat, on the host that it is served from. */
export function isOn(): boolean {
  const { enabled = true, hosts } = page;
  const isHere = !hosts || hosts.includes(location.hostname);
  if (!isHere) call("console.debug", "halochat: no chat, this host is not in `hosts`");
  return enabled && isHere;
}

/** Whether this is a frame into which the page's head was copied. */
export function isCopiedHead(): boolean {
  try {
    return parent !== window && readMeta(parent.document) === readMeta(document);
  } catch {
    return false; // the parent is another site
  }
}

/** Returns an address in full. */
export const absolute = (address = ""): string => new URL(address, doc.baseURI).href;
