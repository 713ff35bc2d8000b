"""What readers of the guides search for, and the page that answers it."""

from __future__ import annotations

SEARCHES = {
    "color": "look",
    "mobile": "look",
    "flyout": "look",
    "GDPR": "consent",
    "GA4": "analytics",
    "SSO": "identity",
    "logout": "identity",
    "performance": "loading",
    "disable": "off",
    "secret": "security",
    "feedback": "triggers",
    "uninstall": "off",
    "email": "triggers",
    "fallback_url": "reference",
    "haloChat_inboundEvent_endChat": "events",
}
