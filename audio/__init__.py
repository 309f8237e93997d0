"""The fallback voice: lines become clips, scripts become guides, and any player plays them."""
