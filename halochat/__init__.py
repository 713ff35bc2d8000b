"""Halo live chat for documentation sites: the core that every host shares."""

from __future__ import annotations

__version__ = "0.1.0"
