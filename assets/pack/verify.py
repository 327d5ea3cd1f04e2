#!/usr/bin/env python3
"""Checks an Exhibit evidence pack. Needs Python 3.6 or newer and nothing else; reads, never writes.

    python3 verify.py [--pubkey KEY] [PACK]

PACK is the pack's folder; without it, the pack this file lies in. KEY is a public key that you have from elsewhere,
or a file with it: a pack that is signed with another key, or not at all, then fails. One line is printed for each check:
passed, failed or skipped. The exit code is 0 when nothing failed, 1 when something did, 2 for wrong usage.
"""

import base64
import csv
import datetime
import hashlib
import io
import json
import os
import re
import sys

FAILED = []
# Made by file managers when somebody only looks at a folder.
IGNORED = (".DS_Store", "Thumbs.db", "desktop.ini")
# Signs the last manifest, so that none can list it.
SIGNATURE = "tagmanifest-sha256.txt.sig"
# Larger samples have no proofs.
MOST_PROOFS = 10000
# What an event's leaf covers beside its record.
NORMALISED = (
    "action actor actorType category field ip newValue oldValue outcome scope subject "
    "targetId targetName targetType time timeBasis timeText"
).split()


def say(status, name, detail):
    print("%-8s %s: %s" % (status, name, detail))
    if status == "failed":
        FAILED.append(name)


def check(name, ok, detail):
    say("passed" if ok else "failed", name, detail)
    return ok


def read_text(path):
    with io.open(path, "r", encoding="utf-8", newline="") as file:
        return file.read()


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def from_base64(text):
    """RFC 4648, section 4, with nothing else between its letters: Python itself overlooks some of what is wrong."""
    if not re.match(r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z", text):
        raise ValueError("not base64")
    return base64.b64decode(text)


def read_manifest(text):
    """Lines of `sha256  path`; RFC 8493 writes %, CR and LF in a path as %25, %0D and %0A."""
    entries = {}
    for line in text.split("\n"):
        if line.strip() == "":
            continue
        if len(line.split(None, 1)) < 2:
            raise ValueError("a line is no entry: %s" % line.strip())
        digest, path = line.split(None, 1)
        path = path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        if path in entries:
            raise ValueError("%s is listed twice" % path)
        if os.path.isabs(path) or ".." in path.split("/") or "\\" in path:
            raise ValueError("%s leads out of the pack" % path)
        entries[path] = digest.lower()
    return entries


def check_manifest(root, name):
    try:
        entries = read_manifest(read_text(os.path.join(root, name)))
    except (OSError, ValueError) as error:
        check(name, False, str(error))
        return {}
    wrong = []
    for path in sorted(entries):
        file = os.path.join(root, *path.split("/"))
        if not os.path.isfile(file):
            wrong.append("%s is missing" % path)
        elif sha256_of(file) != entries[path]:
            wrong.append("%s was changed" % path)
    check(name, not wrong, "; ".join(wrong) if wrong else "%d files, every SHA-256 is right" % len(entries))
    return entries


def check_bag(root, info):
    """Fills `info` with the labels of bag-info.txt."""
    try:
        declaration = read_text(os.path.join(root, "bagit.txt")).split("\n")
    except OSError as error:
        declaration = [str(error)]
    check("bagit.txt", declaration[0].strip() == "BagIt-Version: 1.0", declaration[0].strip())
    entries = check_manifest(root, "manifest-sha256.txt")
    tags = check_manifest(root, "tagmanifest-sha256.txt")

    found, total, ignored = set(), 0, []
    for folder, _, names in os.walk(root):
        for name in names:
            if name in IGNORED:
                ignored.append(name)
                continue
            file = os.path.join(folder, name)
            path = os.path.relpath(file, root).replace(os.sep, "/")
            if path.startswith("data/"):
                found.add(path)
                total += os.path.getsize(file)
            elif path not in tags and path not in ("tagmanifest-sha256.txt", SIGNATURE):
                found.add(path)
    extra = sorted(found - set(entries))
    listed = "every file is listed" + (" (ignored: %s)" % ", ".join(sorted(ignored)) if ignored else "")
    check("No other files", not extra, "not listed: " + ", ".join(extra) if extra else listed)

    try:
        for line in read_text(os.path.join(root, "bag-info.txt")).split("\n"):
            label, _, value = line.partition(":")
            info[label] = value.strip()
    except OSError as error:
        check("bag-info.txt", False, str(error))
    payload = [path for path in found if path.startswith("data/")]
    oxum = "%d.%d" % (total, len(payload))
    said = info.get("Payload-Oxum", "nothing")
    check("Payload-Oxum", said == oxum, "%s, found %s" % (said, oxum))


def check_recipe(root, info):
    with open(os.path.join(root, "data", "30_query", "recipe.json"), "rb") as file:
        data = file.read()
    digest = hashlib.sha256(data)
    name = base64.b32encode(digest.digest()[:10]).decode("ascii")
    pack_id = "EX-" + "-".join(name[at : at + 4] for at in range(0, 16, 4))
    check("Pack id", info.get("External-Identifier") == pack_id, "%s follows from recipe.json" % pack_id)
    said = info.get("Internal-Sender-Identifier")
    check("Recipe hash", said == "recipe sha256 " + digest.hexdigest(), "sha256 " + digest.hexdigest())
    return json.loads(data.decode("utf-8"))


def read_recipe(root):
    return json.loads(read_text(os.path.join(root, "data", "30_query", "recipe.json")))


def check_checkpoint(root, recipe, info):
    lines = read_text(os.path.join(root, "data", "40_integrity", "checkpoint.txt")).split("\n")
    size, log_root = lines[1], from_base64(lines[2]).hex()
    ok = (
        int(size) == recipe["log"]["size"]
        and (recipe["log"]["root"] is None or log_root == recipe["log"]["root"])
        and info.get("X-Log-Size") == size
    )
    check("Checkpoint", ok, "log of %s leaves, root %s" % (size, log_root))


# Ed25519 after RFC 8032, section 5.1: points of the curve -x^2 + y^2 = 1 + d x^2 y^2 as (X, Y, Z, T) with x = X/Z,
# y = Y/Z, x*y = T/Z. It only verifies, so that nothing here has to be kept from who measures the time it takes.
P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add_points(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply_point(number, p):
    product = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            product = add_points(product, p)
        p = add_points(p, p)
        number >>= 1
    return product


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2 ** 255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def encode_point(p):
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def verify_ed25519(public, message, signature):
    point = decode_point(public)
    number = int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    minus = (P - point[0], point[1], point[2], P - point[3])
    found = add_points(
        multiply_point(number, BASE), multiply_point(int.from_bytes(digest, "little") % ORDER, minus)
    )
    return encode_point(found) == signature[:32]


def parse_key(text):
    """(name, id, public key) of `name+id+base64(0x01 || public key)`, or None; see c2sp.org/signed-note."""
    parts = (text or "").strip().split("+", 2)
    try:
        data = from_base64(parts[2])
    except (IndexError, ValueError):
        return None
    if len(data) != 33 or data[0] != 1:
        return None
    name = parts[0]
    key_id = hashlib.sha256(name.encode("utf-8") + b"\n" + data).hexdigest()[:8]
    return (name, key_id, data[1:]) if key_id == parts[1] else None


def text_of_note(note):
    """The signed text: all before the last empty line; without one, nobody signed."""
    end = note.rfind("\n\n")
    return note if end == -1 else note[: end + 1]


def is_signed(note, key):
    """Whether the key signed this note: each line that claims its name and id is right, and there is one."""
    text, found = text_of_note(note), False
    for line in note[len(text) + 1 :].split("\n"):
        parts = line.split(" ")
        if line == "":
            continue
        if len(parts) != 3 or parts[0] != "\u2014":
            return False
        data = from_base64(parts[2])
        if parts[1] == key[0] and data[:4].hex() == key[1]:
            found = True
            if not verify_ed25519(key[2], text.encode("utf-8"), data[4:]):
                return False
    return found


def read_optional(root, path):
    try:
        return read_text(os.path.join(root, *path.split("/")))
    except OSError:
        return None


def check_signatures(root, recipe, info, known):
    signing = recipe.get("signing")
    key = parse_key(signing)
    own = read_optional(root, "data/40_integrity/pubkey.txt")
    seal = read_optional(root, SIGNATURE)
    if key is None:
        for name in ("Signature of the checkpoint", "Signature of the pack"):
            if signing or own is not None or seal is not None:
                check(name, False, "signed with a key that recipe.json does not name")
            else:
                say("skipped", name, "this pack is not signed")
        if known:
            check("Known key", False, "this pack is not signed")
        return
    fingerprint = hashlib.sha256(key[2]).hexdigest()
    checkpoint = read_text(os.path.join(root, "data", "40_integrity", "checkpoint.txt"))
    fault = None
    if (own or "").strip() != signing:
        fault = "data/40_integrity/pubkey.txt is not the key that recipe.json names"
    elif checkpoint.split("\n")[0] != key[0]:
        fault = "not a checkpoint of the log that the key signs for"
    elif not is_signed(checkpoint, key):
        fault = "not signed with the key that recipe.json names"
    passed = "signed by %s, key fingerprint %s" % (key[0], fingerprint)
    check("Signature of the checkpoint", fault is None, fault or passed)

    expected = "exhibit/pack@v1\n%s\n%s  tagmanifest-sha256.txt\n" % (
        info.get("External-Identifier"),
        sha256_of(os.path.join(root, "tagmanifest-sha256.txt")),
    )
    fault = None
    if seal is None:
        fault = SIGNATURE + " is missing"
    elif text_of_note(seal) != expected:
        fault = SIGNATURE + " does not speak of this tagmanifest-sha256.txt"
    elif not is_signed(seal, key):
        fault = SIGNATURE + " is not signed with the key that recipe.json names"
    check("Signature of the pack", fault is None, fault or "tagmanifest-sha256.txt is the one that was signed")

    if known:
        same = known == key
        check("Known key", same, "the key is the one that was named" if same else "signed with another key, fingerprint " + fingerprint)
    else:
        say("skipped", "Known key", "none was named: compare the fingerprint with one that you have from elsewhere")


class Tree:
    """A Merkle tree as in RFC 6962, section 2.1, kept as the roots of its perfect subtrees."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def append(self, leaf):
        rest = self.size
        while rest & 1:
            leaf = hashlib.sha256(b"\x01" + self.peaks.pop() + leaf).digest()
            rest >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256(b"").hexdigest()
        right = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            right = hashlib.sha256(b"\x01" + left + right).digest()
        return right.hex()


def csv_rows(path):
    """Records of an RFC 4180 file without its header: line feeds outside quotes."""
    lines, inside = 0, False
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            for number, piece in enumerate(chunk.split(b'"')):
                if number > 0:
                    inside = not inside
                if not inside:
                    lines += piece.count(b"\n")
    return lines - 1


def between(line, start, end):
    at = line.index(start) + len(start)
    return line[at : line.index(end, at)].decode("utf-8")


def check_populations(root, recipe):
    populations = json.loads(read_text(os.path.join(root, "data", "30_query", "populations.json")))
    whole = populations[0]
    trees = dict((population["id"], Tree()) for population in populations)
    homes = {}
    for population in populations[1:]:
        for category in population["categories"]:
            homes[category] = population["id"]
    samples = [Sample(asked, rows_of(whole, asked["categories"])) for asked in recipe["samples"]]
    proofs = Proofs(root, recipe)
    with open(os.path.join(root, *whole["ndjson"].split("/")), "rb") as file:
        for line in file:
            line = line.rstrip(b"\n")
            leaf = hashlib.sha256(b"\x00" + line).digest()
            # These bytes cannot occur inside a JSON string, where quotes are escaped.
            category = between(line, b',"category":"', b'"')
            trees[whole["id"]].append(leaf)
            trees[homes.get(category, "P-09")].append(leaf)
            for sample in samples:
                sample.see(line, category)
            proofs.see(line)
    for population in populations:
        tree = trees[population["id"]]
        rows = csv_rows(os.path.join(root, *population["csv"].split("/")))
        ok = tree.size == population["rows"] == rows and tree.root() == population["root"]
        detail = "%d rows, root %s" % (tree.size, tree.root())
        if not ok:
            detail += "; listed %d rows, root %s; CSV %d rows" % (population["rows"], population["root"], rows)
        check("Population " + population["id"], ok, detail)
    parts = sum(population["rows"] for population in populations[1:])
    check("Areas add up", parts == whole["rows"], "%d rows in the areas, %d in all" % (parts, whole["rows"]))
    if not samples:
        say("skipped", "Sample", "none was asked for")
    for number, sample in enumerate(samples, 1):
        check_sample(root, number, sample)
    proofs.judge()


def rows_of(population, categories):
    """Rows that it lists for these categories, all of them when there are none."""
    if not categories:
        return population["rows"]
    return sum(population["rowsByCategory"].get(category, 0) for category in categories)


def sample_file(number):
    return "data/11_samples/%02d_sample.ndjson" % number


class Proofs(object):
    """Each sampled row against the log: its leaf from the row as the population has it, and the way up to the root."""

    def __init__(self, root, recipe):
        self.root, self.recipe, self.listed, self.lines = root, recipe, {}, {}
        for number in range(1, len(recipe["samples"]) + 1):
            for line in (read_optional(root, sample_file(number)) or "").split("\n"):
                if line != "":
                    own = line[len('{"event":') : line.rindex(',"rank":')]
                    self.listed.setdefault(json.loads(line)["event"]["uid"], set()).add(own)

    def see(self, line):
        uid = line[line.rindex(b',"uid":"') + 8 : -2].decode("utf-8")
        if uid in self.listed:
            self.lines[uid] = line.decode("utf-8")

    def judge(self):
        if not self.listed:
            say("skipped", "Proofs", "no row was sampled")
        elif self.recipe.get("redaction"):
            say("skipped", "Proofs", "rows are redacted, and a leaf could tell whom they name")
        elif len(self.listed) > MOST_PROOFS:
            say("skipped", "Proofs", "samples of more than %d rows have none" % MOST_PROOFS)
        else:
            checkpoint = read_text(os.path.join(self.root, "data", "40_integrity", "checkpoint.txt"))
            wrong = []
            for uid in self.listed:
                fault = self.fault_of(uid, checkpoint)
                if fault is not None:
                    wrong.append("row %s: %s" % (uid, fault))
            passed = "%d rows lead to the root of the log, each from its leaf" % len(self.listed)
            check("Proofs", not wrong, "; ".join(wrong) if wrong else passed)

    def fault_of(self, uid, checkpoint):
        line = self.lines.get(uid)
        if line is None:
            return "not in the population"
        if self.listed[uid] != set([line]):
            return "not as the population has it"
        text = read_optional(self.root, "data/11_samples/proofs/%s.tlog-proof" % uid)
        if text is None:
            return "its proof is missing"
        head, _, note = text.partition("\n\n")
        lines = head.split("\n")
        if len(lines) > 1 and lines[1].startswith("extra "):
            del lines[1]
        if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 2 or not lines[1].startswith("index "):
            return "its proof cannot be read"
        if note != checkpoint:
            return "its proof is for another checkpoint"
        path = [from_base64(one) for one in lines[2:]]
        size, expected = int(note.split("\n")[1]), from_base64(note.split("\n")[2])
        if root_of_proof(leaf_of(line), int(lines[1][6:]), size, path) != expected:
            return "does not lead to the root of the log"
        return None


def leaf_of(line):
    """The leaf of an event in the log: canonical JSON (RFC 8785) of what was made of its record, and the record's hash."""
    event = json.loads(line)
    leaf = dict((name, event[name]) for name in ("import", "row", "source", "uid"))
    leaf["normalised"] = dict((name, event[name]) for name in NORMALISED)
    # The raw record is the only value in which these texts could occur again, and it stands between them.
    raw = line[line.index(',"raw":') + 7 : line.rindex(',"row":')]
    leaf["recordHash"] = hashlib.sha256(raw.encode("utf-8")).hexdigest()
    text = json.dumps(leaf, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # A lone half of a surrogate pair, which UTF-8 cannot hold, is kept as its escape.
    text = "".join("\\u%04x" % ord(one) if "\ud800" <= one <= "\udfff" else one for one in text)
    return hashlib.sha256(b"\x00" + text.encode("utf-8")).digest()


def root_of_proof(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2; None for a proof of the wrong length."""
    last = size - 1
    for beside in path:
        if last == 0:
            return None
        if index % 2 == 1 or index == last:
            leaf = hashlib.sha256(b"\x01" + beside + leaf).digest()
            while index % 2 == 0 and index != 0:
                index, last = index // 2, last // 2
        else:
            leaf = hashlib.sha256(b"\x01" + leaf + beside).digest()
        index, last = index // 2, last // 2
    return leaf if last == 0 else None


def check_sign_offs(root, recipe, info):
    """signoff/<n>-<role>.txt: JSON, and in a signed pack the signature of its key below it."""
    found = []
    folder = os.path.join(root, "signoff")
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        match = re.match(r"^([1-9]\d{0,3})-(preparer|reviewer|approver)\.txt\Z", name, re.ASCII)
        if match:
            found.append((int(match.group(1)), "signoff/" + name))
    if not found:
        say("skipped", "Sign-offs", "nobody has signed off in this pack")
        return
    manifest = sha256_of(os.path.join(root, "manifest-sha256.txt"))
    key, log = parse_key(recipe.get("signing")), recipe["log"]
    wrong, said, preparers, previous = [], [], [], None
    for number, (_, path) in enumerate(sorted(found), 1):
        text, one, fault = read_optional(root, path) or "", None, None
        try:
            one = json.loads(text_of_note(text))
            role, name, override = one["role"], one["name"], one["override"]
        except (ValueError, KeyError, TypeError):
            wrong.append(path + ": cannot be read")
            previous = hashlib.sha256(text.encode("utf-8")).hexdigest()
            continue
        if one.get("number") != number or one.get("previous") != previous:
            fault = "does not follow from the sign-off before it"
        elif one.get("pack") != info.get("External-Identifier") or (one.get("logSize"), one.get("logRoot")) != (log["size"], log["root"]):
            fault = "for another pack or another log"
        elif one.get("manifestSha256") != manifest:
            fault = "for another manifest-sha256.txt"
        elif key and (one.get("method") != "key" or not is_signed(text, key)):
            fault = "not signed with the key of the pack"
        elif role == "approver" and override is None and name.strip().lower() in preparers:
            fault = "approved by who prepared it, without an override"
        if fault is not None:
            wrong.append("%s: %s" % (path, fault))
        if role == "preparer":
            preparers.append(name.strip().lower())
        said.append("%s %s%s" % (role, name, "" if override is None else " (by override)"))
        previous = hashlib.sha256(text.encode("utf-8")).hexdigest()
    check("Sign-offs", not wrong, "; ".join(wrong) if wrong else ", ".join(said))


def elements(data):
    """What a value in DER is made of, as (tag, content): definite lengths alone, up to its very end."""
    found, at = [], 0
    while at < len(data):
        tag, length, start = data[at], data[at + 1], at + 2
        if length >= 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[start : start + size], "big")
            start += size
            if size == 0 or size > 3:
                raise ValueError("not DER")
        if tag & 0x1F == 0x1F or start + length > len(data):
            raise ValueError("not DER")
        found.append((tag, data[start : start + length]))
        at = start + length
    return found


def need(element, tag):
    if element[0] != tag:
        raise ValueError("put together in another way")
    return element[1]


def only(data, tag):
    found = elements(data)
    if len(found) != 1:
        raise ValueError("something follows")
    return need(found[0], tag)


def content_of(info, kind):
    oid, content = elements(info)[:2]
    if need(oid, 0x06).hex() != kind:
        raise ValueError("holds something else")
    return need(content, 0xA0)


def read_time_stamp(answer):
    """(SHA-256, time) of an authority's answer, RFC 3161, section 2.4.2; its signature is left to openssl."""
    if len(answer) > 256 * 1024:
        raise ValueError("too large")
    status, token = elements(only(answer, 0x30))[:2]
    if need(elements(need(status, 0x30))[0], 0x02) not in (b"\0", b"\1"):
        raise ValueError("refused")
    signed = elements(only(content_of(need(token, 0x30), "2a864886f70d010702"), 0x30))
    info = only(content_of(need(signed[2], 0x30), "2a864886f70d0109100104"), 0x04)
    parts = elements(only(info, 0x30))
    algorithm, digest = elements(need(parts[2], 0x30))[:2]
    if need(elements(need(algorithm, 0x30))[0], 0x06).hex() != "608648016503040201":
        raise ValueError("not about a SHA-256")
    time = need(parts[4], 0x18).decode("latin-1")
    found = re.match(r"^([12]\d{3})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z\Z", time, re.ASCII)
    if not found:
        raise ValueError("its time is none")
    numbers = [int(number) for number in found.groups()[:6]]
    datetime.datetime(*numbers)
    return need(digest, 0x04).hex(), "%04d-%02d-%02dT%02d:%02d:%02d%sZ" % tuple(numbers + [found.group(7) or ""])


def check_time_stamps(root):
    """timestamp/<n>.txt, a copy of an earlier tag manifest, and <n>.tsr, what an authority said of it."""
    folder, numbers = os.path.join(root, "timestamp"), set()
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        match = re.match(r"^([1-9]\d{0,3})\.(txt|tsq|tsr)\Z", name, re.ASCII)
        if match:
            numbers.add(int(match.group(1)))
    if not numbers:
        return
    with open(os.path.join(root, "tagmanifest-sha256.txt"), "rb") as file:
        listed = set(file.read().split(b"\n"))
    wrong, times = [], []
    for number in sorted(numbers):
        own, fault = "timestamp/%d" % number, None
        try:
            with open(os.path.join(folder, "%d.txt" % number), "rb") as file:
                text = file.read()
            with open(os.path.join(folder, "%d.tsr" % number), "rb") as file:
                digest, time = read_time_stamp(file.read(256 * 1024 + 1))
            lines = [line for line in text.split(b"\n") if line]
            if digest != hashlib.sha256(text).hexdigest():
                fault = "stamps another text than %s.txt" % own
            elif not listed.issuperset(lines) or not any(line[66:] == b"manifest-sha256.txt" for line in lines):
                fault = "stamps files that the pack does not have"
            times.append(time)
        except (OSError, ValueError, IndexError):
            fault = "cannot be read"
        if fault is not None:
            wrong.append("%s.tsr: %s" % (own, fault))
    passed = "these files were there at %s, as the stamps say" % ", ".join(times)
    check("Time stamps", not wrong, "; ".join(wrong) if wrong else passed)
    say("skipped", "Authority of the time stamps", "its signature and certificate are checked with openssl ts -verify: see timestamp/README.txt")


def check_answers(root):
    wrong, total = [], 0
    for table in json.loads(read_text(os.path.join(root, "data", "30_query", "reviews.json"))):
        total += 1
        rows = csv_rows(os.path.join(root, *table["csv"].split("/")))
        if rows != table["rows"]:
            wrong.append("%s has %d rows, listed %d" % (table["csv"], rows, table["rows"]))
    check("Answers", not wrong, "; ".join(wrong) if wrong else "%d tables with as many rows as listed" % total)


class Sample(object):
    """Draws a sample again by the rules that its sampling.json and section 6 of the report publish."""

    def __init__(self, sampling, rows):
        self.asked, self.rows = sampling, rows
        self.order, self.found, self.counts, self.ranked = [], set(), {}, {}
        self.seed = sampling["seed"].encode("utf-8")
        self.replaced = set(one["uid"] for one in sampling["replacements"])
        self.named = set(one["uid"] for one in sampling["chosen"])
        self.most = sampling["size"] + len(self.replaced)
        self.every = max(1, rows // max(1, sampling["size"]))
        self.start = int(hashlib.sha256(self.seed).hexdigest()[:12], 16) % self.every
        self.position = 0

    def see(self, line, category):
        if self.asked["categories"] and category not in self.asked["categories"]:
            return
        uid = line[line.rindex(b',"uid":"') + 8 : -2]
        method, strata = self.asked["method"], self.asked["strata"]
        if method == "judgemental":
            if uid.decode("ascii") in self.named:
                self.found.add(uid.decode("ascii"))
            return
        if method == "systematic":
            due = self.position - self.start
            if due >= 0 and due % self.every == 0 and len(self.order) < min(self.asked["size"], self.rows):
                self.order.append(uid.decode("ascii"))
            self.position += 1
            if not self.replaced:
                return
        if strata is None or strata == "category":
            stratum = category if strata else "all"
        else:
            event = json.loads(line.decode("utf-8"))
            stratum = event["time"][:7] if strata == "month" else event[strata]
        self.counts[stratum] = self.counts.get(stratum, 0) + 1
        rows = self.ranked.setdefault(stratum, [])
        rows.append((hashlib.sha256(self.seed + b"\x1f" + uid).hexdigest(), uid.decode("ascii")))
        if len(rows) > 2 * self.most + 1000:
            self.ranked[stratum] = sorted(rows)[: self.most]

    def shares(self):
        """Fixed: the size for each stratum. Proportional: whole shares, then one more each by the largest remainder."""
        size, total = self.asked["size"], sum(self.counts.values())
        if self.asked["allocation"] != "proportional":
            return dict((stratum, size) for stratum in self.counts)
        if size >= total:
            return dict(self.counts)
        shares = dict((stratum, size * rows // total) for stratum, rows in self.counts.items())
        # Names are compared by their UTF-16 code units, as in the program that drew.
        order = lambda one: (-(size * self.counts[one] % total), one.encode("utf-16-be"))
        for stratum in sorted(self.counts, key=order)[: size - sum(shares.values())]:
            shares[stratum] += 1
        return shares

    def drawn(self):
        method = self.asked["method"]
        if method == "judgemental":
            chosen = [one["uid"] for one in self.asked["chosen"]]
            return [("chosen", at + 1, "", uid) for at, uid in enumerate(chosen) if uid in self.found]
        if method == "systematic":
            if self.position != self.rows:
                return []
            rows = [("all", at + 1, str(self.start + at * self.every), uid) for at, uid in enumerate(self.order)]
            taken = set(self.order)
            others = [one for one in sorted(self.ranked.get("all", [])) if one[1] not in taken][: len(self.replaced)]
            return rows + [("replacement", at + 1, score, uid) for at, (score, uid) in enumerate(others)]
        rows, shares = [], self.shares()
        for stratum in self.ranked:
            ranked, taken = sorted(self.ranked[stratum])[: self.most], shares[stratum]
            while True:
                wanted = shares[stratum] + sum(1 for _, uid in ranked[:taken] if uid in self.replaced)
                if wanted == taken or taken >= len(ranked):
                    break
                taken = wanted
            rows += [(stratum, at + 1, score, uid) for at, (score, uid) in enumerate(ranked[:taken])]
        return rows


def check_sample(root, number, sample):
    listed = []
    for line in (read_optional(root, sample_file(number)) or "").split("\n"):
        if line != "":
            row = json.loads(line)
            listed.append((row["stratum"], row["rank"], row["score"], row["event"]["uid"]))
    again = sample.drawn()
    ok = sorted(listed) == sorted(again) and len(sample.found) == len(sample.named)
    check("Sample S-%02d" % number, ok, "%d rows drawn again, %s, seed %s" % (len(again), sample.asked["method"], json.dumps(sample.asked["seed"])))


def signed_hash(token):
    """The message digest in a CMS signature, RFC 5652, sections 5.3 and 11.2; zeros may follow it."""
    size = token[1] & 0x7F
    end = 2 + size + int.from_bytes(token[2 : 2 + size], "big")
    if token[1] < 0x82 or any(token[end:]):
        raise ValueError("something follows")
    signed = elements(only(content_of(only(token[:end], 0x30), "2a864886f70d010702"), 0x30))
    signer = elements(only(need(signed[-1], 0x31), 0x30))
    for _, attribute in elements(need(signer[3], 0xA0)):
        oid, values = elements(attribute)
        if need(oid, 0x06).hex() == "2a864886f70d010904":
            return only(need(values, 0x31), 0x04)
    raise ValueError("no hash")


def check_pdf_signature(root):
    """report-signed.pdf, when somebody signed the report: the report, and behind it a signature over all of it."""
    name, report_name, fault = "report-signed.pdf", "data/01_Evidence_Report.pdf", None
    if not os.path.exists(os.path.join(root, name)):
        return
    try:
        with open(os.path.join(root, report_name), "rb") as file:
            report = file.read()
        with open(os.path.join(root, name), "rb") as file:
            signed = file.read()
        found = re.search(br"/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]\n/Contents <([0-9a-f]+)>", signed[len(report) :])
        if not signed.startswith(report):
            fault = "does not begin with %s" % report_name
        elif not found:
            fault = "what follows the report is not a signature as Exhibit adds it"
        else:
            start, end = (len(report) + found.start(4) - 1, len(report) + found.end(4) + 1)
            if [int(found.group(at)) for at in (1, 2, 3)] != [start, end, len(signed) - end]:
                fault = "holds bytes that its signature does not cover"
            elif signed_hash(bytes.fromhex(found.group(4).decode("ascii"))) != hashlib.sha256(signed[:start] + signed[end:]).digest():
                fault = "was changed after it was signed"
    except (OSError, ValueError, IndexError):
        fault = "cannot be read"
    check("PDF signature", fault is None, "%s: %s" % (name, fault) if fault else "%s begins with the report, and has the hash that its signature names" % name)
    say("skipped", "Certificate of the PDF signature", "who signed is not checked here: open the file in a PDF reader that knows whom you trust, or use pdfsig")


def check_balance(root):
    wrong, total = [], 0
    with io.open(os.path.join(root, "data", "20_sources", "inventory.csv"), "r", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            total += 1
            if int(row["read"]) != int(row["stored"]) + int(row["duplicates"]) + int(row["rejected"]):
                wrong.append("import %s" % row["import"])
    check(
        "Balance",
        not wrong,
        "does not hold for " + ", ".join(wrong)
        if wrong
        else "read = stored + duplicates + rejected for each of %d imports" % total,
    )


def main(arguments):
    known = None
    if arguments[:1] == ["--pubkey"] and len(arguments) > 1:
        text = read_text(arguments[1]) if os.path.isfile(arguments[1]) else arguments[1]
        known = parse_key(text)
        if known is None:
            print("--pubkey takes a public key such as pubkey.txt has, or a file with it.")
            return 2
        arguments = arguments[2:]
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        print(__doc__)
        return 2
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.abspath(arguments[0]) if arguments else os.path.dirname(os.path.dirname(here))
    if not os.path.isdir(root):
        print("%s is not a folder. Name the pack's folder." % root)
        return 2
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    print("Evidence pack %s" % os.path.basename(root))
    csv.field_size_limit(1 << 30)
    info = {}
    for step in (
        lambda: check_bag(root, info),
        lambda: check_checkpoint(root, check_recipe(root, info), info),
        lambda: check_signatures(root, read_recipe(root), info, known),
        lambda: check_populations(root, read_recipe(root)),
        lambda: check_answers(root),
        lambda: check_sign_offs(root, read_recipe(root), info),
        lambda: check_pdf_signature(root),
        lambda: check_time_stamps(root),
        lambda: check_balance(root),
    ):
        try:
            step()
        except Exception as error:  # What a step cannot read is a failed check and not the end.
            check("Readable data", False, "%s: %s" % (type(error).__name__, error))
    print("")
    print("FAILED: %s" % ", ".join(FAILED) if FAILED else "Nothing failed. Skipped checks are named above.")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
