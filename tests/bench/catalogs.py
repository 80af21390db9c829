"""Every catalog of the shared fixtures as lines of kind, source and record (tests/bench/corpus.h), the French one first."""
import io, json, subprocess, tarfile


def lines(path):
    with subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE) as process:
        yield from process.stdout


def members(path):
    """Name and content of each file of a compressed archive."""
    packed = subprocess.run(["zstd", "-dc", path], check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            if member.isfile():
                yield member.name, archive.extractfile(member).read()


def package(identifier, title, description, organization=None, views=None, acronym=None):
    """A CKAN package of what little some catalogs say."""
    made = {"id": identifier, "name": identifier, "title": title, "notes": description or "", "type": "dataset", "state": "active",
            "resources": [], "extras": [{"key": "acronym", "value": acronym}] if acronym else []}
    if organization:
        made["organization"] = {"id": organization, "name": organization, "title": organization}
    if views is not None:
        made["tracking_summary"] = {"total": views, "recent": 0}
    return made


def data_json(archive, wanted):
    for name, content in members(archive):
        if not wanted(name):
            continue
        try:
            datasets = json.loads(content).get("dataset", [])
        except (ValueError, AttributeError):
            continue
        for dataset in datasets:
            yield "data-json", name.removesuffix(".json"), dataset


def records(catalogs):
    for line in lines(catalogs / "socrata-2022" / "socrata.jsonl.zst"):
        asset = json.loads(line)
        yield "data-json", asset.get("metadata", {}).get("domain", "socrata"), asset
    yield from data_json(catalogs / "us-federal-datajson" / "datajson.tar.zst", lambda name: name.count(".") == 1)
    yield from data_json(catalogs / "arcgis-hub-datajson" / "latest.tar.zst", lambda name: name.endswith(".json"))
    for number, line in enumerate(lines(catalogs / "eu-theme-labelled" / "eu.jsonl.zst")):
        row = json.loads(line)
        yield "ckan", "eu", package(f"eu-{number}", row["title"], row["description"])
    for line in lines(catalogs / "udata-api-datasets" / "datasets.jsonl.zst"):
        row = json.loads(line)
        yield "ckan", "udata", package(row["id"], row["title"], row["description"], (row.get("organization") or {}).get("name"),
                                       row.get("metrics", {}).get("views"), row.get("acronym"))


def text(value):
    return value if isinstance(value, str) else ""


def as_package(source, record):
    """A data.json data set or a Socrata asset as a CKAN package, with what is searched and counted."""
    asset = record.get("resource") if isinstance(record.get("resource"), dict) else None
    if asset:
        categories = record.get("classification", {}).get("domain_tags", [])
        made = package(asset["id"], text(asset.get("name")), text(asset.get("description")), text(asset.get("attribution")) or source,
                       (asset.get("page_views") or {}).get("page_views_total"))
        files, licence, modified = ["csv", "json"], text(record.get("metadata", {}).get("license")), text(asset.get("updatedAt"))
    else:
        publisher = record.get("publisher")
        made = package(text(record.get("identifier")) or text(record.get("title")), text(record.get("title")), text(record.get("description")),
                       text(publisher.get("name")) if isinstance(publisher, dict) else source)
        categories, licence, modified = record.get("keyword") or [], text(record.get("license")), text(record.get("modified"))
        files = [text(file.get("format")) for file in record.get("distribution") or [] if isinstance(file, dict)]
    made["tags"] = [{"name": tag} for tag in categories if isinstance(tag, str)] if isinstance(categories, list) else []
    made["resources"] = [{"id": f"{made['id']}-{i}", "name": made["title"], "format": name, "url": f"https://files.example.org/{i}"}
                         for i, name in enumerate(files[:20])]
    made["license_id"], made["metadata_modified"] = licence, modified[:26]
    return made


def write_packages(catalogs, french, target, count):
    """`count` CKAN packages, one a line: the French ones, then those of the other catalogs."""
    with open(target, "w", encoding="utf-8") as out:
        for written, line in enumerate(open(french, encoding="utf-8"), 1):
            out.write(line)
        for kind, source, record in records(catalogs):
            if written == count:
                return
            made = record if kind == "ckan" else as_package(source, record)
            if made["id"] and made["title"]:
                out.write(json.dumps(made) + "\n")
                written += 1


def write(catalogs, french, target):
    """`french`: the CKAN packages of data.gouv.fr, one a line."""
    with open(target, "w", encoding="utf-8") as out:
        for line in open(french, encoding="utf-8"):
            out.write(f"ckan\tdatagouv\t{line}")
        for kind, source, record in records(catalogs):
            out.write(f"{kind}\t{source}\t{json.dumps(record)}\n")
