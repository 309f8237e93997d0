"""What Lambda's own Python does around a handler, to be run by itself in a fresh interpreter.

``python runtime.py FOLDER`` finds modules in FOLDER and in the standard library alone; without a
folder, where Python finds them. The handler's name is in ``_HANDLER``, as in Lambda. Then every
line of standard input is an event, and every line of standard output what became of it.
"""

import importlib
import json
import os
import sys
import time


def main() -> None:
    """Start an instance and answer events until there are no more."""
    began = time.perf_counter()
    sys.path[:1] = sys.argv[1:]  # else there would be the folder of this file
    module, _, name = os.environ["_HANDLER"].rpartition(".")
    try:
        handler = getattr(importlib.import_module(module), name)
    except Exception as fault:
        _say({"init_error": {"errorType": type(fault).__name__, "errorMessage": str(fault)}})
        return
    _say({"ready_s": time.perf_counter() - began, "ready_cpu_s": time.process_time()})
    for line in sys.stdin:
        began = time.perf_counter()
        try:
            answer = {"answer": handler(json.loads(line), None)}
        except Exception as fault:
            answer = {"errorType": type(fault).__name__, "errorMessage": str(fault)}
        _say(answer | {"s": time.perf_counter() - began, "modules": sorted(sys.modules)})


def _say(said: object) -> None:
    print(json.dumps(said), flush=True)  # noqa: T201 - this is how it answers


if __name__ == "__main__":
    main()
