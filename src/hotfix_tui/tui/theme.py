"""The colours: blue, sky, orange and vermillion, which colour-blind eyes tell apart; never red against green."""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="hotfix",
    primary="#0072B2",
    secondary="#56B4E9",
    accent="#56B4E9",
    warning="#E69F00",
    error="#D55E00",
    success="#56B4E9",
    foreground="#E4E4E4",
    background="#101418",
    surface="#101418",
    panel="#1C2530",
    dark=True,
    variables={"waiting": "#F0E442", "border": "#4A5A6A", "block-cursor-background": "#263545"},
)
"""The Okabe-Ito palette on a dark ground."""

PLAIN = "ansi-dark"
"""The theme without colours of our own, for NO_COLOR and 16-colour terminals."""
