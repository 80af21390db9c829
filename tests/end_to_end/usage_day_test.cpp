// A scripted day at a whole site, asked over HTTP through a proxy that names each client: what the site says of it must
// equal a count made apart, and nothing of anybody may be found in its files or its log.

#include "app/serve.h"
#include "core/json.h"
#include "core/log.h"
#include "core/text.h"
#include "core/url.h"
#include "store/usage.h"
#include "store/writer.h"
#include "temporary_directory.h"
#include "tests/http/raw_client.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace moisson::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const Instant midnight{std::chrono::sys_days{std::chrono::year{2026} / 1 / 15}};
constexpr int exchanges = 900;
constexpr auto patience = 60s;

struct Client {
  std::string family, name;
};
const std::vector<Client> clients{
    {"browser", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"},
    {"script", "python-requests/2.31.0"},
    {"harvester", "ckanext-harvest/1.5.6"},
    {"bot", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"},
    {"assistant", "Mozilla/5.0 AppleWebKit/537.36 (compatible; Claude-User/1.0)"},
};
const std::vector<std::string> found_words{"eau", "arbres", "budget"};
const std::vector<std::string> missing_words{"passoires", "piscines"};

// What the count made apart knows: nothing of the program's own.
struct Apart {
  std::map<int, std::map<std::string, std::map<std::string, int>>> hours;  // hour, family, figure
  std::map<std::string, std::set<std::string>> visitors;                   // of a query
  std::map<std::string, int> times, without_result;                        // of a query
  std::map<std::string, std::set<std::string>> viewers;                    // of a record
  std::set<std::string> secrets;
};

class ScriptedDay : public ::testing::Test {
 protected:
  ScriptedDay() {
    app::Configuration configuration;
    configuration.catalog.data_dir = directory_ / "data";
    configuration.server.listen = "127.0.0.1:0";
    instance_ = std::move(app::Instance::open(configuration, clock_, app::Scheduling::only_tasks).value());
    fill();
    site_ = std::move(app::Site::start(*instance_).value());
  }

  void fill() {
    auto& writer = instance_->store().writer();
    const auto source = source_named("portal");
    ASSERT_TRUE(writer.put_source(source));
    auto run = writer.begin(source.id, true);
    store::Batch batch;
    for (const std::string& word : found_words) {
      auto record = record_of("r-" + word, "Les " + word + " de la ville");
      dcat::Distribution file;
      file.download_url.push_back({"https://data.example.org/" + word + ".csv"});
      std::get<dcat::Dataset>(record.record).distribution.push_back(std::move(file));
      batch.drafts.push_back(std::move(store::make_draft(std::move(record), store::Mapping(source, 1)).value()));
    }
    ASSERT_TRUE(run->apply(batch));
    ASSERT_TRUE(run->settle_moves(true));
    ASSERT_TRUE(run->end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
    ASSERT_TRUE(instance_->projection().wait_for(instance_->store().last_seq(), patience));
    for (const auto& record : instance_->store().records_after(0, 10).value()) ids_.push_back(record.id);
  }

  http::RawReply ask(const std::string& target, const std::string& address, const std::string& name) {
    return http::get(site_->port(), target, "X-Forwarded-For: " + address + "\r\nUser-Agent: " + name + "\r\n");
  }

  // A search, its request counted already.
  void search(const Client& client, const std::string& address, int hour, const std::string& path,
              const std::string& words, bool without) {
    auto& figures = apart_.hours[hour][client.family];
    ++figures["searches"];
    figures["without_result"] += without ? 1 : 0;
    EXPECT_EQ(ask(path + percent_encode(words), address, client.name).status, 200);
    if (client.family == "bot" || client.family == "harvester") return;
    apart_.visitors[words].insert(address);
    ++apart_.times[words];
    apart_.without_result[words] += without ? 1 : 0;
  }

  // One exchange of the day, made up and counted by hand.
  void exchange(std::mt19937& random, int hour) {
    const auto one_of = [&](const auto& values) -> const auto& { return values[random() % values.size()]; };
    const Client& client = one_of(clients);
    const auto place = random() % 25;  // each network once, of both kinds
    const std::string address =
        place % 5 == 0 ? "2001:db8:" + std::to_string(1000 + place) + "::1" : "198.51.100." + std::to_string(1 + place);
    auto& figures = apart_.hours[hour][client.family];
    ++figures["requests"];
    apart_.secrets.insert({address, client.name});
    const auto search = [&](const std::string& path, const std::string& words, bool without) {
      this->search(client, address, hour, path, words, without);
    };
    switch (random() % 9) {
      case 0:
        return search("/datasets?q=", one_of(found_words), false);
      case 1:
        return search("/api/v1/datasets?q=", one_of(found_words), false);
      case 2:
        return search("/datasets.atom?q=", one_of(missing_words), true);
      case 3:
        return search("/api/3/action/package_search?q=", one_of(missing_words), true);
      case 4: {  // words that nobody else types
        const std::string number = std::to_string(random()), rare = "xylophones mauves " + number;
        apart_.secrets.insert({"xylophones", number});
        return search("/datasets?q=", rare, true);
      }
      case 5: {
        const std::string& id = one_of(ids_);
        ++figures["views"];
        if (client.family != "bot" && client.family != "harvester") apart_.viewers[id].insert(address);
        EXPECT_EQ(ask("/api/v1/datasets/" + id, address, client.name).status, 200);
        return;
      }
      case 6: {
        const std::string page = ask("/datasets/" + one_of(ids_), address, client.name).body;
        ++figures["views"];
        const auto link = page.find("/files/");
        ASSERT_NE(link, page.npos);
        const auto begin = page.rfind('"', link) + 1;
        ++figures["requests"];
        ++figures["downloads"];
        const auto sent = ask(page.substr(begin, page.find('"', link) - begin), address, client.name);
        EXPECT_EQ(sent.status, 303);
        EXPECT_TRUE(sent.header("Location").starts_with("https://data.example.org/"));
        return;
      }
      case 7:  // a second page of results, and an address that is not ours: requests, and no more
        EXPECT_EQ(ask("/datasets?q=eau&page=2", address, client.name).status, 200);
        return;
      default:
        EXPECT_EQ(ask("/nowhere", address, client.name).status, 404);
        EXPECT_EQ(ask("/healthz", address, client.name).status, 200);
        return;
    }
  }

  // A search that one visitor fewer types than it takes to be shown, thrice each.
  void search_by_too_few(const std::string& words, int hour) {
    for (std::uint64_t n = 0; n < 3 * (store::visitors_needed - 1); ++n) {
      const Client& client = clients.front();
      ++apart_.hours[hour][client.family]["requests"];
      search(client, "203.0.113." + std::to_string(1 + n % (store::visitors_needed - 1)), hour, "/datasets?q=", words,
             true);
    }
    apart_.secrets.insert({words, "203.0.113."});
  }

  json::Document told() {
    const auto reply = http::get(site_->port(), "/api/v1/stats?from=2026-01-15&to=2026-01-15");
    EXPECT_EQ(reply.status, 200);
    return json::Document::parse(reply.body).value();
  }

  void restart_site() {
    site_.reset();  // counts are written when it goes
    site_ = std::move(app::Site::start(*instance_).value());
  }

  // Every file below the data directory, as bytes: the store, its write-ahead log, the index.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(directory_.path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      all[entry.path().string()] = lower_ascii(std::string{std::istreambuf_iterator<char>(in), {}});
    }
    return all;
  }

  void expect_no_secret_in(const std::string& bytes, const std::string& file) const {
    for (const std::string& secret : apart_.secrets)
      EXPECT_EQ(bytes.find(lower_ascii(secret)), bytes.npos) << secret << " stands in " << file;
    for (const char* part : {"mozilla", "firefox/", "python-requests", "198.51.100.", "2001:db8:"})
      EXPECT_EQ(bytes.find(part), bytes.npos) << part << " stands in " << file;
  }

  void expect_no_secret_in_files() const {
    bool frequent = false;
    for (const auto& [file, bytes] : files()) {
      expect_no_secret_in(bytes, file);
      frequent = frequent || bytes.find("passoires") != bytes.npos;
    }
    EXPECT_TRUE(frequent) << "what many searched for should be found where the rest is looked for";
  }

  TemporaryDirectory directory_;
  HandClock clock_{midnight};
  std::unique_ptr<app::Instance> instance_;
  std::unique_ptr<app::Site> site_;
  std::vector<std::string> ids_;
  Apart apart_;
};

TEST_F(ScriptedDay, IsToldAsItWasAndLeavesNobodysTrace) {
  std::mt19937 random(15);
  testing::internal::CaptureStderr();
  for (int n = 0; n < exchanges; ++n) {
    const int hour = 24 * n / exchanges;
    clock_.set(midnight + std::chrono::hours(hour) + std::chrono::minutes(n % 60));
    exchange(random, hour);
  }
  search_by_too_few("baignoires", 23);
  restart_site();

  const auto document = told();
  const auto hours = document.root()["hours"];
  ASSERT_EQ(hours.size(), 24u);
  for (int hour = 0; hour < 24; ++hour)
    for (const auto& client : clients)
      for (const std::string figure : {"requests", "searches", "without_result", "views", "downloads"})
        EXPECT_EQ(hours[static_cast<std::size_t>(hour)]["families"][client.family][figure].integer(),
                  apart_.hours[hour][client.family][figure])
            << figure << " of " << client.family << " at " << hour;

  std::map<std::string, std::pair<int, int>> queries;
  for (const auto row : document.root()["queries"].items())
    queries[row["query"].text()] = {static_cast<int>(*row["times"].integer()),
                                    static_cast<int>(*row["without_result"].integer())};
  std::map<std::string, std::pair<int, int>> expected;
  for (const auto& [words, visitors] : apart_.visitors)
    if (visitors.size() >= store::visitors_needed)
      expected[words] = {apart_.times[words], apart_.without_result[words]};
  EXPECT_EQ(queries, expected);
  EXPECT_EQ(queries.size(), found_words.size() + missing_words.size()) << "the day is long enough for each of them";
  EXPECT_EQ(document.root()["viewed"].size(), ids_.size());

  expect_no_secret_in_files();
  site_.reset();
  instance_.reset();  // the write-ahead log goes into the store
  expect_no_secret_in_files();
  log::info("test", "the day ends");
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("the day ends"), log.npos) << "the log goes elsewhere";
  expect_no_secret_in(lower_ascii(log), "the log");
}

}  // namespace
}  // namespace moisson::test
