#include "index/writer.h"

#include "dcat/normalise.h"
#include "index/document.h"
#include "index/facet_column.h"
#include "index/length_norm.h"
#include "index/ranking.h"
#include "index/revision.h"
#include "index/schema.h"
#include "index/state.h"

#include <algorithm>
#include <charconv>
#include <thread>

#include <xapian.h>

namespace moisson::index {

// What the index holds was read by the vocabularies, too: of other tables, it is rebuilt.
const int schema_version =
    static_cast<int>((dcat::vocabulary_version() + std::uint64_t{current_schema} * 1'000'003) & 0x7fffffff);

namespace {

using std::chrono::milliseconds;

// How long a change waits for readers of the state before the last to finish, before that state is copied for them.
constexpr milliseconds reader_grace{100};
constexpr milliseconds reader_poll{2};

// Words to correct and to complete by are gathered again when one document in so many has changed.
constexpr std::size_t stale_share = 50;

std::uint64_t number(const std::string& text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Identity identity_of(const Xapian::Database& database) {
  return {database.get_metadata("epoch"), number(database.get_metadata("seq")),
          static_cast<int>(number(database.get_metadata("schema")))};
}

std::size_t read_handles() { return std::max(4U, 2 * std::thread::hardware_concurrency()); }

class XapianWriter final : public Writer {
 public:
  XapianWriter(std::filesystem::path directory, bool bulk) : directory_(std::move(directory)), bulk_(bulk) {}

  // Throws Xapian::Error.
  Result<void> open(std::string_view epoch) {
    std::filesystem::create_directories(directory_);
    std::filesystem::remove_all(directory_ / "kept");
    // A rebuild is worth nothing until it is whole: its writes need not be durable one by one.
    database_ =
        Xapian::WritableDatabase(directory_.string(), Xapian::DB_CREATE_OR_OPEN | (bulk_ ? Xapian::DB_NO_SYNC : 0));
    identity_ = identity_of(database_);
    if (identity_.epoch.empty()) {
      identity_ = {std::string(epoch), 0, schema_version};
      write_identity();
      database_.commit();
    }
    return load();
  }

  Result<void> apply(std::span<const Entry> upserts, std::span<const std::uint64_t> removed_rows,
                     std::uint64_t seq) override {
    for (const auto& entry : upserts)
      if (entry.row == 0 || entry.row >= UINT32_MAX)
        return Error{
            ErrorCode::too_large, "a row id beyond 4294967294 cannot be indexed", std::to_string(entry.row), {}};
    if (auto kept = keep_held_revisions(); !kept) return kept;
    std::vector<Card> cards;
    std::vector<ColumnBuilder::Change> changes;
    const auto done = guarded([&] {
      database_.begin_transaction();
      try {
        for (const auto row : removed_rows) remove(row, changes);
        cards.reserve(upserts.size());
        for (const auto& entry : upserts) {
          cards.push_back(card_of(entry));
          database_.replace_document(static_cast<Xapian::docid>(entry.row), maker_.make(entry, cards.back()));
          changes.push_back({static_cast<Row>(entry.row), &cards.back(),
                             database_.get_doclength(static_cast<Xapian::docid>(entry.row))});
        }
        identity_.seq = seq;
        write_identity();
        database_.commit_transaction();
      } catch (const Xapian::Error&) {
        identity_ = {};
        database_.cancel_transaction();
        identity_ = identity_of(database_);
        throw;
      }
    });
    if (!done) return done;
    ++commits_;
    take_in(std::move(changes));
    return {};
  }

  Result<std::shared_ptr<const Snapshot>> snapshot(const Weights& weights) override {
    State state;
    state.weights = weights;
    auto revision = Revision::open(directory_, read_handles());
    if (!revision) return revision.error();
    const auto read = guarded([&] { state.languages = languages(); });
    if (!read) return read.error();
    state.identity = identity_;
    state.revision = *revision;
    state.column = column_.freeze();
    state.families = std::make_shared<Families>(state.column);
    std::sort(changed_.begin(), changed_.end());
    changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
    for (std::size_t i = 0; i < sorted_by.size(); ++i)
      rankings_[i] = Ranking::made(sorted_by[i], *state.column, rankings_[i].get(), changed_);
    state.rankings = rankings_;
    state.prior = Prior::made(*state.column, weights, newest(state));
    state.postings = std::make_unique<Postings>(length_norms(*state.column, weights));
    state.answers = std::make_unique<Answers>();
    stale_ += changed_.size();
    if (!lexicon_ || stale_ * stale_share > state.column->documents()) {
      lexicon_ = std::make_shared<LexiconSlot>();
      completions_ = std::make_shared<CompletionsSlot>();
      stale_ = 0;
    }
    state.lexicon = lexicon_;
    state.completions = completions_;
    changed_.clear();
    held_.push_back({*revision, commits_});
    return make_snapshot(std::move(state));
  }

  Identity identity() const override { return identity_; }

  Result<void> finish() override {
    return guarded([&] {
      const auto compacted = directory_ / "compacted";
      std::filesystem::remove_all(compacted);
      database_.commit();
      database_.compact(compacted.string(), Xapian::DBCOMPACT_NO_RENUMBER);
      database_.close();
      for (const auto& file : std::filesystem::directory_iterator(directory_))
        if (file.is_regular_file()) std::filesystem::remove(file.path());
      for (const auto& file : std::filesystem::directory_iterator(compacted))
        std::filesystem::rename(file.path(), directory_ / file.path().filename());
      std::filesystem::remove_all(compacted);
      database_ = Xapian::WritableDatabase(directory_.string(), Xapian::DB_OPEN);
      write_identity();
      database_.commit();
      database_.close();
    });
  }

 private:
  struct Held {
    std::weak_ptr<Revision> revision;
    std::uint64_t commit = 0;
  };

  // The thousandth part's newest modification: the index's own time, so that an answer does not change with the clock, and
  // dates in the future do not count.
  static std::int64_t newest(const State& state) {
    const auto order = state.ranking(search::Sort::modified).order();
    return order.empty() ? 0 : state.column->facts(order[order.size() / 1000]).modified;
  }

  void write_identity() {
    database_.set_metadata("epoch", identity_.epoch);
    database_.set_metadata("schema", std::to_string(identity_.schema));
    database_.set_metadata("seq", std::to_string(identity_.seq));
  }

  // The column of an index that was written before.
  Result<void> load() {
    std::vector<Card> cards;
    std::vector<ColumnBuilder::Change> changes;
    const auto flush = [&] {
      for (std::size_t i = 0; i < cards.size(); ++i) changes[i].card = &cards[i];
      take_in(std::move(changes));
      changes.clear();
      cards.clear();
    };
    const auto end = database_.postlist_end({});
    for (auto at = database_.postlist_begin({}); at != end; ++at) {
      auto card = decode(database_.get_document(*at).get_data());
      if (!card) return card.error();
      cards.push_back(std::move(*card));
      changes.push_back({*at, nullptr, at.get_doclength()});
      if (cards.size() >= chunk_rows) flush();
    }
    flush();
    return {};
  }

  void remove(std::uint64_t row, std::vector<ColumnBuilder::Change>& changes) {
    if (row == 0 || row >= UINT32_MAX) return;
    try {
      database_.delete_document(static_cast<Xapian::docid>(row));
      changes.push_back({static_cast<Row>(row), nullptr});
    } catch (const Xapian::DocNotFoundError&) {
      // Removed before it was ever projected.
    }
  }

  // Of several changes of a row the last counts; removals come first.
  void take_in(std::vector<ColumnBuilder::Change> changes) {
    std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
    std::vector<ColumnBuilder::Change> last;
    for (const auto& change : changes) {
      if (!last.empty() && last.back().row == change.row)
        last.back() = change;
      else
        last.push_back(change);
      changed_.push_back(change.row);
    }
    column_.apply(last);
  }

  std::vector<std::string> languages() {
    std::vector<std::string> found;
    const std::string begin(prefix::stemmed);
    for (auto at = database_.allterms_begin(begin); at != database_.allterms_end(begin); ++at)
      found.push_back((*at).substr(begin.size()));
    return found;
  }

  // The next change overwrites what only states before the last commit still need (index/revision.h).
  Result<void> keep_held_revisions() {
    const auto deadline = std::chrono::steady_clock::now() + reader_grace;
    std::vector<Held> current;
    for (auto& held : held_) {
      if (held.commit == commits_) {
        if (!held.revision.expired()) current.push_back(held);
        continue;
      }
      while (!held.revision.expired() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(reader_poll);
      if (const auto revision = held.revision.lock())
        if (auto kept = revision->preserve(); !kept) return kept;
    }
    held_ = std::move(current);
    return {};
  }

  std::filesystem::path directory_;
  bool bulk_;
  Xapian::WritableDatabase database_;
  Identity identity_;
  DocumentMaker maker_;
  ColumnBuilder column_;
  Rankings rankings_;
  std::vector<Row> changed_;  // since the last snapshot
  std::vector<Held> held_;
  std::uint64_t commits_ = 0;
  std::shared_ptr<const LexiconSlot> lexicon_;  // shared by states until many documents have changed
  std::shared_ptr<const CompletionsSlot> completions_;
  std::size_t stale_ = 0;  // documents changed since
};

}  // namespace

Result<Identity> identity(const std::filesystem::path& directory) {
  std::error_code ignored;
  if (!std::filesystem::exists(directory / "iamglass", ignored))
    return Error{ErrorCode::not_found, "no index here", directory.string(), {}};
  Identity found;
  const auto read = guarded([&] { found = identity_of(Xapian::Database(directory.string())); });
  if (!read)
    return Error{ErrorCode::corrupt, read.error().message, directory.string(), "it is built again from the store"};
  return found;
}

Result<std::unique_ptr<Writer>> Writer::open(const std::filesystem::path& directory, std::string_view epoch,
                                             bool bulk) {
  auto writer = std::make_unique<XapianWriter>(directory, bulk);
  Result<void> loaded;
  const auto opened = guarded([&] { loaded = writer->open(epoch); });
  if (!opened) return at(directory.string(), opened.error());
  if (!loaded) return at(directory.string(), loaded.error());
  return std::unique_ptr<Writer>(std::move(writer));
}

}  // namespace moisson::index
