"""The site's options in `conf.py`, validated by the core."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.util import logging

from halochat import Problem, Site, __version__
from halochat.config_files import (
    ConfigurationError,
    misspelled_variable,
    read_python,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

log = logging.getLogger(__name__)

BUILDERS = frozenset({"html", "dirhtml", "singlehtml"})
_OFF = {"enabled": False}
_sites: WeakKeyDictionary[Sphinx, Site] = WeakKeyDictionary()


def read_options(app: Sphinx, config: Config) -> None:
    """Validate `halochat_options`, and replace it by the options that can be used."""
    conf_py = Path(app.confdir, "conf.py")
    is_unset = not config.halochat_options and conf_py.is_file()
    if is_unset and (message := misspelled_variable(conf_py)):
        _warn(message)
    try:
        options = read_python(config.halochat_options)
    except ConfigurationError as error:
        _warn(f"halochat_options: {error}")
        options = dict(_OFF)
    site = _sites[app] = Site(options, syntax="python")
    for problem in (*site.problems, *site.placeholder_problems()):
        warn_of_option(problem)
    if site.problems and not site.enabled:
        reason = "a required option is missing or wrong"
        _warn(f"halochat_options: no page has chat, because {reason}")
    # Sphinx writes all pages again when this value changes, but ignores the order of
    # dictionaries. The fingerprint also covers the order of patterns, which matters,
    # and the names of files to which the pages link.
    names = [asset.name for asset in site.assets()]
    fingerprint = json.dumps([__version__, names, site.options])
    usable = site.options if site.enabled else _OFF
    config.halochat_options = {**usable, "fingerprint": fingerprint}


def warn_of_option(problem: Problem) -> None:
    """Warn of a problem with the options in `conf.py`."""
    _warn(f"halochat_options[{problem.option!r}]: {problem.message}")


def _warn(message: str) -> None:
    log.warning(message, type="halochat", subtype="config")


def site_of(app: Sphinx) -> Site:
    """Return the site of a build, once its options have been read."""
    return _sites[app]


def has_chat(app: Sphinx) -> bool:
    """Tell whether this build puts chat on pages."""
    return site_of(app).enabled and app.builder.name in BUILDERS
