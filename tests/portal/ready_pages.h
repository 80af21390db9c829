// ReadyPages: the answers of package_search over a file of packages, cut from memory: one copy a page and no parsing, so that a
// benchmark measures the harvester and not its portal. Read-only after loading; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace moisson::test {

class ReadyPages {
 public:
  // `path`: JSON packages, one a line, each with an id as its first member ({"id": "…"), as the tools of this project write them.
  static Result<ReadyPages> load(const std::string& path);

  std::size_t count() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  std::string search(std::uint64_t start, std::uint64_t rows) const;  // an answer with whole packages
  std::string ids(std::uint64_t start, std::uint64_t rows) const;     // an answer with {"id": …} alone
  // An answer without a record: a filter that nothing passes.
  std::string unfit() const;

 private:
  std::string answer(std::size_t begin, std::size_t end, bool whole) const;
  std::string text_;                  // the packages, separated by commas, in the order of their ids
  std::vector<std::size_t> offsets_;  // where each begins; and the end
};

}  // namespace moisson::test
