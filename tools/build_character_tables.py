"""Write `src/zhclean/characters/forms.py`: characters that stand for another one, by the published tables.

    python tools/build_character_tables.py

Sources: the Unicode property Equivalent_Unified_Ideograph as the Perl on the path has it (5.30 or later), and
the GB 18030 table of GNU iconv. GB 18030 numbered the two-byte codes GBK had left empty into the private use
area, in code order from U+E766 on; nearly half of them have a character of their own by now.
"""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "src" / "zhclean" / "characters" / "forms.py"
FIRST_PRIVATE, LAST_PRIVATE = 0xE766, 0xE864
# The rows of symbols, the end of row D7 and the left half of row FE; the rest is for users to define.
NUMBERED_CODES = [
    *((row, cell) for row in range(0xA2, 0xA8) for cell in range(0xA1, 0xFF)),
    *((row, cell) for row in (0xA8, 0xA9) for cell in range(0x40, 0xFF)),
    *((0xD7, cell) for cell in range(0xFA, 0xFF)),
    *((0xFE, cell) for cell in range(0x50, 0xA1)),
]

HEADER = '''"""Characters that stand for another one, by the published tables; no logic.

Written by `tools/build_character_tables.py`, which names the sources; do not edit.
"""

from __future__ import annotations

from typing import Final


def _pairs(forms: str, plain: str) -> dict[str, str]:
    return dict(zip(forms, plain, strict=True))


'''

EQUIVALENTS = """
use Unicode::UCD "prop_invmap";
my ($starts, $maps) = prop_invmap("EqUIdeo");
for my $i (0 .. $#$starts) {
    next unless $maps->[$i];
    print "$_ $maps->[$i]\\n" for $starts->[$i] .. $starts->[$i + 1] - 1;
}
"""


def radicals() -> dict[str, str]:
    """Kangxi radicals and the CJK radicals supplement, each with its unified ideograph."""
    listing = subprocess.run(["perl", "-e", EQUIVALENTS], capture_output=True, text=True, check=True).stdout
    pairs = (tuple(map(int, line.split())) for line in listing.splitlines())
    table = {chr(radical): chr(ideograph) for radical, ideograph in pairs if 0x2E80 <= radical <= 0x2FD5}
    for radical in map(chr, range(0x2F00, 0x2FD6)):
        assert table[radical] == unicodedata.normalize("NFKC", radical), radical
    return table


def private_use() -> dict[str, str]:
    """Private-use code points of GB 18030-2000 and -2005 that have a character of their own now."""
    table = {}
    codes = filter(_is_empty_in_gbk, map(bytes, NUMBERED_CODES))
    for private, code in zip(map(chr, range(FIRST_PRIVATE, LAST_PRIVATE + 1)), codes, strict=True):
        iconv = ["iconv", "-f", "GB18030", "-t", "UTF-8"]
        character = subprocess.run(iconv, input=code, capture_output=True, check=True).stdout.decode()
        # Python's table is that of the year 2000: what it already has or still numbers must agree.
        assert code.decode("gb18030") in (private, character), code
        if character != private:
            table[private] = character
    return table


def _is_empty_in_gbk(code: bytes) -> bool:
    try:
        code.decode("gbk")
    except UnicodeDecodeError:
        return code[1] != 0x7F
    return False


def constant(name: str, table: dict[str, str], doc: str) -> str:
    """The source of one table, forty characters a row."""
    keys = sorted(table)
    rows = []
    for chunk in (keys[i : i + 40] for i in range(0, len(keys), 40)):
        forms = "".join(f"\\u{ord(key):04x}" if unicodedata.category(key) == "Co" else key for key in chunk)
        rows.append(f'    **_pairs("{forms}", "{"".join(table[key] for key in chunk)}"),\n')
    return f'{name}: Final = {{\n{"".join(rows)}}}\n"""{doc}"""\n'


def main() -> None:
    """Write the module; `ruff format` lays it out."""
    ideographs = radicals()
    private = {key: ideographs.get(value, value) for key, value in private_use().items()}
    tables = [
        constant(
            "UNIFIED_IDEOGRAPHS",
            ideographs,
            "Kangxi radicals and CJK radicals supplement, each with its ideograph.",
        ),
        constant(
            "PRIVATE_USE",
            private,
            "Private-use code points of GBK and GB 18030 up to 2005, each with its character.",
        ),
    ]
    OUTPUT.write_text(HEADER + "\n".join(tables), "utf-8")
    subprocess.run(["ruff", "format", "--quiet", OUTPUT], check=True)


if __name__ == "__main__":
    main()
