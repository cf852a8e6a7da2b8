"""The chart and the list under it say the same, and every box leads somewhere."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree

import pytest
from kunskapsbank.flowchart import draw


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_node_and_branch_is_drawn(bank, language):
    svg = ElementTree.fromstring(draw(bank, bank.pages[language]["R00"]))
    text = " ".join(" ".join(element.itertext()) for element in svg.iter("text"))
    for node in bank.flow.nodes:
        for word in node.text[language].split():
            assert word in text
        for branch in node.branches:
            assert branch.label[language].split()[0] in text
    assert len(list(svg.iter("rect"))) == len(bank.flow.nodes)


def test_boxes_lie_inside_the_picture_and_do_not_overlap(bank):
    svg = ElementTree.fromstring(draw(bank, bank.pages["sv"]["R00"]))
    width, height = (float(value) for value in svg.get("viewBox").split()[2:])
    boxes = [(float(r.get("y")), float(r.get("y")) + float(r.get("height"))) for r in svg.iter("rect")]
    assert boxes == sorted(boxes)
    for (_, bottom), (top, _) in itertools.pairwise(boxes):
        assert bottom < top
    assert boxes[-1][1] <= height
    for path in svg.iter("path"):
        for x in re.findall(r"H(\d+)", path.get("d")):
            assert float(x) <= width, "a side branch runs outside the picture"


def test_every_node_can_be_reached(bank):
    nodes = bank.flow.nodes
    following = {node.id: nxt.id for node, nxt in itertools.pairwise(nodes)}
    reached, waiting = set(), [nodes[0].id]
    by_id = {node.id: node for node in nodes}
    while waiting:
        node = by_id[waiting.pop()]
        if node.id in reached:
            continue
        reached.add(node.id)
        waiting += [branch.next for branch in node.branches]
        if node.kind == "act" and node.id in following:
            waiting.append(following[node.id])
    assert reached == set(by_id)
