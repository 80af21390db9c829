// One catalog harvests another by each protocol that the other speaks: what comes back is what left, but for the properties
// that the protocol has no words for; they are listed here. A second run writes nothing.

#include "agreement.h"
#include "app/demo_portals.h"
#include "core/json.h"
#include "neighbour.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

namespace moisson::test {
namespace {

using harvest::JobOutcome;

// Neither RDF nor this comparison knows an order of distributions.
std::vector<json::View> ordered(json::View list, const std::string& path) {
  auto items = list.items();
  if (path == "distribution")
    std::stable_sort(items.begin(), items.end(), [](json::View a, json::View b) {
      return a["iri"].text() + a["access_url"].dump() + a["title"].dump() < b["iri"].text() + b["access_url"].dump() + b["title"].dump();
    });
  return items;
}

// Paths ("distribution/format/label") where two records differ.
void compare(json::View a, json::View b, const std::string& path, std::set<std::string>& differences) {
  if (a.is(json::Kind::object) && b.is(json::Kind::object)) {
    std::set<std::string> names;
    for (const json::View view : {a, b})
      for (std::size_t i = 0; i < view.size(); ++i) names.emplace(view.key(i));
    for (const auto& name : names) compare(a[name], b[name], path.empty() ? name : path + "/" + name, differences);
  } else if (a.is(json::Kind::array) && b.is(json::Kind::array) && a.size() == b.size()) {
    const auto left = ordered(a, path), right = ordered(b, path);
    for (std::size_t i = 0; i < left.size(); ++i) compare(left[i], right[i], path, differences);
  } else if (a.exists() != b.exists() || a.dump() != b.dump()) {
    differences.insert(path);
  }
}

class RoundTrip : public testing::Test {
 protected:
  RoundTrip() : router_(app::demo_portal_routes()) {
    portals_ = std::move(http::Server::start({.listen = "127.0.0.1:0", .workers = 1}, router_).value());
    auto demo = app::demo_configuration("http://127.0.0.1:" + std::to_string(portals_->port()), "unused", "127.0.0.1:1");
    for (auto& source : demo.sources) source.private_networks = true;
    a_ = std::make_unique<Neighbour>(demo.sources);
    for (const auto& source : demo.sources) a_->harvest(source.id);
  }

  // What the first catalog calls its records when it speaks DCAT.
  std::string iri_of(const store::StoredRecord& record) const {
    const auto document = json::Document::parse(record.json);
    const std::string iri = document->root()["iri"].text();
    return iri.empty() ? a_->url() + "/datasets/" + record.id : iri;
  }

  // The properties that differ after a harvest by `kind` from `path`, each with in how many records.
  std::map<std::string, int> losses(const std::string& kind, const std::string& path) {
    Neighbour b({source_of("a", kind, a_->url() + path)});
    const auto first = b.harvest("a");
    EXPECT_EQ(first.outcome, JobOutcome::succeeded) << (first.error ? to_string(*first.error) : "");
    EXPECT_EQ(first.counts, (harvest::Counts{.created = a_->records().size()}));
    const auto seq = b.instance().store().last_seq();
    const auto second = b.harvest("a");
    EXPECT_EQ(second.outcome, JobOutcome::nothing_changed);
    EXPECT_EQ(b.instance().store().last_seq(), seq);
    EXPECT_EQ(b.harvest("a", true).outcome, JobOutcome::nothing_changed);
    EXPECT_EQ(b.instance().store().last_seq(), seq);

    std::map<std::string, std::string> came;
    for (const auto& record : b.records()) came[record.remote_id] = record.json;
    std::map<std::string, int> counted;
    for (const auto& record : a_->records()) {
      const auto found = came.find(kind == "ckan" ? record.id : iri_of(record));
      if (found == came.end()) {
        ADD_FAILURE() << "did not arrive: " << record.remote_id;
        continue;
      }
      const auto left = json::Document::parse(record.json), arrived = json::Document::parse(found->second);
      std::set<std::string> differences;
      compare(left->root(), arrived->root(), "", differences);
      for (const auto& difference : differences) {
        if (counted[difference]++ == 0) std::cerr << difference << "\n  " << record.json << "\n  " << found->second << "\n";
      }
    }
    return counted;
  }

  http::Router router_;
  std::unique_ptr<http::Server> portals_;
  std::unique_ptr<Neighbour> a_;
};

using Losses = std::map<std::string, int>;

TEST_F(RoundTrip, ByDcatInEverySyntax) {
  for (const char* syntax : {"ttl", "rdf", "jsonld", "nt"}) {
    SCOPED_TRACE(syntax);
    EXPECT_EQ(losses("dcat", std::string("/catalog.") + syntax), (Losses{}));
  }
}

TEST_F(RoundTrip, ByCkan) { EXPECT_EQ(losses("ckan", ""), (Losses{})); }

}  // namespace
}  // namespace moisson::test
