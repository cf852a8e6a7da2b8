"""Cut the flow chart, one long column for a phone, into pieces that fit on paper."""

from __future__ import annotations

import copy
import re
from xml.etree.ElementTree import Element, SubElement

SVG = "{http://www.w3.org/2000/svg}"
# Height of a piece in SVG user units: two pieces stand beside each other on a page, 71 mm wide and at most 206 mm high.
HIGHEST = 1160
ABOVE = 22  # from a phase's title up to where its piece begins

# The library that makes the PDF does not let the document's stylesheet reach into a picture.
STYLE = """
text { font-family: "Liberation Sans"; font-size: 15px; fill: #000 }
.flow-phase { font-weight: bold; font-size: 17px }
.flow-small, .flow-window { font-size: 14px; fill: #3d4a54 }
.flow-branch { font-weight: bold }
.flow-box { fill: #fff; stroke: #16212a; stroke-width: 1.5px }
.flow-decision { fill: #fff3c4; stroke-width: 2.5px }
.flow-end { fill: #f1f5f7 }
.flow-line { fill: none; stroke: #16212a; stroke-width: 1.5px }
.flow-side { stroke-dasharray: 5 3 }
.flow-tip { fill: #16212a }
.bar { fill: #0b4a6f }
"""


def slices(svg: Element) -> Element:
    """Return the picture in pieces, cut where a phase begins, each with its own title for a screen reader."""
    width, height = (float(size) for size in svg.get("viewBox", "0 0 1 1").split()[2:])
    starts = [float(text.get("y", "0")) - ABOVE for text in svg.iter(f"{SVG}text") if text.get("class") == "flow-phase"]
    box = Element("div", {"class": "chart"})
    cuts = _cuts([*starts, height]) if starts else [(0.0, height)]
    for number, (top, bottom) in enumerate(cuts, 1):
        piece = copy.deepcopy(svg)
        for child in list(piece):
            if child.tag in (f"{SVG}a", f"{SVG}g", f"{SVG}text") and not top <= _height_of(child) < bottom:
                piece.remove(child)
        phases = [text.text or "" for text in piece.iter(f"{SVG}text") if text.get("class") == "flow-phase"]
        label = svg.get("aria-label", "")
        title = Element(f"{SVG}title")
        title.text = f"{label} ({number}/{len(cuts)}): {', '.join(phases)}" if phases else label
        style = Element(f"{SVG}style")
        style.text = STYLE
        piece.insert(0, title)
        piece.insert(1, style)
        piece.attrib.clear()
        piece.set("viewBox", f"0 {top:g} {width:g} {bottom - top:g}")
        piece.set("width", f"{width:g}")
        piece.set("height", f"{bottom - top:g}")
        piece.tail = None
        _plain_names(piece, number)
        SubElement(box, "div", {"class": "piece"}).append(piece)
    return box


def _cuts(marks: list[float]) -> list[tuple[float, float]]:
    """Join neighbouring phases into pieces no higher than a page."""
    pieces: list[tuple[float, float]] = []
    top = max(0.0, marks[0])
    for index in range(1, len(marks)):
        if index + 1 == len(marks) or marks[index + 1] - top > HIGHEST:
            pieces.append((top, marks[index]))
            top = marks[index]
    return pieces


def _height_of(element: Element) -> float:
    first = element if element.tag == f"{SVG}text" else element[0]
    return float(re.sub(r"[^\d.]", "", first.get("y", "0")) or 0)


def _plain_names(piece: Element, number: int) -> None:
    """Drop the namespace, which HTML needs not, and the links, which a picture in a PDF cannot have; keep ids apart."""
    names = {name: f"{name}-{number}" for element in piece.iter() if (name := element.get("id"))}
    for element in piece.iter():
        element.tag = element.tag.removeprefix(SVG)
        if element.tag == "a":
            element.tag = "g"
            element.attrib.pop("href", None)
        for key, value in element.items():
            if key == "id":
                element.set(key, names[value])
            elif value.startswith("url(#"):
                element.set(key, f"url(#{names[value[5:-1]]})")
