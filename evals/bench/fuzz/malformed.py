"""What is done to a good text or file to make it a bad one; all chance comes from the `Random` that is given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

_NASTY: Sequence[bytes] = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u202e".encode(), b"\r",
    b"\x1a", "\ufeff".encode(), "e\u0301".encode() * 50, "é中😀".encode(), b"<", b"]]>", b"&x;", b"&#x110000;", b"&#0;",
    b"<!--", b"<![CDATA[", b'<!DOCTYPE x [<!ENTITY y "z">]>', b"<?xml version='1.1'?>", b"{{", b"}}", b"{%", b"${",
    b"%s%n", b"{0}", b"{a, plural, other {", b"---\n", b"+++\n", b"```\n", b"|" * 200, b"- " * 200, b"> " * 300,
    b"*" * 400, b"[" * 400, b"(" * 3000, b"{" * 3000, b"<b>" * 400, b'"', b"'", b"\\", b"\\u", b"\\ud800", b"\n" * 500,
    b" " * 3000, b"\t" * 3000, b"a" * 3000, b"1" * 400, b"1," * 1500, b"1e999", b"-0", b"NaN", b"9" * 30,
    "９".encode() * 30, "一".encode() * 500, b"&a;*a", b"&a [*a]", b"!!python/object/apply:os.system", b"<<: *x",
    b": : :", b"? ", b"00:00:99,999 --> ", b'msgid "', b"=cmd()", b"../../x", b'xml:lang=""', b"http://[", b"data:,x",
)  # fmt: skip


def malformed(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """`data` after one to four acts of damage; `others` are what a part may be taken from."""
    if data.startswith(b"PK") and chance.random() < 0.85:
        return _inside_zip(data, others, chance)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_ACTS)(data, others, chance)
    return data[: 4 << 20]


def _inside_zip(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """A part damaged, taken away or doubled under another name; the archive itself stays whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        parts = source.infolist()
        likely = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
        chosen = {part.filename for part in chance.sample(likely, min(len(likely), chance.randint(1, 2)))}
        lost = chance.choice(parts).filename if chance.random() < 0.15 else ""
        for part in parts:
            content = source.read(part)
            if part.filename in chosen:
                for _ in range(chance.randint(1, 3)):
                    content = chance.choice(_ACTS)(content, others, chance)
            if part.filename != lost:
                target.writestr(part.filename, content)
    return out.getvalue()


def _place(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 2, 5, 40, 400)))


def _cut(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _flipped(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(changed), chance.choice((1, 3, 20)))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _lost(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _nasty(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.choice(_NASTY) * chance.choice((1, 1, 1, 3)) + data[chance.choice((start, end)) :]


def _swapped(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    start, end = _place(data, chance)
    other = chance.choice(others)
    from_start, from_end = _place(other, chance)
    return data[:start] + other[from_start:from_end] + data[end:]


def _spelt(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    encoding = chance.choice(("utf-16", "utf-16-be", "utf-32", "gb18030", "utf-8-sig", "shift-jis", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


_ACTS: Sequence[Callable[[bytes, Sequence[bytes], Random], bytes]] = (
    _cut, _flipped, _lost, _doubled, _nasty, _nasty, _nasty, _swapped, _spelt
)  # fmt: skip
