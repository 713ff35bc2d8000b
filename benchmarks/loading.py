"""Compare loading strategies in Chromium, on one page of a Material site.

    python benchmarks/loading.py [--rounds 9] [--json FILE]

The page is throttled to 4 Mbit/s, a latency of 80 ms, and a quarter of the processor.
The widget is a stand-in of 380 KB that keeps the page busy for 500 ms. `bare` is a page
without chat that only adds the script at the click, so it shows the minimum time from a
click to the open window.

Differences are calculated within each round, between pages that were loaded one after
the other. `no chat 2` loads the page without chat again: its difference is noise.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

import yaml
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

VARIANTS: dict[str, dict[str, object] | None] = {
    "snippet": {"load": "snippet", "enable_inbound_events": True},
    "idle": {"load": "idle"},
    "no chat": None,
    "click": {"load": "click"},
    "no chat 2": None,
    "bare": None,
}
TEXT = "## Part {}\n\n" + "A sentence of some length, as they are in a guide. " * 20
WIDGET = """(() => {
  for (const end = performance.now() + 500; performance.now() < end;);
  addEventListener("haloChat_inboundEvent_openChatWindow", () => {
    document.getElementById("halo-chat").append(document.createElement("input"));
    window.opened = performance.now();
  });
  const detail = { chatAvailable: true };
  dispatchEvent(new CustomEvent("haloChat_outboundEvent_initialized", { detail }));
})();
"""
MEASURE = """
Object.assign(window, { blocking: 0, shift: 0 });
const watch = (type, act) => new PerformanceObserver((list) => {
  list.getEntries().forEach(act);
}).observe({ type, buffered: true });
watch("longtask", ({ duration }) => { window.blocking += duration - 50; });
watch("layout-shift", ({ value }) => { window.shift += value; });
let subject;
Object.defineProperty(window, "document$", {
  get: () => subject,
  set(value) {
    subject = value;
    value.subscribe(() => { window.themeReady ??= performance.now(); });
  },
});
addEventListener("click", ({ timeStamp }) => { window.clicked = timeStamp; }, true);
"""
BARE = """(script) => {
  const button = document.createElement("button");
  button.textContent = "Open chat";
  button.style = "position: fixed; right: 20px; bottom: 20px";
  button.addEventListener("click", () => {
    const container = document.createElement("div");
    container.id = "halo-chat";
    const element = document.createElement("script");
    element.src = script;
    document.body.append(container, element);
  });
  addEventListener("haloChat_outboundEvent_initialized", () => {
    dispatchEvent(new CustomEvent("haloChat_inboundEvent_openChatWindow"));
  });
  document.body.append(button);
}"""
SETTLED = 2500


class Handler(SimpleHTTPRequestHandler):
    """A file server that counts its requests."""

    requests = 0

    def do_GET(self) -> None:
        """Count the request, and respond to it."""
        type(self).requests += 1
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


class Vendor(Handler):
    """The vendor's server, which counts its requests separately."""


@contextmanager
def serve(folder: Path, handler: type[Handler]) -> Iterator[str]:
    """Serve a folder; yield its address."""
    in_folder = partial(handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), in_folder)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def build(folder: Path, vendor: str, options: dict[str, object] | None) -> None:
    """Build the site, with the chat of one variant, or without chat."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    parts = "\n\n".join(TEXT.format(number) for number in range(20))
    docs.joinpath("index.md").write_text(f"# Guide\n\n{parts}", encoding="utf-8")
    profile = {"chat_service_url": f"{vendor}/api", "config_id": "1", "config_key": "k"}
    ours = [] if options is None else [{"halochat": {**profile, **options}}]
    config = {
        "site_name": "Guide",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", *ours],
    }
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    subprocess.run([*mkdocs, "--config-file", file], check=True, capture_output=True)


def throttle(session: CDPSession) -> None:
    """Give the page a slow connection and a quarter of the processor."""
    rate = 4 * 1024 * 1024 / 8
    conditions = {"offline": False, "latency": 80}
    conditions |= {"downloadThroughput": rate, "uploadThroughput": rate}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def measure(browser: Browser, variant: str, site: str, script: str) -> dict[str, float]:
    """Load the page once, and open the chat in variants that load it at a click."""
    page = browser.new_page()
    page.add_init_script(MEASURE)
    throttle(page.context.new_cdp_session(page))
    Vendor.requests = 0
    page.goto(site)
    page.wait_for_timeout(SETTLED)
    figures = _figures(page)
    figures["requests"] = Vendor.requests
    if variant in ("click", "bare"):
        if variant == "bare":
            page.evaluate(BARE, script)
        page.get_by_role("button", name="Open chat").click()
        page.wait_for_function("window.opened")
        figures["click to open"] = page.evaluate("window.opened - window.clicked")
        page.wait_for_timeout(200)
        figures["shift"] = page.evaluate("window.shift")
    page.close()
    return figures


def _figures(page: Page) -> dict[str, float]:
    script = "[window.blocking, window.shift, window.themeReady]"
    names = ("blocking", "shift", "theme ready")
    return dict(zip(names, page.evaluate(script), strict=True))


Runs: TypeAlias = list[dict[str, float]]


def _difference(runs: Runs, others: Runs, name: str) -> float:
    """Return the median of the differences between runs of the same round."""
    pairs = zip(runs, others, strict=True)
    return statistics.median(run[name] - other[name] for run, other in pairs)


def report(results: dict[str, Runs]) -> dict[str, object]:
    """Print the medians, and whether the goals are met; return the medians."""
    medians = {
        variant: {
            name: statistics.median(run[name] for run in runs) for name in runs[0]
        }
        for variant, runs in results.items()
    }
    names = ("blocking", "shift", "theme ready", "requests", "click to open")
    print(f"{'':10}" + "".join(f"{name:>15}" for name in names))
    for variant, row in medians.items():
        cells = (f"{row[name]:>15.4g}" if name in row else " " * 15 for name in names)
        print(f"{variant:10}" + "".join(cells))
    click = medians["click"]
    snippet = medians["snippet"]["theme ready"] / click["theme ready"]
    print(f"\nWith the snippet, the theme is ready after {snippet:.1f} times the time.")
    delay = _difference(results["click"], results["bare"], "click to open")
    for variant in ("snippet", "idle", "click", "no chat 2"):
        more = _difference(results[variant], results["no chat"], "blocking")
        print(f"{variant}: {more:+.0f} ms of blocking, compared with no chat")
    # `click` is measured between the two.
    around = [
        {"blocking": (run["blocking"] + other["blocking"]) / 2}
        for run, other in zip(results["no chat"], results["no chat 2"], strict=True)
    ]
    blocked = _difference(results["click"], around, "blocking")
    for goal, met in {
        f"click adds {blocked:+.0f} ms of blocking (at most 20)": blocked <= 20,
        f"click shifts the page by {click['shift']:.4f} (0)": click["shift"] == 0,
        f"click sends {click['requests']:.0f} requests to the vendor (0)": not click[
            "requests"
        ],
        f"click opens {delay:+.0f} ms later than bare (at most 100)": delay <= 100,
    }.items():
        print("met   " if met else "MISSED", goal)
    added = {
        variant: _difference(results[variant], results["no chat"], "blocking")
        for variant in ("snippet", "idle", "no chat 2")
    }
    return {
        "rounds": len(results["click"]),
        "medians": medians,
        "added_blocking": {**added, "click": blocked},
        "click_opens_later": delay,
    }


def main() -> None:
    """Measure the variants in turn, round by round, and report the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    runs: dict[str, Runs] = {variant: [] for variant in VARIANTS}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        widget = folder / "vendor" / "chat" / "index.js"
        widget.parent.mkdir(parents=True)
        padding = f"// {'x' * (380 * 1024 - len(WIDGET))}\n"
        widget.write_text(padding + WIDGET, encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        with serve(folder / "vendor", Vendor) as vendor:
            for variant, options in VARIANTS.items():
                build(folder / variant, vendor, options)
            for _ in range(rounds):
                for variant, own_runs in runs.items():
                    with serve(folder / variant / "site", Handler) as site:
                        script = f"{vendor}/chat/index.js"
                        own_runs.append(measure(browser, variant, site, script))
        browser.close()
    results = report(runs)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
