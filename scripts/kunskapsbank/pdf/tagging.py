"""Better tags than the library gives. It has no public place to ask for them: see docs/decisions/0012."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

# A box cut by a page break becomes one element for each page. These hold only other elements and can be joined again.
_JOINED = frozenset({"/P", "/L", "/LI", "/LBody", "/Div", "/Sect"})
_PRINT = 4  # the flag of an annotation that is printed too
_TABLE = frozenset({"table", "tr", "th", "td"})


@contextlib.contextmanager
def better_tags() -> Iterator[None]:
    """While this holds, PDFs made with WeasyPrint get these tags:

    - the running foot is an artifact, not text that belongs to the page's last sentence
    - a paragraph or list that goes on over a page break is one element (a table is left in pieces, its heads are repeated)
    - a list item holds its body in LBody, as PDF/UA wants
    - a part in another language says which, and a header cell whether it heads a row or a column
    - a link says in words what it leads to
    """
    build, mark = tags._build_box_tree, Stream.marked
    work = _Tree(build)
    tags._build_box_tree = work.build
    Stream.marked = _marked(mark)
    try:
        yield
    finally:
        tags._build_box_tree, Stream.marked = build, mark


def _marked(original: Any) -> Any:
    def marked(stream: Any, box: Any, tag: str) -> Any:
        # only the boxes in a page's margin come from no element
        return stream.artifact() if box.element is None else original(stream, box, tag)

    return marked


class _Light:
    """The part of a PDF that tagging needs; the library works out all page references anew each time it asks for one."""

    def __init__(self, pdf: Any) -> None:
        self.page_references = pdf.page_references
        self.objects = pdf.objects
        self.add_object = pdf.add_object


class _Tree:
    """Goes through the boxes of one document in the library's order and mends the elements it makes."""

    def __init__(self, original: Any) -> None:
        self.original = original
        self.first: dict[tuple[int, str], tuple[int, Any]] = {}
        self.tables = 0
        self.light: _Light | None = None

    def build(self, box: Any, parent: Any, pdf: Any, page_number: int, *rest: Any) -> Iterator[Any]:
        if isinstance(box, boxes.MarginBox):
            return
        if not isinstance(pdf, _Light):
            pdf = self.light = self.light or _Light(pdf)
        source = getattr(box, "element", None)
        in_table = source is not None and box.element_tag in _TABLE
        self.tables += in_table
        for element in self.original(box, parent, pdf, page_number, *rest):
            if source is None or source.tag in ("html", "body"):  # these pass on their children's elements
                yield element
                continue
            _describe(box, element, source)
            if element["S"] == "/LI":
                _give_body(pdf, element)
            if self.tables or not self._joined(pdf, element, source, page_number):
                yield element
        self.tables -= in_table

    def _joined(self, pdf: Any, element: Any, source: Any, page_number: int) -> bool:
        """Move the content of a continued element to where it began, on an earlier page; False when it begins here."""
        if element["S"] not in _JOINED:
            return False
        page, first = self.first.setdefault((id(source), element["S"]), (page_number, element))
        if page == page_number:
            return False
        for reference in element["K"]:
            _object(pdf, reference)["P"] = first.reference
            first["K"].append(reference)
        return True


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _describe(box: Any, element: Any, source: Any) -> None:
    if (language := source.get("lang")) and box.element_tag == source.tag:
        element["Lang"] = pydyf.String(language)
    if element["S"] == "/TH" and "A" in element:
        element["A"]["Scope"] = "/Row" if source.get("scope") == "row" else "/Column"
    annotation = getattr(box, "link_annotation", None)
    if annotation is not None:
        annotation["F"] = _PRINT
        annotation["Contents"] = pydyf.String(source.get("title") or " ".join("".join(source.itertext()).split()))


def _give_body(pdf: Any, item: Any) -> None:
    loose = [reference for reference in item["K"] if _object(pdf, reference)["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "Pg": item["Pg"], "P": item.reference})
    pdf.add_object(body)
    for reference in loose:
        _object(pdf, reference)["P"] = body.reference
    item["K"] = pydyf.Array([*(reference for reference in item["K"] if reference not in loose), body.reference])
