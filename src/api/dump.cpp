#include "api/dump.h"

#include "api/catalog_graph.h"
#include "api/dataset_row.h"
#include "api/record_graph.h"
#include "api/source_json.h"
#include "core/hash.h"
#include "core/json.h"
#include "dcat/canonical_json.h"
#include "rdf/dcat_ap.h"
#include "rdf/graph.h"
#include "rdf/writer.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>

namespace moisson::api {

struct Dump::Sheet {
  Context context;
  CsvForm form;
  std::vector<store::SourceStatus> sources;
  std::map<std::string, std::size_t, std::less<>> source_at;  // by id, into `sources`
  std::unique_ptr<store::Reading> reading;
};

// A row of the table of dumps: what stands before the records, what each record adds, and what ends them. None depends on
// anything but the sheet and the record.
struct DumpKind {
  std::string name;
  std::string_view media_type;
  Result<void> (*head)(const Dump::Sheet& sheet, std::string& out);
  Result<void> (*record)(const Dump::Sheet& sheet, const store::StoredRecord& stored, std::string& out);  // may be null
  std::string tail = {};
  bool of_raw = false;  // it shows what records were made of, too
};

namespace {

using Sheet = Dump::Sheet;

constexpr std::size_t records_a_piece = 50;

void append_head(const Sheet& sheet, std::span<const std::string> columns, std::string& out) {
  out += csv_beginning(sheet.form);
  append_row(out, columns, sheet.form);
}

Result<void> datasets_head(const Sheet& sheet, std::string& out) {
  append_head(sheet, dataset_columns(), out);
  return {};
}

Result<void> dataset(const Sheet& sheet, const store::StoredRecord& stored, std::string& out) {
  auto record = dcat::from_json(stored.json);
  if (!record) return record.error();
  index::Entry entry;
  entry.row = stored.row;
  entry.id = stored.id;
  entry.source_id = stored.source_id;
  entry.remote_id = stored.remote_id;
  entry.first_seen = stored.first_seen;
  entry.last_changed = stored.last_changed;
  entry.record = std::move(*record);
  if (const auto source = sheet.source_at.find(stored.source_id); source != sheet.source_at.end()) {
    entry.source_title = sheet.sources[source->second].source.title;
    entry.source_language = sheet.sources[source->second].source.language;
  }
  const search::Hit hit = hit_of(index::card_of(entry), sheet.context.language);
  append_row(out, dataset_cells(hit, sheet.context.links), sheet.form);
  return {};
}

// A promise: names stay, new ones go to the end.
Result<void> distributions_head(const Sheet& sheet, std::string& out) {
  static const std::vector<std::string> columns{"dataset_id", "source",   "position",   "title",        "format",
                                                "media_type", "licence",  "access_url", "download_url", "byte_size",
                                                "issued",     "modified", "iri"};
  append_head(sheet, columns, out);
  return {};
}

std::string word(const std::optional<dcat::Concept>& stated, std::string_view language) {
  if (!stated) return {};
  const auto* label = best(stated->label, language);
  return label && !label->value.empty() ? label->value : stated->iri;
}

std::string joined(const std::vector<dcat::Iri>& iris) {
  std::vector<std::string> values;
  for (const dcat::Iri& iri : iris) values.push_back(iri.value);
  return joined_cell(values);
}

Result<void> distribution_rows(const Sheet& sheet, const store::StoredRecord& stored, std::string& out) {
  const auto record = dcat::from_json(stored.json);
  if (!record) return record.error();
  const std::string& language = sheet.context.language;
  std::size_t position = 0;
  const auto date = [](const std::optional<Moment>& moment) { return moment ? format_moment(*moment) : std::string(); };
  for (const dcat::Distribution& file : dcat::distributions(*record)) {
    const auto* title = best(file.title, language);
    const std::vector<std::string> cells{stored.id,
                                         stored.source_id,
                                         std::to_string(++position),
                                         title ? title->value : std::string(),
                                         word(file.format, language),
                                         word(file.media_type, language),
                                         word(file.licence, language),
                                         joined(file.access_url),
                                         joined(file.download_url),
                                         file.byte_size ? std::to_string(*file.byte_size) : std::string(),
                                         date(file.issued),
                                         date(file.modified),
                                         file.iri};
    append_row(out, cells, sheet.form);
  }
  return {};
}

// A promise: names stay, new ones go to the end.
Result<void> sources_head(const Sheet& sheet, std::string& out) {
  static const std::vector<std::string> columns{
      "id", "title", "kind", "url", "state", "language", "territory", "registered", "last_success", "records", "page"};
  append_head(sheet, columns, out);
  for (const store::SourceStatus& status : sheet.sources) {
    const harvest::HarvestSource& source = status.source;
    const std::vector<std::string> cells{source.id,
                                         source.title,
                                         source.kind,
                                         public_address(source),
                                         std::string(harvest::to_string(source.state)),
                                         source.language,
                                         source.territory,
                                         format_rfc3339(status.registered),
                                         status.last_success ? format_rfc3339(*status.last_success) : std::string(),
                                         std::to_string(status.records),
                                         sheet.context.links.source(source.id)};
    append_row(out, cells, sheet.form);
  }
  return {};
}

Result<void> no_head(const Sheet&, std::string&) { return {}; }

Result<void> json_line(const Sheet&, const store::StoredRecord& stored, std::string& out) {
  json::Writer line;
  line.begin_object().field("id", stored.id).key("seq").unsigned_integer(stored.seq);
  line.field("source", stored.source_id).field("remote_id", stored.remote_id).field("remote_url", stored.remote_url);
  line.field("first_seen", format_rfc3339(stored.first_seen));
  line.field("last_changed", format_rfc3339(stored.last_changed)).key("record").raw(stored.json).end_object();
  (out += line.text()) += '\n';
  return {};
}

// The catalogs before the records; a record is a part of its own (rdf/writer.h).
template <rdf::Syntax syntax>
Result<void> document_head(const Sheet& sheet, std::string& out) {
  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  CatalogGraph catalogs(sheet.context, loader);
  if (auto done = catalogs.catalog(); !done) return done;
  for (const store::SourceStatus& status : sheet.sources)
    if (auto done = catalogs.source(status); !done) return done;
  graph.index();
  if (auto done = rdf::complete_ranges(graph); !done) return done;
  const auto part = rdf::document_part(graph, syntax, "c", true);
  if (!part) return part.error();
  out = rdf::document_head(syntax) + *part;
  return {};
}

template <rdf::Syntax syntax>
Result<void> document_record(const Sheet& sheet, const store::StoredRecord& stored, std::string& out) {
  const auto record = dcat::from_json(stored.json);
  if (!record) return record.error();
  const auto raw = sheet.reading->raw(stored.id);
  if (!raw) return raw.error();
  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  const std::string iri = record_iri(*record, stored.id, sheet.context.links);
  if (auto done = CatalogGraph(sheet.context, loader).member(stored, *record, iri); !done) return done;
  rdf::GraphLoader document(graph);
  if (auto done = write_record(*record, iri, *raw, document); !done) return done;
  graph.index();
  if (auto done = rdf::complete_ranges(graph); !done) return done;
  const auto part = rdf::document_part(graph, syntax, "r" + std::to_string(stored.row) + "x", false);
  if (!part) return part.error();
  out += *part;
  return {};
}

template <rdf::Syntax syntax>
DumpKind document(std::string name, std::string_view media_type) {
  return {
      std::move(name), media_type, document_head<syntax>, document_record<syntax>, rdf::document_tail(syntax), true};
}

const std::vector<DumpKind>& kinds() {
  static const std::vector<DumpKind> table{
      {"datasets.csv", "text/csv; charset=utf-8; header=present", datasets_head, dataset},
      {"distributions.csv", "text/csv; charset=utf-8; header=present", distributions_head, distribution_rows},
      {"sources.csv", "text/csv; charset=utf-8; header=present", sources_head, nullptr},
      {"records.jsonl", "application/jsonl; charset=utf-8", no_head, json_line},
      document<rdf::Syntax::turtle>("catalog.ttl", "text/turtle; charset=utf-8"),
      document<rdf::Syntax::ntriples>("catalog.nt", "application/n-triples; charset=utf-8"),
      document<rdf::Syntax::rdf_xml>("catalog.rdf", "application/rdf+xml; charset=utf-8"),
      document<rdf::Syntax::json_ld>("catalog.jsonld", "application/ld+json; charset=utf-8"),
  };
  return table;
}

class DumpStream final : public http::BodyStream {
 public:
  DumpStream(const DumpKind& kind, std::shared_ptr<const Sheet> sheet) : kind_(kind), sheet_(std::move(sheet)) {}

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (!begun_) {
      begun_ = true;
      if (auto done = kind_.head(*sheet_, piece); !done) return done.error();
      if (!piece.empty()) return true;
    }
    if (!kind_.record) return false;
    const auto records = sheet_->reading->records_after(row_, records_a_piece);
    if (!records) return records.error();
    if (records->empty()) {
      if (std::exchange(ended_, true)) return false;
      piece = kind_.tail;
      return !piece.empty();
    }
    for (const store::StoredRecord& stored : *records)
      if (auto done = kind_.record(*sheet_, stored, piece); !done) return at(stored.id, done.error());
    row_ = records->back().row;
    return true;
  }

 private:
  const DumpKind& kind_;
  std::shared_ptr<const Sheet> sheet_;
  std::uint64_t row_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

// The seq does not tell of everything that a dump shows: the portals' own titles, and raw triples kept anew at a
// sighting that changed no record.
std::string tag_of(const DumpKind& kind, const Sheet& sheet) {
  std::string told = fmt::format("{} {} {} {} {} {} {}", sheet.context.store.epoch(), sheet.reading->seq(), kind.name,
                                 sheet.form.delimiter, sheet.form.byte_order_mark, sheet.form.cells == Cells::defused,
                                 sheet.context.build);
  for (const store::SourceStatus& status : sheet.sources) {
    told += fmt::format("\n{}\n{}\n{}\n{}", status.source.id, status.source.title, status.source.language,
                        public_address(status.source));
    if (!kind.record)
      told += fmt::format("\n{} {} {}", harvest::to_string(status.source.state), status.records,
                          status.last_success ? format_rfc3339(*status.last_success) : "");
  }
  if (kind.of_raw) told += fmt::format("\n{}", format_rfc3339(sheet.reading->last_sighting()));
  return fmt::format("\"{:016x}\"", hash64(told));
}

}  // namespace

const std::vector<std::string>& dump_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const DumpKind& kind : kinds()) all.push_back(kind.name);
    return all;
  }();
  return names;
}

Result<Dump> Dump::open(const Context& context, std::string_view name, const CsvForm& form) {
  const auto kind = std::find_if(kinds().begin(), kinds().end(), [&](const DumpKind& row) { return row.name == name; });
  if (kind == kinds().end()) return Error{ErrorCode::not_found, "no dump has that name", "name", ""};
  auto reading = context.store.reading();
  if (!reading) return reading.error();
  auto sources = context.store.sources();
  if (!sources) return sources.error();
  std::erase_if(*sources, [](const store::SourceStatus& status) { return !harvest::is_public(status.source.state); });

  Dump dump;
  dump.kind_ = &*kind;
  dump.sheet_ = std::make_shared<Sheet>(Sheet{context, form, std::move(*sources), {}, std::move(*reading)});
  for (std::size_t i = 0; i < dump.sheet_->sources.size(); ++i)
    dump.sheet_->source_at.emplace(dump.sheet_->sources[i].source.id, i);
  dump.etag_ = tag_of(*dump.kind_, *dump.sheet_);
  return dump;
}

std::string_view Dump::media_type() const { return kind_->media_type; }

std::unique_ptr<http::BodyStream> Dump::stream() const { return std::make_unique<DumpStream>(*kind_, sheet_); }

}  // namespace moisson::api
