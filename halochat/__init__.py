"""Halo live chat for documentation sites: the core that every host shares.

A host is a plugin for a generator, or the command. Hosts import only these names.
"""

from __future__ import annotations

from halochat.embed import PageContext
from halochat.links import SiteFiles
from halochat.problems import Problem
from halochat.site import Page, Site
from halochat.syntaxes import SyntaxName
from halochat.triggers import Trigger

__all__ = [
    "Page",
    "PageContext",
    "Problem",
    "Site",
    "SiteFiles",
    "SyntaxName",
    "Trigger",
    "__version__",
]

__version__ = "1.0.0"
