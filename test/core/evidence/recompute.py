"""Computes a pack again from its own files, in ways of its own: nothing here is shared with verify.py or with Exhibit.

    python3 recompute.py PACK < pages.json

PACK is the pack's folder; standard input is the text of the report's pages as a JSON array. Prints one JSON object:
what was computed, and `differences`, a list of sentences that is empty when everything fits. Standard library only.
"""

import base64
import collections
import csv
import hashlib
import json
import os
import re
import sys

differences = []


def differ(sentence):
    differences.append(sentence)


def h(data):
    return hashlib.sha256(data).digest()


def tree_head(leaves):
    """RFC 6962, section 2.1, word by word: split at the largest power of two below the number of leaves."""
    if not leaves:
        return h(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return h(b"\x01" + tree_head(leaves[:split]) + tree_head(leaves[split:]))


def climb(leaf, index, size, path):
    """The root from a leaf and its audit path, by the recursion that defines the path (RFC 6962, section 2.1.1)."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    split = 1
    while split * 2 < size:
        split *= 2
    rest, beside = path[:-1], path[-1]
    if index < split:
        below = climb(leaf, index, split, rest)
        return below and h(b"\x01" + below + beside)
    below = climb(leaf, index - split, size - split, rest)
    return below and h(b"\x01" + beside + below)


def quote(value):
    """A JSON string or null in canonical form (RFC 8785, section 3.2.2.2)."""
    if value is None:
        return "null"
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    out = []
    for one in value:
        if one in short:
            out.append(short[one])
        elif ord(one) < 32 or 0xD800 <= ord(one) <= 0xDFFF:
            out.append("\\u%04x" % ord(one))
        else:
            out.append(one)
    return '"' + "".join(out) + '"'


def leaf_text(event, raw):
    names = (
        "action actor actorType category field ip newValue oldValue outcome scope subject "
        "targetId targetName targetType time timeBasis timeText"
    ).split()
    normalised = ",".join("%s:%s" % (quote(name), quote(event[name])) for name in names)
    return '{"import":%d,"normalised":{%s},"recordHash":"%s","row":%d,"source":%s,"uid":%s}' % (
        event["import"],
        normalised,
        hashlib.sha256(raw.encode("utf-8")).hexdigest(),
        event["row"],
        quote(event["source"]),
        quote(event["uid"]),
    )


def raw_of(line):
    """The text of the raw record: its value is decoded to find where it ends, not searched for."""
    start = line.index(',"raw":') + len(',"raw":')
    _, end = json.JSONDecoder().raw_decode(line, start)
    return line[start:end]


def main():
    pack = sys.argv[1]
    data = os.path.join(pack, "data")
    load = lambda *parts: open(os.path.join(data, *parts), encoding="utf-8", newline="")
    table = lambda *parts: list(csv.DictReader(load(*parts)))
    recipe = json.load(load("30_query", "recipe.json"))
    populations = json.load(load("30_query", "populations.json"))
    control_map = json.load(load("30_query", "mappings", "control-map.json"))
    lines = load("10_populations", "00_all-events.ndjson").read().split("\n")[:-1]
    events = [json.loads(line) for line in lines]
    by_uid = dict(zip((event["uid"] for event in events), lines))
    if len(by_uid) != len(events):
        differ("two rows have one uid")
    if [(event["time"]) for event in events] != sorted(event["time"] for event in events):
        differ("rows are not in order of time")

    # Populations: rows and roots, and each table holds the rows of its categories in their order.
    for population in populations:
        own = [at for at, event in enumerate(events) if event["category"] in population["categories"]]
        root = tree_head([h(b"\x00" + lines[at].encode("utf-8")) for at in own]).hex()
        if (len(own), root) != (population["rows"], population["root"]):
            differ("%s has %d rows and the root %s" % (population["id"], len(own), root))
        listed = [row["uid"] for row in table(*population["csv"].split("/")[1:])]
        if listed != [events[at]["uid"] for at in own]:
            differ("%s does not list the rows of its categories" % population["csv"])

    # The samples: every row of a stratum ranked, not only the best. `drawn` has each sampled event once, by category.
    drawn = {}
    for number, sampling in enumerate(recipe["samples"], 1):
        method, by, seed = sampling["method"], sampling["strata"], sampling["seed"].encode("utf-8")
        assert not sampling["replacements"] and sampling["allocation"] in (None, "fixed")
        own = [one for one in events if not sampling["categories"] or one["category"] in sampling["categories"]]
        score = lambda event: h(seed + b"\x1f" + event["uid"].encode("ascii")).hex()
        strata, expected = collections.defaultdict(list), []
        if method == "judgemental":
            inside = set(event["uid"] for event in own)
            expected = [("chosen", at, "", one["uid"]) for at, one in enumerate(sampling["chosen"], 1) if one["uid"] in inside]
        elif method == "systematic":
            every = len(own) // sampling["size"]
            start = int(h(seed).hex()[:12], 16) % every
            for rank in range(sampling["size"]):
                place = start + rank * every
                expected.append(("all", rank + 1, str(place), own[place]["uid"]))
        else:
            for event in own:
                strata[event[by] if by else "all"].append((score(event), event["uid"]))
            for stratum in sorted(strata):
                for rank, (value, uid) in enumerate(sorted(strata[stratum])[: sampling["size"]], 1):
                    expected.append((stratum, rank, value, uid))
        rows = table("11_samples", "%02d_sample.csv" % number)
        if [(row["stratum"], int(row["rank"]), row["score"], row["uid"]) for row in rows] != expected:
            differ("%02d_sample.csv does not list the rows that its rule draws" % number)
        if [row["uid"] for row in table("11_samples", "%02d_tick-sheet.csv" % number)] != [one[3] for one in expected]:
            differ("%02d_tick-sheet.csv does not list the rows of its sample" % number)
        drawn.update((row["uid"], row["category"]) for row in rows)

    # Proofs: the leaf written out again from the row, then up the path to the root of the checkpoint.
    checkpoint = load("40_integrity", "checkpoint.txt").read()
    origin, size, root = checkpoint.split("\n")[:3]
    log = recipe["log"]
    if (origin, int(size), base64.b64decode(root).hex()) != (log["origin"], log["size"], log["root"]):
        differ("the checkpoint is not the log of the recipe")
    indices = set()
    for uid in drawn:
        text = load("11_samples", "proofs", uid + ".tlog-proof").read()
        head, _, note = text.partition("\n\n")
        first, index, *path = head.split("\n")
        if first != "c2sp.org/tlog-proof@v1" or note != checkpoint:
            differ("the proof of %s is none for this checkpoint" % uid)
        index = int(index[len("index ") :])
        indices.add(index)
        line = by_uid[uid]
        leaf = h(b"\x00" + leaf_text(json.loads(line), raw_of(line)).encode("utf-8"))
        if climb(leaf, index, int(size), [base64.b64decode(one) for one in path]) != base64.b64decode(root):
            differ("row %s does not lead to the root" % uid)
    if len(indices) != len(drawn):
        differ("two proofs are for one leaf")

    # Counts by source, import and day.
    count = lambda key: collections.Counter(key(event) for event in events)
    by_source, by_import = count(lambda event: event["source"]), count(lambda event: event["import"])
    by_category = count(lambda event: event["category"])
    by_day = count(lambda event: (event["source"], event["time"][:10]))
    assert recipe["period"]["zone"] == "UTC"
    for row in table("20_sources", "sources.csv"):
        if int(row["inPack"]) != by_source[row["source"]]:
            differ("%s has %d rows in the pack" % (row["source"], by_source[row["source"]]))
    for row in table("20_sources", "inventory.csv"):
        if int(row["inPack"]) != by_import[int(row["import"])]:
            differ("import %s has %d rows in the pack" % (row["import"], by_import[int(row["import"])]))
        if int(row["read"]) != int(row["stored"]) + int(row["duplicates"]) + int(row["rejected"]):
            differ("import %s does not balance" % row["import"])
    days = dict(((row["source"], row["day"]), int(row["eventsInPack"])) for row in table("20_sources", "days.csv"))
    for day in set(days) | set(by_day):
        if days.get(day, 0) != by_day[day]:
            differ("%s has %d rows on %s" % (day[0], by_day[day], day[1]))

    # The report: its figures by control, by category and by population, and those of the first sentences.
    report = re.sub(r"\s+", " ", " ".join(json.load(sys.stdin)))
    figure = lambda number: format(number, ",")

    def expect(text):
        if text not in report:
            differ("the report does not say “%s”" % text)

    plural = lambda number, word: "%s %s%s" % (figure(number), word, "" if number == 1 else "s")
    expect("%s of %s lie in the period" % (plural(len(events), "event"), plural(len(by_source), "source")))
    sampled = collections.Counter(drawn.values())
    with_evidence = 0
    for control in control_map["controls"]:
        rows = sum(by_category[category] for category in control["categories"])
        picked = sum(sampled[category] for category in control["categories"])
        if rows > 0:
            with_evidence += 1
            listed = "Events listed, sampled" if picked else "Events listed"
            expect("%s %s %s %s %s " % (control["id"], control["label"], listed, figure(rows), figure(picked)))
    expect("evidence for %d of the %d controls" % (with_evidence, len(control_map["controls"])))
    for category, rows in by_category.items():
        expect("%s (%s)" % (category, figure(rows)))
    for population in populations:
        expect("%s %s %s" % (population["id"], figure(population["rows"]), population["root"]))
    print(
        json.dumps(
            {
                "events": len(events),
                "populations": len(populations),
                "sampled": len(drawn),
                "controls": with_evidence,
                "differences": differences,
            }
        )
    )


main()
