"""The body map: each muscle that is spoken of has its shape on both sides, and nothing else has."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

import skill.simulator
from skill.catalogue.load import FOLDER
from skill.coach.reply import line
from tests.coach.listener import the_words

FILE = Path(skill.simulator.__file__).parent / "page" / "body.svg"
SVG = "{http://www.w3.org/2000/svg}"
MUSCLES: list[str] = yaml.safe_load((FOLDER / "knowledge.yaml").read_text("utf-8"))["muscles"]
HAMSTRINGS = ["biceps_femoris", "semitendinosus", "semimembranosus"]
SHAPES = {f"{SVG}path", f"{SVG}ellipse"}


@cache
def the_map() -> ET.Element:
    return ET.fromstring(FILE.read_text("utf-8"))  # noqa: S314 - it is ours


def shown(inside: ET.Element) -> list[str]:
    return [one.get("data-muscle", "") for one in inside.iter() if one.get("class") == "muscle"]


def view(name: str) -> ET.Element:
    (one,) = (each for each in the_map() if each.get("class") == name)
    return one


def test_every_muscle_that_is_spoken_of_is_on_the_map_and_no_other() -> None:
    assert {*shown(the_map())} == {*MUSCLES}


def test_extensors_are_seen_from_the_back_and_flexors_from_the_front() -> None:
    assert sorted(shown(view("front"))) == sorted(
        ["iliacus", "psoas_major", "rectus_femoris", "adductor_magnus"]
    )
    assert sorted(shown(view("back"))) == sorted(MUSCLES[: MUSCLES.index("iliacus")])


@pytest.mark.parametrize("muscle", [one for one in MUSCLES if one != "hamstrings"])
def test_a_muscle_is_on_both_sides(muscle: str) -> None:
    places = [one for one in the_map().iter() if one.get("data-muscle") == muscle]
    assert places
    for place in places:
        right, left = (one for one in place if one.tag in SHAPES)
        assert left.attrib == right.attrib | {"transform": "scale(-1 1)"}


def test_the_hamstrings_are_the_group_of_their_three_members() -> None:
    (group,) = (one for one in the_map().iter() if one.get("data-muscle") == "hamstrings")
    assert shown(group) == ["hamstrings", *HAMSTRINGS]
    assert not [one for one in group if one.tag in SHAPES]


def test_each_shape_belongs_to_a_muscle_or_to_the_body() -> None:
    def stray(inside: ET.Element) -> list[ET.Element]:
        if inside.get("class") in ("muscle", "body"):
            return []
        here = [one for one in inside if one.tag in SHAPES]
        return here + [each for one in inside for each in stray(one)]

    assert stray(the_map()) == []
    assert sum(one.get("class") == "body" for one in the_map().iter()) == 2


def test_a_muscle_is_titled_as_it_is_spoken() -> None:
    for one in the_map().iter():
        if muscle := one.get("data-muscle"):
            title = one.find(f"{SVG}title")
            assert title is not None
            assert title.text == the_words().say(line(f"muscle-{muscle}"))


def test_the_map_asks_for_nothing_and_leaves_colours_to_the_page() -> None:
    tags = {one.tag.removeprefix(SVG) for one in the_map().iter()}
    assert tags == {"svg", "title", "g", "path", "ellipse"}
    names = {name for one in the_map().iter() for name in one.attrib}
    wanted = {"viewBox", "role", "class", "data-muscle", "transform", "fill", "opacity"}
    assert names == wanted | {"d", "cx", "cy", "rx", "ry"}
    text = FILE.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"//|url\(|&|<!|<\?", text)


def test_the_map_is_small() -> None:
    assert FILE.stat().st_size < 8_000


def test_every_shape_is_inside_the_picture() -> None:
    _, _, width, height = map(float, the_map().attrib["viewBox"].split())
    for name in ("front", "back"):
        (middle,) = map(
            float, re.findall(r"translate\(([\d.]+) 0\)", view(name).attrib["transform"])
        )
        for path in view(name).iter(f"{SVG}path"):
            numbers = [float(one) for one in re.findall(r"-?\d*\.?\d+", path.attrib["d"])]
            across, down = numbers[::2], numbers[1::2]
            assert max(map(abs, across)) < min(middle, width - middle)
            assert min(down) > 0
            assert max(down) < height
