// How well the judged answers stand in the results: each collection with the shipped weights, with parts of them taken
// away, and with any given on the command line, beside plain BM25 (stems, one field, Xapian's own matching) in the same
// run. usage: relevance_bench known-item|pool NAME RECORDS.jsonl QUERIES.tsv QRELS.txt DIRECTORY [weight=number,…] …
//   known-item: RECORDS are CKAN packages, mapped as a harvest maps them; also asks 300 questions made of random
//   titles' words. pool: RECORDS have id, title and text.

#include "core/json.h"
#include "core/text.h"
#include "index/analysis.h"
#include "index/plain_text.h"
#include "index/writer.h"
#include "measure.h"

#include <moisson/harvest/harvester.h>

#include <xapian.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace moisson;
using bench::must;

constexpr std::size_t batch_records = 1'000;
constexpr std::size_t depth = 10;
constexpr std::size_t tail_questions = 300;
constexpr int resamples = 1'000;

struct Question {
  std::string id;
  std::string text;
  std::map<std::string, int> grades;  // by the judged record's id
};

using Answer = std::vector<std::string>;  // remote ids, best first
using Engine = std::function<Answer(const std::string&)>;

struct Weight {
  std::string_view name;
  double index::Weights::*member;
};
constexpr std::array weights_by_name{
    Weight{"k1", &index::Weights::k1},
    Weight{"b", &index::Weights::b},
    Weight{"least_length", &index::Weights::least_length},
    Weight{"exact", &index::Weights::exact},
    Weight{"stem", &index::Weights::stem},
    Weight{"title_bigram", &index::Weights::title_bigram},
    Weight{"title_initials", &index::Weights::title_initials},
    Weight{"acronym", &index::Weights::acronym},
    Weight{"joined", &index::Weights::joined},
    Weight{"title_phrase", &index::Weights::title_phrase},
    Weight{"stop_word", &index::Weights::stop_word},
    Weight{"quality", &index::Weights::quality},
    Weight{"freshness", &index::Weights::freshness},
    Weight{"age", &index::Weights::age},
    Weight{"fame", &index::Weights::fame},
    Weight{"fame_limit", &index::Weights::fame_limit},
};

index::Weights changed(const std::string& text) {
  index::Weights weights;
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

std::vector<index::Entry> packages(const char* file) {
  harvest::HarvestSource source;
  source.id = "portal";
  source.title = "Portal";
  source.kind = "ckan";
  source.url = "http://127.0.0.1/";
  const auto& harvester = *harvest::find_harvester("ckan");
  std::vector<index::Entry> entries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    auto mapped = harvester.map(source, {"application/json", std::move(line), "http://127.0.0.1/page", "/0"});
    if (!mapped) continue;
    index::Entry entry;
    entry.id = entry.family_id = entry.remote_id = std::move(mapped->remote_id);
    entry.record = std::move(mapped->record);
    entry.popularity = mapped->popularity;
    entry.source_language = "fr";
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<index::Entry> pool(const char* file) {
  std::vector<index::Entry> entries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto json = must(json::Document::parse(line));
    const std::string title(json.root()["title"].text());
    std::string text(json.root()["text"].text());
    if (text.starts_with(title)) text.erase(0, title.size());
    dcat::Dataset dataset;
    dataset.title = {{title, ""}};
    dataset.description = {{std::move(text), ""}};
    index::Entry entry;
    entry.id = entry.family_id = entry.remote_id = std::string(json.root()["id"].text());
    entry.record = std::move(dataset);
    entry.source_language = "en";
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Question> questions(const char* queries, const char* qrels) {
  std::map<std::string, Question> by_id;
  std::ifstream in(queries);
  for (std::string line; std::getline(in, line);)
    if (const auto tab = line.find('\t'); tab != std::string::npos)
      by_id[line.substr(0, tab)] = {line.substr(0, tab), line.substr(tab + 1), {}};
  std::ifstream judged(qrels);
  std::string question, iteration, record;
  for (int grade = 0; judged >> question >> iteration >> record >> grade;)
    if (const auto found = by_id.find(question); found != by_id.end()) found->second.grades[record] = grade;
  std::vector<Question> out;
  for (auto& [id, each] : by_id)
    if (std::any_of(each.grades.begin(), each.grades.end(), [](const auto& grade) { return grade.second > 0; }))
      out.push_back(std::move(each));
  return out;
}

// Three of five words of random titles, in their order: what somebody types who knows what they look for. Records with
// the same title answer alike.
std::vector<Question> tail(const std::vector<index::Entry>& entries) {
  std::mt19937 random(20260116);
  std::map<std::string, std::vector<const index::Entry*>> by_title;
  const auto title_of = [](const index::Entry& entry) {
    const auto& titles = dcat::resource(entry.record).title;
    return titles.empty() ? std::string{} : fold(titles.front().value);
  };
  for (const auto& entry : entries) by_title[title_of(entry)].push_back(&entry);
  std::vector<Question> out;
  while (out.size() < std::min(tail_questions, entries.size())) {
    const auto& entry = entries[random() % entries.size()];
    std::vector<std::string> content;
    for (auto& word : words(title_of(entry), 40))
      if (!index::is_stop_word(word.folded)) content.push_back(std::move(word.folded));
    if (content.size() < 3) continue;
    std::vector<std::size_t> order(content.size());
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random);
    order.resize(std::max<std::size_t>(2, (3 * content.size() + 4) / 5));
    std::sort(order.begin(), order.end());
    Question question{"tail-" + std::to_string(out.size()), {}, {}};
    for (const auto i : order) question.text += (question.text.empty() ? "" : " ") + content[i];
    for (const auto* same : by_title[title_of(entry)]) question.grades[same->remote_id] = 1;
    out.push_back(std::move(question));
  }
  return out;
}

// Plain BM25: stems of all texts in one field.
class Plain {
 public:
  Plain(const std::filesystem::path& directory, const std::vector<index::Entry>& entries) : entries_(entries) {
    Xapian::WritableDatabase database(directory.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
    for (const auto& entry : entries) {
      Xapian::Document document;
      std::map<std::string, unsigned> counts;
      const auto& resource = dcat::resource(entry.record);
      const auto add = [&](std::string_view text, std::string_view language) {
        for (const auto& word : words(text))
          ++counts[stemmer_.stem(language.empty() ? entry.source_language : std::string(language), word.folded)];
      };
      for (const auto& text : resource.title) add(text.value, text.language);
      for (const auto& text : resource.description) add(index::plain_text(text.value, 131'072), text.language);
      for (const auto& text : resource.keyword) add(text.value, text.language);
      for (const auto& [stem, count] : counts) document.add_term(stem, count);
      database.add_document(document);
    }
    database.commit();
    database.close();
    database_ = Xapian::Database(directory.string());
    language_ = entries.empty() ? "fr" : entries.front().source_language;
  }

  Answer operator()(const std::string& text) {
    std::vector<std::string> terms;
    for (const auto& word : words(text)) terms.push_back(stemmer_.stem(language_, word.folded));
    Xapian::Enquire enquire(database_);
    enquire.set_query({Xapian::Query::OP_OR, terms.begin(), terms.end()});
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.0, 0, 1, 0.5, 0.5));
    const auto found = enquire.get_mset(0, depth);
    Answer answer;
    for (auto at = found.begin(); at != found.end(); ++at) answer.push_back(entries_[*at - 1].remote_id);
    return answer;
  }

 private:
  const std::vector<index::Entry>& entries_;
  Xapian::Database database_;
  index::Stemmer stemmer_;
  std::string language_;
};

enum Measure : std::size_t { ndcg5, ndcg10, map10, mrr, hit1, hit10, measures };
using Scores = std::array<double, measures>;

double discounted(const std::vector<int>& grades, std::size_t most) {
  double gain = 0;
  for (std::size_t i = 0; i < std::min(most, grades.size()); ++i)
    gain += grades[i] / std::log2(static_cast<double>(i) + 2);
  return gain;
}

Scores measured(const Question& question, const Answer& answer) {
  std::vector<int> found, ideal;
  for (const auto& [id, grade] : question.grades) ideal.push_back(std::max(0, grade));
  std::sort(ideal.begin(), ideal.end(), std::greater<>());
  for (std::size_t i = 0; i < std::min(depth, answer.size()); ++i) {
    const auto grade = question.grades.find(answer[i]);
    found.push_back(grade == question.grades.end() ? 0 : std::max(0, grade->second));
  }
  Scores scores{};
  scores[ndcg5] = discounted(found, 5) / discounted(ideal, 5);
  scores[ndcg10] = discounted(found, 10) / discounted(ideal, 10);
  const auto relevant =
      static_cast<double>(std::count_if(ideal.begin(), ideal.end(), [](int grade) { return grade > 0; }));
  double seen = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == 0) continue;
    const double rank = static_cast<double>(i) + 1;
    if (seen == 0) scores[mrr] = 1 / rank;
    if (i == 0) scores[hit1] = 1;
    scores[hit10] = 1;
    scores[map10] += ++seen / rank / relevant;
  }
  return scores;
}

// The mean, and the middle 95 % of the means of resampled questions.
void print(const std::string& name, const std::vector<Scores>& all) {
  std::mt19937 random(1);
  std::array<std::vector<double>, measures> means;
  for (int sample = 0; sample <= resamples; ++sample) {
    Scores sum{};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& each = all[sample == 0 ? i : random() % all.size()];
      for (std::size_t m = 0; m < measures; ++m) sum[m] += each[m];
    }
    for (std::size_t m = 0; m < measures; ++m) means[m].push_back(sum[m] / static_cast<double>(all.size()));
  }
  std::printf("  %-30s", name.c_str());
  for (auto& each : means) {
    const double mean = each.front();
    std::sort(each.begin(), each.end());
    std::printf(" %.3f [%.3f %.3f]", mean, each[resamples * 25 / 1000], each[resamples * 975 / 1000]);
  }
  std::printf("\n");
}

void run(const std::string& name, const std::vector<Question>& asked, const Engine& engine) {
  std::vector<Scores> scores;
  for (const auto& question : asked) scores.push_back(measured(question, engine(question.text)));
  print(name, scores);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 7) return 64;
  const bool known_item = std::string_view(argv[1]) == "known-item";
  auto entries = known_item ? packages(argv[3]) : pool(argv[3]);
  const auto asked = questions(argv[4], argv[5]);
  const std::filesystem::path directory = argv[6];
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].row = i + 1;
    entries[i].source_id = "portal";
  }
  auto writer = must(index::Writer::open(directory / "index", "bench", true));
  if (writer->identity().seq != entries.size())
    for (std::size_t from = 0; from < entries.size(); from += batch_records) {
      const auto count = std::min(batch_records, entries.size() - from);
      must(writer->apply(std::span(entries).subspan(from, count), {}, from + count));
    }

  struct Table {
    std::string name;
    index::Weights weights;
  };
  std::vector<Table> tables{{"as shipped", {}},
                            {"no views", changed("fame=0")},
                            {"no prior at all", changed("fame=0,quality=0,freshness=0,age=0")}};
  for (const auto* without : {"title_bigram=0", "title_initials=0", "acronym=0", "joined=0", "stem=0", "exact=0",
                              "quality=0", "freshness=0", "age=0"})
    tables.push_back({without, changed(without)});
  for (int i = 7; i < argc; ++i) tables.push_back({argv[i], changed(argv[i])});

  std::vector<std::pair<std::string, std::vector<Question>>> sets{{argv[2], asked}};
  if (known_item) sets.emplace_back("words of random titles", tail(entries));
  Plain plain(directory / "plain", entries);
  for (const auto& [name, set] : sets) {
    std::printf("%s: %zu questions, %zu records\n  %-30s", name.c_str(), set.size(), entries.size(),
                "mean [95 % of resamples]");
    for (const auto* measure : {"NDCG@5", "NDCG@10", "MAP@10", "MRR", "hit@1", "hit@10"})
      std::printf(" %-19s", measure);
    std::printf("\n");
    run("plain BM25", set, std::ref(plain));
    for (const auto& table : tables) {
      const auto snapshot = must(writer->snapshot(table.weights));
      run(table.name, set, [&](const std::string& text) {
        search::Query query;
        query.text = text;
        query.page_size = depth;
        Answer answer;
        for (auto& hit : must(snapshot->search(query)).hits) answer.push_back(entries[hit.row - 1].remote_id);
        return answer;
      });
    }
  }
}
