"""Draw the flow chart of a case as SVG: one column that can be read on a phone, side branches in a gutter to the right."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from html import escape

from .bank import Bank
from .linking import UNNUMBERED, link
from .models.routines import Node
from .pages import PageSource

# All lengths in SVG user units; at 390 px screen width one unit is close to one pixel.
WIDTH, BOX, LEFT, LANE = 400, 312, 4, 13
LINE, PAD, GAP, PHASE = 20, 11, 24, 50
CHARACTERS = 36  # of the body font at 15 units that fit in a box


@dataclass
class _Row:
    """One line of text in a box; `branch` is the node a side branch leads to."""

    text: str
    css: str
    branch: str | None = None


@dataclass
class _Box:
    node: Node
    rows: list[_Row]
    top: int = 0
    exits: list[tuple[int, str]] = field(default_factory=list)  # height of the exit, target node

    @property
    def height(self) -> int:
        return LINE * len(self.rows) + 2 * PAD - 4


def draw(bank: Bank, page: PageSource) -> str:
    """Return the chart of flow.yml as inline SVG in the page's language, every box a link to its page."""
    assert bank.flow is not None
    language = page.language
    phases = {phase.id: phase for phase in bank.flow.phases}
    boxes = [_box(bank, page, node, following) for node, following in zip(bank.flow.nodes, [*bank.flow.nodes[1:], None], strict=True)]
    parts: list[str] = []
    y, phase_id = 4, ""
    for position, box in enumerate(boxes):
        new_phase = box.node.phase != phase_id
        if new_phase:
            phase = phases[phase_id := box.node.phase]
            y += 10 if position else 0
            parts.append(f'<text class="flow-phase" x="{LEFT}" y="{y + 18}">{escape(phase.title[language])}</text>')
            parts.append(f'<text class="flow-window" x="{LEFT}" y="{y + 37}">{escape(phase.window[language])}</text>')
            y += PHASE
        box.top = y
        y += box.height + GAP
    tops = {box.node.id: box for box in boxes}
    for box, following in zip(boxes, [*boxes[1:], None], strict=True):
        if following and box.node.kind != "end" and (box.node.kind == "act" or _falls_through(box.node, following.node)):
            parts.append(_arrow(box, following))
    parts += _side_branches(boxes, tops)
    parts += [_draw_box(bank, page, box) for box in boxes]
    height = y - GAP + 6
    label = escape(bank.strings["flow-label"][language])
    return (
        f'<svg class="flow" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="group" aria-label="{label}">'
        '<defs><marker id="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">'
        '<path class="flow-tip" d="M0 0L8 4L0 8z"/></marker></defs>' + "".join(parts) + "</svg>"
    )


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _falls_through(node: Node, following: Node) -> bool:
    return any(branch.next == following.id for branch in node.branches)


def _box(bank: Bank, page: PageSource, node: Node, following: Node | None) -> _Box:
    language = page.language
    rows = [_Row(text, "flow-text") for text in _wrap(node.text[language], CHARACTERS)]
    limit = bank.deadlines[node.deadline].limit if node.deadline else node.limit
    where = node.page if node.page not in UNNUMBERED else ""
    small = " · ".join(part for part in (where, limit[language] if limit else "") if part)
    rows += [_Row(text, "flow-small") for text in _wrap(small, CHARACTERS + 2)]
    for branch in node.branches:
        straight = following is not None and branch.next == following.id
        mark = "↓" if straight else "→"
        wrapped = _wrap(f"{mark} {branch.label[language]}", CHARACTERS + 2)
        rows += [_Row(text, "flow-branch") for text in wrapped[:-1]]
        rows.append(_Row(wrapped[-1], "flow-branch", None if straight else branch.next))
    return _Box(node, rows)


def _draw_box(bank: Bank, page: PageSource, box: _Box) -> str:
    texts, y = [], box.top + PAD + 11
    for row in box.rows:
        texts.append(f'<text class="{row.css}" x="{LEFT + 14}" y="{y}">{escape(row.text)}</text>')
        y += LINE
    radius = 18 if box.node.kind == "end" else 4
    shape = f'<rect class="flow-box flow-{box.node.kind}" x="{LEFT}" y="{box.top}" width="{BOX}" height="{box.height}" rx="{radius}"/>'
    href = link(bank, page, box.node.page)
    inner = shape + "".join(texts)
    return f'<a href="{escape(href)}">{inner}</a>' if href else f"<g>{inner}</g>"


def _arrow(box: _Box, following: _Box) -> str:
    x = LEFT + BOX - 42  # right of the phase titles, which the line would cut
    return f'<path class="flow-line" d="M{x} {box.top + box.height}V{following.top - 1}" marker-end="url(#flow-tip)"/>'


def _side_branches(boxes: list[_Box], tops: dict[str, _Box]) -> list[str]:
    """Route every side branch through the first lane of the gutter that is free over its whole length."""
    lanes: list[list[tuple[int, int]]] = []
    lines = []
    edge = LEFT + BOX
    for box in boxes:
        for index, row in enumerate(box.rows):
            if row.branch is None:
                continue
            start = box.top + PAD + 6 + LINE * index
            target = tops[row.branch]
            end = target.top + target.height // 2 + (6 if target.top < box.top else 0)
            low, high = min(start, end) - 4, max(start, end) + 4
            lane = next((i for i, used in enumerate(lanes) if all(high < a or low > b for a, b in used)), len(lanes))
            if lane == len(lanes):
                lanes.append([])
            lanes[lane].append((low, high))
            x = edge + 12 + lane * LANE
            lines.append(f'<path class="flow-line flow-side" d="M{edge} {start}H{x}V{end}H{edge + 1}" marker-end="url(#flow-tip)"/>')
    return lines
