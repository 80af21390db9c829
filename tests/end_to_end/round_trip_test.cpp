// One catalog harvests another by each protocol that the other speaks: what comes back is what left, but for the
// properties that docs/exchange.md says are lost. A second run writes nothing.

#include "agreement.h"
#include "app/demo_portals.h"
#include "core/json.h"
#include "neighbour.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string_view>

namespace moisson::test {
namespace {

using harvest::JobOutcome;

// Neither RDF nor this comparison knows an order of distributions.
std::vector<json::View> ordered(json::View list, const std::string& path) {
  auto items = list.items();
  if (path == "distribution")
    std::stable_sort(items.begin(), items.end(), [](json::View a, json::View b) {
      return a["iri"].text() + a["access_url"].dump() + a["title"].dump() <
             b["iri"].text() + b["access_url"].dump() + b["title"].dump();
    });
  return items;
}

// What a catalog concludes by itself (the key of a body, a guessed term) it concludes anew, or takes as said where it
// left as said.
bool is_conclusion(std::string_view name) { return name == "guessed" || name == "key"; }

// A term of a vocabulary, with an address.
bool is_term(json::View value) {
  for (std::size_t i = 0; i < value.size(); ++i)
    if (value.key(i) != "iri" && value.key(i) != "label" && value.key(i) != "guessed") return false;
  return !value["iri"].text().empty();
}

// Whether all words of a term came; those beside an address are everybody's on a page, so that others' may have come
// too.
bool words_came(json::View left, json::View arrived) {
  const auto came = arrived["label"].items();
  const auto words = left["label"].items();
  return std::all_of(words.begin(), words.end(), [&](json::View word) {
    return std::any_of(came.begin(), came.end(), [&](json::View each) { return each.dump() == word.dump(); });
  });
}

// Paths ("distribution/format/label") where two records differ.
void compare(json::View a, json::View b, const std::string& path, std::set<std::string>& differences) {
  if (is_term(a) && is_term(b) && a["iri"].text() == b["iri"].text()) {
    if (!words_came(a, b)) differences.insert(path + "/label");
  } else if (a.is(json::Kind::object) && b.is(json::Kind::object)) {
    std::set<std::string> names;
    for (const json::View view : {a, b})
      for (std::size_t i = 0; i < view.size(); ++i) names.emplace(view.key(i));
    for (const auto& name : names)
      if (!is_conclusion(name)) compare(a[name], b[name], path.empty() ? name : path + "/" + name, differences);
  } else if (a.is(json::Kind::array) && b.is(json::Kind::array) && a.size() == b.size()) {
    const auto left = ordered(a, path), right = ordered(b, path);
    for (std::size_t i = 0; i < left.size(); ++i) compare(left[i], right[i], path, differences);
  } else if (a.exists() != b.exists() || a.dump() != b.dump()) {
    differences.insert(path);
  }
}

// Properties that, with all below them, do not come back as they left: what docs/exchange.md says of a way.
std::vector<std::string> losses_told(std::string_view heading) {
  std::ifstream file(MOISSON_SOURCE_DIR "/docs/exchange.md");
  std::vector<std::string> told;
  bool here = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) here = line.starts_with("## " + std::string(heading));
    if (here && line.starts_with("| `")) told.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  EXPECT_FALSE(told.empty()) << heading;
  return told;
}

bool is_at(std::string_view path, std::string_view property) {
  return path == property || (path.starts_with(property) && path[property.size()] == '/');
}

class RoundTrip : public testing::Test {
 protected:
  RoundTrip() : router_(app::demo_portal_routes()) {
    portals_ = std::move(http::Server::start({.listen = "127.0.0.1:0", .workers = 1}, router_).value());
    auto demo =
        app::demo_configuration("http://127.0.0.1:" + std::to_string(portals_->port()), "unused", "127.0.0.1:1");
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

  // Harvested by `kind` from `path`, every record arrives, and is equal but for what `losses` names.
  void comes_back(const std::string& kind, const std::string& path, const std::vector<std::string>& losses) {
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
    for (const auto& record : a_->records()) {
      const auto found = came.find(kind == "ckan" ? record.id : iri_of(record));
      if (found == came.end()) {
        ADD_FAILURE() << "did not arrive: " << record.remote_id;
        continue;
      }
      const auto left = json::Document::parse(record.json), arrived = json::Document::parse(found->second);
      std::set<std::string> differences;
      compare(left->root(), arrived->root(), "", differences);
      for (const auto& property : differences)
        EXPECT_TRUE(std::any_of(losses.begin(), losses.end(), [&](const auto& loss) { return is_at(property, loss); }))
            << property << " is lost on the way\n"
            << record.json << "\n"
            << found->second;
    }
  }

  http::Router router_;
  std::unique_ptr<http::Server> portals_;
  std::unique_ptr<Neighbour> a_;
};

TEST_F(RoundTrip, ByDcatInEverySyntax) {
  const auto losses = losses_told("By DCAT");
  for (const char* syntax : {"ttl", "rdf", "jsonld", "nt"}) {
    SCOPED_TRACE(syntax);
    comes_back("dcat", std::string("/catalog.") + syntax, losses);
  }
}

TEST_F(RoundTrip, ByCkan) { comes_back("ckan", "", losses_told("By the CKAN API")); }

}  // namespace
}  // namespace moisson::test
