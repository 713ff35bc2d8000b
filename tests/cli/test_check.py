from __future__ import annotations

import json
import re
import textwrap
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from sites import Site
from sphinx.cmd.build import build_main

from halochat.assets import read_asset
from halochat.cli import main
from halochat.csp import inline_hashes
from halochat.document import elements

CONFIG = """\
chat_service_url: https://halo.acme.test/api
config_id: docs
config_key: public
"""
PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"></head>\n'
    "<body>\n<p>Text</p>\n</body>\n</html>\n"
)
LOADER = read_asset("halochat").name
ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


class Built:
    """A site that `inject` has put chat into."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "halochat.yml"
        self.folder = folder / "site"
        self.folder.mkdir()
        self.configure()

    def configure(self, more: str = "") -> None:
        self.config.write_text(CONFIG + more, encoding="utf-8")

    def inject(self, **pages: str) -> None:
        for name, html in (pages or {"index": PAGE}).items():
            path = self.folder / f"{name}.html"
            path.write_text(html, encoding="utf-8")
        run("inject", self.folder, "-c", self.config)

    def edit(self, old: str, new: str) -> None:
        path = self.folder / "index.html"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def check(self, code: int = 0) -> list[dict[str, object]]:
        result = run("check", self.config, "--site", self.folder, "--json", code=code)
        pages: list[dict[str, object]] = json.loads(result.output)["pages"]
        return pages

    def wrong(self) -> object:
        (page,) = self.check(code=1)
        return page["wrong"]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return Built(tmp_path)


# --- The configuration ------------------------------------------------------------


def test_every_problem_is_listed_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "halochat.yml"
    path.write_text(f"{CONFIG}colour: red\ntheme: blue\nwidht: 1\n", encoding="utf-8")
    lines = run("check", path, code=2).output.splitlines()
    assert [line.partition(" ")[0] for line in lines] == [
        f"{path}:4:",
        f"{path}:5:",
        f"{path}:6:",
    ]
    assert lines[0].startswith(f"{path}:4: warning: colour: ")


def test_reports_that_a_valid_configuration_has_no_problem(built: Built) -> None:
    assert run("check", built.config).output == "No problems found.\n"


def test_prints_problems_as_json(tmp_path: Path) -> None:
    path = tmp_path / "halochat.yml"
    path.write_text(f"{CONFIG}width: 0\n", encoding="utf-8")
    output = run("check", path, "--json", "--site", tmp_path, "--online", code=2).output
    assert json.loads(output) == {
        "problems": [
            {
                "location": f"{path}:4",
                "path": ["width"],
                "message": "expected a positive whole number of pixels, got 0",
                "severity": "error",
            }
        ],
        "summary": {
            "pages": 0,
            "with_chat": 0,
            "without_chat": 0,
            "wrong": 0,
            "not_compared": {},
        },
        "pages": [],
        "failed": [],
        "online": {},
    }


def test_refuses_a_secret_without_printing_it(tmp_path: Path) -> None:
    path = tmp_path / "halochat.yml"
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"  # noqa: S105
    path.write_text(f"{CONFIG}id_token: {token}\ntenant_id: {token}\n", "utf-8")
    output = run("check", path, code=2).output
    assert token not in output
    assert output.count("an identity token or a secret") == 2


def test_checks_several_configurations(tmp_path: Path) -> None:
    right, wrong, invalid, off = (
        tmp_path / f"{name}.yml" for name in ("right", "wrong", "invalid", "off")
    )
    right.write_text(CONFIG, "utf-8")
    wrong.write_text(f"{CONFIG}widht: 1\n", "utf-8")
    invalid.write_text("{", "utf-8")
    off.write_text(f"{CONFIG}enabled: false\n", "utf-8")
    assert run("check", right, right).output == "No problems found.\n"
    assert run("check", right, off).output == (
        f"{off}:4: chat is off, because `enabled` is false\n"
    )
    error = "unknown option, did you mean 'width'?"
    assert run("check", wrong, right, code=2).output == f"{wrong}:4: widht: {error}\n"
    result = run("check", invalid, right, wrong, invalid, code=2)
    assert result.stdout == f"{wrong}:4: widht: {error}\n"
    assert result.stderr.count(f"Error: {invalid}:2: ") == 2
    assert run("check", invalid, right, code=2).stdout == ""


def test_the_hook_of_pre_commit_checks_every_configuration_of_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    mkdocs_yml = "plugins:\n  - halochat:\n" + textwrap.indent(CONFIG, " " * 6)
    files = {
        "mkdocs.yml": mkdocs_yml,
        "api/mkdocs.yml": f"{mkdocs_yml}      width: 0\n",
        "blog/halochat.yaml": f"{CONFIG}colour: '#12'\n",
        "mkdocs.base.yml": "",
        "docs/index.md": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    passed = [name for name in files if re.search(hook["files"], name)]
    monkeypatch.chdir(tmp_path)
    halochat, *command = hook["entry"].split()
    assert halochat == "halochat"
    lines = run(*command, *passed, code=2).output.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "api/mkdocs.yml:6",
        "blog/halochat.yaml:4",
    ]


@pytest.mark.parametrize("option", ["--site=.", "--base-url=https://a.test/", "--json"])
def test_refuses_several_configurations_for_one_site(
    tmp_path: Path, option: str
) -> None:
    path = tmp_path / "halochat.yml"
    path.write_text(CONFIG, encoding="utf-8")
    result = run("check", path, path, option, code=2)
    message = "Error: --site, --base-url and --json need a single FILE.\n"
    assert result.stderr.endswith(message)


# --- Built pages ------------------------------------------------------------------


def test_reports_for_each_page_the_layer_that_decided(built: Built) -> None:
    built.configure("pages: {b*: false, blue.html: {enabled: true, load: click}}\n")
    built.inject(index=PAGE, black=PAGE, blue=PAGE)
    result = run("check", built.config, "--site", built.folder, "--all")
    assert result.output == (
        f"{built.folder}: 3 pages, 2 with chat, 1 without; 0 wrong\n"
        "page        chat  layer            form    wrong\n"
        "black.html  off   pages.b*         loader\n"
        "blue.html   on    pages.blue.html  loader\n"
        "index.html  on    site             loader\n"
    )


def test_lists_pages_in_order(built: Built) -> None:
    names = [f"{letter}/index.html" for letter in "hdbfgaec"]
    for name in names:
        (built.folder / name).parent.mkdir()
        (built.folder / name).write_text(PAGE, encoding="utf-8")
    built.inject()
    pages = [page["page"] for page in built.check()]
    assert pages == ["index.html", *sorted(names)]


def test_reports_pages_with_the_snippet(built: Built) -> None:
    built.configure("load: snippet\npages: {blue.html: false}\n")
    built.inject(index=PAGE, blue=PAGE)
    pages = [(page["chat"], page["form"], page["wrong"]) for page in built.check()]
    assert pages == [("off", "-", []), ("on", "snippet", [])]


def test_reports_a_page_without_an_embed(built: Built) -> None:
    (built.folder / "index.html").write_text(PAGE, encoding="utf-8")
    assert built.wrong() == ["chat is missing"]


def test_reports_a_page_with_two_embeds(built: Built) -> None:
    built.inject()
    html = (built.folder / "index.html").read_text(encoding="utf-8")
    meta = html[html.index("<meta name") : html.index("/>") + 2]
    built.edit("</body>", f"{meta}</body>")
    assert built.wrong() == ["the page has chat 2 times"]


def test_reports_a_page_with_both_forms(built: Built) -> None:
    built.inject()
    built.edit("</body>", "<script>var haloChatConfig = {a: 1}</script></body>")
    assert built.wrong() == ["the page has chat 2 times"]


@pytest.mark.parametrize(
    ("before", "after", "stale"),
    [
        ("", "colour: '#123456'\n", "built with other options: colour"),
        (
            "",
            "tenant_id: '7'\nhosts: [a.example]\n",
            "built with other options: hosts, tenant_id",
        ),
        ("", "load: snippet\n", "built with other options: load"),
        (
            "load: snippet\n",
            "load: snippet\ncolour: '#123456'\n",
            "built with other options: colour",
        ),
        (
            "pages: {index.html: false}\n",
            "",
            "chat is off, but on in the configuration",
        ),
        (
            "load: snippet\n",
            "load: snippet\nenabled: false\n",
            "chat is on, but off in the configuration",
        ),
    ],
)
def test_reports_a_page_built_with_another_configuration_as_stale(
    built: Built, before: str, after: str, stale: str
) -> None:
    built.configure(before)
    built.inject()
    built.configure(after)
    assert built.wrong() == [stale]


def test_reports_a_page_with_the_loader_of_another_release_as_stale(
    built: Built,
) -> None:
    built.inject()
    built.edit(LOADER, "halochat.00000000.js")
    assert built.wrong() == ["built with another release of halochat-docs"]


@pytest.mark.parametrize("content", ["{", "[]", "{&quot;haloChatConfig&quot;: 1}"])
def test_reports_an_unknown_embed_as_stale(built: Built, content: str) -> None:
    built.inject()
    html = (built.folder / "index.html").read_text(encoding="utf-8")
    start = html.index('content="{') + len('content="')
    built.edit(html[start : html.index('"', start)], content)
    assert built.wrong() == ["the options in the page cannot be read"]


def test_reports_a_local_copy_of_the_script_of_the_vendor(built: Built) -> None:
    source = "assets/external/halo.acme.test/chat/index.js"
    built.inject(
        index=PAGE.replace("</body>", f"<script src={source}></script></body>")
    )
    assert built.wrong() == [
        "Halo's script is loaded from a local copy in assets/external"
    ]


def test_reports_an_element_with_the_id_of_the_container(built: Built) -> None:
    built.inject(index=PAGE.replace("<p>", '<h1 id="halo-chat">Halo chat</h1><p>'))
    assert built.wrong() == ["another element has the id halo-chat"]


def with_policy(policy: str) -> str:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return PAGE.replace("</head>", f"{meta}</head>")


INLINE = "the page's CSP blocks the inline script"
SCRIPTS = "the page's CSP blocks scripts from https://halo.acme.test"


@pytest.mark.parametrize(
    ("form", "policy", "wrong"),
    [
        ("idle", "", []),
        ("idle", "img-src 'none'", []),
        ("idle", "script-src 'self' https://halo.acme.test", []),
        ("idle", "default-src *", []),
        ("idle", "Script-Src https:;", []),
        ("idle", "script-src *.acme.test", []),
        ("idle", "script-src-elem halo.acme.test; script-src 'none'", []),
        ("idle", "script-src 'self'", [SCRIPTS]),
        ("idle", "default-src", [SCRIPTS]),
        ("snippet", "script-src https: 'unsafe-inline'", []),
        ("snippet", "script-src https: {hash}", []),
        ("snippet", "script-src https:", [INLINE]),
        ("snippet", "script-src https: 'unsafe-inline' 'nonce-abc'", [INLINE]),
        ("snippet", "script-src 'sha256-abc'", [INLINE, SCRIPTS]),
    ],
)
def test_reports_a_policy_that_blocks_chat(
    built: Built, form: str, policy: str, wrong: list[str]
) -> None:
    built.configure(f"load: {form}\n")
    built.inject()
    html = (built.folder / "index.html").read_text(encoding="utf-8")
    built.inject(
        index=with_policy(policy.format(hash=" ".join(inline_hashes(elements(html)))))
    )
    (page,) = built.check(code=1 if wrong else 0)
    assert page["wrong"] == wrong


def test_reports_a_page_that_cannot_be_read(built: Built) -> None:
    (built.folder / "index.html").write_bytes(b"\xff\xfe<\0!")
    output = run("check", built.config, "--site", built.folder, code=1).output
    assert "; 2 failed\nindex.html: 'utf-16-le' codec can't decode" in output


# --- What MkDocs and Sphinx built ---------------------------------------------------


def test_accepts_a_site_built_by_the_mkdocs_plugin(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    pages = {
        "index.md": "# Home",
        "blog/post.md": "# Post",
        "own.md": "---\nhalochat: {colour: '#123456'}\n---\n# Own",
        "quiet.md": "---\nhalochat: false\n---\n# Quiet",
    }
    options = {"preview": True, "pages": {"blog/post.md": {"load": "click"}}}
    site = mkdocs_site(pages, options)
    config = tmp_path / "mkdocs.yml"
    output = run("check", config, "--site", site.folder, "--all").output
    rows = [line.split() for line in output.splitlines()[2:]]
    assert rows == [
        ["404.html", "on", "site", "loader"],
        ["index.html", "on", "site", "loader"],
        ["blog/post/index.html", "on", "pages.blog/post.md", "loader"],
        ["own/index.html", "on", "page", "loader"],
        ["quiet/index.html", "off", "page", "loader"],
    ]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_accepts_a_site_built_by_the_sphinx_extension(
    tmp_path: Path, builder: str
) -> None:
    (tmp_path / "conf.py").write_text(
        "extensions = ['sphinx_halochat']\nhalochat_options = {\n"
        "  'chat_service_url': 'https://halo.acme.test/api', 'config_id': 'a',\n"
        "  'config_key': 'b', 'preview': True, 'pages': {'blog/*.rst': False,\n"
        "  'search': {'load': 'click'}, 'text.txt': False}}\n"
        "source_suffix = ['.rst', '.txt']\n"
    )
    (tmp_path / "blog").mkdir()
    for name in ("index", "own", "blog/post"):
        text = "Title\n=====\n" + (
            "\n.. halo-chat::\n   :load: click\n" * (name == "own")
        )
        (tmp_path / f"{name}.rst").write_text(f":orphan:\n\n{text}")
    (tmp_path / "text.txt").write_text(":orphan:\n\nTitle\n=====\n")
    site = tmp_path / "site"
    assert build_main(["-q", "-b", builder, str(tmp_path), str(site)]) == 0
    output = run("check", tmp_path / "conf.py", "--site", site, "--all").output
    rows = [line.split() for line in output.splitlines()[2:]]
    end = {"html": ".html", "dirhtml": "/index.html"}[builder]
    assert sorted(rows) == [
        [f"blog/post{end}", "off", "pages.blog/*.rst", "loader"],
        [f"genindex{end}", "on", "site", "loader"],
        ["index.html", "on", "site", "loader"],
        [f"own{end}", "on", "page", "loader"],
        [f"search{end}", "on", "pages.search", "loader"],
        [f"text{end}", "off", "pages.text.txt", "loader"],
    ]


def test_accepts_a_page_that_is_its_own_fallback(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    pages = {"index.md": "# Home", "contact.md": "# Contact"}
    site = mkdocs_site(pages, {"fallback_url": "contact/", "icon": "contact/icon.svg"})
    output = run("check", tmp_path / "mkdocs.yml", "--site", site.folder).output
    assert "3 with chat, 0 without; 0 wrong\n" in output
    assert "  page  " not in output


def test_reports_a_preview_apart_from_other_stale_pages(built: Built) -> None:
    built.configure("preview: true\ncolour: '#112233'\n")
    built.inject()
    built.configure("colour: '#112233'\nhosts: [docs.example.com]\n")
    assert built.wrong() == ["built with the preview instead of Halo"]
    built.configure("colour: '#332211'\n")
    assert built.wrong() == [
        "built with other options: colour",
        "built with the preview instead of Halo",
    ]


@pytest.mark.parametrize("stem", ["halochat", "bridge"])
def test_reports_a_missing_or_damaged_loader_once(built: Built, stem: str) -> None:
    built.inject(index=PAGE, other=PAGE)
    file = built.folder / "assets" / read_asset(stem).name
    file.write_text("cut o")
    result = run("check", built.config, "--site", built.folder, code=1)
    assert result.output.count(f"{file}: is damaged") == 1
    file.unlink()
    result = run("check", built.config, "--site", built.folder, code=1)
    assert result.output.count(f"{file}: is missing; build again\n") == 1


def test_does_not_look_for_a_loader_on_another_host(built: Built) -> None:
    built.inject()
    built.edit('src="assets/', 'src="https://cdn.example.com/')
    assert all(not page["wrong"] for page in built.check())


def test_reports_a_folder_without_pages(built: Built) -> None:
    result = run("check", built.config, "--site", built.folder, code=1)
    assert result.output == (
        f"{built.folder}: 0 pages, 0 with chat, 0 without; 0 wrong; 1 failed\n"
        f"{built.folder}: contains no HTML pages; build the site first\n"
    )


def test_reports_the_line_of_a_pattern_that_matches_no_page(built: Built) -> None:
    built.configure("pages:\n  blog/**: false\n  index.html: false\n")
    built.inject()
    result = run("check", built.config, "--site", built.folder)
    _, first = result.output.splitlines()
    place = f"{built.config}:5: warning: pages.blog/**"
    example = "patterns match paths such as 'index.html'"
    assert first == f"{place}: matches no page; {example}"


def test_reports_changed_site_options_as_stale_in_a_site_of_mkdocs(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    site = mkdocs_site({"index.md": "# Home"})
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("halo.acme", "other.acme"), "utf-8"
    )
    output = run("check", config, "--site", site.folder, code=1).output
    assert "site   loader  built with other options: chat_service_url\n" in output


# --- Halo's answer ----------------------------------------------------------------


class Halo:
    """A loopback server with the given response, which records requests."""

    def __init__(self) -> None:
        self.status = 200
        self.headers = {"Content-Type": "text/javascript"}
        self.asked: list[tuple[str, dict[str, str]]] = []
        halo = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                halo.asked.append((self.requestline, dict(self.headers)))
                if halo.status == 0:
                    self.wfile.write(b"what?\r\n\r\n")
                    return
                there = self.path.startswith("/chat/")
                self.send_response(halo.status if there else 200)
                for name, value in halo.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,)).start()

    def configure(self, folder: Path) -> Path:
        path = folder / "halochat.yml"
        path.write_text(
            f"{CONFIG}preview: true\n".replace("https://halo.acme.test", self.url),
            encoding="utf-8",
        )
        return path

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def halo() -> Iterator[Halo]:
    server = Halo()
    yield server
    server.close()


def test_requests_the_script_without_a_key(halo: Halo, tmp_path: Path) -> None:
    output = run("check", halo.configure(tmp_path), "--online").output
    assert output == (
        f"{halo.url}/chat/index.js: 200; text/javascript\n"
        "CORS: add to Halo's Global CORS whitelist: the host of the site\n"
        "CSP: if the site sends one, add the sources that `halochat csp` prints\n"
    )
    ((line, headers),) = halo.asked
    assert line == "GET /chat/index.js HTTP/1.1"
    assert "public" not in str(headers)
    assert set(headers) == {"Accept-Encoding", "Host", "User-Agent", "Connection"}


@pytest.mark.parametrize(
    ("status", "headers", "wrong"),
    [
        (404, {"Content-Type": "text/html"}, "expected 200, got 404"),
        (200, {"Content-Type": "text/html"}, "expected text/javascript, got text/html"),
        (
            200,
            {
                "Content-Type": "application/javascript",
                "Cross-Origin-Resource-Policy": "same-origin",
            },
            "its Cross-Origin-Resource-Policy blocks other sites",
        ),
    ],
)
def test_reports_a_response_that_a_browser_would_refuse(
    halo: Halo, tmp_path: Path, status: int, headers: dict[str, str], wrong: str
) -> None:
    halo.status, halo.headers = status, headers
    path = halo.configure(tmp_path)
    output = run("check", path, "--online", "--json", code=1).output
    assert json.loads(output)["online"] == {
        "address": f"{halo.url}/chat/index.js",
        "status": status,
        "type": headers["Content-Type"],
        "wrong": [wrong],
    }


def test_reports_a_redirect_of_the_script(halo: Halo, tmp_path: Path) -> None:
    elsewhere = halo.url.replace("127.0.0.1", "localhost")
    halo.status = 302
    halo.headers["Location"] = f"{elsewhere}/moved.js"
    output = run("check", halo.configure(tmp_path), "--online", code=1).output
    assert f"redirected to {elsewhere}, which a CSP must also allow\n" in output


@pytest.mark.parametrize(
    "location",
    [
        *("https://[", "https://[x]/", "http://a:b/", "http://127.0.0.1:99999/", ""),
        *("http://", "file:///etc/passwd", "javascript:1", "http://\xff/", "//"),
        *(
            "http://" + "a" * 64 + "/",
            "http://a..b/",
            "http://%00/",
            "file:///x\x1b[2J",
        ),
        *("http://\x00/", "https:", ":", "?", "http://@/", "http://127.0.0.1:-1/"),
    ],
)
def test_reports_an_invalid_redirect(halo: Halo, tmp_path: Path, location: str) -> None:
    halo.status = 302
    halo.headers["Location"] = location
    output = run("check", halo.configure(tmp_path), "--online", code=1).output
    assert output.startswith(f"{halo.url}/chat/index.js: ")
    assert "\x1b" not in output


def test_does_not_wait_for_an_endless_response(
    halo: Halo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("halochat.cli.online.DEADLINE", 0)
    monkeypatch.setattr("halochat.cli.online.Thread.start", lambda thread: None)
    monkeypatch.setattr("halochat.cli.online.Thread.join", lambda thread, timeout: None)
    output = run("check", halo.configure(tmp_path), "--online", code=1).output
    assert f"{halo.url}/chat/index.js: no response within 0 s\n" in output


def test_reports_a_missing_response(halo: Halo, tmp_path: Path) -> None:
    path = halo.configure(tmp_path)
    halo.close()
    output = run("check", path, "--online", code=1).output
    assert output.startswith(f"{halo.url}/chat/index.js: no response: ")
    assert "Connection refused" in output


def test_reports_a_response_that_is_not_http(halo: Halo, tmp_path: Path) -> None:
    halo.status = 0
    output = run("check", halo.configure(tmp_path), "--online", code=1).output
    assert output.startswith(f"{halo.url}/chat/index.js: no response: what?")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (f"{CONFIG}hosts: [a.example, b.example]\n", "a.example, b.example"),
        ("", "docs.example.com"),
    ],
)
def test_lists_the_hosts_for_the_allowlist(
    halo: Halo, tmp_path: Path, text: str, known: str
) -> None:
    options = "".join(f"    {line}\n" for line in (text or CONFIG).splitlines())
    path = tmp_path / "mkdocs.yml"
    options = options.replace("https://halo.acme.test", halo.url)
    path.write_text(
        f"site_url: https://docs.example.com/v1/\nextra:\n  halochat:\n{options}",
        encoding="utf-8",
    )
    assert f"whitelist: {known}\n" in run("check", path, "--online").output


def test_requests_nothing_for_a_disabled_site(tmp_path: Path) -> None:
    path = tmp_path / "conf.py"
    path.write_text(
        "halochat_options = {'enabled': False, 'chat_service_url': None, 'width': '9'}"
    )
    off = f"{path}: chat is off, because `enabled` is false\n"
    assert run("check", path, "--online").output == off
    assert run("csp", path, code=2).output == (
        "Error: Chat is off on every page, so no policy is needed.\n"
    )
    (tmp_path / "index.html").write_text(PAGE)
    assert run("check", path, "--site", tmp_path, "--all").output == (
        f"{tmp_path}: 1 page, 0 with chat, 1 without; 0 wrong\n{off}"
        "page        chat  layer  form  wrong\nindex.html  off   site   -\n"
    )


def test_keeps_output_of_conf_py_apart_from_the_report(tmp_path: Path) -> None:
    path = tmp_path / "conf.py"
    path.write_text("print('hello')\nhalochat_options = {'enabled': False}\n")
    result = run("check", path, "--json")
    assert json.loads(result.stdout)["problems"] == []
    assert result.stderr == "hello\n"
