"""Links behind the cells of an xlsx: read from its package, web addresses only, nothing fetched."""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from typing import IO, Final

from lxml import etree

CHUNK: Final = 1 << 20
LARGEST_PART: Final = 20_000_000
MOST: Final = 200_000
LONGEST_TAG: Final = 8192
Links = dict[tuple[int, int], str]

_TAG: Final = re.compile(rb"<(?:\w+:)?hyperlink\s([^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(content: bytes) -> dict[str, Links]:
    """(row, column) -> address, by name of sheet; empty where the file is no xlsx or has none.

    The package was checked before (see `package.check`); what cannot be followed is left out, for
    a link is never the only thing that a cell says.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return {name: _links(package, member) for name, member in _sheets(package)}
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, OSError, RuntimeError):
        return {}
    except etree.XMLSyntaxError:
        return {}


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of worksheets and their members."""
    targets = _targets(package, "xl/workbook.xml")
    book = _parse(package, "xl/workbook.xml")
    for sheet in book.iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(f"{{{_OFFICE}}}id") or "")
        if target:
            yield sheet.get("name") or "", target


def _targets(package: zipfile.ZipFile, member: str) -> Mapping[str, str]:
    """What a member's relations lead to: addresses as they are, members by their full name."""
    folder, base = posixpath.split(member)
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in package.namelist():
        return {}
    found: dict[str, str] = {}
    for each in _parse(package, relations).iterfind("{*}Relationship"):
        key, target = each.get("Id") or "", each.get("Target") or ""
        if each.get("TargetMode") == "External":
            found[key] = target
        else:
            found[key] = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
    return found


def _parse(package: zipfile.ZipFile, member: str) -> etree._Element:
    """A small part of a package; no entity is expanded, nothing is loaded from anywhere."""
    with package.open(member) as source:
        content = source.read(LARGEST_PART)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def _links(package: zipfile.ZipFile, member: str) -> Links:
    found: Links = {}
    targets: Mapping[str, str] | None = None
    with package.open(member) as source:
        for attributes in _tags(source):
            if targets is None:
                targets = _targets(package, member)
            place = _PLACE.match(attributes.get("ref", ""))
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            address = targets.get(key, "")
            if place and address.startswith(("http://", "https://")) and len(found) < MOST:
                found[int(place[2]) - 1, _column(place[1])] = address
    return found


def _tags(source: IO[bytes]) -> Iterator[dict[str, str]]:
    """The attributes of every hyperlink tag, bit by bit: a sheet may be hundreds of megabytes."""
    before = b""
    while chunk := source.read(CHUNK):
        text = before + chunk
        end = 0
        for tag in _TAG.finditer(text):
            end = tag.end()
            said = tag[1].decode("utf-8", "replace")
            yield {name: unescape(value) for name, value in _ATTRIBUTE.findall(said)}
        # A tag cut off at the end is whole with the next bit; one already told is not told again.
        before = text[max(end, len(text) - LONGEST_TAG) :]


def _column(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
