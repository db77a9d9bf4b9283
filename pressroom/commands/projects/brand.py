"""Sets up a brand from one colour and a logo: the values of `layouts/brand.toml`, and a page that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.commands.projects.logo_report import LogoReport, named_file, read_logo
from pressroom.layout.brand import BRAND_FILE
from pressroom.layout.brand_edit import Replaced, Value, edited
from pressroom.layout.brand_scheme import Kept, Scheme, Swatch, make_scheme
from pressroom.layout.colours import contrast, hex_of, rgb_of, rgb_of_xyz, xyz_of_lab
from pressroom.layout.inks import ESTIMATE, Look, estimated
from pressroom.layout.oklch import ColourError
from pressroom.planning.named import UsageError
from pressroom.postpress.icc_profile import ProfileError, read_profile
from pressroom.project import file_bytes, file_text
from pressroom.workspace.workspace import Workspace

# Where a logo goes in `layouts/`.
_ART: Final = "art"
_PROFILE_LIMIT: Final = 32 * 1024 * 1024
_USES: Final = {
    "flow": "lines and fields",
    "dot": "what a drawing is about; never text, never alarm",
    "bone": "in drawings alone, no word on it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandOrder:
    """What a person asks for: a colour as CSS writes it, a logo and what is read aloud for it, a print shop's profile.

    `replace` allows other values for keys that the project's own brand has.
    """

    colour: str
    logo: Path | None = None
    logo_text: str = ""
    profile: Path | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class BrandPlan:
    """What would be written, and what a person should know first. `press` says where the look of inks is from."""

    scheme: Scheme
    kept: Kept
    press: str
    logo: LogoReport | None
    values: tuple[Value, ...]
    replaced: tuple[Replaced, ...]
    text: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What was changed and why, and what is wrong with the logo."""
        return (*self.scheme.notes, *(self.logo.notes if self.logo else ()))

    @property
    def swatches(self) -> tuple[Swatch, ...]:
        """The colours with their inks, the logo's own last."""
        return (*self.scheme.swatches, *(self.logo.own if self.logo else ()))


def plan_brand(workspace: Workspace, order: BrandOrder) -> BrandPlan:
    """The brand that goes with a colour and a logo; nothing is written.

    Raises:
        UsageError: the colour, the logo or the profile can't be used, or the project's brand can't be read.
    """
    tokens = workspace.brand().value
    kept = _kept(tokens)
    press, look = _press(workspace, order.profile)
    try:
        scheme = make_scheme(order.colour, kept, look)
    except ColourError as error:
        raise UsageError(*str(error).split(": ", 1)) from None
    logo = None
    if order.logo is not None:
        colours = [kept.ink, kept.paper, kept.alarm, *scheme.colours.values()]
        logo = read_logo(order.logo, colours, kept.alarm, look)
    values = tuple(_values(scheme, logo, order, tokens, press))
    own, unreadable = file_text(workspace.root, BRAND_FILE, optional=True)
    if unreadable:
        raise UsageError(f"{BRAND_FILE} can't be read: {unreadable[0].message}", unreadable[0].hint)
    try:
        new, replaced = edited(own or "", values)
    except ValueError as error:
        raise UsageError(f"{BRAND_FILE} can't be changed: {error}", "correct the file first") from None
    return BrandPlan(scheme, kept, press, logo, values, replaced, new)


def write_brand(workspace: Workspace, plan: BrandPlan, *, replace: bool) -> list[str]:
    """Write the brand and its logo; returns the names of the files that changed.

    Raises:
        UsageError: the project has other values, and `replace` is False; or another logo of this name.
    """
    if plan.replaced and not replace:
        lines = "; ".join(map(str, plan.replaced))
        raise UsageError(f"{BRAND_FILE} has values of its own: {lines}", "--replace puts the new ones in their place")
    written = []
    if plan.logo is not None:
        name = f"layouts/{_ART}/{plan.logo.name}"
        there, unreadable = file_bytes(workspace.root, name, optional=True)
        if unreadable:
            raise UsageError(f"{name} can't be read: {unreadable[0].message}", unreadable[0].hint)
        if there not in (None, plan.logo.data) and not replace:
            raise UsageError(f"{name} is another picture", "--replace puts the new one in its place; or rename yours")
        if workspace.write(name, plan.logo.data):
            written.append(name)
    if workspace.write(BRAND_FILE, plan.text.encode()):
        written.append(BRAND_FILE)
    return written


def _kept(tokens: Mapping[str, str]) -> Kept:
    """What stays of the project's brand; what it lacks is black, white and the packaged red."""
    return Kept(
        tokens.get("colour-ink", "#000"),
        tokens.get("colour-paper", "#fff"),
        tokens.get("colour-alarm", "#a60010"),
        tokens.get("dark-ink", "#e9eef0"),
        tokens.get("dark-paper", "#12181b"),
        tokens.get("dark-alarm", "#ff9d9d"),
    )


def _press(workspace: Workspace, profile: Path | None) -> tuple[str, Look]:
    """Where the look of inks is from, in words, and the look: by a profile, or the estimate."""
    # Imported here: Pillow reads profiles, and a project without one needs none.
    from pressroom.postpress.profile_inks import profile_look

    data = workspace.press_profile().value if profile is None else named_file(profile, _PROFILE_LIMIT)
    if not data:
        return f"estimated for {ESTIMATE}", estimated
    try:
        read = read_profile(data)
    except ProfileError as error:
        named = profile or workspace.project.press_profile
        raise UsageError(f"{named} {error}", "ask the print shop for its output profile in CMYK") from None
    return f"by the profile {read.name}", profile_look(read)


def _values(
    scheme: Scheme, logo: LogoReport | None, order: BrandOrder, tokens: Mapping[str, str], press: str
) -> Iterator[Value]:
    for name, colour in scheme.colours.items():
        ratio = contrast(rgb_of(colour), rgb_of("#fff"))
        yield Value("colour", name, colour, _USES[name] + ("" if name == "bone" else f", {ratio:.1f}:1"))
    for one in logo.own if logo else ():
        yield Value("colour", one.name, one.colour, "in the logo")
    for one in (*scheme.swatches, *(logo.own if logo else ())):
        yield Value("press", one.name, one.percents, f"about {printed_hex(one)}, {one.apart:.1f} away, {press}")
    for name, colour in scheme.dark.items():
        comment = "a shade on a dark screen" if name == "bone" else "as light as a dark screen needs"
        yield Value("dark", name, colour, comment)
    if logo is not None:
        yield Value("logo", "file", f"{_ART}/{logo.name}")
        if not order.logo_text.strip():
            raise UsageError("a logo needs words, which are read aloud for it", 'write --logo-text "Our Clinic"')
        yield Value("logo", "text", order.logo_text.strip())


def printed_hex(one: Swatch) -> str:
    """What the inks of a colour look like on a screen, `#rrggbb`."""
    return hex_of(rgb_of_xyz(xyz_of_lab(one.printed)))
