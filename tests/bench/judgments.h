// Judgments: questions with the records that answer them, and how well an engine does on them. Pure but for reading and printing.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace moisson::bench {

struct Question {
  std::string id;
  std::string text;
  std::map<std::string, int> grades;  // by the judged record's remote id
};

using Answer = std::vector<std::string>;  // remote ids, best first
using Engine = std::function<Answer(const std::string&)>;

inline constexpr std::size_t depth = 10;

enum Measure : std::size_t { ndcg5, ndcg10, map10, mrr, hit1, hit10, measures };
using Scores = std::array<double, measures>;

// Those that have an answer, of files as TREC writes them.
std::vector<Question> read_questions(const char* queries, const char* qrels);

Scores measured(const Question& question, const Answer& answer);
std::vector<Scores> run(const std::vector<Question>& asked, const Engine& engine);
Scores mean(const std::vector<Scores>& all);

void print_head(const std::string& name, std::size_t questions, std::size_t records);
// The mean, and the middle 95 % of the means of resampled questions.
void print(const std::string& name, const std::vector<Scores>& all);

}  // namespace moisson::bench
