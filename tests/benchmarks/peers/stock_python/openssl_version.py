"""Lets oscrypto read the version of the OpenSSL that is installed.

oscrypto 1.3.0 looks for one digit between the dots, finds none in "3.0.19", and cannot be imported
with OpenSSL 3.0.10 and later; Amazon's verifier needs it through certvalidator. While it is being
imported, its pattern is made to allow several digits. Everything else of it stays as it is.
"""

import re
from importlib import import_module
from typing import Any

_search: Any = re.search


def _several_digits(pattern: Any, *more: Any) -> Any:
    if isinstance(pattern, str):
        pattern = pattern.replace(r"\d\.\d\.\d[a-z]*", r"\d+\.\d+\.\d+[a-z]*")
    return _search(pattern, *more)


re.search = _several_digits  # type: ignore[assignment]  # for the next lines only
try:
    import_module("certvalidator")
finally:
    re.search = _search
