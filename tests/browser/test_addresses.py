"""Addresses that options accept name the same host to a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from halochat.urls import ENDPOINT, HOSTS, LINK, MEDIA, SCRIPT, is_site_path

BASE = "https://site.example/docs/"
PARSE = """([addresses, base]) => addresses.map((address) => {
  try {
    const { origin, protocol, hostname, port, username, pathname } = new URL(address, base);
    return [origin, protocol, hostname, port, username, pathname];
  } catch {
    return null;
  }
})"""
ODD = st.sampled_from(
    "%2e . .. @ \\ \t \n \xe3 \uff45 \u3002 0x7f 127.1 ; [ ] | %00 xn-- \xad : //".split(
        " "
    )
)
WORDS = st.sampled_from(
    ["a", "docs", "Halo", "example", "localhost", "127.0.0.1", "8", "-", "_"]
)
PARTS = st.lists(WORDS | WORDS | ODD, min_size=1, max_size=3).map("".join)
HOSTNAMES = st.lists(PARTS, min_size=1, max_size=3).map(".".join)
PATHS = st.lists(PARTS, max_size=3).map("/".join)
ADDRESSES = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(
        ["https://"] * 3 + ["http://", "HTTPS://", "https:/", "//", "", "mailto:"]
    ),
    HOSTNAMES,
    st.sampled_from([""] * 3 + [":8443", ":443", ":0", ":65536", ":"]),
    st.sampled_from(["/", "/", "", "\\", "?", "#"]),
    PATHS,
    st.sampled_from(["", "", "?a=b", "#c", "/index.js"]),
)


class Parsed(NamedTuple):
    origin: str
    protocol: str
    hostname: str
    port: str
    username: str
    pathname: str


def accepts(type_: object, value: object) -> bool:
    problems = type_.check(value)  # type: ignore[attr-defined]
    return not any(problem.severity == "error" for problem in problems)


@pytest.fixture(scope="module")
def chromium_page(browsers: Callable[..., Browser]) -> Iterator[Page]:
    """Return a page for all examples of a test."""
    page = browsers("chromium").new_page()
    yield page
    page.close()


@given(st.lists(ADDRESSES, min_size=5, max_size=20))
def test_an_address_means_the_same_to_the_browser(
    chromium_page: Page, addresses: list[str]
) -> None:
    found = chromium_page.evaluate(PARSE, [addresses, BASE])
    for address, values in zip(addresses, found, strict=True):
        kinds = [
            one for one in (ENDPOINT, SCRIPT, MEDIA, LINK) if accepts(one, address)
        ]
        if not kinds or address.startswith("mailto:"):
            continue
        event("accepted")
        parsed = Parsed(*values)
        if is_site_path(address):
            assert parsed.origin == BASE.removesuffix("/docs/"), address
            assert parsed.pathname.startswith("/docs/"), address
            continue
        parts = re.fullmatch(r"(https?:)//([^/:?#]*)(?::(\d+))?([^?#]*).*", address)
        assert parts, address
        protocol, hostname, port, path = parts.groups()
        port = "" if (protocol, port) == ("https:", "443") else port or ""
        assert parsed[1:5] == (protocol, hostname.lower(), port, ""), address
        assert parsed.pathname == (path or "/"), address


@given(st.lists(HOSTNAMES, min_size=5, max_size=20))
def test_a_host_is_spelled_as_the_browser_spells_it(
    chromium_page: Page, hosts: list[str]
) -> None:
    addresses = [f"https://{host}/" for host in hosts]
    found = chromium_page.evaluate(PARSE, [addresses, BASE])
    for host, values in zip(hosts, found, strict=True):
        if accepts(HOSTS, [host]):
            assert Parsed(*values).hostname == HOSTS.normalize([host])[0]
