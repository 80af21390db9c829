// How well the judged answers stand in the results: with the shipped weights, with each part of them taken away, and with
// any given on the command line, beside plain BM25 (stems, one field, Xapian's own matching) in the same run. Then the same
// levers cross-validated: tuned on one half of the questions, judged on the other.
// usage: relevance_bench known-item|pool NAME CORPUS QUERIES.tsv QRELS.txt DIRECTORY [weight=number,…] …
//   CORPUS: tests/bench/corpus.h. known-item also asks questions made of titles and of other names.

#include "corpus.h"
#include "judgments.h"
#include "measure.h"
#include "plain_bm25.h"

#include "core/hash.h"
#include "core/text.h"
#include "index/writer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace moisson;
using namespace moisson::bench;
using index::Weights;

constexpr std::size_t batch_records = 1'000;

struct Weight {
  std::string_view name;
  double Weights::*member;
};
constexpr std::array weights_by_name{
    Weight{"k1", &Weights::k1},
    Weight{"b", &Weights::b},
    Weight{"least_length", &Weights::least_length},
    Weight{"exact", &Weights::exact},
    Weight{"stem", &Weights::stem},
    Weight{"title", &Weights::title},
    Weight{"title_stem", &Weights::title_stem},
    Weight{"title_b", &Weights::title_b},
    Weight{"name", &Weights::name},
    Weight{"synonym", &Weights::synonym},
    Weight{"title_bigram", &Weights::title_bigram},
    Weight{"title_initials", &Weights::title_initials},
    Weight{"acronym", &Weights::acronym},
    Weight{"joined", &Weights::joined},
    Weight{"title_phrase", &Weights::title_phrase},
    Weight{"stop_word", &Weights::stop_word},
    Weight{"quality", &Weights::quality},
    Weight{"freshness", &Weights::freshness},
    Weight{"age", &Weights::age},
    Weight{"first_hand", &Weights::first_hand},
    Weight{"official", &Weights::official},
    Weight{"wide", &Weights::wide},
    Weight{"enough", &Weights::enough},
    Weight{"fame", &Weights::fame},
    Weight{"fame_limit", &Weights::fame_limit},
    Weight{"unknown_fame", &Weights::unknown_fame},
};
constexpr std::string_view without_views = "fame=0";
constexpr std::string_view without_priors = "fame=0,quality=0,freshness=0,age=0,first_hand=0,official=0,wide=0";

Weights changed(std::string_view text, Weights weights = {}) {
  for (const auto part : split(text, ',')) {
    const auto equals = part.find('=');
    const auto* found = std::find_if(weights_by_name.begin(), weights_by_name.end(),
                                     [&](const Weight& each) { return each.name == part.substr(0, equals); });
    if (equals == std::string_view::npos || found == weights_by_name.end()) {
      std::fprintf(stderr, "no such weight: %s\n", std::string(part).c_str());
      std::exit(64);
    }
    weights.*(found->member) = std::atof(std::string(part.substr(equals + 1)).c_str());
  }
  return weights;
}

class Bench {
 public:
  Bench(std::vector<index::Entry> entries, const std::filesystem::path& directory) : entries_(std::move(entries)) {
    writer_ = must(index::Writer::open(directory / "index", "bench", true));
    if (writer_->identity().seq == entries_.size()) return;
    for (std::size_t from = 0; from < entries_.size(); from += batch_records) {
      const auto count = std::min(batch_records, entries_.size() - from);
      must(writer_->apply(std::span(entries_).subspan(from, count), {}, from + count));
    }
  }

  const std::vector<index::Entry>& entries() const { return entries_; }

  std::vector<Scores> ask(const std::vector<Question>& asked, const Weights& weights) {
    const auto snapshot = must(writer_->snapshot(weights));
    return run(asked, [&](const std::string& text) {
      search::Query query;
      query.text = text;
      query.page_size = depth;
      query.keys_only = true;
      Answer answer;
      for (auto& hit : must(snapshot->search(query)).hits) answer.push_back(entries_[hit.row - 1].remote_id);
      return answer;
    });
  }

 private:
  std::vector<index::Entry> entries_;
  std::unique_ptr<index::Writer> writer_;
};

struct Set {
  std::string name;
  std::vector<Question> questions;
};

void ablation(Bench& bench, const Set& set, const std::filesystem::path& directory, std::span<char*> given) {
  print_head(set.name, set.questions.size(), bench.entries().size());
  PlainBm25 plain(directory / "plain", bench.entries());
  print("plain BM25", run(set.questions, std::ref(plain)));
  print("as shipped", bench.ask(set.questions, {}));
  print("no views", bench.ask(set.questions, changed(without_views)));
  print("no prior at all", bench.ask(set.questions, changed(without_priors)));
  for (const auto* without : {"title=0,title_stem=0", "name=0", "synonym=0", "title_bigram=0", "title_initials=0",
                              "acronym=0", "joined=0", "stem=0,title_stem=0", "exact=0,title=0", "quality=0",
                              "freshness=0", "age=0", "first_hand=0", "official=0", "wide=0", "unknown_fame=0"})
    print(without, bench.ask(set.questions, changed(without)));
  for (const auto* table : given) print(table, bench.ask(set.questions, changed(table)));
}

// ── cross-validation: coordinate ascent over a coarse grid on one half of the questions, judged on the other half.

struct Grid {
  std::string_view name;
  std::vector<double> values;
};
const std::vector<Grid>& grids() {
  static const std::vector<Grid> all{
      {"fame", {0, 4, 7, 10, 13}},      {"title", {0, 0.25, 0.5}},          {"name", {0, 0.4, 1}},
      {"synonym", {0, 0.15, 0.3, 0.5}}, {"title_bigram", {0.4, 0.75, 1.1}}, {"first_hand", {0, 0.1, 0.2}},
      {"official", {0, 0.1, 0.2}},      {"wide", {0, 0.15, 0.3}},           {"freshness", {0, 0.1, 0.2}},
      {"age", {0, 0.1, 0.2}},           {"enough", {20, 100, 1'000}}};
  return all;
}

std::vector<Question> half(const std::vector<Question>& all, std::uint64_t which) {
  std::vector<Question> out;
  for (const auto& each : all)
    if (hash64(each.id) % 2 == which) out.push_back(each);
  return out;
}

// What is to be raised: known items and the tail alike, with and without views.
double worth(Bench& bench, const std::vector<Set>& sets, const Weights& weights) {
  double sum = 0;
  for (const auto& set : sets) {
    sum += mean(bench.ask(set.questions, weights))[mrr];
    sum += mean(bench.ask(set.questions, changed(without_views, weights)))[mrr];
  }
  return sum;
}

void cross_validate(Bench& bench, const std::vector<Set>& sets) {
  std::printf("cross-validated: weights raised on one half of the questions, judged on the other\n");
  for (const std::uint64_t fold : {0, 1}) {
    std::vector<Set> seen, unseen;
    for (const auto& set : sets) {
      seen.push_back({set.name, half(set.questions, fold)});
      unseen.push_back({set.name, half(set.questions, 1 - fold)});
    }
    Weights best;
    double most = worth(bench, seen, best);
    std::string chosen;
    for (const auto& grid : grids()) {
      const auto start = best;
      for (const double value : grid.values) {
        char text[64];
        std::snprintf(text, sizeof text, "%s=%g", std::string(grid.name).c_str(), value);
        const auto tried = changed(text, start);
        const double found = worth(bench, seen, tried);
        if (found <= most + 1e-9) continue;
        most = found;
        best = tried;
        chosen += std::string(chosen.empty() ? "" : ",") + text;
      }
    }
    std::printf("  half %llu chose %s\n", static_cast<unsigned long long>(fold),
                chosen.empty() ? "the shipped weights" : chosen.c_str());
    for (const auto& set : unseen) {
      print_head(set.name + ", the other half", set.questions.size(), bench.entries().size());
      print("as shipped", bench.ask(set.questions, {}));
      print("as chosen", bench.ask(set.questions, best));
      print("as shipped, no views", bench.ask(set.questions, changed(without_views)));
      print("as chosen, no views", bench.ask(set.questions, changed(without_views, best)));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 7) return 64;
  const bool known_item = std::string_view(argv[1]) == "known-item";
  const std::filesystem::path directory = argv[6];
  Bench bench(read_corpus(argv[3]), directory);
  std::vector<Set> sets{{argv[2], read_questions(argv[4], argv[5])}};
  if (known_item) {
    sets.push_back({"words of random titles", title_questions(bench.entries())});
    sets.push_back({"other names of random records", name_questions(bench.entries())});
  }
  for (const auto& set : sets)
    ablation(bench, set, directory, std::span(argv, static_cast<std::size_t>(argc)).subspan(7));
  if (known_item) cross_validate(bench, sets);
}
