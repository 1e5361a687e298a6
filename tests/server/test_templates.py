"""What holds of every template, stylesheet and script."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import RequestFactory, override_settings
from django.views.defaults import bad_request, server_error

import cardable.server

ROOT = Path(cardable.server.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
STATIC = ROOT / "ui/static/ui"
PLAIN = override_settings(
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_compiles_and_holds_no_inline_style_or_script(path: Path) -> None:
    get_template(str(path.relative_to(path.parents[[p.name for p in path.parents].index("templates")])))
    written = re.sub(r"{%.*?%}", "", path.read_text())
    assert not re.search(r"""\s(style|on[a-z]+|hx-on[:\w-]*)=["']|<style|<script(?! src)""", written)


def test_the_stylesheet_and_the_script_stay_small() -> None:
    assert len((STATIC / "cardable.css").read_text().splitlines()) < 900
    assert len((STATIC / "cardable.js").read_text().splitlines()) < 160


def test_colors_are_named_once_and_used_by_name() -> None:
    css = (STATIC / "cardable.css").read_text()
    parts = css[css.index("@layer base {") :]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl\(", parts) == []


@PLAIN
@pytest.mark.parametrize(("view", "status"), [(server_error, 500), (bad_request, 400)])
def test_a_fault_is_told_without_any_context(view: object, status: int) -> None:
    answer = view(RequestFactory().get("/"), *([ValueError()] if status == 400 else []))  # type: ignore[operator]
    assert (answer.status_code, b"<h1>" in answer.content) == (status, True)
