"""A window of an old Chromium, led by JSON lines: run by a Python that has its wheel.

Each line in is ``{"goto": address}`` or ``{"do": script}``; each line out is what came
of it. The engine is that of PyQt6-WebEngine 6.3: Chromium 94.
"""

import json
import sys

from PyQt6.QtCore import QSocketNotifier, QUrl
from PyQt6.QtWebEngineCore import QWebEnginePage, qWebEngineChromiumVersion
from PyQt6.QtWebEngineWidgets import QWebEngineView
from PyQt6.QtWidgets import QApplication


class Page(QWebEnginePage):
    def javaScriptConsoleMessage(self, level, message, line, source):
        if level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            errors.append(f"{message} ({source}:{line})")


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


def hear() -> None:
    line = sys.stdin.readline()
    if not line:
        return app.quit()
    told = json.loads(line)
    if "goto" in told:
        page.load(QUrl(told["goto"]))
    elif "picture" in told:
        view.grab().save(told["picture"])
        say(came=None)
    else:
        page.runJavaScript(told["do"], lambda came: say(came=came, errors=errors))
    return None


app = QApplication([sys.argv[0], "--no-sandbox"])
errors: list[str] = []
view = QWebEngineView()
page = Page(view)
view.setPage(page)
view.resize(390, 844)
view.show()
page.loadFinished.connect(lambda good: say(came=good))
listening = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
listening.activated.connect(hear)
say(version=qWebEngineChromiumVersion())
app.exec()
