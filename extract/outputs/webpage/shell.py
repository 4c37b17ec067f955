"""A body → a whole HTML file: style and script inside it, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from extract.outputs.webpage.markup import Child, Markup, tag


def page_to_html(title: str, script: str, *body: Child, more_style: str = "") -> str:
    """The file. `script` names a file of this folder, without its ending, or is empty.

    The style is the same for all pages; `more_style` follows it.
    """
    style, code = _load("page.css") + more_style, _load(f"{script}.js") if script else ""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="generator", content="gouji"),
        _policy(style, code),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Markup(style)),
    )
    run = tag("script", Markup(code)) if code else None
    whole = tag("html", head, tag("body", *body, run, class_=script or None), lang="zh-CN")
    return f"<!doctype html>\n{whole}\n"


def _policy(style: str, code: str) -> Markup:
    """Only this style and this script (or none), pictures that are inside the file, and nothing from anywhere."""
    rules = [
        "default-src 'none'",
        f"style-src '{_digest(style)}'",
        f"script-src '{_digest(code) if code else 'none'}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return tag("meta", http_equiv="Content-Security-Policy", content="; ".join(rules))


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _load(name: str) -> str:
    """A style or script of this folder; `</` in it would end its element."""
    text = files("extract.outputs.webpage").joinpath(name).read_text(encoding="utf-8")
    if "</" in text:
        raise ValueError(f"{name}: '</' must not stand in it")
    return text
