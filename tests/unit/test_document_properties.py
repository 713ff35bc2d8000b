"""Insert an embed into documents that are put together, and damaged, at random."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib
from hypothesis import assume, given
from hypothesis import strategies as st

from halochat.document import insert_embed, is_document, page_options, remove_embed
from halochat.embed import Embed

HEAD = Embed(
    head='<meta name="halo-chat" content="{&#34;a&#34;:&#34;&lt;/head&gt;&#34;}" />\n'
    '<script src="../assets/halochat.0123abcd.js" defer></script>'
)
BODY = Embed(
    body='<div id="halo-chat"></div>\n'
    '<script>\nvar haloChatConfig = {"a":"\\u003c/body\\u003e"}\n</script>\n'
    '<script src="https://halo.example.com/chat/index.js"></script>'
)
OTHER = Embed(head=HEAD.head.replace("0123abcd", "89abcdef").replace("34;a", "34;b"))
EMBEDS = st.sampled_from([HEAD, BODY, OTHER])

# Each is complete: html5lib sees where it ends.
PIECES = st.sampled_from(
    [
        *[
            "<p>",
            "</p>",
            "<div class='a>b'>",
            "</div>",
            "</body>",
            "</html>",
            "\n",
            "x",
        ],
        *["<head>", "</head>", "<body>", "<html>", "<meta charset=utf-8>", "&lt;p"],
        *["<title></body></title>", "<base href=/>", "<link rel=x>", "1 < 2", "</ p>"],
        "<!-- </body></html> -->",
        "<!-->",
        "<!-- a --!>",
        "<!-- </head><body> -->",
        "<meta content='</head><body>'>",
        "<script>'</body>'</script>",
        "<script>'</head><body>'</script>",
        "<script><!-- <script> </script> </body> --></script>",
        "<style>/* </body> */</style>",
        "<noscript></body></noscript>",
        "<textarea></body></textarea>",
        '<iframe srcdoc="<body></body>"></iframe>',
        "<svg><title></body></title></svg>",
        "<pre>&lt;/body&gt;</pre>",
        "<table><tr><td>x",
        "<select><option>x</select>",
    ]
)
# These leave something open, or stand for our own tags.
FRAGMENTS = st.sampled_from(
    [
        *[
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<template>",
            "</template>",
            "<a b='",
        ],
        *["'", '"', "<", ">", "/>", "<title>", "\0", "\ufeff", "\r", "halo-chat"],
        *[HEAD.head, BODY.body, '<meta name="halo-chat-page" content="{}">'],
    ]
)
TEXT = st.text("<>/!-='\" \nabehdoyt&;", max_size=8)
DOCUMENTS = st.builds(
    "".join,
    st.lists(PIECES, max_size=12).map(lambda pieces: ["<!doctype html>", *pieces]),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return a document from which parts are cut, and into which others are put."""
    html = draw(DOCUMENTS)
    for part in draw(st.lists(FRAGMENTS | PIECES | TEXT, max_size=5)):
        start = draw(st.integers(0, len(html)))
        end = min(len(html), start + draw(st.integers(0, 6)))
        html = html[:start] + part + html[end:]
    return html


def tree(html: str) -> Element:
    return html5lib.parse(html, namespaceHTMLElements=False, scripting=True)


def is_ours(element: Element) -> bool:
    source = element.get("src", "")
    return (
        element.get("name") == "halo-chat"
        or element.get("id") == "halo-chat"
        or "halochat." in source
        or "/chat/index.js" in source
        or (element.tag == "script" and "var haloChatConfig" in (element.text or ""))
    )


def ours(element: Element | None) -> list[str]:
    return [one.tag for one in (element or []) if is_ours(one)]


@given(DOCUMENTS)
def test_a_parser_finds_the_embed_and_nothing_else_of_ours(html: str) -> None:
    root = tree(insert_embed(html, HEAD))
    assert ours(root.find("head")) == ["meta", "script"]
    assert sum(map(is_ours, root.iter())) == 2
    root = tree(insert_embed(html, BODY))
    assert sum(map(is_ours, root.find("body").iter())) == 3
    assert sum(map(is_ours, root.iter())) == 3


@given(damaged(), EMBEDS, EMBEDS)
def test_the_last_embed_replaces_the_others(
    html: str, embed: Embed, last: Embed
) -> None:
    expected = insert_embed(html, last)
    assert insert_embed(expected, last) == expected
    assume(remove_embed(html) == html)
    assert insert_embed(insert_embed(html, embed), last) == expected


@given(damaged(), EMBEDS)
def test_removing_the_embed_restores_the_document(html: str, embed: Embed) -> None:
    plain = remove_embed(html)
    assume(remove_embed(plain) == plain)
    assert remove_embed(insert_embed(plain, embed)) == plain


@given(damaged(), EMBEDS)
def test_all_text_of_a_document_stays_in_its_order(html: str, embed: Embed) -> None:
    plain = remove_embed(html)
    inserted = insert_embed(plain, embed)
    if not is_document(plain):
        assert inserted == plain
        return
    part = f"{embed.body}\n" if embed.body else f"\n{embed.head}"
    assert len(inserted) == len(plain) + len(part)
    at = next(
        (at for at, (a, b) in enumerate(zip(plain, inserted, strict=False)) if a != b),
        len(plain),
    )
    # The part may begin like what stands behind it.
    starts = range(max(at - len(part), 0), at + 1)
    assert any(plain[:start] + part + plain[start:] == inserted for start in starts)


@given(damaged())
def test_options_of_a_page_are_read_from_any_text(html: str) -> None:
    assert all(isinstance(text, str) for text in page_options(html))
