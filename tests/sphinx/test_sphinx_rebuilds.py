from __future__ import annotations

import re

import pytest

FILES = {
    "index.rst": "Title\n=====\n\n.. toctree::\n\n   a\n   b\n",
    "a.rst": "A\n=\n",
    "b.rst": "B\n=\n\n.. include:: part.txt\n",
    "part.txt": "text\n",
}
SET = "A\n=\n\n.. halo-chat::\n   :theme: {}\n"


def test_unchanged_build_rewrites_nothing(site):
    made = site(FILES)
    made.build()
    again = made.build()
    assert not {path for path in again.written if "halochat" in path}
    assert not {"index.html", "a.html", "b.html"} & again.written


def test_changed_option_updates_every_page_without_reading_sources_again(site):
    made = site({**FILES, "a.rst": SET.format("dark") + "   :typo: 1\n"})
    assert len(made.build().warnings) == 1
    made.options["colour"] = "#112233"
    doctree = made.folder / "doctrees-html/b.doctree"
    before = doctree.stat().st_mtime_ns
    again = made.build()
    assert again.chat("b.html") == {"colour": "#112233"}
    assert again.chat("a.html") == {"colour": "#112233", "theme": "dark"}
    assert again.data("search.html")["haloChatConfig"]["colour"] == "#112233"
    assert doctree.stat().st_mtime_ns == before


def test_changed_order_of_patterns_updates_the_pages(site):
    patterns = {"*": {"theme": "dark"}, "a.rst": {"theme": "light"}}
    made = site(FILES, pages=patterns)
    assert made.build().chat("a.html") == {"theme": "light"}
    made.options["pages"] = dict(reversed(patterns.items()))
    assert made.build().chat("a.html") == {"theme": "dark"}


def test_new_version_of_the_loader_updates_every_page(site, monkeypatch):
    from halochat import assets

    made = site(FILES)
    old = {path.name for path in made.build().out.glob("_static/halochat/*")}
    assert len(old) == 2

    present = assets.read_asset

    def read_asset(stem):
        return present(stem)._replace(name=f"{stem}.01234567.js", text="new")

    monkeypatch.setattr(assets, "read_asset", read_asset)
    again = made.build()
    new = {path.name for path in again.out.glob("_static/halochat/*")}
    assert new == {"halochat.01234567.js", "bridge.01234567.js"}
    assert "halochat.01234567.js" in again.text("a.html")


def test_keeps_other_files_beside_the_loader(site):
    made = site(FILES)
    other = made.build().out / "_static/halochat/preview.js"
    other.write_text("theirs")
    made.options["preview"] = True
    assert made.build().out.joinpath("_static/halochat/preview.js").exists()


def test_rewrites_a_damaged_loader(site):
    made = site(FILES)
    ours = sorted(made.build().out.glob("_static/halochat/*"))
    before = [path.read_bytes() for path in ours]
    ours[0].write_bytes(before[0][:99])
    made.build()
    assert [path.read_bytes() for path in ours] == before


def test_refuses_to_write_through_a_link_out_of_the_output(site, tmp_path):
    made = site(FILES)
    static = made.build().out / "_static"
    outside = tmp_path / "outside"
    (static / "halochat").rename(outside)
    (static / "halochat").symlink_to(outside)
    made.options["preview"] = True
    before = sorted(outside.iterdir())
    assert made.build().code == 2
    assert sorted(outside.iterdir()) == before


def test_directive_added_changed_and_removed(site):
    made = site(FILES)
    seen = [made.build().chat("a.html")]
    for text in (SET.format("dark"), SET.format("light"), FILES["a.rst"]):
        made.write({"a.rst": text})
        again = made.build()
        seen.append(again.chat("a.html"))
        assert "b.html" not in again.written
    assert seen == [{}, {"theme": "dark"}, {"theme": "light"}, {}]


def test_edited_include_changes_the_page_that_includes_it(site):
    made = site(FILES)
    assert made.build().chat("b.html") == {}
    made.write({"part.txt": ".. halo-chat:: off\n"})
    assert made.build().data("b.html")["enabled"] is False


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_removes_the_options_of_a_deleted_document(site, jobs):
    made = site({**FILES, "a.rst": SET.format("dark")})
    made.build()
    (made.folder / "docs/a.rst").unlink()
    made.write({"index.rst": "Title\n=====\n\n.. toctree::\n\n   b\n"})
    again = made.build("html", "-j", jobs)
    assert again.warnings == []
    assert again.chat() == again.chat("b.html") == {}


def test_failed_build_keeps_the_loader(site):
    made = site(FILES)
    built = made.build()
    ours = list(built.out.glob("_static/halochat/*"))
    made.conf = """
        def setup(app):
            app.connect("html-page-context", lambda *arguments: 1 / 0)
    """
    made.options["preview"] = True
    assert made.build().code == 2
    assert list(built.out.glob("_static/halochat/*")) == ours


# `sphinx-notfound-page` merges what parallel readers found, and loses metadata so.
@pytest.mark.filterwarnings("ignore:'tags' will become a required keyword")
def test_parallel_build_equals_a_serial_build(site):
    numbers = range(12)
    files = {
        f"p{n}.rst": f"Page {n}\n=======\n\n.. halo-chat::\n   :height: {n + 1}\n"
        for n in numbers
    }
    files["index.rst"] = "Title\n=====\n\n.. toctree::\n   :glob:\n\n   *\n"
    made = site(files)
    made.conf = "extensions.append('notfound.extension')"
    seen = []
    for jobs in ("1", "4"):
        built = made.build("html", "-E", "-a", "-j", jobs)
        assert built.warnings == []
        assert [built.chat(f"p{n}.html") for n in numbers] == [
            {"height": n + 1} for n in numbers
        ]
        seen.append({page: built.text(page) for page in built.pages()})
    assert len(seen[0]) == 16
    assert seen[0] == seen[1]


def test_warnings_of_parallel_builds_are_fatal_under_w(site):
    made = site({**FILES, "a.rst": SET.format("dark") + "   :typo: 1\n"})
    built = made.build("html", "-W", "--keep-going", "-j", "2")
    assert built.code != 0
    assert re.match("a.rst:4: WARNING: halo-chat: typo: ", built.warnings[0])


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_changed_option_updates_the_pages_of_viewcode(site, builder):
    made = site(
        {
            "index.rst": "Title\n=====\n\n.. autofunction:: kept.inner.call\n",
            "kept/__init__.py": "",
            "kept/inner.py": 'def call():\n    """Call."""\n',
        },
        pages={"_modules/kept/inner": {"theme": "dark"}},
        preview=True,
    )
    made.conf = """
        import sys
        sys.path.insert(0, __file__.rpartition("/")[0])
        extensions += ["sphinx.ext.autodoc", "sphinx.ext.viewcode"]
    """
    page = {"html": "kept/inner.html", "dirhtml": "kept/inner/index.html"}[builder]
    built = made.build(builder)
    pages = [f"_modules/{page}", "_modules/index.html"]
    before = [built.text(path) for path in pages]
    made.options["preview"] = False
    again = made.build(builder)
    script = "https://halo.acme.test/chat/index.js"
    assert [again.data(path)["script"] for path in pages] == [script, script]
    assert again.chat(pages[0]) == {"theme": "dark"}
    made.options["preview"] = True
    again = made.build(builder)
    assert [again.text(path) for path in pages] == before
    if builder == "html":  # viewcode writes those of dirhtml each time
        assert pages[0] not in made.build(builder).written
    link = again.out / "_modules/link.html"
    link.symlink_to(made.folder / "outside.html")
    (made.folder / "outside.html").write_text(before[0])
    made.options["enabled"] = False
    again = made.build(builder)
    assert (made.folder / "outside.html").read_text() == before[0]
    link.unlink()
    assert not any("halochat" in again.text(path) for path in again.pages())
    assert not [*(again.out / "_static/halochat").glob("*.js")]
