// The model-based test of the house: random upserts, removals, moves, harvests, crashes, restores and rebuilds. After every
// step the store, the index that followed it, an index built anew, the facet counts, the families and a replay of the change log must
// agree. A second portal takes records of the first, and says so or not.

#include "agreement.h"
#include "dcat/canonical_json.h"
#include "harvest/scheduler.h"
#include "projection/projection.h"
#include "scripted_portal.h"
#include "store/store.h"
#include "store/writer.h"
#include "temporary_directory.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

namespace moisson::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int steps = 1000;
constexpr std::size_t portal_size = 40, aggregator_size = 16;
constexpr auto patience = 60s;

class HandClock final : public Clock {
 public:
  Instant now() const override { return Instant(std::chrono::milliseconds(ticks_.fetch_add(1000))); }

 private:
  mutable std::atomic<std::int64_t> ticks_{1'700'000'000'000};
};

class NoFetcher final : public net::Fetcher {
 public:
  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink&) override {
    return Error{ErrorCode::unsupported, "this portal is not fetched", request.url, ""};
  }
};

// The files of the store as a crash would leave them now.
void copy_store(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from))
    if (entry.path().filename().string().starts_with("store.sqlite"))
      fs::copy_file(entry.path(), to / entry.path().filename());
}

class House {
 public:
  House(ScriptedPortal& portal, ScriptedPortal& aggregator) : portal_(portal), aggregator_(aggregator) { open(); }
  ~House() { close(); }

  void open() {
    store_ = std::move(store::Store::open({.path = data() / "store.sqlite"}, clock_).value());
    projection_ = std::move(projection::Projection::start({.directory = data() / "index"}, *store_, slot_).value());
    scheduler_ = std::make_unique<harvest::Scheduler>(
        *store_,
        harvest::SchedulerOptions{.parallel_sources = 1,
                                  .deletion = {.max_removed_share = 1.0, .min_removed_held = 1'000'000}},
        clock_, [](const auto&, std::stop_token) { return std::make_unique<NoFetcher>(); },
        [this](std::string_view kind) { return kind == "scripted" ? &portal_ : &aggregator_; });
    ASSERT_TRUE(scheduler_->reconcile({{source("portal", "scripted"), source("aggregator", "scripted again")}}));
  }

  void close() {
    scheduler_.reset();
    projection_.reset();
    slot_.put(nullptr);
    store_.reset();
  }

  harvest::HarvestJob harvest(std::string_view source = "portal") {
    const auto id = scheduler_->start(source, true).value();
    return scheduler_->wait(id, {}).value();
  }

  // A crash while record `at` was being read: what was on the disk then is what the next start finds.
  void crash_at(std::size_t at) {
    const auto image = directory_ / "image";
    bool taken = false;
    portal_.between = [&](std::size_t n) {
      if (n != at || taken) return;
      copy_store(data(), image);
      taken = true;
    };
    harvest();
    portal_.between = {};
    if (!taken) return;
    put_back(image, true);
  }

  void back_up() {
    close();
    copy_store(data(), directory_ / "backup");
    open();
  }

  // Puts back the backup of the SQLite file alone, as an administrator would; the index stays as it is.
  bool restore() {
    if (!fs::exists(directory_ / "backup")) return false;
    put_back(directory_ / "backup", false);
    return true;
  }

  void purge_aggregator() {
    ASSERT_TRUE(store_->writer().retire_source("aggregator", true));
    ASSERT_TRUE(store_->writer().put_source(source("aggregator", "scripted again")));
  }

  void keep_apart(const std::string& one, const std::string& other, bool apart) {
    ASSERT_TRUE(scheduler_->keep_apart(one, other, apart));
  }

  void rebuild() { ASSERT_TRUE(projection_->rebuild({})); }

  store::Store& store() { return *store_; }

  std::shared_ptr<const index::Snapshot> snapshot() {
    EXPECT_TRUE(projection_->wait_for(store_->last_seq(), patience));
    return slot_.current();
  }

  fs::path scratch() const { return directory_ / "scratch"; }

 private:
  fs::path data() const {
    fs::create_directories(directory_ / "data");
    return directory_ / "data";
  }

  static harvest::HarvestSource source(std::string id, std::string kind) {
    harvest::HarvestSource made;
    made.url = "http://" + id + ".test/";
    made.title = made.id = std::move(id);
    made.kind = std::move(kind);
    made.schedule = "manual";
    return made;
  }

  void put_back(const fs::path& image, bool witness_too) {
    close();
    for (const auto& entry : fs::directory_iterator(data())) {
      const auto name = entry.path().filename().string();
      if (name.starts_with("store.sqlite") && (witness_too || !name.ends_with(".witness"))) fs::remove(entry.path());
    }
    for (const auto& entry : fs::directory_iterator(image))
      if (witness_too || !entry.path().string().ends_with(".witness"))
        fs::copy_file(entry.path(), data() / entry.path().filename(), fs::copy_options::overwrite_existing);
    open();
  }

  TemporaryDirectory directory_;
  HandClock clock_;
  ScriptedPortal& portal_;
  ScriptedPortal& aggregator_;
  index::SnapshotSlot slot_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<projection::Projection> projection_;
  std::unique_ptr<harvest::Scheduler> scheduler_;
};

PortalRecord meaning(const store::StoredRecord& stored) {
  const auto record = dcat::from_json(stored.json).value();
  const auto& resource = dcat::resource(record);
  return {resource.title.front().value, resource.keyword.front().value,
          resource.identifier.empty() ? "" : resource.identifier.front(), ""};
}

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

 private:
  std::mt19937 engine_;
};

PortalRecord random_record(Chance& chance, int& serial) {
  static const char* keywords[] = {"eau", "transport", "bruit", "budget", "arbres"};
  static const char* words[] = {"alpha", "beta", "gamma", "delta"};
  const std::string keyword = keywords[chance.below(5)];
  PortalRecord made{"Jeu " + std::to_string(++serial) + " sur " + keyword + " " + words[chance.below(4)], keyword, "",
                    ""};
  if (chance.below(2) == 0) {
    const auto thing = std::to_string(chance.below(30));
    made.thing = "urn:thing:" + thing;
    if (chance.below(3) > 0) made.title = "Chose " + thing + " sur " + keyword;  // twice on one portal, it is the same
  }
  return made;
}

// Of the aggregator's records, some are said to come from the portal.
void take_over(ScriptedPortal& aggregator, const ScriptedPortal& portal, Chance& chance) {
  for (auto& [id, record] : aggregator.records) {
    if (chance.below(6) > 0 || portal.records.empty()) continue;
    auto origin = portal.records.begin();
    std::advance(origin, static_cast<std::ptrdiff_t>(chance.below(portal.records.size())));
    record.title = origin->second.title;
    record.taken_from = origin->second.thing;
  }
}

void mutate(ScriptedPortal& portal, std::size_t size, Chance& chance, int& serial) {
  for (std::size_t n = 1 + chance.below(4); n > 0; --n) {
    auto& records = portal.records;
    auto chosen = records.begin();
    if (!records.empty()) std::advance(chosen, static_cast<std::ptrdiff_t>(chance.below(records.size())));
    const auto what = chance.below(10);
    if (records.size() < size / 2 || (what < 3 && records.size() < size))
      records["r" + std::to_string(chance.below(200))] = random_record(chance, serial);
    else if (what < 6)
      chosen->second = random_record(chance, serial);
    else if (what < 8)
      records.erase(chosen);
    else {
      auto moved = records.extract(chosen);
      moved.key() = "m" + std::to_string(++serial);
      records.insert(std::move(moved));
    }
  }
}

TEST(Model, StoreIndexFacetsAndChangeLogAgreeAtEveryStepOfARandomLife) {
  const char* chosen = std::getenv("MOISSON_SEED");
  const unsigned seed = chosen != nullptr ? static_cast<unsigned>(std::strtoul(chosen, nullptr, 10)) : 20261124u;
  SCOPED_TRACE("MOISSON_SEED=" + std::to_string(seed));
  Chance chance(seed);
  ScriptedPortal portal, aggregator;
  House house(portal, aggregator);
  int serial = 0;
  std::map<std::string, std::string> ids;  // by remote id, after the last whole harvest

  for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    const auto before = portal.records;
    mutate(portal, portal_size, chance, serial);
    if (chance.below(3) == 0) mutate(aggregator, aggregator_size, chance, serial);
    take_over(aggregator, portal, chance);
    const auto action = chance.below(100);
    bool whole = false;
    if (action < 60) {
      const auto job = house.harvest();
      ASSERT_EQ(job.counts.seen(), portal.records.size());
      whole = true;
    } else if (action < 75) {
      house.crash_at(chance.below(portal.records.size() + 1));
      house.harvest();
      whole = true;
    } else if (action < 85) {
      portal.reads = chance.below(portal.records.size() + 1);
      house.harvest();
      portal.reads = std::numeric_limits<std::size_t>::max();
    } else if (action < 90) {
      house.rebuild();
    } else if (action < 95) {
      house.back_up();
    } else if (house.restore()) {
      ids.clear();  // what was minted after the backup is forgotten, and may be minted anew
    }

    if (const auto other = chance.below(20); other < 8) {
      house.harvest("aggregator");
    } else if (other == 8) {
      house.purge_aggregator();
    } else if (other < 12) {
      const auto known = all_records(house.store());
      if (known.size() > 1) {
        const auto one = chance.below(known.size()), two = (one + 1 + chance.below(known.size() - 1)) % known.size();
        house.keep_apart(known[one].id, known[two].id, other < 11);
      }
    }

    const auto records = all_records(house.store());
    if (whole) {
      std::map<std::string, PortalRecord> stored;
      for (const auto& record : records)
        if (record.source_id == "portal") stored[record.remote_id] = meaning(record);
      ASSERT_EQ(stored, portal.records) << "the store is not the portal";
      for (const auto& record : records) {
        if (record.source_id != "portal") continue;
        const auto known = ids.find(record.remote_id);
        ASSERT_TRUE(known == ids.end() || record.id == known->second) << "a record changed its id";
      }
      ids.clear();
      for (const auto& record : records)
        if (record.source_id == "portal") ids[record.remote_id] = record.id;
    }
    std::set<std::string> distinct;
    for (const auto& record : records) ASSERT_TRUE(distinct.insert(record.id).second) << "two records share an id";
    replay_gives(house.store(), records);
    families_are_made_anew(house.store(), records, portal);
    const auto snapshot = house.snapshot();
    index_equals(*snapshot, house.store(), records, house.scratch(),
                 {search_everything("eau"), search_everything("transport alpha"),
                  search_everything("", {{search::Field::keyword, {"bruit", "eau"}}}),
                  search_everything("beta", {{search::Field::keyword, {"transport"}}})});
  }
}

}  // namespace
}  // namespace moisson::test
