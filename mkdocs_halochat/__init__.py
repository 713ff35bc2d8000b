"""Halo live chat in MkDocs sites."""

from __future__ import annotations
