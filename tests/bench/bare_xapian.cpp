// What Xapian alone takes for the top ten of the committed queries on the same index: each word or its French stem, OR, ten
// documents' data fetched. The measure that a search with facets over HTTP is held against.
// usage: bare_xapian INDEX QUERIES.tsv

#include "core/text.h"
#include "core/url.h"
#include "measure.h"

#include <xapian.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace {

using moisson::bench::cpu_us;

constexpr int rounds = 5;

std::string text_of(const std::string& parameters) {
  const auto at = parameters.find("q=");
  if (at != 0) return {};
  return moisson::fold(moisson::percent_decode(parameters.substr(2, parameters.find('&') - 2), true));
}

// The index leaves out a stem that is the word itself.
Xapian::Query query_of(const std::string& text, const Xapian::Stem& stemmer) {
  std::vector<Xapian::Query> words;
  for (const auto& word : moisson::words(text)) {
    const auto stem = stemmer(word.folded);
    words.emplace_back(word.folded);
    if (stem != word.folded) words.emplace_back("Z" + stem);
  }
  return words.empty() ? Xapian::Query::MatchAll : Xapian::Query(Xapian::Query::OP_OR, words.begin(), words.end());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  Xapian::Database database(argv[1]);
  const Xapian::Stem stemmer("french");
  std::vector<std::string> texts;
  std::ifstream in(argv[2]);
  for (std::string line; std::getline(in, line);)
    if (const auto tab = line.find('\t'); tab != std::string::npos && line[0] != '#')
      texts.push_back(text_of(line.substr(tab + 1)));
  std::size_t bytes = 0, asked = 0;
  double spent = 0;
  for (int round = 0; round <= rounds; ++round) {  // the first warms up
    const double begun = cpu_us();
    for (const auto& text : texts) {
      Xapian::Enquire enquire(database);
      enquire.set_query(query_of(text, stemmer));
      const auto found = enquire.get_mset(0, 10);
      for (auto hit = found.begin(); hit != found.end(); ++hit) bytes += hit.get_document().get_data().size();
    }
    if (round == 0) continue;
    spent += cpu_us() - begun;
    asked += texts.size();
  }
  std::printf("bare Xapian, top 10: cpu_us=%.0f a query (%zu queries, %zu bytes of documents)\n",
              spent / static_cast<double>(asked), asked, bytes);
}
