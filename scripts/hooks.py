"""The only file that knows MkDocs' events; thin. The work is done in scripts/kunskapsbank."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parent))

from kunskapsbank import (
    answering,
    check,
    clock,
    downloads,
    feeds,
    framing,
    linking,
    permalinks,
    reviewfiles,
    searchindex,
    suggesting,
    training,
    versions,
)
from kunskapsbank.bank import Bank, load
from kunskapsbank.editions import chosen
from kunskapsbank.markdown_ext import KunskapsbankExtension, mark_swedish
from kunskapsbank.models.base import Language
from kunskapsbank.offline import worker
from kunskapsbank.pages import PageSource
from kunskapsbank.rendering import Renderer

log = logging.getLogger("mkdocs.hooks.kunskapsbank")
editors = logging.getLogger("kunskapsbank")  # outside "mkdocs": a warning to editors must not stop a strict build
extension = KunskapsbankExtension()
documents: dict[Language, list[searchindex.Document]] = {}
serving = False  # an editor at work, or a build to publish


def _bank() -> Bank:
    assert extension.renderer is not None
    return extension.renderer.bank


def _source(page: Page) -> PageSource:
    language, _, relative = page.file.src_uri.partition("/")
    return next(p for p in _bank().pages["sv" if language == "sv" else "en"].values() if p.relative == relative)


def _inner_build(config: MkDocsConfig) -> bool:
    """True while the languages plugin builds a further language inside the first build."""
    return bool(getattr(config.plugins["i18n"], "building"))  # noqa: B009 - the plugin declares no type


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember which command runs."""
    global serving
    serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check the bank once per build; stop with the list of faults if there are any."""
    extensions: list[Any] = config.markdown_extensions
    if extension not in extensions:
        extensions.append(extension)
    if _inner_build(config):
        return config
    if not config.repo_url:
        config.edit_uri = None  # MkDocs would warn of each page: it means something only beside repo_url
    documents.clear()
    docs = Path(config.docs_dir)
    try:
        today = clock.today()
    except clock.WrongDayError as wrong:
        raise Abort(str(wrong)) from None
    bank = load(docs, chosen())
    faults = check.faults_of(bank, today)
    unlogged = [] if faults else check.unlogged(bank)
    if not serving:
        faults += unlogged
    for fault in faults:
        log.error(fault.text(docs.parent))
    if faults:
        raise Abort(f"{len(faults)} faults in content or data, see the lines above.")
    if (mailbox := config.extra.get("suggestions_mailbox")) and (unfit := suggesting.fault_of(mailbox)):
        raise Abort(f"{Path(config.config_file_path).name}: extra.suggestions_mailbox: {unfit}.")
    for warning in [*check.warnings_of(bank, today), *(unlogged if serving else [])]:
        editors.warning("Warning: %s", warning.text(docs.parent))
    extension.renderer = Renderer(bank, docs.parent / "overrides" / "blocks")
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the theme's scripts and pictures we do not use (the site has its own small ones) and the PDFs' stylesheet."""
    left_out = ("assets/javascripts/", "assets/images/", "assets/stylesheets/palette", "pdf/")
    for file in list(files):
        if file.src_uri.startswith(left_out) or file.src_uri.endswith(".map"):
            files.remove(file)
    return files


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the Markdown extension which page it converts, which decides the language of every block; give it this edition's text."""
    source = _source(page)
    extension.begin(source)
    page.title = source.meta.title
    if source.meta.id == "START":
        page.meta["template"] = "home.html"
    elif source.meta.id == "SOK":
        page.meta["template"] = "search.html"
    return source.text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Say which words are Swedish, and keep the page's words for the search index."""
    source = _source(page)
    html = mark_swedish(html, source.language)
    if source.meta.id not in linking.UNNUMBERED:
        documents.setdefault(source.language, []).append(searchindex.read(source, html))
    return html


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Give the templates what they show around the text."""
    source = _source(page)
    context["kb"] = framing.frame(_bank(), source)
    mailbox = config.extra.get("suggestions_mailbox")
    context["kb_suggestion"] = suggesting.suggestion(_bank(), source, page.edit_url, mailbox, config.site_url or "")
    context["kb_stylesheet"] = _theme_stylesheet(config)
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """The same for pages that have no source, such as 404.html and the sitemap."""
    bank = _bank()
    context["kb_strings"] = bank.strings
    context["kb_stylesheet"] = _theme_stylesheet(config)
    context["kb_saved"] = [(code, worker.titles(bank, code)) for code in bank.pages if bank.pages[code]]
    context["kb_pages"] = [
        [(code, linking.address(bank.pages[code][entry.id])) for code in bank.pages if entry.id in bank.pages[code]]
        for entry in bank.ledger.values()
        if entry.state == "published"
    ]
    return context


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """When the last language is built: permanent links, versions, feeds, downloads, opening hours, the search indexes, sw.js."""
    if _inner_build(config):
        return
    site, docs = Path(config.site_dir), Path(config.docs_dir)
    languages = tuple(documents)
    environment = config.theme.get_env()
    site_url = (config.site_url or "/").rstrip("/") + "/"
    permalinks.write(_bank(), site, environment, languages)
    versions.write(_bank(), site, environment, site_url, _theme_stylesheet(config), languages)
    feeds.write(_bank(), site, site_url, languages)
    downloads.write(_bank(), site, languages)
    answering.write(_bank(), site, languages)
    searchindex.write(_bank(), site, documents, docs.parent / "node_modules")
    training.write(_bank(), site, languages)
    reviewfiles.write(_bank(), site, config.site_url or "", languages)
    worker.write(_bank(), site, languages)


def _theme_stylesheet(config: MkDocsConfig) -> str:
    """The theme's stylesheet has its version in its name."""
    for folder in config.theme.dirs:
        for path in Path(folder).glob("assets/stylesheets/main.*.min.css"):
            return f"assets/stylesheets/{path.name}"
    raise Abort("The theme's stylesheet was not found: install the locked requirements (scripts/serve does).")
