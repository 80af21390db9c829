#include "judgments.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <set>
#include <string_view>

namespace moisson::bench {
namespace {

constexpr int resamples = 1'000;

double discounted(const std::vector<int>& grades, std::size_t most) {
  double gain = 0;
  for (std::size_t i = 0; i < std::min(most, grades.size()); ++i)
    gain += grades[i] / std::log2(static_cast<double>(i) + 2);
  return gain;
}

}  // namespace

std::vector<Question> read_questions(const char* queries, const char* qrels) {
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

Scores measured(const Question& question, const Answer& answer) {
  std::vector<int> found, ideal;
  for (const auto& [id, grade] : question.grades) ideal.push_back(std::max(0, grade));
  std::sort(ideal.begin(), ideal.end(), std::greater<>());
  std::set<std::string_view> seen_ids;  // two catalogs may hold one record: it answers once
  for (std::size_t i = 0; i < std::min(depth, answer.size()); ++i) {
    const auto grade = question.grades.find(answer[i]);
    const bool again = !seen_ids.insert(answer[i]).second;
    found.push_back(grade == question.grades.end() || again ? 0 : std::max(0, grade->second));
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

std::vector<Scores> run(const std::vector<Question>& asked, const Engine& engine) {
  std::vector<Scores> scores;
  for (const auto& question : asked) scores.push_back(measured(question, engine(question.text)));
  return scores;
}

Scores mean(const std::vector<Scores>& all) {
  Scores sum{};
  for (const auto& each : all)
    for (std::size_t m = 0; m < measures; ++m) sum[m] += each[m] / static_cast<double>(all.size());
  return sum;
}

void print_head(const std::string& name, std::size_t questions, std::size_t records) {
  std::printf("%s: %zu questions, %zu records\n  %-30s", name.c_str(), questions, records, "mean [95 % of resamples]");
  for (const auto* measure : {"NDCG@5", "NDCG@10", "MAP@10", "MRR", "hit@1", "hit@10"}) std::printf(" %-19s", measure);
  std::printf("\n");
}

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
    const double whole = each.front();
    std::sort(each.begin(), each.end());
    std::printf(" %.3f [%.3f %.3f]", whole, each[resamples * 25 / 1000], each[resamples * 975 / 1000]);
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace moisson::bench
