from __future__ import annotations

import errno
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from halochat.assets import read_asset
from halochat.cli import main
from halochat.embed import PageContext, render

CONFIG = """\
chat_service_url: https://halo.example.com/api
config_id: docs
config_key: public
"""
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Page</title>
</head>
<body>
<p>Text</p>
</body>
</html>
"""
LOADER = read_asset("halochat").name
OPTIONS = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "docs",
    "config_key": "public",
}


def embed(page: str, to_root: str = "") -> str:
    return render(
        OPTIONS,
        PageContext(
            page,
            link=lambda path: f"{to_root}{path}",
            asset=lambda name: f"{to_root}assets/{name}",
        ),
    ).head


class Site:
    """A built site and its configuration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self.config = folder / "halochat.yml"
        self.configure()

    def configure(self, more: str = "") -> None:
        self.config.write_text(CONFIG + more, encoding="utf-8")

    def write(self, path: str, content: str | bytes = PAGE) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def inject(self, *arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(
            main, ["inject", str(self.folder), "-c", str(self.config), *arguments]
        )
        assert result.exit_code == code, result.output
        return result

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_every_page_gets_the_embed_with_links_right_at_its_depth(site: Site) -> None:
    pages = {"index.html": "", "a/index.html": "../", "a/b/c.htm": "../../"}
    for path in pages:
        site.write(path)
    result = site.inject()
    assert result.output == "3 pages: 3 with chat, 0 without; changed 3\n"
    for path, to_root in pages.items():
        expected = PAGE.replace(
            '<meta charset="utf-8">', f'<meta charset="utf-8">\n{embed(path, to_root)}'
        )
        assert site.files()[path].decode() == expected


def test_reports_a_folder_without_pages(site: Site) -> None:
    site.write("readme.txt")
    assert site.inject().output == (
        f"{site.folder}: warning: contains no HTML pages; build the site first\n"
        "0 pages: 0 with chat, 0 without; changed 0\n"
    )


def test_the_loader_is_copied(site: Site) -> None:
    site.write("index.html")
    site.inject()
    assert site.files()[f"assets/{LOADER}"].decode() == read_asset("halochat").text


def test_preview_brings_its_widget(site: Site) -> None:
    site.configure("preview: true\n")
    site.write("a/b.html")
    site.inject()
    preview = read_asset("preview").name
    assert f"assets/{preview}" in site.files()
    assert f"../assets/{preview}".encode() in site.files()["a/b.html"]


def test_patterns_match_the_paths_of_the_output(site: Site) -> None:
    site.configure("pages:\n  'blog/**': false\n  about.html: {load: click}\n")
    for path in ("index.html", "blog/post/index.html", "about.html"):
        site.write(path)
    result = site.inject()
    assert result.output == "3 pages: 2 with chat, 1 without; changed 3\n"
    files = site.files()
    assert b"&#34;enabled&#34;:false" in files["blog/post/index.html"]
    assert b"&#34;load&#34;:&#34;click&#34;" in files["about.html"]
    assert b"&#34;load&#34;:&#34;idle&#34;" in files["index.html"]


def test_reports_a_pattern_that_matches_no_page(site: Site) -> None:
    site.configure("pages:\n  blog/post.md: false\n  '*.html': {load: click}\n")
    site.write("blog/post.html")
    assert site.inject().stderr == (
        f"{site.config}:5: warning: pages.blog/post.md: matches no page; "
        "did you mean 'blog/post.html'?\n"
    )


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("index.html", "index.md"),
        ("a/index.html", "a.md"),
        ("b/index.html", "b/README.md"),
        ("c/d/index.html", "c/d/index.md"),
        ("c/e.html", "c/e.ipynb"),
        ("404.html", "404.html"),
    ],
)
def test_patterns_of_the_mkdocs_plugin_match_sources_as_they_did(
    site: Site, page: str, source: str
) -> None:
    for name in ("index.md", "a.md", "b/README.md", "c/d/index.md", "c/e.ipynb"):
        path = site.config.parent / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    site.config = site.config.with_name("mkdocs.yml")
    options = "".join(f"    {line}\n" for line in CONFIG.splitlines())
    site.config.write_text(
        f"docs_dir: pages\nplugins:\n- halochat:\n{options}"
        f"    pages: {{{source}: false}}\n"
    )
    site.write("other.html")
    site.write(page)
    assert site.inject().output == "2 pages: 1 with chat, 1 without; changed 2\n"


@pytest.mark.parametrize(
    ("arguments", "path", "to_root"),
    [
        ((), "404.html", ""),
        ((), "de/404.html", "../"),
        (("--base-url", "https://docs.example.com"), "404.html", "/"),
        (("--base-url", "https://docs.example.com/v 2/"), "404.html", "/v%202/"),
        (("--base-url", "/docs"), "de/404.html", "/docs/"),
        (("--base-url", "/docs"), "index.html", ""),
        (("--base-url", "/docs"), "a/404a.html", "../"),
    ],
)
def test_error_pages_link_from_the_root_of_the_host(
    site: Site, arguments: tuple[str, ...], path: str, to_root: str
) -> None:
    site.write(path)
    site.inject(*arguments)
    assert f'src="{to_root}assets/{LOADER}"' in site.files()[path].decode()


def test_error_pages_use_the_address_in_the_configuration(site: Site) -> None:
    site.config = site.config.with_name("mkdocs.yml")
    site.config.write_text(
        "site_name: x\nsite_url: https://docs.example.com/v2/\nplugins:\n- halochat:\n"
        + "".join(f"    {line}\n" for line in CONFIG.splitlines()),
        encoding="utf-8",
    )
    site.write("404.html")
    site.inject()
    assert f'src="/v2/assets/{LOADER}"' in site.files()["404.html"].decode()


def test_chat_uses_the_language_of_the_page(site: Site) -> None:
    site.configure("language: auto\n")
    site.write("index.html", PAGE.replace('lang="en"', "LANG='de-AT'"))
    site.write("en.html", PAGE.replace(' lang="en"', ""))
    site.inject()
    assert "Live-Chat" in site.files()["index.html"].decode()
    assert "Live Chat" in site.files()["en.html"].decode()


def test_reports_each_language_without_texts_once(site: Site) -> None:
    site.configure("language: auto\n")
    for name, tag in {"a": "eu", "b": "eu", "c": "tlh", "d": "de"}.items():
        site.write(f"{name}.html", PAGE.replace('lang="en"', f'lang="{tag}"'))
    result = site.inject()
    assert result.exit_code == 0
    pages = [line.partition(",")[0] for line in result.stderr.splitlines()]
    assert pages == [
        f"{site.config}:4: info: language: auto: no texts in 'eu'",
        f"{site.config}:4: info: language: auto: no texts in 'tlh'",
    ]


def test_a_second_run_writes_nothing(site: Site) -> None:
    path = site.write("index.html")
    site.inject()
    before = path.stat()
    assert site.inject().output == "1 page: 1 with chat, 0 without; changed 0\n"
    assert path.stat() == before


def test_changed_options_replace_the_embed(site: Site) -> None:
    site.write("index.html")
    site.inject()
    once = site.files()
    site.configure("load: snippet\n")
    site.inject()
    page = site.files()["index.html"].decode()
    assert page == PAGE.replace(
        "</body>",
        '<div id="halo-chat"></div>\n<script>\nvar haloChatConfig = '
        '{"chatServiceUrl":"https://halo.example.com/api","configId":"docs",'
        '"configKey":"public"}\n</script>\n'
        '<script src="https://halo.example.com/chat/index.js"></script>\n</body>',
    )
    site.configure()
    site.inject()
    assert site.files() == once


def test_disabled_site_contains_nothing_from_halochat(site: Site) -> None:
    site.write("index.html")
    before = site.files()
    site.inject()
    site.configure("enabled: false\n")
    assert site.inject().output == "1 page: 0 with chat, 1 without; changed 1\n"
    assert site.files() == before


def test_dry_run_changes_nothing(site: Site) -> None:
    site.write("index.html")
    before = site.files()
    result = site.inject("--dry-run")
    assert result.output == "1 page: 1 with chat, 0 without; would change 1\n"
    assert site.files() == before


# --- Any document, and back ---------------------------------------------------

DOCUMENTS = {
    "no head": "<!DOCTYPE html>\n<title>x</title>\n<p>Text",
    "no end tags": "<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title>x",
    "only a doctype": "<!doctype html>",
    "carriage returns": PAGE.replace("\n", "\r\n"),
    "no last line break": PAGE.rstrip(),
    "XHTML": '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE html PUBLIC '
    '"-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/'
    'xhtml1-strict.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
    "<title>\xe9</title>\n</head>\n<body></body>\n</html>\n",
    "comment first": f"<!-- <head> -->\n{PAGE}",
    "capitals": PAGE.upper(),
    "quoted embed": PAGE.replace(
        "Text", "&lt;meta name='halo-chat'&gt; <pre><meta name='halo-chat'></pre>"
    ),
}
ENCODINGS = {
    "utf-8": (b"", "utf-8", "é€漢"),
    "utf-8 with a mark": (b"\xef\xbb\xbf", "utf-8", "é€漢"),
    "latin-1": (b"", "latin-1", "é¿"),
    "windows-1252": (b"", "cp1252", "€œ"),
    "shift_jis": (b"", "shift_jis", "表ソ漢"),
    "gb18030": (b"", "gb18030", "漢字€\U0001f600"),
    "utf-16-le": (b"\xff\xfe", "utf-16-le", "é漢\U0001f600"),
    "utf-16-be": (b"\xfe\xff", "utf-16-be", "é漢\U0001f600"),
    "utf-16 without a mark": (b"", "utf-16-le", "é漢"),
    "utf-16-be without a mark": (b"", "utf-16-be", "é漢"),
}


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("form", ["idle", "snippet"])
def test_remove_restores_the_original_page(site: Site, text: str, form: str) -> None:
    site.configure(f"load: {form}\n")
    site.write("a/page.html", text.encode("latin-1"))
    before = site.files()
    assert site.inject().output.endswith("changed 1\n")
    assert site.inject("--remove").output == "1 page; changed 1\n"
    assert site.files() == before
    assert not (site.folder / "assets").exists()


@pytest.mark.parametrize(
    ("mark", "encoding", "text"), ENCODINGS.values(), ids=ENCODINGS
)
def test_any_encoding_keeps_its_bytes(
    site: Site, mark: bytes, encoding: str, text: str
) -> None:
    page = PAGE.replace("Text", text).replace("utf-8", encoding)
    content = mark + page.encode(encoding)
    path = site.write("index.html", content)
    site.inject()
    charset = f'<meta charset="{encoding}">'
    injected = page.replace(charset, f"{charset}\n{embed('index.html')}")
    assert path.read_bytes() == mark + injected.encode(encoding)
    site.inject("--remove")
    assert path.read_bytes() == content


def test_keeps_bytes_that_are_not_text(site: Site) -> None:
    content = PAGE.encode().replace(b"Text", bytes(range(128, 256)) + b"\0")
    path = site.write("index.html", content)
    site.inject()
    site.inject("--remove")
    assert path.read_bytes() == content


def test_the_mode_of_a_file_is_kept(site: Site) -> None:
    path = site.write("index.html")
    path.chmod(0o640)
    site.inject()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "halo-chat" in path.read_text()


def test_handles_a_page_of_fifty_megabytes(site: Site) -> None:
    text = PAGE.replace("Text", "<p>word</p>\n" * (50 * 2**20 // 12))
    path = site.write("index.html", text)
    site.configure("load: snippet\n")
    site.inject()
    assert path.stat().st_size > len(text)
    site.inject("--remove")
    assert path.read_text() == text


# --- What takes no chat ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("part.html", b"<p>part</p>", "not a whole HTML document"),
        ("empty.html", b"", "not a whole HTML document"),
        (
            "binary.html",
            b"\x7fELF" + bytes(range(256)) * 99,
            "not a whole HTML document",
        ),
        ("page.xhtml", PAGE.encode(), "XML"),
        (
            "frames.html",
            b"<!DOCTYPE html><html><head></head><FRAMESET><frame src=a></FRAMESET>",
            "frameset",
        ),
    ],
)
def test_ignores_files_that_are_not_pages(
    site: Site, name: str, content: bytes, reason: str
) -> None:
    path = site.write(name, content)
    result = site.inject()
    expected = f"0 pages: 0 with chat, 0 without; changed 0; skipped: {reason} (1)\n"
    assert result.output == expected
    assert path.read_bytes() == content


def test_does_not_follow_symbolic_links(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text(PAGE, encoding="utf-8")
    site.write("a/index.html")
    (site.folder / "loop.html").symlink_to("loop.html")
    (site.folder / "link.html").symlink_to(outside)
    (site.folder / "a" / "again").symlink_to(site.folder)
    result = site.inject()
    assert result.output == (
        "1 page: 1 with chat, 0 without; changed 1; skipped: symbolic link (2)\n"
    )
    assert outside.read_text(encoding="utf-8") == PAGE


def test_does_not_wait_for_a_pipe(site: Site) -> None:
    site.write("index.html")
    os.mkfifo(site.folder / "pipe.html")
    assert site.inject().output.endswith("; skipped: not a regular file (1)\n")


# --- What pages set themselves ----------------------------------------------------


def with_tag(content: str) -> str:
    return PAGE.replace(
        "<title>", f'<meta name="halo-chat-page" content="{escape(content)}">\n<title>'
    )


@pytest.mark.parametrize(
    ("content", "setting"),
    [
        ("false", "&#34;enabled&#34;:false"),
        ('{"load": "click"}', "&#34;load&#34;:&#34;click&#34;"),
        ('{"Colour": "#123456"}', "&#34;colour&#34;:&#34;#123456&#34;"),
    ],
)
def test_page_sets_options_of_its_own(site: Site, content: str, setting: str) -> None:
    site.configure("pages: {'*.html': {load: eager, colour: '#654321'}}\n")
    site.write("index.html", with_tag(content))
    before = site.files()
    assert site.inject().stderr == ""
    html = site.files()["index.html"].decode()
    assert setting in html
    assert "halo-chat-page" not in html
    once = site.files()
    assert site.inject().output.endswith("changed 0\n")
    assert site.files() == once
    site.inject("--remove")
    assert site.files() == before


def test_page_turns_chat_on_if_a_pattern_turned_it_off(site: Site) -> None:
    site.configure("pages: {'**': false}\n")
    site.write("index.html", with_tag("true"))
    site.write("other.html")
    output = site.inject().output
    assert output == "2 pages: 1 with chat, 1 without; changed 2\n"


@pytest.mark.parametrize("more", ["enabled: false\n", "load: snippet\n"])
def test_remove_restores_the_options_of_a_page_in_every_form(
    site: Site, more: str
) -> None:
    site.write("index.html", with_tag("false"))
    before = site.files()
    site.inject()
    site.configure(more)
    site.inject()
    assert b"haloChatConfig" not in site.files()["index.html"]
    site.inject("--remove")
    assert site.files() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"width": 0}', ".width: expected a positive whole number of pixels, got 0"),
        (
            '{"hosts": ["a"]}',
            ".hosts: can only be set for the whole site; move it to the site's options",
        ),
        ('{"loda": "click"}', ".loda: unknown option, did you mean 'load'?"),
        ("null", ": expected a mapping of options, or false for no chat, got no value"),
        ("[1]", ": expected a mapping of options, or false for no chat, got a list"),
        (
            "{load: click}",
            ': expected JSON, such as {"load": "click"} or false, got \'{load: click}\'',
        ),
        ("", ': expected JSON, such as {"load": "click"} or false, got \'\''),
        (
            "[" * 50_000,
            ': expected JSON, such as {"load": "click"} or false, '
            f"got '{'[' * 56}...",
        ),
        (f'"{"x" * 65_536}"', ": expected at most 65,536 characters"),
    ],
)
def test_wrong_option_of_a_page_is_reported_with_its_path(
    site: Site, content: str, message: str
) -> None:
    site.write("blog/post.html", with_tag(content))
    site.write("index.html")
    result = site.inject(code=1)
    assert result.stderr == f"blog/post.html: halo-chat-page{message}\n"
    assert result.stdout == "2 pages: 2 with chat, 0 without; changed 2\n"


def test_checks_links_in_the_options_of_a_page(site: Site) -> None:
    site.write("contact.html")
    site.write("a.html", with_tag('{"fallback_url": "contact"}'))
    site.write("b.html", with_tag('{"fallback_url": "contcat"}'))
    assert site.inject().stderr.startswith(
        "b.html: warning: halo-chat-page.fallback_url: 'contcat' leads to no page"
    )


def test_checks_links_in_the_options_of_the_site(site: Site) -> None:
    site.configure("fallback_url: contcat/\n")
    site.write("contact/index.html")
    assert site.inject().stderr.startswith(
        f"{site.config}:4: warning: fallback_url: 'contcat/' leads to no page or file of the site"
    )


@pytest.mark.parametrize("option", ["", "preview: false\n", "Preview: auto\n"])
def test_inserts_the_preview(site: Site, option: str) -> None:
    site.configure(option)
    site.write("index.html")
    site.inject("--preview")
    assert "assets/preview." in site.files()["index.html"].decode()
    site.inject()
    assert "preview." not in site.files()["index.html"].decode()


def test_source_as_a_link_is_resolved(site: Site) -> None:
    (site.config.parent / "docs").mkdir()
    (site.config.parent / "docs" / "contact.md").touch()
    site.config = site.config.with_name("mkdocs.yml")
    options = "".join(f"    {line}\n" for line in CONFIG.splitlines())
    site.config.write_text(
        f"plugins:\n- halochat:\n{options}    fallback_url: contact.md\n"
    )
    site.write("contact/index.html")
    assert site.inject().stderr == ""
    html = site.files()["contact/index.html"].decode()
    assert "&#34;../contact/index.html&#34;" in html


# --- Redirects, and what is left out ----------------------------------------------

REDIRECTS = {
    "mkdocs-redirects": '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<title>Redirecting...</title>\n<link rel="canonical" href="../new/">\n'
    '<script>var anchor=window.location.hash.substr(1);location.href="../new/"+'
    '(anchor?"#"+anchor:"")</script>\n'
    '<meta http-equiv="refresh" content="0; url=../new/">\n</head>\n<body>\n'
    "You're being redirected.\n</body>\n</html>",
    "sphinx-reredirects": '<html><head><meta http-equiv="refresh" content="0; url=new.html">'
    "</head></html>",
    "rediraffe": '<html><head><noscript><meta http-equiv="refresh" '
    'content="0; url=../new.html"/></noscript></head><body><script>var target = '
    '"../new.html"; window.location.replace(target);</script></body></html>',
    "mike": '<!DOCTYPE html>\n<html>\n<head>\n  <meta charset="utf-8">\n'
    "  <title>Redirecting</title>\n  <noscript>\n"
    '    <meta http-equiv="refresh" content="1; url=latest/" />\n  </noscript>\n'
    '  <script>\n    window.location.replace("latest/" + window.location.hash);\n'
    "  </script>\n</head>\n<body></body>\n</html>",
    "hugo": '<!DOCTYPE html><html lang="en"><head><title>/new/</title>'
    '<link rel="canonical" href="/new/"><meta name="robots" content="noindex">'
    '<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/new/">'
    "</head></html>",
    "jekyll": '<!DOCTYPE html>\n<html lang="en-US">\n  <meta charset="utf-8">\n'
    '  <script>location="/new/"</script>\n'
    "  <META HTTP-EQUIV=Refresh CONTENT=0;URL=/new/>\n</html>",
    "odd": '<!doctype html><meta http-equiv=refresh content="0;https://[">',
}
NO_REDIRECTS = {
    "loads itself again": '<meta http-equiv="refresh" content="5">',
    "loads itself again by name": '<meta http-equiv="refresh" content="0; url=a.html">',
    "is read before it moves on": '<meta http-equiv="refresh" content="60; url=b.html">',
    "for browsers without scripts": '<noscript><meta http-equiv="refresh" '
    'content="0; url=b.html"></noscript>',
    "another meta": '<meta name="refresh" content="0; url=b.html">',
    "quoted": "<script>\"<meta http-equiv=refresh content='0; url=b.html'>\"</script>",
    "unclear": '<meta http-equiv="refresh" content="soon">',
}


@pytest.mark.parametrize("html", REDIRECTS.values(), ids=REDIRECTS)
def test_counts_and_ignores_redirects(site: Site, html: str) -> None:
    path = site.write("old/index.html", html)
    site.write("index.html")
    assert site.inject().output == (
        "1 page: 1 with chat, 0 without; changed 1; skipped: redirect (1)\n"
    )
    assert path.read_text(encoding="utf-8") == html


@pytest.mark.parametrize("head", NO_REDIRECTS.values(), ids=NO_REDIRECTS)
def test_page_that_only_resembles_a_redirect_gets_chat(site: Site, head: str) -> None:
    quote = "<pre>&lt;meta http-equiv=refresh content='0; url=b.html'></pre>"
    site.write("a.html", f"<!doctype html><head>{head}</head><body>{quote}</body>")
    output = site.inject().output
    assert output == "1 page: 1 with chat, 0 without; changed 1\n"


def test_removes_chat_from_a_redirect(site: Site) -> None:
    path = site.write("index.html")
    site.inject()
    refresh = '<meta http-equiv="refresh" content="0; url=new.html">'
    html = PAGE.replace("</head>", f"{refresh}</head>")
    path.write_text(path.read_text().replace("</head>", f"{refresh}</head>"))
    assert site.inject().output == (
        "0 pages: 0 with chat, 0 without; changed 1; skipped: redirect (1)\n"
    )
    assert path.read_text() == html


def test_counts_and_ignores_excluded_pages(site: Site) -> None:
    for name in ("index.html", "api/a.html", "api/b/c.html", "old.html"):
        site.write(name)
    output = site.inject("--exclude", "api/**", "--exclude", "old.html").output
    assert output == (
        "1 page: 1 with chat, 0 without; changed 1; skipped: excluded (3)\n"
    )


@pytest.mark.parametrize("pattern", ["", "!a", "a\\", "[z-a]"])
def test_refuses_a_pattern_that_excludes_nothing(site: Site, pattern: str) -> None:
    site.write("index.html")
    output = site.inject("--exclude", pattern, code=2).output
    assert "Invalid value for '--exclude': " in output


def test_does_not_read_a_huge_file(site: Site) -> None:
    path = site.write("huge.html", "")
    os.truncate(path, 2**40)
    assert site.inject().output.endswith("; skipped: larger than 256 MB (1)\n")


# --- When something fails ---------------------------------------------------------


def refuse(method: Callable[..., object], name: str) -> Callable[..., object]:
    def refusing(self: Path, *arguments: object) -> object:
        if name in str(self):
            raise OSError(errno.EACCES, "Permission denied", str(self))
        return method(self, *arguments)

    return refusing


@pytest.mark.parametrize("method", ["read_bytes", "replace"])
def test_reports_a_failed_file_and_processes_the_others(
    site: Site, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    for name in ("a/index.html", "locked/index.html", "z/index.html"):
        site.write(name)
    monkeypatch.setattr(Path, method, refuse(getattr(Path, method), "locked"))
    result = site.inject(code=1)
    assert result.stderr.startswith("locked/index.html: Permission denied")
    assert result.stdout == ("2 pages: 2 with chat, 0 without; changed 2; failed 1\n")
    monkeypatch.undo()
    assert site.files()["locked/index.html"].decode() == PAGE
    assert {path.name for path in site.folder.rglob("*.tmp")} == set()


def test_reports_a_folder_that_cannot_be_listed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("a/index.html")
    site.write("locked/index.html")
    scan = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise OSError(errno.EACCES, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    result = site.inject(code=1)
    assert "locked: Permission denied" in result.stderr
    assert "1 page: 1 with chat" in result.stdout


def test_reports_a_damaged_page(site: Site) -> None:
    site.write("index.html", b"\xff\xfe<\0!")
    assert site.inject(code=1).stderr.startswith("index.html: 'utf-16-le' codec can't")


def test_changes_no_page_if_the_loader_cannot_be_written(site: Site) -> None:
    site.write("index.html")
    site.write("assets", b"a file")
    before = site.files()
    assert "assets: is not a folder; remove it" in site.inject(code=2).stderr
    assert site.files() == before


def test_dry_run_notices_files_that_cannot_be_written(site: Site) -> None:
    site.write("index.html")
    (site.folder / "assets" / LOADER).mkdir(parents=True)
    stderr = site.inject("--dry-run", code=2).stderr
    assert f"assets/{LOADER}: is not a regular file; remove it" in stderr
    assert [*site.files()] == ["index.html"]


def test_refuses_to_write_through_a_link_out_of_the_site(
    site: Site, tmp_path: Path
) -> None:
    site.write("index.html")
    outside = tmp_path / "outside"
    outside.mkdir()
    (site.folder / "assets").symlink_to(outside)
    before = site.files()
    assert "is a link to a folder outside" in site.inject(code=2).stderr
    assert site.files() == before
    (outside / LOADER).write_text(read_asset("halochat").text, encoding="utf-8")
    result = site.inject("--remove", code=1)
    assert "assets: " in result.stderr
    assert "is a link to a folder outside" in result.stderr
    assert [path.name for path in outside.iterdir()] == [LOADER]


def test_rewrites_a_damaged_loader(site: Site) -> None:
    site.write("index.html")
    site.inject()
    right = site.files()
    site.write(f"assets/{LOADER}", b"cut o")
    site.inject()
    assert site.files() == right
    site.write(f"assets/{LOADER}", b"cut o")
    site.inject("--remove")
    assert [*site.files()] == ["index.html"]


def test_prints_file_names_that_are_not_text(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(os.fsdecode(os.fsencode(site.folder) + b"/\xff.html"))
    path.parent.mkdir()
    path.write_text(PAGE, encoding="utf-8")
    site.inject()
    monkeypatch.setattr(Path, "read_bytes", refuse(Path.read_bytes, ".html"))
    assert site.inject(code=1).stderr.startswith("\ufffd.html: ")


def test_a_wrong_configuration_changes_nothing(site: Site) -> None:
    site.configure("colour: 1\ntheme: drak\n")
    site.write("index.html")
    before = site.files()
    result = site.inject(code=2)
    assert site.files() == before
    assert f"{site.config}:4: colour: expected" in result.stderr
    assert f"{site.config}:5: theme: expected" in result.stderr
    assert f"Error: {site.config}: 2 errors; no files were changed." in result.stderr


# Ends itself, as if pulled out of the wall, before the third page is in its place.
KILLED = """
import os, signal, sys
from pathlib import Path
from halochat.cli import main
replace, calls = Path.replace, []
def replacing(self, target):
    calls.append(target)
    if len(calls) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)
Path.replace = replacing
main(sys.argv[1:])
"""


def test_interrupted_run_leaves_no_partial_file(site: Site) -> None:
    for number in range(5):
        site.write(f"a/{number}.html")
    before = site.files()
    command = ["inject", str(site.folder), "-c", str(site.config)]
    ended = subprocess.run([sys.executable, "-c", KILLED, *command], check=False)
    assert ended.returncode == -signal.SIGKILL
    pages = {name: text for name, text in site.files().items() if name in before}
    changed = sorted(name for name in before if pages[name] != before[name])
    assert changed == ["a/0.html", "a/1.html"]
    assert all(pages[name].endswith(b"</html>\n") for name in changed)
    assert site.inject().output == "5 pages: 5 with chat, 0 without; changed 3\n"
    site.inject("--remove")
    assert site.files() == before


OTHER_RUN_BETWEEN = """
import subprocess, sys
from pathlib import Path
from halochat.cli import main
replace = Path.replace
def replacing(path, target):
    Path.replace = replace
    code = "import sys; from halochat.cli import main; main(sys.argv[1:])"
    subprocess.run([sys.executable, "-c", code, *sys.argv[1:]], check=True)
    return replace(path, target)
Path.replace = replacing
main(sys.argv[1:])
"""


def test_two_runs_at_once_do_not_mix_up_the_pages(site: Site) -> None:
    for number in range(3):
        site.write(f"{number}.html")
    command = ["inject", str(site.folder), "-c", str(site.config)]
    subprocess.run([sys.executable, "-c", OTHER_RUN_BETWEEN, *command], check=True)
    pages = {name: text for name, text in site.files().items() if name[0].isdigit()}
    assert len(pages) == 3
    for name, text in pages.items():
        assert f"&#34;page&#34;:&#34;{name}&#34;".encode() in text


# --- Our files beside the pages ---------------------------------------------------


def test_replaces_files_of_another_release_and_keeps_other_files(
    site: Site,
) -> None:
    site.write("index.html")
    site.write("assets/halochat.ba7816bf.js", b"abc")
    site.write("assets/preview.deadbeef.js", b"of somebody else")
    site.write("assets/theme.js", b"theme")
    site.inject()
    assert sorted(path.name for path in (site.folder / "assets").iterdir()) == [
        read_asset("bridge").name,
        LOADER,
        "preview.deadbeef.js",
        "theme.js",
    ]


def test_keeps_files_of_another_release_while_a_page_may_need_them(
    site: Site,
) -> None:
    site.write("index.html", b"\xff\xfe<\0!")
    old = site.write("assets/halochat.ba7816bf.js", b"abc")
    site.inject(code=1)
    assert old.exists()


# --- On a terminal ----------------------------------------------------------------


def test_a_terminal_shows_progress(site: Site) -> None:
    for number in range(3):
        site.write(f"{number}.html")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from halochat.cli import main; main()"]
    arguments = ["inject", str(site.folder), "-c", str(site.config)]
    ended = subprocess.run(
        [*command, *arguments], stderr=theirs, stdout=subprocess.PIPE, check=True
    )
    os.close(theirs)
    assert re.search(rb"\[#+\] +100%", os.read(ours, 10_000))
    os.close(ours)
    assert ended.stdout == b"3 pages: 3 with chat, 0 without; changed 3\n"


def test_help_has_an_example_and_the_exit_codes() -> None:
    text = CliRunner().invoke(main, ["inject", "--help"]).output
    assert "halochat inject site -c zensical.toml" in text
    assert "\n      2  the configuration or the command line is wrong" in text
