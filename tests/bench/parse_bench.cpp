// CPU of reading a portal: from the bytes of its pages to records with their raw sources, through the harvester of its kind,
// beside the bare parser of the same bytes in the same run. The RDF catalogs are the packages' records, as our writers write them.
// usage: parse_bench PACKAGES.jsonl [RECORDS_OF_A_CATALOG]

#include "bare_parsers.h"
#include "harvesters/dcat_records.h"
#include "measure.h"
#include "portal/ready_pages.h"
#include "rdf/reader.h"
#include "rdf/record_writer.h"
#include "rdf/writer.h"

#include <moisson/harvest/harvester.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace moisson;
using bench::cpu_us;
using bench::must;

constexpr int rounds = 3;  // the best of them counts: the machine may have other work
constexpr std::uint64_t page_rows = 1000;
constexpr std::string_view portal = "http://127.0.0.1";

// A portal in memory: a page by its address, in pieces as a socket brings them.
class Pages final : public net::Fetcher {
 public:
  using Page = std::function<std::string(const std::string& url)>;
  Pages(Page page, std::string type) : page_(std::move(page)), type_(std::move(type)) {}

  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& body) override {
    constexpr std::size_t piece = std::size_t{16} << 10;
    const std::string page = page_(request.url);
    for (std::size_t at = 0; at < page.size(); at += piece)
      if (auto taken = body(std::string_view(page).substr(at, piece), at == 0); !taken) return taken.error();
    net::FetchAnswer answer;
    answer.status = 200;
    answer.final_url = request.url;
    answer.content_type = type_;
    answer.bytes = page.size();
    return answer;
  }

 private:
  Page page_;
  std::string type_;
};

// What a job that stores nothing keeps: the count, and the first records if they are wanted.
class Counter final : public harvest::RecordSink {
 public:
  explicit Counter(std::size_t keep = 0) : keep_(keep) {}
  bool known(std::string_view, const harvest::RawSource&, std::optional<std::uint64_t>) override { return false; }
  harvest::Flow take(harvest::HarvestedRecord&& record) override {
    ++taken;
    if (records.size() < keep_) records.push_back(std::move(record.record));
    return harvest::Flow::go_on;
  }
  harvest::Flow fail(harvest::RecordFailure&&) override { return ++failed, harvest::Flow::go_on; }
  harvest::Flow skip(harvest::RecordSkip&&) override { return harvest::Flow::go_on; }
  bool present(std::string_view) override { return false; }
  harvest::Flow tombstone(std::string_view) override { return harvest::Flow::go_on; }
  harvest::Flow page(std::string_view, std::uint64_t) override { return harvest::Flow::go_on; }
  harvest::Flow lost(Error&& error) override { bench::give_up(error); }
  void remark(dcat::Finding&&) override {}

  std::size_t taken = 0, failed = 0;
  std::vector<dcat::Record> records;

 private:
  std::size_t keep_;
};

void read(std::string_view kind, Pages& pages, Counter& counter) {
  harvest::HarvestSource source;
  source.id = source.title = "portal";
  source.kind = kind;
  source.url = portal;
  const SystemClock clock;
  must(harvest::find_harvester(kind)->harvest({source, pages, clock, {}}, counter));
}

std::uint64_t number_in(const std::string& url, std::string_view name) {
  const auto at = url.find(name);
  return at == url.npos ? 0 : std::strtoull(url.c_str() + at + name.size(), nullptr, 10);
}

std::string catalog_of(const std::vector<dcat::Record>& records, rdf::Syntax syntax) {
  constexpr std::string_view iri = "http://127.0.0.1/catalog";
  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  rdf::RecordWriter writer(loader);
  dcat::Catalog catalog;
  catalog.title = {{"Catalogue", "fr"}};
  must(writer.catalog(catalog, iri));
  for (const dcat::Record& record : records) {
    const std::string& subject = dcat::resource(record).iri;
    must(loader.triple(rdf::iri(iri), rdf::iri(rdf::membership(dcat::type_of(record))), rdf::iri(subject)));
    must(writer.record(record, subject));
  }
  graph.index();
  return must(rdf::write(graph, syntax));
}

double best(const std::function<void()>& work) {
  double least = std::numeric_limits<double>::max();
  for (int i = 0; i < rounds; ++i) {
    const double begun = cpu_us();
    work();
    least = std::min(least, cpu_us() - begun);
  }
  return least;
}

using Bare = std::function<std::uint64_t(const std::string&)>;

struct Parser {
  const char* name = "";
  Bare read;  // nothing: there is none
};

// CPU of the bare parser on all pages, in µs; 0: there is none.
double alone(const Parser& parser, const std::vector<std::string>& pages) {
  if (!parser.read) return 0;
  return best([&] {
    for (const std::string& page : pages)
      if (parser.read(page) == 0)
        bench::give_up({ErrorCode::internal, "the bare parser refuses the page", parser.name, ""});
  });
}

void print(const std::string& what, std::size_t records, std::size_t bytes, double us, const Parser& parser,
           double bare_us) {
  const double megabytes = static_cast<double>(bytes) / 1e6;
  std::printf("  %-30s %7zu records  %6.1f MB  %7.0f records/s  %6.1f MB/s", what.c_str(), records, megabytes,
              static_cast<double>(records) * 1e6 / us, megabytes * 1e6 / us);
  if (bare_us > 0)
    std::printf("  %s alone %6.1f MB/s  ratio %.2f", parser.name, megabytes * 1e6 / bare_us, bare_us / us);
  std::printf("\n");
  std::fflush(stdout);
}

// Through the harvester of a kind: its listing, records and their raw sources. `pages`: the bytes again, for the bare parser.
void measure_harvest(const std::string& what, std::string_view kind, Pages& source,
                     const std::vector<std::string>& pages, const Parser& parser, double bare_us) {
  std::size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  Counter counted;
  const double us = best([&] {
    counted = Counter();
    read(kind, source, counted);
  });
  print(what, counted.taken, bytes, us, parser, bare_us);
  if (counted.failed > 0) std::printf("  %zu could not be mapped\n", counted.failed);
}

// A catalog of RDF: to records alone, and harvested, which keeps the canonical source of each as well.
void measure_catalog(const std::vector<dcat::Record>& records, rdf::Syntax syntax, const Parser& parser) {
  const std::vector<std::string> document{catalog_of(records, syntax)};
  const std::string name(rdf::to_string(syntax));
  const double bare_us = alone(parser, document);
  std::size_t count = 0;
  const double us = best([&] {
    rdf::Graph graph;
    rdf::GraphLoader loader(graph);
    must(rdf::read(document.front(), syntax, portal, loader));
    graph.index();
    const rdf::RecordReader reader(graph);
    const auto nodes = harvesters::find_records(reader).records;
    for (const auto& node : nodes) static_cast<void>(reader.record(node.subject, node.type));
    count = nodes.size();
  });
  print(name + " to records", count, document.front().size(), us, parser, bare_us);
  Pages one([&](const std::string&) { return document.front(); }, std::string(rdf::media_type(syntax)));
  measure_harvest(name + " harvested, with its raw", "dcat", one, document, parser, bare_us);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2 || count > 3) return 64;
  const std::size_t catalog_records = count == 3 ? std::strtoull(words[2], nullptr, 10) : 10'000;
  const auto packages = must(test::ReadyPages::load(words[1]));

  std::vector<std::string> pages;
  for (std::uint64_t start = 0; start < packages.count(); start += page_rows)
    pages.push_back(packages.search(start, page_rows));
  Pages ckan([&](const std::string& url) { return packages.search(number_in(url, "start="), number_in(url, "rows=")); },
             "application/json");
  const Parser rapidjson{"RapidJSON", bench::bare_json};
  measure_harvest("CKAN JSON harvested", "ckan", ckan, pages, rapidjson, alone(rapidjson, pages));

  Counter kept(catalog_records);
  read("ckan", ckan, kept);
  measure_catalog(kept.records, rdf::Syntax::rdf_xml, {"libxml2 SAX2", bench::bare_xml});
  measure_catalog(kept.records, rdf::Syntax::turtle, {"serd", bench::bare_turtle});
  measure_catalog(kept.records, rdf::Syntax::ntriples, {});
  measure_catalog(kept.records, rdf::Syntax::json_ld, rapidjson);
  return 0;
}
