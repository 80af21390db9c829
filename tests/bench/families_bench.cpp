// How well families are found in data.gouv.fr beside the portals that it harvests (tests/families/datagouv.h).
// families_bench ROWS.jsonl JUDGED.tsv PAIRS prints the figures: against what each row states of its origin, and
// against the pairs that were read and judged; then PAIRS of the links to be read, spread evenly over those that no row
// states and those that one does, tab-separated; without PAIRS, the links that nobody vouches for. The exit code is 1
// where a link joins what was judged to be different, or none was judged.
#include "core/text.h"
#include "tests/families/datagouv.h"

#include "store/writer.h"

#include <moisson/core/uuid.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>

using namespace moisson;

namespace {

// "ROW PORTAL ID" → whether they are the same data set.
std::map<std::string, bool> read_judged(const char* path) {
  std::map<std::string, bool> judged;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const auto cells = split(line, '\t');
    if (cells.size() < 5 || line.front() == '#') continue;
    judged[std::string(cells[0]) + ' ' + std::string(cells[1]) + ' ' + std::string(cells[2])] = cells[3] == "same";
  }
  return judged;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  const auto corpus = test::read_corpus(argv[1]);
  const auto hand = read_judged(argv[2]);
  const auto wanted = static_cast<std::size_t>(std::strtoul(argv[3], nullptr, 10));
  const auto directory = std::filesystem::temp_directory_path() / ("moisson-families-" + random_uuid());
  std::filesystem::create_directories(directory);
  const SystemClock clock;
  bool precise = false;
  {
    const auto store = std::move(store::Store::open({.path = directory / "store.sqlite"}, clock)).value();
    const std::clock_t begun = std::clock();
    test::harvest_corpus(*store, corpus, false);
    const double seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    const auto found = test::judge(*store, corpus);
    std::size_t portals = 0, originals = 0;
    for (const auto& portal : corpus.portals) {
      portals += portal.records.empty() ? 0 : 1;
      originals += portal.records.size();
    }
    const auto record_of = [&](const test::LinkedPair& pair) -> const test::PortalRecord& {
      return corpus.portals[pair.portal].records[pair.record];
    };
    const auto name_of = [&](const test::LinkedPair& pair) {
      return corpus.rows[pair.row].id + ' ' + std::string(corpus.portals[pair.portal].source.title) + ' ' +
             test::id_in(record_of(pair));
    };
    std::printf("%zu records of data.gouv.fr and %zu of %zu portals, harvested in %.1f s of CPU\n", corpus.rows.size(),
                originals, portals, seconds);
    std::printf("copies=%llu found=%llu recall=%.4f led by the portal's own record=%.4f\n",
                static_cast<unsigned long long>(found.known), static_cast<unsigned long long>(found.found),
                share(found.found, found.known), share(found.led, found.found));

    std::size_t read = 0, same = 0, right = 0;
    std::vector<const test::LinkedPair*> unknown, stated;
    for (const auto& pair : found.pairs) {
      const auto verdict = hand.find(name_of(pair));
      if (verdict != hand.end()) {
        ++read;
        same += verdict->second ? 1 : 0;
      }
      right += verdict != hand.end() ? verdict->second : pair.right;
      (pair.right ? stated : unknown).push_back(&pair);
    }
    std::printf("families=%llu links=%zu, %zu of them stated by the row; precision=%.4f\n",
                static_cast<unsigned long long>(found.families), found.pairs.size(), stated.size(),
                share(right, found.pairs.size()));
    std::printf("judged by what both sides state=%zu the same=%zu precision=%.4f\n", read, same, share(same, read));
    precise = read > 0 && same == read;

    const auto tell = [&](const test::LinkedPair& pair) {
      const auto& copy = corpus.rows[pair.row];
      const auto& original = record_of(pair);
      std::printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", pair.right ? "stated" : "UNKNOWN", name_of(pair).c_str(),
                  copy.title.c_str(), original.title.c_str(), copy.publisher.c_str(), original.publisher.c_str(),
                  copy.origin.c_str(), original.address.c_str(), test::why_linked(*store, corpus, pair).c_str());
    };
    for (const auto* list : {&unknown, &stated}) {
      const std::size_t step = std::max<std::size_t>(1, list->size() / std::max<std::size_t>(1, wanted / 2));
      for (std::size_t i = 0, shown = 0; i < list->size() && shown < wanted / 2; i += step, ++shown) tell(*(*list)[i]);
    }
    for (const auto& pair : found.pairs) {
      const auto verdict = hand.find(name_of(pair));
      if (verdict == hand.end() || verdict->second) continue;
      std::printf("WRONG\t");
      tell(pair);
    }
    for (const auto* pair : unknown)
      if (wanted == 0 && !hand.contains(name_of(*pair))) tell(*pair);
  }
  std::filesystem::remove_all(directory);
  return precise ? 0 : 1;
}
