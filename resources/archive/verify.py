#!/usr/bin/env python3
"""核验评审档案：本程序只用 Python 3.8 及以上版本的标准库，不联网，不写任何文件。

用法：python3 -I verify.py [档案 ZIP 或文件夹] [--bureau-key 指纹] [--json]

不给路径时核验本文件所在的文件夹。逐项打印结果；全部通过退出码为 0，任何一项不通过为 1，用法错误为 2。
本文件独立于制作档案的软件编写，不引用其任何代码：签名、编码、计分都在这里重新实现一遍。

(Checks a review archive with the standard library alone. Every figure in results.json is
derived again from the signed sheets; nothing is imported from the program that made it.)
"""

import hashlib
import json
import math
import os
import re
import stat
import struct
import sys
import unicodedata
import zipfile
import zlib
from fractions import Fraction

# --------------------------------------------------------------------------------------
# 1. What can go wrong: one kind of error, one sentence.


class Refused(Exception):
    """Something in the archive is not what it should be; the text says what."""


# --------------------------------------------------------------------------------------
# 2. CBOR (RFC 8949), only the strict subset the archive uses: shortest form, definite
#    lengths, map keys ascending non-negative integers, no tags, no floats, no trailing bytes.


class CborReader:
    """Reads one item after another from bytes and refuses everything out of the ordinary."""

    MAX_DEPTH = 8
    MAX_HEADS = 100000  # byte strings, texts, arrays and maps together
    MAX_NUMBER_BYTES = 1 << 20

    def __init__(self, data):
        self.data = data
        self.at = 0
        self.heads = self.number_bytes = 0

    def take(self, count):
        piece = self.data[self.at : self.at + count]
        if len(piece) != count:
            raise Refused("CBOR 数据不完整")
        self.at += count
        return piece

    def head(self):
        first = self.take(1)[0]
        kind, info = first >> 5, first & 31
        if info < 24:
            return kind, info
        if info > 27:
            raise Refused("CBOR 使用了不允许的长度写法")
        width = 1 << (info - 24)
        value = int.from_bytes(self.take(width), "big")
        smallest = {1: 24, 2: 1 << 8, 4: 1 << 16, 8: 1 << 32}[width]
        if value < smallest:
            raise Refused("CBOR 整数或长度不是最短写法")
        return kind, value

    def item(self, depth=0):
        if depth > self.MAX_DEPTH:
            raise Refused("CBOR 嵌套过深")
        start = self.at
        kind, value = self.head()
        self.count(kind, start)
        if kind == 0:
            return value
        if kind == 1:
            return -1 - value
        if kind == 2:
            return self.take(value)
        if kind == 3:
            return self.text(value)
        if kind == 4:
            return self.array(value, depth)
        if kind == 5:
            return self.map(value, depth)
        raise Refused("CBOR 中有不允许的类型")

    def count(self, kind, start):
        """Refuse data with more items than anything signed has, before they fill memory."""
        if kind in (0, 1):
            self.number_bytes += self.at - start
        else:
            self.heads += 1
        if self.heads > self.MAX_HEADS or self.number_bytes > self.MAX_NUMBER_BYTES:
            raise Refused("CBOR 中的数据项太多")

    def text(self, length):
        try:
            return self.take(length).decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("CBOR 文字不是有效的 UTF-8")

    def array(self, count, depth):
        if count > min(len(self.data), self.MAX_NUMBER_BYTES):
            raise Refused("CBOR 数据不完整或数据项太多")
        items = []
        deeper = depth < self.MAX_DEPTH
        for _ in range(count):
            if deeper and self.at < len(self.data) and self.data[self.at] < 24:
                items.append(self.data[self.at])  # a small number, which most marks are
                self.at += 1
                self.number_bytes += 1
            else:
                items.append(self.item(depth + 1))
        return items

    def map(self, count, depth):
        result = {}
        previous = -1
        for _ in range(count):
            start = self.at
            kind, key = self.head()
            self.count(kind, start)
            if kind != 0 or key <= previous:
                raise Refused("CBOR 映射的键重复、次序不对或不是非负整数")
            previous = key
            result[key] = self.item(depth + 1)
        return result


def cbor(data, most=20 << 20):
    """Return the one item that the bytes hold."""
    if len(data) > most:
        raise Refused("CBOR 数据过大")
    reader = CborReader(data)
    item = reader.item()
    if reader.at != len(data):
        raise Refused("CBOR 数据后面有多余字节")
    return item


def cbor_head(kind, value):
    """Return the shortest head of an item, for building what is signed."""
    if value < 24:
        return bytes([kind << 5 | value])
    for info, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if value < 1 << (8 * width):
            return bytes([kind << 5 | info]) + value.to_bytes(width, "big")
    raise Refused("数值过大")


def cbor_bytes(value):
    return cbor_head(2, len(value)) + value


# --------------------------------------------------------------------------------------
# 3. ECDSA on P-256 (FIPS 186-4), written out: y² = x³ − 3x + b over the field of P.

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
INFINITY = (1, 1, 0)  # projective (Jacobian) coordinates: x/z², y/z³


def point_of(key):
    """Return (x, y) of a compressed public key of 33 bytes; refuses what is off the curve."""
    if len(key) != 33 or key[0] not in (2, 3):
        raise Refused("公钥不是 33 字节的压缩点")
    x = int.from_bytes(key[1:], "big")
    if x >= P:
        raise Refused("公钥不在曲线上")
    square = (x * x * x - 3 * x + B) % P
    y = pow(square, (P + 1) // 4, P)  # P ≡ 3 (mod 4)
    if y * y % P != square:
        raise Refused("公钥不在曲线上")
    if y & 1 != key[0] & 1:
        y = P - y
    return x, y


def double(point):
    x, y, z = point
    if z == 0 or y == 0:
        return INFINITY
    zz = z * z % P
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * (x - zz) * (x + zz) % P
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def add(first, second):
    if first[2] == 0:
        return second
    if second[2] == 0:
        return first
    (x1, y1, z1), (x2, y2, z2) = first, second
    zz1, zz2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * zz2 % P, x2 * zz1 % P
    s1, s2 = y1 * zz2 * z2 % P, y2 * zz1 * z1 % P
    if u1 == u2:
        return double(first) if s1 == s2 else INFINITY
    h, r = (u2 - u1) % P, (s2 - s1) % P
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, h * z1 * z2 % P


def multiply_two(a, point_a, b, point_b):
    """Return a·A + b·B, both multiplied in one pass (Shamir's trick)."""
    both = add(point_a, point_b)
    result = INFINITY
    for bit in range(max(a.bit_length(), b.bit_length()) - 1, -1, -1):
        result = double(result)
        chosen = (a >> bit & 1) + 2 * (b >> bit & 1)
        if chosen:
            result = add(result, (point_a, point_b, both)[chosen - 1])
    return result


def signature_holds(key, message, signature):
    """Tell whether the 64 bytes r‖s are the key's signature of SHA-256(message).

    s must lie in the lower half, so that no second valid signature exists.
    """
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not 0 < r < N or not 0 < s <= N // 2:
        return False
    x, y = point_of(key)
    hashed = int.from_bytes(hashlib.sha256(message).digest(), "big")
    inverse = pow(s, N - 2, N)
    found = multiply_two(hashed * inverse % N, G + (1,), r * inverse % N, (x, y, 1))
    if found[2] == 0:
        return False
    z = pow(found[2], P - 2, P)
    return found[0] * z * z % P % N == r


# --------------------------------------------------------------------------------------
# 4. Digests, fingerprints, receipts, exact numbers, JSON in the one form of RFC 8785.


def sha256(data):
    return hashlib.sha256(data).digest()


def fingerprint(digest):
    """Return the first 64 bits of a digest as people compare it: C81E 4F07 A6D9 220B."""
    text = digest[:8].hex().upper()
    return " ".join(text[at : at + 4] for at in range(0, 16, 4))


def receipt(digest):
    """Return the first 60 bits of a sheet's digest in Crockford's base 32."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int.from_bytes(digest[:8], "big") >> 4
    text = "".join(alphabet[number >> shift & 31] for shift in range(55, -5, -5))
    return "-".join(text[at : at + 4] for at in (0, 4, 8))


def exact(text, what="数值"):
    """Return the Fraction of a plain decimal or of a fraction in lowest terms."""
    if isinstance(text, int) and not isinstance(text, bool):
        return Fraction(text)
    if isinstance(text, str) and len(text) <= 400:
        if re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text):
            return Fraction(text)
        if re.fullmatch(r"-?[1-9][0-9]*/[1-9][0-9]*", text):
            value = Fraction(text)
            if str(value) == text:
                return value
    raise Refused("%s“%s”不是精确数" % (what, shown(text)))


def share_of(text, what):
    """Return a share such as 20% or 2/3."""
    if isinstance(text, str) and text.endswith("%"):
        return exact(text[:-1], what) / 100
    return exact(text, what)


def decimal_text(value):
    """Return a decimal without trailing zeros where the value has one, else the fraction."""
    for digits in range(13):
        if (value * 10 ** digits).denominator == 1:
            return published(value, digits, "half-up")
    return str(value)


def whole(value, mode):
    """Round to a whole number; a half goes away from zero or, GB/T 8170, to the even one.

    ``truncate`` drops the decimals.
    """
    if mode == "truncate":
        return int(value)
    if mode == "half-even":
        return round(value)
    up = (abs(value) * 2 + 1) // 2
    return int(up) if value >= 0 else -int(up)


def rounded(value, digits, mode):
    return Fraction(whole(value * 10 ** digits, mode), 10 ** digits)


def published(value, digits, mode):
    """Return the figure as printed, all its decimal places."""
    number = whole(value * 10 ** digits, mode)
    text = str(abs(number)).rjust(digits + 1, "0")
    if digits:
        text = text[:-digits] + "." + text[-digits:]
    return ("-" if number < 0 else "") + text


def shown(value, limit=60):
    """Return foreign text fit for one line: short, no control or direction characters."""
    text = value if isinstance(value, str) else repr(value)
    safe = "".join(
        c if c.isprintable() and unicodedata.category(c) != "Cf" else "\\u%04x" % ord(c)
        for c in text[:limit]
    )
    return safe + ("…" if len(text) > limit else "")


MAX_JSON, MAX_JSON_ITEMS = 16 << 20, 1000000


def json_value(data, what):
    """Return the value of JSON text; refused unless these bytes are its one canonical form."""

    def pairs(items):
        result = dict(items)
        if len(result) != len(items):
            raise Refused("%s 中有重复的键" % what)
        return result

    def no(text):
        raise Refused("%s 中有不允许的数 %s" % (what, shown(text)))

    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        if len(data) > MAX_JSON or sum(map(text.count, "[{,")) > MAX_JSON_ITEMS:
            raise Refused("%s 过大" % what)
        value = json.loads(
            text, object_pairs_hook=pairs, parse_float=no, parse_constant=no, parse_int=integer
        )
        plain = max(text, default="") < "\U00010000"  # then both orders of keys are the same
        again = (sorted_json if plain else canonical)(value).encode("utf-8")
    except (ValueError, RecursionError):
        raise Refused("%s 不是有效的 JSON" % what)
    if again != text.encode("utf-8"):
        raise Refused("%s 不是规范写法（RFC 8785）" % what)
    return value


def integer(text):
    value = int(text) if len(text) <= 17 else None
    if value is None or abs(value) >= 1 << 53:
        raise ValueError("too large")
    return value


def sorted_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def canonical(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


def need(value, kind, what):
    """Return the value if it is of the kind (true is no number), else refuse."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Refused("%s 的类型不对" % what)
    return value


def need_keys(value, keys, what):
    """Return the mapping if it has exactly these keys."""
    if not isinstance(value, dict) or set(value) != set(keys):
        raise Refused("%s 的字段与格式不符" % what)
    return value


# --------------------------------------------------------------------------------------
# 5. The files: a folder, or a ZIP read with suspicion. Nothing is written anywhere.

MAX_FILES, MAX_FILE, MAX_TOTAL = 20000, 200 << 20, 4 << 30
SYSTEM_FILES = (".DS_Store", "Thumbs.db", "desktop.ini")
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
    KeyError,
    IndexError,
    OverflowError,
)


class FolderSource:
    """The files below a folder; links and devices are refused, never followed."""

    def __init__(self, folder):
        self.folder = folder
        self.paths = {}
        for place, folders, files in os.walk(folder, onerror=self.unreadable):
            for name in sorted(folders) + sorted(files):
                path = os.path.join(place, name)
                inside = os.path.relpath(path, folder).replace(os.sep, "/")
                mode = os.lstat(path).st_mode
                if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                    raise Refused("%s 是链接或设备，不是文件" % shown(inside))
                if stat.S_ISREG(mode) and name not in SYSTEM_FILES:
                    self.paths[inside] = path
            if len(self.paths) > MAX_FILES:
                raise Refused("文件太多")

    @staticmethod
    def unreadable(error):
        raise Refused("文件夹无法读取：%s" % error.strerror)

    def close(self):
        """Nothing stays open between two reads."""

    def names(self):
        return sorted(self.paths)

    def read(self, name):
        if name not in self.paths:
            raise Refused("缺少文件 %s" % shown(name))
        try:
            if os.path.getsize(self.paths[name]) > MAX_FILE:
                raise Refused("%s 过大" % shown(name))
            with open(self.paths[name], "rb") as file:
                return file.read(MAX_FILE + 1)
        except OSError as error:
            raise Refused("%s 无法读取：%s" % (shown(name), error.strerror))


class ZipSource:
    """The files of a ZIP whose directory holds no surprise."""

    def __init__(self, path):
        self.file, self.entries = None, {}
        try:
            self.file = open(path, "rb")
            self.check_end(os.path.getsize(path))
            self.zip = zipfile.ZipFile(self.file)
            self.check(self.zip.infolist())
        except ZIP_FAULTS as error:
            self.close()
            raise Refused("不是完好的 ZIP（%s）" % shown(str(error)))
        except Refused:
            self.close()
            raise

    def close(self):
        if self.file is not None:
            self.file.close()

    def check_end(self, length):
        """Refuse a ZIP of too many entries before its directory is read."""
        self.file.seek(max(0, length - 65557))
        tail = self.file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < 22:
            raise Refused("不是 ZIP 文件")
        if struct.unpack_from("<H", tail, at + 10)[0] > MAX_FILES:
            raise Refused("ZIP 中的文件太多")
        if len(tail) - at != 22 + struct.unpack_from("<H", tail, at + 20)[0]:
            raise Refused("ZIP 结尾后面还有内容")

    def check(self, infos):
        total = 0
        seen = set()
        if len(infos) > MAX_FILES:
            raise Refused("ZIP 中的文件太多")
        for info in infos:
            self.check_name(info.filename, seen)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise Refused("%s 是链接或设备，不是文件" % shown(info.filename))
            if info.flag_bits & 0x2061 or info.compress_type not in (0, 8):
                raise Refused("%s 被加密或用了不支持的压缩" % shown(info.filename))
            if info.filename.endswith("/") and info.file_size:
                raise Refused("文件夹 %s 带有数据" % shown(info.filename))
            total += info.file_size
            bomb = info.file_size > (4 << 20) and info.file_size > 200 * info.compress_size
            if info.file_size > MAX_FILE or total > MAX_TOTAL or bomb:
                raise Refused("%s 解压后过大" % shown(info.filename))
            if not info.filename.endswith("/"):
                self.entries[info.filename] = info
        self.check_places(infos)

    @staticmethod
    def check_name(name, seen):
        parts = name[:-1].split("/") if name.endswith("/") else name.split("/")
        if any(ord(c) < 32 or c in '\\:*?"<>|\x7f' for c in name) or any(
            not part.strip(" .") for part in parts
        ):
            raise Refused("ZIP 中的文件名 %s 不安全" % shown(name))
        key = unicodedata.normalize("NFC", name.rstrip("/")).casefold()
        if key in seen:
            raise Refused("ZIP 中的文件名 %s 重复" % shown(name))
        seen.add(key)

    def check_places(self, infos):
        """Refuse a ZIP whose entries overlap, leave gaps, or contradict their own headers."""
        ordered = sorted(infos, key=lambda info: info.header_offset)
        starts = [info.header_offset for info in ordered] + [self.zip.start_dir]
        if starts[0] != 0:
            raise Refused("ZIP 前面有别的内容")
        for info, stop in zip(ordered, starts[1:]):
            self.file.seek(info.header_offset)
            head = struct.unpack("<4s5H3L2H", self.file.read(30))
            end = info.header_offset + 30 + head[9] + head[10] + info.compress_size
            late = bool(head[2] & 8)
            sizes = (info.CRC, info.compress_size, info.file_size)
            same = head[6:9] == sizes or late or 0xFFFFFFFF in head[7:9]
            gaps = (12, 16, 20, 24) if late else (0,)
            if not same or stop - end not in gaps or head[3] != info.compress_type:
                raise Refused("ZIP 的目录与内容不一致（%s）" % shown(info.filename))

    def names(self):
        return sorted(self.entries)

    def read(self, name):
        if name not in self.entries:
            raise Refused("缺少文件 %s" % shown(name))
        info = self.entries[name]
        try:
            with self.zip.open(info) as stream:
                data = stream.read(info.file_size + 1)
                if len(data) == info.file_size:
                    stream.read(1)
        except ZIP_FAULTS:
            raise Refused("%s 已损坏" % shown(name))
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise Refused("%s 已损坏" % shown(name))
        return data


# --------------------------------------------------------------------------------------
# 6. Signed documents: the envelope first, then the fields, each of the kind promised.

ES256 = b"\xa1\x01\x26"


MAX_DOCUMENT, MAX_SHEET, MAX_LOG = 4 << 20, 1 << 20, 16 << 20


def envelope(message, what, most=MAX_DOCUMENT):
    """Return (payload, signature) of an untagged COSE_Sign1 message."""
    parts = cbor(message, most)
    if (
        not isinstance(parts, list)
        or len(parts) != 4
        or parts[0] != ES256
        or parts[1] != {}
        or not isinstance(parts[2], bytes)
        or not isinstance(parts[3], bytes)
    ):
        raise Refused("%s 不是签名文件" % what)
    return parts[2], parts[3]


def opened(message, key, kind, last, what, most=MAX_DOCUMENT):
    """Return the payload's fields once the signature holds.

    ``key`` is the public key, or the number of the field in which the document names its own.
    """
    payload, signature = envelope(message, what, most)
    fields = cbor(payload)
    if not isinstance(fields, dict) or fields.get(0) != kind:
        raise Refused("%s 不是 %s" % (what, kind))
    need_keys(fields, range(last + 1), what)
    if isinstance(key, int):
        key = need(fields[key], bytes, "%s 的公钥" % what)
    signed = b"\x84\x6aSignature1" + cbor_bytes(ES256) + cbor_bytes(b"") + cbor_bytes(payload)
    if not signature_holds(key, signed, signature):
        raise Refused("%s 的签名不符" % what)
    return fields


def texts(value, what):
    """Return a list of texts, each once and not empty."""
    need(value, list, what)
    if not all(isinstance(item, str) and item for item in value) or len(set(value)) != len(value):
        raise Refused("%s 有空项或重复项" % what)
    return value


class Round:
    """round.cose: what the bureau fixed before the first score."""

    def __init__(self, data):
        fields = opened(data, 10, "reviewer-app/round/1", 11, "round.cose")
        self.digest = sha256(data)
        for number in (1, 2, 3, 4, 5, 6, 7, 8, 9):
            need(fields[number], str, "round.cose 字段 %d" % number)
        self.id, self.title, self.kind = fields[1], fields[2], fields[3]
        self.organiser, self.date, self.place = fields[4], fields[5], fields[6]
        self.scheme_text, self.rules_text = fields[7], fields[8]
        self.key = fields[10]
        self.applications = texts(fields[11], "round.cose 的申报编号")
        self.scheme = read_scheme(json_value(self.scheme_text, "指标体系"))
        self.rules = Rules(json_value(self.rules_text, "评审规则"))


class Assignment:
    """assignments/EE.cose: what one expert was given to score."""

    RECORD = ("category", "changes", "facts", "materials", "name", "number")
    RECORD += ("recommender", "short_name", "unit")
    EXPERT = ("employer", "from_bureau", "name", "number", "specialism", "title")

    def __init__(self, data, name, round_):
        fields = opened(data, round_.key, "reviewer-app/assignment/1", 3, name)
        if fields[1] != round_.digest:
            raise Refused("%s 属于另一场评审" % name)
        self.digest = sha256(data)
        expert = need_keys(json_value(need(fields[2], str, name), name), self.EXPERT, name)
        self.expert = need(expert["number"], str, name)
        self.name = need(expert["name"], str, name)
        self.role = need(expert["specialism"] or "", str, name)
        self.applications, self.records, self.commitments = [], {}, {}
        for item in need(fields[3], list, name):
            need_keys(item, (1, 2), name)
            text = need(item[2], str, name)
            record = need_keys(json_value(text, name), self.RECORD, name)
            number = need(record["number"], str, name)
            if number not in round_.applications or number in self.records:
                raise Refused("%s 中的申报 %s 不在本场评审中或重复" % (name, shown(number)))
            self.applications.append(number)
            self.records[number] = record
            salt = need(item[1], bytes, name)
            if len(salt) != 16:
                raise Refused("%s 的承诺盐长度不对" % name)
            self.commitments[number] = sha256(salt + text.encode("utf-8"))
        self.schemes = {
            number: effective(round_.scheme, self.records[number]["changes"])
            for number in self.applications
        }


class Roster:
    """One version of who must answer for what."""

    def __init__(self, data, name, round_):
        fields = opened(data, round_.key, "reviewer-app/roster/1", 7, name)
        if fields[1] != round_.digest:
            raise Refused("%s 属于另一场评审" % name)
        self.digest = sha256(data)
        self.version = need(fields[2], int, name)
        self.previous = need(fields[3], bytes, name)
        self.reason = need(fields[4], str, name)
        first = self.version == 1
        if self.version < 1 or first != (self.previous == b"") or first != (self.reason == ""):
            raise Refused("%s 的版本号、上一版的摘要与理由不一致" % name)
        self.members = {}
        for item in need(fields[6], list, name):
            need_keys(item, (1, 2, 3, 4, 5, 6), name)
            number = need(item[1], str, name)
            if number in self.members:
                raise Refused("%s 中专家 %s 重复" % (name, shown(number)))
            self.members[number] = {
                "name": need(item[2], str, name),
                "assignment": need(item[4], bytes, name),
                "applications": texts(item[5], name) if item[5] else [],
                "withdrawn": need(item[6], str, name),
            }
        self.commitments = {}
        for pair in need(fields[7], list, name):
            if not isinstance(pair, list) or len(pair) != 2:
                raise Refused("%s 的承诺写法不对" % name)
            self.commitments[need(pair[0], str, name)] = need(pair[1], bytes, name)
        if list(self.commitments) != round_.applications:
            raise Refused("%s 的承诺与申报编号不一致" % name)

    def serving(self):
        return sorted(n for n, member in self.members.items() if not member["withdrawn"])


NOT_APPLICABLE, ABSTAINED = "NA", "AB"  # states of a mark, as marks.csv writes them
STATES = {-2: NOT_APPLICABLE, -3: ABSTAINED}
NOT_ASKED = -4
GROUNDS = ("employment", "office", "control", "kinship", "involvement", "other")


class Sheet:
    """sheets/*.scoresheet: one revision of one expert's marks, verified."""

    def __init__(self, data, name, round_, assignments):
        outer = cbor(data)
        if not isinstance(outer, dict) or outer.get(0) != "reviewer-app/scoresheet/1":
            raise Refused("不是评分表文件")
        if set(outer) not in ({0, 1}, {0, 1, 2}):
            raise Refused("字段与格式不符")
        message = need(outer[1], bytes, "评分表")
        fields = opened(message, 10, "reviewer-app/sheet/1", 13, "评分表", MAX_SHEET)
        self.name, self.digest, self.key = name, sha256(message), fields[10]
        self.receipt = receipt(self.digest)
        if fields[1] != round_.digest:
            raise Refused("属于另一场评审")
        if not isinstance(fields[2], bytes) or fields[2] not in assignments:
            raise Refused("不对应任何一份任务书")
        self.assignment = assignments[fields[2]]
        self.expert = self.assignment.expert
        self.read_order(fields)
        self.recusals = self.read_recusals(fields[7])
        self.marks = self.read_marks(fields[6])
        self.votes = self.read_votes(fields[8])
        self.check_comments(need(fields[9], bytes, "评语摘要"), outer.get(2))
        if len(need(fields[11], bytes, "登记标签")) != 32:
            raise Refused("登记标签长度不对")
        need(fields[12], int, "时间")

    def read_order(self, fields):
        self.stage = need(fields[3], int, "轮次")
        self.revision = need(fields[4], int, "修订号")
        self.previous = need(fields[5], bytes, "上一张的摘要")
        reason = need(fields[13], str, "修订理由")
        if not 1 <= self.stage <= 9 or self.revision < 1:
            raise Refused("轮次或修订号不对")
        first = self.revision == 1
        if first != (self.previous == b"") or first != (reason == ""):
            raise Refused("修订号、上一张的摘要与修订理由不一致")
        if not first and len(self.previous) != 32:
            raise Refused("上一张的摘要长度不对")

    def in_order(self, items, width, what):
        """Return {application: rest} of triples that follow the assignment's order."""
        result = {}
        place = -1
        for item in need(items, list, what):
            if not isinstance(item, list) or len(item) != width:
                raise Refused("%s的写法不对" % what)
            if item[0] not in self.assignment.applications:
                raise Refused("%s中有任务书以外的申报" % what)
            position = self.assignment.applications.index(item[0])
            if position <= place:
                raise Refused("%s重复或次序不对" % what)
            place = position
            result[item[0]] = item[1:]
        return result

    def read_recusals(self, items):
        recusals = self.in_order(items, 3, "回避")
        for ground, note in recusals.values():
            keys = need(ground, str, "回避理由").split(",")
            if keys != [key for key in GROUNDS if key in keys]:
                raise Refused("回避理由不是规定的理由")
            need(note, str, "回避说明")
        return recusals

    def read_votes(self, items):
        votes = self.in_order(items, 3, "表决")
        for number, (vote, reservation) in votes.items():
            if vote not in (1, 2, 3) or isinstance(vote, bool):
                raise Refused("表决只能是同意、反对或弃权")
            need(reservation, str, "保留意见")
            if number in self.recusals:
                raise Refused("对已回避的申报 %s 表决" % number)
        return votes

    def read_marks(self, rows):
        need(rows, list, "分数")
        if len(rows) != len(self.assignment.applications):
            raise Refused("分数的行数与任务书的申报数不一致")
        marks = {}
        for number, row in zip(self.assignment.applications, rows):
            need(row, list, "分数")
            if number in self.recusals:
                if row:
                    raise Refused("对已回避的申报 %s 打了分" % number)
                continue
            leaves = self.assignment.schemes[number].leaves()
            if len(row) != len(leaves):
                raise Refused("申报 %s 的分数与指标数不一致" % number)
            marks[number] = {
                leaf.code: self.read_mark(number, leaf, code)
                for leaf, code in zip(leaves, row)
                if self.is_asked(number, leaf, code)
            }
            check_levels(number, leaves, marks[number], self.assignment.records[number])
        return marks

    def is_asked(self, number, leaf, code):
        """Tell whether the expert gives a mark here; the code must say the same."""
        asked = leaf.asked_of(self.assignment.role)
        if (need(code, int, "分数") == NOT_ASKED) == asked:
            raise Refused("申报 %s 指标 %s：缺分，或不该由该专家打分" % (number, leaf.code))
        return asked

    @staticmethod
    def read_mark(number, leaf, code):
        """Return the points, or the state in which there are none."""
        if code in STATES:
            return STATES[code]
        value = leaf.minimum + code * leaf.step
        if code < 0 or value > leaf.maximum:
            raise Refused(
                "申报 %s 指标 %s：%s 超出 %s–%s"
                % (
                    number,
                    leaf.code,
                    code if code < 0 else decimal_text(value),
                    decimal_text(leaf.minimum),
                    decimal_text(leaf.maximum),
                )
            )
        return value

    def check_comments(self, digest, comments):
        self.has_comments = comments is not None
        if comments is None:
            return
        if sha256(need(comments, bytes, "评语")) != digest:
            raise Refused("评语与签名的摘要不符")
        remarks = need(json_value(comments, "评语"), dict, "评语")
        for number in remarks:
            if number not in self.assignment.applications or number in self.recusals:
                raise Refused("评语涉及任务书以外或已回避的申报 %s" % shown(number))


class Entry:
    """entries/*.json: a hand-signed paper form that two people typed in; no key signed it.

    What counts (content) has a digest of its own, equal wherever people agreed on the boxes.
    """

    CONTENT = ("assignment", "cells", "previous", "revision", "round", "stage")
    RESOLUTION = ("application", "by", "first", "indicator", "reason", "second", "value")
    key, votes, has_comments = b"", {}, True

    def __init__(self, data, name, round_, assignments):
        fields = "content format reason resolved scan typed".split()
        fields = need_keys(json_value(data, name), fields, name)
        if fields["format"] != "reviewer-app/paper-entry/2":
            raise Refused("不是纸质补录文件")
        content = need_keys(fields["content"], self.CONTENT, "补录内容")
        self.name, self.document = name, sha256(data).hex()
        self.digest = sha256(canonical(content).encode("utf-8"))
        self.receipt = receipt(self.digest)
        if content["round"] != round_.digest.hex():
            raise Refused("属于另一场评审")
        by_digest = {digest.hex(): each for digest, each in assignments.items()}
        if content["assignment"] not in by_digest:
            raise Refused("不对应任何一份任务书")
        self.assignment = by_digest[content["assignment"]]
        self.expert = self.assignment.expert
        self.read_order(content)
        self.cells = need(content["cells"], dict, "补录分数")
        self.marks, self.recusals = {}, {}
        for number in self.assignment.applications:
            self.read_row(number, self.cells.get(number))
        if set(self.cells) != set(self.assignment.applications):
            raise Refused("补录了任务书以外的申报")
        self.read_origin(fields)

    def read_order(self, content):
        self.stage = need(content["stage"], int, "轮次")
        self.revision = need(content["revision"], int, "修订号")
        previous = need(content["previous"], str, "上一份的摘要")
        if not 1 <= self.stage <= 9 or not 1 <= self.revision <= 9999:
            raise Refused("轮次或修订号不对")
        if (self.revision == 1) != (previous == ""):
            raise Refused("修订号与上一份的摘要不一致")
        self.previous = hexadecimal(previous) if previous else b""

    def read_row(self, number, row):
        row = need(row, dict, "申报 %s 的补录" % shown(number))
        for text in row.values():
            if not need(text, str, "补录分数"):
                raise Refused("补录中有空格")
        if "*" in row:
            keys = row["*"].split(",")
            if len(row) != 1 or keys != [key for key in GROUNDS if key in keys]:
                raise Refused("申报 %s 的回避写法不对" % shown(number))
            self.recusals[number] = [row["*"], ""]
            return
        leaves = self.assignment.schemes[number].leaves()
        asked = [leaf for leaf in leaves if leaf.asked_of(self.assignment.role)]
        if set(row) != {leaf.code for leaf in asked}:
            raise Refused("申报 %s 的补录缺格或多格" % shown(number))
        self.marks[number] = {leaf.code: self.mark(number, leaf, row) for leaf in asked}
        check_levels(number, asked, self.marks[number], self.assignment.records[number])

    @staticmethod
    def mark(number, leaf, row):
        text = row[leaf.code]
        if text in (NOT_APPLICABLE, ABSTAINED):
            return text
        value = exact(text, "分数")
        fits = leaf.minimum <= value <= leaf.maximum
        if not fits or (value - leaf.minimum) % leaf.step or decimal_text(value) != text:
            raise Refused("申报 %s 指标 %s：%s 不在分值内" % (number, leaf.code, shown(text)))
        return value

    def read_origin(self, fields):
        """Read who typed what, what was settled and which scan it was typed from."""
        self.reason = filled(fields["reason"], "补录事由")
        scan = need_keys(fields["scan"], ("file", "sha256"), "扫描件")
        self.scan_file = filled(scan["file"], "扫描件")
        self.scan = hexadecimal(scan["sha256"]).hex()
        self.typists, salts = [], []
        for each in need(fields["typed"], list, "录入人"):
            need_keys(each, ("at", "by", "salt"), "录入人")
            if not re.fullmatch(TIME, need(each["at"], str, "录入时间")):
                raise Refused("录入时间写法不对")
            self.typists.append(filled(each["by"], "录入人"))
            salts.append(hexadecimal(each["salt"], 16))
        folded = {"".join(unicodedata.normalize("NFKC", n).casefold().split()) for n in self.typists}
        if len(self.typists) != 2 or len(folded) != 2:
            raise Refused("不是由两人分别录入")
        self.settled = need(fields["resolved"], list, "不一致处")
        readings = [{n: dict(row) for n, row in self.cells.items()} for _ in range(2)]
        seen = set()
        for each in self.settled:
            self.read_settled(each, seen, readings)
        self.typed = [
            sha256(salt + canonical({n: row for n, row in cells.items() if row}).encode("utf-8")).hex()
            for salt, cells in zip(salts, readings)
        ]

    def read_settled(self, each, seen, readings):
        """Check one settled cell and put back what each of the two had read."""
        need_keys(each, self.RESOLUTION, "不一致处")
        for text in each.values():
            need(text, str, "不一致处")
        number, code = each["application"], each["indicator"]
        if each["first"] == each["second"] or not each["reason"] or not each["by"]:
            raise Refused("不一致处没有差别、理由或核定人")
        if (number, code) in seen or self.cells.get(number, {}).get(code, "") != each["value"]:
            raise Refused("核定的取值不是计入的取值")
        seen.add((number, code))
        for cells, text in zip(readings, (each["first"], each["second"])):
            cells.setdefault(number, {}).pop(code, None)
            if text:
                cells[number][code] = text


TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def filled(value, what):
    """Return a text that says something."""
    if not need(value, str, what).strip():
        raise Refused("%s 没有填写" % what)
    return value


def hexadecimal(text, size=32):
    """Return the bytes of a digest or salt in lower-case hexadecimal."""
    if not re.fullmatch(r"[0-9a-f]{%d}" % (2 * size), need(text, str, "摘要")):
        raise Refused("摘要写法不对")
    return bytes.fromhex(text)


# --------------------------------------------------------------------------------------
# 7. The indicator table (指标体系) and what one sheet's marks come to.


class NotDerived(Exception):
    """A way of scoring that this program does not compute; never reported as passed."""


FORMULAS = ("bands", "linear", "ratio-to-target", "per-unit", "by-category")


class Node:
    """What indicators and headings share: copies with something changed."""

    def changed(self, **values):
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__, **values)
        return copy


class Leaf(Node):
    """An indicator: it contributes weight × mark ÷ maximum."""

    KNOWN = {"code", "title", "source", "role", "weight", "minimum", "maximum", "step"}
    KNOWN |= {"levels", "inferred", "objective", "guidance", "targets", "specialisms", "method"}
    METHOD = {"kind", "measure", "undefined", "digits", "bands", "domain", "whole", "points"}
    METHOD |= {"below", "target", "value", "cap", "inverse", "base", "start", "every"}
    METHOD |= {"proportional", "case", "otherwise", "category"}

    def __init__(self, data):
        self.code = need(data.get("code"), str, "指标编号")
        self.role = one_of(data.get("role", "score"), ROLES, "指标作用")
        self.weight = exact(data.get("weight", "0"), "权重")
        self.minimum = exact(data.get("minimum", "0"), "下限")
        self.maximum = exact(data["maximum"], "上限") if "maximum" in data else self.weight
        self.step = exact(data.get("step", "1"), "步长")
        if self.step <= 0 or self.maximum <= 0 or self.minimum > self.maximum:
            raise Refused("指标 %s 的分值范围不对" % shown(self.code))
        self.objective = data.get("objective", False) is True
        self.specialisms = list(data.get("specialisms", []))
        self.method = need(data.get("method", {"kind": "judged"}), dict, "计分方式")
        self.kind = one_of(self.method.get("kind"), FORMULAS + ("judged", "chosen"), "计分方式")
        self.formula = self.kind in FORMULAS
        self.levels = [
            (exact(level["low"]), exact(level.get("high", level["low"])))
            for level in data.get("levels", [])
        ]
        self.conditions = [level.get("when") for level in data.get("levels", [])]
        self.strange = sorted(set(data) - self.KNOWN) + sorted(self.strange_in(self.method))

    @classmethod
    def strange_in(cls, method):
        """Return the keys of a method, and of its cases, that this program does not know."""
        cases = need(method.get("case", []), list, "分类") + [method.get("otherwise", {})]
        found = set(method) - cls.METHOD
        return found.union(*(set(need(case, dict, "分类")) - cls.METHOD for case in cases))

    def leaves(self):
        return [self]

    def share(self):
        """Return its part in what its heading divides up; bonuses and penalties have none."""
        return self.weight if self.role == "score" else Fraction(0)

    def concerns(self, role):
        """Tell whether an expert of this specialism is asked for the indicator."""
        return not self.specialisms or role in self.specialisms

    def asked_of(self, role):
        """Tell whether an expert of this specialism gives a mark here."""
        return not self.formula and self.concerns(role)


ROLES = ("score", "bonus", "penalty", "screen")


class Heading(Node):
    """A dimension and what stands under it, which may be headings again."""

    KNOWN = {"code", "title", "source", "inferred", "weight", "of", "pick"}
    KNOWN |= {"at_most", "at_least", "indicator"}

    def __init__(self, data):
        self.code = need(data.get("code"), str, "一级指标编号")
        self.children = [
            Heading(item) if "indicator" in item else Leaf(item)
            for item in need(data.get("indicator"), list, "指标")
        ]
        self.weight = exact(data["weight"], "权重") if "weight" in data else None
        self.pick = one_of(data.get("pick", "all"), ("all", "one", "best"), "取分方式")
        self.at_most = exact(data["at_most"], "上限") if "at_most" in data else None
        self.at_least = exact(data["at_least"], "下限") if "at_least" in data else None
        self.strange = sorted(set(data) - self.KNOWN)

    def leaves(self):
        return [leaf for child in self.children for leaf in child.leaves()]

    def full(self):
        """Return the most the children give together, in this heading's own scale."""
        shares = [child.share() for child in self.children]
        return sum(shares, Fraction(0)) if self.pick == "all" else max(shares)

    def share(self):
        return self.full() if self.weight is None else self.weight


class Scheme(Node):
    """The whole table."""

    KNOWN = {"id", "title", "document", "weight_origin", "guidance_origin", "total", "kinds"}
    KNOWN |= {"note", "dimension", "target", "input", "gate", "conclusion", "variant", "outline"}
    KNOWN |= {"may_exceed", "weight_method"}

    def __init__(self, data):
        need(data, dict, "指标体系")
        self.dimensions = [Heading(x) for x in need(data.get("dimension"), list, "一级指标")]
        self.may_exceed = data.get("may_exceed", False) is True
        self.variants = {
            need(item["category"], str, "类别"): {
                code: exact(weight, "权重") for code, weight in item["weights"].items()
            }
            for item in data.get("variant", [])
        }
        self.targets = {
            item["id"]: (item["relation"], exact(item["value"]) if "value" in item else None)
            for item in data.get("target", [])
        }
        self.conclusions = [
            (item["name"], conditions(item.get("all", [])), conditions(item.get("any", [])))
            for item in data.get("conclusion", [])
        ]
        self.retargeted = set()
        self.strange = sorted(set(data) - self.KNOWN)

    def leaves(self):
        return [leaf for dimension in self.dimensions for leaf in dimension.leaves()]

    def full(self):
        return sum((dimension.share() for dimension in self.dimensions), Fraction(0))


def read_scheme(data):
    try:
        scheme = Scheme(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused("指标体系的写法不对（%s）" % shown(repr(error)))
    codes = [leaf.code for leaf in scheme.leaves()]
    if not codes or len(set(codes)) != len(codes):
        raise Refused("指标编号为空或重复")
    return scheme


# ---- what a responsibility statement (责任书) changes for one application


def effective(scheme, changes):
    """Return the scheme as it stands for one application.

    Stated weights that still give the full total stand as they are; otherwise what was not
    stated shares, within its heading, what the stated ones leave.
    """
    weights, gone, retargeted = {}, set(), set()
    codes = [leaf.code for leaf in scheme.leaves()]
    for change in need(changes, list, "责任书变更"):
        need_keys(change, ("applicable", "indicator", "reason", "target", "weight"), "责任书变更")
        code = change["indicator"]
        if code not in codes:
            raise Refused("责任书变更了不存在的指标 %s" % shown(code))
        if change["weight"] is not None:
            weights[code] = exact(change["weight"], "权重")
            if weights[code] <= 0:
                raise Refused("责任书中指标 %s 的权重不为正" % shown(code))
        if need(change["applicable"], bool, "责任书变更") is False:
            gone.add(code)
        if change["target"]:
            retargeted.add(code)
    scheme = scheme.changed(retargeted=retargeted)
    if not weights and not gone:
        return scheme
    total = scheme.full()
    plain = [reweighted(dimension, weights) for dimension in scheme.dimensions]
    if not gone and sum((node.share() for node in plain), Fraction(0)) == total:
        return scheme.changed(dimensions=plain)
    kept = [node for node, _ in fitted(scheme.dimensions, total, weights, gone)]
    if sum((node.share() for node in kept), Fraction(0)) != total:
        raise Refused("责任书没有给其余指标留下权重")
    return scheme.changed(dimensions=kept)


def is_subtable(heading):
    """Tell whether a heading has a scale of its own, such as a table of 100 that counts 60."""
    return heading.weight is not None and heading.weight != heading.full()


def reweighted(node, weights):
    if isinstance(node, Leaf):
        return node.changed(weight=weights.get(node.code, node.weight))
    changed = node.changed(children=[reweighted(child, weights) for child in node.children])
    if node.weight is None or node.full() == changed.full():
        return changed
    if is_subtable(node):
        raise Refused("%s 的指标权重之和不能改变" % shown(node.code))
    return changed.changed(weight=changed.full())


def fitted(nodes, total, weights, gone):
    """Return [(node, stated)] of what is left; the nodes not stated fill up to the total."""
    left = []
    for node in nodes:
        found = fitted_node(node, weights, gone)
        if found is not None:
            left.append(found)
    stated = sum((node.share() for node, firm in left if firm), Fraction(0))
    free = sum((node.share() for node, firm in left if not firm), Fraction(0))
    if not free:
        return left
    if stated >= total:
        raise Refused("责任书没有给其余指标留下权重")
    factor = (total - stated) / free
    return [(node if firm else multiplied(node, factor), firm) for node, firm in left]


def fitted_node(node, weights, gone):
    if isinstance(node, Leaf):
        if node.code in gone:
            return None
        return node.changed(weight=weights.get(node.code, node.weight)), node.code in weights
    children = fitted(node.children, node.full(), weights, gone)
    if not children:
        return None
    kept = node.changed(children=[child for child, _ in children])
    if node.pick != "all" or kept.full() == node.full() or is_subtable(node):
        return kept, False
    return kept.changed(weight=None), True


def multiplied(node, factor):
    if isinstance(node, Leaf):
        return node.changed(weight=node.weight * factor)
    if is_subtable(node) and node.pick == "all":
        return node.changed(weight=node.weight * factor)

    def times(value):
        return None if value is None else value * factor

    return node.changed(
        children=[multiplied(child, factor) for child in node.children],
        weight=times(node.weight),
        at_most=times(node.at_most),
        at_least=times(node.at_least),
    )


def of_category(scheme, category):
    """Return the scheme with the weights and formulas of one category of applications."""
    if scheme.variants and category:
        if category not in scheme.variants:
            raise Refused("指标体系没有类别 %s" % shown(category))
        weights, total = scheme.variants[category], scheme.full()
        dimensions = []
        for each in scheme.dimensions:
            if each.code in weights:
                each = multiplied(each, weights[each.code] / each.share())
            dimensions.append(reweighted(each, weights))
        scheme = scheme.changed(dimensions=dimensions)
        if scheme.full() != total:
            raise Refused("类别 %s 的权重之和不对" % shown(category))
    return scheme.changed(dimensions=[resolved(each, category) for each in scheme.dimensions])


def resolved(node, category):
    if isinstance(node, Heading):
        return node.changed(children=[resolved(child, category) for child in node.children])
    if node.kind != "by-category":
        return node
    for case in node.method["case"]:
        if case["category"] == category:
            return node.changed(method=case, kind=case["kind"])
    rest = node.method.get("otherwise")
    if rest is None:
        raise Refused("指标 %s 没有类别 %s 的公式" % (node.code, shown(category)))
    return node.changed(method=rest, kind=rest["kind"])


# ---- formula items: from claimed figures to points

ABSENT, UNDEFINED = "absent", "undefined"
OPERATIONS = ("sum", "mean", "lowest", "highest", "difference", "ratio", "growth")


def claims_of(facts):
    """Return the claimed figures by the id of their target or indicator."""
    claims = {}
    for fact in need(facts, list, "申报数据"):
        name = fact.get("target") or fact.get("indicator") or ""
        if claims.setdefault(name, exact(fact["value"], "申报数据")) != exact(fact["value"]):
            raise Refused("%s 申报了两个不同的数" % shown(name))
    return claims


def check_levels(number, leaves, marks, record):
    """Refuse a mark between the values to choose from, or outside the level a figure decides."""
    for leaf in leaves:
        mark = marks.get(leaf.code)
        if not isinstance(mark, Fraction) or leaf.kind not in ("chosen", "judged"):
            continue
        levels = leaf.levels
        if leaf.kind == "judged":
            if "measure" not in leaf.method:
                continue
            levels = guided_levels(leaf, claims_of(record["facts"]))
        if not any(low <= mark <= high for low, high in levels):
            raise Refused("申报 %s 指标 %s：%s 不在可选的档内" % (number, leaf.code, mark))


def guided_levels(leaf, claims):
    """Return the levels a claimed figure leaves open; all where it was not claimed."""
    try:
        value = measured(leaf.method["measure"], claims)
    except NotDerived:
        return leaf.levels  # the tally says that this table is not derived
    if value is ABSENT:
        return leaf.levels
    if value is UNDEFINED:
        return [min(leaf.levels)]
    pairs = zip(leaf.levels, leaf.conditions)
    return [level for level, condition in pairs if condition and lies_in(value, condition)]


def measured(measure, claims):
    """Return the value of a measure: an id, or one operation on other measures."""
    if isinstance(measure, str):
        return claims.get(measure, ABSENT)
    operation = next((key for key in OPERATIONS if key in measure), None)
    strange = set(measure) - {operation, "percent", "partial", "factors"}
    if operation is None or strange:
        raise NotDerived("运算 %s" % shown("、".join(sorted(strange))))
    parts = [measured(part, claims) for part in measure[operation]]
    if "factors" in measure:
        factors = [exact(factor, "系数") for factor in measure["factors"]]
        if operation != "sum" or len(factors) != len(parts):
            raise NotDerived("系数 factors")
        parts = [p * f if isinstance(p, Fraction) else p for p, f in zip(parts, factors)]
    percent = 100 if measure.get("percent") else 1
    if operation == "growth":
        return growth(parts, measure.get("partial", False), percent)
    there = [part for part in parts if part is not ABSENT]
    if len(there) < len(parts) and not (measure.get("partial") and there):
        return ABSENT
    if UNDEFINED in there:
        return UNDEFINED
    if operation == "ratio":
        return there[0] / there[1] * percent if there[1] else UNDEFINED
    if operation == "difference":
        return there[0] - sum(there[1:], Fraction(0))
    return {
        "sum": sum(there, Fraction(0)),
        "mean": sum(there, Fraction(0)) / len(there),
        "lowest": min(there),
        "highest": max(there),
    }[operation]


def growth(years, partial, percent):
    """Return the mean of yearly ratios less one; a first year not above zero drops out."""
    while partial and len(years) > 1 and years[0] is ABSENT:
        years = years[1:]
    for year in years:
        if not isinstance(year, Fraction):
            return year
    if len(years) > 2 and years[0] <= 0:
        years = years[1:]
    if len(years) < 2 or any(year <= 0 for year in years[:-1]):
        return UNDEFINED
    ratios = [later / earlier for earlier, later in zip(years, years[1:])]
    return (sum(ratios, Fraction(0)) / len(ratios) - 1) * percent


def lies_in(value, text):
    """Tell whether a value lies in an interval such as [25,30), >=30 or 3."""
    found = re.fullmatch(r"([\[(])(-?[\d.]*),(-?[\d.]*)([\])])", text)
    if found:
        left, low, high, right = found.groups()
        above = not low or value > exact(low) or (left == "[" and value == exact(low))
        below = not high or value < exact(high) or (right == "]" and value == exact(high))
        return above and below
    if re.match(r"[<>]", text):
        return limit(text)(value)
    return value == exact(text)


def formula_points(leaf, scheme, claims):
    """Return the points of a formula item, or None where a figure was not claimed."""
    method = leaf.method
    default = method.get("target") or leaf.code
    value = measured(method.get("measure", default), claims)
    if value is ABSENT:
        return None
    points = UNDEFINED if value is UNDEFINED else points_for(leaf, scheme, value)
    if points is UNDEFINED:
        return exact(method.get("undefined", "0"))
    if leaf.kind != "bands" and "digits" in method:
        return rounded(points, places(method["digits"]), "half-up")
    return points


def points_for(leaf, scheme, value):
    method = leaf.method
    if leaf.kind == "bands":
        for interval, points in method["bands"]:
            fits = not method.get("whole") or value.denominator == 1
            if fits and lies_in(value, str(interval)):
                return exact(points)
        raise Refused("指标 %s 的申报数 %s 不在任何一档" % (leaf.code, value))
    if leaf.kind == "linear":
        return on_line(value, [(exact(x), exact(y)) for x, y in method["points"]], method)
    if leaf.kind == "per-unit":
        if "below" in method and value < exact(method.get("start", "0")):
            return exact(method["below"])
        units = max((value - exact(method.get("start", "0"))) / exact(method.get("every", "1")), 0)
        steps = units if method.get("proportional") else units // 1
        points = exact(method.get("base", "0")) + steps * exact(method["points"])
        return min(max(points, Fraction(0)), leaf.maximum)
    return to_target(leaf, scheme, value)


def on_line(value, pairs, method):
    if value < pairs[0][0]:
        return exact(method["below"]) if "below" in method else pairs[0][1]
    for (x0, y0), (x1, y1) in zip(pairs, pairs[1:]):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return pairs[-1][1]


def to_target(leaf, scheme, value):
    method = leaf.method
    goal = exact(method["value"]) if "value" in method else None
    inverse = method.get("inverse", False)
    if "target" in method:
        if leaf.code in scheme.retargeted:
            raise NotDerived("指标 %s 的目标值由责任书文字改变" % leaf.code)
        relation, goal = scheme.targets[method["target"]]
        inverse = inverse or relation in ("≤", "<")
    if goal is None or (inverse and value <= 0):
        return UNDEFINED
    ratio = goal / value if inverse else max(value, Fraction(0)) / goal
    return leaf.maximum * min(ratio, exact(method.get("cap", "1")))


# ---- one sheet's marks for one application


class Part:
    """What a node gives: its value, and the points of everything under it."""

    def __init__(self, value=None, points=None, headings=None, missing=()):
        self.value, self.missing = value, list(missing)
        self.points, self.headings = points or {}, headings or {}


class Total:
    """What marks come to: the total, points by dimension and by indicator, what is missing."""

    def __init__(self, scheme, part, marks):
        self.total, self.indicators, self.missing = part.value, part.points, part.missing
        self.dimensions = {each.code: part.headings[each.code] for each in scheme.dimensions}
        screens = {leaf.code: marks.get(leaf.code) for leaf in scheme.leaves()}
        self.conclusion = None
        if not part.missing:
            figures = (part.value, part.headings, part.points, screens)
            self.conclusion = concluded(scheme, *figures)


class About:
    """One application as it is scored: its scheme, category and claimed figures."""

    def __init__(self, scheme, category="", facts=()):
        check_known(scheme)
        self.scheme = of_category(scheme, category)
        self.computed = {}
        formulas = [leaf for leaf in self.scheme.leaves() if leaf.formula]
        claims = claims_of(list(facts)) if formulas else {}
        for leaf in formulas:
            try:
                points = formula_points(leaf, self.scheme, claims)
            except (KeyError, TypeError, IndexError, StopIteration) as error:
                raise Refused("指标 %s 的公式写法不对（%s）" % (leaf.code, shown(repr(error))))
            if points is not None:
                self.computed[leaf.code] = points

    def total_of(self, marks):
        """Return the Total of {code: points or state}; an absent code is missing."""
        marks = dict(marks, **self.computed)
        return Total(self.scheme, added_up(self.scheme, marks), marks)


def check_known(scheme):
    """Raise NotDerived where the scheme holds something this program does not know."""
    strange = list(scheme.strange)

    def look(node):
        strange.extend(node.strange)
        for child in getattr(node, "children", ()):
            look(child)

    for dimension in scheme.dimensions:
        look(dimension)
    if strange:
        raise NotDerived("指标体系使用了 %s" % "、".join(sorted(set(strange))))


def added_up(scheme, marks):
    """Return the whole as one Part.

    The share of an indicator that is not applicable or abstained goes to the others of its
    heading, the share of a heading with nothing left to the other headings; bonuses and
    penalties count in the heading's own points and are never stretched.
    """
    alive = set()

    def mark_alive(node):
        if isinstance(node, Leaf):
            lives = node.role == "score" and marks.get(node.code) not in (NOT_APPLICABLE, ABSTAINED)
        else:
            lives = any([mark_alive(child) for child in node.children])
        if lives:
            alive.add(id(node))
        return lives

    def rate_of(nodes, share):
        living = sum((node.share() for node in nodes if id(node) in alive), Fraction(0))
        return share / living if living else Fraction(0)

    def share_of_node(node, rate):
        return node.share() * rate if id(node) in alive else Fraction(0)

    def together(nodes, share, unit):
        rate = rate_of(nodes, share)
        return joined([part_of(node, share_of_node(node, rate), unit) for node in nodes])

    def part_of(node, share, unit):
        if isinstance(node, Leaf):
            return leaf_part(node, marks.get(node.code), share, unit)
        full = node.full()
        inner = unit * node.share() / full if full else unit
        if node.pick == "all":
            part = together(node.children, share, inner)
        else:
            rate = share / full
            parts = [part_of(c, share_of_node(c, rate), inner) for c in node.children]
            part = picked(node, parts)
        scale = share / full if share else inner
        part = capped(part, node.at_least, node.at_most, scale)
        part.headings[node.code] = part.value
        return part

    for dimension in scheme.dimensions:
        mark_alive(dimension)
    whole_part = together(scheme.dimensions, scheme.full(), Fraction(1))
    if not alive:
        whole_part.value = None
        return whole_part
    penalties = any(leaf.role == "penalty" for leaf in scheme.leaves())
    top = None if scheme.may_exceed else scheme.full()
    return capped(whole_part, Fraction(0) if penalties else None, top, Fraction(1))


def leaf_part(leaf, mark, share, unit):
    if not isinstance(mark, Fraction):
        return Part(points={leaf.code: None}, missing=[leaf.code] if mark is None else [])
    if leaf.role == "screen":
        return Part(points={leaf.code: Fraction(0)})
    worth = share if leaf.role == "score" else unit * leaf.weight
    value = worth * mark / leaf.maximum
    value = -value if leaf.role == "penalty" else value
    return Part(value, {leaf.code: value})


def joined(parts):
    whole_part = Part(added(part.value for part in parts))
    for part in parts:
        whole_part.points.update(part.points)
        whole_part.headings.update(part.headings)
        whole_part.missing += part.missing
    return whole_part


def picked(node, parts):
    """Return the one child that counts: the only one scored, or the first of the best."""
    scored = [at for at, part in enumerate(parts) if part.value is not None]
    if node.pick == "one" and len(scored) > 1:
        raise Refused("%s 只能有一项得分" % shown(node.code))
    everything = joined(parts)
    if not scored:
        return everything
    best = parts[max(scored, key=lambda at: (parts[at].value, -at))]
    judged = [leaf.code for leaf in node.leaves() if not leaf.formula]
    best.points = dict({code: None for code in everything.points}, **best.points)
    best.missing = [c for c in everything.missing if node.pick == "best" and c in judged]
    return best


def capped(part, low, high, scale):
    """Return the part between its limits, which are points of its own scale."""
    if part.value is not None:
        if high is not None and part.value > high * scale:
            part.value = high * scale
        elif low is not None and part.value < low * scale:
            part.value = low * scale
    return part


def added(values):
    numbers = [value for value in values if value is not None]
    return sum(numbers, Fraction(0)) if numbers else None


# ---- conclusions a scheme draws itself


def conditions(items):
    """Return [(subject, code, test)] of conditions such as total > 70 or screen:S1."""
    pattern = r"(total|dimension|indicator|screen)(?::(\S+))?(?: *(>=|<=|>|<) *(-?[\d.]+))?"
    found = []
    for text in items:
        match = re.fullmatch(pattern, need(text, str, "结论条件"))
        if not match or bool(match.group(3)) == (match.group(1) == "screen"):
            raise Refused("结论条件“%s”不认识" % shown(text))
        subject, code, relation, value = match.groups()
        test = limit(relation + value) if relation else limit(">1/2")
        found.append((subject, code or "", test))
    return found


def concluded(scheme, total, headings, points, screens):
    """Return the first conclusion whose conditions hold; None where a figure is lacking."""
    tables = {"dimension": headings, "indicator": points, "screen": screens}

    def test(condition):
        subject, code, holds = condition
        figure = total if subject == "total" else tables[subject].get(code)
        return holds(figure) if isinstance(figure, Fraction) else None

    for name, every, some in scheme.conclusions:
        all_of, any_of = [test(each) for each in every], [test(each) for each in some]
        if False in all_of or (any_of and all(verdict is False for verdict in any_of)):
            continue
        if None in all_of or (any_of and True not in any_of):
            return None
        return name
    return None


# --------------------------------------------------------------------------------------
# 8. The review rules, and how sheets become results.


class Rules:
    """The rules as signed; every key is there."""

    SHAPE = {
        "aggregation": (
            "drop_high drop_low expert_weights level method minimum_sheets".split()
        ),
        "rounding": "mode result_digits sheet_digits".split(),
        "ranking": "basis ties".split(),
        "recheck": "deviation_reason deviation_warn low_mark_reason".split(),
        "decision": "bands majority majority_of pass_mark quorum recommend".split(),
        "panel": "bureau_share minimum odd same_employer".split(),
    }

    def __init__(self, data):
        groups = {"groups"} & set(need(data, dict, "评审规则"))
        second = {"second"} & set(data)
        need_keys(data, {*self.SHAPE, *groups, *second}, "评审规则")
        for part, keys in self.SHAPE.items():
            more = {"normalise", "machines"} & set(data[part]) if part == "aggregation" else ()
            asked = {"attendance"} & set(data[part]) if part == "panel" else ()
            need_keys(data[part], [*keys, *more, *asked], "评审规则 [%s]" % part)
            if asked:
                need(data[part]["attendance"], bool, "评审规则 [panel] attendance")
        self.aggregation(data["aggregation"])
        rounding, ranking = data["rounding"], data["ranking"]
        self.mode = one_of(rounding["mode"], ("half-up", "half-even", "truncate"), "修约")
        self.result_digits = places(rounding["result_digits"])
        digits = rounding["sheet_digits"]
        self.sheet_digits = None if digits == "exact" else places(digits)
        self.basis = one_of(ranking["basis"], ("published", "exact"), "排名依据")
        self.ties = need(ranking["ties"], list, "同分规则")
        recheck = data["recheck"]
        self.warn = share_of(recheck["deviation_warn"], "偏离提示")
        self.reason = share_of(recheck["deviation_reason"], "偏离说明")
        low = recheck["low_mark_reason"]
        self.low = None if low == "none" else share_of(low, "低分说明")
        self.decision(data["decision"])
        self.groups = Groups(data["groups"], self.mode) if groups else None
        self.second, self.second_counts = bool(second), True
        if second:
            part = need_keys(data["second"], ("counts", "reasons"), "评审规则 [second]")
            one_of(part["reasons"], ("none", "changed"), "改分理由")
            self.second_counts = one_of(part["counts"], ("second", "first"), "复评") == "second"

    def aggregation(self, part):
        self.normalises = "normalise" in part
        if self.normalises:
            one_of(part["normalise"], ("z-score",), "标准化")
        self.machines = natural(part.get("machines", 1), "汇总电脑台数")
        if "machines" in part and self.machines != 2:
            raise Refused("评审规则 [aggregation] 的 machines 只能是 2，写的是 %s" % self.machines)
        self.method = one_of(part["method"], ("mean", "trimmed", "median"), "合成方法")
        self.level = one_of(part["level"], ("total", "indicator"), "合成层级")
        self.drop_high = natural(part["drop_high"], "去高")
        self.drop_low = natural(part["drop_low"], "去低")
        self.minimum = natural(part["minimum_sheets"], "最少份数")
        weights = part["expert_weights"]
        self.weights = {} if weights == "equal" else need(weights, dict, "专家权重")
        self.weights = {name: exact(value) for name, value in self.weights.items()}

    def decision(self, part):
        self.pass_mark = None if part["pass_mark"] == "none" else limit(part["pass_mark"])
        self.bands = [(band[0], limit(band[1])) for band in need(part["bands"], list, "等次")]
        self.quorum = share_of(part["quorum"], "法定人数")
        self.majority = share_of(part["majority"], "多数")
        self.majority_of = one_of(part["majority_of"], ("present", "entitled"), "多数基数")
        number = part["recommend"]
        self.recommend = None if number == "none" else need(number, int, "推荐数")

    def weight_of(self, expert, role):
        return self.weights.get(expert, self.weights.get(role, Fraction(1)))


class Groups:
    """Several groups ranked together, and how their factors arise."""

    KEYS = "applications digits drop_high drop_low factor".split()

    def __init__(self, data, mode):
        need_keys(data, self.KEYS, "评审规则 [groups]")
        self.factor = one_of(data["factor"], ("all", "means"), "分组系数")
        self.drop_high = natural(data["drop_high"], "分组去高")
        self.drop_low = natural(data["drop_low"], "分组去低")
        self.digits = None if data["digits"] == "exact" else places(data["digits"])
        self.mode = mode
        self.members = need(data["applications"], dict, "分组")
        self.of = {n: g for g, each in self.members.items() for n in texts(each, "分组")}
        if sum(map(len, self.members.values())) != len(self.of):
            raise Refused("同一申报在两个组里")

    def rounded(self, value):
        return value if self.digits is None else rounded(value, self.digits, self.mode)

    def mean(self, figures):
        """Return the mean without the extremes; None where nothing is left."""
        kept = sorted(figures)[self.drop_low : max(len(figures) - self.drop_high, 0)]
        return self.rounded(sum(kept, Fraction(0)) / len(kept)) if kept else None

    def factors(self, results):
        """Return results.json's groups, from the exact results by group."""
        means = {name: self.mean(figures) for name, figures in results.items()}
        unfit = {name: "too-few" for name, mean in means.items() if mean is None}
        reference = Fraction(0)
        if not unfit:
            own = list(means.values())
            everybody = [figure for figures in results.values() for figure in figures]
            reference = (
                self.mean(everybody)
                if self.factor == "all"
                else self.rounded(sum(own, Fraction(0)) / len(own))
            )
            unfit = {name: "not-positive" for name, mean in means.items() if mean <= 0}
        factors = {}
        if not unfit:
            factors = {name: self.rounded(reference / mean) for name, mean in means.items()}

        def text(value):
            return None if value is None else str(value)

        rows = [
            {
                "name": name,
                "mean": text(means[name]),
                "factor": text(factors.get(name)),
                "unfit": unfit.get(name, ""),
            }
            for name in sorted(means)
        ]
        return {"reference": str(reference), "groups": rows}, factors


def places(digits):
    """Return a number of decimal places; refused where it is none that anyone prints."""
    if not 0 <= need(digits, int, "小数位数") <= 12:
        raise Refused("小数位数不对")
    return digits


def natural(value, what):
    if need(value, int, what) < 0:
        raise Refused("%s是负数" % what)
    return value


def one_of(value, choices, what):
    if value not in choices:
        raise Refused("%s“%s”不认识" % (what, shown(value)))
    return value


def limit(text):
    """Return a test such as >=60 as a function of a figure."""
    found = re.fullmatch(r"(>=|<=|>|<)(\S+)", text if isinstance(text, str) else "")
    if not found:
        raise Refused("界限“%s”不认识" % shown(text))
    value = exact(found.group(2), "界限")
    return {
        ">=": lambda figure: figure >= value,
        "<=": lambda figure: figure <= value,
        ">": lambda figure: figure > value,
        "<": lambda figure: figure < value,
    }[found.group(1)]


class Voice:
    """One expert's figure and what it weighs."""

    def __init__(self, expert, value, weight):
        self.expert, self.value, self.weight = expert, value, weight


def combine(voices, rules):
    """Return (figure, {expert: high or low}) of several figures under the rules."""
    if rules.method == "median":
        return middle(voices), {}
    dropped = {}
    enough = len(voices) >= rules.minimum and len(voices) > rules.drop_high + rules.drop_low
    if rules.method == "trimmed" and enough:
        low = sorted(voices, key=lambda v: (v.value, v.weight, v.expert))[: rules.drop_low]
        rest = [voice for voice in voices if voice not in low]
        high = sorted(rest, key=lambda v: (-v.value, v.weight, v.expert))[: rules.drop_high]
        voices = [voice for voice in rest if voice not in high]
        dropped = {voice.expert: "low" for voice in low}
        dropped.update({voice.expert: "high" for voice in high})
    return average(voices), dropped


def average(voices):
    total = sum((voice.value * voice.weight for voice in voices), Fraction(0))
    return total / sum((voice.weight for voice in voices), Fraction(0))


def middle(voices):
    """Return the figure at which half of all weight is reached, or the mean of two there."""
    ordered = sorted(voices, key=lambda voice: voice.value)
    half = sum((voice.weight for voice in ordered), Fraction(0)) / 2
    reached = Fraction(0)
    for at, voice in enumerate(ordered):
        reached += voice.weight
        if reached == half:
            return (voice.value + ordered[at + 1].value) / 2
        if reached > half:
            return voice.value
    raise Refused("没有可取中位数的分数")


class Hearing:
    """One application: its scheme, the sheets that scored it, and what follows."""

    def __init__(self, number, about, sheets, rules, level):
        self.number, self.about, self.rules, self.level = number, about, rules, level
        self.scheme = about.scheme
        self.sheets = sheets  # [(expert, role, {code: points or state})] by expert number
        self.figures = []  # (expert, exact total, counted total, weight, Total, partial)
        self.vote = None
        self.rank, self.tie_break, self.conclusion = None, "", None
        self.dropped, self.trimmed, self.exact = {}, False, None
        self.dimensions = {dimension.code: None for dimension in self.scheme.dimensions}
        self.indicators = {leaf.code: None for leaf in self.scheme.leaves()}
        for expert, role, marks in sheets:
            self.add(expert, role, marks)
        self.group = rules.groups.of.get(number, "") if rules.groups else ""
        self.unadjusted = None

    def combine(self):
        """Combine the counted totals, or the marks; what is published follows later."""
        if self.figures:
            self.combine_totals() if self.level == "total" else self.combine_marks()
        self.unadjusted = self.exact

    def add(self, expert, role, marks):
        found = self.about.total_of(marks)
        for leaf in self.scheme.leaves():
            if leaf.code in found.missing and leaf.concerns(role):
                raise Refused("专家 %s 缺申报 %s 指标 %s" % (expert, self.number, leaf.code))
        if found.total is None:
            return
        counted = found.total
        if self.rules.sheet_digits is not None:
            counted = rounded(counted, self.rules.sheet_digits, self.rules.mode)
        weight = self.rules.weight_of(expert, role)
        figure = (expert, found.total, counted, weight, found, bool(found.missing))
        self.figures.append(figure)

    def combine_totals(self):
        voices = [Voice(figure[0], figure[2], figure[3]) for figure in self.figures]
        self.exact, self.dropped = combine(voices, self.rules)
        self.trimmed = bool(self.dropped)
        for points, name in ((self.dimensions, "dimensions"), (self.indicators, "indicators")):
            for code in points:
                heard = [
                    Voice(figure[0], getattr(figure[4], name)[code], figure[3])
                    for figure in self.figures
                    if getattr(figure[4], name)[code] is not None
                ]
                points[code] = average(heard) if heard else None
        marks = {}
        for leaf in self.scheme.leaves():
            voices = self.voices(leaf.code)
            marks[leaf.code] = average(voices) if voices else None
        figures = (self.exact, self.dimensions, self.indicators, marks)
        self.conclusion = concluded(self.scheme, *figures)

    def voices(self, code):
        """Return the marks of one indicator from those who scored it."""
        return [
            Voice(expert, marks[code], self.rules.weight_of(expert, role))
            for expert, role, marks in self.sheets
            if isinstance(marks.get(code), Fraction)
        ]

    def combine_marks(self):
        """Combine each indicator's marks, then total the combined marks once."""
        marks = {}
        for leaf in self.scheme.leaves():
            voices = self.voices(leaf.code)
            given = {m[leaf.code] for _, _, m in self.sheets if leaf.code in m}
            if voices:
                marks[leaf.code], dropped = combine(voices, self.rules)
                self.trimmed = self.trimmed or bool(dropped)
            elif given:
                marks[leaf.code] = NOT_APPLICABLE if given == {NOT_APPLICABLE} else ABSTAINED
        found = self.about.total_of(marks)
        self.exact = None if found.missing else found.total
        self.dimensions, self.indicators = found.dimensions, found.indicators
        self.conclusion = found.conclusion

    def decide(self):
        rules = self.rules
        self.figure = self.published = self.band = self.passes = None
        if self.exact is None:
            return
        self.figure = rounded(self.exact, rules.result_digits, rules.mode)
        self.published = published(self.exact, rules.result_digits, rules.mode)
        self.band = next((name for name, test in rules.bands if test(self.figure)), None)
        self.passes = rules.pass_mark(self.figure) if rules.pass_mark else None

    def criterion(self, name):
        """Return the figure a tie criterion compares, larger first; None stands last."""
        kind, _, code = name.partition(":")
        if kind in ("dimension", "indicator") and code:
            points = self.dimensions if kind == "dimension" else self.indicators
            return points.get(code)
        if name == "exact":
            return self.exact
        if name == "approvals":
            return None if self.vote is None else Fraction(self.vote["approve"])
        whole_totals = [figure[2] for figure in self.figures if not figure[5]]
        if name not in ("mean", "median", "sum", "high", "low", "spread"):
            raise NotDerived("同分规则 %s" % shown(name))
        if not whole_totals:
            return None
        low, high = min(whole_totals), max(whole_totals)
        return {
            "mean": sum(whole_totals, Fraction(0)) / len(whole_totals),
            "median": middle([Voice("", value, Fraction(1)) for value in whole_totals]),
            "sum": sum(whole_totals, Fraction(0)),
            "high": high,
            "low": low,
            "spread": low - high,
        }[name]


NORMALISED_LEAST, FACTOR_DECIMALS = 8, 9
FEEDBACK_LEAST = 5  # fewer marks than this are not told to anybody


def middle_of(figures):
    """Return how figures lie: their middle one and the distance of the quartiles, from 5 on."""
    ordered, told = sorted(figures), {"median": None, "width": None}
    if len(ordered) >= FEEDBACK_LEAST:

        def at(quarters):
            place = Fraction(quarters, 4) * (len(ordered) - 1)
            below = place.numerator // place.denominator
            above = min(below + 1, len(ordered) - 1)
            return ordered[below] + (place - below) * (ordered[above] - ordered[below])

        told = {"median": str(at(2)), "width": str(at(3) - at(1))}
    return dict(told, count=len(ordered))


def figures_of(hearing):
    """Return one application's anonymised feedback: the whole totals, then each indicator."""
    rows = []
    for leaf in hearing.scheme.leaves():
        marks = [marks.get(leaf.code) for _, _, marks in hearing.sheets]
        scored = [mark for mark in marks if isinstance(mark, Fraction)]
        rows.append(dict(middle_of(scored), indicator=leaf.code))
    totals = [figure[1] for figure in hearing.figures if not figure[5]]
    return dict(middle_of(totals), application=hearing.number, indicators=rows)


def normalise(hearings):
    """Put every expert's counted totals on one yardstick; return what results.json says.

    The panel's mean + (total − own mean) × √(panel's variance ÷ own variance); the root, and
    nothing else, is rounded, half up to nine decimals. One unfit expert stops it for all.
    """
    totals = {}
    for hearing in hearings:
        for figure in hearing.figures:
            totals.setdefault(figure[0], []).append(figure[2])
    rows = []
    for expert in sorted(totals):
        given = totals[expert]
        mean = sum(given, Fraction(0)) / len(given)
        squares = sum(((value - mean) ** 2 for value in given), Fraction(0))
        variance = squares / (len(given) - 1) if len(given) > 1 else Fraction(0)
        flat = "" if variance else "flat"
        unfit = "too-few" if len(given) < NORMALISED_LEAST else flat
        rows.append([expert, mean, variance, Fraction(0), unfit])
    overall, spread = Fraction(0), Fraction(0)
    if rows and not any(row[4] for row in rows):
        overall = sum((row[1] for row in rows), Fraction(0)) / len(rows)
        spread = sum((row[2] for row in rows), Fraction(0)) / len(rows)
        own = {}
        for row in rows:
            row[3] = square_root(spread / row[2])
            own[row[0]] = (row[1], row[3])
        for hearing in hearings:
            hearing.figures = [
                (f[0], f[1], overall + (f[2] - own[f[0]][0]) * own[f[0]][1]) + f[3:]
                for f in hearing.figures
            ]
    keys = ("expert", "mean", "variance", "factor", "unfit")
    experts = [dict(zip(keys, map(str, row))) for row in rows]
    return {"mean": str(overall), "variance": str(spread), "experts": experts}


def square_root(square):
    """Return the square root, half up to FACTOR_DECIMALS decimals."""
    scale = 10**FACTOR_DECIMALS
    doubled = math.isqrt(4 * scale * scale * square.numerator // square.denominator)
    return Fraction((doubled + 1) // 2, scale)


def multiply_groups(hearings, groups):
    """Multiply every result by its group's factor; return what results.json says."""
    if set(groups.of) != {hearing.number for hearing in hearings}:
        raise Refused("分组与本场的申报不一致")
    results = {name: [] for name in groups.members}
    for hearing in hearings:
        if hearing.exact is not None:
            results[hearing.group].append(hearing.exact)
    stated, factors = groups.factors(results)
    for hearing in hearings:
        if hearing.exact is not None and hearing.group in factors:
            hearing.exact *= factors[hearing.group]
    return stated


def give_places(hearings, rules):
    """Rank by the figure, then by the tie chain; equals share a place, the next is skipped."""
    basis = "figure" if rules.basis == "published" else "exact"
    ranked = [each for each in hearings if getattr(each, basis) is not None]

    def key(value):
        return (value is not None, value if value is not None else Fraction(0))

    def settle(group, place, depth):
        if len(group) == 1:
            group[0].rank = place
            group[0].tie_break = rules.ties[depth - 1] if depth else ""
        elif depth == len(rules.ties):
            for each in group:
                each.rank, each.tie_break = place, "shared"
        else:
            split(group, place, depth + 1, lambda each: each.criterion(rules.ties[depth]))

    def split(group, place, depth, value):
        keys = {id(each): key(value(each)) for each in group}
        for wanted in sorted(set(keys.values()), reverse=True):
            equal = [each for each in group if keys[id(each)] == wanted]
            settle(equal, place, depth)
            place += len(equal)

    split(ranked, 1, 0, lambda each: getattr(each, basis))


def needed_votes(number, share):
    """Return the smallest whole number that is at least the share of a number."""
    return -(-number * share.numerator // share.denominator)


def decided_vote(counts, entitled, reservations, rules, source):
    """Return the vote as results.json states it, from the counts."""
    approve, reject, abstain = counts
    present = approve + reject + abstain
    base = present if rules.majority_of == "present" else entitled
    needed = max(needed_votes(base, rules.majority), 1)
    quorate = present > 0 and present >= needed_votes(entitled, rules.quorum)
    passed = quorate and approve >= needed
    return {
        "approve": approve,
        "reject": reject,
        "abstain": abstain,
        "entitled": entitled,
        "needed": needed,
        "quorate": quorate,
        "passed": passed,
        "unanimous": passed and approve == present and not reservations,
        "reservations": reservations,
        "source": source,
    }


def read_reservations(items, present):
    """Return the reservations of a recorded vote: by expert, each once, with a text."""
    for item in need(items, list, "保留意见"):
        need_keys(item, ("expert", "text"), "保留意见")
        if not need(item["expert"], str, "保留意见") or not need(item["text"], str, "保留意见"):
            raise Refused("保留意见没有专家或内容")
    experts = [item["expert"] for item in items]
    if experts != sorted(set(experts)) or len(experts) > present:
        raise Refused("保留意见重复、次序不对或多于票数")
    return items


def flags_of(hearing, rules):
    """Yield (kind, expert, indicator, figure, limit) of every re-check that finds something."""
    leaves = hearing.scheme.leaves()
    for leaf in leaves:
        given = {m[leaf.code] for _, _, m in hearing.sheets if leaf.code in m}
        if leaf.objective and len(given - {ABSTAINED}) > 1:
            yield "objective", "", leaf.code, None, None
    for expert, _, marks in hearing.sheets:
        for leaf in leaves:
            mark = marks.get(leaf.code)
            inside = any(low <= mark <= high for low, high in leaf.levels) if isinstance(
                mark, Fraction
            ) else True
            if leaf.kind == "chosen" and not inside:
                yield "out-of-range", expert, leaf.code, mark, leaf.maximum
    whole_figures = [figure for figure in hearing.figures if not figure[5]]
    for figure in whole_figures:
        others = [each[2] for each in whole_figures if each is not figure]
        mean = sum(others, Fraction(0)) / len(others) if others else Fraction(0)
        if mean:
            share = (figure[2] - mean) / abs(mean)
            if abs(share) > rules.reason:
                yield "deviation-reason", figure[0], "", share, rules.reason
            elif abs(share) > rules.warn:
                yield "deviation-warn", figure[0], "", share, rules.warn
    if rules.low is not None:
        for expert, _, marks in hearing.sheets:
            for leaf in leaves:
                mark = marks.get(leaf.code)
                if isinstance(mark, Fraction) and mark < leaf.maximum * rules.low:
                    yield "low-mark", expert, leaf.code, mark, leaf.maximum * rules.low


# --------------------------------------------------------------------------------------
# 9. The archive as a whole.

ANSWERS = ("sheet-received", "paper-entered")  # what the log says of something that may count
OPENED, ENDED, LETTER = "second-opened", "second-closed", "feedback-issued"
EMBEDDED = b"/Type /EmbeddedFile"  # how the program's writer marks what a PDF carries
PASS, FAIL, SKIP = "pass", "fail", "not-derived"
MARKS = {PASS: ("通过", "OK"), FAIL: ("不符", "FAIL"), SKIP: ("未算", "NOT CHECKED")}


class Report:
    """What was checked, line by line."""

    def __init__(self):
        self.lines = []
        self.notes = []

    def add(self, check, state, detail):
        self.lines.append({"check": check, "ok": state == PASS, "state": state, "detail": detail})

    def run(self, check, work):
        """Run one check; its answer is the line's text, or (text, value)."""
        try:
            answer = work()
        except Refused as error:
            self.add(check, FAIL, str(error))
            return None
        except NotDerived as error:
            self.add(check, SKIP, "本程序不重算：%s" % error)
            return None
        text, value = answer if isinstance(answer, tuple) else (answer, True)
        self.add(check, PASS, text)
        return value

    def failures(self):
        return [line for line in self.lines if line["state"] == FAIL]


def attached_to(paper, most):
    """Return the file attached to a PDF of the program's own writer, None for any other form."""
    start = paper.find(EMBEDDED) + len(EMBEDDED)
    end = paper.find(b"\nstream\n", start, start + 200)
    head = paper[start : max(end, start)].decode("latin-1")
    found = re.fullmatch(r" /Length ([0-9]{1,9}) /Filter /FlateDecode >>", head)
    if found is None or paper.count(EMBEDDED) != 1 or paper.count(b"startxref") != 1:
        return None
    first = end + len(b"\nstream\n")
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(paper[first : first + int(found.group(1))], most)
    except zlib.error:
        return None
    return data if inflater.eof else None


class Archive:
    """An archive under examination; later checks use what earlier ones found."""

    FIXED = {"verify.py", "README.txt", "manifest.json", "manifest.cose", "round.cose"}
    FIXED |= {"log.jsonl", "results.json", "statistics.json", "marks.csv", "metadata.json"}
    SOMETIMES = {"feedback.json"}
    FOLDERS = ("roster/", "assignments/", "sheets/", "entries/", "papers/", "scans/")

    def __init__(self, source, report):
        self.source, self.report = source, report
        self.round = None
        self.rosters, self.assignments, self.sheets, self.entries = [], {}, [], []
        self.log, self.counted, self.back, self.results = [], {}, {}, None
        self.hearings, self.arrived = [], {}

    def under(self, folder):
        return [name for name in self.source.names() if name.startswith(folder)]

    def examine(self, bureau_key):
        run = self.report.run
        self.round = run("round", self.check_round)
        run("manifest", self.check_manifest)
        if self.round is None:
            self.report.add("bureau-key", FAIL, "没有可用的 round.cose，其余各项无法核验")
            return
        if bureau_key:
            run("bureau-key", lambda: self.check_bureau_key(bureau_key))
        run("metadata", self.check_metadata)
        run("roster", self.check_rosters)
        run("assignments", self.check_assignments)
        for name in self.under("sheets/"):
            sheet = run("sheet", lambda name=name: self.check_sheet(name))
            if sheet:
                self.sheets.append(sheet)
        for name in self.under("entries/"):
            entry = run("entry", lambda name=name: self.check_entry(name))
            if entry:
                self.entries.append(entry)
        run("log", self.check_log)
        run("received", self.check_received)
        if self.entries or any(event == "paper-entered" for _, event, _ in self.log):
            run("entries", self.check_entries)
        run("revisions", self.check_revisions)
        run("closing", self.check_closing)
        if any(event == "order-drawn" for _, event, _ in self.log):
            run("order", self.check_order)
        run("scans", self.check_scans)
        if not self.rosters:
            self.report.add("results", FAIL, "没有可用的名册，无法重算结果")
            return
        run("completeness", self.check_completeness)
        self.check_results()

    # ---- container and signed documents

    def check_round(self):
        data = self.source.read("round.cose")
        found = Round(data)
        text = "round.cose 签名有效：%s，本场指纹 %s" % (
            shown(found.title),
            fingerprint(found.digest),
        )
        return text, found

    def check_manifest(self):
        manifest = self.source.read("manifest.json")
        data = need_keys(json_value(manifest, "manifest.json"), ("files", "format"), "manifest")
        if data["format"] != "reviewer-app/manifest/1":
            raise Refused("manifest.json 的格式不认识")
        if self.round is not None:
            what = "manifest.cose"
            fields = opened(
                self.source.read(what), self.round.key, data["format"], 2, what
            )
            if fields[1] != self.round.digest or fields[2] != sha256(manifest):
                raise Refused("manifest.cose 签的不是这份 manifest.json")
        listed = {}
        for line in need(data["files"], list, "manifest.json"):
            need_keys(line, ("path", "sha256", "size"), "manifest.json")
            listed[need(line["path"], str, "manifest.json")] = line
        present = set(self.source.names()) - {"manifest.json", "manifest.cose"}
        self.check_names(listed, present)
        wrong = [name for name in sorted(listed) if not self.same(name, listed[name])]
        if wrong:
            raise Refused("与清单不一致的文件：%s" % "、".join(shown(name) for name in wrong))
        return "清单签名有效，%d 个文件的大小和 SHA-256 全部一致，无多余文件" % len(listed)

    def check_names(self, listed, present):
        missing, extra = sorted(set(listed) - present), sorted(present - set(listed))
        if missing:
            raise Refused("缺少文件：%s" % "、".join(shown(name) for name in missing[:20]))
        if extra:
            raise Refused("清单以外的文件：%s" % "、".join(shown(name) for name in extra[:20]))
        absent = sorted(self.FIXED - present - {"manifest.json", "manifest.cose"})
        if absent:
            raise Refused("档案中应有的文件不在：%s" % "、".join(absent))
        for name in present:
            known = name in self.FIXED | self.SOMETIMES
            if not known and not name.startswith(self.FOLDERS):
                raise Refused("%s 不是档案应有的文件" % shown(name))

    def same(self, name, line):
        try:
            data = self.source.read(name)
        except Refused:
            return False
        return line["size"] == len(data) and line["sha256"] == sha256(data).hex()

    def check_bureau_key(self, wanted):
        own = fingerprint(sha256(self.round.key))
        if wanted not in (own.replace(" ", ""), sha256(self.round.key).hex().upper()):
            raise Refused("签名密钥的指纹是 %s，不是给出的那一个" % own)
        return "签名密钥的指纹与给出的一致：%s" % own

    def check_metadata(self):
        keys = "bureau_key closing date format kind organiser place program round sealed title"
        data = json_value(self.source.read("metadata.json"), "metadata.json")
        need_keys(data, keys.split(), "metadata.json")
        own = {
            "format": "reviewer-app/archive/1",
            "bureau_key": self.round.key.hex(),
            "round": self.round.id,
            "title": self.round.title,
            "kind": self.round.kind,
            "organiser": self.round.organiser,
            "date": self.round.date,
            "place": self.round.place,
        }
        for key, value in own.items():
            if data[key] != value:
                raise Refused("metadata.json 的 %s 与 round.cose 不一致" % key)
        self.closing = need_keys(data["closing"], ("at", "log_head", "reason"), "metadata.json")
        for key in ("at", "log_head", "reason"):
            need(self.closing[key], str, "metadata.json 的 closing")
        return "著录与评审会文件一致"

    def check_rosters(self):
        names = self.under("roster/")
        if not names:
            raise Refused("没有名册")
        found = [Roster(self.source.read(name), name, self.round) for name in names]
        for place, roster in enumerate(found):
            if roster.version != place + 1:
                raise Refused("%s 的版本号应为 %d" % (names[place], place + 1))
            before = found[place - 1].digest if place else b""
            if roster.previous != before or (roster.reason == "") != (place == 0):
                raise Refused("%s 与上一版名册不衔接" % names[place])
            if roster.commitments != found[0].commitments:
                raise Refused("%s 改动了申报记录的承诺" % names[place])
        self.rosters = found
        text = "%d 版名册签名有效、前后衔接" % len(found)
        reasons = ["第 %d 版：%s" % (r.version, shown(r.reason)) for r in found[1:]]
        return "；".join([text] + reasons)

    def check_assignments(self):
        found = {}
        for name in self.under("assignments/"):
            each = Assignment(self.source.read(name), name, self.round)
            found[each.digest] = each
        if len({each.expert for each in found.values()}) != len(found):
            raise Refused("同一专家有两份任务书")
        for roster in self.rosters:
            for number, member in roster.members.items():
                each = found.get(member["assignment"])
                if each is None or each.expert != number or each.name != member["name"]:
                    raise Refused("专家 %s 的任务书缺失或与名册不符" % shown(number))
                if each.applications != member["applications"]:
                    raise Refused("专家 %s 的申报与名册不符" % shown(number))
        known = {m["assignment"] for roster in self.rosters for m in roster.members.values()}
        for each in found.values():
            if self.rosters and each.digest not in known:
                raise Refused("专家 %s 的任务书不在任何一版名册中" % shown(each.expert))
            for number, commitment in each.commitments.items():
                if self.rosters and self.rosters[-1].commitments[number] != commitment:
                    raise Refused("专家 %s 的申报 %s 与承诺不符" % (each.expert, number))
        self.assignments = found
        return "%d 份任务书签名有效，与名册和申报记录的承诺一致" % len(found)

    # ---- sheets and log

    def check_sheet(self, name):
        data = self.source.read(name)
        try:
            sheet = Sheet(data, name, self.round, self.assignments)
        except Refused as error:
            raise Refused("%s：%s" % (shown(name), error))
        expected = "sheets/%s-" % sheet.expert
        if not name.startswith(expected):
            raise Refused("%s：内容是专家 %s 的评分表" % (shown(name), shown(sheet.expert)))
        text = "%s：专家 %s 签名有效，绑定本场与任务书，分值、回避、评语摘要正确" % (
            shown(name),
            shown(sheet.expert),
        )
        return text + ("" if sheet.has_comments else "（评语待补）"), sheet

    def check_entry(self, name):
        try:
            entry = Entry(self.source.read(name), name, self.round, self.assignments)
        except Refused as error:
            raise Refused("%s：%s" % (shown(name), error))
        if not name.startswith("entries/%s-" % entry.expert):
            raise Refused("%s：内容是专家 %s 的补录" % (shown(name), shown(entry.expert)))
        text = "%s：专家 %s 纸质补录，两人分别录入；没有电子签名，以手签纸扫描件为准" % (
            shown(name),
            shown(entry.expert),
        )
        return text, entry

    def check_entries(self):
        """Hold the entries against the log: two typings before each, its file, its scan."""
        entries = {entry.digest.hex(): entry for entry in self.entries}
        scans = {d.get("digest") for _, event, d in self.log if event == "scan-attached"}
        typed, found = {}, set()
        for _, event, details in self.log:
            place = (details.get("expert"), details.get("stage"))
            if event == "paper-typed":
                typed.setdefault(place, []).append((details.get("by"), details.get("cells")))
            elif event == "typing-dropped":
                typed.pop(place, None)
            elif event == "paper-entered":
                entry = entries.get(details.get("digest"))
                self.check_logged_entry(entry, details, typed.pop(place, []), scans)
                found.add(details["digest"])
        for digest, entry in entries.items():
            if digest not in found:
                raise Refused("%s 在日志中没有补录记录" % shown(entry.name))
        return "%d 份纸质补录与日志所记的两次录入一致" % len(found)

    def check_logged_entry(self, entry, details, typed, scans):
        if entry is None:
            raise Refused(
                "日志记有专家 %s 的纸质补录（回执 %s），档案中没有或未通过核验"
                % (shown(details.get("expert")), shown(details.get("receipt")))
            )
        own = (entry.expert, entry.stage, entry.revision, entry.receipt, entry.document, entry.scan)
        keys = ("expert", "stage", "revision", "receipt", "document", "scan")
        if own != tuple(details.get(key) for key in keys):
            raise Refused("%s 与日志所记的不符" % shown(entry.name))
        if typed != list(zip(entry.typists, entry.typed)):
            raise Refused("%s：日志中没有这两次录入" % shown(entry.name))
        if entry.scan not in scans:
            raise Refused("%s：手签纸的扫描件没有附上" % shown(entry.name))
        settled = "；".join(
            "%s 的 %s：%s｜%s，核定为 %s（%s）"
            % tuple(
                shown(each[key] or "—")
                for key in ("application", "indicator", "first", "second", "value", "reason")
            )
            for each in entry.settled
        )
        self.report.notes.append(
            "%s 是纸质补录，没有电子签名：%s；由 %s、%s 分别录入；不一致处：%s；请与扫描件 %s 核对"
            % (
                shown(entry.name),
                shown(entry.reason, 200),
                shown(entry.typists[0]),
                shown(entry.typists[1]),
                settled or "无",
                shown(entry.scan_file),
            )
        )

    def check_log(self):
        data = self.source.read("log.jsonl")
        if len(data) > MAX_LOG:
            raise Refused("log.jsonl 过大")
        if data and not data.endswith(b"\n"):
            raise Refused("log.jsonl 最后一行不完整")
        head, lines = "0" * 64, []
        for number, line in enumerate(data.split(b"\n")[:-1], start=1):
            what = "日志第 %d 行" % number
            entry = json_value(line, what)
            need_keys(entry, ("at", "details", "event", "previous", "sequence"), what)
            if entry["previous"] != head or entry["sequence"] != number:
                raise Refused("%s 与上一行不衔接：它前面的内容被改动或删除" % what)
            for detail in need(entry["details"], dict, what).values():
                need(detail, (str, int), what)
            if not re.fullmatch(TIME, need(entry["at"], str, what)):
                raise Refused("%s 的时间写法不对" % what)
            head = sha256(line).hex()
            lines.append((head, need(entry["event"], str, what), entry["details"]))
        if not lines:
            raise Refused("日志为空")
        self.log = lines
        return "%d 行前后衔接，日志头 %s" % (len(lines), head)

    def check_received(self):
        """Hold the sheets against the log: what was received is there, and nothing else."""
        by_digest = {sheet.digest.hex(): sheet for sheet in self.sheets}
        if len(by_digest) != len(self.sheets):
            raise Refused("同一张评分表出现了两次")
        logged = set()
        issued = [d for _, event, d in self.log if event == "round-issued"]
        if len(issued) != 1 or issued[0].get("round") != self.round.digest.hex():
            raise Refused("日志中没有本场评审的发放记录")
        self.check_void()
        for _, event, details in self.log:
            if event != "sheet-received":
                continue
            digest = details.get("digest")
            sheet = by_digest.get(digest)
            if sheet is None:
                raise Refused(
                    "日志记有专家 %s 的评分表（回执 %s），档案中没有或未通过核验"
                    % (shown(details.get("expert")), shown(details.get("receipt")))
                )
            own = (sheet.expert, sheet.revision, sheet.receipt)
            said = tuple(details.get(key) for key in ("expert", "revision", "receipt"))
            if own != said:
                raise Refused("%s 与日志所记的专家、修订号或回执不符" % shown(sheet.name))
            logged.add(digest)
        for digest, sheet in by_digest.items():
            if digest not in logged:
                raise Refused("%s 在日志中没有收到记录" % shown(sheet.name))
        return "日志所记收到的 %d 张评分表都在，此外没有" % len(logged)

    def check_void(self):
        """Tell which issue was made void before this one, or of this round itself."""
        for _, event, details in self.log:
            before = details.get("instead_of") if event == "round-created" else None
            if before is None and event != "round-voided":
                continue
            if not details.get("reason"):
                raise Refused("日志记有一次发放作废而没有理由")
            words = "本场代替已作废的评审会 %s" % shown(before) if before else "本场的发放曾作废，后又恢复"
            self.report.notes.append("%s：%s" % (words, shown(details["reason"], 200)))

    def check_revisions(self):
        chains = {}
        for sheet in self.sheets + self.entries:
            chains.setdefault((sheet.expert, sheet.key, sheet.stage), []).append(sheet)
        for chain in chains.values():
            chain.sort(key=lambda sheet: sheet.revision)
            for before, after in zip(chain, chain[1:]):
                if after.revision != before.revision + 1 or after.previous != before.digest:
                    raise Refused("%s 不接在 %s 之后" % (shown(after.name), shown(before.name)))
        self.check_keys()
        return "修订链完整，每位专家一把密钥（更换的有理由）"

    def check_keys(self):
        """Walk the log: a second key needs the secretary's reason before it."""
        sheets = {sheet.digest.hex(): sheet for sheet in self.sheets + self.entries}
        pinned, counting, sheets_only, latest = {}, {}, set(), {}
        closed, second = False, None
        for _, event, details in self.log:
            expert = details.get("expert")
            if event in ("key-accepted", "pack-reissued"):
                if not details.get("reason"):
                    raise Refused("专家 %s 更换密钥没有理由" % shown(expert))
                pinned.pop(expert, None)
                sheets_only.discard(expert)
                if event == "pack-reissued" and counting.get(expert):
                    sheets_only.add(expert)  # a new pack opens the door to its own sheets alone
                self.report.notes.append(
                    "专家 %s 更换密钥：%s" % (shown(expert), shown(details["reason"], 200))
                )
            elif event == "round-closed":
                closed = True
            elif event in (OPENED, ENDED):
                second = event == OPENED
            elif event in ANSWERS and details.get("digest") in sheets:
                sheet = sheets[details["digest"]]
                paper = not sheet.key and expert in sheets_only
                if pinned.setdefault(expert, sheet.key) != sheet.key or paper:
                    raise Refused("%s 用了未经接受的第二把密钥" % shown(sheet.name))
                counting[expert] = sheet.key
                sheets_only.discard(expert)
                chain = (sheet.expert, sheet.key, sheet.stage)
                if sheet.revision <= latest.get(chain, 0):
                    raise Refused("日志中 %s 重复，或排在更新的修订之后" % shown(sheet.name))
                latest[chain] = sheet.revision
                again = sheet.stage > 1 and second is not None
                shut = not second if again else closed
                if shut and not details.get("late"):
                    raise Refused("%s 在封存后收到而没有理由" % shown(sheet.name))
                if shut:
                    self.report.notes.append(
                        "%s 封存后收到：%s" % (shown(sheet.name), shown(details["late"], 200))
                    )
                self.arrived.setdefault(sheet.expert, []).append(sheet)

    def check_closing(self):
        closed = [line for line in self.log if line[1] == "round-closed"]
        closing = getattr(self, "closing", None)
        if closing is None:
            raise Refused("metadata.json 不可用，封存单的日志头无从比较")
        if len(closed) != 1:
            raise Refused("日志中应有一次且只有一次封存")
        if closed[0][0] != closing["log_head"]:
            raise Refused("封存单的日志头 %s 不是封存那一行的" % shown(closing["log_head"]))
        if closed[0][2].get("reason", "") != closing["reason"]:
            raise Refused("封存理由与日志不一致")
        return "封存单的日志头在日志中：%s" % closing["log_head"]

    def check_order(self):
        """Draw every order of speaking anew from the seed that the log names."""
        count = 0
        for _, event, details in self.log:
            if event != "order-drawn":
                continue
            count += 1
            text = need(details.get("order"), str, "汇报顺序")
            order = texts(json_value(text.encode("utf-8"), "汇报顺序"), "汇报顺序")
            seed, _, reason = (
                need(details.get(key), str, "抽签记录的 " + key) for key in ("seed", "by", "reason")
            )

            def lot(number, seed=seed):
                return sha256(("%s\n%s\n%s" % (seed, self.round.id, number)).encode("utf-8"))

            if order != sorted(set(order), key=lot):
                raise Refused("第 %d 次抽签的汇报顺序不是由种子 %s 得出" % (count, shown(seed)))
            if details.get("draw") != count or (count > 1) != bool(reason):
                raise Refused("第 %d 次抽签的次序或重抽理由不对" % count)
        if set(order) != set(self.round.applications):
            self.report.notes.append("最后一次抽签之后，申报有增减：汇报顺序与本场的申报不一致")
        return "汇报顺序由日志所记的种子重新得出，共抽签 %d 次：%s" % (
            count,
            "、".join(map(shown, order)),
        )

    def check_scans(self):
        """Hold the scans of hand-signed papers against the log."""
        logged = {
            "scans/%s" % details.get("file"): details.get("digest")
            for _, event, details in self.log
            if event == "scan-attached"
        }
        present = self.under("scans/")
        for name in sorted(set(logged) ^ set(present)):
            raise Refused("%s 在日志与档案中只有其一" % shown(name))
        for name in present:
            if sha256(self.source.read(name)).hex() != logged[name]:
                raise Refused("%s 不是日志所记的那一份" % shown(name))
        return "%d 份手签纸扫描件与日志一致" % len(present)

    def check_completeness(self):
        """Find the sheet that counts for each serving member, name the missing ones."""
        roster = self.rosters[-1]
        decides = self.round.rules.second_counts or not self.second_held()
        self.counted = self.counting(self.arrived, 9 if decides else 1)
        # who steps back on a later sheet does not count any more, whichever sheet decides
        self.back = {e: set(s.recusals) for e, s in self.counting(self.arrived, 9).items()}
        reason = (getattr(self, "closing", None) or {}).get("reason", "")
        self.missing = [
            {"expert": expert, "reason": member["withdrawn"]}
            for expert, member in sorted(roster.members.items())
            if expert not in self.counted
        ]
        for item in self.missing:
            if not item["reason"] and not reason:
                raise Refused("专家 %s 的评分表缺失，且没有理由" % shown(item["expert"]))
        absent = [
            "%s %s（%s）"
            % (
                shown(item["expert"]),
                shown(roster.members[item["expert"]]["name"]),
                shown(item["reason"] or reason, 200),
            )
            for item in self.missing
        ]
        text = "名册 %d 人，计入评分表 %d 张" % (len(roster.members), len(self.counted))
        return text + ("；缺：" + "、".join(absent) if absent else "，无缺席")

    def counting(self, arrived, most):
        """Return the sheet that counts for each serving member, of the scorings up to ``most``."""
        roster, found = self.rosters[-1], {}
        for expert in roster.serving():
            within = [sheet for sheet in arrived.get(expert, []) if sheet.stage <= most]
            chain = [
                sheet
                for sheet in within
                if sheet.key == within[-1].key
                and sheet.assignment.digest == roster.members[expert]["assignment"]
            ]
            if chain:
                found[expert] = max(chain, key=lambda s: (s.stage, s.revision))
        return found

    # ---- a second scoring

    def second_held(self):
        return any(event == OPENED for _, event, _ in self.log)

    def check_second(self):
        """Walk the log through the second scoring; derive its feedback and both results anew."""
        sheets = {sheet.digest.hex(): sheet for sheet in self.sheets + self.entries}
        arrived, steps = {}, []
        for _, event, details in self.log:
            sheet = sheets.get(details.get("digest")) if event in ANSWERS else None
            if sheet is not None and sheet.stage > 1:
                self.check_again(sheet, arrived, steps)
            elif sheet is not None:
                self.check_behind(sheet, arrived)
            if sheet is not None:
                arrived.setdefault(sheet.expert, []).append(sheet)
            if event == "round-closed" or event in (OPENED, ENDED):
                steps.append(event)
            if event == OPENED:
                if not self.round.rules.second and not details.get("reason"):
                    raise Refused("规则没有规定复评，日志也没有写明复评的理由")
                self.check_feedback(self.counting(arrived, 1), details)
            elif event == LETTER:
                if OPENED not in steps:
                    raise Refused("日志在复评开始之前就记有反馈")
                self.check_letter(self.counting(arrived, 1), details)
            elif event == ENDED:
                last = self.counting(arrived, 2).values()
                kept, again = self.kept(arrived), sum(sheet.stage == 2 for sheet in last)
                if details.get("kept") != canonical(kept) or details.get("received") != again:
                    raise Refused("日志所记未再打分的专家应为 %s" % ("、".join(kept) or "无"))
        if steps != ["round-closed", OPENED, ENDED]:
            raise Refused("日志中应在封存后开始并结束一次复评")
        compare(self.results["second"], self.both_scorings(), "second")
        return "复评：匿名反馈由第一轮评分表重算一致，两轮结果一致，未再打分的以第一轮计"

    def check_again(self, sheet, arrived, steps):
        """Refuse a second sheet before its time, without a first, or that undoes a recusal."""
        if OPENED not in steps or sheet.stage != 2:
            raise Refused("%s 不在复评期间" % shown(sheet.name))
        first = self.counting(arrived, 1).get(sheet.expert)
        if first is None:
            raise Refused("%s 没有第一轮评分表" % shown(sheet.name))
        if not set(first.recusals) <= set(sheet.recusals):
            raise Refused("%s 评了第一轮已回避的申报" % shown(sheet.name))

    def check_behind(self, sheet, arrived):
        """Refuse a late first sheet that steps back from what the second one scores."""
        last = self.counting(arrived, 2).get(sheet.expert)
        if last is None or last.stage == 1 or last.key != sheet.key:
            return
        if set(sheet.recusals) & set(last.marks):
            raise Refused("%s 回避了复评评分表仍评分的申报" % shown(sheet.name))

    def check_feedback(self, counted, details):
        text = self.source.read("feedback.json")
        stated = need_keys(json_value(text, "feedback.json"), ("applications", "format"), "反馈")
        if stated["format"] != "reviewer-app/feedback/1":
            raise Refused("feedback.json 的格式不认识")
        own = [figures_of(hearing) for hearing in self.heard(counted, {})[0]]
        compare(stated["applications"], own, "feedback.json")
        if sha256(text).hex() != details.get("figures"):
            raise Refused("feedback.json 不是日志所记的那一份")

    def check_letter(self, counted, details):
        """Hold a line on written feedback against the first sheet it goes on from."""
        first = counted.get(details.get("expert"))
        if first is None or first.digest.hex() != details.get("first"):
            raise Refused("日志所记的反馈不是依据专家 %s 的评分表" % shown(details.get("expert")))

    def kept(self, arrived):
        counted = self.counting(arrived, 2)
        return [expert for expert, sheet in sorted(counted.items()) if sheet.stage == 1]

    def both_scorings(self):
        scorings = []
        for stage in (1, 2):
            hearings = self.heard(self.counting(self.arrived, stage), {})[0]
            for hearing in hearings:
                hearing.decide()
            rows = [
                {
                    "application": hearing.number,
                    "exact": None if hearing.exact is None else str(hearing.exact),
                    "published": hearing.published,
                }
                for hearing in hearings
            ]
            scorings.append({"stage": stage, "applications": rows})
        counts = "second" if self.round.rules.second_counts else "first"
        return {"counts": counts, "kept": self.kept(self.arrived), "scorings": scorings}

    # ---- results, derived anew

    def check_results(self):
        run = self.report.run
        self.results = run("results", self.read_results)
        if self.results is None:
            return
        run("basis", self.check_basis)
        run("results-sheets", self.check_results_sheets)
        numbers = [entry.get("application") for entry in self.results["applications"]]
        if numbers != self.round.applications:
            self.report.add("results", FAIL, "results.json 的申报与评审会文件不一致")
            return
        if run("tally", self.derive) is None:
            return
        for hearing, entry in zip(self.hearings, self.results["applications"]):
            run("result", lambda h=hearing, e=entry: self.check_application(h, e))
        run("rechecks", self.check_rechecks)
        told = any(event in (OPENED, ENDED, LETTER) for _, event, _ in self.log)
        again = any(sheet.stage > 1 for sheet in self.sheets + self.entries)
        if told or again or "feedback.json" in self.source.names():
            run("second", self.check_second)
        run("marks", self.check_marks)
        run("attached", self.check_attached)
        self.report.notes.append(
            "statistics.json（一致性系数等）为浮点统计量，不参与结论，本程序不重算"
        )

    def check_attached(self):
        """Hold what the minutes carry as an attached file against results.json."""
        results, carriers = self.source.read("results.json"), []
        for name in self.under("papers/"):
            paper = self.source.read(name)
            if paper[:4] != b"%PDF" or EMBEDDED not in paper:
                continue
            if attached_to(paper, len(results) + 1) != results:
                raise Refused("%s 所附的文件不是档案里的 results.json" % shown(name))
            carriers.append(sha256(paper).hex())
        sealed = [details for _, event, details in self.log if event == "round-sealed"][-1:]
        if any("minutes" in each and each["minutes"] not in carriers for each in sealed):
            raise Refused("日志所记的会议纪要不在档案里，或者没有附上 results.json")
        return "附有 results.json 的文件 %d 份，与档案里的一致" % len(carriers)

    def read_results(self):
        data = self.source.read("results.json")
        results = json_value(data, "results.json")
        keys = "applications format missing rechecks roster round rules scheme sheets".split()
        rules = self.round.rules
        keys += ["normalised"] if rules.normalises else []
        keys += ["groups"] if rules.groups else []
        keys += ["second"] if self.second_held() else []
        need_keys(results, keys, "results.json")
        need(results["rechecks"], list, "results.json 的 rechecks")
        for entry in need(results["applications"], list, "results.json 的 applications"):
            need(entry, dict, "results.json 的 applications")
        self.digest = sha256(data).hex()
        return "results.json 写法规范，结果码 %s" % self.digest, results

    def check_basis(self):
        """Hold results.json against what it says it was derived from, and sealed as."""
        own = {
            "format": "reviewer-app/results/1",
            "round": self.round.digest.hex(),
            "roster": self.rosters[-1].digest.hex(),
            "scheme": sha256(self.round.scheme_text.encode("utf-8")).hex(),
            "rules": sha256(self.round.rules_text.encode("utf-8")).hex(),
        }
        for key, value in own.items():
            compare(self.results[key], value, "results.json 的 %s" % key)
        sealed = [details for _, event, details in self.log if event == "round-sealed"]
        if not sealed or sealed[-1].get("results") != self.digest:
            raise Refused("results.json 与日志中归档时的结果码不符")
        compared = {d.get("results") for _, event, d in self.log if event == "second-machine"}
        if any(event == "votes-recorded" for _, event, _ in self.log):
            compared = compared and {self.digest}  # may be the code of the sheets without votes
        if self.round.rules.machines == 2 and self.digest not in compared:
            raise Refused("规则要求两台电脑各自汇总，日志没有第二台得出这一结果码")
        return "results.json 依据本场的指标体系、规则和名册，与归档时的摘要一致"

    def check_results_sheets(self):
        own = [
            {
                "expert": expert,
                "stage": sheet.stage,
                "revision": sheet.revision,
                "digest": sheet.digest.hex(),
                "receipt": sheet.receipt,
            }
            for expert, sheet in sorted(self.counted.items())
        ]
        for row in own:
            if not self.counted[row["expert"]].key:
                row["source"] = "paper-entry"
        compare(self.results["sheets"], own, "sheets")
        compare(self.results["missing"], self.missing, "missing")
        return "计入结果的是每位专家最新的一张，共 %d 张；缺席名单一致" % len(own)

    def derive(self):
        """Compute every result anew from the counted sheets, the scheme and the rules."""
        self.hearings, footing = self.heard(self.counted, self.back)
        for key, own in footing.items():
            compare(self.results[key], own, key)
        for hearing, entry in zip(self.hearings, self.results["applications"]):
            hearing.vote = self.derive_vote(hearing.number, entry.get("vote"))
            hearing.decide()
        give_places(self.hearings, self.round.rules)
        return "由签名评分表重新计算了 %d 项申报的结果与名次" % len(self.hearings)

    def heard(self, counted, back):
        """Return the hearings these sheets make, combined, and what put them on one footing."""
        schemes, records, hearings = {}, {}, []
        for each in self.assignments.values():
            schemes.update(each.schemes)
            records.update(each.records)
        special = any(
            leaf.specialisms
            for number in self.round.applications
            for leaf in schemes.get(number, self.round.scheme).leaves()
        )
        level = "indicator" if special else self.round.rules.level
        for number in self.round.applications:
            heard = [
                (expert, sheet.assignment.role, sheet.marks[number])
                for expert, sheet in sorted(counted.items())
                if number in sheet.marks and number not in back.get(expert, ())
            ]
            scheme = schemes.get(number, self.round.scheme)
            record = records.get(number, {"category": "", "facts": []})
            about = About(scheme, record["category"], record["facts"])
            hearings.append(Hearing(number, about, heard, self.round.rules, level))
        return hearings, self.put_on_one_footing(hearings, level)

    def put_on_one_footing(self, hearings, level):
        """Normalise experts, combine, multiply groups; return the factors by their key."""
        rules, footing = self.round.rules, {}
        if rules.normalises:
            if level == "indicator":
                raise Refused("规则要求标准化总分，而本场按指标合成")
            footing["normalised"] = normalise(hearings)
        for hearing in hearings:
            hearing.combine()
        if rules.groups:
            footing["groups"] = multiply_groups(hearings, rules.groups)
        return footing

    def derive_vote(self, number, stated):
        """Return the vote: of the signed sheets, or from the counts the secretary recorded."""
        members = self.rosters[-1].members
        entitled = sum(
            1
            for expert in self.rosters[-1].serving()
            if number in members[expert]["applications"]
            and not (expert in self.counted and self.stepped_back(expert, number))
        )
        signed = self.signed_vote(number, entitled)
        recorded = any(event == "votes-recorded" for _, event, _ in self.log)
        if not isinstance(stated, dict) or stated.get("source") != "recorded" or not recorded:
            return signed
        counts = [stated.get(key) for key in ("approve", "reject", "abstain")]
        if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in counts):
            raise Refused("申报 %s 的票数不是非负整数" % number)
        if sum(counts) > entitled:
            raise Refused("申报 %s 的票数多于有表决权的 %d 人" % (number, entitled))
        reservations = read_reservations(stated.get("reservations"), sum(counts))
        vote = decided_vote(counts, entitled, reservations, self.round.rules, "recorded")
        if signed == dict(vote, source="sheets"):
            return signed
        self.report.notes.append(
            "申报 %s 的票数由秘书登记，未由专家签名；只复核由票数得出的结论" % number
        )
        return vote

    def stepped_back(self, expert, number):
        return number in self.counted[expert].recusals or number in self.back.get(expert, ())

    def signed_vote(self, number, entitled):
        cast = [
            (expert, sheet.votes[number])
            for expert, sheet in sorted(self.counted.items())
            if number in sheet.votes and not self.stepped_back(expert, number)
        ]
        if not cast:
            return None
        counts = [sum(1 for _, vote in cast if vote[0] == code) for code in (1, 2, 3)]
        reservations = [{"expert": expert, "text": vote[1]} for expert, vote in cast if vote[1]]
        return decided_vote(counts, entitled, reservations, self.round.rules, "sheets")

    def not_scored(self, hearing):
        scored = {figure[0] for figure in hearing.figures}
        found = []
        for expert, sheet in sorted(self.counted.items()):
            if expert in scored:
                continue
            why = "nothing-scorable"
            if self.stepped_back(expert, hearing.number):
                why = "recused"
            elif hearing.number not in sheet.assignment.applications:
                why = "not-assigned"
            found.append({"expert": expert, "why": why})
        return found

    def check_application(self, hearing, entry):
        wanted = self.round.rules.recommend
        above = hearing.rank is not None and wanted is not None and hearing.rank <= wanted

        def text(value):
            return None if value is None else str(value)

        group = {"group": hearing.group, "unadjusted": text(hearing.unadjusted)}
        own = {
            "application": hearing.number,
            **(group if self.round.rules.groups else {}),
            "sheets": len(hearing.figures),
            "totals": [
                {
                    "expert": figure[0],
                    "exact": str(figure[1]),
                    "counted": str(figure[2]),
                    "dropped": hearing.dropped.get(figure[0], "")
                    if hearing.level == "total"
                    else "",
                }
                for figure in hearing.figures
            ],
            "not_scored": self.not_scored(hearing),
            "exact": text(hearing.exact),
            "published": hearing.published,
            "rank": hearing.rank,
            "tie_break": hearing.tie_break,
            "band": hearing.band,
            "passes": hearing.passes,
            "recommended": None if wanted is None else above,
            "trimmed": hearing.trimmed,
            "conclusion": hearing.conclusion or "",
            "by_dimension": {code: text(v) for code, v in hearing.dimensions.items()},
            "by_indicator": {code: text(v) for code, v in hearing.indicators.items()},
            "vote": hearing.vote,
        }
        compare(entry, own, "申报 %s" % shown(hearing.number))
        if hearing.exact is None:
            return "申报 %s：无人评分，没有结果" % hearing.number
        return "申报 %s：%d 张，%s（精确 %s），第 %s 名%s，与公布的一致" % (
            shown(hearing.number),
            len(hearing.figures),
            hearing.published,
            hearing.exact,
            hearing.rank,
            "，" + shown(hearing.band) if hearing.band else "",
        )

    def check_rechecks(self):
        codes = [leaf.code for leaf in self.round.scheme.leaves()]
        rows = []
        for place, hearing in enumerate(self.hearings):
            for kind, expert, code, figure, bound in flags_of(hearing, self.round.rules):
                row = {
                    "kind": kind,
                    "application": hearing.number,
                    "expert": expert,
                    "indicator": code,
                    "figure": "" if figure is None else str(figure),
                    "limit": "" if bound is None else str(bound),
                }
                order = codes.index(code) if code in codes else -1
                rows.append(((kind, place, expert, order), row))
        rows.sort(key=lambda pair: pair[0])
        compare(self.results["rechecks"], [row for _, row in rows], "rechecks")
        return "复核标记 %d 条，重新得出的一致" % len(rows)

    def check_marks(self):
        """Compare marks.csv with the marks of the sheets that count, row by row."""
        try:
            text = self.source.read("marks.csv").decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refused("marks.csv 不是 UTF-8 文字")
        lines = text.replace("\r\n", "\n").split("\n")
        if lines[:1] != ["application,expert,indicator,score"] or lines[-1:] != [""]:
            raise Refused("marks.csv 的表头或结尾不对")
        own = set()
        for hearing in self.hearings:
            for expert, _, marks in hearing.sheets:
                for code, mark in marks.items():
                    value = mark if isinstance(mark, str) else decimal_text(mark)
                    own.add("%s,%s,%s,%s" % (hearing.number, expert, code, value))
        rows = lines[1:-1]
        for row in rows:
            if row not in own:
                raise Refused("marks.csv 中的“%s”不在签名评分表中" % shown(row))
        if len(rows) != len(own):
            raise Refused("marks.csv 有 %d 行，签名评分表有 %d 个分数" % (len(rows), len(own)))
        return "marks.csv 的 %d 个分数与签名评分表一致" % len(rows)

    # ---- what people compare by eye

    def receipts(self):
        return [
            {
                "expert": expert,
                "name": sheet.assignment.name,
                "stage": sheet.stage,
                "revision": sheet.revision,
                "receipt": sheet.receipt,
                "key": fingerprint(sha256(sheet.key)) if sheet.key else "",
            }
            for expert, sheet in sorted(self.counted.items())
        ]


def compare(stated, own, place):
    """Refuse with the place of the first difference between what is stated and what follows."""
    if type(stated) is not type(own):
        raise Refused("%s：写的是 %s，应为 %s" % (place, shown(brief(stated)), shown(brief(own))))
    if isinstance(own, dict):
        if set(stated) != set(own):
            odd = "、".join(sorted(set(stated) ^ set(own)))
            raise Refused("%s：字段不符（%s）" % (place, shown(odd)))
        for key in own:
            compare(stated[key], own[key], "%s %s" % (place, shown(key)))
    elif isinstance(own, list):
        if len(stated) != len(own):
            raise Refused("%s：写了 %d 项，应为 %d 项" % (place, len(stated), len(own)))
        for at, (left, right) in enumerate(zip(stated, own), start=1):
            label = right.get("expert") if isinstance(right, dict) else None
            compare(left, right, "%s %s" % (place, "专家 " + label if label else "第 %d 项" % at))
    elif stated != own:
        raise Refused("%s：写的是 %s，应为 %s" % (place, shown(brief(stated)), shown(brief(own))))


def brief(value):
    if value is None:
        return "（无）"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# --------------------------------------------------------------------------------------
# 10. The command.

USAGE = "用法：python3 -I verify.py [档案 ZIP 或文件夹] [--bureau-key 指纹] [--json]"


def say(text):
    """Print a line; where the console has no Chinese, unknown characters become escapes."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        text = text.encode("ascii", "backslashreplace").decode("ascii")
    print(text)


def arguments(words):
    """Return (path, bureau key, as JSON), or None for a usage error."""
    path, key, as_json = None, None, False
    words = list(words)
    while words:
        word = words.pop(0)
        if word == "--json":
            as_json = True
        elif word == "--bureau-key" and words:
            key = words.pop(0)
        elif word.startswith("--bureau-key="):
            key = word.split("=", 1)[1]
        elif word.startswith("-") or path is not None:
            return None
        else:
            path = word
    if key is not None:
        key = re.sub(r"[\s-]", "", key).upper()
        if not re.fullmatch(r"[0-9A-F]{16}|[0-9A-F]{64}", key):
            return None
    return path or os.path.dirname(os.path.abspath(__file__)), key, as_json


def examine(path, key):
    """Return (report, archive) of the archive at the path."""
    report = Report()
    archive = None
    try:
        if os.path.isdir(path):
            source = FolderSource(path)
        elif os.path.isfile(path):
            source = ZipSource(path)
        else:
            raise Refused("找不到 %s" % shown(path, 200))
        archive = Archive(source, report)
    except (Refused, OSError) as error:
        report.add("container", FAIL, str(error))
        return report, None
    try:
        archive.examine(key)
    except (Refused, NotDerived, OSError, MemoryError, RecursionError) as error:
        report.add("archive", FAIL, "核验中断：%s" % shown(str(error), 200))
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        report.add("archive", FAIL, "档案内容不成形（%s）" % shown(repr(error), 200))
    finally:
        source.close()
    return report, archive


def verdict_of(report, archive, key):
    failures = report.failures()
    skipped = [line for line in report.lines if line["state"] == SKIP]
    if failures:
        return "结论：不完整或被改动，%d 项不符" % len(failures)
    own = fingerprint(sha256(archive.round.key))
    text = "结论：在密钥 %s 下完整" % own
    if key:
        text += "，密钥与给出的组织单位指纹一致"
    else:
        text += "；未给出组织单位指纹，请与会议纪要上印的比较"
    if skipped:
        text += "；有 %d 项本程序不重算，不在此列" % len(skipped)
    return text


def document(path, report, archive, key, verdict):
    found = {
        "file": path,
        "ok": not report.failures(),
        "verdict": verdict,
        "checks": report.lines,
        "notes": report.notes,
        "bureau_key_given": bool(key),
    }
    if archive is not None and archive.round is not None:
        found["bureau_key"] = fingerprint(sha256(archive.round.key))
        found["round"] = fingerprint(archive.round.digest)
        found["receipts"] = archive.receipts()
        found["results_digest"] = getattr(archive, "digest", None)
        found["log_head"] = archive.log[-1][0] if archive.log else None
    return found


def main(words):
    chosen = arguments(words)
    if chosen is None:
        say(USAGE)
        return 2
    path, key, as_json = chosen
    report, archive = examine(path, key)
    verdict = verdict_of(report, archive, key)
    if as_json:
        # Escapes keep the document readable on any console.
        print(json.dumps(document(path, report, archive, key, verdict), indent=1))
        return 1 if report.failures() else 0
    for line in report.lines:
        chinese, ascii_mark = MARKS[line["state"]]
        say("[%s] %s：%s" % (chinese, line["check"], line["detail"])) if console_speaks(
            chinese
        ) else say("[%s] %s: %s" % (ascii_mark, line["check"], line["detail"]))
    for note in report.notes:
        say("[说明] %s" % note)
    if archive is not None and archive.counted:
        say("")
        say("下列回执码和密钥指纹，请与手签纸核对：")
        for item in archive.receipts():
            say(
                "  专家 %s %s  第 %d 轮 第 %d 版  回执 %s  密钥 %s"
                % (
                    shown(item["expert"]),
                    shown(item["name"]),
                    item["stage"],
                    item["revision"],
                    item["receipt"],
                    item["key"] or "无（纸质补录）",
                )
            )
        say("  本场指纹 %s" % fingerprint(archive.round.digest))
        if getattr(archive, "digest", None):
            say("  结果码   %s" % archive.digest)
        if archive.log:
            say("  日志头   %s" % archive.log[-1][0])
    say(verdict)
    return 1 if report.failures() else 0


def console_speaks(text):
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
