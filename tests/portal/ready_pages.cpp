#include "portal/ready_pages.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>

namespace moisson::test {
namespace {

// The value of the first member, with its quotes.
std::string_view id_of(std::string_view package) {
  const auto colon = package.find(':');
  const auto begin = package.find('"', colon);
  const auto end = package.find('"', begin + 1);
  return colon == std::string_view::npos || end == std::string_view::npos ? std::string_view{}
                                                                          : package.substr(begin, end - begin + 1);
}

}  // namespace

Result<ReadyPages> ReadyPages::load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::io, "cannot be read", path, ""};
  std::stringstream whole;
  whole << file.rdbuf();
  const std::string text = std::move(whole).str();

  std::vector<std::string_view> lines;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.empty()) continue;
    if (id_of(line).empty())
      return Error{ErrorCode::invalid_input, "a line is no package that begins with its id", path, ""};
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end(), [](auto a, auto b) { return id_of(a) < id_of(b); });

  ReadyPages pages;
  pages.text_.reserve(text.size() + 1);
  for (const auto line : lines) {
    pages.offsets_.push_back(pages.text_.size());
    pages.text_.append(line).push_back(',');
  }
  pages.offsets_.push_back(pages.text_.size());
  return pages;
}

std::string ReadyPages::answer(std::size_t begin, std::size_t end, bool whole) const {
  const std::string_view text = text_;
  std::string out =
      R"({"help":"","success":true,"result":{"count":)" + std::to_string(count()) + R"(,"sort":"id asc","results":[)";
  if (whole && begin < end) {
    out.reserve(out.size() + offsets_[end] - offsets_[begin] + 32);
    out.append(text.substr(offsets_[begin], offsets_[end] - offsets_[begin] - 1));
  } else {
    for (std::size_t i = begin; i < end; ++i) {
      out.append(i == begin ? R"({"id":)" : R"(,{"id":)").append(id_of(text.substr(offsets_[i], 200))).push_back('}');
    }
  }
  return out.append(R"(],"search_facets":{}}})");
}

std::string ReadyPages::search(std::uint64_t start, std::uint64_t rows) const {
  const auto begin = std::min<std::uint64_t>(start, count());
  return answer(begin, begin + std::min<std::uint64_t>(rows, count() - begin), true);
}

std::string ReadyPages::ids(std::uint64_t start, std::uint64_t rows) const {
  const auto begin = std::min<std::uint64_t>(start, count());
  return answer(begin, begin + std::min<std::uint64_t>(rows, count() - begin), false);
}

std::string ReadyPages::unfit() const {
  return R"({"help":"","success":true,"result":{"count":0,"sort":"id asc","results":[],"search_facets":{}}})";
}

}  // namespace moisson::test
