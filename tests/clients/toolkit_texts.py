"""The texts that translate-toolkit finds in files of strings, as JSON: run by the toolkit's own Python.

    python tests/clients/toolkit_texts.py FILE=CLASS …

CLASS is a module of ``translate.storage`` and a class in it: ``aresource.AndroidResourceFile``.
"""

import importlib
import json
import sys


def texts(path, name):
    module, _, kind = name.partition(".")
    store = getattr(importlib.import_module(f"translate.storage.{module}"), kind)()
    with open(path, "rb") as stream:
        store.parse(stream.read())
    found = []
    for unit in store.units:
        if not (unit.isheader() or unit.isblank()):
            text = unit.target or unit.source
            found += map(str, getattr(text, "strings", [text]))
    return [text for text in found if text.strip()]


json.dump([texts(*argument.split("=")) for argument in sys.argv[1:]], sys.stdout)
