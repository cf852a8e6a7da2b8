"""The whole knowledge bank in memory: every data file and every page, indexed by id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from . import editions, memory
from .faults import Fault, Faults
from .memory import kept
from .models.base import LANGUAGES, Language, Model, Text
from .models.cases import CaseFile
from .models.changes import Change, ChangeFile
from .models.contacts import Contact, ContactFile
from .models.deadlines import Deadline, DeadlineFile
from .models.events import Event, EventFile, EventGroup
from .models.forms import FormFile
from .models.ledger import Entry, LedgerFile
from .models.published import PublishedFile
from .models.review import ReviewFile
from .models.routines import FlowFile, IndicatorFile, RoutineFile
from .models.sources import Source, SourceFile, SourceKindFile
from .models.statutes import Act, Provision, StatuteFile
from .models.training import ModuleFile
from .models.words import GlossaryFile, Role, RoleFile, StringFile, Term
from .pages import PageSource, Reference, read_page, references_in
from .validation import validate
from .yamlsource import YamlSource, parse, read_text

if TYPE_CHECKING:
    from . import reviewing, translating


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id an editor chose."""


ModelType = TypeVar("ModelType", bound=Model)
Item = TypeVar("Item", bound=HasId)


@dataclass
class Bank:
    """Everything the pages and checks need. `origin` keeps the parsed files, for line numbers."""

    docs: Path
    edition: editions.Edition = field(default_factory=lambda: editions.Edition(None))
    contacts: dict[str, Contact] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    provisions: dict[str, Provision] = field(default_factory=dict)
    act_of: dict[str, Act] = field(default_factory=dict)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    event_groups: dict[str, EventGroup] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    source_kinds: SourceKindFile | None = None
    ledger: dict[str, Entry] = field(default_factory=dict)
    routines: dict[str, RoutineFile] = field(default_factory=dict)
    forms: dict[str, FormFile] = field(default_factory=dict)
    cases: CaseFile | None = None
    changes: ChangeFile | None = None
    review: ReviewFile | None = None
    published: PublishedFile | None = None
    modules: dict[str, ModuleFile] = field(default_factory=dict)
    flow: FlowFile | None = None
    indicators: IndicatorFile | None = None
    strings: dict[str, Text] = field(default_factory=dict)
    pages: dict[Language, dict[str, PageSource]] = field(default_factory=lambda: {"sv": {}, "en": {}})
    origin: dict[str, YamlSource] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    # Worked out once, when first asked for.
    _users: dict[str, list[str]] = field(default_factory=dict, init=False)
    _law_pages: dict[str, str] = field(default_factory=dict, init=False)
    _changes: dict[str, list[Change]] = field(default_factory=dict, init=False)
    _places: dict[str, PageSource] = field(default_factory=dict, init=False)
    # Worked out once for a build, see work_out in reviewing.py and translating.py.
    reviews: dict[str, reviewing.Item] | None = field(default=None, init=False)
    behind: dict[str, list[translating.Behind]] | None = field(default=None, init=False)
    _base: Bank | None = field(default=None, init=False, compare=False, repr=False)

    def work_out(self) -> None:
        """Work out now what otherwise is worked out when first asked for."""
        self.users_of("")
        self.law_page("")
        self.changes_of("")
        self.page_at("sv", "")

    def without_overlay(self) -> Bank:
        """The base's own bank: this one, unless it is an edition's."""
        if self._base is None:
            self._base = load(self.docs) if self.edition.folder else self
        return self._base

    def title(self, page_id: str, language: Language) -> str:
        """The page's title, also when the page is only planned."""
        page = self.pages[language].get(page_id)
        if page:
            return page.meta.title
        planned = self.ledger[page_id].title
        return planned[language] if planned else page_id

    def current(self, page_id: str) -> str:
        """The id that answers for `page_id` today: itself, or the last successor of a retired one."""
        seen: set[str] = set()
        while (entry := self.ledger.get(page_id)) and entry.state == "retired" and entry.successor and page_id not in seen:
            seen.add(page_id)
            page_id = entry.successor
        return page_id

    def unread(self, page_id: str, language: Language) -> bool:
        """True when the page's file is there but could not be read: it has a fault of its own, and is not missing."""
        entry = self.ledger.get(page_id)
        place = self.docs / language / entry.path if entry else self.docs
        wrong = {fault.path for fault in self.faults}
        return place.with_suffix(".md") in wrong or place / "index.md" in wrong

    def source_page(self, page_id: str) -> PageSource | None:
        """The Swedish page, which holds owner, dates and neighbours."""
        return self.pages["sv"].get(page_id)

    def law_page(self, act_id: str) -> str | None:
        """The page that shows the whole act, or None while there is none. Asked for at every citation."""
        if not self._law_pages:
            for page_id, page in self.pages["sv"].items():
                for act in (argument for block in page.blocks if block.name == "act" for argument in block.arguments):
                    self._law_pages.setdefault(act, page_id)
        return self._law_pages.get(act_id)

    def changes_of(self, page_id: str) -> list[Change]:
        """The changes that name a page, in the order of the log: newest first."""
        if not self._changes:
            for change in self.changes.changes if self.changes else ():
                for named in change.pages:
                    self._changes.setdefault(named, []).append(change)
        return self._changes.get(page_id, [])

    def page_at(self, language: Language, address: str) -> PageSource | None:
        """The page at an address without language."""
        if not self._places:
            self._places.update({f"{code}/{page.address}": page for code in LANGUAGES for page in self.pages[code].values()})
        return self._places.get(f"{language}/{address}")

    def users_of(self, provision_id: str) -> list[str]:
        """The pages that rest on a provision, in the order of the ledger; the law pages themselves left out."""
        if not self._users:
            for page_id in self.ledger:
                page = self.pages["sv"].get(page_id)
                for law in self.provisions_of(page) if page and page_id[0] != "J" else ():
                    self._users.setdefault(law, []).append(page_id)
        return self._users.get(provision_id, [])

    def laws_of(self, page: PageSource) -> set[str]:
        """The acts a page rests on: through its blocks, its references and its steps."""
        return {self.act_of[law].id for law in self.provisions_of(page) if law in self.act_of}

    def provisions_of(self, page: PageSource) -> set[str]:
        """The provisions a page shows or names: through its blocks, its references and its steps."""
        found = {reference.id for reference in self.references_of(page) if reference.kind == "law"}
        for block in page.blocks:
            if block.name == "statutes":
                found.update(block.arguments)
            elif block.name == "act":
                found.update(p.id for a in block.arguments if a in self.acts for p in self.acts[a].provisions)
            elif block.name == "deadlines":
                found.update(law for d in block.arguments if d in self.deadlines for law in self.deadlines[d].law)
            elif block.name == "deadline-table":
                found.update(law for deadline in self.deadlines.values() for law in deadline.law)
        return found

    def deadlines_of(self, page: PageSource) -> set[str]:
        """The time limits a page shows or names; the table, the calculator and their like show every one."""
        found = {reference.id for reference in self.references_of(page) if reference.kind == "deadline"}
        for block in page.blocks:
            if block.name == "deadlines":
                found.update(block.arguments)
            elif block.name in ("deadline-table", "calculator", "undated-limits"):
                found.update(self.deadlines)
            elif block.name == "flow" and self.flow:
                found.update(node.deadline for node in self.flow.nodes if node.deadline)
        return found

    def references_of(self, page: PageSource) -> list[Reference]:
        """Every inline reference the reader of a page meets: in its text and in its data."""
        return [*page.references, *self._data_references(page)]

    def _data_references(self, page: PageSource) -> list[Reference]:
        """The inline references in the steps, the form or the module that belongs to `page`."""
        return [reference for text in self.data_texts(page) for reference in references_in(text, 0)]

    def data_texts(self, page: PageSource) -> list[str]:
        """The texts of the steps, the form or the module that belongs to `page`, and its local rule, in its language."""
        page_id = page.meta.id
        texts: list[Text | None] = []
        if routine := self.routines.get(page_id):
            texts += routine.texts()
        if form := self.forms.get(page_id):
            texts += [text for section in form.sections for text in (section.help, *(field.help for field in section.fields))]
        if module := self.modules.get(page_id):
            texts += module.reference_texts()
        if self.edition.rules:
            texts.append(self.edition.rules.rules.get(page_id))
        return [text[page.language] for text in texts if text]


def load(docs: Path, overlay: Path | None = None) -> Bank:
    """Load docs/_data and every page, with an edition's `overlay` over them. Never raises for an editor's mistake: see `Bank.faults`."""
    edition = editions.opened(docs, overlay)
    bank = Bank(docs, edition)
    data = docs / "_data"
    words = memory.digest(repr(edition.local.names))  # the names that stand in texts of every file

    def take(name: str, model: type[ModelType]) -> ModelType | None:
        try:
            text = read_text(data / name)
            made_from = memory.digest(words, text)
            source = kept(
                ("data", str(data / name)),
                made_from,
                lambda: edition.local.data(editions.merged(edition, name, parse(data / name, text))),
                anew=overlay is not None,  # merging also notes what was removed
            )
            bank.origin[name] = source
            return kept(("model", str(data / name)), made_from, lambda: validate(source, model), anew=overlay is not None)
        except Faults as faults:
            bank.faults += faults.faults
            return None

    def take_folder(folder: str, model: type[ModelType]) -> dict[str, ModelType]:
        """One file for each page id; a file that cannot be read is left out, its faults kept."""
        read_all = {path.stem: take(f"{folder}/{path.name}", model) for path in sorted((data / folder).glob("*.yml"))}
        return {page_id: made for page_id, made in read_all.items() if made is not None}

    def index(name: str, list_name: str, items: Iterable[Item]) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for position, item in enumerate(items):
            if item.id in found:
                source = bank.origin[name]
                line = source.line((list_name, position, "id"))
                bank.faults.append(Fault(source.path, line, f"the id '{item.id}' stands twice", "give one of them another id"))
            found[item.id] = item
        return found

    if contacts := take("contacts.yml", ContactFile):
        bank.contacts = index("contacts.yml", "contacts", contacts.contacts)
    if statutes := take("statutes.yml", StatuteFile):
        bank.acts = index("statutes.yml", "acts", statutes.acts)
        bank.provisions = index("statutes.yml", "acts", [p for act in statutes.acts for p in act.provisions])
        bank.act_of = {p.id: act for act in statutes.acts for p in act.provisions}
    if deadlines := take("deadlines.yml", DeadlineFile):
        bank.deadlines = index("deadlines.yml", "deadlines", deadlines.deadlines)
    if events := take("events.yml", EventFile):
        bank.events = index("events.yml", "events", events.events)
        bank.event_groups = index("events.yml", "groups", events.groups)
    if glossary := take("glossary.yml", GlossaryFile):
        bank.terms = index("glossary.yml", "terms", glossary.terms)
    if roles := take("roles.yml", RoleFile):
        bank.roles = index("roles.yml", "roles", roles.roles)
    if sources := take("sources.yml", SourceFile):
        bank.sources = index("sources.yml", "sources", sources.sources)
    bank.source_kinds = take("source_kinds.yml", SourceKindFile)
    if ledger := take("ids.yml", LedgerFile):
        bank.ledger = index("ids.yml", "ids", ledger.ids)
    if strings := take("strings.yml", StringFile):
        bank.strings = strings.strings
    bank.cases = take("cases.yml", CaseFile)
    bank.changes = take("changes.yml", ChangeFile)
    bank.review = take("review.yml", ReviewFile)
    bank.published = take("published.yml", PublishedFile)
    bank.flow = take("flow.yml", FlowFile)
    bank.indicators = take("indicators.yml", IndicatorFile)
    bank.routines = take_folder("steps", RoutineFile)
    bank.forms = take_folder("forms", FormFile)
    bank.modules = take_folder("training", ModuleFile)
    for language in LANGUAGES:
        _load_pages(bank, language, words)
    editions.finish(edition, bank.pages, bank.strings, bank.data_texts)
    bank.faults += edition.faults
    return bank


def _load_pages(bank: Bank, language: Language, words: str) -> None:
    folder = bank.docs / language
    home = (bank.edition.folder or bank.docs) / language
    for path in sorted(folder.rglob("*.md")):
        ours = bank.edition.page(language, path.relative_to(folder).as_posix())
        try:
            text = read_text(ours or path)
            make = partial(read_page, ours or path, text, language, home if ours else folder, bank.edition.local)
            page = kept(("page", str(ours or path)), memory.digest(words, text), make, anew=bank.edition.folder is not None)
        except Faults as faults:
            bank.faults += faults.faults
            continue
        twin = bank.pages[language].get(page.meta.id)
        if twin:
            bank.faults.append(
                Fault(
                    path, page.front.line(("id",)), f"the id {page.meta.id} is already that of {twin.relative}", "give this page its own id"
                )
            )
        bank.pages[language][page.meta.id] = page
