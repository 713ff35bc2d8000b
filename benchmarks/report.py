"""Write the results of the benchmarks as a page of the guides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]

_HEAD = """\
<!-- `python benchmarks/all.py` replaces this page. -->

Measured on {date} with Python {python} on {cores} processor cores. Except for memory, \
the figures are ratios or processor time, so they are similar on other computers. \
`python benchmarks/all.py` repeats all measurements.

"""
_NAMES = {
    "halochat": "halochat",
    "asyntai": "mkdocs-ai-chatbot",
    "beacon-search": "mkdocs-beacon-search",
    "biel": "mkdocs-biel",
    "gemini-chatbot": "mkdocs-gemini-chatbot",
}
_STRATEGIES = {
    "snippet": "Halo's own block",
    "idle": "`load: idle`",
    "click": "`load: click`",
}
_BAR, _GAP, _LEFT, _WIDTH = 18, 6, 180, 480


def page(report: Row) -> str:
    """Return the page; steps that did not run are left out."""
    parts = [_HEAD.format(**report)]
    for name, section in _SECTIONS.items():
        if step := report["steps"].get(name):
            parts.append(section(step["results"]))
            parts.append(f"\nMeasured with `{step['command']}`.\n\n")
    return "".join(parts).rstrip("\n") + "\n"


def _pages(rows: list[Row]) -> str:
    plugins = {row["plugin"] for row in rows}
    names = sorted(plugins, key=lambda name: (name != "halochat", name))
    sizes = sorted({(row["pages"], row["kilobytes"]) for row in rows})
    cost = {
        (row["pages"], row["kilobytes"], row["plugin"]): row["milliseconds_per_page"]
        for row in rows
    }
    lines = (
        [
            f"{pages:,}",
            f"{size} KB",
            *(f"{cost[pages, size, name]:.3f}" for name in names),
        ]
        for pages, size in sizes
    )
    heads = ["Pages", "Size of a page", *(_NAMES[name] for name in names)]
    most = max(pages for pages, _ in sizes)
    bars = [
        (f"{_NAMES[name]}, {size} KB", cost[pages, size, name], name == "halochat")
        for name in names
        for pages, size in sizes
        if pages == most
    ]
    title = (
        f"Processor time per page of each plugin, in a MkDocs build of {most:,} pages"
    )
    return (
        "## Time per page in a MkDocs build\n\n"
        "Milliseconds of processor time that the plugin takes for a page. This time "
        "must not grow with the number or the size of the pages.\n\n"
        f"{_table(heads, lines)}\n{chart(title, bars, 'ms')}"
    )


def _peers(rows: list[Row]) -> str:
    rows = sorted(rows, key=lambda row: row["milliseconds_per_page"])
    ours = next(
        row["milliseconds_per_page"] for row in rows if row["plugin"] == "halochat"
    )
    lines = (
        [
            _NAMES[row["plugin"]],
            f"{row['milliseconds_per_page']:.3f}",
            f"{row['milliseconds_per_page'] / ours:.1f}",
        ]
        for row in rows
    )
    pages, size = rows[0]["pages"], rows[0]["kilobytes"]
    return (
        f"## Compared with other chat plugins for MkDocs\n\n{pages:,} pages of {size} "
        "KB. Plugins that parse each page take far longer than those that insert a "
        "tag.\n\n" + _table(["Plugin", "ms per page", "Relative to halochat"], lines)
    )


def _themes(rows: list[Row]) -> str:
    lines = (
        [
            row["theme"],
            f"{row['pages']:,}",
            f"{row['kilobytes']} KB",
            f"{row['build_with_over_without']:.2f}",
            f"{row['share_of_build']:.1%}",
            f"{row['milliseconds_per_page']:.2f}",
        ]
        for row in rows
    )
    heads = ["Theme", "Pages", "Size of a page", "Build time, relative to no chat"]
    heads += ["Share of the build", "ms per page"]
    return f"## Share of a MkDocs build\n\n{_table(heads, lines)}"


def _sphinx(result: Row) -> str:
    return (
        f"## Share of a Sphinx build\n\n{result['pages']:,} pages with the theme "
        f"{result['theme']}.\n\n"
        f"- One process: the extension takes {result['share_of_serial_build']:.2%} "
        f"of the build, {result['milliseconds_per_page']:.2f} ms per page.\n"
        f"- {result['jobs']} processes (`-j {result['jobs']}`): the build takes "
        f"{result['parallel_with_over_without']:.2f} times the processor time of the "
        "build without the extension.\n"
    )


def _inject(result: Row) -> str:
    lines = (
        [f"`{row['command']}`", f"{row['seconds']:.1f}", f"{row['copies']:.1f}"]
        for row in result["commands"]
    )
    return (
        "## `halochat inject`\n\n"
        f"{result['pages']:,} pages of {result['kilobytes']} KB, compared with a copy "
        f"of the same folder. The command used {result['peak_megabytes']:.0f} MB of "
        "memory at most.\n\n"
        + _table(["Command", "Seconds", "Relative to `cp -r`"], lines)
    )


def _loading(result: Row) -> str:
    medians = result["medians"]
    ready = medians["click"]["theme ready"]
    lines = (
        [
            label,
            f"{result['added_blocking'][strategy]:+.0f}",
            f"{medians[strategy]['shift']:.3g}",
            f"{medians[strategy]['theme ready'] / ready:.1f}",
            f"{medians[strategy]['requests']:.0f}",
        ]
        for strategy, label in _STRATEGIES.items()
    )
    heads = ["", "Blocking time in ms, compared with no chat", "Layout shift"]
    heads += ["Time until the theme is ready, relative to `click`"]
    heads += ["Requests to Halo before a click"]
    noise = result["added_blocking"]["no chat 2"]
    return (
        "## Loading\n\nA page of Material for MkDocs in Chromium, with 4 Mbit/s, a "
        "latency of 80 ms, and a quarter of the processor. A stand-in for Halo's "
        "script has 380 KB and keeps the page busy for 500 ms. The figures are medians "
        f"of {result['rounds']} rounds. Two loads of the page without chat differ by "
        f"{noise:+.0f} ms of blocking time, so smaller differences mean nothing.\n\n"
        f"{_table(heads, lines)}"
    )


def _memory(result: Row) -> str:
    return (
        f"## Memory\n\nA MkDocs build of {result['pages']:,} pages of "
        f"{result['kilobytes']} KB uses at most {result['without_megabytes']:.0f} MB "
        f"without chat, and {result['with_megabytes']:.0f} MB with chat.\n"
    )


_SECTIONS: dict[str, Callable[[Any], str]] = {
    "pages": _pages,
    "peers": _peers,
    "themes": _themes,
    "sphinx": _sphinx,
    "inject": _inject,
    "loading": _loading,
    "memory": _memory,
}


def _table(heads: list[str], lines: Iterable[list[str]]) -> str:
    rows = [heads, ["---"] * len(heads), *lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def chart(title: str, bars: list[tuple[str, float, bool]], unit: str) -> str:
    """Return a bar chart as SVG in the color of the surrounding text."""
    longest = max(value for _, value, _ in bars)
    height = len(bars) * (_BAR + _GAP)
    lines = []
    for index, (label, value, is_ours) in enumerate(bars):
        y = index * (_BAR + _GAP)
        width = round(max(value / longest * (_WIDTH - _LEFT - 75), 1), 1)
        size = f'width="{width}" height="{_BAR}" opacity="{0.9 if is_ours else 0.4}"'
        lines += [
            f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{label}</text>',
            f'<rect x="{_LEFT}" y="{y}" {size} />',
            f'<text x="{_LEFT + width + 6}" y="{y + 13}">{value:.3f} {unit}</text>',
        ]
    # A blank line would end the HTML block.
    return (
        "<figure>\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" style="max-width: 100%; height: auto" role="img" '
        f'aria-label="{title}" fill="currentColor" '
        'font-size="13" font-family="inherit">\n'
        + "\n".join(lines)
        + f"\n</svg>\n<figcaption>{title}</figcaption>\n</figure>\n"
    )
