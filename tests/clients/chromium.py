"""Chromium, driven through a pipe by its DevTools protocol: nothing but the browser itself is needed.

With ``--remote-debugging-pipe`` Chromium reads commands from file descriptor 3 and writes answers to 4, each a
JSON text that ends with a null byte.
"""

import base64
import contextlib
import fcntl
import itertools
import json
import os
import select
import shutil
import subprocess

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
]  # fmt: skip

KEYS = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9, "Backspace": 8}

ANSWER_SECONDS = 120
"""How long a busy machine may need for one answer."""


class Tab:
    """A tab of a browser."""

    def __init__(self, commands, answers):
        self._commands, self._answers = commands, answers
        self._numbers = itertools.count(1)
        self._buffer = b""
        self._session = None
        self.errors = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        """A command of the protocol; its result."""
        number = self._send(method, parameters)
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def _send(self, method, parameters):
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session and not method.startswith(("Browser.", "Target.")):
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        return number

    def _next(self):
        while b"\0" not in self._buffer:
            assert select.select([self._answers], [], [], ANSWER_SECONDS)[0], "Chromium does not answer"
            read = os.read(self._answers, 1 << 20)
            assert read, "Chromium ended"
            self._buffer += read
        text, _, self._buffer = self._buffer.partition(b"\0")
        answer = json.loads(text)
        if answer.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.errors.append(answer["params"])
        if answer.get("method") == "Page.javascriptDialogOpening":  # a page asks whether it may be left
            self._send("Page.handleJavaScriptDialog", {"accept": True})
        return answer

    def open(self, place):
        """Load a file, or an address, and wait until it is there."""
        address = place if isinstance(place, str) else place.as_uri()
        self.call("Page.navigate", url=address)
        while self.run("document.readyState") != "complete" or self.run("location.href") != address:
            pass

    def run(self, expression):
        """What an expression gives in the page; a promise is waited for."""
        result = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def wait(self, expression):
        """Wait until an expression gives something in the page."""
        while not self.run(f"new Promise((done) => requestAnimationFrame(() => done({expression})))"):
            pass

    def size(self, width, height=900, *, dark=False):
        """The size of the window, and whether the system is dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=False)  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def click(self, selector):
        """Click into the middle of the first element that the selector finds."""
        place = self.run(
            f"""(() => {{ const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{ block: "center" }});
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1
            )

    def press(self, *keys):
        """Press keys, one after the other: letters, or names like "Enter"."""
        for key in keys:
            text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
            code = KEYS.get(key, ord(key.upper()) if len(key) == 1 and key.isalnum() else 0)
            for kind in ("keyDown", "keyUp"):
                self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                          text=text if kind == "keyDown" else "")  # fmt: skip

    def type(self, text):
        """Type a text where the focus is."""
        self.press(*text)

    def screenshot(self, path, *, whole=False):
        """What is to be seen, as a PNG file."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))


@contextlib.contextmanager
def chromium(folder):
    """A tab of a new browser, whose profile is in the folder; what it downloads comes there too."""
    reading, writing = (_high(os.pipe()) for _ in range(2))

    def become_three_and_four():
        os.dup2(reading[0], 3)
        os.dup2(writing[1], 4)

    process = subprocess.Popen(
        [PROGRAM, *FLAGS, f"--user-data-dir={folder / 'profile'}"],
        preexec_fn=become_three_and_four,
        pass_fds=(3, 4),
        stderr=subprocess.DEVNULL,
    )
    os.close(reading[0])
    os.close(writing[1])
    try:
        tab = Tab(reading[1], writing[0])
        tab.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        yield tab
    finally:
        os.close(reading[1])
        os.close(writing[0])
        process.terminate()
        process.wait()


def _high(handles):
    """The two ends of a pipe under numbers that do not collide with 3 and 4."""
    moved = tuple(fcntl.fcntl(handle, fcntl.F_DUPFD_CLOEXEC, 10) for handle in handles)
    for handle in handles:
        os.close(handle)
    return moved
