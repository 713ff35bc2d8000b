from __future__ import annotations

import random
from xml.etree.ElementTree import Element

import html5lib
import pytest

from halochat.document import (
    chat_elements,
    elements,
    head_elements,
    insert_embed,
    is_document,
    keep_page_tags,
    page_options,
    remove_embed,
)
from halochat.embed import Embed

META = '<meta name="halo-chat" content="{&#34;a&#34;:&#34;&lt;/head&gt;&#34;}" />'
LOADER = '<script src="../assets/halochat.0123abcd.js" defer></script>'
HEAD = Embed(head=f"{META}\n{LOADER}")
OTHER_HEAD = Embed(
    head='<meta name="halo-chat" content="{&#34;b&#34;:1}" />\n'
    '<script src="halochat.89abcdef.js" defer></script>'
)
BODY = Embed(
    body='<div id="halo-chat"></div>\n'
    "<script>\n"
    'var haloChatConfig = {"a":"\\u003c/body\\u003e"}\n'
    "</script>\n"
    '<script src="https://halo.example.com/chat/index.js"></script>'
)
OTHER_BODY = Embed(
    body='<div id="halo-chat"></div>\n<script>\nvar haloChatConfig = {}\n</script>\n'
    '<script src="../assets/preview.0123abcd.js"></script>'
)
EMBEDS = {"head": HEAD, "body": BODY, "nothing": Embed()}

# Where the two parts belong: `@H` is the head's, `@B` the body's.
START = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">@H\n'
DOCUMENTS = {
    "whole": START
    + "<title>T</title>\n</head>\n<body>\n<p>x</p>\n@B</body>\n</html>\n",
    "no charset": "<html><head>@H<title>T</title></head><body>x@B</body></html>",
    "no head": "<!doctype html>\n<html>@H\n<body>x@B</body>\n</html>",
    "no html": "<!doctype html>@H<title>T</title><p>x@B",
    "nothing but a doctype": "<!doctype html>@H@B",
    "doctype and text": "<!doctype html>@Hx@B",
    "no doctype": "<html>@H<body>x@B</body></html>",
    "minified": "<!doctypehtml><meta charset=utf-8>@H<title>T</title><p>x@B",
    "minified with attributes": (
        "<!doctype html><html lang=en class=no-js><head><meta charset=utf-8>@H"
        "<link rel=icon href=/a/><body dir=ltr><p>x<p>y@B"
    ),
    "upper case": (
        "<!DOCTYPE HTML><HTML><HEAD><META CHARSET=UTF-8>@H<TITLE>T</TITLE></HEAD>"
        "<BODY>x@B</BODY></HTML>"
    ),
    "xhtml": (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />@H\n'
        "<title>T</title></head><body><p>x</p>@B</body></html>"
    ),
    "byte order mark": "\ufeff<!doctype html><html>@H<body>x@B</body></html>",
    "head end before the head": (
        "<!-- <head></head><body> --><!doctype html<body>@H><head><title>T</title>@B"
    ),
    "comments before the doctype": (
        "<!-- <head><meta charset=x></head></body> -->\n<!---->\n<!--> <!--->\n"
        "<!doctype html><html>@H<body>x@B</body></html>"
    ),
    "conditional comments": (
        "<!doctype html><!--[if IE]><html class=ie><head><![endif]--><html><head>@H"
        "<!--[if IE]><meta charset=x><![endif]--></head><body>x@B</body></html>"
    ),
    "charset behind other elements": (
        "<html><head><base href=/><title>T</title><link rel=x><style>a{}</style>"
        "<script>1</script><noscript>x</noscript><meta charset='utf-8'/>@H</head>"
        "<body>@B</body></html>"
    ),
    "greater-than in attributes": (
        '<html data-a="a>b" data-b=\'a>b\'><head data-c=/><meta charset="utf-8" '
        'data-d=">">@H</head><body data-e="</body>">@B</body></html>'
    ),
    "spaced tags": (
        "<!doctype  html ><html\n><head\t><meta  charset = utf-8 / >@H</head >"
        "<body >x@B</body >\n</html >\n"
    ),
    "odd attributes": (
        "<html><head><meta =a b= 'c' d=\"e\"f charset=utf-8 charset=x>@H</head>"
        "<body>@B</body></html>"
    ),
    "comments at the end": (
        "<html>@H<body>x@B</body>\n<!-- a --></html>\n<!-- </body> --!>\n<!-->\n"
    ),
    "two ends": "<html>@H<body><p>x</body></html><p>y</p>@B</body></html>",
    "end in the middle": "<html>@H<body><p>x</body></html><p>y</p>@B",
    "end, then elements between comments": (
        "<html>@H<body>x</body><!-- a --><p>y</p><!-- b -->@B"
    ),
    "end, then text": "<html>@H<body>x</body>y@B</html>",
    "no end of the body": "<html>@H<body><p>x</p>@B</html>\n",
    "two ends of the document": "<html>@H<body><p>x</p>@B</html></html>",
    "template in the head": (
        "<html><head>@H<template><meta charset=x></template></head><body>@B</body>"
    ),
    "charset of other tags": (
        "<html data-charset=x><head charset=x><meta charset=x>@H</head>@B"
    ),
    "two charsets": (
        "<html><head><meta http-equiv=content-type content=text/html>@H"
        "<meta charset=x></head>@B"
    ),
    "text before the head": "<!doctype html>@Hx<html><head><meta charset=x>@B",
    "text in the head": "<html><head>@H<title>T</title>x<meta charset=x></head>@B",
    "late opening tags": "<title>T</title>".join(["<html>", "<head>@H<body>@B"]),
    "drawing with an empty title": "<html>@H<body><svg><title/></svg>x@B",
}

CHARSET_DECOYS = {
    "comment": "<!-- <meta charset=x> -->",
    "script": "<script>'<meta charset=x>'</script>",
    "title": "<title><meta charset=x></title>",
    "style": "<style>/* <meta charset=x> */</style>",
    "noscript": "<noscript><meta charset=x></noscript>",
    "template": "<template><meta charset=x></template>",
    "content": '<meta name="description" content="a charset=x b">',
    "spaced content": "<meta name=description content=' charset = x'>",
    "other name": "<meta name=charset data-charset=x>",
    "quoted end of a tag": "<meta name='charset>' content=x>",
    "quoted start of a tag": "<meta name='charset><meta charset=x>' content=x>",
    "other header": "<meta http-equiv=refresh content='9; url=x charset=y'>",
    "script in a title": "<title><script></title>",
    "unicode end of a title": "<title></t\u0131tle><meta charset=x></title>",
    "unicode end of a script": "<script></\u017fcript><meta charset=x></script>",
    "unicode name": "<meta \u212a=1 data-x>",
}

HEAD_END_DECOYS = {
    "comment": "<!-- </head><body> -->",
    "script": "<script>'</head><body>'</script>",
    "commented script": "<script><!--\n'</head><body>'\n--></script>",
    "title": "<title></head><body></title>",
    "style": "<style>/* </head><body> */</style>",
    "noscript": "<noscript></head><body></noscript>",
    "upper case": "<SCRIPT>'</head><body>'</SCRIPT>",
    "double quotes": '<meta name="description" content="After </head>, <body>">',
    "single quotes": "<meta name='description' content='After </head>, <body>'>",
    "spaced quotes": '<meta name="description" content = "After </head>, <body>">',
    "no quotes": "<meta name=description content=</head/<body>",
    "declaration": "<!x </head ><!x <body>",
}

DECOYS = {
    "comment": "<!-- </body></html> -->",
    "comment with an arrow": "<!-- -- > </body> --->",
    "odd end of a comment": "<!-- a --!><p><!-- </body> -->",
    "script": "<script>var a = '</body></html>'</script>",
    "commented script": "<script><!--\n</body></html>\n--></script>",
    "script in a script": "<script><!-- <script> </script> </body> --></script>",
    "no script in a script": "<script>a = '<script>'</script><!-- </body> -->",
    "closed comment in a script": "<script><!--> <script> </body></script>",
    "ended comment in a script": "<script><!-- --> <script> </body></script>",
    "end in a commented script": "<script><!-- </body></script>",
    "longer name in a script": "<script></scripty> </body></script/>",
    "unicode end in a script": "<script></\u017fcript> </body></script>",
    "srcdoc": '<iframe srcdoc="<body></body></html>"></iframe>',
    "single quotes": "<a title='</body></html>'>a</a>",
    "no quotes": "<a title=</body>a</a>",
    "frame": "<iframe></body></html></iframe>",
    "textarea": "<textarea></body></textarea>",
    "title": "<svg><title></body></title></svg>",
    "style": "<style>/* </body> */</style>",
    "noscript": "<noscript></body></noscript>",
    "sample": "<xmp></body></xmp>",
    "template": "<template></body></html></template>",
    "nested template": "<template><template></body></template></body></template>",
    "script in a template": "<template><script></template></body></script></template>",
    "end of no template": "</template><!-- </body> -->",
    "code": "<pre><code>&lt;/body&gt;</code></pre>",
    "raw code": "<pre><code></body></html></code></pre>",
    "longer name": "</bodyguard>",
    "data section": "<![CDATA[ </body> ]]>",
    "instruction": "<?php '</body>' ?>",
    "odd end tags": "</ body></><!x></body x><p>",
    "less-than": "1 < 2 <3 a<b>c</b>",
    "void slash": "<br/></body/><p>",
}
for name, decoy in CHARSET_DECOYS.items():
    DOCUMENTS[f"charset decoy: {name}"] = (
        f"<!doctype html><html><head>{decoy}<meta charset=utf-8>@H</head>"
        "<body>@B</body></html>"
    )
for name, decoy in HEAD_END_DECOYS.items():
    DOCUMENTS[f"head end decoy: {name}"] = (
        f"<!doctype html><html><head>{decoy}<meta charset=utf-8>@H</head>"
        "<body>@B</body></html>"
    )
for name, decoy in DECOYS.items():
    DOCUMENTS[f"decoy: {name}"] = f"{START}</head><body>{decoy}@B</body></html>\n"
    DOCUMENTS[f"decoy, no end: {name}"] = f"<!doctype html>@H<body>{decoy}<p>x@B"

documents = pytest.mark.parametrize("name", DOCUMENTS)


def plain(name: str) -> str:
    return DOCUMENTS[name].replace("@H", "").replace("@B", "")


def tree(html: str) -> Element:
    text = html.removeprefix("\ufeff")  # a mark of the file, before it is decoded
    return html5lib.parse(text, namespaceHTMLElements=False, scripting=True)


def outline(element: Element) -> list[object]:
    """All of a tree but our embed, and but white space."""
    found: list[object] = [element.tag, dict(element.attrib)]
    texts = ["".join((element.text or "").split())]
    for child in element:
        if not is_ours(child):
            found += [texts.pop(), outline(child)]
            texts.append("")
        texts[-1] += "".join((child.tail or "").split())
    return [*found, *texts]


def is_ours(element: Element) -> bool:
    return (
        element.get("name") == "halo-chat"
        or element.get("id") == "halo-chat"
        or "halochat." in element.get("src", "")
        or "/chat/index.js" in element.get("src", "")
        or (element.tag == "script" and "var haloChatConfig" in (element.text or ""))
    )


# --- Where the embed goes ------------------------------------------------------


@documents
def test_inserts_head_and_body_parts(name):
    marked = DOCUMENTS[name]
    html = plain(name)
    assert insert_embed(html, HEAD) == marked.replace("@H", f"\n{HEAD.head}").replace(
        "@B", ""
    )
    assert insert_embed(html, BODY) == marked.replace("@B", f"{BODY.body}\n").replace(
        "@H", ""
    )
    assert insert_embed(html, Embed()) == html


# To html5lib a `<template>` begins the body.
@pytest.mark.parametrize(
    "name", [name for name in DOCUMENTS if name != "charset decoy: template"]
)
def test_browser_finds_the_head_part_in_the_head(name):
    root = tree(insert_embed(plain(name), HEAD))
    assert [child.tag for child in root.find("head") if is_ours(child)] == [
        "meta",
        "script",
    ]
    assert sum(map(is_ours, root.iter())) == 2


@documents
def test_browser_finds_the_body_part_in_the_body(name):
    root = tree(insert_embed(plain(name), BODY))
    assert [child.tag for child in root.find("body").iter() if is_ours(child)] == [
        "div",
        "script",
        "script",
    ]
    assert sum(map(is_ours, root.iter())) == 3


@documents
def test_browser_sees_the_same_page_around_the_embed(name):
    html = plain(name)
    before = outline(tree(html))
    assert outline(tree(insert_embed(html, HEAD))) == before
    assert outline(tree(insert_embed(html, BODY))) == before


PIECES = [
    *[piece for piece in DECOYS.values() if "template" not in piece],
    *["<p>", "</p>", "<div>", "</div>", "</body>", "</html>", "<!-- a -->", "\n", "x"],
    *[
        "<head>",
        "</head>",
        "<body>",
        "<html>",
        "<meta charset=utf-8>",
        "<title>T</title>",
    ],
]


def test_browser_finds_the_embed_in_pages_put_together_at_random():
    chance = random.Random(1)  # noqa: S311
    for _ in range(400):
        html = "<!doctype html>" + "".join(
            chance.choices(PIECES, k=chance.randint(1, 9))
        )
        head, body = insert_embed(html, HEAD), insert_embed(html, BODY)
        assert sum(map(is_ours, tree(head).find("head"))) == 2, html
        assert sum(map(is_ours, tree(body).find("body").iter())) == 3, html
        assert remove_embed(head) == remove_embed(body) == html


# --- Which elements there are --------------------------------------------------


def test_elements_are_listed_with_their_attributes_and_text():
    html = (
        "<!doctype html><html lang=de><head><title>a &lt;b></title>"
        "<SCRIPT SRC='a&amp;b' defer>1 < 2</SCRIPT><!-- <p> --><template><p></template>"
        '</head><body><a href="x" HREF="y">z</a></body>'
    )
    found = [(name, attributes, text) for name, attributes, text in elements(html)]
    assert found == [
        ("html", {"lang": "de"}, ""),
        ("head", {}, ""),
        ("title", {}, "a &lt;b>"),
        ("script", {"src": "a&b", "defer": ""}, "1 < 2"),
        ("template", {}, ""),
        ("body", {}, ""),
        ("a", {"href": "x"}, ""),
    ]


# --- What is no document -------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\ufeff",
        "x",
        "<p>x</p>",
        "<head></head>",
        "<body>x</body>",
        "<htmlx></htmlx>",
        "<!-- <!doctype html> -->",
        "<!-- <html> ",
        "<p></p><!doctype html><html></html>",
        "&lt;!doctype html>",
        "{% extends 'base.html' %}<html></html>",
        '<?xml version="1.0"?><rss><html></html></rss>',
        '<?xml version="1.0"?><OpenSearchDescription></OpenSearchDescription>',
        "<!DOCTYPE svg><svg></svg>",
        "<svg><title>x</title></svg>",
        '{"html": "<html>"}',
        "<!doctype html",
        "<?xml",
    ],
)
def test_leaves_fragments_unchanged(text):
    assert not is_document(text)
    assert insert_embed(text, HEAD) == insert_embed(text, BODY) == text


@pytest.mark.parametrize("embed", [HEAD.head, BODY.body, f"\n{HEAD.head}\n"])
def test_keeps_an_embed_in_a_fragment(embed):
    assert remove_embed(embed) == insert_embed(embed, OTHER_HEAD) == embed


# --- Twice, another, and out again ---------------------------------------------


@documents
@pytest.mark.parametrize("embed", EMBEDS)
def test_inserting_twice_changes_nothing(name, embed):
    once = insert_embed(plain(name), EMBEDS[embed])
    assert insert_embed(once, EMBEDS[embed]) == once


@documents
@pytest.mark.parametrize("embed", EMBEDS)
def test_removing_restores_the_page(name, embed):
    assert remove_embed(insert_embed(plain(name), EMBEDS[embed])) == plain(name)


@documents
def test_embed_replaces_an_earlier_one(name):
    html = plain(name)
    for first in (HEAD, OTHER_HEAD, BODY, OTHER_BODY):
        for second in (HEAD, OTHER_HEAD, BODY, OTHER_BODY, Embed()):
            assert insert_embed(insert_embed(html, first), second) == insert_embed(
                html, second
            )


@pytest.mark.parametrize(
    "minified",
    [
        "<meta name=halo-chat content='{\"a\":1}'><script src=a/halochat.0123abcd.js "
        "defer></script>",
        '<meta content="{}" name="halo-chat"/><script defer="" '
        'src="https://cdn.example.com/halochat.0123abcd.js?v=1"></script>',
    ],
)
def test_recognizes_the_minified_loader_form(minified):
    html = "<!doctype html><meta charset=utf-8>@<title>T</title><p>x"
    assert remove_embed(html.replace("@", minified)) == html.replace("@", "")


@pytest.mark.parametrize(
    "minified",
    [
        "<div id=halo-chat></div><script>var haloChatConfig={a:1}</script>"
        "<script src=https://halo.example.com/chat/index.js></script>",
        '<div id="halo-chat"></div> <script>var haloChatConfig = {"a":1};</script>\n'
        '<script src="x"></script>',
    ],
)
def test_recognizes_the_minified_snippet_form(minified):
    html = "<!doctype html><title>T</title><body><p>x@"
    for end in ("", "</body>", "\n</body></html>"):
        assert remove_embed((html + end).replace("@", minified)) in (
            (html + end).replace("@", ""),
            (html + end.lstrip("\n")).replace("@", ""),
        )


# --- Pages that only speak of the embed ----------------------------------------


QUOTES = {
    "script": "<script>a = `@`</script>".replace("@", META),
    "template": "<template>@</template>",
    "nested template": "<template><template></template>@</template>",
    "comment": "<!-- @ -->",
    "textarea": "<textarea>@</textarea>",
    "title": "<title>@</title>",
    "noscript": "<noscript>@</noscript>",
    "style": "<style>@</style>",
    "frame": "<iframe>@</iframe>",
}


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("embed", [HEAD, BODY], ids=["head", "body"])
def test_keeps_a_quoted_embed(quote, embed):
    text = QUOTES[quote].replace("@", embed.head or embed.body)
    for html in (
        f"<!doctype html><html><head>{text}</head><body>x</body></html>",
        f"<!doctype html><html><head></head><body>{text}</body></html>",
        f"<!doctype html>{text}<p>",
    ):
        assert remove_embed(html) == html
        assert remove_embed(insert_embed(html, HEAD)) == html
        assert remove_embed(insert_embed(html, BODY)) == html
        assert insert_embed(html, HEAD).count(LOADER) == html.count(LOADER) + 1


@pytest.mark.parametrize(
    "text",
    [
        "<pre>" + BODY.body.replace("<", "&lt;") + "</pre>",
        "<pre>" + HEAD.head.replace("<", "&lt;") + "</pre>",
        '<iframe srcdoc="' + BODY.body.replace('"', "&quot;") + '"></iframe>',
        "<iframe srcdoc='" + HEAD.head + "'></iframe>",
        f"{BODY.body}<p>More</p>",
        f"<section>{BODY.body}</section>",
        f"<p>{HEAD.head}</p>",
        '<h1 id="halo-chat">Halo chat</h1>',
        '<div id="halo-chat"></div>',
        "<script>var haloChatConfig = {}</script>",
    ],
)
def test_keeps_an_embed_in_the_content(text):
    html = f"<!doctype html><html><head></head><body>{text}</body></html>"
    assert remove_embed(html) == html
    assert remove_embed(insert_embed(html, HEAD)) == html
    assert remove_embed(insert_embed(html, BODY)) == html


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="halo-chatter" content="{}">',
        '<meta name="description" content="name=halo-chat">',
        '<meta name="\'halo-chat\'" content="{}">',
        '<script src="halochat.js"></script>',
        '<script src="myhalochat.0123abcd.js"></script>',
        '<script src="halochat.0123abcd.js.txt"></script>',
        '<script data-src="halochat.0123abcd.js"></script>',
        '<script>/* halo-chat */ "src=halochat.0123abcd.js"</script>',
    ],
)
def test_keeps_tags_that_only_resemble_an_embed(tag):
    html = f"<html><head>{tag}</head><body>halo-chat</body></html>"
    assert remove_embed(html) == html


# --- No page takes forever -----------------------------------------------------

MANY = 40_000
ENDLESS = [
    *[
        "<",
        "<a ",
        "</a ",
        "<a x=",
        '<a x="',
        "<a x='",
        '<a x="y',
        "<a/",
        "<a x y ",
        "a<b",
    ],
    *[
        "<!",
        "<!-",
        "<!--",
        "<!-- --",
        "<?",
        "</",
        "</ ",
        "<![CDATA[",
        "<!doctype html ",
    ],
    *[
        "<script>",
        "<script><!--",
        "<script><!--<script>",
        "</script",
        "<title>",
        "</title",
    ],
    *["<textarea>", "<template>", "</template>", "<noscript>", "<style>", "<iframe>"],
    *["<meta ", "<meta charset", "<meta>", "<head>", "<html>", "</head>", "<link x=y>"],
    *["</body>", "</body", "</body>\n", "</body><!-- -->", "</body><!--", "</html>"],
    *["<!-- -->", "<?x>", " ", "\n", '<div id="halo-chat"></div>', "<div id="],
]


@pytest.mark.parametrize("piece", ENDLESS)
def test_handles_an_unclosed_element_quickly(piece):
    text = piece * MANY
    for html in (
        f"<!doctype html>{text}",
        f"{text}<!doctype html>",
        f"<html><head></head><body>{text}</body></html>",
        f"<html><body>{text}<!-- halo-chat var haloChatConfig",
        f"<html><script>{text}",
        f"<html><body><a x={text}",
    ):
        assert insert_embed(html, BODY).replace(f"{BODY.body}\n", "") == html
        assert len(insert_embed(html, HEAD)) - len(html) in (0, len(HEAD.head) + 1)


@pytest.mark.parametrize("size", [50_000, 200_000])
@pytest.mark.parametrize("tail", ["", "<script src=a.js></script><script>b()</script>"])
def test_searches_only_head_and_tail_of_a_generated_page(size: int, tail: str) -> None:
    class Page(str):
        searched = 0

        def find(self, text: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
            end = len(self) if end is None else end
            found = str(self).find(text, start, end)
            self.searched += (found if found >= 0 else end) - start
            return found

        def rfind(self, text: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
            end = len(self) if end is None else end
            found = str(self).rfind(text, start, end)
            self.searched += end - (found if found >= 0 else start)
            return found

    body = "<p><a href='#halo-chat'>Chat</a>".ljust(size, "x")
    page = Page(
        f"<!doctype html><html><head><meta charset=utf-8><title>t</title></head>"
        f"<body>{body}{tail}</body></html>"
    )
    assert remove_embed(page) is page
    assert 0 < page.searched < 15_000
    assert "<b></b>" in insert_embed(page, Embed(body="<b></b>"))
    assert page.searched < 60_000


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!doctype html>", "3</base><head><title>a</title></head><body>x"),
        ("<!doctype html>", "</base>3</base><head></head>"),
        ("<!doctype html></base><head>", "<title>t</title>"),
        ("<!doctype html></><head class=k>", "<title>a</title></head><body>x"),
        ("<!doctype html></ x><head class=k>", "<title>a</title></head><body>x"),
        ("<!doctype html>", "<html\x0bx><head><title>a</title></head><body>x"),
        ("<!doctype html><html lang=a\x0bb><head>", "<title>a</title></head>"),
        ("<!doctype html>", "\x0b<head class=k></head>"),
        ("<!doctype html><html>", "\x0b<head class=k></head>"),
        ("<!doctype html><head>", "<title\x0b></title>x</head>"),
    ],
)
def test_malformed_head_is_read_as_html5lib_reads_it(before: str, after: str) -> None:
    html = insert_embed(before + after, HEAD)
    assert html == f"{before}\n{HEAD.head}{after}"
    tree = html5lib.parse(html, namespaceHTMLElements=False, scripting=True)
    assert tree.find("head/meta[@name='halo-chat']") is not None
    plain = html5lib.parse(before + after, namespaceHTMLElements=False)
    assert tree.find("head").attrib == plain.find("head").attrib
    assert remove_embed(html) == before + after


# --- A page's own options ----------------------------------------------------------

PAGE_TAGS = [
    """<meta name="halo-chat-page" content='{"load": "click"}'>""",
    '<meta name="halo-chat-page" content="{&quot;load&quot;: &#34;click&#34;}" />',
    """<META CONTENT='{"load": "click"}'\r\n  data-rh=true NAME=halo-chat-page>""",
    """<meta name=halo-chat-page content='{"load": "click"}' title="\udce9 é">""",
]


@pytest.mark.parametrize("embed", EMBEDS.values(), ids=EMBEDS)
@pytest.mark.parametrize("tag", PAGE_TAGS)
def test_keeps_and_restores_the_options_of_a_page(tag: str, embed: Embed) -> None:
    html = (
        f"<!doctype html><head>{tag}\n<meta charset=utf-8>\n</head><body>{tag}</body>"
    )
    assert page_options(html) == ['{"load": "click"}']
    kept = keep_page_tags(insert_embed(html, embed))
    assert kept.partition("<body>")[0].count("halo-chat-page") == 0
    assert kept.endswith(f"<body>{tag}{embed.body and embed.body + chr(10)}</body>")
    assert page_options(kept) == ['{"load": "click"}']
    assert keep_page_tags(insert_embed(kept, embed)) == kept
    assert remove_embed(kept) == html


def test_keeps_options_of_a_page_beside_options_already_kept() -> None:
    tag = PAGE_TAGS[0]
    kept = keep_page_tags(f"<!doctype html><head>{tag}</head>")
    both = keep_page_tags(kept.replace("</head>", f"{tag}</head>"))
    assert both.count("halo-chat-source") == 2
    assert remove_embed(both) == f"<!doctype html><head>{tag}{tag}</head>"


@pytest.mark.parametrize(
    "decoy",
    # html5lib, which reads the other documents, does not know templates.
    [*HEAD_END_DECOYS.values(), "<template></head><body></template>"],
)
@pytest.mark.parametrize("end", ["</head><body>x</body></html>", "<body>x", "<p>x"])
def test_reads_options_of_a_page_behind_what_looks_like_the_end_of_the_head(
    decoy: str, end: str
) -> None:
    html = f"<!doctype html><html><meta charset=utf-8>{decoy}{PAGE_TAGS[0]}{end}"
    assert page_options(html) == ['{"load": "click"}']
    kept = keep_page_tags(html)
    assert "halo-chat-page" not in kept
    assert page_options(kept) == ['{"load": "click"}']
    assert remove_embed(kept) == html


def test_kept_options_survive_a_minifier() -> None:
    tag = PAGE_TAGS[0]
    kept = keep_page_tags(f"<!doctype html><head>{tag}<title>x</title>")
    minified = kept.replace(" />", ">").replace('"', "")
    assert minified != kept
    assert page_options(minified) == ['{"load": "click"}']
    assert remove_embed(minified) == f"<!doctype html><head>{tag}<title>x</title>"


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{PAGE_TAGS[0]}",  # no document
        f"<!doctype html><body>{PAGE_TAGS[0]}</body>",
        f"<!doctype html><p>Text{PAGE_TAGS[0]}",
        f"<!doctype html><head><!-- {PAGE_TAGS[0]} --></head>",
        f"<!doctype html><head><template>{PAGE_TAGS[0]}</template></head>",
        f"<!doctype html><head><noscript>{PAGE_TAGS[0]}</noscript></head>",
        "<!doctype html><head><script>'<meta name=halo-chat-page>'</script></head>",
        "<!doctype html><head><meta name=halo-chat-pages content=false></head>",
        "<!doctype html><head><meta property=halo-chat-page content=false></head>",
        # Tags that only look like those that keep one.
        "<!doctype html><head><meta name=halo-chat-source content=false></head>",
        "<!doctype html><head><meta name=halo-chat-source></head>",
        "<!doctype html><head><meta name=halo-chat-source content=/w==></head>",
        "<!doctype html><head><meta name=halo-chat-source content=PGI+></head>",
        "<!doctype html><head><meta name=halo-chat-source content=PG1ldGE+></head>",
        "<!doctype html><head><meta name=halo-chat-source content='é'></head>",
    ],
)
def test_only_a_tag_in_the_head_sets_options_of_the_page(html: str) -> None:
    assert page_options(html) == []
    assert keep_page_tags(html) == html
    assert remove_embed(html) == html


def test_elements_of_the_head_are_those_before_the_content() -> None:
    html = "<!doctype html><html><head><title>T</title><meta name=a></head><p><meta>"
    names = [(element.name, element.text) for element in head_elements(html)]
    assert names == [("html", ""), ("head", ""), ("title", "T"), ("meta", "")]


# --- Reading as little as possible --------------------------------------------------

HEAD_TAGS = "<!doctype html><html><head><title>T</title>"
SNIPPET = BODY.body


@pytest.mark.parametrize(
    ("body", "is_whole"),
    [
        ("<p>text", False),
        ("<a href=#halo-chat>x</a> halo-chat", False),
        ("<a href=https://docs.example.com/halochat.html>x</a>", False),
        ("<h1 id=halo-chat>x</h1>", True),
        ("<h1 ID = 'halo-chat'>x</h1>", True),
        ("<h1 id=halo-chat-2>x</h1>", True),  # reading too much does no harm
        ("<meta name='halo-chat' content='{}'>", True),
        ("<script src=assets/halochat.0123abcd.js></script>", True),
        ("<script>var haloChatConfig = {}</script>", True),
        ("<script src=assets/external/a/chat/index.js></script>", True),
    ],
)
def test_reads_the_content_only_if_it_may_contain_an_embed(
    body: str, is_whole: bool
) -> None:
    html = f"{HEAD_TAGS}</head><body>{body}</body></html>"
    everything = [*elements(html)]
    assert chat_elements(html) == everything if is_whole else everything[:3]


@pytest.mark.parametrize("body", ["<p>text", "<h1 id=halo-chat>x</h1>"])
def test_snippet_is_read_without_the_content_before_it(body: str) -> None:
    html = f"{HEAD_TAGS}</head><body>{body}\n{SNIPPET}\n</body></html>"
    everything = [*elements(html)]
    snippet = everything[-3:]
    is_whole = "id=halo-chat" in body
    expected = everything if is_whole else [*everything[:3], *snippet]
    assert chat_elements(html) == expected


def test_document_without_tags_has_no_elements() -> None:
    assert chat_elements("<!doctype html>") == []
