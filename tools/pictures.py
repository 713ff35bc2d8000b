"""Take the screenshots in both guides, or contact sheets of all languages for review.

    python tools/pictures.py                       screenshots of the sample sites
    python tools/pictures.py languages FOLDER      contact sheets, one per script

This needs Chromium: from the variable CHROMIUM, the system, or Playwright. Take new
screenshots when the look of the preview or of a guide has changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Frame, Locator, Page, sync_playwright

from halochat import PageContext, Site
from halochat.languages import tags, texts

SAMPLES = Path(__file__).resolve().parent.parent / "sample_docs"
SIZES = {"wide": (1280, 800), "phone": (390, 844)}
QUIET = {"NO_MKDOCS_2_WARNING": "1"}
PYTHON = (sys.executable, "-m")
# For each guide: the command that builds it, a page, and the folder of its screenshots.
GUIDES = {
    "material": (
        (*PYTHON, "mkdocs", "build", "-q", "-f", SAMPLES / "mkdocs/mkdocs.yml", "-d"),
        "quickstart/",
        SAMPLES / "mkdocs/docs/pictures",
    ),
    "furo": (
        (*PYTHON, "sphinx", "-q", "-b", "html", SAMPLES / "sphinx"),
        "quickstart.html",
        SAMPLES / "sphinx/pictures",
    ),
}

# A sheet has these three frames for each language.
VIEWS = ("talk", "menu", "details")
PAGE = """<!doctype html>
<html lang="{tag}" dir="{direction}"><head><meta charset="utf-8"></head>
<body></body></html>
"""
FRAME = '<iframe name="{view}" src="{tag}.html"></iframe>'
SHEET = """<!doctype html><style>
body { margin: 0; display: grid; grid: 780px 600px 600px / auto-flow 380px; gap: 10px }
iframe { width: 100%; height: 100%; border: 0 }
</style>
"""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """Serve a folder on this computer; yield its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=sandbox)


def take_pictures() -> None:
    """Take screenshots of each guide: light and dark, wide and on a phone."""
    with TemporaryDirectory() as folder, served(folder) as address, browser() as chrome:
        for guide, (command, path, pictures) in GUIDES.items():
            site = Path(folder, guide)
            subprocess.run([*command, site], check=True, env=os.environ | QUIET)
            pictures.mkdir(exist_ok=True)
            for scheme in ("light", "dark"):
                for size, (width, height) in SIZES.items():
                    page = chrome.new_page(
                        viewport={"width": width, "height": height},
                        color_scheme=scheme,
                        reduced_motion="reduce",
                    )
                    page.goto(f"{address}{guide}/{path}")
                    chat(page)
                    file = pictures / f"{guide}-{scheme}-{size}.png"
                    page.screenshot(path=file)
                    page.close()
                    print(file)


def chat(page: Page) -> None:
    """Open the chat, send a message, and wait for the answers."""
    page.evaluate("halochat.open()")
    window = page.locator("#halo-chat").get_by_role("dialog")
    messages = window.locator(".message")
    messages.nth(0).wait_for()
    box = window.get_by_role("textbox")
    box.fill("How do I change the color?")
    box.press("Enter")
    messages.nth(2).wait_for()
    box.blur()


def take_sheets(target: Path) -> None:
    """Take contact sheets, with the chat, the menu and the details in each language."""
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, served(folder) as address, browser() as chrome:
        for script, found in by_script().items():
            for part, some in enumerate(chunks(found, 4)):
                write_sheet(Path(folder), some)
                size = {"width": 390 * len(some) - 10, "height": 2000}
                page = chrome.new_page(viewport=size)  # type: ignore[arg-type]
                page.clock.install()
                page.goto(address)
                for frame in page.frames[1:]:
                    prepare(frame)
                file = target / f"{script}-{part + 1}.png"
                page.screenshot(path=file)
                page.close()
                print(file)


def by_script() -> dict[str, list[str]]:
    """Return the languages' tags by the script of their first letter."""
    found = defaultdict(list)
    for tag in tags().values():
        letter = texts(tag).widget["newChatName"][0]
        found[unicodedata.name(letter).split()[0].lower()].append(tag)
    return found


def chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield items in groups of a size."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def write_sheet(folder: Path, languages: Sequence[str]) -> None:
    """Write a page of frames, with the chat in each language."""
    options = {
        "chat_service_url": "https://halo.example.com/api",
        "config_id": "1",
        "config_key": "1",
        "preview": True,
        "load": "eager",
    }
    for asset in Site(options).assets():
        (folder / asset.name).write_text(asset.text, encoding="utf-8")
    frames = ""
    for tag in languages:
        context = PageContext(f"{tag}.html", link=str, asset=str)
        page = Site({**options, "language": tag}).page(f"{tag}.html")
        html = PAGE.format(tag=tag, direction=direction(tag))
        html = page.insert_into(html, context)
        (folder / f"{tag}.html").write_text(html, encoding="utf-8")
        frames += "".join(FRAME.format(tag=tag, view=view) for view in VIEWS)
    (folder / "index.html").write_text(SHEET + frames, encoding="utf-8")


def direction(tag: str) -> str:
    """Return the direction in which a language is written."""
    letter = texts(tag).widget["send"][0]
    return "rtl" if unicodedata.bidirectional(letter) in ("R", "AL") else "ltr"


def prepare(frame: Frame) -> None:
    """Show most texts in the chat of a frame, and print texts that do not fit."""
    frame.wait_for_function("window.halochat?.state === 'ready'")
    frame.evaluate("halochat.open()")
    window = frame.locator("#halo-chat [role=dialog]")
    window.locator(".message").first.wait_for()
    if frame.name == "talk":
        talk(window)
    else:
        frame.evaluate("halochat.send('toggleMenu')")
        first = window.get_by_role("menuitem").first
        first.wait_for()
        if frame.name == "details":
            first.click()
    for text in unfit(window):
        print(f"{frame.url.rpartition('/')[2]}: does not fit: {text}")


def talk(window: Locator) -> None:
    """Get all answers of the agent, and wait for "Are you still there?"."""
    clock = window.page.clock
    for line in "123":
        window.locator("textarea").fill(line)
        window.locator("textarea").press("Enter")
        clock.run_for(3000)
    clock.run_for(300_000)


def unfit(window: Locator) -> list[str]:
    """Return the texts in the window that are cut off, and buttons with two lines."""
    found: list[str] = window.locator(
        "button, h2, h3, p, input, textarea"
    ).evaluate_all(
        """all => all
          .filter(one => one.clientWidth)
          .filter(one => one.scrollWidth > one.clientWidth + 1 ||
            one.matches("button") && one.clientHeight > 40)
          .map(one => one.textContent || one.placeholder)"""
    )
    return found


def main(arguments: Sequence[str]) -> None:
    """Take screenshots or contact sheets, depending on the arguments."""
    match arguments:
        case []:
            take_pictures()
        case ["languages", folder]:
            take_sheets(Path(folder))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
