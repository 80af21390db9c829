// One catalog harvests another by each protocol that the other speaks: what comes back is what left, but for the properties
// that the protocol has no words for; they are listed here. A second run writes nothing.

#include "agreement.h"
#include "app/demo_portals.h"
#include "core/json.h"
#include "neighbour.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>

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

// What a catalog concludes by itself (the key of a body, a guessed term) it concludes anew, or takes as said where it left
// as said; and the words beside a term's address are everybody's on a page, not one record's.
bool is_conclusion(std::string_view name) { return name == "guessed" || name == "key"; }
bool is_same_term(json::View a, json::View b) {
  const bool terms = a["label"].exists() || b["label"].exists() || a["guessed"].exists();
  return terms && !a["iri"].text().empty() && a["iri"].text() == b["iri"].text();
}

// Paths ("distribution/format/label") where two records differ.
void compare(json::View a, json::View b, const std::string& path, std::set<std::string>& differences) {
  if (a.is(json::Kind::object) && b.is(json::Kind::object)) {
    if (!path.empty() && path != "distribution" && is_same_term(a, b)) return;
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

// A property, with all below it, that does not come back as it left.
struct Loss {
  std::string_view path;
  std::string_view why;
};

bool is_named(std::string_view path, std::span<const Loss> losses) {
  return std::any_of(losses.begin(), losses.end(), [path](const Loss& loss) {
    return path == loss.path || (path.starts_with(loss.path) && loss.path != "distribution");
  });
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

  // Harvested by `kind` from `path`, every record arrives, and is equal but for what `losses` names.
  void comes_back(const std::string& kind, const std::string& path, std::span<const Loss> losses) {
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
      for (const auto& path : differences)
        EXPECT_TRUE(is_named(path, losses)) << path << " is lost on the way\n" << record.json << "\n" << found->second;
    }
  }

  http::Router router_;
  std::unique_ptr<http::Server> portals_;
  std::unique_ptr<Neighbour> a_;
};

constexpr Loss by_dcat[] = {
    {"distribution/format", "what we concluded from the publisher's words leaves as the term alone"},
    {"distribution/licence", "the same"},
    {"frequency", "the same"},
    {"licence", "the same; and the words of a stated term are everybody's on a page"},
};

constexpr Loss by_ckan[] = {
    {"description/lang", "a package is in one language"},
    {"distribution", "a service has none; its endpoints stand as resources"},
    {"distribution/format", "a resource's format is a word"},
    {"distribution/media_type", "a resource's mimetype is a word"},
    {"distribution/title/lang", "a package is in one language"},
    {"endpoint", "CKAN knows no services"},
    {"in_series", "CKAN knows no series"},
    {"keyword/lang", "a package is in one language"},
    {"kind", "CKAN knows no services"},
    {"language", "what we concluded is not said"},
    {"licence", "one id and one title"},
    {"publisher/name/lang", "a package is in one language"},
    {"serves_dataset", "CKAN knows no services"},
    {"spatial/label/lang", "a package is in one language"},
    {"title/lang", "a package is in one language"},
};

TEST_F(RoundTrip, ByDcatInEverySyntax) {
  for (const char* syntax : {"ttl", "rdf", "jsonld", "nt"}) {
    SCOPED_TRACE(syntax);
    comes_back("dcat", std::string("/catalog.") + syntax, by_dcat);
  }
}

TEST_F(RoundTrip, ByCkan) { comes_back("ckan", "", by_ckan); }

}  // namespace
}  // namespace moisson::test
