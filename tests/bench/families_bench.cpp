// How well families are found in a whole catalogue: data.gouv.fr beside the portals that it harvests
// (tests/families/datagouv.h). families_bench ROWS.jsonl PAIRS prints the figures, and PAIRS of the links to be looked
// at by hand: spread evenly, tab-separated.
#include "tests/families/datagouv.h"

#include "store/writer.h"

#include <moisson/core/uuid.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>

using namespace moisson;

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  const auto corpus = test::read_corpus(argv[1]);
  const auto wanted = static_cast<std::size_t>(std::strtoul(argv[2], nullptr, 10));
  const auto directory = std::filesystem::temp_directory_path() / ("moisson-families-" + random_uuid());
  std::filesystem::create_directories(directory);
  const SystemClock clock;
  {
    const auto store = std::move(store::Store::open({.path = directory / "store.sqlite"}, clock)).value();
    const std::clock_t begun = std::clock();
    test::harvest_corpus(*store, corpus, false);
    const double seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    const auto judged = test::judge(*store, corpus);
    std::size_t portals = 0, originals = 0;
    for (const auto& portal : corpus.portals) {
      portals += portal.records.empty() ? 0 : 1;
      originals += portal.records.size();
    }
    const auto share = [](std::uint64_t a, std::size_t b) {
      return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b);
    };
    std::printf("%zu records of data.gouv.fr and %zu of %zu portals, harvested in %.1f s of CPU\n", corpus.rows.size(),
                originals, portals, seconds);
    std::printf("families=%llu links=%zu precision=%.4f\n", static_cast<unsigned long long>(judged.families),
                judged.pairs.size(), share(judged.right(), judged.pairs.size()));
    std::printf("copies=%llu found=%llu recall=%.4f led by the portal's own record=%.4f\n",
                static_cast<unsigned long long>(judged.known), static_cast<unsigned long long>(judged.found),
                share(judged.found, judged.known), share(judged.led, judged.found));
    const std::size_t step = std::max<std::size_t>(1, judged.pairs.size() / std::max<std::size_t>(1, wanted));
    for (std::size_t i = 0, shown = 0; i < judged.pairs.size() && shown < wanted; i += step, ++shown) {
      const auto& pair = judged.pairs[i];
      const auto& copy = corpus.rows[pair.row];
      const auto& original = corpus.portals[pair.portal].records[pair.record];
      std::printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", pair.right ? "right" : "WRONG", copy.title.c_str(),
                  original.title.c_str(), copy.publisher.c_str(), original.publisher.c_str(), original.address.c_str(),
                  pair.why.c_str());
    }
    for (const auto& pair : judged.pairs)
      if (!pair.right)
        std::printf("WRONG\t%s\t%s\t%s\t%s\n", corpus.rows[pair.row].title.c_str(),
                    corpus.rows[pair.row].origin.c_str(),
                    corpus.portals[pair.portal].records[pair.record].address.c_str(), pair.why.c_str());
  }
  std::filesystem::remove_all(directory);
  return 0;
}
