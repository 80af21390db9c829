// CPU of reading a portal: from the bytes of its pages to records with their raw sources, through the harvester of its kind,
// beside the bare parser of the same bytes in the same run. The RDF catalogs are the packages' records, as our writers write them.
// usage: parse_bench PACKAGES.jsonl [RECORDS_OF_A_CATALOG]

#include "bare_parsers.h"
#include "measure.h"
#include "portal/ready_pages.h"
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

// `pages`: the bytes again, for the bare parser.
void measure(const char* name, std::string_view kind, Pages& source, const std::vector<std::string>& pages, const char* parser,
             const std::function<std::uint64_t(const std::string&)>& bare) {
  std::size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  Counter counted;
  const double ours = best([&] {
    counted = Counter();
    read(kind, source, counted);
  });
  const double records = static_cast<double>(counted.taken), megabytes = static_cast<double>(bytes) / 1e6;
  std::printf("  %-22s %7zu records  %6.1f MB  %7.0f records/s  %6.1f MB/s", name, counted.taken, megabytes, records * 1e6 / ours,
              megabytes * 1e6 / ours);
  if (bare) {
    const double theirs = best([&] {
      for (const std::string& page : pages)
        if (bare(page) == 0) bench::give_up({ErrorCode::internal, "the bare parser refuses the page", name, ""});
    });
    std::printf("  %s alone %6.1f MB/s  ratio %.2f", parser, megabytes * 1e6 / theirs, theirs / ours);
  }
  std::printf(counted.failed == 0 ? "\n" : "  %zu could not be mapped\n", counted.failed);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2 || count > 3) return 64;
  const std::size_t catalog_records = count == 3 ? std::strtoull(words[2], nullptr, 10) : 10'000;
  const auto packages = must(test::ReadyPages::load(words[1]));

  std::vector<std::string> pages;
  for (std::uint64_t start = 0; start < packages.count(); start += page_rows) pages.push_back(packages.search(start, page_rows));
  Pages ckan([&](const std::string& url) { return packages.search(number_in(url, "start="), number_in(url, "rows=")); },
             "application/json");
  measure("CKAN JSON", "ckan", ckan, pages, "RapidJSON", bench::bare_json);

  Counter kept(catalog_records);
  read("ckan", ckan, kept);
  const auto catalog = [&](const char* name, rdf::Syntax syntax, const char* parser,
                           const std::function<std::uint64_t(const std::string&)>& bare) {
    const std::vector<std::string> document{catalog_of(kept.records, syntax)};
    Pages one([&](const std::string&) { return document.front(); }, std::string(rdf::media_type(syntax)));
    measure(name, "dcat", one, document, parser, bare);
  };
  catalog("RDF/XML", rdf::Syntax::rdf_xml, "libxml2 SAX2", bench::bare_xml);
  catalog("Turtle", rdf::Syntax::turtle, "serd", bench::bare_turtle);
  catalog("N-Triples", rdf::Syntax::ntriples, "", {});
  catalog("JSON-LD", rdf::Syntax::json_ld, "RapidJSON", bench::bare_json);
  return 0;
}
