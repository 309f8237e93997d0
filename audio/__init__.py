"""The fallback voice: guides pre-rendered as sound. The room stands ready; nothing is in it yet."""
