"""Weblate's own classes for translation memory servers, run against a server of ours.

The classes come from Weblate's wheel, unchanged; what they stand on there (Django, the settings) is replaced by the
few methods that they call, which do what Weblate's do. usage: weblate_machinery.py FOLDER SERVER
FOLDER holds ``weblate/machinery``, SERVER is an address like http://127.0.0.1:8765.
"""

import importlib.util
import json
import sys
import types
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path


class HTTPError(Exception):
    """As ``requests`` has it."""

    def __init__(self, response):
        super().__init__(response)
        self.response = response


class Response:
    """As ``requests`` has it."""

    def __init__(self, status, body):
        self.status_code, self.body = status, body

    def json(self):
        return json.loads(self.body)


class Machine:
    """What Weblate's ``MachineTranslation`` gives these classes."""

    max_score = 100

    def __init__(self, url):
        self.settings = {"url": url, "key": ""}

    def map_language_code(self, code):
        return code

    def get_api_url(self, *parts):
        return "/".join([self.settings["url"], *(urllib.parse.quote(part, b"") for part in parts)])

    def request(self, method, url, json=None):
        body = dumped(json) if json is not None else None
        headers = {"Accept": "application/json; charset=utf-8", "Content-Type": "application/json"}
        asked = urllib.request.Request(url, body, headers, method=method.upper())
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return Response(answer.status, answer.read())
        except urllib.error.HTTPError as error:
            raise HTTPError(Response(error.code, error.read())) from error


def dumped(value):
    return json.dumps(value).encode()


def stand_in(name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module


def load(folder, name):
    """A module of Weblate's machinery."""
    path = Path(folder, "weblate", "machinery", f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"machinery.{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    folder, server = sys.argv[1:]
    stand_in("requests")
    stand_in("requests.exceptions", HTTPError=HTTPError)
    stand_in("machinery")
    sys.modules["machinery"].__path__ = []
    stand_in("machinery.base", MachineTranslation=Machine, BatchMachineTranslation=Machine)
    stand_in("machinery.forms", URLMachineryForm=None, LibreTranslateMachineryForm=None)
    memory = load(folder, "tmserver").TMServerTranslation(f"{server}/tmserver")
    memory.supported_languages = memory.download_languages()
    codes = [memory.map_language_code(code) for code in ("fr", "pt_BR")]
    libre = load(folder, "libretranslate").LibreTranslateTranslation(f"{server}/libre")
    texts = json.loads(sys.stdin.read())
    found = {
        "supported": memory.is_supported(*codes),
        "tmserver": [list(memory.download_translations(*codes, text, None, None)) for text in texts],
        "languages": libre.download_languages(),
        "libre": libre.download_multiple_translations("fr", "pt-BR", [(text, None) for text in texts]),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
