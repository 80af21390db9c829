#!/usr/bin/env python3
"""Counts what every feed among the fixtures holds, with Python's json and xml and rdflib and none of the program's code: the
independent half of feeds_test.cpp. Writes feeds_oracle.tsv and feeds_values.tsv into the folder golden beside it, or into FOLDER.

    /usr/bin/python3 tests/harvesters/feeds_oracle.py FIXTURES [FOLDER]

A row of the first: file, kind, records, distributions; how many records have a title, and how many of these hold a publisher, a licence,
a date and a place, and how many web addresses they hold together; and last, which of these columns are allowed to differ, and why. A file
that Python refuses as a whole holds nothing: the program has to refuse it, too, or the file stands in MENDED.

A row of the second: file, title, first and last date (to the day) and licence (if it is an address) of three records a file, those with the
least, the middle and the greatest title. Empty: the source does not say it, or not in a form that is simple to compare."""
import functools
import io
import json
import logging
import pathlib
import re
import subprocess
import sys
import tarfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

import rdflib

logging.disable(logging.CRITICAL)
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
FOAF = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
ENDINGS = (".json", ".jsonld", ".ttl", ".rdf", ".nt", ".xml", "_suffix")
BASE = "http://portal.example/"
SOCRATA = "socrata-2022/socrata.jsonl.zst"
CONTEXTS = pathlib.Path(__file__).resolve().parents[2] / "config" / "contexts"


def feeds(root):
    for folder in ("dcat", "ckan-api"):
        for path in (root / folder).rglob("*"):
            name = str(path.relative_to(root))
            if not path.is_file() or name.endswith(".meta.json"):
                continue
            if name.endswith(".json.zst"):
                yield name, subprocess.run(["zstdcat", path], check=True, capture_output=True).stdout
            elif name.endswith(ENDINGS):
                yield name, path.read_bytes()
    for archive in ("arcgis-hub-datajson/latest.tar.zst", "arcgis-hub-datajson/timeseries.tar.zst",
                    "us-federal-datajson/datajson.tar.zst"):
        packed = subprocess.run(["zstdcat", root / "catalogs" / archive], check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            for member in tar:
                if member.isfile() and member.name.endswith(ENDINGS):
                    yield f"catalogs/{archive}/{member.name}", tar.extractfile(member).read()
    # An object a line, as the Discovery API gives them in a list. What else stands under catalogs is no answer of a portal: exports of a
    # database in columns of their own (datagouv-fr, eu-theme-labelled), and objects of udata's own API (udata-api-datasets, udata-fixtures).
    assets = subprocess.run(["zstdcat", root / "catalogs" / SOCRATA], check=True, capture_output=True).stdout.split(b"\n")
    yield f"catalogs/{SOCRATA}", b'{"results":[' + b",".join(a for a in assets if a) + b"]}"


class Unreadable(Exception):
    """Python cannot read the document as a whole; the program may have read a part."""


class Tally:
    """What the records of one feed hold."""

    def __init__(self):
        self.records = self.distributions = self.titles = self.publishers = self.licences = self.dates = self.places = 0
        self.urls = 0
        self.values = set()

    def add(self, distributions, publisher, licence, date, place, urls):
        self.titles += 1
        self.distributions += distributions
        self.publishers += bool(publisher)
        self.licences += any(is_stated(w) for w in words(licence))
        self.dates += bool(date)
        self.places += bool(place)
        self.urls += len({str(u).strip() for u in urls if is_address(u)})

    def value(self, title, issued="", modified="", licence=""):
        """What one record says; a value of several is none that is simple to compare."""
        one = lambda texts: str(texts[0]).strip() if isinstance(texts, list) and len(texts) == 1 else texts if isinstance(texts, str) else ""
        title = " ".join(one(title).split())
        if title and title.isprintable() and "<" not in title and "&" not in title and len(title) < 300:
            day = lambda text: one(text)[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:.]+Z?)?", one(text)) else ""
            self.values.add((title, day(issued), day(modified), one(licence) if is_web(one(licence)) and is_stated(one(licence)) else ""))

    def samples(self):
        titles = {}
        for value in sorted(self.values):
            titles.setdefault(value[0], []).append(value)
        alone = sorted(t for t in titles if len(titles[t]) == 1)
        return [titles[t][0] for t in sorted({alone[0], alone[len(alone) // 2], alone[-1]})] if alone else []

    def cells(self):
        return (self.records, self.distributions, self.titles, self.publishers, self.licences, self.dates, self.places,
                self.urls)


def is_address(text):
    """A whole address, alone in its field; its path may have blanks, and its scheme may be missing before a host."""
    text = str(text).strip()
    if text.startswith(BASE):  # a relative reference, which rdflib resolved
        return False
    if re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?", text):
        text = "http://" + text
    try:
        parts = urllib.parse.urlsplit(text)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https", "ftp") and bool(parts.hostname) and " " not in parts.netloc


def is_web(text):
    return is_address(text) and str(text).strip().startswith(("http://", "https://"))


def is_stated(licence):
    """A word that says something, markup taken off."""
    said = re.sub("<[^>]*>", " ", str(licence)).strip().lower().rstrip("/")
    return bool(said) and said not in UNSTATED and "unknown-license" not in said


def is_date(text):
    """Something with a year in it, and no interval ("R/P1D")."""
    text = str(text).strip()
    return bool(re.match(r"\d{4}([^/]*)$|\d\d/\d\d/\d{4}", text))


def local(tag):
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def is_place(text):
    """No box of which the south lies north of the north."""
    edges = re.fullmatch(r"([-\d.]+),([-\d.]+),([-\d.]+),([-\d.]+)", text.replace(" ", ""))
    return not edges or float(edges[2]) <= float(edges[4])


def inside(element, *names):
    """Non-empty texts below the elements of these names."""
    for found in element.iter():
        if local(found.tag) in names:
            text = " ".join(t.strip() for t in found.itertext() if t.strip())
            if text:
                yield text


# ISO 19139 has no place for a licence: it stands among the conditions, as a text that names it, or as an address among those of use.
LICENCE = re.compile(r"creativecommons\.org/|licence ouverte|open licen[cs]e|etalab|odbl|open database licen|datenlizenz|"
                     r"noConditionsApply|no conditions apply", re.IGNORECASE)


def iso_licences(info):
    for constraints in info.iter():
        if local(constraints.tag) != "resourceConstraints":
            continue
        of_use = any(local(e.tag) == "useConstraints" for e in constraints.iter())
        for condition in constraints.iter():
            if local(condition.tag) in ("useLimitation", "otherConstraints"):
                said = [" ".join(t.strip() for t in condition.itertext() if t.strip())]
                said += [v for e in condition.iter() for k, v in e.attrib.items() if local(k) == "href"]
                yield from (t for t in said if LICENCE.search(t) or of_use and is_web(t) and "LimitationsOnPublicAccess" not in t)


def count_iso(body):
    """Metadata documents, whatever wraps them; None where there are none."""
    try:
        tree = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return None
    tally = Tally()
    for record in tree.iter():
        if not local(record.tag).endswith("MD_Metadata") and local(record.tag) != "MI_Metadata":
            continue
        tally.records += 1
        info = [e for e in record.iter() if local(e.tag) == "identificationInfo"]
        if not any(list(inside(i, "title")) for i in info):
            continue
        boxes = any(local(e.tag) in ("EX_GeographicBoundingBox", "geographicIdentifier") for i in info for e in i.iter())
        transfer = [e for e in record if local(e.tag) == "distributionInfo"]
        transfer += [e for i in info for e in i.iter() if local(e.tag) == "connectPoint"]
        tally.add(0, any(list(inside(i, "organisationName", "individualName")) for i in info),
                  [w for i in info for w in iso_licences(i)],
                  any(is_date(d) for d in inside(record, "dateStamp", "date")), boxes,
                  (next(inside(l, "URL", "LocalisedURL"), "") for t in transfer for l in t.iter() if local(l.tag) == "linkage"))
        tally.value(next((t for i in info for c in i for t in inside(c, "title") if local(c.tag) == "citation"), ""))
    return tally if tally.records else None


@functools.cache
def context(address):
    """The text of a remote context, from the copies that are kept of them; rdflib would fetch it."""
    path = urllib.parse.urlsplit(address)
    if path.hostname in ("schema.org", "www.schema.org"):
        name = "schema-org.jsonld"
    elif path.path.endswith("/site/context.jsonld"):
        name = "udata.jsonld"
    else:
        name = {"catalog.jsonld": "project-open-data-1.1.jsonld", "data.jsonld": "project-open-data-1.1.jsonld", "dcat-ap.jsonld":
                "dcat-ap-3.jsonld", "context.jsonld": "dcat-ap-3-examples.jsonld"}.get(path.path.rsplit("/", 1)[-1])
    if not name:
        raise Unreadable("no copy of the context " + address)
    return json.loads((CONTEXTS / name).read_text())["@context"]


def with_contexts(value):
    if isinstance(value, list):
        return [with_contexts(v) for v in value]
    if not isinstance(value, dict):
        return value
    local_copy = lambda c: context(c) if isinstance(c, str) else [local_copy(x) for x in c] if isinstance(c, list) else c
    return {k: local_copy(v) if k == "@context" else with_contexts(v) for k, v in value.items()}


def count_rdf(body, syntax):
    graph = rdflib.Graph()
    try:
        if syntax == "json-ld":
            body = json.dumps(with_contexts(json.loads(body)))
        graph.parse(data=body, format=syntax, publicID=BASE)
    except Exception as refused:  # rdflib's parsers raise what they like
        raise Unreadable from refused
    return count_graph(graph)


def count_rdf_in_csw(body):
    """The RDF/XML inside an answer of a CSW; None where it is no such answer, or holds none."""
    try:
        tree = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return None
    if local(tree.tag) not in ("GetRecordsResponse", "GetRecordByIdResponse"):
        return None
    graph = rdflib.Graph()
    for results in [tree, *(e for e in tree if local(e.tag) == "SearchResults")]:
        for part in results:
            if part.tag == f"{{{rdflib.RDF}}}RDF" or str(part.tag).startswith(f"{{{DCAT}}}"):
                graph.parse(data=ElementTree.tostring(part), format="xml", publicID=BASE)
    return count_graph(graph, (FOAF.page,)) if len(graph) else None


def count_graph(graph, pages=()):
    """`pages`: links of a record that count as addresses, too; of a catalogue service's, as those of ISO 19139 do."""
    records = set()
    for kind in (DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService):
        records.update(graph.subjects(rdflib.RDF.type, kind))
    linked = set()
    for link in (DCAT.dataset, DCAT.service):
        linked.update(graph.objects(None, link))
    primary = set(graph.objects(None, FOAF.primaryTopic))
    records.update(linked)
    catalogs = set(graph.subjects(rdflib.RDF.type, DCAT.Catalog))

    def described(node):
        return any(p != rdflib.RDF.type for p in graph.predicates(node))

    def stub(node):
        titled = any((node, p, None) in graph for p in (DCT.title, rdflib.RDFS.label))
        return node not in linked and node not in primary and not titled and any(graph.subjects(None, node))

    def has(node, *properties):
        """A value that says something: no empty text, no blank node of which nothing is said."""
        for name in properties:
            for value in graph.objects(node, name):
                if isinstance(value, rdflib.BNode) and not described(value):
                    continue
                if str(value).strip():
                    return True
        return False

    records = {r for r in records if r not in catalogs and described(r) and not stub(r)}
    ends = (DCAT.endpointURL, DCAT.endpointDescription)
    tally = Tally()
    tally.records = len(records)
    for record in records:
        if not any(str(t).strip() for t in graph.objects(record, DCT.title)):
            continue
        files = set(graph.objects(record, DCAT.distribution))
        tally.add(len(files), has(record, DCT.publisher),
                  [str(w) for n in [record, *files] for w in graph.objects(n, DCT.license) if has(n, DCT.license)] +
                  [str(w) for n in [record, *files] for r in graph.objects(n, DCT.rights) for w in [r, *graph.objects(r)] if LICENCE.search(w)],
                  any(is_date(d) for p in (DCT.issued, DCT.modified, DCT.created, DCT.updated) for d in graph.objects(record, p)),
                  has(record, DCT.spatial),
                  [u for f in files for p in (DCAT.accessURL, DCAT.downloadURL) for u in graph.objects(f, p)] +
                  list(graph.objects(record, DCAT.landingPage) if has(record, DCAT.landingPage) else graph.objects(record, FOAF.homepage)) +
                  [u for p in pages for u in graph.objects(record, p)] +
                  [u for p in (ends if (record, rdflib.RDF.type, DCAT.DataService) in graph else ()) for u in graph.objects(record, p)])
        said = lambda name: [str(v) for v in graph.objects(record, name)]
        for title in said(DCT.title):
            tally.value(title, said(DCT.issued), said(DCT.modified), said(DCT.license))
    return tally if records or catalogs else None


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def words(value):
    """The texts inside a value of any shape."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        return [w for v in value.values() for w in words(v)]
    if isinstance(value, list):
        return [w for v in value for w in words(v)]
    return [] if value is None or isinstance(value, bool) else [str(value)]


def walk_data_json(catalog):
    """Objects of the lists, and those that a service or series describes inside itself."""
    for name in ("dataset", "service", "datasetSeries"):
        members = catalog.get(name)
        for element in members if isinstance(members, list) else [members] if name == "dataset" and isinstance(members, dict) else []:
            yield element
            if isinstance(element, dict):
                for inner in ("servesDataset", "seriesMember"):
                    yield from (m for m in as_list(element.get(inner)) if isinstance(m, dict) and "title" in m)
    for nested in as_list(catalog.get("catalog")):
        if isinstance(nested, dict):
            yield from walk_data_json(nested)


def parse_json(body):
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return json.loads(body.decode(encoding), strict=False)
        except (UnicodeDecodeError, json.JSONDecodeError):
            continue
    raise Unreadable


def count_data_json(root):
    lists = ("service", "datasetSeries", "catalog")
    if isinstance(root, list):
        elements = root
    elif isinstance(root, dict) and (isinstance(root.get("dataset"), (list, dict)) or any(isinstance(root.get(n), list) for n in lists)):
        elements = list(walk_data_json(root))
    else:
        return None
    tally = Tally()
    tally.records = len(elements)
    met = set()
    for element in elements:
        if not isinstance(element, dict) or not words(element.get("title")):
            continue
        name = json.dumps(element.get("identifier") or element.get("@id") or element.get("landingPage") or element["title"])
        if name in met:  # told as a duplicate
            continue
        met.add(name)
        files = [f for f in as_list(element.get("distribution")) if isinstance(f, dict)]
        own = bool(element.get("accessURL") or element.get("downloadURL"))
        sources = files or ([element] if own else [])
        tally.add((len(files) or int(own)) + int(bool(element.get("webService"))), words(element.get("publisher")),
                  words(element.get("license")) or [w for f in files for w in words(f.get("license"))],
                  any(is_date(d) for n in ("issued", "modified") for d in words(element.get(n))),
                  any(is_place(w) for w in words(element.get("spatial"))),
                  [u for f in sources for n in ("accessURL", "downloadURL") for u in words(f.get(n))] +
                  [u for n in ("landingPage", "webService", "endpointURL", "endpointDescription") for u in words(element.get(n))])
        tally.value(words(element["title"]), words(element.get("issued")), words(element.get("modified")), words(element.get("license")))
    return tally


SOCRATA_VIEWS = {"tabular": 2, "blobby": 1, "geo": 1}  # files that a portal of Socrata's offers of a view


def count_socrata(root):
    """Assets of the Discovery API; calendars and their like are no data sets, and the same asset comes again on another page."""
    if not isinstance(root, dict) or not isinstance(root.get("results"), list) or "success" in root:
        return None
    tally = Tally()
    tally.records = len(root["results"])
    met = set()
    for asset in root["results"]:
        resource, name = asset["resource"], (asset["metadata"]["domain"], asset["resource"]["id"])
        if resource["type"] != "dataset" or name in met:
            continue
        met.add(name)
        files = SOCRATA_VIEWS.get(resource["lens_view_type"], 0)
        tally.add(files or 1, words(resource.get("attribution")) or words((asset.get("owner") or {}).get("display_name")),
                  words(asset["metadata"].get("license")), any(is_date(resource.get(n) or "") for n in ("publication_date", "createdAt", "updatedAt")),
                  False, [asset["permalink"]] + [f"https://made.example/{n}" for n in range(files)])
        tally.value(words(resource["name"]), words(resource.get("publication_date") or resource.get("createdAt")),
                    words(resource.get("data_updated_at") or resource.get("updatedAt")))
    return tally


def count_ckan(root):
    if not isinstance(root, dict) or root.get("success") is False or not isinstance(root.get("result"), (dict, list)):
        return None
    result = root["result"]
    packages = result.get("results") if isinstance(result, dict) and "results" in result else [result]
    if not isinstance(packages, list) or not all(isinstance(p, dict) for p in packages):
        return None
    tally = Tally()
    tally.records = len(packages)
    for package in packages:
        if not words(package.get("title")):
            continue
        extras = package.get("extras") or []
        extra = {e.get("key"): e.get("value") for e in extras if isinstance(e, dict)} if isinstance(extras, list) else extras
        field = lambda *names: [w for n in names for w in words(package.get(n)) + words(extra.get(n))]
        files = [r for r in package.get("resources") or [] if r.get("state") != "deleted"]
        organization = package.get("organization") or {}
        tally.add(len(files), words(organization.get("title")) or field("publisher_name", "author"),
                  field("license_id", "license_title", "license_url"), field("metadata_created", "metadata_modified", "issued", "modified"),
                  field("spatial", "spatial_text", "spatial_uri", "bbox-west-long"),
                  [u for f in files for u in words(f.get("url"))] + words(package.get("url")))
        tally.value(words(package["title"]), field("issued") or words(package.get("metadata_created")),
                    field("modified") or words(package.get("metadata_modified")))
    return tally


def count(name, body):
    """The kind and its tally: the first kind that finds records, else one that finds an empty catalog."""
    if name.startswith("ckan-api/") and "data.json." not in name:
        tries = [("ckan", lambda: count_ckan(parse_json(body)))]
    elif name.endswith(".xml"):
        tries = [("csw", lambda: count_iso(body)), ("csw", lambda: count_rdf_in_csw(body)), ("dcat", lambda: count_rdf(body, "xml"))]
    elif name.endswith(SOCRATA):
        tries = [("data-json", lambda: count_socrata(parse_json(body)))]
    elif name.endswith((".json", "_suffix", ".json.zst")):
        tries = [("data-json", lambda: count_data_json(parse_json(body))), ("ckan", lambda: count_ckan(parse_json(body))),
                 ("dcat", lambda: count_rdf(body, "json-ld"))]
    else:
        syntax = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}[name.rsplit(".", 1)[-1]]
        tries = [("dcat", lambda: count_rdf(body, syntax))]
    empty = ("-", Tally())
    for kind, counted in tries:
        tally = counted()
        if tally and tally.records:
            return kind, tally
        if tally and empty[0] == "-":
            empty = (kind, tally)
    return empty


# Slips that keep Python from reading a document at all, mended as whoever wrote it meant it, because the program reads a part of it.
MENDED = {
    "dcat-other/fpsbosabudget.xml": (r"<dc:temporal>", r'<dc:temporal rdf:parseType="Resource">'),
    "favv/dcat.rdf": (r"</dcat:D(ataset|istribution)>(\s*)<dcat:D\1 ", r"</dcat:D\1></dcat:d\1>\2<dcat:d\1><dcat:D\1 "),
    "harvest_response_error.ttl": (r";\s*$", "."),
    "example-bee-population-dataset-series-api.ttl": (r"(?<!<)example-dist:(\w+)/(\w+)", r"<https://data.gov.gr/id/distribution/\1/\2>"),
    "example-bee-population-dataset-series-combined.ttl": (r"(?<!<)example-dist:(\w+)/(\w+)", r"<https://data.gov.gr/id/distribution/\1/\2>"),
    "examples/dcat/dataset.ttl": (r"\A|<(?=<http)", lambda slip: "" if slip[0] else "@prefix healthdcatap: <http://healthdataportal.eu/ns/health#> .\n"),
    "catalog-template-extended.json": (r'"dataQuality": ,', '"dataQuality": null,'),
}

# Where the program and Python are allowed to differ: the end of the name, the columns ("all": each), and why.
ALLOWED = [
    ("dcatus_spatial_no_translate.json", "places", "its one place is a text that is no place"),
    ("udata/harvest/tests/dcat/bnodes.xml", "places", "one of its places is the text “wrong wkt”"),
    ("example-ms_catalogue_simple.jsonld", "kind", "a catalog of records that are described elsewhere"),
    ("example-ms_catalogue_simple.ttl", "kind", "a catalog of records that are described elsewhere"),
    ("harvest_response_error.ttl", "titles", "the record that the document ends in is refused, for what it lacks"),
    ("dataset-series-api.ttl", "all", "Turtle of which a statement cannot be read is read as far as that, and the record that it cuts is refused"),
    ("dataset-series-combined.ttl", "all", "Turtle of which a statement cannot be read is read as far as that, and the record that it cuts is refused"),
    ("examples/dcat/dataset.ttl", "all", "Turtle of which a statement cannot be read is read as far as that, and the record that it cuts is refused"),
    ("example-bee-population-dataset-series.jsonld", "records", "rdflib 6.1 leaves out what the context of a type defines"),
    ("example-bee-population-dataset-series-frequency.jsonld", "records", "rdflib 6.1 leaves out what the context of a type defines"),
    ("dataset-multiple-rights.xml", "licences", "its licence is the odrs:dataLicense of a right, which the program does not read"),
    ("fixtures/geocat-testdata.xml", "urls", "one of its links is the name of a host alone"),
]
UNSTATED = {"no license provided. request permission to use.", "notspecified", "no se especificó la licencia", "license not specified", "none",
            "no license provided", "null", "http://inspire.ec.europa.eu/metadatacodelist/limitationsonpublicaccess/nolimitations"}


def mended(name, body):
    for end, (wrong, right) in MENDED.items():
        if name.endswith(end):
            return re.sub(wrong, right, body.decode()).encode()
    return body


def main():
    root = pathlib.Path(sys.argv[1])
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).resolve().parent / "golden"
    with open(folder / "feeds_oracle.tsv", "w") as counts, open(folder / "feeds_values.tsv", "w") as values:
        print("file\tkind\trecords\tdistributions\ttitles\tpublishers\tlicences\tdates\tplaces\turls\tdiffers", file=counts)
        print("file\ttitle\tissued\tmodified\tlicence", file=values)
        for name, body in sorted(feeds(root)):
            why = "; ".join(f"{columns}: {reason}" for end, columns, reason in ALLOWED if name.endswith(end))
            try:
                kind, tally = count(name, mended(name, body))
            except Unreadable:
                kind, tally = "-", Tally()
            print(name, kind, *tally.cells(), why, sep="\t", file=counts)
            for sample in tally.samples() if not re.search(r"\b(all|titles):", why) else ():
                print(name, *sample, sep="\t", file=values)


if __name__ == "__main__":
    main()
