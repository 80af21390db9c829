"""The committed queries, asked of other engines over the same records: Xapian's Omega as a CGI program, and SQLite's FTS5 with facets."""
import json, pathlib, re, resource, sqlite3, subprocess, time, urllib.parse

OMEGA = pathlib.Path("/usr/lib/cgi-bin/omega/omega")
STOP = set("a au aux avec ce ces dans de des du elle en est et il la le les leur ne ou par pas pour qu que qui sa se ses son sur un une l d".split())


def asked(queries, most):
    """Texts of the queries that have one, evenly taken."""
    texts = []
    for line in open(queries, encoding="utf-8"):
        found = re.search(r"\tq=([^&\n]*)", line)
        if found and not line.startswith("#"):
            texts.append(urllib.parse.unquote_plus(found.group(1)))
    return texts[:: max(1, len(texts) // most)]


def omega(index, queries, directory):
    """CPU µs a request, each a process as a web server starts it; nothing if it is not installed."""
    if not OMEGA.exists():
        return None
    home = pathlib.Path(directory)
    (home / "log").mkdir(exist_ok=True)
    (home / "databases").mkdir(exist_ok=True)
    shared = home / "databases" / "default"
    if shared.exists():
        shared.unlink()
    shared.symlink_to(index)
    (home / "omega.conf").write_text(f"database_dir {home}/databases\ntemplate_dir /var/lib/xapian-omega/templates\nlog_dir {home}/log\n"
                                     "cdb_dir /var/lib/xapian-omega/cdb\n")
    texts = asked(queries, 200)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for text in texts:
        query = urllib.parse.urlencode({"P": text, "DB": "default", "DEFAULTOP": "or", "HITSPERPAGE": "10"})
        environment = {"OMEGA_CONFIG_FILE": str(home / "omega.conf"), "REQUEST_METHOD": "GET", "QUERY_STRING": query, "SERVER_PROTOCOL": "HTTP/1.1",
                       "SCRIPT_NAME": "/cgi-bin/omega", "PATH": "/usr/bin:/bin"}
        answer = subprocess.run([OMEGA], env=environment, stdout=subprocess.PIPE, check=True).stdout
        assert b"Content-Type: text/html" in answer, answer[:500]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ((after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)) * 1e6 / len(texts)


FACETS = ("publisher", "format", "licence", "keyword", "state")


def values_of(record):
    """What a CKAN package is counted by."""
    organization = record.get("organization") or {}
    yield "state", record.get("state", "active")
    if organization.get("title"):
        yield "publisher", organization["title"]
    if record.get("license_id"):
        yield "licence", record["license_id"]
    for tag in {t["name"] for t in record.get("tags", []) if isinstance(t, dict) and "name" in t}:
        yield "keyword", tag
    for name in {(r.get("format") or "").lower() for r in record.get("resources", []) if isinstance(r, dict)}:
        if name:
            yield "format", name


def storable(text):
    """Without the lone surrogates of some portals, which SQLite takes no more than we do."""
    return text.encode("utf-8", "replace").decode("utf-8")


def fts5_database(packages, target):
    database = sqlite3.connect(target)
    database.executescript("CREATE VIRTUAL TABLE text USING fts5(title, description, keywords, publisher, tokenize=\"unicode61 remove_diacritics 2\");"
                           "CREATE TABLE facet (row INTEGER, field TEXT, value TEXT);")
    for row, line in enumerate(open(packages, encoding="utf-8"), 1):
        package = json.loads(line)
        values = [(field, storable(value)) for field, value in values_of(package)]
        database.execute("INSERT INTO text (rowid, title, description, keywords, publisher) VALUES (?, ?, ?, ?, ?)",
                         (row, storable(package["title"]), storable(package["notes"] or ""),
                          " ".join(v for f, v in values if f == "keyword"), " ".join(v for f, v in values if f == "publisher")))
        database.executemany("INSERT INTO facet VALUES (?, ?, ?)", [(row, f, v) for f, v in values])
    database.executescript("CREATE INDEX facet_of_row ON facet (row, field, value); INSERT INTO text (text) VALUES ('optimize'); ANALYZE;")
    database.commit()
    return database


def fts5(packages, queries, target):
    """CPU µs a query: the best ten by bm25 and five facets counted over all that match."""
    target = pathlib.Path(target)
    if not target.exists():
        part = target.with_suffix(".part")
        part.unlink(missing_ok=True)
        fts5_database(packages, part).close()
        part.rename(target)
    database = sqlite3.connect(target)
    database.execute("CREATE TEMP TABLE found (row INTEGER PRIMARY KEY)")
    spent, texts = 0.0, asked(queries, 100)
    for text in texts:
        words = [w for w in re.findall(r"[^\W_]+", text.lower()) if w not in STOP] or ["donnees"]
        match = " OR ".join(f'"{w}"' for w in words)
        begun = time.process_time()
        database.execute("SELECT rowid, title FROM text WHERE text MATCH ? ORDER BY bm25(text, 3, 1, 2, 1) LIMIT 10", (match,)).fetchall()
        database.execute("DELETE FROM found")
        database.execute("INSERT INTO found SELECT rowid FROM text WHERE text MATCH ?", (match,))
        database.execute("SELECT count(*) FROM found").fetchone()
        for field in FACETS:
            database.execute("SELECT value, count(*) AS n FROM found JOIN facet USING (row) WHERE field = ? GROUP BY value ORDER BY n DESC LIMIT 10",
                             (field,)).fetchall()
        spent += time.process_time() - begun
    return spent * 1e6 / len(texts)
