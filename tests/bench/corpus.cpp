#include "corpus.h"

#include "core/json.h"
#include "core/text.h"
#include "dcat/normalise.h"
#include "index/analysis.h"

#include <moisson/harvest/harvester.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <numeric>
#include <random>

namespace moisson::bench {
namespace {

constexpr std::size_t made_questions = 300;
constexpr unsigned seed = 20260116;

using ByTitle = std::map<std::string, std::vector<const index::Entry*>>;

std::string title_of(const index::Entry& entry) {
  const auto& titles = dcat::resource(entry.record).title;
  return titles.empty() ? std::string{} : fold(titles.front().value);
}

bool read_pool(json::View record, index::Entry& entry) {
  const std::string title(record["title"].text());
  std::string text(record["text"].text());
  if (text.starts_with(title)) text.erase(0, title.size());
  dcat::Dataset dataset;
  dataset.title = {{title, ""}};
  dataset.description = {{std::move(text), ""}};
  entry.remote_id = std::string(record["id"].text());
  entry.record = std::move(dataset);
  return true;
}

bool read_harvested(const harvest::HarvestSource& source, std::string&& line, index::Entry& entry) {
  const auto* harvester = harvest::find_harvester(source.kind);
  if (!harvester) return false;
  auto mapped = harvester->map(source, {"application/json", std::move(line), "http://127.0.0.1/page", "/0"});
  if (!mapped) return false;
  dcat::normalise(mapped->record, {source.id, source.language, source.territory});
  entry.remote_id = std::move(mapped->remote_id);
  entry.record = std::move(mapped->record);
  entry.popularity = mapped->popularity;
  return true;
}

Question question_of(const index::Entry& entry, std::string id, std::mt19937& random, const ByTitle& by_title) {
  Question question{std::move(id), {}, {}};
  std::vector<std::string> content;
  for (auto& word : words(title_of(entry), 40))
    if (!index::is_stop_word(word.folded)) content.push_back(std::move(word.folded));
  if (content.size() < 3) return question;
  std::vector<std::size_t> order(content.size());
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), random);
  order.resize(std::max<std::size_t>(2, (3 * content.size() + 4) / 5));
  std::sort(order.begin(), order.end());
  for (const auto i : order) question.text += (question.text.empty() ? "" : " ") + content[i];
  for (const auto* same : by_title.at(title_of(entry))) question.grades[same->remote_id] = 1;
  return question;
}

}  // namespace

std::vector<index::Entry> read_corpus(const char* file) {
  std::vector<index::Entry> entries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto first = line.find('\t'), second = line.find('\t', first + 1);
    if (second == std::string::npos) continue;
    harvest::HarvestSource source;
    source.kind = line.substr(0, first);
    source.id = source.title = line.substr(first + 1, second - first - 1);
    source.url = "http://127.0.0.1/";
    source.language = source.kind == "ckan" ? "fr" : "en";
    index::Entry entry;
    entry.source_id = source.id;
    entry.source_title = source.title;
    entry.source_language = source.language;
    if (source.kind == "pool") {
      const auto json = json::Document::parse(std::string_view(line).substr(second + 1));
      if (!json || !read_pool(json->root(), entry)) continue;
    } else if (!read_harvested(source, line.substr(second + 1), entry)) {
      continue;
    }
    entry.row = entries.size() + 1;
    entry.id = source.id + '/' + entry.remote_id;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Question> title_questions(const std::vector<index::Entry>& entries) {
  std::mt19937 random(seed);
  ByTitle by_title;
  std::vector<const index::Entry*> counted, uncounted;
  for (const auto& entry : entries) {
    by_title[title_of(entry)].push_back(&entry);
    (entry.popularity ? counted : uncounted).push_back(&entry);
  }
  if (counted.empty()) counted = uncounted;
  if (uncounted.empty()) uncounted = counted;
  std::vector<Question> out;
  while (!entries.empty() && out.size() < made_questions) {
    const auto& from = out.size() % 2 == 0 ? counted : uncounted;
    auto question = question_of(*from[random() % from.size()], "title-" + std::to_string(out.size()), random, by_title);
    if (!question.text.empty()) out.push_back(std::move(question));
  }
  return out;
}

std::vector<Question> name_questions(const std::vector<index::Entry>& entries) {
  std::map<std::string, Question> by_name;
  for (const auto& entry : entries)
    for (const auto& name : dcat::resource(entry.record).alternative) {
      auto& question = by_name[fold(name.value)];
      question.id = question.text = name.value;
      question.grades[entry.remote_id] = 1;
    }
  std::vector<Question> out;
  for (auto& [name, question] : by_name) out.push_back(std::move(question));
  std::mt19937 random(seed);
  std::shuffle(out.begin(), out.end(), random);
  out.resize(std::min(out.size(), made_questions));
  return out;
}

}  // namespace moisson::bench
