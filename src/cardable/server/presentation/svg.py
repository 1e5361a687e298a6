"""SVG without anything that acts or leads away: what is not known to be harmless is left out."""

import re

from lxml import etree

from cardable.language import noted

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS_TOLD = """
svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan clipPath mask
linearGradient radialGradient stop pattern marker filter feGaussianBlur feOffset feBlend feColorMatrix
feComposite feFlood feMerge feMergeNode switch
"""
_ATTRIBUTES_TOLD = """
id class x y x1 y1 x2 y2 cx cy r rx ry fx fy width height d points viewBox preserveAspectRatio transform fill
fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
stroke-dashoffset stroke-opacity opacity color display visibility clip-path clip-rule clipPathUnits mask
maskUnits maskContentUnits gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity
patternUnits patternContentUnits patternTransform markerWidth markerHeight refX refY orient markerUnits
font-family font-size font-weight font-style text-anchor letter-spacing dx dy textLength lengthAdjust
dominant-baseline filterUnits stdDeviation in in2 result mode values type flood-color flood-opacity operator
k1 k2 k3 k4 version style vector-effect color-interpolation-filters role aria-label
"""
_ELEMENTS, _ATTRIBUTES = frozenset(_ELEMENTS_TOLD.split()), frozenset(_ATTRIBUTES_TOLD.split())
_ELSEWHERE = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|expression|@import|\\|/\*|javascript:", re.IGNORECASE)
_MOST_ELEMENTS = 20_000


class NotSvg(ValueError):
    """The file is no SVG that can be shown."""


def sanitised(content: bytes) -> bytes:
    """The drawing alone, as a new file; raises NotSvg."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise NotSvg(noted("it cannot be read")) from fault
    if root.getroottree().docinfo.internalDTD is not None and _has_entities(root):
        raise NotSvg(noted("it declares entities"))
    if root.tag != f"{{{_SVG}}}svg":
        raise NotSvg(noted("it is not an SVG drawing"))
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise NotSvg(noted("it has too many parts"))
    clean = _copied(root)
    etree.cleanup_namespaces(clean)
    return bytes(etree.tostring(clean, encoding="utf-8", xml_declaration=True))


def _has_entities(root: etree._Element) -> bool:
    dtd = root.getroottree().docinfo.internalDTD
    return any(True for _ in dtd.iterentities())


def _copied(element: etree._Element) -> etree._Element:
    copy = etree.Element(element.tag, nsmap={None: _SVG})
    copy.text, copy.tail = element.text, element.tail
    for name, value in element.attrib.items():
        if _is_harmless(str(name), str(value)):
            copy.set("href" if name == _XLINK else name, value)
    for child in element:
        if isinstance(child.tag, str) and _is_known(child.tag):
            copy.append(_copied(child))
    return copy


def _is_known(tag: str) -> bool:
    space, _, name = tag.rpartition("}")
    return space == f"{{{_SVG}" and name in _ELEMENTS


def _is_harmless(name: str, value: str) -> bool:
    if name in ("href", _XLINK):
        return bool(re.fullmatch(r"#[\w.:-]+", value.strip()))
    return name in _ATTRIBUTES and not _ELSEWHERE.search(value)
