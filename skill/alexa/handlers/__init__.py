"""Thin translators: slots in, the coach asked, its reply handed out."""
