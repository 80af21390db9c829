#include "api/handlers.h"

#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <string_view>

namespace moisson::api {
namespace {

// The text format of Prometheus, version 0.0.4.
class Exposition {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
  }
  void sample(std::string_view name, std::uint64_t value) { text_ += fmt::format("{} {}\n", name, value); }
  void sample(std::string_view name, std::string_view label, std::string_view labelled, double value) {
    text_ += fmt::format("{}{{{}=\"{}\"}} {}\n", name, label, escaped(labelled), value);
  }
  void single(std::string_view name, std::string_view type, std::string_view help, std::uint64_t value) {
    family(name, type, help);
    sample(name, value);
  }
  std::string take() { return std::move(text_); }

 private:
  static std::string escaped(std::string_view label) {
    std::string out;
    for (char c : label) {
      if (c == '\\' || c == '"') out += '\\';
      c == '\n' ? out += "\\n" : out += c;
    }
    return out;
  }
  std::string text_;
};

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

double unix_seconds(Instant instant) { return std::chrono::duration<double>(instant.time_since_epoch()).count(); }

void add_sources(Exposition& out, const std::vector<store::SourceStatus>& sources) {
  out.family("moisson_source_records", "gauge", "Live records of a source.");
  for (const auto& status : sources)
    out.sample("moisson_source_records", "source", status.source.id, static_cast<double>(status.records));
  out.family("moisson_source_last_success_timestamp_seconds", "gauge", "End of a source's last whole harvest.");
  for (const auto& status : sources)
    if (status.last_success)
      out.sample("moisson_source_last_success_timestamp_seconds", "source", status.source.id,
                 unix_seconds(*status.last_success));
  out.family("moisson_source_harvesting", "gauge", "1 while a job of the source runs.");
  for (const auto& status : sources)
    out.sample("moisson_source_harvesting", "source", status.source.id,
               status.last_job && status.last_job->outcome == harvest::JobOutcome::running ? 1 : 0);
}

void add_server(Exposition& out, const http::ServerFigures& figures) {
  out.single("moisson_http_requests_total", "counter", "Requests read.", figures.requests);
  out.single("moisson_http_connections_total", "counter", "Connections accepted.", figures.connections);
  out.single("moisson_http_connections_open", "gauge", "Connections open now.", figures.open);
  out.single("moisson_http_errors_4xx_total", "counter", "Answers of status 400 to 499.", figures.errors_4xx);
  out.single("moisson_http_errors_5xx_total", "counter", "Answers of status 500 to 599.", figures.errors_5xx);
  out.single("moisson_http_sent_bytes_total", "counter", "Bytes written to clients.", figures.bytes_out);
}

}  // namespace

Result<http::Response> metrics(const Context& context, const http::Request&) {
  const auto sources = context.store.sources();
  if (!sources) return sources.error();
  const auto records = context.store.record_count();
  if (!records) return records.error();
  const auto snapshot = context.slot.current();

  Exposition out;
  out.single("moisson_records", "gauge", "Live records in the store.", *records);
  out.single("moisson_store_seq", "gauge", "The change log's last number.", context.store.last_seq());
  out.single("moisson_index_seq", "gauge", "The last change that can be searched.", snapshot ? snapshot->seq() : 0);
  out.single("moisson_index_lag", "gauge", "Changes that the index is behind the store.", context.lag());
  out.single("moisson_index_documents", "gauge", "Documents of the index.", snapshot ? snapshot->document_count() : 0);
  add_sources(out, *sources);
  if (context.figures) add_server(out, context.figures());
  out.single("process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());

  http::Response response;
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.headers.set("Cache-Control", "no-store");
  response.body = out.take();
  return response;
}

}  // namespace moisson::api
