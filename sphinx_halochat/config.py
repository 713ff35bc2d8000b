"""The site's options in `conf.py`, checked by the core."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sphinx.locale import _TranslationProxy
from sphinx.util import logging

from halochat import __version__
from halochat.config_files import read_python
from halochat.embed import assets
from halochat.layers import OFF
from halochat.options import OPTIONS
from halochat.problems import unexpected
from halochat.validation import check_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

log = logging.getLogger(__name__)

BUILDERS = frozenset({"html", "dirhtml", "singlehtml"})
REQUIRED = frozenset(name for name, option in OPTIONS.items() if option.required)


def read_options(app: Sphinx, config: Config) -> None:
    """Check `halochat_options`, and leave in it what can be used."""
    given = config.halochat_options
    if not isinstance(given, Mapping):
        message = unexpected("a dictionary of options", given).message
        log.warning("halochat_options: %s", message, type="halochat", subtype="config")
        given = {"enabled": False}
    checked = check_site(read_python(given, _TranslationProxy))
    site = checked.options
    for problem in checked.problems:
        log.warning(
            "halochat_options[%r]: %s",
            problem.option,
            problem.message
            + (", so no page has chat" if problem.option in REQUIRED else ""),
            type="halochat",
            subtype="config",
        )
    config.halochat_options = site if site.keys() >= REQUIRED else OFF
    # Sphinx sorts a dictionary before it looks for changes, but of two patterns in
    # `pages` the later one wins; and pages link to our files by names that change.
    names = [asset.name for asset in assets(config.halochat_options)]
    config.halochat_fingerprint = json.dumps([__version__, names, site])


def has_chat(app: Sphinx) -> bool:
    """Tell whether this build puts chat on pages."""
    on = app.config.halochat_options.get("enabled", True)
    return bool(on) and app.builder.name in BUILDERS
