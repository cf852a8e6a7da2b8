"""The only file that knows MkDocs' events; thin. The work is done in scripts/kunskapsbank."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
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
    memory,
    permalinks,
    reviewfiles,
    searchindex,
    suggesting,
    training,
    versions,
)
from kunskapsbank.bank import Bank, load
from kunskapsbank.editions import chosen
from kunskapsbank.faults import told
from kunskapsbank.markdown_ext import KunskapsbankExtension, mark_swedish
from kunskapsbank.models.base import Language
from kunskapsbank.offline import worker
from kunskapsbank.pages import PageSource
from kunskapsbank.rendering import Renderer
from kunskapsbank.watching import WatchedBank, kept_of, watch
from kunskapsbank.yamlsource import read_text

log = logging.getLogger("mkdocs.hooks.kunskapsbank")
editors = logging.getLogger("kunskapsbank")  # outside "mkdocs": a warning to editors must not stop a strict build
extension = KunskapsbankExtension()
documents: dict[Language, list[searchindex.Document]] = {}
serving = False  # an editor at work, or a build to publish
sources: dict[str, PageSource] = {}  # by the path of the file in docs
looks = ""  # the digest of templates and configuration


def _bank() -> Bank:
    return _watched().bank


def _watched() -> WatchedBank:
    assert extension.renderer is not None
    assert isinstance(extension.renderer.bank, WatchedBank)
    return extension.renderer.bank


def _source(page: Page) -> PageSource:
    return sources[page.file.src_uri]


def _inner_build(config: MkDocsConfig) -> bool:
    """True while the languages plugin builds a further language inside the first build."""
    return bool(getattr(config.plugins["i18n"], "building"))  # noqa: B009 - the plugin declares no type


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember which command runs, and how often it looks for garbage.

    A build makes hundreds of thousands of objects and throws few away: looking at every 700th took a tenth of its time, at every
    100,000th a fiftieth. A server looks then, a little at a time: all at once, an edit in four took half a second longer.
    """
    global serving
    serving = command == "serve"
    gc.set_threshold(100_000 if serving else 1_000_000, 20, 20)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check the bank once per build; stop with the list of faults if there are any."""
    global looks
    extensions: list[Any] = config.markdown_extensions
    if extension not in extensions:
        extensions.append(extension)
        config.theme.get_env = partial(_environment, config.theme.get_env, config)  # type: ignore[method-assign] # this build only
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
    templates = [path for path in sorted((docs.parent / "overrides").rglob("*")) if path.is_file()]
    looks = memory.digest(str(config.site_url), *(read_text(path) for path in [Path(config.config_file_path), *templates]))
    extension.renderer = Renderer(watch(bank), docs.parent / "overrides" / "blocks", looks)
    for warning in [*check.warnings_of(bank, today), *(unlogged if serving else [])]:
        editors.warning("Warning: %s", warning.text(docs.parent))
    sources.clear()
    sources.update({f"{page.language}/{page.relative}": page for pages in bank.pages.values() for page in pages.values()})
    return config


def _environment(make: Callable[[], Environment], config: MkDocsConfig) -> Environment:
    """Give MkDocs its templates compiled once, and of the theme's ten thousand files the one we use, without going through them.

    overrides/pdf is for the PDFs alone.
    """
    environment = make()
    environment.bytecode_cache = memory.compiled
    own = [name for name in FileSystemLoader(config.theme.dirs[0]).list_templates() if not name.startswith("pdf/")]
    assert environment.loader is not None
    environment.loader.list_templates = lambda: [*own, _theme_stylesheet(config)]  # type: ignore[method-assign] # this one only
    return environment


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what is not published anyway: the languages plugin would go through hundreds of data files for each language."""
    for file in list(files):
        if file.inclusion.is_excluded():  # type: ignore[no-untyped-call] # the library has no types there
            files.remove(file)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Let the languages plugin look each file up once, now that the list is final: the pages' links are thousands."""
    files.get_file_from_path = cache(files.get_file_from_path)  # type: ignore[method-assign] # this list only
    return nav


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Convert a page only when its text or its surroundings have changed since the last build of this process."""
    page.read_source = partial(_read, page)  # type: ignore[method-assign] # this page only
    page.render = partial(_convert, page, page.render)  # type: ignore[method-assign]
    return page


def _read(page: Page, config: MkDocsConfig) -> None:
    """Do what Page.read_source does, from the page that the bank has read already."""
    page.markdown, page.meta = _source(page).body, {}


def _convert(page: Page, convert: Callable[[MkDocsConfig, Files], None], config: MkDocsConfig, files: Files) -> None:
    """Do what Page.render does, or give the page what it got the last time."""
    name = ("content", page.file.src_uri)
    complaints = _Complaints()

    def make(_: Bank) -> tuple[Any, ...]:
        logging.getLogger("mkdocs").addHandler(complaints)
        try:
            convert(config, files)
        finally:
            logging.getLogger("mkdocs").removeHandler(complaints)
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        return page.content, page.toc, page._title_from_render, page.present_anchor_ids, links

    source = _source(page)
    made_from = memory.digest(looks, source.front.text, source.text)
    page.content, page.toc, page._title_from_render, page.present_anchor_ids, links = kept_of(_watched(), name, made_from, make)
    page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in links.items()}
    if complaints.number:
        memory.drop(name)  # so that the next build complains too


class _Complaints(logging.Handler):
    """Counts what MkDocs complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.number = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.number += 1


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


def on_build_error(error: Exception, **_: Any) -> None:
    """A fault of an editor's file or of the machine is one line; only a fault of the program keeps its traceback."""
    lines = told(error)
    for line in lines:
        log.error(line)
    if lines:
        raise Abort("The build was stopped, see the line above.")


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """When the last language is built: permanent links, versions, feeds, downloads, opening hours, the search indexes, sw.js."""
    if _inner_build(config):
        return
    site, docs = Path(config.site_dir), Path(config.docs_dir)
    languages = tuple(documents)
    environment = config.theme.get_env()
    site_url = (config.site_url or "/").rstrip("/") + "/"
    permalinks.write(_watched(), site, environment, languages)
    versions.write(_bank(), site, environment, site_url, _theme_stylesheet(config), languages)
    feeds.write(_bank(), site, site_url, languages)
    downloads.write(_watched(), site, languages)
    answering.write(_bank(), site, languages)
    searchindex.write(_watched(), site, documents, docs.parent / "node_modules")
    training.write(_bank(), site, languages)
    reviewfiles.write(_watched(), site, config.site_url or "", languages)
    worker.write(_bank(), site, languages)


def on_shutdown() -> None:
    """Let the process end without looking through everything it made for garbage: that took a twentieth of the build."""
    gc.freeze()


def _theme_stylesheet(config: MkDocsConfig) -> str:
    """The theme's stylesheet has its version in its name."""
    for folder in config.theme.dirs:
        for path in Path(folder).glob("assets/stylesheets/main.*.min.css"):
            return f"assets/stylesheets/{path.name}"
    raise Abort("The theme's stylesheet was not found: install the locked requirements (scripts/serve does).")
