"""Cut Inter down to what Lumbung's window needs: run once, by hand, when the letters change.

    npm pack @expo-google-fonts/inter && tar xzf expo-google-fonts-inter-*.tgz
    python resources/fonts/screen/cut.py package

The outcome is kept in the repository beside this script. For each weight it keeps the Latin letters and the
signs of the window, and makes the tabular figures the ordinary ones: amounts then stand in columns
wherever they are shown, without asking for a font feature at each place (style sheets can't).
The licence (OFL.txt) allows this and reserves no font name.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
WEIGHTS = {"Regular": "400Regular", "Medium": "500Medium", "SemiBold": "600SemiBold", "Bold": "700Bold"}
LETTERS = (
    "0020-007E,00A0-017F,0192,0218-021B,02B9-02BF,02C6,02DA,02DC,1E00-1EFF,2010-2027,2030-203A,20AC,2116,"
    "2122,2190-2199,2212,2215,2248,2260,2264,2265,25CF,2713,2717"
)


def cut(source: Path, target: Path) -> None:
    """Write the slice of one weight."""
    font = TTFont(source)
    _figures_in_columns(font)
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(LETTERS))
    subsetter.subset(font)
    # One family with four weights; without these names the middle weights are families of their own.
    font["name"].setName("Inter", 16, 3, 1, 0x409)
    font["name"].setName(target.stem.removeprefix("Inter-"), 17, 3, 1, 0x409)
    font.save(target)


def _figures_in_columns(font: TTFont) -> None:
    table = font["GSUB"].table
    features = [item.Feature for item in table.FeatureList.FeatureRecord if item.FeatureTag == "tnum"]
    tabular: dict[str, str] = {}
    for index in features[0].LookupListIndex:
        for step in table.LookupList.Lookup[index].SubTable:
            tabular.update(getattr(step, "ExtSubTable", step).mapping)
    for cmap in font["cmap"].tables:
        cmap.cmap = {code: tabular.get(glyph, glyph) for code, glyph in cmap.cmap.items()}


if __name__ == "__main__":
    for weight, folder in WEIGHTS.items():
        cut(Path(sys.argv[1]) / folder / f"Inter_{folder}.ttf", HERE / f"Inter-{weight}.ttf")
