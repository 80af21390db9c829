// What known clients of CKAN send, byte for byte over a socket, to the last page of 10,000 records: ckanext-harvest,
// ckanapi, udata, Magda and ckanext-dcat. Each gets the shapes that it reads; a day later, after a harvest of
// everything, each reads the same. The records are those of the file that MOISSON_PACKAGES names (./dev bench replay:
// real ones), else made here.

#include "core/json.h"
#include "core/text.h"
#include "core/url.h"
#include "neighbour.h"
#include "portal/ckan_portal.h"
#include "tests/http/raw_client.h"

#include <moisson/core/time.h>
#include <moisson/core/uuid.h>

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace moisson::test {
namespace {

constexpr std::uint64_t made_packages = 10'000;
constexpr std::string_view requests_headers =
    "Accept-Encoding: gzip, deflate\r\nAccept: */*\r\nConnection: keep-alive\r\n";

std::string unpacked(const std::string& bytes) {
  z_stream stream{};
  inflateInit2(&stream, 16 + MAX_WBITS);  // gzip
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int status = Z_OK;
  while (status == Z_OK) {
    char piece[1 << 16];
    stream.next_out = reinterpret_cast<Bytef*>(piece);
    stream.avail_out = sizeof piece;
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(piece, sizeof piece - stream.avail_out);
  }
  inflateEnd(&stream);
  EXPECT_EQ(status, Z_STREAM_END) << "a body is cut";
  return out;
}

// Packages as portals give them: what may be null is null now and then, and addresses are not always addresses.
std::string package(std::uint64_t n) {
  const std::string id = numbered(n), number = std::to_string(n);
  const auto one_of = [n](std::initializer_list<const char*> values) { return *(values.begin() + n % values.size()); };
  json::Writer out;
  out.begin_object()
      .field("id", id)
      .field("name", id)
      .field("title", "Jeu n° " + number + " « " + one_of({"eau", "bus", "école"}) + " »");
  out.field("notes", "Description du jeu " + number + one_of({"", " <b>grasse</b>", "\r\nen deux lignes"}));
  out.field("metadata_created", "2020-01-01T00:00:00")
      .field("metadata_modified",
             "2024-05-01T12:00:00." + std::string(6 - std::min<std::size_t>(6, number.size()), '0') + number);
  out.field("license_id", one_of({"lov2", "odc-odbl", "notspecified", "cc-by", ""})).key("author");
  n % 3 == 0 ? out.null() : out.string("Service " + std::to_string(n % 17));
  out.key("organization");
  if (n % 50 == 49) {
    out.null();
  } else {
    const std::string body = "organisme-" + std::to_string(n % 60);
    out.begin_object()
        .field("id", body)
        .field("name", body)
        .field("title", "Organisme " + std::to_string(n % 60))
        .end_object();
  }
  out.key("tags").begin_array();
  for (const char* tag : {"eau potable", "Vélo", "données ouvertes"})
    if (tag[0] != one_of({"eau", "V", "d"})[0]) out.begin_object().field("name", tag).end_object();
  out.end_array().key("extras").begin_array();
  out.begin_object().field("key", "spatial_text").field("value", "Lyon").end_object();
  out.begin_object().field("key", "vide").key("value").null().end_object().end_array();
  out.key("resources").begin_array();
  for (std::uint64_t file = 0; file < n % 4; ++file) {
    out.begin_object().field("id", id + "-" + std::to_string(file)).field("name", file == 1 ? "" : "Fichier");
    const std::string place = "files.example.org/" + number + "/" + std::to_string(file);
    out.field("url", (file == 2 ? "" : "https://") + place + " final.csv").key("format");
    file == 1 ? out.null() : out.string(one_of({"CSV", "geojson", "SHP", "text/csv", ""}));
    out.key("size");
    n % 2 == 0 ? out.string("1024") : out.null();
    out.end_object();
  }
  return out.end_array().end_object().take();
}

using Changed = std::map<std::string, std::string>;  // when a record last changed, by id

class CkanClients : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    portal_ = new CkanPortal;
    if (const char* file = std::getenv("MOISSON_PACKAGES")) {
      std::ifstream lines(file);
      for (std::string line; std::getline(lines, line); ++records_)
        portal_->put(json::Document::parse(line).value().root()["id"].text(), line);
    } else {
      for (; records_ < made_packages; ++records_) portal_->put(numbered(records_), package(records_));
    }
    site_ = new Neighbour({source_of("ville", "ckan", portal_->url())});
    EXPECT_EQ(site_->harvest("ville").counts, (harvest::Counts{.created = records_}));
    std::cout << records_ << " records\n";
  }
  static void TearDownTestSuite() {
    delete site_;
    delete portal_;
  }

  static std::string host() { return site_->url().substr(std::string_view("http://").size()); }
  static http::RawClient connection() {
    return http::RawClient(static_cast<std::uint16_t>(std::stoi(host().substr(host().find(':') + 1))));
  }
  static std::string answer(http::RawClient& client, const std::string& bytes, int status = 200) {
    client.send(bytes);
    const auto reply = client.read();
    EXPECT_EQ(reply.status, status) << bytes << reply.body;
    EXPECT_TRUE(reply.whole) << bytes;
    EXPECT_EQ(reply.header("Content-Type"), "application/json;charset=utf-8");
    return reply.header("Content-Encoding") == "gzip" ? unpacked(reply.body) : reply.body;
  }
  static json::Document document(const std::string& body) {
    auto parsed = json::Document::parse(body).value();
    EXPECT_EQ(parsed.root()["success"].boolean(), true) << body.substr(0, 1000);
    return parsed;
  }
  // As python's requests: a connection each without a session, the fields in its order.
  static std::string get(const std::string& target, const std::string& agent, const std::string& more = {}) {
    auto client = connection();
    return answer(client, "GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\nUser-Agent: " + agent + "\r\n" +
                              std::string(requests_headers) + more + "\r\n");
  }

  static void meet(json::View package, Changed& changed) {
    EXPECT_TRUE(changed.emplace(package["id"].text(), package["metadata_modified"].text()).second)
        << "twice: " << package["id"].text();
  }

  // Twice, the second time when all was harvested again: the same records, and none newer.
  template <class Reading>
  static Changed twice(Reading read) {
    const Changed first = read();
    EXPECT_EQ(first.size(), records_);
    EXPECT_EQ(site_->harvest("ville", true).outcome, harvest::JobOutcome::nothing_changed);
    EXPECT_EQ(read(), first);
    return first;
  }

  static inline CkanPortal* portal_ = nullptr;
  static inline Neighbour* site_ = nullptr;
  static inline std::uint64_t records_ = 0;
};

TEST_F(CkanClients, CkanextHarvestGathersUntilAnEmptyPage) {
  const std::string agent = "python-requests/2.32.3", key = "Authorization: 12345678-aaaa\r\n";
  std::set<std::string> groups, organizations;
  const auto gather = [&](const std::string& fq) {
    Changed changed;
    std::set<std::string> bodies;
    std::string last;
    for (int start = 0;; start += 100) {
      const auto body =
          get("/api/3/action/package_search?rows=100&start=" + std::to_string(start) + "&sort=id+asc" + fq, agent, key);
      const auto page = document(body);
      const auto packages = page.root()["result"]["results"];
      if (packages.size() == 0) return changed;
      EXPECT_TRUE(bodies.insert(body).second) << "two pages alike abort its harvest";
      for (const auto package : packages.items()) {
        meet(package, changed);
        EXPECT_LT(last, package["id"].text());
        last = package["id"].text();
        EXPECT_FALSE(package["name"].text().empty());
        for (const auto group : package["groups"].items()) groups.insert(group["name"].text());
        if (package["owner_org"].string()) organizations.insert(package["owner_org"].text());
        for (const auto extra : package["extras"].items()) EXPECT_TRUE(extra["value"].string()) << package["id"].text();
      }
    }
  };
  const Changed all = twice([&] { return gather(""); });
  for (const auto& name : groups)
    EXPECT_EQ(document(get("/api/3/action/group_show?id=" + percent_encode(name), agent, key))
                  .root()["result"]["name"]
                  .text(),
              name);
  for (const auto& name : organizations)
    EXPECT_EQ(document(get("/api/3/action/organization_show?id=" + percent_encode(name), agent, key))
                  .root()["result"]["name"]
                  .text(),
              name);
  // What it asks for when the last job went well: what changed since then is all, and nothing has changed since now.
  const auto since = [&](const std::string& instant) {
    return gather("&fq=metadata_modified%3A%5B" + instant + "Z+TO+%2A%5D");
  };
  EXPECT_EQ(since("2020-01-01T00%3A00%3A00.123456"), all);
  EXPECT_TRUE(since("2999-01-01T00%3A00%3A00.123456").empty());
}

TEST_F(CkanClients, CkanapiDumpsAllAndSearchesAll) {
  const auto post = [](http::RawClient& session, const std::string& action, const std::string& body) {
    return document(answer(session, "POST /api/action/" + action + " HTTP/1.1\r\nHost: " + host() +
                                        "\r\nUser-Agent: ckanapi/4.11 (+https://github.com/ckan/ckanapi)\r\n" +
                                        std::string(requests_headers) +
                                        "Content-Type: application/json\r\nX-CKAN-API-Key: "
                                        "12345678-aaaa\r\nAuthorization: 12345678-aaaa\r\nContent-Length: " +
                                        std::to_string(body.size()) + "\r\n\r\n" + body));
  };
  const Changed shown = twice([&] {
    auto session = connection();
    Changed changed;
    const auto names = post(session, "package_list",
                            R"({"include_private": false, "include_drafts": false, "include_deleted": false})");
    for (const auto name : names.root()["result"].items()) {
      const auto reply =
          post(session, "package_show",
               R"({"id": ")" + name.text() +
                   R"(", "include_datasets": false, "include_password_hash": true, "include_users": false})");
      EXPECT_EQ(reply.root()["result"]["name"].text(), name.text());
      meet(reply.root()["result"], changed);
    }
    return changed;
  });
  auto session = connection();
  Changed found;
  for (std::size_t start = 0;;) {
    const auto reply =
        post(session, "package_search", R"({"q": "*:*", "start": )" + std::to_string(start) + R"(, "rows": 1000})");
    const auto packages = reply.root()["result"]["results"];
    if (packages.size() == 0) break;
    for (const auto package : packages.items()) meet(package, found);
    start += packages.size();
  }
  EXPECT_EQ(found, shown);
  // A name that is nobody's, as its NotFound.
  const auto missing =
      json::Document::parse(answer(session,
                                   "POST /api/action/package_show HTTP/1.1\r\nHost: " + host() +
                                       "\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
                                       R"({"id": "nobody"})",
                                   404))
          .value();
  EXPECT_EQ(missing.root()["error"]["__type"].text(), "Not Found Error");
}

// What udata's schema of a package asks for (its ckan back-end).
void satisfies_udata(json::View package) {
  const std::string id = package["id"].text();
  for (const char* key : {"id",
                          "name",
                          "title",
                          "notes",
                          "author",
                          "author_email",
                          "maintainer",
                          "maintainer_email",
                          "license_id",
                          "license_title",
                          "metadata_created",
                          "metadata_modified",
                          "organization",
                          "private",
                          "state",
                          "type",
                          "url",
                          "version",
                          "resources",
                          "tags",
                          "extras"})
    EXPECT_TRUE(package[key].exists()) << key << " of " << id;
  EXPECT_TRUE(is_uuid(id));
  EXPECT_EQ(package["type"].text(), "dataset");
  EXPECT_EQ(package["state"].text(), "active");
  EXPECT_EQ(package["private"].boolean(), false);
  EXPECT_TRUE(package["title"].string() && package["notes"].string()) << id;
  EXPECT_TRUE(parse_moment(package["metadata_created"].text())) << id;
  EXPECT_TRUE(parse_moment(package["metadata_modified"].text())) << id;
  for (const auto tag : package["tags"].items()) EXPECT_TRUE(tag["id"].string() && tag["name"].string()) << id;
  for (const auto extra : package["extras"].items())
    EXPECT_TRUE(extra["key"].string() && extra["value"].string()) << id;
  std::int64_t position = 0;
  for (const auto resource : package["resources"].items()) {
    EXPECT_TRUE(is_uuid(resource["id"].text())) << id;
    EXPECT_EQ(resource["position"].integer(), position++);
    for (const char* key : {"name", "description", "format", "created", "hash"})
      EXPECT_TRUE(resource[key].string()) << key << " in " << id;
    for (const char* key : {"mimetype", "size", "last_modified", "resource_type"})
      EXPECT_TRUE(resource[key].exists()) << key << " in " << id;
    EXPECT_TRUE(is_web_url(resource["url"].text())) << resource["url"].text() << " in " << id;
    EXPECT_TRUE(resource["resource_type"].is(json::Kind::null) || resource["resource_type"].text() == "api") << id;
  }
}

TEST_F(CkanClients, UdataListsNamesAndShowsEach) {
  const std::string type = "content-type: application/json\r\n", agent = "uData/10.8.0";
  twice([&] {
    Changed changed;
    const auto names = document(get("/api/3/action/package_list", agent, type));
    for (const auto name : names.root()["result"].items()) {
      const auto shown = document(get("/api/3/action/package_show?id=" + name.text(), agent, type));
      satisfies_udata(shown.root()["result"]);
      meet(shown.root()["result"], changed);
    }
    return changed;
  });
  // With filters: one page, organizations by name and tags by theirs.
  const auto body = document(get("/api/3/action/organization_list", agent, type)).root()["result"][0].text();
  const auto some = document(
      get("/api/3/action/package_search?q=organization%3A" + percent_encode(body) + "+AND+-tags%3Anobodys&rows=1000",
          agent, type));
  const auto packages = some.root()["result"]["results"];
  EXPECT_GT(packages.size(), 0u);
  EXPECT_EQ(static_cast<std::int64_t>(packages.size()),
            std::min<std::int64_t>(1000, *some.root()["result"]["count"].integer()));
  for (const auto package : packages.items()) EXPECT_EQ(package["organization"]["name"].text(), body);
}

TEST_F(CkanClients, MagdaReadsToTheCountAndAllOrganizations) {
  const auto get = [](http::RawClient& session, const std::string& target) {
    return document(answer(
        session, "GET " + target + " HTTP/1.1\r\naccept: application/json\r\naccept-encoding: gzip,deflate\r\nhost: " +
                     host() + "\r\nconnection: close\r\n\r\n"));
  };
  const auto read = [&](const std::string& fq) {
    Changed changed;
    std::int64_t total = 1;
    for (std::int64_t start = 0; start < total; start += 1000) {
      auto session = connection();
      const auto page =
          get(session, "/api/3/action/package_search?sort=metadata_created+asc&start=" + std::to_string(start) +
                           "&rows=1000" + fq);
      total = page.root()["result"]["count"].integer().value_or(0);
      for (const auto package : page.root()["result"]["results"].items()) {
        meet(package, changed);
        for (const auto resource : package["resources"].items()) EXPECT_FALSE(resource["id"].text().empty());
      }
    }
    return changed;
  };
  twice([&] { return read(""); });
  EXPECT_TRUE(read("&fq=-harvest_source_title%3A%22ville%22+-harvest_source_title%3A%22other%22").empty());
  EXPECT_EQ(read("&fq=-harvest_source_title%3A%22none%22+-harvest_source_title%3A%22other%22").size(), records_);
  std::set<std::string> organizations;
  for (std::size_t offset = 0;;) {
    auto session = connection();
    const auto page = get(
        session, "/api/3/action/organization_list?all_fields=true&offset=" + std::to_string(offset) + "&limit=1000");
    const auto rows = page.root()["result"];
    if (rows.size() == 0) break;
    for (const auto row : rows.items()) EXPECT_TRUE(organizations.insert(row["id"].text()).second);
    offset += rows.size();
  }
  std::size_t named = 0;  // a thousand names a page
  for (std::size_t rows = 1; rows > 0; named += rows) {
    auto session = connection();
    rows = get(session, "/api/3/action/organization_list?offset=" + std::to_string(named)).root()["result"].size();
  }
  EXPECT_EQ(organizations.size(), named);
  EXPECT_GT(organizations.size(), 25u) << "more than a page of them";
}

// HEAD, then GET, page after page of hydra:next; two pages alike end it.
TEST_F(CkanClients, CkanextDcatFollowsThePagesOfTheCatalog) {
  const std::string headers = "User-Agent: python-requests/2.32.3\r\n" + std::string(requests_headers);
  const std::string subject = "<http://xmlns.com/foaf/0.1/primaryTopic> <",
                    next = "<http://www.w3.org/ns/hydra/core#next> <";
  std::set<std::string> pages, records;
  for (std::string target = "/catalog.nt"; !target.empty();) {
    auto session = connection();
    session.send("HEAD " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + headers + "\r\n");
    const auto head = session.read(true);
    EXPECT_EQ(head.status, 200);
    session.send("GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + headers + "\r\n");
    const auto reply = session.read();
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("Content-Type"), head.header("Content-Type"));
    const std::string body = reply.header("Content-Encoding") == "gzip" ? unpacked(reply.body) : reply.body;
    EXPECT_TRUE(is_utf8(body));
    EXPECT_TRUE(pages.insert(body).second);
    for (auto at = body.find(subject); at != body.npos; at = body.find(subject, at + 1))
      EXPECT_TRUE(
          records.insert(body.substr(at + subject.size(), body.find('>', at + subject.size()) - at - subject.size()))
              .second);
    const auto link = body.find(next);
    const auto begin = link + next.size();
    target = link == body.npos ? "" : body.substr(begin, body.find('>', begin) - begin).substr(site_->url().size());
  }
  EXPECT_EQ(records.size(), records_);
}

}  // namespace
}  // namespace moisson::test
