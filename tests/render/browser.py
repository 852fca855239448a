"""Chromium without a window, for looking at pages: what a script finds in them, and what they ask the network for."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import HANGS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ROOT = Path(__file__).parent.parent.parent
NODE_MODULES = Path(os.environ.get("TEST_NODE_MODULES", ROOT / "node_modules"))
_CSP = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_OWN = re.compile(r"^(https?://)?([\w-]+\.)*(google|googleapis|gvt1|gstatic)\.com(:443$|/)")
_RUN = """
document.querySelectorAll("details").forEach(item => { item.open = true; });
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(found => {
  const out = document.createElement("pre");
  out.id = "axe-found";
  out.textContent = JSON.stringify({
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    passes: found.passes.length,
    violations: found.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(" | ")),
  });
  document.body.append(out);
});
"""
_MEASURE = """
addEventListener("load", () => {
  const found = {};
  for (const frame of document.querySelectorAll("iframe")) {
    const inside = frame.contentDocument, width = frame.contentWindow.innerWidth, wide = [];
    inside.querySelectorAll("details").forEach(item => { item.open = true; });
    const all = [...inside.body.querySelectorAll("*:not(.vh):not(.skip)")];
    for (const item of [inside.documentElement, ...all]) {
      const box = item.getBoundingClientRect(), style = frame.contentWindow.getComputedStyle(item);
      const scrolled = item.clientWidth && item.scrollWidth > item.clientWidth + 1 && style.overflowX !== "visible";
      if (box.width > width + 0.5 || box.right > width + 0.5 || box.left < -0.5 || scrolled)
        wide.push(`${item.tagName} ${item.className.baseVal ?? item.className} ${Math.round(box.right)} ${item.textContent.trim().slice(0, 40)}`);
    }
    found[frame.title] = {width, elements: all.length, wide: wide.slice(0, 8)};
  }
  const out = document.createElement("pre");
  out.id = "too-wide";
  out.textContent = JSON.stringify(found);
  document.body.replaceChildren(out);
});
"""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


def axe_script() -> str:
    """Return axe-core, or skip the test where npm has not put it."""
    path = NODE_MODULES / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip(f"{path} is absent: npm install axe-core, or name the folder in TEST_NODE_MODULES")
    return path.read_text(encoding="utf-8")


def dumped(page: Path, folder: Path, *options: str) -> str:
    """Return the document as it stands after the page has run."""
    assert CHROMIUM is not None
    result = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--no-first-run", f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=30000", *options, "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, encoding="utf-8", timeout=HANGS, check=True,
    )  # fmt: skip
    return result.stdout


def audited(text: str, folder: Path, *, dark: bool) -> dict[str, Any]:
    """Return what axe-core finds in a page with all that is folded unfolded, in the light or the dark scheme."""
    page = folder / "audited.html"
    script = axe_script().replace("</script", "<\\/script")
    bare = _CSP.sub("", text)
    page.write_text(
        bare.replace("</body>", f"<script>{script}</script><script>{_RUN}</script></body>"), encoding="utf-8"
    )
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    found = re.search(r'<pre id="axe-found">(.*?)</pre>', dumped(page, folder, scheme), re.S)
    assert found is not None, "axe-core gave no result"
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result


def asked_for(page: Path, folder: Path) -> list[str]:
    """Return every address that a page asks the network for: all of it goes through a proxy that only listens.

    What the browser asks its maker for on its own account is left out.
    """
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_CONNECT = do_GET  # noqa: N815 - the name is the library's

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the name is the library's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        dumped(
            page,
            folder,
            f"--proxy-server=http://127.0.0.1:{server.server_port}",
            "--proxy-bypass-list=<-loopback>",
        )
        server.shutdown()
    return [address for address in asked if not _OWN.search(address)]


def pages_printed(page: Path, folder: Path) -> int:
    """Return how many sheets of paper a page prints on."""
    assert CHROMIUM is not None
    printed = folder / "printed.pdf"
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--no-first-run", f"--user-data-dir={folder / 'profile'}",
            "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri(),
        ],
        capture_output=True, timeout=HANGS, check=True,
    )  # fmt: skip
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


def too_wide(texts: dict[str, str], width: int, folder: Path) -> dict[str, list[str]]:
    """Return, for each page that does not fit a screen of so many pixels, what stands out of it or must be scrolled sideways.

    Everything that is folded is unfolded first. What is only for readers of screens (`vh`, `skip`) is left out.
    """
    frames = "".join(
        f'<iframe title="{html.escape(name)}" style="width:{width}px;height:800px;border:0" srcdoc="{html.escape(text)}"></iframe>'
        for name, text in texts.items()
    )
    holder = folder / "narrow.html"
    holder.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><body>{frames}<script>{_MEASURE}</script></body>', "utf-8"
    )
    found = re.search(r'<pre id="too-wide">(.*?)</pre>', dumped(holder, folder), re.S)
    assert found is not None, "nothing was measured"
    measured: dict[str, Any] = json.loads(html.unescape(found[1]))
    assert set(measured) == set(texts)
    assert all(item["width"] == width and item["elements"] > 20 for item in measured.values()), measured
    return {name: item["wide"] for name, item in measured.items() if item["wide"]}
