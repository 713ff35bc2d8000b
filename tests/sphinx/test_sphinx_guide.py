from __future__ import annotations

import html
import json
import re
import textwrap
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

GUIDE = Path(__file__).parents[2] / "sample_docs" / "sphinx"


def examples(language):
    """Return the guide's examples in one language."""
    found = []
    for path in sorted(GUIDE.glob("*.rst")):
        found += re.findall(
            rf"^\.\. code-block:: {language}\n(?:   :.*\n)*((?:\n|   .*\n)+)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    for path in sorted(GUIDE.glob("*.md")):
        found += re.findall(
            rf"^(`{{3,}}){language}\n((?:.*\n)*?)\1$",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    texts = [example if isinstance(example, str) else example[1] for example in found]
    return [textwrap.dedent(text).strip("\n") + "\n" for text in texts]


@pytest.fixture(scope="module")
def guide(tmp_path_factory):
    """Build the guide, and return what each page's meta says."""
    out = tmp_path_factory.mktemp("guide")
    arguments = ["-W", "--keep-going", "-n", "-q", "-d", str(out / "doctrees")]
    assert build_main(["-b", "html", *arguments, str(GUIDE), str(out / "html")]) == 0
    meta = re.compile(r'<meta name="halo-chat" content="([^"]*)" />')
    return {
        path.stem: json.loads(html.unescape(meta.findall(path.read_text("utf-8"))[0]))
        for path in (out / "html").glob("*.html")
    }


@pytest.mark.parametrize(
    ("page", "properties"),
    [
        ("look", {"colour": "#c2410c", "position": "bottom-left", "iconSize": 60}),
        ("behaviour", {"keepChatWindowOpen": True}),
        ("pages", {"colour": "#7c3aed", "position": "bottom-left"}),
        ("markdown", {"colour": "#0f766e"}),
        ("index", {"colour": "#0b5cad", "theme": "auto"}),
    ],
)
def test_page_has_the_chat_that_it_describes(guide, page, properties):
    assert guide[page]["haloChatConfig"].items() >= properties.items()


def test_guide_shows_languages_and_ways_to_load(guide):
    texts = guide["language"]["haloChatConfig"]["language"]
    assert (texts["send"], texts["cancel"]) == ("Los", "Abbrechen")
    assert guide["loading"]["load"] == guide["search"]["load"] == "click"
    assert guide["off"]["enabled"] is guide["genindex"]["enabled"] is False


def test_examples_in_the_text_build_without_a_warning(site):
    made = site()
    rst, markdown = examples("rst"), examples("md")
    assert (len(rst), len(markdown)) == (17, 5)
    made.conf = "extensions.append('myst_parser')"
    made.write({"shared.txt": "\n"})
    made.write({f"r{n}.rst": f":orphan:\n\n{text}" for n, text in enumerate(rst)})
    made.write(
        {f"m{n}.md": f"---\norphan:\n---\n\n{text}" for n, text in enumerate(markdown)}
    )
    assert made.build("html", "-n").warnings == []


@pytest.mark.parametrize("example", examples("python"))
def test_python_in_the_text_configures_a_build(site, example, monkeypatch):
    for name in ("HALO_URL", "HALO_CHAT_ID", "HALO_CHAT_KEY"):
        monkeypatch.setenv(name, "https://halo.example.com/api")
    made = site()
    made.conf = (
        "given = halochat_options\n"
        f"{example}\n"
        "halochat_options = {**given, **halochat_options}\n"
        "extensions = ['sphinx_halochat']\n"
    )
    made.write({"_static/consent.js": "", "locale/readme": ""})
    built = made.build()
    assert (built.code, built.warnings) == (0, [])
